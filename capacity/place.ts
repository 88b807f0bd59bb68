import type { Infeasible, Part, Plan, Reason, ReplicaGroup } from "../model";
import type { Context } from "./context";
import { type GroupCounted, countedWithoutRoom, countGroup } from "./count-group";
import type { GroupCount } from "./group-count";
import type { Door, PlannedNodes, SomeParts } from "./part-planner";
import { plannerOf } from "./planners";

/** Replicas of a service, and what leads requests to them. */
export interface StandingService {
  readonly count: GroupCount;
  readonly group: ReplicaGroup;
  readonly door: Door | null;
}

/** One region of a plan: all that requests pass through. */
export interface Place {
  /** Of the region's own request. */
  readonly context: Context;
  readonly ground: SomeParts;
  readonly services: readonly StandingService[];
  /** What stands at the floor has room for what a burst adds. */
  readonly roomy: boolean;
  /** Services that cannot be counted, and what all together ask more of than there is. */
  readonly short: readonly Infeasible[];
  /** Caches and stores. */
  readonly members: SomeParts;
  readonly stores: Plan["demand"];
  readonly nodes: PlannedNodes;
}

/** A region with the share of the budget that each group's replicas and zones may use; null: as much as they like. */
export function placeOf(context: Context, budget: number | null): Place {
  const planner = plannerOf(context.request.target);
  const around = { context, ...membersOf(context), nodes: planner.nodes(context.request) };
  return { ...around, ground: planner.ground(context), ...servicesOf(around, budget) };
}

/** The same region with another share: its ground, caches and stores know nothing of it, and a service that counts as before stands as before. */
export function recounted(place: Place, budget: number): Place {
  return { ...place, ...servicesOf(place, budget, place) };
}

/** What stands in a region so that requests can pass. */
export function partsOf({ ground, services, members }: Place): readonly Part[] {
  return [
    ...ground.parts,
    ...services.flatMap(({ group, door }) => (door === null ? [group] : [group, door])),
    ...members.parts,
  ];
}

function servicesOf(
  { context, members, nodes }: Pick<Place, "context" | "members" | "nodes">,
  budget: number | null,
  before?: Pick<Place, "services" | "roomy">,
): Pick<Place, "services" | "short" | "roomy"> {
  const { request, demand } = context;
  const planner = plannerOf(request.target);
  const standing = (
    all: readonly GroupCounted[],
    known: readonly StandingService[] = [],
  ): Pick<Place, "services" | "short"> => {
    const counts = all.flatMap((each) => (each.ok ? [each.group] : []));
    const short = all.flatMap((each) => (each.ok ? [] : [each.infeasible]));
    const services = counts.map((count) => {
      const same = known.find((each) => sameNumbers(each.count, count));
      if (same !== undefined) return { ...same, count };
      const group = planner.group(request, count);
      return { count, group, door: planner.door(request, count, group.key) };
    });
    // Nothing was short of what was known, or it would not be asked again.
    const asKnown = services.length > 0 && services.every(({ group }, at) => group === known[at]?.group);
    return { services, short: asKnown ? short : [...short, ...planner.shortage(context, counts)] };
  };
  const roomy = demand.services.map((service) => countGroup(context, service, budget, true));
  const found = standing(roomy, before?.services);
  const groups = found.services.map(({ group }) => group);
  // Counted as before: what was found of them then holds.
  const same =
    before?.services.length === groups.length && before.services.every(({ group }, at) => group === groups[at]);
  const holds = same ? before.roomy : planner.holdsBurst(request, [...groups, ...members.parts], nodes);
  if (found.short.length > 0 || holds) return { ...found, roomy: true };
  const counted = roomy.map((each) => (each.ok ? countedWithoutRoom(context, each.group, budget) : each));
  return { ...standing(counted, found.services), roomy: false };
}

/** Two counts of one service that differ in their reasons at most: its size is the same whatever the share. */
function sameNumbers(one: GroupCount, other: GroupCount): boolean {
  return (
    one.demand === other.demand &&
    one.need === other.need &&
    one.count === other.count &&
    one.max === other.max &&
    one.surge === other.surge &&
    one.spotShare === other.spotShare &&
    one.onDemand === other.onDemand &&
    one.replicasAtMean === other.replicasAtMean
  );
}

function membersOf(context: Context): Pick<Place, "members" | "stores"> {
  const { request, demand } = context;
  const planner = plannerOf(request.target);
  const parts: Part[] = [];
  const reasons: Reason[] = [];
  const infeasible: Infeasible[] = [];
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
  return { members: { parts, reasons, infeasible }, stores };
}
