import type { ReadPart } from "../../model";
import { judge } from "../../policies";
import { copy } from "./database-cases";
import { database, hidden, of, rule, subject, verdicts } from "./fixture";

const asked = [
  "database-fails-over",
  "database-over-zones",
  "database-deletion-protected",
  "database-backups",
] as const;

test("a read copy is asked for none of what its source has, and for what it shows itself", () => {
  const subject = of([database(copy)]);
  expect(asked.flatMap((id) => verdicts(id, subject))).toEqual([]);
  expect(
    ["database-encrypted-at-rest", "database-not-public", "database-tls-enforced"].flatMap((id) =>
      verdicts(id, subject),
    ),
  ).toEqual(["pass", "pass", "pass"]);
});

test("a copy of what is not in the program is a copy all the same", () => {
  const parts: readonly ReadPart[] = [hidden(database(copy), "replicaOf", "elsewhere")];
  expect(verdicts("database-backups", subject({ parts }))).toEqual([]);
});

test.each([
  ["database-fails-over", "topology"],
  ["database-over-zones", "placement.zones"],
  ["database-deletion-protected", "deletion.protected"],
  ["database-backups", "backups"],
  ["database-encrypted-at-rest", "security.atRest"],
  ["database-not-public", "security"],
  ["database-tls-enforced", "security.inTransit"],
])("%s is undecided while %s is not known", (id, path) => {
  expect(verdicts(id, subject({ parts: [hidden(database(), path)] }))).toEqual(["undecided"]);
});

test("a few days of backups are advice, none at all counts", () => {
  const severity = (keepDays: number | null) =>
    judge(of([database({ backups: keepDays === null ? null : { keepDays } })]), [rule("database-backups")])[0];
  expect(severity(null)).toMatchObject({ verdict: "fail", severity: "mandatory" });
  expect(severity(6)).toMatchObject({ verdict: "fail", severity: "advisory" });
  expect(severity(7)).toMatchObject({ verdict: "pass", severity: "mandatory" });
});
