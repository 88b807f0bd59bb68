import type { Call, Infeasible, Part, Plan, Planned, Reason, ReplicaGroup, Request, Workload } from "../model";
import { asReading, partKey, requestsByRegion } from "../model";
import { availabilityOf, MINUTES_PER_YEAR } from "../availability";
import { catalogOf } from "../catalog";
import { acrossRegions, untilWarm } from "./across-regions";
import { Assumptions, type Overrides } from "./assumptions";
import { roleOfCache } from "./cache-plan";
import type { Context } from "./context";
import { systemDemand } from "./demand";
import { failureModel } from "./failure-model";
import { planFailover } from "./failover-plan";
import { existingCachesOf, subnetZones } from "./existing";
import { type GroupCount, countGroup, detectSeconds } from "./group-count";
import { withNodeRoom } from "./node-loss";
import { plannerOf, type PartPlanner, type SomeParts } from "./part-planner";
import { seedRule } from "./sizing-rule";
import { measuredIn } from "./stated-measures";

/** Causes that more replicas or a better spread change; all others stand whatever the count. */
const countedCauses = new Set(["zones", "replicas"]);

/** Counts, Parts and availability of one request: everything but what must plan again to be known (effects, options, alternatives). */
export function certainPlan(request: Request, overrides: Overrides = {}): Planned {
  const catalog = catalogOf(request.target);
  const assumptions = new Assumptions(overrides);
  const demand = systemDemand(request, assumptions);
  const failures = untilWarm(failureModel(request, catalog, assumptions), acrossRegions(request, demand));
  const context: Context = { request, catalog, assumptions, demand, failures };
  const first = assemble(context, null);
  if (first.infeasible.length > 0 || !first.plan.availability) return refused(first);
  // What is left of the budget to replicas and zones once everything else has taken its share.
  const allowed = 1 - request.chosen.objectives.availability;
  const fixed = first.plan.availability.lostTo
    .filter(({ cause }) => !countedCauses.has(cause))
    .reduce((sum, { minutesPerYear }) => sum + minutesPerYear / MINUTES_PER_YEAR, 0);
  const left = (allowed - fixed) / Math.max(1, demand.services.length);
  const second = left > 0 ? assemble(context, left) : first;
  if (second.infeasible.length > 0 || !second.plan.availability) return refused(second);
  const reached = 1 - second.plan.availability.unavailability;
  if (second.plan.availability.unavailability <= allowed) return { ok: true, plan: second.plan };
  return { ok: false, infeasible: [objectiveMissed(second.plan, reached)], partial: { ...second.plan } };
}

interface Assembled {
  readonly plan: Plan;
  readonly infeasible: readonly Infeasible[];
}

function refused({ infeasible, plan }: Assembled): Planned {
  const [first, ...rest] = infeasible;
  if (!first) throw new Error("a plan without availability must say why");
  return { ok: false, infeasible: [first, ...rest], partial: { ...plan, availability: null } };
}

/** Puts the bill of materials together, with the share of the budget that each group's replicas and zones may use. */
function assemble(context: Context, budget: number | null): Assembled {
  const { request, assumptions, failures } = context;
  const across = acrossRegions(request, context.demand);
  const planner = plannerOf(request.target);
  const places = requestsByRegion(request).map((here, index) => ({
    ...assembleRegion({ ...context, request: here }, planner, budget),
    request: here,
    first: index === 0,
  }));
  const inRegions = places.flatMap((place) => place.parts);
  const parts = [...inRegions, ...planFailover(request, inRegions)];
  const reasons = places.flatMap((place) => place.reasons);
  const infeasible = places.flatMap((place) => place.infeasible);
  // Of several regions what is said alike is said once.
  const lacks = places
    .flatMap((place) => planner.lacks(place.request, place.counts, place.parts))
    .filter(({ of, lost }, index, all) => all.findIndex((other) => other.of === of && other.lost === lost) === index);
  const there = subnetZones(request.network);
  const nodes = Object.assign({}, ...places.map((place) => planner.nodes(place.request) ?? {})) as NonNullable<
    Plan["nodes"]
  >;
  const plan: Plan = {
    schema: 1,
    stack: request.stack,
    system: request.system,
    environment: request.environment,
    tier: request.tier,
    target: request.target,
    region: request.region,
    zones: request.zones,
    ...(places.length < 2 ? {} : { regions: places.map(({ request: { region, zones } }) => ({ region, zones })) }),
    ...(there === undefined ? {} : { subnetZones: there }),
    objectives: request.chosen.objectives,
    budgetPerMonthUsd: request.chosen.budget?.perMonthUsd ?? null,
    replicaDropShare: request.chosen.replicaDropShare,
    quotas: Object.fromEntries(
      Object.entries(request.chosen.quotas).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    ),
    parts: sorted(parts),
    calls: places.flatMap((place) => callsOf(place.request)),
    demand: withNodeRoom(
      places.flatMap(({ counts, stores, request: here, first }) =>
        [...counts.map((count) => demandOf(here, count)), ...stores].map((each) => (first ? each : waiting(each))),
      ),
      () => parts.map((part) => asReading(part)),
      nodes,
    ),
    ...(Object.keys(nodes).length === 0 ? {} : { nodes }),
    failures,
    ...(across.length === 0 ? {} : { acrossRegions: across }),
    reasons,
    ...(lacks.length === 0 ? {} : { lacks }),
    sizingRules: places.flatMap(({ counts, request: here }) => counts.flatMap((count) => seedRule(here, count.demand))),
    settings: request.settings,
    assumptions: measuredIn(request.target, assumptions.list()),
    availability: null,
    options: [],
    demandColumns: [],
    nextNine: null,
    waivers: request.waivers,
    prices: request.prices,
  };
  const availability =
    infeasible.length > 0
      ? null
      : availabilityOf(
          plan.parts.filter(({ kind }) => carriers.has(kind)).map((part) => asReading(part)),
          plan,
        );
  return { plan: { ...plan, availability }, infeasible };
}

/** What a region that waits for another's loss serves meanwhile: nothing, with all that it needs then. */
function waiting(demand: Plan["demand"][number]): Plan["demand"][number] {
  return {
    ...demand,
    requestsPerSecond: { ...demand.requestsPerSecond, mean: 0 },
    replicasAtMean: 0,
  };
}

/** The bill of materials of one region. */
function assembleRegion(
  context: Context,
  planner: PartPlanner,
  budget: number | null,
): SomeParts & { readonly counts: readonly GroupCount[]; readonly stores: Plan["demand"] } {
  const { request, demand } = context;
  const ground = planner.ground(context);
  const infeasible: Infeasible[] = [...ground.infeasible];
  const parts: Part[] = [...ground.parts];
  const reasons: Reason[] = [...ground.reasons];
  const counts: GroupCount[] = [];
  for (const service of demand.services) {
    const counted = countGroup(context, service, budget);
    if (counted.ok) counts.push(counted.group);
    else infeasible.push(counted.infeasible);
  }
  infeasible.push(...planner.shortage(context, counts));
  for (const count of counts) {
    const group = planner.group(request, count);
    const door = planner.door(request, count, group.key);
    parts.push(group, ...(door ? [door] : []), ...planner.serviceAlerts(request, count, group, door));
    reasons.push(...count.reasons);
  }
  for (const asked of demand.caches) {
    if (Object.hasOwn(request.existing.caches, asked.workload)) continue;
    const cache = planner.cache(context, asked);
    if (cache.ok) {
      parts.push(cache.part);
      reasons.push(...cache.reasons);
    } else infeasible.push(cache.infeasible);
  }
  const stores: Plan["demand"][number][] = [];
  for (const asked of demand.stores) {
    const store = planner.store(context, asked);
    if (store.ok) {
      parts.push(store.part);
      reasons.push(...store.reasons);
      stores.push(store.demand);
    } else infeasible.push(...store.infeasible);
  }
  const around = planner.surroundings(context, parts);
  return {
    parts: [...parts, ...around.parts],
    reasons: [...reasons, ...around.reasons],
    infeasible: [...infeasible, ...around.infeasible],
    counts,
    stores,
  };
}

/** Kinds of Part that requests pass through. */
const carriers: ReadonlySet<Part["kind"]> = new Set([
  "network",
  "replica-group",
  "load-balancer",
  "balancer-route",
  "redis-cache",
  "store",
]);

const kindOrder: readonly Part["kind"][] = [
  "network",
  "replica-group",
  "load-balancer",
  "balancer-route",
  "dns-failover",
  "redis-cache",
  "store",
  "node-pool",
  "slo",
  "alert",
  "alert-topic",
  "dashboard",
];

/** By kind, then key: the order of parts never depends on the order in which they were thought of. */
function sorted(parts: readonly Part[]): readonly Part[] {
  return [...parts].sort(
    (a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}

const carriedBy = { service: "replica-group", cache: "redis-cache", store: "store" } as const;

/** The Part that carries a workload. */
export function carrierOf(request: Request, workload: string): ReplicaGroup["key"] {
  return partKey(carriedBy[request.workloads[workload]?.kind ?? "service"], workload, request.region);
}

function reliedOn(facts: Workload | undefined): boolean {
  return facts?.kind === "cache" && roleOfCache(facts) === "capacity-cache";
}

function callsOf(request: Request): readonly Call[] {
  return Object.entries(request.workloads).flatMap(([from, facts]) =>
    facts.kind === "service"
      ? Object.entries(facts.calls ?? {}).map(([to, call]) => ({
          from: carrierOf(request, from),
          to: carrierOf(request, to),
          perRequest: call.perRequest,
          tries: call.tries ?? 1,
          // Replicas are counted with its hits: whatever the call says, they fail without it.
          required: (call.required ?? true) || reliedOn(request.workloads[to]),
        }))
      : [],
  );
}

function demandOf(request: Request, { demand, need, replicasAtMean }: GroupCount): Plan["demand"][number] {
  return {
    workload: demand.workload,
    part: carrierOf(request, demand.workload),
    requestsPerSecond: { mean: demand.meanPerSecond, peak: demand.peakPerSecond.mid },
    erlangs: demand.erlangs,
    need,
    replicasAtMean,
    requestBytes: demand.requestBytes,
    responseBytes: demand.responseBytes,
    logBytesPerRequest: demand.logBytesPerRequest,
    startSeconds: demand.startSeconds.high,
    entry: demand.entry,
    callsLeave: demand.facts.callsLeave ?? false,
    behind: demand.behind,
    detectSeconds: detectSeconds(demand),
    existingCaches: existingCachesOf(request, demand.facts).map(({ workload, ...facts }) => ({
      part: carrierOf(request, workload),
      ...facts,
    })),
  };
}

function objectiveMissed(plan: Plan, reached: number): Infeasible {
  const [worst] = plan.availability?.lostTo ?? [];
  const entry = plan.demand.find((demand) => demand.entry);
  return {
    part: entry?.part ?? partKey("replica-group", plan.system, plan.region),
    field: "availability",
    asked: plan.objectives.availability,
    unit: "share of time",
    limit: {
      name: `what ${plan.regions === undefined ? "one region gives" : `${plan.regions.length} regions give`} here (most is lost to ${worst?.cause ?? "unknown causes"}: ${(worst?.minutesPerYear ?? 0).toFixed(1)} minutes a year)`,
      value: reached,
      source: worst?.source ?? { title: "availability/system.ts", date: "2026-11-21" },
      raisable: false,
    },
    alternatives: [],
  };
}
