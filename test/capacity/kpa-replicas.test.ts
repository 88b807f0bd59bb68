import fc from "fast-check";
import { kpaReplicas, type KpaQuestion } from "../../capacity";

const load = fc.double({ min: 0, max: 10_000, noNaN: true });
const question: fc.Arbitrary<KpaQuestion> = fc.record({
  concurrency: load,
  panicConcurrency: load,
  limit: fc.integer({ min: 1, max: 200 }),
  utilisation: fc.double({ min: 0.1, max: 1, noNaN: true }),
  ready: fc.nat({ max: 500 }),
});

describe("kpaReplicas", () => {
  // 100 / (10 x 0.7) = 14.3.
  test("by hand: 100 in flight, 10 a pod, 70 % are 15 pods", () => {
    expect(kpaReplicas({ concurrency: 100, limit: 10 })).toBe(15);
    expect(kpaReplicas({ concurrency: 70, limit: 10 })).toBe(10);
    expect(kpaReplicas({ concurrency: 70.1, limit: 10 })).toBe(11);
    expect(kpaReplicas({ concurrency: 0, limit: 10, ready: 1 })).toBe(0);
  });

  // 10 ready pods, the stable window asks for 10; the last 6 s for 19 (1.9 times) or 20 (twice).
  test("panics from twice the ready pods on, and not before", () => {
    const burst = { concurrency: 70, limit: 10, ready: 10 };
    expect(kpaReplicas({ ...burst, panicConcurrency: 133 })).toBe(10);
    expect(kpaReplicas({ ...burst, panicConcurrency: 133.1 })).toBe(20);
  });

  test("in panic it never shrinks, and takes the larger of both windows", () => {
    const calm = { concurrency: 7, limit: 10, ready: 8 };
    expect(kpaReplicas({ ...calm, held: 12 })).toBe(12);
    expect(kpaReplicas({ ...calm, concurrency: 140, panicConcurrency: 70, held: 12 })).toBe(20);
    expect(kpaReplicas(calm)).toBe(4);
  });

  test("shrinks at most by half at once, grows at most by its rate", () => {
    expect(kpaReplicas({ concurrency: 0, limit: 10, ready: 9 })).toBe(4);
    expect(kpaReplicas({ concurrency: 0, limit: 10, ready: 9, mostShrink: 3 })).toBe(3);
    expect(kpaReplicas({ concurrency: 7000, limit: 10, ready: 3, mostGrowth: 1.5 })).toBe(5);
    expect(kpaReplicas({ concurrency: 70_000, limit: 1, ready: 1 })).toBe(1_000);
  });

  test("keeps to the minimum and the maximum", () => {
    fc.assert(
      fc.property(question, fc.nat({ max: 50 }), fc.nat({ max: 50 }), (given, least, more) => {
        const bounds = { minReplicas: least, maxReplicas: Math.max(1, least + more) };
        const found = kpaReplicas({ ...given, ...bounds });
        expect(found).toBe(Math.min(bounds.maxReplicas, Math.max(least, kpaReplicas(given))));
      }),
    );
  });

  test("more in flight never asks for fewer pods, a larger limit never for more", () => {
    fc.assert(
      fc.property(question, load, (given, more) => {
        const before = kpaReplicas(given);
        expect(kpaReplicas({ ...given, concurrency: given.concurrency + more })).toBeGreaterThanOrEqual(before);
        const panic = (given.panicConcurrency ?? 0) + more;
        expect(kpaReplicas({ ...given, panicConcurrency: panic })).toBeGreaterThanOrEqual(before);
        expect(kpaReplicas({ ...given, limit: given.limit * 2 })).toBeLessThanOrEqual(before);
      }),
    );
  });

  test.each([
    [{ concurrency: -1 }, "concurrency"],
    [{ panicConcurrency: NaN }, "panicConcurrency"],
    [{ limit: 0 }, "limit"],
    [{ utilisation: 0 }, "utilisation"],
    [{ utilisation: 1.1 }, "utilisation"],
    [{ ready: 1.5 }, "ready"],
    [{ held: -1 }, "held"],
    [{ panicAt: 0 }, "panicAt"],
    [{ mostGrowth: 0.9 }, "mostGrowth"],
    [{ mostShrink: 0.9 }, "mostShrink"],
    [{ minReplicas: 4, maxReplicas: 3 }, "maxReplicas"],
  ])("refuses %j", (change, name) => {
    const asked = (): number => kpaReplicas({ concurrency: 1, limit: 1, ...change });
    expect(asked).toThrow(RangeError);
    expect(asked).toThrow(new RegExp(`^${name}: `));
  });
});
