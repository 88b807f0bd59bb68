import { downtimeMinutesPerYear, kOfN } from "../../availability";

describe("downtimeMinutesPerYear", () => {
  test("99.99 % are 52.56 minutes: five dependencies of 99.999 % take 26.3 of them", () => {
    expect(downtimeMinutesPerYear(1e-4)).toBeCloseTo(52.56, 12);
    expect(downtimeMinutesPerYear(5e-5)).toBeCloseTo(26.28, 12);
    expect(3 * 20).toBeGreaterThan(downtimeMinutesPerYear(1e-4));
  });

  test("one of three at 99.5 %: 3.94 seconds a year", () => {
    expect(downtimeMinutesPerYear(kOfN(1, 3, 0.995).unavailability) * 60).toBeCloseTo(3.942, 9);
  });

  test("always down is the whole year, never down none of it", () => {
    expect(downtimeMinutesPerYear(1)).toBe(525_600);
    expect(downtimeMinutesPerYear(0)).toBe(0);
  });

  test.each([-0.1, 1.1, NaN, Infinity])("refuses %d", (unavailability) => {
    expect(() => downtimeMinutesPerYear(unavailability)).toThrow(RangeError);
    expect(() => downtimeMinutesPerYear(unavailability)).toThrow(/^unavailability: /);
  });
});
