import type { NodeRoom, PodSet } from "./pod-set";
import { roundUp } from "./round-up";

/** Nodes without which so many pods cannot stand, however they are packed: each resource summed, pods a node, and a node each where hosts must differ. */
export function leastNodes(pods: readonly { readonly set: PodSet; readonly count: number }[], room: NodeRoom): number {
  const nodes = (of: (set: PodSet) => number, each: number): number => {
    const sum = pods.reduce((all, { set, count }) => all + of(set) * count, 0);
    return sum === 0 ? 0 : roundUp(sum / each);
  };
  return Math.max(
    0,
    nodes((set) => set.cpuMillis, room.cpuMillis),
    nodes((set) => set.memoryMiB, room.memoryMiB),
    nodes(() => 1, room.pods),
    ...pods.map(({ set, count }) => (set.hosts === "required" ? count : 0)),
  );
}
