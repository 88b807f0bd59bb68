import fc from "fast-check";
import { availabilityOf } from "../../availability";
import { MINUTES_PER_YEAR } from "../../availability/downtime";
import { catalogOf } from "../../catalog";
import { Assumptions } from "../../capacity/assumptions";
import { failureModel } from "../../capacity/failure-model";
import { asReading, partKey, type RedisCache, type Target } from "../../model";
import { cache, group, plan } from "../policies/fixture";

const failuresOn = (target: Target, nodeIsMade = true) =>
  failureModel(
    {
      chosen: { deploys: { perWeek: 0, failureShare: 0, minutes: 0, exposedShare: 0 } },
      cachesAlone: { nodeIsMade, promoted: true },
    },
    catalogOf(target),
    new Assumptions(),
  );

const pods = (gib = 8, sentinels = 0, zones: readonly string[] = ["a", "b", "c"]): RedisCache["runtime"] => ({
  kind: "sentinel",
  sentinels:
    sentinels === 0 ? null : { count: sentinels, placement: { kind: "zonal", zones, spread: "hard" }, volumeGib: 1 },
  quorum: sentinels === 0 ? null : 2,
  downAfterSeconds: sentinels === 0 ? null : 5,
  minReplicasToWrite: sentinels === 0 ? 0 : 1,
  volume: { gib, class: null, bindsLate: null },
});

const stands = (
  runtime: RedisCache["runtime"],
  topology: RedisCache["topology"],
  zones: readonly string[] = ["a", "b", "c"],
) => cache({ runtime, topology, placement: { kind: "zonal", zones, spread: "hard" } });

const byHand = (replicas: number): RedisCache["topology"] => ({ kind: "replicated", replicas, failover: "none" });
const elected = (replicas: number): RedisCache["topology"] => ({ kind: "replicated", replicas, failover: "automatic" });
const single: RedisCache["topology"] = { kind: "single" };

/** What a cache that stands for itself loses, by cause. */
function lost(part: RedisCache, failures = failuresOn("kubernetes")): (cause: string) => number {
  const told = availabilityOf([asReading(part)], { calls: [], demand: [], failures });
  return (cause) => told?.lostTo.find((each) => each.cause === cause)?.minutesPerYear ?? 0;
}

const minutesOf = (part: RedisCache, target: Target = "kubernetes"): number =>
  (availabilityOf([asReading(part)], { calls: [], demand: [], failures: failuresOn(target) })?.unavailability ?? NaN) *
  MINUTES_PER_YEAR;

describe("a cache that nobody takes over from", () => {
  test("by hand, a pod with a volume: 21 minutes a year with its zone, and 0.5 times until it is back in it", () => {
    const of = lost(stands(pods(), single));
    expect(of("zones")).toBeCloseTo(4e-5 * 525_600, 9);
    // Given up 345 s, a node made 210, its volume attached 60, its image pulled 10.
    expect(of("cache")).toBeCloseTo((0.5 * (345 + 210 + 60 + 10)) / 60, 9);
    expect(lost(stands(pods(), single), failuresOn("kubernetes", false))("cache")).toBeCloseTo((0.5 * 415) / 60, 9);
  });

  test("without a volume it runs in another zone as soon as it is given up; in a cluster of one zone there is none", () => {
    const of = lost(stands(pods(0), single));
    expect(of("cache")).toBeCloseTo((0.5 * 355) / 60, 9);
    // 0.13 zone events a year.
    expect(of("zones")).toBeCloseTo((0.13 * 355) / 60, 6);
    expect(lost(stands(pods(0), single, ["a"]))("zones")).toBeCloseTo(4e-5 * 525_600, 9);
  });

  test("with replicas and no election a person promotes one when its zone is lost; a lost node is waited for", () => {
    const of = lost(stands(pods(), byHand(2)));
    // 0.13 events a year, 73 minutes each, and all three zones at once.
    expect(of("zones")).toBeCloseTo(0.13 * 73, 2);
    expect(of("cache")).toBeCloseTo((0.5 * 625) / 60, 9);
  });

  test("ElastiCache replaces a single node in minutes, in its zone, wherever its subnets are", () => {
    const alone = stands({ kind: "elasticache", quorum: null }, single);
    const of = lost(alone, failuresOn("aws"));
    expect(of("cache")).toBeCloseTo((0.5 * 300) / 60, 9);
    expect(of("zones")).toBeCloseTo(4e-5 * 525_600, 9);
    // Each of three shards stands in a zone, and each is needed.
    const shards: RedisCache["topology"] = { kind: "sharded", shards: 3, replicasPerShard: 0 };
    expect(lost(cache({ ...alone, topology: shards }), failuresOn("aws"))("zones")).toBeCloseTo(3 * 21.024, 2);
    expect(lost(cache({ topology: elected(1) }), failuresOn("aws"))("zones")).toBe(0);
  });

  test("a zone that no subnet tells is one all the same", () => {
    const read = asReading(stands({ kind: "elasticache", quorum: null }, single));
    const untold = {
      ...read,
      placement: { ...read.placement, zones: { known: false, why: "elsewhere" } },
    } as typeof read;
    const told = availabilityOf([untold], { calls: [], demand: [], failures: failuresOn("aws") });
    expect(told?.lostTo.find(({ cause }) => cause === "zones")?.minutesPerYear).toBeCloseTo(21.024, 9);
  });

  test("takes the service along that it is required by, once with the zones of both", () => {
    const asked = plan();
    const part = { ...stands(pods(), single), key: partKey("redis-cache", "memory", asked.region) };
    const parts = [...asked.parts.filter(({ kind }) => kind !== "redis-cache"), part].map((each) => asReading(each));
    const minutes = (required: boolean): number =>
      (availabilityOf(parts, {
        ...asked,
        failures: failuresOn("kubernetes"),
        calls: [{ from: asked.demand[0]!.part, to: part.key, perRequest: 1, required, tries: 1 }],
      })?.unavailability ?? NaN) * MINUTES_PER_YEAR;
    expect(minutes(true) - minutes(false)).toBeCloseTo(21.024 + (0.5 * 625) / 60, 1);
  });
});

describe("laws of caches", () => {
  const zones = fc.integer({ min: 1, max: 4 }).map((count) => ["a", "b", "c", "d"].slice(0, count));
  const gib = fc.constantFrom(0, 8);
  const replicas = fc.integer({ min: 1, max: 5 });

  test("more replicas are never less available, with an election and without", () => {
    fc.assert(
      fc.property(zones, gib, replicas, fc.constantFrom("aws", "kubernetes"), (at, volume, more, target) => {
        const runtime = target === "aws" ? ({ kind: "elasticache", quorum: null } as const) : pods(volume);
        const minutes = (topology: RedisCache["topology"]) => minutesOf(stands(runtime, topology, at), target);
        expect(minutes(byHand(more))).toBeLessThanOrEqual(minutes(single) + 1e-9);
        expect(minutes(byHand(more + 1))).toBeLessThanOrEqual(minutes(byHand(more)) + 1e-9);
      }),
    );
  });

  test("an election is never less available than a person", () => {
    fc.assert(
      fc.property(zones, gib, replicas, fc.constantFrom(3, 5), (at, volume, more, sentinels) => {
        expect(minutesOf(stands(pods(volume, sentinels, at), elected(more), at))).toBeLessThanOrEqual(
          minutesOf(stands(pods(volume), byHand(more), at)) + 1e-9,
        );
        const managed = { kind: "elasticache", quorum: null } as const;
        expect(minutesOf(stands(managed, elected(more), at), "aws")).toBeLessThanOrEqual(
          minutesOf(stands(managed, byHand(more), at), "aws") + 1e-9,
        );
      }),
    );
  });

  test("one is never more available than the same pods as a plain group of one", () => {
    const asked = plan();
    const [demand] = asked.demand;
    fc.assert(
      fc.property(zones, gib, (at, volume) => {
        const one = group({
          key: demand!.part,
          scaling: { kind: "fixed", count: 1 },
          placement: { kind: "zonal", zones: at, spread: "hard" },
        });
        const told = availabilityOf([asReading(one)], {
          calls: [],
          demand: [{ ...demand!, need: 1, behind: "registry", callsLeave: false }],
          failures: failuresOn("kubernetes"),
        });
        const found = (told?.lostTo ?? []).filter(({ cause }) => ["replicas", "common cause"].includes(cause));
        const plain = found.reduce((sum, { minutesPerYear }) => sum + minutesPerYear, 0);
        expect(plain).toBeGreaterThan(0);
        expect(lost(stands(pods(volume), single, at))("cache")).toBeGreaterThanOrEqual(plain);
      }),
    );
  });
});
