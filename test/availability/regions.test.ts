import * as fc from "fast-check";
import { availabilityOf } from "../../availability";
import { certainPlan } from "../../capacity";
import { handOn, shareThatStays } from "../../catalog/kubernetes/hand-on";
import {
  asReading,
  known,
  type FailureModel,
  type LoadBalancer,
  type Part,
  type Plan,
  type ReadPart,
} from "../../model";
import { prod } from "../capacity/a-request";

const west = ["us-west-2a", "us-west-2b", "us-west-2c"];
const elsewhere = { region: "us-west-2", zones: west, networkZones: west, kubernetes: null };

/** The plan of a request, with figures or without. */
function planned(otherRegions: typeof prod.otherRegions, callersMoveSeconds: number | null = 150): Plan {
  const found = certainPlan({
    ...prod,
    chosen: { ...prod.chosen, quotas: { fargateVcpus: 100_000 } },
    otherRegions,
    regions: ["us-east-1", ...otherRegions.map(({ region }) => region)],
    callersMoveSeconds,
  });
  return found.ok ? found.plan : found.partial;
}

const one = planned([]);
const two = planned([elsewhere]);
const parts = two.parts.map((part) => asReading(part));
const between = two.failures.betweenRegions!;
const minutes = (plan: Pick<Plan, "availability">, cause: string): number =>
  plan.availability?.lostTo.find((lost) => lost.cause === cause)?.minutesPerYear ?? 0;

const envoy: LoadBalancer["runtime"] = {
  kind: "gateway-api",
  implementation: "envoy-gateway",
  panicBelow: 0.01,
  mostRequests: null,
};

/** The first region's door as Envoy Gateway's, with the other region's behind its own replicas. */
function withDoor(change: (door: LoadBalancer) => Part = (door) => door): readonly ReadPart[] {
  return two.parts.map((part) => {
    if (part.kind !== "load-balancer" || part.region !== "us-east-1") return asReading(part);
    const [own] = part.targets;
    const other = { ...own!, part: part.key.replace("us-east-1", "us-west-2") as Part["key"], port: 443, priority: 2 };
    return asReading(change({ ...part, targets: [own!, other], runtime: envoy }));
  });
}
const doors = withDoor();

/** What is lost, with other rates and somebody else who moves. */
function lost(
  read: readonly ReadPart[],
  move: Partial<typeof between> = {},
  rates: Partial<FailureModel> = {},
  plan: Plan = two,
): { readonly unavailability: number; readonly minutes: (cause: string) => number } {
  const failures = { ...plan.failures, ...rates, betweenRegions: { ...between, ...move } };
  const availability = availabilityOf(read, { ...plan, failures })!;
  return { unavailability: availability.unavailability, minutes: (cause) => minutes({ availability }, cause) };
}

const checks = { foundBy: "checks" } as const;
/** No replica and no zone fails. */
const sound = { replicaFailuresPerYear: 0, zoneUnavailability: 0, zoneEventsPerYear: 0 };

describe("a system in several regions", () => {
  test("is planned in each, every Part under its own region's key", () => {
    const keys = (region: string) =>
      two.parts.filter((part) => part.region === region).map(({ key }) => key.replace(region, ""));
    expect(keys("us-west-2")).toEqual(keys("us-east-1"));
    expect(two.regions?.map(({ region }) => region)).toEqual(["us-east-1", "us-west-2"]);
    expect(one.regions).toBeUndefined();
  });

  test("the region that waits serves nothing, and can carry everything", () => {
    const [first] = two.demand.filter(({ part }) => part.endsWith("us-east-1"));
    const [waits] = two.demand.filter(({ part }) => part.endsWith("us-west-2"));
    expect(waits?.need).toBe(first?.need);
    expect([waits?.requestsPerSecond.mean, waits?.replicasAtMean]).toEqual([0, 0]);
  });

  test("is as often down as its first region where nobody moves callers", () => {
    expect(planned([elsewhere], null).availability).toEqual(one.availability);
  });

  test("is not known where a region's count is not", () => {
    const unread = parts.map((part) =>
      part.kind === "replica-group" && part.key.endsWith("us-west-2")
        ? { ...part, scaling: { known: false as const, urn: "", property: "scaling", why: "after-deploy" as const } }
        : part,
    );
    expect(availabilityOf(unread, two)).toBeNull();
  });
});

describe("callers who are moved", () => {
  test("wait while they are, and meet all regions down; deploys and what regions share are counted once, whole", () => {
    const found = lost(parts, {}, sound);
    expect(found.minutes("deploys")).toBeCloseTo(minutes(one, "deploys"), 9);
    expect(found.minutes("region")).toBe(0);
    // 0.22 regions and 0.048 balancers a year x 150 s.
    expect(found.minutes("moving between regions")).toBeCloseTo(((0.22 + 0.048) * 150) / 60, 9);
    expect(found.minutes("what regions share")).toBeCloseTo(2e-5 * 525_600, 9);
    // (14.1912 + 2.628 - 0.67) minutes in the first, 14.1912 + 2.628 in the other.
    expect(found.minutes("all regions at once")).toBeCloseTo((16.1492 * 16.8192) / 525_600, 9);
  });

  test("are not helped by a move that takes as long as the event, and are by one a second faster", () => {
    // 2.7e-5 of a year in 0.22 events: 3,870 s each.
    const event = (2.7e-5 * 31_536_000) / 0.22;
    const still = lost(parts, { failoverSeconds: event }, sound);
    expect(still.minutes("region")).toBeCloseTo(minutes(one, "region"), 9);
    const saved = lost(parts, { failoverSeconds: event - 1 }, sound);
    expect(saved.minutes("region")).toBe(0);
    expect(saved.unavailability).toBeLessThan(still.unavailability);
  });

  test("stay with what is over before they move: what a probe takes to find a dead replica", () => {
    expect(lost(parts, { failoverSeconds: 150 }).minutes("failover")).toBeCloseTo(minutes(one, "failover"), 9);
    expect(lost(parts, { failoverSeconds: 10 }).minutes("failover")).toBe(0);
  });

  test("by DNS leave what its check sees: not a way out that is closed, nor replicas of which one still answers", () => {
    const rates = { ...sound, zoneUnavailability: 0.01, zoneEventsPerYear: 1, betaReplica: 0 };
    const byDns = lost(parts, checks, rates);
    const byCallers = lost(parts, {}, rates);
    expect(byCallers.minutes("zones")).toBe(0);
    // Two zones of three: too few, and one replica answers. All three, 1e-6: nobody does.
    const zones = lost(parts, { failoverSeconds: null, ...checks }, rates).minutes("zones");
    expect(zones - byDns.minutes("zones")).toBeGreaterThan(0.9 * 1e-6 * 525_600);
    expect(zones - byDns.minutes("zones")).toBeLessThan(1.1 * 1e-6 * 525_600);
    expect(byDns.minutes("region")).toBe(0);
  });

  test("by what only connects leave what the door outlives: the region and the door itself alone are found", () => {
    const rates = { replicaFailuresPerYear: 1000, betaReplica: 1 };
    const byConnections = lost(parts, { foundBy: "connections" }, rates);
    const byChecks = lost(parts, checks, rates);
    const stays = lost(parts, { foundBy: "connections", failoverSeconds: null }, rates);
    expect(byChecks.minutes("common cause")).toBeLessThan(stays.minutes("common cause"));
    expect(byConnections.minutes("common cause")).toBeCloseTo(stays.minutes("common cause"), 9);
    for (const cause of ["region", "balancer"]) expect(byConnections.minutes(cause)).toBe(byChecks.minutes(cause));
    expect(byConnections.minutes("region")).toBe(0);
  });

  test("are never served more when they move slower, or what is shared fails more", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(parts, doors),
        fc.constantFrom("connections" as const, "checks" as const, "callers" as const),
        (seconds, more, share, read, foundBy) => {
          const at = (move: Partial<typeof between>): number => lost(read, { foundBy, ...move }).unavailability;
          expect(at({ failoverSeconds: seconds + more })).toBeGreaterThanOrEqual(
            at({ failoverSeconds: seconds }) - 1e-15,
          );
          expect(at({ failoverSeconds: null })).toBeGreaterThanOrEqual(at({ failoverSeconds: seconds }) - 1e-15);
          expect(at({ globalUnavailability: share })).toBeGreaterThanOrEqual(at({ globalUnavailability: share / 2 }));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a door that hands on", () => {
  test("never costs anything, whatever fails and whoever moves callers", () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          zoneUnavailability: probability,
          zoneEventsPerYear: fc.double({ min: 0, max: 100, noNaN: true }),
          replicaFailuresPerYear: fc.double({ min: 0, max: 1e4, noNaN: true }),
          betaReplica: probability,
        }),
        fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
        fc.constantFrom("connections" as const, "checks" as const, "callers" as const),
        (rates, failoverSeconds, foundBy) => {
          const move = { failoverSeconds, foundBy };
          expect(lost(doors, move, rates).unavailability).toBeLessThanOrEqual(
            lost(parts, move, rates).unavailability + 1e-15,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test("saves replicas that fail together, once its check has failed, and not a region or itself", () => {
    const nobody = { failoverSeconds: null, ...checks };
    const rates = { ...sound, replicaFailuresPerYear: 12, betaReplica: 0.5 };
    const without = lost(parts, nobody, rates);
    const found = lost(doors, nobody, rates);
    expect(found.minutes("region")).toBeCloseTo(minutes(one, "region"), 9);
    expect(found.minutes("balancer")).toBeCloseTo(minutes(one, "balancer"), 9);
    expect(found.minutes("common cause")).toBeLessThan(without.minutes("common cause"));
    expect(found.minutes("handing on between regions")).toBeGreaterThan(0);
  });

  test("waits for its check, and for caches of the other region that are cold", () => {
    const rates = { ...sound, replicaFailuresPerYear: 12, betaReplica: 0.5 };
    const waiting = (warmSeconds: number): number =>
      lost(doors, { failoverSeconds: null, ...checks, warmSeconds }, rates).minutes("handing on between regions");
    // A replica's check takes 90 s here.
    expect(waiting(9) / waiting(0)).toBeCloseTo(99 / 90, 9);
  });

  test("hands nothing on while 1/1.4 of its replicas are healthy; below that 1.4 requests stay for each healthy share", () => {
    const { overprovisioning } = handOn["envoy-gateway"];
    expect(shareThatStays(1 / 1.4, overprovisioning)).toBe(1);
    expect(shareThatStays(0.72, overprovisioning)).toBe(1);
    expect(shareThatStays(0.7, overprovisioning)).toBeCloseTo(0.98, 12);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (healthy) => {
        expect(shareThatStays(healthy, overprovisioning)).toBe(healthy >= 1 / 1.4 ? 1 : 1.4 * healthy);
      }),
    );
  });

  // The entry needs 5. With 6 and one ill 1.4 x 4/6 = 93 % of requests stay for replicas that carry 4/5; with 7 it is 1.4 x 4/7 = 80 %.
  test.each([
    [6, "stay too many for the others"],
    [7, "are as many as the others carry"],
  ])("with %i replicas where 5 are needed, those that stay when one is ill %s", (count) => {
    const only = (read: readonly ReadPart[]): readonly ReadPart[] =>
      read.map((part) =>
        part.kind === "replica-group" && part.key === "replica-group/storage-server/us-east-1"
          ? { ...part, scaling: { kind: "fixed", count: known(count, "") } }
          : part,
      );
    // A replica is down for a tenth of the time; embedding's 44 are spared by needing one.
    const demand = two.demand.map((each) => (each.part.includes("embedding") ? { ...each, need: 1 } : each));
    const rates = { zoneUnavailability: 0, replicaFailuresPerYear: 15_000, betaReplica: 0 };
    const at = (read: readonly ReadPart[]): number =>
      lost(only(read), { failoverSeconds: null, ...checks }, rates, { ...two, demand }).minutes("replicas");
    if (count === 7) expect(at(doors)).toBeLessThan(1e-3 * at(parts));
    else expect(at(doors)).toBeGreaterThan(0.99 * at(parts));
    expect(at(parts)).toBeGreaterThan(1000);
  });

  test.each<[string, (door: LoadBalancer) => Part]>([
    ["without priorities", (door) => ({ ...door, targets: door.targets.map((each) => ({ ...each, priority: 1 })) })],
    [
      "to its own region",
      (door) => ({
        ...door,
        targets: door.targets.map((each) => ({
          ...each,
          part: each.part.replace("us-west-2", "us-east-1") as Part["key"],
        })),
      }),
    ],
    ["of an implementation that is not known", (door) => ({ ...door, runtime: { ...envoy, implementation: null } })],
    ["that is none of Gateway API", (door) => ({ ...door, runtime: { kind: "alb" } })],
  ])("counts for nothing %s", (_, change) => {
    const nobody = { failoverSeconds: null, ...checks };
    const rates = { replicaFailuresPerYear: 12, betaReplica: 0.5 };
    expect(lost(withDoor(change), nobody, rates).unavailability).toBe(lost(parts, nobody, rates).unavailability);
    expect(lost(doors, nobody, rates).unavailability).toBeLessThan(lost(parts, nobody, rates).unavailability);
  });
});
