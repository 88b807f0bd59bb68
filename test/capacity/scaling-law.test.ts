import fc from "fast-check";
import { fitScalingLaw, scalingLaw } from "../../capacity";

const measured = (factors: { contention: number; coherency: number; single: number }, counts: readonly number[]) => {
  const law = scalingLaw(factors);
  return counts.map((n) => ({ n, throughput: law.throughput(n) }));
};
const squares = (
  factors: { contention: number; coherency: number; single: number },
  points: readonly { n: number; throughput: number }[],
) => {
  const law = scalingLaw(factors);
  return points.reduce((sum, { n, throughput }) => sum + (throughput - law.throughput(n)) ** 2, 0);
};
const factors = fc.record({
  contention: fc.double({ min: 0, max: 0.5, noNaN: true }),
  coherency: fc.double({ min: 0, max: 0.05, noNaN: true }),
  single: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
});

describe("scalingLaw", () => {
  test("rises to its peak and falls beyond it", () => {
    fc.assert(
      fc.property(factors, (given) => {
        const { throughput, peakReplicas } = scalingLaw({ ...given, coherency: given.coherency + 1e-4 });
        const most = throughput(peakReplicas);
        expect(throughput(peakReplicas * 1.1)).toBeLessThan(most);
        expect(throughput(peakReplicas / 1.1)).toBeLessThan(most);
      }),
    );
  });

  // 1, 1.8868 = 2 / 1.06, ...: the usl package's data.
  test("the published table at contention and coherency 0.02, peak 7", () => {
    const { throughput, peakReplicas } = scalingLaw({ contention: 0.02, coherency: 0.02, single: 1 });
    expect([1, 2, 4, 6, 8, 10].map((n) => Number(throughput(n).toFixed(4)))).toEqual([
      1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557,
    ]);
    expect(peakReplicas).toBeCloseTo(7, 12);
  });

  test("peak of contention 0.001 and coherency 0.00001: 316.0696", () => {
    expect(scalingLaw({ contention: 0.001, coherency: 1e-5, single: 5 }).peakReplicas).toBeCloseTo(316.0696, 4);
  });

  test("without coherency there is no peak, only Amdahl's limit; without either it is a line", () => {
    const amdahl = scalingLaw({ contention: 0.1, coherency: 0, single: 50 });
    expect(amdahl.peakReplicas).toBe(Infinity);
    expect(amdahl.throughput(1e12)).toBeCloseTo(500, 6);
    expect(scalingLaw({ contention: 0, coherency: 0, single: 50 }).throughput(7)).toBe(350);
    expect(scalingLaw({ contention: 1, coherency: 0, single: 50 }).throughput(7)).toBe(50);
    expect(scalingLaw({ contention: 1, coherency: 0, single: 50 }).throughput(0)).toBe(0);
  });

  test.each([
    [{ contention: -0.1 }, "contention"],
    [{ contention: 1.1 }, "contention"],
    [{ contention: NaN }, "contention"],
    [{ coherency: -1e-9 }, "coherency"],
    [{ single: 0 }, "single"],
  ])("refuses %j", (change, name) => {
    const call = () => scalingLaw({ contention: 0.1, coherency: 0.1, single: 1, ...change });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(new RegExp(`^${name}: `));
  });

  test("refuses a negative count", () => {
    expect(() => scalingLaw({ contention: 0, coherency: 0, single: 1 }).throughput(-1)).toThrow(/^replicas: /);
  });
});

describe("fitScalingLaw", () => {
  test("recovers what made the data, to 1e-6", () => {
    fc.assert(
      fc.property(
        factors,
        fc.constantFrom([1, 2, 4, 6, 8, 10], [1, 2, 3], [2, 5, 9, 20, 64, 200], [1, 1, 8, 8, 32]),
        (given, counts) => {
          const found = fitScalingLaw(measured(given, counts));
          expect(Math.abs(found.contention - given.contention)).toBeLessThan(1e-6);
          expect(Math.abs(found.coherency - given.coherency)).toBeLessThan(1e-6);
          expect(Math.abs(found.single / given.single - 1)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("of data without coherency finds none, so that no peak is promised", () => {
    fc.assert(
      fc.property(factors, (given) => {
        const found = fitScalingLaw(measured({ ...given, coherency: 0 }, [1, 2, 3, 5, 8, 13, 21]));
        expect(scalingLaw(found).peakReplicas).toBe(Infinity);
      }),
    );
  });

  test("of noisy data stays within its bounds and is no worse than the truth or its neighbours", () => {
    const noise = fc.array(fc.double({ min: -0.15, max: 0.15, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(factors, noise, (given, errors) => {
        const points = measured(given, [1, 2, 3, 4, 8, 12, 16, 24]).map((point, i) => ({
          ...point,
          throughput: point.throughput * (1 + (errors[i] ?? 0)),
        }));
        const found = fitScalingLaw(points);
        expect(found.contention).toBeGreaterThanOrEqual(0);
        expect(found.contention).toBeLessThanOrEqual(1);
        expect(found.coherency).toBeGreaterThanOrEqual(0);
        const least = squares(found, points) * (1 - 1e-7) - 1e-18 * given.single ** 2;
        expect(squares(given, points)).toBeGreaterThanOrEqual(least);
        for (const [contention, coherency, single] of [
          [1e-3, 0, 0],
          [-1e-3, 0, 0],
          [0, 1e-4, 0],
          [0, -1e-4, 0],
          [0, 0, 1e-3],
          [0, 0, -1e-3],
        ] as const) {
          const near = {
            contention: Math.min(1, Math.max(0, found.contention + contention)),
            coherency: Math.max(0, found.coherency + coherency),
            single: found.single * (1 + single),
          };
          expect(squares(near, points)).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });

  test("the published table, rounded to four digits: 0.02, 0.02, peak 7.0", () => {
    const table = [
      [1, 1],
      [2, 1.8868],
      [4, 3.0769],
      [6, 3.5294],
      [8, 3.5398],
      [10, 3.3557],
    ] as const;
    const found = fitScalingLaw(table.map(([n, throughput]) => ({ n, throughput })));
    expect(found.contention).toBeCloseTo(0.02, 4);
    expect(found.coherency).toBeCloseTo(0.02, 4);
    expect(scalingLaw(found).peakReplicas).toBeCloseTo(7, 2);
  });

  test("a straight line has neither factor, a flat one is all contention, a superlinear one is held to a line", () => {
    expect(fitScalingLaw([1, 2, 4, 8].map((n) => ({ n, throughput: 50 * n })))).toEqual({
      contention: 0,
      coherency: 0,
      single: expect.closeTo(50, 9),
    });
    expect(fitScalingLaw([1, 2, 4, 8].map((n) => ({ n, throughput: 50 })))).toEqual({
      contention: 1,
      coherency: 0,
      single: expect.closeTo(50, 9),
    });
    const superlinear = fitScalingLaw([1, 2, 4, 8].map((n) => ({ n, throughput: n ** 1.2 })));
    expect([superlinear.contention, superlinear.coherency]).toEqual([0, 0]);
  });

  test.each([[[]], [[1]], [[1, 2]], [[1, 2, 2, 1]]])("refuses %j: fewer than three different n", (counts) => {
    const call = () => fitScalingLaw(counts.map((n) => ({ n, throughput: n })));
    expect(call).toThrow(RangeError);
    expect(call).toThrow(/^points: /);
  });

  test.each([
    [{ n: 0, throughput: 1 }, "n"],
    [{ n: NaN, throughput: 1 }, "n"],
    [{ n: 3, throughput: 0 }, "throughput"],
    [{ n: 3, throughput: Infinity }, "throughput"],
  ])("refuses the point %j", (point, name) => {
    const call = () =>
      fitScalingLaw([{ n: 1, throughput: 1 }, { n: 2, throughput: 2 }, { n: 4, throughput: 3 }, point]);
    expect(call).toThrow(RangeError);
    expect(call).toThrow(new RegExp(`^points\\[3\\]\\.${name}: `));
  });
});
