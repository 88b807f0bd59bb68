import type { Part } from "../../model";
import { broker, files, search, table } from "./data-cases";
import { hidden, of, subject, verdicts } from "./fixture";

test.each<[string, Part, string]>([
  ["table-recovers", table(), "pointInTimeRecovery"],
  ["table-deletion-protected", table(), "deletionProtection"],
  ["search-over-zones", search(), "awareZones"],
  ["search-managers", search(), "managers.count"],
  ["search-encrypted", search(), "security.tlsOnly"],
  ["broker-over-zones", broker(), "placement.zones"],
  ["broker-encrypted-in-transit", broker(), "security"],
  ["file-system-encrypted", files(), "atRest"],
  ["file-system-backups", files(), "backups"],
  ["file-system-mounted-in-zones", files(), "mountZones"],
])("%s is undecided while a leaf of it is not known", (id, part, path) => {
  expect(verdicts(id, subject({ parts: [hidden(part, path)] }))).toEqual(["undecided"]);
});

test("a program without any of them hears nothing", () => {
  const ids = ["table-recovers", "search-managers", "broker-over-zones", "file-system-mounted-in-zones"];
  expect(ids.flatMap((id) => verdicts(id, of([])))).toEqual([]);
});
