import fc from "fast-check";
import { replicasToSurviveZones } from "../../capacity";

/** What is left of n replicas, spread evenly, after the fullest zones are gone. */
function left(n: number, zones: number, zonesLost: number): number {
  const each = Array.from({ length: zones }, (_, i) => Math.floor(n / zones) + (i < n % zones ? 1 : 0));
  return each.slice(zonesLost).reduce((a, b) => a + b, 0);
}

describe("replicasToSurviveZones", () => {
  test("leaves the need, and one fewer does not", () => {
    const question = fc.integer({ min: 1, max: 12 }).chain((zones) =>
      fc.record({
        need: fc.integer({ min: 0, max: 500 }),
        zones: fc.constant(zones),
        zonesLost: fc.integer({ min: 0, max: zones - 1 }),
      }),
    );
    fc.assert(
      fc.property(question, ({ need, zones, zonesLost }) => {
        const n = replicasToSurviveZones({ need, zones, zonesLost });
        expect(left(n, zones, zonesLost)).toBeGreaterThanOrEqual(need);
        if (n > 0) expect(left(n - 1, zones, zonesLost)).toBeLessThan(need);
        else expect(need).toBe(0);
      }),
    );
  });

  // 11 over 3: 6|6|5 less 6 leaves 11. 10 over 4: 4|4|3|3 less 4 leaves 10. 10 over 2 and 3: AWS, Availability and Beyond.
  test.each([
    [11, 3, 1, 17],
    [10, 4, 1, 14],
    [10, 2, 1, 20],
    [10, 3, 1, 15],
    [1, 3, 1, 2],
    [1, 3, 2, 3],
    [7, 3, 2, 21],
    [5, 3, 0, 5],
    [5, 1, 0, 5],
    [0, 3, 1, 0],
  ])("%i needed, %i zones, %i lost: %i", (need, zones, zonesLost, replicas) => {
    expect(replicasToSurviveZones({ need, zones, zonesLost })).toBe(replicas);
  });

  test.each([
    [{ need: -1 }, "need"],
    [{ need: 1.5 }, "need"],
    [{ need: NaN }, "need"],
    [{ zones: 0 }, "zones"],
    [{ zones: 2.5 }, "zones"],
    [{ zonesLost: -1 }, "zonesLost"],
    [{ zonesLost: 0.5 }, "zonesLost"],
    [{ zonesLost: 3 }, "zonesLost"],
    [{ zonesLost: 4 }, "zonesLost"],
  ])("refuses %j", (change, name) => {
    const call = () => replicasToSurviveZones({ need: 5, zones: 3, zonesLost: 1, ...change });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(new RegExp(`^${name}: `));
  });
});
