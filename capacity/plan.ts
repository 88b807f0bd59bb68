import type { Availability, Infeasible, NodeFacts, Part, Plan, Planned, Request } from "../model";
import { asReading, partKey, requestsByRegion } from "../model";
import { availabilityOf, MINUTES_PER_YEAR } from "../availability";
import { catalogOf } from "../catalog";
import { acrossRegions, untilWarm } from "./across-regions";
import { Assumptions, type Overrides } from "./assumptions";
import { roleOfCache } from "./cache-plan";
import type { Context } from "./context";
import { systemDemand } from "./demand";
import { type CachesAlone, failureModel } from "./failure-model";
import { planFailover } from "./failover-plan";
import { subnetZones } from "./existing";
import { withNodeRoom } from "./node-loss";
import { plannerOf } from "./planners";
import { type Place, partsOf, placeOf, recounted } from "./place";
import { seedRule } from "./sizing-rule";
import { measuredIn } from "./stated-measures";
import { callsOf, demandOf, waiting } from "./told-demand";

/** Causes that more replicas or a better spread change; all others stand whatever the count. */
const countedCauses = new Set(["zones", "replicas"]);

/** Counts, Parts and availability of one request: everything but what must plan again to be known (effects, options, alternatives). */
export function certainPlan(request: Request, overrides: Overrides = {}): Planned {
  const catalog = catalogOf(request.target);
  const assumptions = new Assumptions(overrides);
  const demand = systemDemand(request, assumptions);
  const across = acrossRegions(request, demand);
  const failures = untilWarm(
    failureModel({ ...request, ...cachesAlone(request, demand) }, catalog, assumptions),
    across,
  );
  const context: Context = { request, catalog, assumptions, demand, failures };
  const whole = (standing: Standing): Plan => planOf(context, across, standing);
  const first = standingIn(
    requestsByRegion(request).map((here) => placeOf({ ...context, request: here }, null)),
    context,
  );
  if (first.infeasible.length > 0 || !first.availability) return refused(first, whole);
  // What is left of the budget to replicas and zones once everything else has taken its share.
  const allowed = 1 - request.chosen.objectives.availability;
  const fixed = first.availability.lostTo
    .filter(({ cause }) => !countedCauses.has(cause))
    .reduce((sum, { minutesPerYear }) => sum + minutesPerYear / MINUTES_PER_YEAR, 0);
  const left = (allowed - fixed) / Math.max(1, demand.services.length);
  const second = left > 0 ? standingAgain(first, left, context) : first;
  if (second.infeasible.length > 0 || !second.availability) return refused(second, whole);
  const plan = whole(second);
  const { unavailability } = second.availability;
  if (unavailability <= allowed) return { ok: true, plan };
  return { ok: false, infeasible: [objectiveMissed(plan, 1 - unavailability)], partial: plan };
}

/** Where nothing must be survived a cache stands alone; who can do without it waits for nothing. */
function cachesAlone(
  { chosen }: Request,
  { caches, services }: Context["demand"],
): { readonly cachesAlone?: CachesAlone } {
  const needed = services.length === 0 || caches.some(({ facts }) => roleOfCache(facts) === "capacity-cache");
  if (chosen.objectives.survive !== "nothing" || caches.length === 0 || !needed) return {};
  return { cachesAlone: { nodeIsMade: true, promoted: false } };
}

/** All regions together: what requests pass through, and how long it stays up. */
interface Standing extends Pick<Plan, "calls" | "demand"> {
  readonly places: readonly Place[];
  /** By kind and key. */
  readonly parts: readonly Part[];
  readonly nodes: Readonly<Record<string, NodeFacts>>;
  readonly infeasible: readonly Infeasible[];
  /** null: a limit forbids it. */
  readonly availability: Availability | null;
}

function standingIn(places: readonly Place[], { failures }: Pick<Context, "failures">): Standing {
  const parts = sorted(places.flatMap(partsOf));
  const read = parts.map((part) => asReading(part));
  const infeasible = places.flatMap(({ ground, short, members }) => [
    ...ground.infeasible,
    ...short,
    ...members.infeasible,
  ]);
  const nodes = Object.assign({}, ...places.map((place) => place.nodes ?? {})) as Standing["nodes"];
  const calls = places.flatMap(({ context }) => callsOf(context.request));
  const demand = withNodeRoom(
    places.flatMap(({ services, stores, context }, index) =>
      [...services.map(({ count }) => demandOf(context.request, count)), ...stores].map((each) =>
        index === 0 ? each : waiting(each),
      ),
    ),
    read,
    nodes,
  );
  const availability = infeasible.length > 0 ? null : availabilityOf(read, { calls, demand, failures });
  return { places, parts, nodes, calls, demand, infeasible, availability };
}

/** What stands with another share of the budget. Where every service counts as before, so does all that follows from the counts. */
function standingAgain(before: Standing, budget: number, context: Context): Standing {
  const places = before.places.map((place) => recounted(place, budget));
  const same = places.every(({ services, short }, index) => {
    const old = before.places[index]?.services ?? [];
    return (
      short.length === 0 &&
      services.length === old.length &&
      services.every(({ group }, at) => group === old[at]?.group)
    );
  });
  return same ? { ...before, places } : standingIn(places, context);
}

function refused(standing: Standing, whole: (standing: Standing) => Plan): Planned {
  const [first, ...rest] = standing.infeasible;
  if (!first) throw new Error("a plan without availability must say why");
  return { ok: false, infeasible: [first, ...rest], partial: { ...whole(standing), availability: null } };
}

/** The bill of materials: what stands, and all that follows from it. */
function planOf(
  { request, assumptions, failures }: Context,
  across: NonNullable<Plan["acrossRegions"]>,
  { places, parts: standing, nodes, calls, demand, availability }: Standing,
): Plan {
  const planner = plannerOf(request.target);
  const each = places.map((place) => {
    const here = place.context.request;
    const counts = place.services.map(({ count }) => count);
    const own = partsOf(place);
    const around = [
      ...place.services.flatMap(({ count, group, door }) => planner.serviceAlerts(here, count, group, door)),
      ...planner.surroundings(here, own, place.nodes),
    ];
    return { request: here, counts, around, lacks: planner.lacks(here, counts, [...own, ...around]) };
  });
  // Of several regions what is said alike is said once.
  const lacks = each
    .flatMap((place) => place.lacks)
    .filter(({ of, lost }, index, all) => all.findIndex((other) => other.of === of && other.lost === lost) === index);
  const there = subnetZones(request.network);
  return {
    schema: 1,
    stack: request.stack,
    system: request.system,
    environment: request.environment,
    tier: request.tier,
    target: request.target,
    region: request.region,
    zones: request.zones,
    ...(each.length < 2 ? {} : { regions: each.map(({ request: { region, zones } }) => ({ region, zones })) }),
    ...(there === undefined ? {} : { subnetZones: there }),
    objectives: request.chosen.objectives,
    budgetPerMonthUsd: request.chosen.budget?.perMonthUsd ?? null,
    replicaDropShare: request.chosen.replicaDropShare,
    quotas: Object.fromEntries(
      Object.entries(request.chosen.quotas).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    ),
    parts: sorted([...standing, ...each.flatMap(({ around }) => around), ...planFailover(request, standing)]),
    calls,
    demand,
    ...(Object.keys(nodes).length === 0 ? {} : { nodes }),
    failures,
    ...(across.length === 0 ? {} : { acrossRegions: across }),
    reasons: places.flatMap(({ ground, services, members }) => [
      ...ground.reasons,
      ...services.flatMap(({ count }) => count.reasons),
      ...members.reasons,
    ]),
    ...(lacks.length === 0 ? {} : { lacks }),
    sizingRules: each.flatMap(({ counts, request: here }) => counts.flatMap((count) => seedRule(here, count.demand))),
    settings: request.settings,
    assumptions: measuredIn(request.target, assumptions.list()),
    availability,
    options: [],
    demandColumns: [],
    nextNine: null,
    waivers: request.waivers,
    prices: request.prices,
  };
}

const kindOrder: ReadonlyMap<Part["kind"], number> = new Map(
  (
    [
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
    ] as const
  ).map((kind, index) => [kind, index]),
);
const orderOf = ({ kind }: Part): number => kindOrder.get(kind) ?? -1;

/** By kind, then key: the order of parts never depends on the order in which they were thought of. */
function sorted(parts: readonly Part[]): readonly Part[] {
  return [...parts].sort((a, b) => orderOf(a) - orderOf(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
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
