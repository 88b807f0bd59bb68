import fc from "fast-check";
import { kOfN } from "../../availability";

/** Every combination of up and down, one by one. */
function enumerated(need: number, total: number, availability: number) {
  let up = 0;
  let down = 0;
  for (let state = 0; state < 2 ** total; state += 1) {
    let alive = 0;
    let probability = 1;
    for (let i = 0; i < total; i += 1) {
      const isUp = ((state >> i) & 1) === 1;
      alive += isUp ? 1 : 0;
      probability *= isUp ? availability : 1 - availability;
    }
    if (alive >= need) up += probability;
    else down += probability;
  }
  return { up, down };
}

const smallGroup = fc
  .integer({ min: 1, max: 9 })
  .chain((total) =>
    fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total), fc.double({ min: 0, max: 1, noNaN: true })),
  );

describe("kOfN", () => {
  test("equals the enumeration of every state, each side to 1e-12 relative", () => {
    fc.assert(
      fc.property(smallGroup, ([need, total, availability]) => {
        const { up, down } = enumerated(need, total, availability);
        const found = kOfN(need, total, availability);
        expect(Math.abs(found.unavailability - down)).toBeLessThanOrEqual(1e-12 * down + Number.MIN_VALUE);
        expect(Math.abs(found.availability - up)).toBeLessThanOrEqual(1e-12 * up + 1e-15);
      }),
    );
  });

  test("is never exactly 0 down while one can fail, and falls with each spare", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: 0.5, max: 1 - 1e-16, noNaN: true }),
        (need, spares, availability) => {
          fc.pre(availability < 1);
          const fewer = kOfN(need, need + spares, availability).unavailability;
          const more = kOfN(need, need + spares + 1, availability).unavailability;
          expect(more).toBeGreaterThan(0);
          expect(more).toBeLessThanOrEqual(fewer);
        },
      ),
    );
  });

  // 1 of 3 at 0.005 each: 0.005^3 = 1.25e-7. Published: AWS, Availability and Beyond.
  test.each([
    [1, 3, 0.995, 1.25e-7],
    [1, 2, 0.99, 1e-4],
    [10, 12, 0.99, 0.00020561607776663683],
    [1, 2, 0.9995, 2.5e-7],
    [1, 4, 0.9995, 6.25e-14],
    [2, 3, 0.9, 0.028],
  ])("%i of %i at %d: %d down", (need, total, availability, unavailability) => {
    const found = kOfN(need, total, availability);
    expect(Math.abs(found.unavailability / unavailability - 1)).toBeLessThan(1e-9);
    expect(found.availability).toBeCloseTo(1 - unavailability, 12);
  });

  test("is exact and not the lower bound of equation 7: 12 of which 10, at 99 %, is not 0.99978", () => {
    expect(kOfN(10, 12, 0.99).availability).toBeCloseTo(0.999794384, 9);
    expect(kOfN(10, 12, 0.99).availability).toBeGreaterThan(1 - 220 * 0.01 ** 3 + 1e-6);
  });

  test("ten spares at 99.5 % are 25.3 nines and not the 25.5 once printed", () => {
    const { unavailability } = kOfN(1, 11, 0.995);
    expect(-Math.log10(unavailability)).toBeCloseTo(25.311, 3);
    expect(unavailability * 365 * 86_400_000).toBeGreaterThan(1.53e-15);
    expect(unavailability * 365 * 86_400_000).toBeLessThan(1.55e-15);
  });

  test("two regions of 99.95 % are 2.5e-7 down, four 6.25e-14 and not the 1e-8 once printed", () => {
    expect(kOfN(1, 4, 0.9995).unavailability).toBeLessThan(6.26e-14);
    expect(kOfN(1, 4, 0.9995).availability).toBe(1 - 6.25e-14);
  });

  // mpmath, 50 digits, of the doubles given.
  test.each([
    [4900, 5000, 0.99, 1.2065746845239723e-10],
    [2000, 2010, 0.999, 8.5401418196793077e-6],
    [500, 1000, 0.9, 4.4542358009269817e-225],
    [3, 5, 0.999999999, 9.9999991365420818e-27],
  ])("%i of %i at %d needs no factorial", (need, total, availability, unavailability) => {
    expect(Math.abs(kOfN(need, total, availability).unavailability / unavailability - 1)).toBeLessThan(1e-11);
  });

  test("too small for a number is the smallest number, not never", () => {
    expect(kOfN(1, 1000, 0.99).unavailability).toBe(Number.MIN_VALUE);
    expect(kOfN(1, 1000, 0.99).availability).toBe(1);
  });

  test("nothing needed never fails; perfect ones never fail; dead ones never work", () => {
    expect(kOfN(0, 3, 0.5)).toEqual({ availability: 1, unavailability: 0 });
    expect(kOfN(0, 0, 0.5)).toEqual({ availability: 1, unavailability: 0 });
    expect(kOfN(3, 3, 1)).toEqual({ availability: 1, unavailability: 0 });
    expect(kOfN(1, 3, 0)).toEqual({ availability: 0, unavailability: 1 });
  });

  test.each([
    [-1, 3, 0.9, "need"],
    [1.5, 3, 0.9, "need"],
    [4, 3, 0.9, "need"],
    [NaN, 3, 0.9, "need"],
    [1, 2.5, 0.9, "total"],
    [0, -1, 0.9, "total"],
    [1, 3, 1.0001, "availability"],
    [1, 3, -0.1, "availability"],
    [1, 3, NaN, "availability"],
  ])("refuses kOfN(%d, %d, %d) by the name of %s", (need, total, availability, name) => {
    expect(() => kOfN(need, total, availability)).toThrow(RangeError);
    expect(() => kOfN(need, total, availability)).toThrow(new RegExp(`^${name}: `));
  });
});
