import { checkedNodes } from "./pending-pods";
import { placeAll, Cluster } from "./pod-scheduling";
import type { PackingQuestion, PodSet } from "./pod-set";

/** A rollout that may stand still for ever on the nodes that there are. */
export interface StuckRollout {
  readonly set: string;
  /** Zones where the next new pod may stand, by their place in the question: each of their nodes is full. */
  readonly zones: readonly number[];
  /** New pods that are up by then. */
  readonly done: number;
}

/** Nodes looked at in search of an unlucky order, for each of the zones that luck may fail. */
const MOST_TRIED = 20_000;

/**
 * Rollouts, each by itself with every other pod up, of which a new pod may wait for a node while none of the old may go. Where one of several may be placed or
 * removed next, the scheduler and the ReplicaSet choose by what no manifest says: every order is tried, and of so many that this has no end the unluckiest, each zone
 * in turn, and all but it, being left by no old pod and chosen by no new one while there is another. Old pods go first where most of the set share a node, as
 * ReplicaSets have it. Sets that roll in their own places (bound to a zone, or without a surge) are not asked.
 * @param byZone nodes in each zone
 * @throws RangeError that names the argument
 */
export function stuckRollouts(question: PackingQuestion, byZone: readonly number[]): readonly StuckRollout[] {
  checkedNodes(question, byZone);
  const rolling = question.sets.filter((set) => set.zoneBound !== true && set.count > 0 && (set.surge ?? 0) > 0);
  if (rolling.length === 0) return [];
  const start = new Cluster(question, byZone);
  const waiting = new Set(placeAll(start, question, ({ count }) => count).map(({ set }) => set));
  return rolling.flatMap((set): StuckRollout[] => {
    // What waits from the start is told as that.
    if (waiting.has(set)) return [];
    const spots = Array.from({ length: start.size }, (_, node): Spot => {
      const old = start.heldBy(node, set);
      return { zone: start.zoneOf(node), room: old + start.freeFor(node, set), old, fresh: 0 };
    });
    const stuck = alwaysFits(set, spots, question.zones) ? null : unluckiest(set, spots, question.zones);
    return stuck === null ? [] : [{ set: set.name, ...stuck }];
  });
}

interface Spot {
  readonly zone: number;
  /** Pods of the set that find room beside all the others, those of both revisions together. */
  readonly room: number;
  readonly old: number;
  readonly fresh: number;
}

type End = Omit<StuckRollout, "set">;

/** Each zone has room for all the new pods that it can get beside all the old ones: no order matters. */
function alwaysFits({ zoneSpread, count, hosts }: PodSet, spots: readonly Spot[], zones: number): boolean {
  if (zoneSpread.kind !== "hard" || hosts === "required") return false;
  const free = Array.from({ length: zones }, () => 0);
  for (const { zone, room, old } of spots) free[zone] = (free[zone] ?? 0) + room - old;
  return free.every((each) => each >= Math.ceil(count / zones) + (zoneSpread.maxSkew ?? 1));
}

function unluckiest(set: PodSet, spots: readonly Spot[], zones: number): End | null {
  for (const unlucky of chances(zones)) {
    const found = searched(set, spots, unlucky);
    if (found !== "too many") return found;
  }
  return null;
}

/** Zones that neither new pods go to nor old ones leave as long as there is another way: each, and all but each. */
function chances(zones: number): readonly ReadonlySet<number>[] {
  if (zones === 1) return [new Set()];
  const all = Array.from({ length: zones }, (_, zone) => zone);
  const one = all.map((zone) => new Set([zone]));
  return zones === 2 ? one : [...all.map((zone) => new Set(all.filter((other) => other !== zone))), ...one];
}

/** Follows every order, the unluckiest first. @returns null: all of them end with the rollout */
function searched(set: PodSet, start: readonly Spot[], unlucky: ReadonlySet<number>): End | null | "too many" {
  const seen = new Set<string>();
  const open: (readonly Spot[])[] = [start];
  for (let tried = 0; tried <= MOST_TRIED; tried += start.length) {
    const spots = open.pop();
    if (spots === undefined) return null;
    const key = spots.map(wordOf).sort().join("");
    if (seen.has(key)) continue;
    seen.add(key);
    if (total(spots, ({ fresh }) => fresh) === set.count) continue;
    const next = stepsOf(set, spots);
    if (next.length === 0) return { zones: openZones(set, spots), done: total(spots, ({ fresh }) => fresh) };
    // Last in, first out.
    next.sort((a, b) => Number(unlucky.has(b.zone)) - Number(unlucky.has(a.zone)));
    for (const { spots: after } of next) open.push(after);
  }
  return "too many";
}

interface Step {
  readonly zone: number;
  readonly spots: readonly Spot[];
}

/** What may happen next; nothing: it stands still. */
function stepsOf(set: PodSet, spots: readonly Spot[]): Step[] {
  const all = total(spots, held);
  if (all < set.count + (set.surge ?? 0)) {
    const zones = new Set(openZones(set, spots));
    const free = spots.filter(
      (spot) => held(spot) < (set.hosts === "required" ? Math.min(1, spot.room) : spot.room) && zones.has(spot.zone),
    );
    const fewest = set.hosts === "any" ? Infinity : Math.min(...free.map(held));
    const chosen = free.filter((spot) => held(spot) <= fewest);
    if (chosen.length > 0) return unlike(chosen).map((spot) => stepped(spots, spot, { fresh: spot.fresh + 1 }));
  }
  if (all <= set.count - (set.maxUnavailable ?? 0)) return [];
  const left = spots.filter(({ old }) => old > 0);
  const most = Math.max(...left.map(held));
  return unlike(left.filter((spot) => held(spot) === most)).map((spot) => stepped(spots, spot, { old: spot.old - 1 }));
}

/** One of each that are alike: what follows is alike too. */
function unlike(spots: readonly Spot[]): readonly Spot[] {
  return [...new Map(spots.map((spot) => [wordOf(spot), spot])).values()];
}

function wordOf({ zone, room, old, fresh }: Spot): string {
  return String.fromCharCode(zone, Math.min(room, 0xffff), old, fresh);
}

function stepped(spots: readonly Spot[], spot: Spot, change: Partial<Spot>): Step {
  return { zone: spot.zone, spots: spots.map((each) => (each === spot ? { ...spot, ...change } : each)) };
}

const held = ({ old, fresh }: Spot): number => old + fresh;

function total(spots: readonly Spot[], of: (spot: Spot) => number): number {
  return spots.reduce((sum, spot) => sum + of(spot), 0);
}

/** Zones that the spread lets one more new pod into. */
function openZones({ zoneSpread }: PodSet, spots: readonly Spot[]): readonly number[] {
  const counts = new Map<number, number>();
  const byRevision = zoneSpread.kind === "hard" && zoneSpread.byRevision === true;
  for (const spot of spots)
    counts.set(spot.zone, (counts.get(spot.zone) ?? 0) + (byRevision ? spot.fresh : held(spot)));
  const zones = [...counts.keys()];
  if (zoneSpread.kind === "soft") return zones;
  if (zoneSpread.kind === "one-each") return zones.filter((zone) => counts.get(zone) === 0);
  const emptiest = zones.length < (zoneSpread.minDomains ?? 1) ? 0 : Math.min(...counts.values());
  return zones.filter((zone) => (counts.get(zone) ?? 0) < emptiest + (zoneSpread.maxSkew ?? 1));
}
