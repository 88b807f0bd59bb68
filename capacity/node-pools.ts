import { known, partKey, type NodeFacts, type NodePool, type PartKey, type ReadPart } from "../model";
import { carriedIn, zonesOfAll, type Carried } from "./carried-pods";
import type { PodSet } from "./pod-set";
import { nodesOfZone } from "./zone-packing";

/** What pods of a Part ask of nodes, in words that are alike where they ask the same. */
export type AskedOfNodes = ReadonlyMap<ReadPart["key"], string>;

/**
 * The nodes that pods need, a pool for each region whose nodes are known: at the floors with every rollout's surge beside them, and at
 * the ceilings. Of a group that cannot be counted nothing is known, and then not of its region's nodes either: no pool is told.
 * @param asked what pods ask of nodes beyond where these stand: those that ask for the same alone share any. @default - nothing
 */
export function nodePoolsOf(
  parts: readonly ReadPart[],
  nodes: Readonly<Record<string, NodeFacts>> | undefined,
  asked: AskedOfNodes = new Map(),
): readonly ReadPart<NodePool>[] {
  return Object.entries(nodes ?? {}).flatMap(([region, facts]) => {
    const carried = carriedIn(parts, region);
    const zones = zonesOfAll(carried);
    if (zones.length === 0) return [];
    const lots = lotsOf(carried, asked);
    const min = sumOf(lots, (lot) => countedAt(lot, "min", facts, zones));
    const max = sumOf(lots, (lot) => countedAt(lot, "max", facts, zones));
    return min === null || max === null ? [] : [pool(region, facts, zones, min, Math.max(min, max))];
  });
}

function pool(
  region: string,
  facts: NodeFacts,
  zones: readonly string[],
  min: number,
  max: number,
): ReadPart<NodePool> {
  const say = <T>(value: T) => known(value, "", "plan");
  return {
    kind: "node-pool",
    key: partKey("node-pool", facts.pool, region),
    workload: facts.pool,
    region: say(region),
    placement: { kind: "zonal", zones: zones.map(say), spread: say("best-effort") },
    scaling: {
      kind: "range",
      min: say(min),
      max: say(max),
      initial: say<number | null>(min),
      signals: [],
      schedule: [],
    },
    machine: {
      types: [say(facts.machine)],
      spotShare: say(0),
      disks: [],
      metadataNeedsToken: say(true),
      publicAddress: say(false),
    },
    cluster: say(null),
    runtime: {
      kind: "kubernetes-nodes",
      platform: say(facts.platform),
      allocatable: {
        cpuMillis: say(facts.allocatable.cpuMillis),
        memoryMiB: say(facts.allocatable.memoryMiB),
        pods: say(facts.allocatable.pods),
      },
      perHourUsd: say(facts.perHourUsd),
    },
  };
}

/** Pods of one shape, and the zones that they stand in; none named: all that there are. */
interface Standing {
  readonly set: PodSet;
  readonly zones: readonly string[];
}

/** Pods that may stand on the same nodes. */
function lotsOf(all: readonly Carried[], asked: AskedOfNodes): readonly (readonly Carried[])[] {
  if (asked.size === 0) return [all];
  const lots = new Map<string, Carried[]>();
  for (const each of all) {
    const word = asked.get(each.key) ?? "";
    const lot = lots.get(word);
    if (lot === undefined) lots.set(word, [each]);
    else lot.push(each);
  }
  return [...lots.values()];
}

/** null: one of them is not known. */
function sumOf<T>(all: readonly T[], of: (each: T) => number | null): number | null {
  return all.reduce<number | null>((sum, each) => {
    const more = sum === null ? null : of(each);
    return sum === null || more === null ? null : sum + more;
  }, 0);
}

function countedAt(
  carried: readonly Carried[],
  end: "min" | "max",
  facts: NodeFacts,
  zones: readonly string[],
): number | null {
  const sets = setsOf(carried, end);
  return sets === null ? null : counted(sets, facts, zones);
}

/** Nodes of all zones; null: a pod fits on none. */
function counted(sets: readonly Standing[], { allocatable }: NodeFacts, zones: readonly string[]): number | null {
  let sum = 0;
  let before: { readonly pods: string; readonly nodes: number } | undefined;
  for (const zone of zones) {
    const inIt = inZone(sets, zone, zones, true);
    // Most zones hold as many of each as the one before.
    const pods = inIt.map(({ count }) => count).join();
    const nodes = before?.pods === pods ? before.nodes : nodesOfZone(inIt, allocatable);
    if (nodes === null) return null;
    before = { pods, nodes };
    sum += nodes;
  }
  return sum;
}

/** Pods of one zone: each set is spread evenly over its own, the first of them hold one more. */
function inZone(sets: readonly Standing[], zone: string, all: readonly string[], surging: boolean) {
  return sets.map(({ set, zones }) => {
    const own = zones.length === 0 ? all : zones;
    const at = own.indexOf(zone);
    if (at < 0) return { set, count: 0 };
    const pods = set.count + (surging ? (set.surge ?? 0) : 0);
    const even = Math.floor(pods / own.length) + (at < pods % own.length ? 1 : 0);
    return { set, count: set.zoneSpread.kind === "one-each" ? Math.min(1, even) : even };
  });
}

/** Does any zone's node find its pods room on those that are left there? At the floors; of nodes that nobody tells, and of pods that nobody counts: taken for granted. */
export function nodeCanGo(parts: readonly ReadPart[], region: string, facts: NodeFacts | undefined): boolean {
  const carried = carriedIn(parts, region);
  const zones = zonesOfAll(carried);
  const sets = setsOf(carried, "min");
  if (facts === undefined || sets === null) return true;
  return zones.every((zone) => {
    const there = nodesOfZone(inZone(sets, zone, zones, true), facts.allocatable) ?? 0;
    const needed = nodesOfZone(inZone(sets, zone, zones, false), facts.allocatable) ?? 0;
    return there === 0 || needed < there;
  });
}

/** Do the nodes that stand at the floors, with room for every rollout's surge, hold what a burst of all services makes of the pods, up to their ceilings? Taken for granted as in nodeCanGo. */
export function nodesHoldBurst(
  parts: readonly ReadPart[],
  region: string,
  facts: NodeFacts | undefined,
  factor: number,
): boolean {
  if (facts === undefined || factor <= 1) return true;
  const carried = carriedIn(parts, region);
  const most = new Map(carried.map(({ key, most }) => [key, most]));
  const floor = setsOf(carried, "min");
  if (floor === null) return true;
  const burst = floor.map(({ set, zones }): Standing => {
    const wanted = Math.min(most.get(set.name as PartKey) ?? set.count, Math.ceil(set.count * factor));
    return { set: { ...set, count: Math.max(set.count, wanted) }, zones };
  });
  const zones = zonesOfAll(carried);
  const tried = new Set<string>();
  return zones.every((zone) => {
    const standing = inZone(floor, zone, zones, true);
    const wanted = inZone(burst, zone, zones, false);
    // Most zones hold as many of each as another.
    const pods = [...standing, ...wanted].map(({ count }) => count).join();
    if (tried.has(pods)) return true;
    tried.add(pods);
    const there = nodesOfZone(standing, facts.allocatable);
    const needed = nodesOfZone(wanted, facts.allocatable);
    return there === null || (needed !== null && needed <= there);
  });
}

/** Pods of a region's Parts at their floors or ceilings, as the scheduler meets them; null: a count or a size is not known. */
export function podsAt(end: "min" | "max", parts: readonly ReadPart[], region: string): readonly PodSet[] | null {
  const found = setsOf(carriedIn(parts, region), end);
  return found?.map(({ set }) => set) ?? null;
}

/** null: a count or a size is not known. */
function setsOf(all: readonly Carried[], end: "min" | "max"): readonly Standing[] | null {
  const sets: Standing[] = [];
  for (const { zones, [end]: made } of all) {
    if (made === null) return null;
    for (const set of made) sets.push({ set, zones });
  }
  return sets;
}
