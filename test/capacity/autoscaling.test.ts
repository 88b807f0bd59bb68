import fc from "fast-check";
import { autoscalerLag, leastReplicasForBurst } from "../../capacity";

const lag = {
  metricPeriodSeconds: 60,
  evaluationPeriods: 3,
  decideSeconds: 15,
  scheduleSeconds: 10,
  startSeconds: 30,
  warmUpSeconds: 5,
};

describe("autoscalerLag", () => {
  test("its parts add up to the whole", () => {
    const seconds = fc.double({ min: 0, max: 1000, noNaN: true });
    const any = fc.record({
      metricPeriodSeconds: fc.double({ min: 1, max: 300, noNaN: true }),
      evaluationPeriods: fc.integer({ min: 1, max: 20 }),
      decideSeconds: seconds,
      scheduleSeconds: seconds,
      startSeconds: seconds,
      warmUpSeconds: seconds,
    });
    fc.assert(
      fc.property(any, (given) => {
        const found = autoscalerLag(given);
        expect(Object.values(found.parts).reduce((a, b) => a + b, 0)).toBeCloseTo(found.seconds, 8);
        expect(Object.keys(found.parts).sort()).toEqual(Object.keys(given).sort());
      }),
    );
  });

  // 3 periods of 60 s: one to have a sample, two more to believe it; 180 + 15 + 10 + 30 + 5 = 240.
  test("by hand: three periods of a minute", () => {
    expect(autoscalerLag(lag)).toEqual({
      seconds: 240,
      parts: {
        metricPeriodSeconds: 60,
        evaluationPeriods: 120,
        decideSeconds: 15,
        scheduleSeconds: 10,
        startSeconds: 30,
        warmUpSeconds: 5,
      },
    });
    expect(autoscalerLag({ ...lag, evaluationPeriods: 1 }).parts.evaluationPeriods).toBe(0);
  });

  test.each([
    [{ metricPeriodSeconds: 0 }, "metricPeriodSeconds"],
    [{ metricPeriodSeconds: NaN }, "metricPeriodSeconds"],
    [{ evaluationPeriods: 0 }, "evaluationPeriods"],
    [{ evaluationPeriods: 1.5 }, "evaluationPeriods"],
    [{ decideSeconds: -1 }, "decideSeconds"],
    [{ scheduleSeconds: -1 }, "scheduleSeconds"],
    [{ startSeconds: Infinity }, "startSeconds"],
    [{ warmUpSeconds: NaN }, "warmUpSeconds"],
  ])("refuses %j", (change, name) => {
    expect(() => autoscalerLag({ ...lag, ...change })).toThrow(RangeError);
    expect(() => autoscalerLag({ ...lag, ...change })).toThrow(new RegExp(`^${name}: `));
  });
});

const burst = { erlangs: 40, slotsPerReplica: 10, burstFactor: 3, lagSeconds: 120, toleratedWaitSeconds: 0 };

describe("leastReplicasForBurst", () => {
  test("keeps the backlog within what is tolerated, and one fewer does not", () => {
    const any = fc.record({
      erlangs: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      slotsPerReplica: fc.integer({ min: 1, max: 200 }),
      burstFactor: fc.double({ min: 1, max: 20, noNaN: true }),
      lagSeconds: fc.double({ min: 1, max: 2000, noNaN: true }),
      toleratedWaitSeconds: fc.double({ min: 0, max: 500, noNaN: true }),
    });
    fc.assert(
      fc.property(any, (given) => {
        const backlog = (n: number): number =>
          given.lagSeconds * ((given.burstFactor * given.erlangs) / (n * given.slotsPerReplica) - 1);
        const n = leastReplicasForBurst(given);
        expect(backlog(n)).toBeLessThanOrEqual(
          given.toleratedWaitSeconds + 1e-8 * (given.lagSeconds + given.toleratedWaitSeconds),
        );
        if (n > 1) expect(backlog(n - 1)).toBeGreaterThan(given.toleratedWaitSeconds);
      }),
    );
  });

  // 3 x 40 / 10 = 12; / (1 + 10/120) = 11.08; / (1 + 60/120) = 8 exactly.
  test.each([
    [0, 12],
    [10, 12],
    [60, 8],
    [59.99, 9],
    [60.01, 8],
    [240, 4],
  ])("by hand: %d s tolerated, %i replicas", (toleratedWaitSeconds, replicas) => {
    expect(leastReplicasForBurst({ ...burst, toleratedWaitSeconds })).toBe(replicas);
  });

  test("whole numbers stay whole where decimals do not: 0.3 x 10 is 3", () => {
    expect((0.1 + 0.2) * 10).toBeGreaterThan(3);
    expect(leastReplicasForBurst({ ...burst, erlangs: 0.1 + 0.2, slotsPerReplica: 1, burstFactor: 10 })).toBe(3);
    expect(leastReplicasForBurst({ ...burst, erlangs: 40.001 })).toBe(13);
  });

  test("without load none, with any at least one, and without a lag the wait decides alone", () => {
    expect(leastReplicasForBurst({ ...burst, erlangs: 0 })).toBe(0);
    expect(leastReplicasForBurst({ ...burst, erlangs: 1e-9 })).toBe(1);
    expect(leastReplicasForBurst({ ...burst, lagSeconds: 0 })).toBe(12);
    expect(leastReplicasForBurst({ ...burst, lagSeconds: 0, toleratedWaitSeconds: 1 })).toBe(1);
  });

  test.each([
    [{ erlangs: -1 }, "erlangs"],
    [{ slotsPerReplica: 0 }, "slotsPerReplica"],
    [{ slotsPerReplica: 1.5 }, "slotsPerReplica"],
    [{ burstFactor: 0.9 }, "burstFactor"],
    [{ burstFactor: NaN }, "burstFactor"],
    [{ lagSeconds: -1 }, "lagSeconds"],
    [{ toleratedWaitSeconds: Infinity }, "toleratedWaitSeconds"],
  ])("refuses %j", (change, name) => {
    expect(() => leastReplicasForBurst({ ...burst, ...change })).toThrow(RangeError);
    expect(() => leastReplicasForBurst({ ...burst, ...change })).toThrow(new RegExp(`^${name}: `));
  });
});
