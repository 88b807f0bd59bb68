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

test("a Part of which a rule says the same twice is named once", () => {
  const twice = [open("a"), open("a")].map((each) => ({ ...each, part: "bucket/b/us-east-1" as const }));
  expect(findings(twice)).toEqual(["  open    a   undecided, bucket b: a is not known before the deploy"]);
});

describe("a rule that is broken by many Parts", () => {
  const broken = (count: number, messageOf: (index: number) => string): string =>
    findings(
      Array.from({ length: count }, (_, index): RuleResult => ({
        id: "bucket-versioned",
        severity: "mandatory",
        part: `bucket/b${index + 1}/us-east-1`,
        verdict: "fail",
        message: messageOf(index),
        fix: "",
      })).reverse(),
    )
      .join(" ")
      .replaceAll(/\s+/g, " ");
  const twelve = Array.from({ length: 12 }, (_, index) => `bucket b${index + 1}`).join(", ");

  test("names twelve, b2 before b10, and counts the others", () => {
    expect(broken(12, () => "no versions")).toBe(` FAIL bucket-versioned ${twelve}: no versions`);
    expect(broken(300, () => "no versions")).toBe(` FAIL bucket-versioned ${twelve} and 288 more: no versions`);
  });

  test("says twelve messages, and counts the others", () => {
    expect(broken(12, (index) => `${index} versions`)).not.toContain("more of it");
    expect(broken(300, (index) => `${index} versions`)).toMatch(/and 288 more of it in --json$/);
  });
});
