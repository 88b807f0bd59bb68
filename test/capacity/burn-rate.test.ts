import fc from "fast-check";
import { burnRate } from "../../capacity";

describe("burnRate", () => {
  // The four windows of the SRE workbook and of Sloth: 2, 5, 10, 10 % of the budget in 1 h, 6 h, 1 d, 3 d.
  test.each([
    [30, 0.02, 1, 14.4],
    [30, 0.05, 6, 6],
    [30, 0.1, 24, 3],
    [30, 0.1, 72, 1],
    [28, 0.02, 1, 13.44],
    [28, 0.05, 6, 5.6],
    [28, 0.1, 24, 2.8],
    [28, 0.1, 72, 0.933],
  ])("by hand: of %i days, %d of the budget in %i h burn at %d", (periodDays, budgetShare, windowHours, rate) => {
    expect(burnRate({ budgetShare, windowHours, periodDays })).toBeCloseTo(rate, 3);
    if (periodDays === 30) expect(burnRate({ budgetShare, windowHours })).toBeCloseTo(rate, 12);
  });

  test("burning at that rate for the window spends that share, and the whole budget in the period over the rate", () => {
    const any = fc.record({
      budgetShare: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      windowHours: fc.double({ min: 0.1, max: 1000, noNaN: true }),
      periodDays: fc.integer({ min: 1, max: 366 }),
    });
    fc.assert(
      fc.property(any, (given) => {
        const rate = burnRate(given);
        expect((rate * given.windowHours) / (given.periodDays * 24)).toBeCloseTo(given.budgetShare, 10);
        expect(burnRate({ ...given, windowHours: given.windowHours * 2 })).toBeCloseTo(rate / 2, 8);
      }),
    );
  });

  test.each([
    [{ budgetShare: 0 }, "budgetShare"],
    [{ budgetShare: 1 }, "budgetShare"],
    [{ windowHours: 0 }, "windowHours"],
    [{ periodDays: 0 }, "periodDays"],
    [{ periodDays: NaN }, "periodDays"],
  ])("refuses %j", (change, name) => {
    const asked = (): number => burnRate({ budgetShare: 0.02, windowHours: 1, ...change });
    expect(asked).toThrow(RangeError);
    expect(asked).toThrow(new RegExp(`^${name}: `));
  });
});
