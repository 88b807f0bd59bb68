import * as fc from "fast-check";
import { failoverSeconds, failoverSteps, lostVoteSeconds, sentinelTiming } from "../../../catalog/kubernetes";

const timings = fc.record({
  downAfterMs: fc.integer({ min: 1000, max: 60_000 }),
  failoverTimeoutMs: fc.integer({ min: 1000, max: 180_000 }),
  quorum: fc.integer({ min: 1, max: 3 }),
  minReplicasToWrite: fc.integer({ min: 0, max: 2 }),
  minReplicasMaxLagSeconds: fc.integer({ min: 1, max: 60 }),
});
const deaths = fc.constantFrom("crash" as const, "silence" as const);

describe("seconds of a failover by Sentinel", () => {
  test("worked by hand for 5 s: a crash 4 to 5.1 + 1.1 + 1.1 + 1.2 + 1.1, a machine that is gone a ping more", () => {
    expect(failoverSeconds(sentinelTiming, "crash")).toEqual({ low: 4, mid: 6.8, high: 9.6 });
    expect(failoverSeconds(sentinelTiming, "silence")).toEqual({ low: 5, mid: 7.8, high: 10.6 });
  });

  test("a vote that nobody wins takes two limits of a failover more", () => {
    expect(lostVoteSeconds(sentinelTiming)).toBe(30);
  });

  test("is the sum of its steps", () => {
    fc.assert(
      fc.property(timings, deaths, (timing, death) => {
        const steps = failoverSteps(timing, death);
        const { low, mid, high } = failoverSeconds(timing, death);
        expect(low).toBeCloseTo(steps.reduce((sum, step) => sum + step.lowSeconds, 0));
        expect(high).toBeCloseTo(steps.reduce((sum, step) => sum + step.highSeconds, 0));
        expect(mid).toBeCloseTo((low + high) / 2);
      }),
    );
  });

  test("follows down-after one to one, and a master that needs no replica is quicker by the step of being followed", () => {
    fc.assert(
      fc.property(timings, deaths, (timing, death) => {
        const later = failoverSeconds({ ...timing, downAfterMs: timing.downAfterMs + 1000 }, death);
        expect(later.high - failoverSeconds(timing, death).high).toBeCloseTo(1);
        const alone = failoverSeconds({ ...timing, minReplicasToWrite: 0 }, death);
        const followed = failoverSeconds({ ...timing, minReplicasToWrite: 1 }, death);
        expect(followed.high - alone.high).toBeCloseTo(1.1);
      }),
    );
  });
});
