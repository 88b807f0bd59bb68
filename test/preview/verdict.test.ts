import fc from "fast-check";
import { exitOf, tally, worst, type ExitCode } from "../../preview/verdict";
import { aPlan, aReport, failingBudget } from "./a-report";

const codes: readonly ExitCode[] = [0, 1, 2, 5, 10, 11];

describe("the exit code", () => {
  test("of several stacks is the first of 1, 2, 10, 5, 11 that occurred, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...codes)), (list) => {
        const expected = [1, 2, 10, 5, 11].find((code) => (list as readonly number[]).includes(code)) ?? 0;
        expect(worst(list)).toBe(expected);
        expect(worst([...list].reverse())).toBe(expected);
      }),
    );
  });

  test("of a report: 5 for a mandatory failure, 11 for a mandatory doubt under strict alone, 10 for what cannot be planned", () => {
    const of = (rules: readonly (typeof failingBudget)[], strict = false) => exitOf(aReport({ rules }), strict);
    expect(of([failingBudget])).toBe(5);
    expect(of([{ ...failingBudget, severity: "advisory" }])).toBe(0);
    expect(of([{ ...failingBudget, verdict: "waived" }])).toBe(0);
    expect([
      of([{ ...failingBudget, verdict: "undecided" }]),
      of([{ ...failingBudget, verdict: "undecided" }], true),
    ]).toEqual([0, 11]);
    expect(of([{ ...failingBudget, verdict: "undecided", severity: "advisory" }], true)).toBe(0);
    expect(
      exitOf(aReport({ rules: [failingBudget], planned: { ok: false, infeasible: [], partial: aPlan() } }), true),
    ).toBe(10);
  });

  test("a rule counts once, by its worst verdict", () => {
    const of = (id: string, verdict: "pass" | "fail" | "undecided" | "waived") => ({ ...failingBudget, id, verdict });
    expect(
      tally([
        of("a", "pass"),
        of("a", "fail"),
        of("a", "undecided"),
        of("b", "waived"),
        of("b", "pass"),
        of("c", "pass"),
        { ...of("d", "fail"), severity: "advisory" },
      ]),
    ).toEqual({ pass: 1, fail: 1, advice: 1, undecided: 0, waived: 1 });
  });
});
