import type { NodePool, ReplicaGroup } from "../../model";
import type { Subject } from "../../policies";
import { group, of, zones } from "./fixture";
import { pool } from "./machine-cases";

/** Six pods of one core over three zones. */
export const pods = (over: Partial<ReplicaGroup> = {}): ReplicaGroup =>
  group({
    rollout: { surge: 1, unavailable: 0, rollsBack: false, watchesAlarms: false },
    runtime: {
      kind: "kubernetes",
      cpuLimitMillis: null,
      memoryLimitMiB: 2048,
      disruptionMaxUnavailable: 1,
      hosts: "preferred",
      minReadySeconds: 5,
      stopDelaySeconds: 10,
    },
    ...over,
  });

/** As many nodes, each with room for so many of the pods. */
export const nodes = (
  count: number,
  podsEach: number,
  over: Partial<NodePool> = {},
  perHourUsd: number | null = null,
): NodePool =>
  pool({
    placement: { kind: "zonal", zones, spread: "best-effort" },
    scaling: { kind: "fixed", count },
    runtime: {
      kind: "kubernetes-nodes",
      platform: "eks",
      allocatable: { cpuMillis: podsEach * 1000, memoryMiB: 64_000, pods: 110 },
      perHourUsd,
    },
    ...over,
  });

/** So many pods on so many nodes, at the floor and at the ceiling. */
const scaled = (
  podCounts: readonly [number, number],
  nodeCounts: readonly [number, number],
  podsEach: number,
): Subject => {
  const between = ([min, max]: readonly [number, number]) =>
    ({ kind: "range", min, max, initial: min, signals: [], schedule: [] }) as const;
  return of([pods({ scaling: between(podCounts) }), nodes(0, podsEach, { scaling: between(nodeCounts) })]);
};

/** Nodes that are full, and nodes with a place to spare. */
export const nodeCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["zone-loss-finds-room", of([pods(), nodes(3, 2)]), of([pods(), nodes(3, 3)])],
  ["zone-loss-finds-room", of([pods(), nodes(4, 2)]), of([pods(), nodes(5, 2)])],
  // Of two evicted one may wait, and the other is not evicted before it stands: a sixth pod fills the last place, a fourth node has more.
  ["drain-finds-room", scaled([6, 6], [3, 3], 2), scaled([5, 5], [3, 3], 2)],
  ["drain-finds-room", scaled([6, 6], [3, 3], 2), scaled([6, 6], [4, 4], 2)],
  ["drain-finds-room", scaled([3, 6], [3, 3], 2), scaled([3, 6], [3, 4], 2)],
  // The sixth pod fills the last place: no new one finds any.
  ["rollout-finds-room", scaled([6, 6], [3, 3], 2), scaled([5, 5], [3, 3], 2)],
  ["rollout-finds-room", scaled([3, 6], [3, 3], 2), scaled([3, 6], [3, 4], 2)],
];
