import { wholeAtLeast } from "../model/argument";
import { largestFirst, placeAll, Cluster, type Waiting } from "./pod-scheduling";
import { checkedQuestion, roomOf, type PackingQuestion } from "./pod-set";
import { leastNodes } from "./least-nodes";
import { roundUp } from "./round-up";

/** Nodes that pods need. */
export interface NodesNeeded {
  /** Nodes in each zone, in the order of the zones. */
  readonly byZone: readonly number[];
  readonly total: number;
  /** Nodes in each zone for the pods as they stand, then with every rollout's surge beside them; `byZone` holds lost zones' pods too. */
  readonly steady: readonly number[];
  readonly withSurge: readonly number[];
  /** No fewer nodes could do: resources, pods a node and hosts counted, no packing considered. */
  readonly atLeast: number;
  /** exact: `total` is `atLeast`. approx: the packing is first-fit decreasing, and another may need fewer. */
  readonly label: "exact" | "approx";
  /** One for each set of which a pod waits however many nodes there are. */
  readonly never: readonly Waiting[];
}

/**
 * Nodes by zone that hold the pods: as they stand; with all rollouts' surge at once (one `pulumi up` starts them together); and, one at
 * a time, after any `zonesLost` zones are gone and their pods have come back elsewhere, those of zonal volumes apart. A rollout during
 * the loss of a zone is not provided for. Pods are taken largest first and put where the scheduler prefers; where one waits, nodes are
 * added to the zones that it waits for, and taken away again as long as nothing waits.
 * @param zonesLost whole, fewer than the zones. @default 0
 * @throws RangeError that names the argument
 */
export function nodesForPods(question: PackingQuestion, zonesLost = 0): NodesNeeded {
  const { sets, zones } = checkedQuestion(question);
  const losses: readonly Scenario[] = zoneLosses(zones, zonesLost).map((lost) => ({ lost, surge: false }));
  const stand: Scenario = { lost: [], surge: false };
  const rolls: Scenario = { lost: [], surge: true };
  const none = Array.from({ length: zones }, () => 0);
  const steady = grown(question, none, [stand]);
  const withSurge = grown(question, steady, [stand, rolls]);
  const byZone = losses.length === 0 ? withSurge : grown(question, withSurge, [stand, rolls, ...losses]);
  const total = byZone.reduce((sum, count) => sum + count, 0);

  const [rolled, ...lost] = [rolls, ...losses].map((scenario) => played(question, byZone, scenario));
  // Every node survives this many of the losses; each loss needs its bound among the survivors.
  const survivals = losses.filter((loss) => !loss.lost.includes(0)).length;
  const afterLoss = lost.reduce((sum, end) => sum + bound(question, end.cluster), 0) / Math.max(1, survivals);
  const atLeast = Math.max(rolled ? bound(question, rolled.cluster) : 0, roundUp(afterLoss));
  const waiting = [rolled, ...lost].flatMap((end) => end?.waiting ?? []);
  const never = sets.flatMap((set) => waiting.find((found) => found.set === set) ?? []);
  return { byZone, total, steady, withSurge, atLeast, label: total === atLeast ? "exact" : "approx", never };
}

interface Scenario {
  readonly lost: readonly number[];
  readonly surge: boolean;
}

interface Played {
  readonly cluster: Cluster;
  readonly waiting: readonly Waiting[];
}

/** What stands and what waits once the scenario has happened to pods that stood. */
export function played(question: PackingQuestion, byZone: readonly number[], scenario: Scenario): Played {
  return happened(question, stood(question, byZone), scenario);
}

function stood(question: PackingQuestion, byZone: readonly number[]): Played {
  const cluster = new Cluster(question, byZone);
  return { cluster, waiting: placeAll(cluster, question, ({ count }) => count) };
}

function happened(question: PackingQuestion, start: Played, { lost, surge }: Scenario): Played {
  if (!surge && lost.length === 0) return start;
  const cluster = start.cluster.copy();
  const gone = question.sets.map(() => 0);
  for (let node = 0; node < cluster.size; node += 1) {
    if (!lost.includes(cluster.zoneOf(node))) continue;
    cluster.close(node);
    for (const [at, set] of question.sets.entries())
      for (; cluster.heldBy(node, set) > 0; gone[at] = (gone[at] ?? 0) + 1) cluster.remove(node, set);
  }
  const again = placeAll(cluster, question, (set) => {
    if (surge) return set.surge ?? 0;
    return set.zoneBound === true ? 0 : (gone[question.sets.indexOf(set)] ?? 0);
  });
  return { cluster, waiting: [...start.waiting, ...again] };
}

/** Adds nodes wherever pods wait for them until none does in any scenario, then takes away what was too many, never below `from`. */
function grown(question: PackingQuestion, from: readonly number[], scenarios: readonly Scenario[]): readonly number[] {
  const byZone = [...from];
  const lack = (): readonly number[] | undefined => {
    const start = stood(question, byZone);
    for (const scenario of scenarios) {
      const more = lacking(question, happened(question, start, scenario), scenario.lost);
      if (more.some((count) => count > 0)) return more;
    }
    return undefined;
  };
  // As many nodes as pods in every zone leave nothing to wait for.
  const pods = question.sets.reduce((sum, set) => sum + set.count + (set.surge ?? 0), 0);
  for (let round = 0; round <= pods * question.zones; round += 1) {
    const more = lack();
    if (!more) break;
    for (const [zone, count] of more.entries()) byZone[zone] = (byZone[zone] ?? 0) + count;
  }
  for (let zone = question.zones - 1; zone >= 0; zone -= 1) {
    // A zone that was given a node keeps one: its pods would crowd into the others.
    while ((byZone[zone] ?? 0) > Math.max(1, from[zone] ?? 0)) {
      byZone[zone] = (byZone[zone] ?? 0) - 1;
      if (lack() === undefined) continue;
      byZone[zone] = (byZone[zone] ?? 0) + 1;
      break;
    }
  }
  return byZone;
}

/** Nodes to add to each zone for those that wait for one: spread like the pods themselves, the emptiest zone first, and packed without loss. */
function lacking(question: PackingQuestion, { cluster, waiting }: Played, lost: readonly number[]): readonly number[] {
  const zones = Array.from({ length: question.zones }, (_, zone) => zone).filter((zone) => !lost.includes(zone));
  const wanted = Array.from({ length: question.zones }, () => question.sets.map(() => 0));
  const total = zones.map((zone) => question.sets.reduce((sum, set) => sum + (cluster.byZone(set)[zone] ?? 0), 0));
  for (const set of largestFirst(question.sets, roomOf(question))) {
    const index = question.sets.indexOf(set);
    const counts = zones.map((zone) => cluster.byZone(set)[zone] ?? 0);
    for (const { set: waits, zone, why } of waiting) {
      if (waits !== set || (zone === null && why !== "room" && why !== "host")) continue;
      const at = zones.reduce(
        (least, _, next) =>
          (counts[next] ?? 0) - (counts[least] ?? 0) < 0 ||
          (counts[next] === counts[least] && (total[next] ?? 0) < (total[least] ?? 0))
            ? next
            : least,
        0,
      );
      counts[at] = (counts[at] ?? 0) + 1;
      total[at] = (total[at] ?? 0) + 1;
      const row = wanted[zones[at] ?? 0];
      if (row) row[index] = (row[index] ?? 0) + 1;
    }
  }
  return wanted.map((row) =>
    leastNodes(
      question.sets.map((set, at) => ({ set, count: row[at] ?? 0 })),
      roomOf(question),
    ),
  );
}

function bound(question: PackingQuestion, cluster: Cluster): number {
  const placed = question.sets.map((set) => ({ set, count: cluster.byZone(set).reduce((sum, at) => sum + at, 0) }));
  return leastNodes(placed, roomOf(question));
}

/**
 * Every choice of zones to lose; none for none.
 * @throws RangeError unless it is whole and fewer than the zones
 */
export function zoneLosses(zones: number, zonesLost: number): readonly (readonly number[])[] {
  if (wholeAtLeast("zonesLost", zonesLost, 0) >= zones)
    throw new RangeError(`zonesLost: fewer than the ${zones} zones; got ${zonesLost}`);
  if (zonesLost === 0) return [];
  const chosen = (from: number, more: number): readonly (readonly number[])[] =>
    more === 0
      ? [[]]
      : Array.from({ length: zones - from }, (_, at) => from + at).flatMap((zone) =>
          chosen(zone + 1, more - 1).map((rest) => [zone, ...rest]),
        );
  return chosen(0, zonesLost);
}
