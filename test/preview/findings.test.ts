import type { RuleResult } from "../../model";
import { findings } from "../../preview/findings";

const open = (id: string): RuleResult => ({
  id,
  severity: "mandatory",
  part: null,
  verdict: "undecided",
  message: `${id} is not known before the deploy`,
  fix: "",
});
const limits = (count: number): readonly RuleResult[] =>
  Array.from({ length: count }, (_, index) => open(`deployable/limit-${index}`));

test("three limits that are undecided are said in full, four in one entry that names each", () => {
  expect(findings(limits(3)).filter((line) => line.startsWith("  open"))).toHaveLength(3);
  const lines = findings([...limits(4), open("single-zone")]);
  expect(lines.filter((line) => line.startsWith("  open"))).toHaveLength(2);
  const text = lines.join(" ").replaceAll(/\s+/g, " ");
  expect(text).toContain("4 limits of the provider undecided");
  expect(text).toContain("limit-0, limit-1, limit-2, limit-3");
});
