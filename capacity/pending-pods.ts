import { wholeAtLeast } from "../model/argument";
import { played, zoneLosses } from "./node-packing";
import { placeAll, Cluster, type PendingReason, type Waiting } from "./pod-scheduling";
import { checkedQuestion, type PackingQuestion, type PodSet } from "./pod-set";

/** Pods that stay Pending on the nodes that there are. */
export interface PendingPods {
  readonly set: string;
  readonly count: number;
  /** start: when first applied. rollout: no pod of the new revision can start, and none of the old may go. zones-lost: after these zones are gone. */
  readonly moment: "start" | "rollout" | "zones-lost";
  /** Zones by their place in the question, for zones-lost: those that leave most of the set waiting. */
  readonly zonesLost: readonly number[];
  readonly why: PendingReason;
}

/**
 * Pods that the scheduler would leave Pending, before anything is applied: at the start, in a rollout of each set by itself, and after
 * any `zonesLost` zones are gone. Within a rollout pods of the old revision count in the spread, as without matchLabelKeys.
 * @param byZone nodes in each zone: as many numbers as zones
 * @throws RangeError that names the argument
 */
export function pendingPods(
  question: PackingQuestion,
  byZone: readonly number[],
  zonesLost = 0,
): readonly PendingPods[] {
  checkedNodes(question, byZone);
  const start = new Cluster(question, byZone);
  const atStart = placeAll(start, question, ({ count }) => count);
  const losses = zoneLosses(question.zones, zonesLost).map((lost) => ({
    lost,
    waiting: afterLoss(question, byZone, lost),
  }));
  return question.sets.flatMap((set): PendingPods[] => {
    const first = atStart.filter((found) => found.set === set);
    if (first[0]) return [{ set: set.name, count: first.length, moment: "start", zonesLost: [], why: first[0].why }];
    const stuck = stuckRollout(start, set);
    const [worst] = losses
      .map(({ lost, waiting }) => ({ lost, waiting: waiting.filter((found) => found.set === set) }))
      .sort((a, b) => b.waiting.length - a.waiting.length);
    return [
      ...(stuck
        ? [{ set: set.name, count: set.surge ?? 0, moment: "rollout" as const, zonesLost: [], why: stuck.why }]
        : []),
      ...(worst?.waiting[0]
        ? [
            {
              set: set.name,
              count: worst.waiting.length,
              moment: "zones-lost" as const,
              zonesLost: worst.lost,
              why: worst.waiting[0].why,
            },
          ]
        : []),
    ];
  });
}

/** No surge pod finds a place, and the rollout may take nothing away first. */
function stuckRollout(start: Cluster, set: PodSet): Waiting | null {
  if ((set.surge ?? 0) === 0 || (set.maxUnavailable ?? 0) > 0 || set.count === 0) return null;
  return start.copy().place(set);
}

/** Those that do not come back elsewhere; a volume keeps its pod where it is. */
function afterLoss(question: PackingQuestion, byZone: readonly number[], lost: readonly number[]): readonly Waiting[] {
  const start = played(question, byZone, { lost: [], surge: false }).cluster;
  const bound = question.sets.flatMap((set) => {
    if (set.zoneBound !== true) return [];
    const gone = lost.reduce((sum, zone) => sum + (start.byZone(set)[zone] ?? 0), 0);
    return Array.from({ length: gone }, (): Waiting => ({ set, why: "volume-zone", zone: null }));
  });
  return [...played(question, byZone, { lost, surge: false }).waiting, ...bound];
}

/** @throws RangeError that names the argument */
export function checkedNodes(question: PackingQuestion, byZone: readonly number[]): void {
  const { zones } = checkedQuestion(question);
  if (byZone.length !== zones)
    throw new RangeError(`byZone: one number for each of the ${zones} zones; got ${byZone.length}`);
  for (const [zone, count] of byZone.entries()) wholeAtLeast(`byZone[${zone}]`, count, 0);
}
