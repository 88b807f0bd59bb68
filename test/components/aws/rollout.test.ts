import fc from "fast-check";
import { rolloutPercents } from "../../../components/aws/rollout";

describe("rolloutPercents", () => {
  test("gives ECS percents that come out as the replicas that were planned", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(100), fc.nat(100), (count, surge, unavailable) => {
        fc.pre(unavailable <= count);
        const { maximum, minimumHealthy } = rolloutPercents(count, surge, unavailable);
        // ECS rounds the maximum down and the minimum up.
        expect(Math.floor((count * maximum) / 100)).toBe(count + surge);
        expect(Math.ceil((count * minimumHealthy) / 100)).toBe(count - unavailable);
        expect(Number.isInteger(maximum) && Number.isInteger(minimumHealthy)).toBe(true);
      }),
    );
  });

  test("by hand: one more of three is 134 percent, one fewer 66", () => {
    expect(rolloutPercents(3, 1, 1)).toEqual({ maximum: 134, minimumHealthy: 66 });
    expect(rolloutPercents(41, 41, 0)).toEqual({ maximum: 200, minimumHealthy: 100 });
  });

  test("refuses a number that no whole percent gives, beyond 100 replicas", () => {
    // 1 % of 150 is 1.5: a surge of 1 works, of 2 does not, of 3 does.
    expect(rolloutPercents(150, 1, 0).maximum).toBe(101);
    expect(() => rolloutPercents(150, 2, 0)).toThrow(/ECS can surge 3/);
    expect(rolloutPercents(150, 3, 0).maximum).toBe(102);
    expect(() => rolloutPercents(150, 0, 2)).toThrow(/ECS can do 3/);
    expect(() => rolloutPercents(0, 1, 0)).toThrow(RangeError);
    expect(() => rolloutPercents(4, 1, 5)).toThrow(RangeError);
  });
});
