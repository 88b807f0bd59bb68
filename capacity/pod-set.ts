import { above, atLeast, wholeAtLeast } from "../model/argument";

/** What a hard spread over zones says; soft: the scheduler prefers it, and no pod waits for it. */
export type ZoneSpread =
  | { readonly kind: "soft" }
  /** A zone takes one and no more: required anti-affinity by zone. */
  | { readonly kind: "one-each" }
  | {
      readonly kind: "hard";
      /** Most by which a zone may hold more than the emptiest, at least 1. @default 1 */
      readonly maxSkew?: number;
      /** With fewer zones than this the emptiest counts as empty. @default 1 */
      readonly minDomains?: number;
      /** nodeTaintsPolicy. ignore: zones whose nodes are all tainted, dead ones too, count as empty zones. @default "ignore", as Kubernetes has it */
      readonly taints?: "honor" | "ignore";
      /** matchLabelKeys: in a rollout pods of the other revision do not count. @default false */
      readonly byRevision?: boolean;
    };

/** What a PodDisruptionBudget promises of a set; whole, or percent, which rounds up. */
export type DisruptionBudget =
  { readonly maxUnavailable: number | `${number}%` } | { readonly minAvailable: number | `${number}%` };

/** Pods of one shape: a Deployment or StatefulSet as the scheduler meets it. */
export interface PodSet {
  readonly name: string;
  /** Requests of one pod, sidecars included, at least 0. */
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** Whole, at least 0. */
  readonly count: number;
  /** Pods beyond the count while it rolls. @default 0 */
  readonly surge?: number;
  /** Pods that may be gone while it rolls. @default 0 */
  readonly maxUnavailable?: number;
  readonly zoneSpread: ZoneSpread;
  /** Two of the set on one node: never, only where there is no other way, or as it comes. */
  readonly hosts: "required" | "preferred" | "any";
  /** Its volumes are zonal: a pod never leaves its zone. @default false */
  readonly zoneBound?: boolean;
  readonly budget?: DisruptionBudget;
}

/** What a node offers to pods, or what something takes of it. */
export interface NodeRoom {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly pods: number;
}

/** Pods, and the nodes that are to hold them. */
export interface PackingQuestion {
  readonly sets: readonly PodSet[];
  /** Allocatable of one node: what is left after the platform's reserve. */
  readonly node: NodeRoom;
  /** What runs on every node: daemon sets. @default nothing */
  readonly perNode?: NodeRoom;
  /** Whole, at least 1. */
  readonly zones: number;
}

/** What a node has left for the sets. May be negative: then no pod fits. */
export function roomOf(question: PackingQuestion): NodeRoom {
  const { node, perNode } = question;
  return {
    cpuMillis: node.cpuMillis - (perNode?.cpuMillis ?? 0),
    memoryMiB: node.memoryMiB - (perNode?.memoryMiB ?? 0),
    pods: node.pods - (perNode?.pods ?? 0),
  };
}

/** One of the set fits on a node that holds nothing else. */
export function fitsAlone(set: PodSet, room: NodeRoom): boolean {
  return room.pods >= 1 && set.cpuMillis <= room.cpuMillis && set.memoryMiB <= room.memoryMiB;
}

/** @throws RangeError that names the argument */
export function checkedQuestion(question: PackingQuestion): PackingQuestion {
  wholeAtLeast("zones", question.zones, 1);
  for (const key of ["cpuMillis", "memoryMiB", "pods"] as const) {
    above(`node.${key}`, question.node[key], 0);
    atLeast(`perNode.${key}`, question.perNode?.[key] ?? 0, 0);
  }
  for (const [at, set] of question.sets.entries()) {
    const name = `sets[${at}]`;
    atLeast(`${name}.cpuMillis`, set.cpuMillis, 0);
    atLeast(`${name}.memoryMiB`, set.memoryMiB, 0);
    wholeAtLeast(`${name}.count`, set.count, 0);
    wholeAtLeast(`${name}.surge`, set.surge ?? 0, 0);
    wholeAtLeast(`${name}.maxUnavailable`, set.maxUnavailable ?? 0, 0);
    if (set.zoneSpread.kind !== "hard") continue;
    wholeAtLeast(`${name}.zoneSpread.maxSkew`, set.zoneSpread.maxSkew ?? 1, 1);
    wholeAtLeast(`${name}.zoneSpread.minDomains`, set.zoneSpread.minDomains ?? 1, 1);
  }
  return question;
}
