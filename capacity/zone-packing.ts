import type { NodeRoom, PodSet } from "./pod-set";

/** Nodes that are filled alike, and what each has left. */
interface Filled extends NodeRoom {
  readonly nodes: number;
}

/**
 * Nodes of one zone that hold so many pods of each set: largest first, each node filled before the next (first-fit decreasing), alike nodes
 * counted together, so that thousands of pods cost as little as one. Never fewer than the pods of a set that keeps to nodes of its own.
 * @returns null where a pod fits on no node
 */
export function nodesOfZone(
  pods: readonly { readonly set: PodSet; readonly count: number }[],
  room: NodeRoom,
): number | null {
  const share = ({ cpuMillis, memoryMiB }: PodSet): number =>
    Math.max(cpuMillis / room.cpuMillis, memoryMiB / room.memoryMiB);
  let filled: readonly Filled[] = [];
  let least = 0;
  for (const { set, count } of [...pods].sort((a, b) => share(b.set) - share(a.set))) {
    if (count === 0) continue;
    if (set.hosts === "required") least = Math.max(least, count);
    const each = fitting(set, room);
    if (each === 0) return null;
    const next: Filled[] = [];
    let left = count;
    for (const group of filled) {
      const fits = Math.min(fitting(set, group), left);
      if (fits === 0) next.push(group);
      else left -= put(set, group, fits, left, next);
    }
    while (left > 0) left -= put(set, { ...room, nodes: Math.ceil(left / each) }, Math.min(each, left), left, next);
    filled = next;
  }
  return Math.max(
    least,
    filled.reduce((sum, { nodes }) => sum + nodes, 0),
  );
}

/** Pods of a set that one node has room for. */
function fitting(set: PodSet, room: NodeRoom): number {
  const most = (has: number, takes: number): number => (takes === 0 ? room.pods : Math.floor(has / takes));
  const pods = Math.min(room.pods, most(room.cpuMillis, set.cpuMillis), most(room.memoryMiB, set.memoryMiB));
  return Math.max(0, set.hosts === "required" ? Math.min(1, pods) : pods);
}

/** Fills a group's nodes with `fits` pods each as long as there are pods; those that get fewer or none stand apart. The pods that were put. */
function put(set: PodSet, group: Filled, fits: number, left: number, into: Filled[]): number {
  const full = Math.min(group.nodes, Math.floor(left / fits));
  const rest = full < group.nodes ? left - full * fits : 0;
  const after = (pods: number, nodes: number): void => {
    if (nodes > 0)
      into.push({
        nodes,
        cpuMillis: group.cpuMillis - pods * set.cpuMillis,
        memoryMiB: group.memoryMiB - pods * set.memoryMiB,
        pods: group.pods - pods,
      });
  };
  after(fits, full);
  const partly = rest > 0 ? 1 : 0;
  const put = full * fits + (partly === 1 ? Math.min(rest, fits) : 0);
  after(Math.min(rest, fits), partly);
  after(0, group.nodes - full - partly);
  return put;
}
