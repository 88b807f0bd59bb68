import fc from "fast-check";
import { kOfN, zonal, type Zonal } from "../../availability";

/** Every state of zones and replicas, one by one. */
function enumerated({
  replicasPerZone,
  need,
  replicaAvailability: a,
  zoneAvailability: z,
  regionAvailability: r,
}: Zonal) {
  const zones = replicasPerZone.length;
  const owner = replicasPerZone.flatMap((count, zone) => Array.from({ length: count }, () => zone));
  let down = 0;
  let served = 0;
  for (let zoneState = 0; zoneState < 2 ** zones; zoneState += 1) {
    for (let state = 0; state < 2 ** owner.length; state += 1) {
      let probability = 1;
      for (let zone = 0; zone < zones; zone += 1) probability *= (zoneState >> zone) & 1 ? z : 1 - z;
      let up = 0;
      owner.forEach((zone, i) => {
        probability *= (state >> i) & 1 ? a : 1 - a;
        if ((state >> i) & (zoneState >> zone) & 1) up += 1;
      });
      if (up < need) down += probability;
      served += probability * (need === 0 ? 1 : Math.min(1, up / need));
    }
  }
  return { unavailability: 1 - r + r * down, servedFraction: r * served };
}

const part = fc.double({ min: 0, max: 1, noNaN: true });
const region = fc.record({
  replicasPerZone: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
  need: fc.integer({ min: 0, max: 9 }),
  replicaAvailability: part,
  zoneAvailability: part,
  regionAvailability: part,
});

describe("zonal", () => {
  test("equals the enumeration of every state of zones and replicas", () => {
    fc.assert(
      fc.property(region, (question) => {
        const found = zonal(question);
        const expected = enumerated(question);
        expect(Math.abs(found.unavailability - expected.unavailability)).toBeLessThan(1e-12);
        expect(Math.abs(found.servedFraction - expected.servedFraction)).toBeLessThan(1e-12);
        expect(Math.abs(found.availability + found.unavailability - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 60 },
    );
  });

  test("is not better when zones are worse, and serves at least what it is available for", () => {
    fc.assert(
      fc.property(region, part, (question, factor) => {
        const worse = { ...question, zoneAvailability: question.zoneAvailability * factor };
        expect(zonal(worse).availability).toBeLessThanOrEqual(zonal(question).availability + 1e-12);
        expect(zonal(question).servedFraction).toBeGreaterThanOrEqual(zonal(question).availability - 1e-12);
      }),
    );
  });

  test("with perfect zones is k of n", () => {
    const zones = zonal({
      replicasPerZone: [4, 4, 4],
      need: 10,
      replicaAvailability: 0.99,
      zoneAvailability: 1,
      regionAvailability: 1,
    });
    expect(zones.unavailability / kOfN(10, 12, 0.99).unavailability).toBeCloseTo(1, 12);
  });

  // One replica a zone, one of two needed: (1 - 0.99 x 0.9)^2 = 0.109^2 = 0.011881.
  test("by hand: two zones of one replica", () => {
    const found = zonal({
      replicasPerZone: [1, 1],
      need: 1,
      replicaAvailability: 0.9,
      zoneAvailability: 0.99,
      regionAvailability: 1,
    });
    expect(found.unavailability).toBeCloseTo(0.011881, 15);
  });

  // One of two up serves half: E = (0.891^2 + 2 x 0.891 x 0.109 / 2) = 0.891.
  test("serves a part of the load when a part is up", () => {
    const found = zonal({
      replicasPerZone: [1, 1],
      need: 2,
      replicaAvailability: 0.9,
      zoneAvailability: 0.99,
      regionAvailability: 0.5,
    });
    expect(found.servedFraction).toBeCloseTo(0.891 / 2, 15);
    expect(found.availability).toBeCloseTo(0.891 ** 2 / 2, 15);
  });

  test.each([
    [[5, 5, 5], 1, 0.999967196341],
    [[10, 10], 1, 0.999979109671],
    [[5, 5, 5], 0.9999, 0.999867199622],
  ])("%j, 10 needed, region %d", (replicasPerZone, regionAvailability, availability) => {
    const found = zonal({
      replicasPerZone,
      need: 10,
      replicaAvailability: 0.999,
      zoneAvailability: 0.999,
      regionAvailability,
    });
    expect(Math.abs(found.availability - availability)).toBeLessThan(1e-12);
    expect(Math.abs(found.unavailability - (1 - availability))).toBeLessThan(1e-12);
  });

  test("keeps the digits of tiny unavailability: four zones of 1e-5 and one replica each", () => {
    const found = zonal({
      replicasPerZone: [1, 1, 1, 1],
      need: 1,
      replicaAvailability: 1,
      zoneAvailability: 0.99999,
      regionAvailability: 1,
    });
    expect(found.unavailability / (1 - 0.99999) ** 4).toBeCloseTo(1, 12);
    expect(found.availability).toBe(1);
  });

  test("is 0 down only where nothing can fail", () => {
    const perfect = {
      replicasPerZone: [2, 2],
      need: 2,
      replicaAvailability: 1,
      zoneAvailability: 1,
      regionAvailability: 1,
    };
    expect(zonal(perfect)).toEqual({ availability: 1, unavailability: 0, servedFraction: 1 });
    expect(
      zonal({ ...perfect, replicasPerZone: [500, 500], need: 1, replicaAvailability: 0.5 }).unavailability,
    ).toBeGreaterThan(0);
    expect(
      zonal({ ...perfect, replicasPerZone: Array.from({ length: 200 }, () => 5), need: 1, zoneAvailability: 0.99 })
        .unavailability,
    ).toBeGreaterThan(0);
  });

  test("more needed than there are is always down, and still serves a part", () => {
    const short = {
      replicasPerZone: [1, 1],
      need: 4,
      replicaAvailability: 1,
      zoneAvailability: 1,
      regionAvailability: 1,
    };
    expect(zonal(short)).toEqual({ availability: 0, unavailability: 1, servedFraction: 0.5 });
    for (const replicaAvailability of [0.3, 0.7, 0.9, 0.97, 0.995]) {
      const found = zonal({
        ...short,
        replicasPerZone: [7, 7, 7],
        need: 22,
        replicaAvailability,
        zoneAvailability: 0.9,
      });
      expect([found.availability, found.unavailability]).toEqual([0, 1]);
    }
  });

  test.each([
    [{ replicasPerZone: [] }, "replicasPerZone"],
    [{ replicasPerZone: [1, 1.5] }, "replicasPerZone\\[1\\]"],
    [{ replicasPerZone: [-1] }, "replicasPerZone\\[0\\]"],
    [{ need: -1 }, "need"],
    [{ need: 1.5 }, "need"],
    [{ replicaAvailability: 1.1 }, "replicaAvailability"],
    [{ zoneAvailability: NaN }, "zoneAvailability"],
    [{ regionAvailability: -0.1 }, "regionAvailability"],
  ])("refuses %j", (change, name) => {
    const good = {
      replicasPerZone: [2, 2],
      need: 2,
      replicaAvailability: 0.9,
      zoneAvailability: 0.9,
      regionAvailability: 0.9,
    };
    expect(() => zonal({ ...good, ...change })).toThrow(RangeError);
    expect(() => zonal({ ...good, ...change })).toThrow(new RegExp(`^${name}: `));
  });
});
