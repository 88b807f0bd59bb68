import fc from "fast-check";
import { availabilityOf } from "../../availability";
import { cacheStandings } from "../../availability/cache-zones";
import { downtimeMinutesPerYear } from "../../availability/downtime";
import { asReading, type CacheRole, type Placement, type RedisCache } from "../../model";
import { cache, plan } from "../policies/fixture";

const inZones = (count: number, spread: "hard" | "one-each" = "hard"): Placement => ({
  kind: "zonal",
  zones: ["a", "b", "c", "d"].slice(0, count),
  spread,
});

interface Stands {
  readonly zones: number;
  readonly sentinelZones?: number;
  readonly sentinels?: number;
  readonly replicas?: number;
  readonly over?: Partial<RedisCache>;
}

function group({ zones, sentinelZones = zones, sentinels = 3, replicas = 2, over = {} }: Stands): RedisCache {
  return cache({
    topology: { kind: "replicated", replicas, failover: "automatic" },
    placement: inZones(zones),
    runtime: {
      kind: "sentinel",
      sentinels: { count: sentinels, placement: inZones(sentinelZones), volumeGib: 1 },
      quorum: 2,
      downAfterSeconds: 5,
      minReplicasToWrite: 1,
      volume: { gib: 4, class: null, bindsLate: null },
    },
    ...over,
  });
}

/** Minutes a year that zones take from a cache that stands for itself. */
function minutesOf(part: RedisCache): number {
  const told = availabilityOf([asReading(part)], plan({ parts: [], demand: [] }));
  return told?.lostTo.find(({ cause }) => cause === "zones")?.minutesPerYear ?? 0;
}

const aZone = plan().failures.zoneUnavailability;
const minutes = downtimeMinutesPerYear(aZone);

describe("a zone with the majority of the Sentinels", () => {
  test("by hand: in two zones the loss of one is an outage, in three of two at once", () => {
    // 4e-5 of 525,600 minutes: 21 of each zone, and of two zones one holds two of three.
    expect(minutesOf(group({ zones: 2 }))).toBeCloseTo(minutes, 9);
    expect(minutes).toBeGreaterThan(1);
    // All but every zone up, and all but one: 3 u^2 (1 - u) + u^3.
    expect(minutesOf(group({ zones: 3 }))).toBeCloseTo(
      downtimeMinutesPerYear(3 * aZone ** 2 * (1 - aZone) + aZone ** 3),
      12,
    );
  });

  test("it is where the Sentinels are that counts", () => {
    expect(minutesOf(group({ zones: 2, sentinelZones: 3 }))).toBeLessThan(minutes / 1000);
    expect(minutesOf(group({ zones: 3, sentinelZones: 2 }))).toBeGreaterThan(minutes * 0.999);
  });

  test("a cache in one zone is gone with it once", () => {
    expect(minutesOf(group({ zones: 1 }))).toBeCloseTo(minutes, 9);
  });

  test("what a cloud runs, and a copy that any member of answers for, elect nobody", () => {
    const managed = group({ zones: 2, over: { runtime: { kind: "elasticache", quorum: null } } });
    expect(minutesOf(managed)).toBe(0);
    const peer = "redis-cache/memory/eu-west-1" as const;
    const copy = group({ zones: 2, over: { crossRegion: { kind: "async", peer, promotion: "manual" } } });
    expect(minutesOf(copy)).toBe(0);
  });

  test("counts where the service cannot do without the cache, and not where it can", () => {
    const base = plan();
    const minutesIn = (role: CacheRole, zones: number): number => {
      const asked = plan();
      const parts = asked.parts.map((part) =>
        part.kind === "redis-cache" ? { ...group({ zones }), key: part.key, workload: part.workload, role } : part,
      );
      const from = asked.demand[0]!.part;
      const to = parts.find(({ kind }) => kind === "redis-cache")!.key;
      const told = availabilityOf(
        parts.map((part) => asReading(part)),
        { ...asked, calls: [{ from, to, perRequest: 1, required: true, tries: 1 }] },
      );
      return told?.lostTo.find(({ cause }) => cause === "zones")?.minutesPerYear ?? 0;
    };
    expect(base.parts.some(({ kind }) => kind === "redis-cache")).toBe(true);
    expect(minutesIn("capacity-cache", 2) - minutesIn("latency-cache", 2)).toBeGreaterThan(minutes * 0.9);
    expect(minutesIn("capacity-cache", 3) - minutesIn("latency-cache", 3)).toBeLessThan(minutes / 1000);
  });

  test("in as many zones as Sentinels, or more, none of them takes the majority", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 4 }), (sentinels, zones) => {
        const [watch] = cacheStandings(asReading(group({ zones, sentinels })), plan().failures);
        if (watch === undefined) throw new Error("Sentinels watch it");
        const all = [...watch.byZone.values()];
        expect(all.reduce((sum, each) => sum + each, 0)).toBe(sentinels);
        expect(sentinels - Math.max(...all) >= watch.need).toBe(
          sentinels - Math.ceil(sentinels / zones) > sentinels / 2,
        );
      }),
    );
  });

  test("where no object says which zones there are, nothing is counted", () => {
    const placement: Placement = { kind: "regional" };
    expect(cacheStandings(asReading(group({ zones: 2, over: { placement } })), plan().failures)).toHaveLength(1);
  });
});
