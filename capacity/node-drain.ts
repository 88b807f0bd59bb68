import { checkedNodes } from "./pending-pods";
import { placeAll, Cluster, type PendingReason } from "./pod-scheduling";
import type { DisruptionBudget, PackingQuestion, PodSet } from "./pod-set";

/** A node whose drain does not end. */
export interface BlockedDrain {
  readonly zone: number;
  /** Place among the nodes of its zone, from 0. */
  readonly node: number;
  readonly set: string;
  /** Pods that are still on the node. */
  readonly left: number;
  /** budget: it allows no eviction even while every pod is up. Else why the evicted ones found no other node, which keeps the budget spent. */
  readonly why: "budget" | PendingReason;
}

/**
 * Pods that may be evicted now: the healthy beyond what the budget keeps up; percentages round up, of the expected count. Without a
 * budget all may.
 * @param count pods that the owner expects, at least 0; healthy: those that are ready
 */
export function disruptionsAllowed(budget: DisruptionBudget | undefined, count: number, healthy: number): number {
  if (budget === undefined) return healthy;
  const of = (value: number | `${number}%`): number =>
    typeof value === "number" ? value : Math.ceil((Number.parseFloat(value) * count) / 100 - 1e-9);
  const kept = "minAvailable" in budget ? of(budget.minAvailable) : count - of(budget.maxUnavailable);
  return Math.max(0, healthy - Math.max(0, kept));
}

/**
 * Nodes that cannot be drained under the budgets, each tried by itself with every pod up before: pods are evicted one by one while their
 * budget allows, and a replacement that stands elsewhere frees the budget again. Pods that wait from the start are nobody's.
 * @param byZone nodes in each zone
 * @throws RangeError that names the argument
 */
export function blockedDrains(question: PackingQuestion, byZone: readonly number[]): readonly BlockedDrain[] {
  checkedNodes(question, byZone);
  const start = new Cluster(question, byZone);
  placeAll(start, question, ({ count }) => count);
  const firstOf = byZone.map((_, zone) => byZone.slice(0, zone).reduce((sum, count) => sum + count, 0));
  const tried = new Map<string, readonly Blocked[]>();
  return Array.from({ length: start.size }, (_, node) => node).flatMap((node) => {
    const zone = start.zoneOf(node);
    const alike = start.alike(node);
    const blocked = tried.get(alike) ?? drained(start, question, node);
    tried.set(alike, blocked);
    return blocked.map((each) => ({ zone, node: node - (firstOf[zone] ?? 0), ...each }));
  });
}

type Blocked = Omit<BlockedDrain, "zone" | "node">;

/** Sets whose pods keep a node from being drained. */
function drained(start: Cluster, question: PackingQuestion, node: number): readonly Blocked[] {
  const cluster = start.copy();
  cluster.close(node);
  return question.sets.flatMap((set): Blocked[] => {
    const blocked = evicted(cluster, node, set);
    return blocked === null ? [] : [{ set: set.name, ...blocked }];
  });
}

/** Evicts a set's pods from a node; null when none is left. */
function evicted(
  cluster: Cluster,
  node: number,
  set: PodSet,
): { readonly left: number; readonly why: BlockedDrain["why"] } | null {
  let healthy = cluster.byZone(set).reduce((sum, count) => sum + count, 0);
  let why: BlockedDrain["why"] = "budget";
  for (let left = cluster.heldBy(node, set); left > 0; left -= 1) {
    if (disruptionsAllowed(set.budget, set.count, healthy) === 0) return { left, why };
    cluster.remove(node, set);
    const waits = cluster.place(set, set.zoneBound === true ? cluster.zoneOf(node) : undefined);
    if (waits === null) continue;
    healthy -= 1;
    why = waits.why;
  }
  return null;
}
