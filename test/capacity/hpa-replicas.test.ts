import fc from "fast-check";
import { hpaReplicas, type HpaMetric, type HpaQuestion } from "../../capacity";

const one = (metric: HpaMetric, change: Partial<HpaQuestion> = {}): number =>
  hpaReplicas({ replicas: 4, metrics: [metric], maxReplicas: 100, ...change });

const value = fc.double({ min: 0, max: 1000, noNaN: true });
const replicas = fc.integer({ min: 1, max: 50 });
const question = replicas.chain((count) =>
  fc.record({
    replicas: fc.constant(count),
    metric: fc
      .record({ missing: fc.nat({ max: count }), unready: fc.nat({ max: count }), value })
      .filter(({ missing, unready }) => missing + unready < count)
      .map((found) => ({ ...found, target: 100, full: 130 })),
  }),
);

describe("hpaReplicas", () => {
  // kubernetes.io: 200m of 100m doubles the pods, 50m of 100m halves them.
  test.each([
    [200, 8],
    [50, 2],
    [110, 4],
    [110.1, 5],
    [90, 4],
    [89.9, 4],
    [74.9, 3],
    [0, 1],
  ])("by hand: 4 pods at %d of 100 are %i", (seen, expected) => {
    expect(one({ value: seen, target: 100 })).toBe(expected);
  });

  test("keeps to the minimum and the maximum, whatever the metric says", () => {
    expect(one({ value: 900, target: 100 }, { maxReplicas: 10 })).toBe(10);
    expect(one({ value: 0, target: 100 }, { minReplicas: 3 })).toBe(3);
    expect(one({ value: 100, target: 100 }, { minReplicas: 6 })).toBe(6);
    expect(one({ value: 100, target: 100 }, { maxReplicas: 2 })).toBe(2);
  });

  test("no pods stay none: the autoscaler is off", () => {
    expect(one({ value: 900, target: 100 }, { replicas: 0, minReplicas: 3 })).toBe(0);
  });

  test("the largest of several proposals is taken", () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 4 }), replicas, (given, count) => {
        const metrics = given.map(({ metric }) => ({ ...metric, missing: 0, unready: 0 }));
        const alone = metrics.map((metric) => one(metric, { replicas: count, maxReplicas: 1_000 }));
        expect(hpaReplicas({ replicas: count, metrics, maxReplicas: 1_000 })).toBe(Math.max(...alone));
      }),
    );
    expect(
      hpaReplicas({
        replicas: 4,
        metrics: [
          { value: 50, target: 100 },
          { value: 30, target: 10 },
        ],
        maxReplicas: 100,
      }),
    ).toBe(12);
  });

  // 3 measured at 40 and one full: (3 x 40 + 100) / 4 = 55 of 100, 2.2 pods; without the missing one it would be 40: 1.6.
  test("a pod without a sample is full on the way down", () => {
    expect(one({ value: 40, target: 100, missing: 1 })).toBe(3);
    expect(one({ value: 40, target: 100 })).toBe(2);
    // 100 % of the request where the target is 50 %: (3 x 20 + 100) / 4 = 40 of 50, 3.2 pods.
    expect(one({ value: 20, target: 50, missing: 1, full: 100 })).toBe(4);
    expect(one({ value: 20, target: 50, missing: 1 })).toBe(3);
  });

  // 3 measured at 200 and one idle: 150 of 100, 6 pods and not 8.
  test("a pod without a sample, or not ready, is idle on the way up", () => {
    expect(one({ value: 200, target: 100, missing: 1 })).toBe(6);
    expect(one({ value: 200, target: 100, unready: 1 })).toBe(6);
    // 140: (3 x 140) / 4 = 105, within the tolerance. 125: 93.75 would turn the direction.
    expect(one({ value: 140, target: 100, unready: 1 })).toBe(4);
    expect(one({ value: 125, target: 100, unready: 1 }, { tolerance: 0 })).toBe(4);
  });

  // The measured pods alone: 3 at 50 need 1.5.
  test("a pod that is not ready does not count on the way down", () => {
    expect(one({ value: 50, target: 100, unready: 1 })).toBe(2);
  });

  test("a metric that cannot be read forbids the way down and no more", () => {
    const unread: HpaMetric = { value: null, target: 100 };
    const many = (other: HpaMetric): number => hpaReplicas({ replicas: 4, metrics: [unread, other], maxReplicas: 100 });
    expect(many({ value: 10, target: 100 })).toBe(4);
    expect(many({ value: 300, target: 100 })).toBe(12);
    expect(one(unread)).toBe(4);
    expect(one({ value: 300, target: 100, missing: 2, unready: 2 })).toBe(4);
  });

  test("the tolerance holds on both sides, each by itself", () => {
    const band = { tolerance: { up: 0, down: 0.3 } };
    expect(one({ value: 101, target: 100 }, band)).toBe(5);
    expect(one({ value: 70, target: 100 }, band)).toBe(4);
    expect(one({ value: 69, target: 100 }, band)).toBe(3);
  });

  test("more load never asks for fewer pods, whoever is missing or not ready", () => {
    fc.assert(
      fc.property(question, value, (given, more) => {
        const before = one(given.metric, { replicas: given.replicas });
        const after = one({ ...given.metric, value: given.metric.value + more }, { replicas: given.replicas });
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test("who is missing or not ready softens a step up, and never turns a step round", () => {
    fc.assert(
      fc.property(question, (given) => {
        const asked = one(given.metric, { replicas: given.replicas, maxReplicas: 10_000 });
        const certain = one(
          { ...given.metric, missing: 0, unready: 0 },
          { replicas: given.replicas, maxReplicas: 10_000 },
        );
        if (given.metric.value > 100) {
          expect(asked).toBeLessThanOrEqual(certain);
          expect(asked).toBeGreaterThanOrEqual(given.replicas);
        } else expect(asked).toBeLessThanOrEqual(given.replicas);
      }),
    );
  });

  test("at the target it rests: what it asked for is asked for again", () => {
    fc.assert(
      fc.property(replicas, fc.double({ min: 1, max: 1e5, noNaN: true }), (count, load) => {
        const asks = (now: number): number =>
          hpaReplicas({ replicas: now, metrics: [{ value: load / now, target: 100 }], maxReplicas: 1_000_000 });
        const settled = asks(asks(count));
        expect(asks(settled)).toBe(settled);
      }),
    );
  });

  test.each([
    [{ replicas: -1 }, "replicas"],
    [{ replicas: 1.5 }, "replicas"],
    [{ minReplicas: -1 }, "minReplicas"],
    [{ minReplicas: 5, maxReplicas: 4 }, "maxReplicas"],
    [{ maxReplicas: 0 }, "maxReplicas"],
    [{ tolerance: -0.1 }, "tolerance"],
    [{ tolerance: { up: 0.1, down: NaN } }, "tolerance"],
    [{ metrics: [] }, "metrics"],
    [{ metrics: [{ value: -1, target: 1 }] }, "metrics\\[0\\]\\.value"],
    [{ metrics: [{ value: 1, target: 0 }] }, "metrics\\[0\\]\\.target"],
    [{ metrics: [{ value: 1, target: 1, missing: 0.5 }] }, "metrics\\[0\\]\\.missing"],
    [{ metrics: [{ value: 1, target: 1, missing: 3, unready: 2 }] }, "metrics\\[0\\]\\.missing"],
  ])("refuses %j", (change, name) => {
    const asked = (): number => one({ value: 1, target: 1 }, change);
    expect(asked).toThrow(RangeError);
    expect(asked).toThrow(new RegExp(`^${name}: `));
  });
});
