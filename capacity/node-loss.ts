import type { NodeFacts, ReadPart, WorkloadDemand } from "../model";
import { textAt } from "../model";
import { nodeCanGo } from "./node-pools";

/**
 * Demands with what a member of a store waits for where its node is lost: no node has to be made for it where those that are left in its zone have room beside all
 * `parts` that stand there. Of nodes that nobody tells, room is taken for granted.
 */
export function withNodeRoom(
  demand: readonly WorkloadDemand[],
  parts: readonly ReadPart[] | (() => readonly ReadPart[]),
  nodes: Readonly<Record<string, NodeFacts>> | undefined,
): readonly WorkloadDemand[] {
  if (demand.every(({ store }) => store === undefined)) return demand;
  const read = typeof parts === "function" ? parts() : parts;
  const room = new Map<string, boolean>();
  const canGo = (region: string): boolean => {
    const known = room.get(region) ?? nodeCanGo(read, region, nodes?.[region]);
    room.set(region, known);
    return known;
  };
  const regionOf = new Map(read.map((part) => [part.key, textAt(part, "region") ?? ""]));
  return demand.map((each) => {
    if (each.store === undefined) return each;
    const { reschedule } = each.store;
    const nodeSeconds = canGo(regionOf.get(each.part) ?? "") ? 0 : reschedule.nodeMadeSeconds;
    return { ...each, store: { ...each.store, reschedule: { ...reschedule, nodeSeconds } } };
  });
}
