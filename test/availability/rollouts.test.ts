import * as fc from "fast-check";
import { availabilityOf } from "../../availability";
import { asReading, type Basis, type ReplicaGroup } from "../../model";
import { demand, group, groupKey, plan } from "../policies/fixture";

/** A deploy every day that breaks nothing. */
const daily = { perWeek: 7, failureShare: 0, minutes: 0, exposedShare: 0 };

function minutes(over: Partial<ReplicaGroup>, need: number): number {
  const own = demand({ part: groupKey, need, startSeconds: 40 });
  const given = plan({ demand: [own] });
  const basis: Basis = { ...given, failures: { ...given.failures, deploys: daily } };
  const found = availabilityOf([asReading(group({ drainSeconds: 20, ...over }))], basis);
  return found?.lostTo.find(({ cause }) => cause === "rollouts")?.minutesPerYear ?? 0;
}
const fixed = (count: number, surge: number, unavailable: number): Partial<ReplicaGroup> => ({
  scaling: { kind: "fixed", count },
  rollout: { surge, unavailable, rollsBack: false, watchesAlarms: false },
});

describe("rollouts that take away more than the peak can spare", () => {
  // 365 a year, each a minute: 20 s to drain and 40 s to start.
  test("by hand: all at once and none before (Recreate) is a minute of each day", () => {
    expect(minutes(fixed(5, 0, 5), 3)).toBeCloseTo(365, 6);
    expect(minutes(fixed(1, 0, 1), 1)).toBeCloseTo(365, 6);
  });

  test("by hand: one by one with none to spare, a turn for each", () => {
    expect(minutes(fixed(3, 0, 1), 3)).toBeCloseTo(3 * 365, 6);
    expect(minutes(fixed(4, 1, 1), 4)).toBeCloseTo(2 * 365, 6);
  });

  test("with enough left, or new ones first, nothing is lost", () => {
    expect(minutes(fixed(4, 0, 1), 3)).toBe(0);
    expect(minutes(fixed(3, 1, 0), 3)).toBe(0);
  });

  test("what runs too few anyhow is no rollout's doing", () => {
    expect(minutes(fixed(3, 0, 1), 4)).toBe(0);
  });

  test("never less where more are needed", () => {
    const counts = fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
    );
    fc.assert(
      fc.property(counts, ([count, unavailable, need]) => {
        fc.pre(unavailable <= count && need < count);
        expect(minutes(fixed(count, 0, unavailable), need + 1)).toBeGreaterThanOrEqual(
          minutes(fixed(count, 0, unavailable), need),
        );
      }),
      { numRuns: 50 },
    );
  });
});
