import fc from "fast-check";
import { commonCause, kOfN } from "../../availability";

describe("commonCause", () => {
  test("is no better with a worse member, no better than either of its two causes, and within 0 and 1", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, fc.integer({ min: 1, max: 9 }), (unavailability, factor, beta, need) => {
        const group = { unavailability, beta, need, total: need + 2 };
        const found = commonCause(group);
        const alone = commonCause({ ...group, unavailability: (1 - beta) * unavailability, beta: 0 });
        expect(commonCause({ ...group, unavailability: unavailability * factor }).unavailability).toBeLessThanOrEqual(
          found.unavailability * (1 + 1e-12),
        );
        expect(found.unavailability).toBeGreaterThanOrEqual(Math.max(beta * unavailability, alone.unavailability));
        expect(found.unavailability).toBeLessThanOrEqual(1);
        expect(found.availability + found.unavailability).toBeCloseTo(1, 12);
      }),
    );
  });

  // 0.1 x 0.001 + (0.9 x 0.001)^2 = 1e-4 + 8.1e-7.
  test("by hand: one of two, a tenth in common", () => {
    expect(commonCause({ unavailability: 0.001, beta: 0.1, need: 1, total: 2 }).unavailability).toBeCloseTo(
      1.0081e-4,
      16,
    );
  });

  test("without beta is k of n; with all of it, one member", () => {
    expect(
      commonCause({ unavailability: 0.01, beta: 0, need: 10, total: 12 }).unavailability /
        kOfN(10, 12, 0.99).unavailability,
    ).toBeCloseTo(1, 12);
    expect(commonCause({ unavailability: 0.01, beta: 1, need: 10, total: 12 }).unavailability).toBe(0.01);
  });

  test("keeps an unavailability that one minus availability would have lost", () => {
    const found = commonCause({ unavailability: 1e-20, beta: 0.05, need: 1, total: 2 });
    expect(found.unavailability / 5e-22).toBeCloseTo(1, 12);
  });

  test("is held to 1, and nothing needed never fails", () => {
    expect(commonCause({ unavailability: 1, beta: 0.5, need: 3, total: 3 })).toEqual({
      availability: 0,
      unavailability: 1,
    });
    expect(commonCause({ unavailability: 1, beta: 1, need: 1, total: 3 })).toEqual({
      availability: 0,
      unavailability: 1,
    });
    expect(commonCause({ unavailability: 0.5, beta: 0.5, need: 0, total: 3 })).toEqual({
      availability: 1,
      unavailability: 0,
    });
  });

  test.each([
    [{ unavailability: -1 }, "unavailability"],
    [{ unavailability: 1.1 }, "unavailability"],
    [{ beta: NaN }, "beta"],
    [{ beta: 2 }, "beta"],
    [{ need: 4 }, "need"],
    [{ total: 2.5 }, "total"],
  ])("refuses %j", (change, name) => {
    expect(() => commonCause({ unavailability: 0.1, beta: 0.1, need: 1, total: 3, ...change })).toThrow(RangeError);
    expect(() => commonCause({ unavailability: 0.1, beta: 0.1, need: 1, total: 3, ...change })).toThrow(
      new RegExp(`^${name}: `),
    );
  });
});
