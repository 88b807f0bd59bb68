import { freeKinds } from "../../catalog/kubernetes/free-kinds";
import type { Claim, PartReader, Read, ResourceGraph } from "../../model";

/** Claims what takes no room and costs nothing, and no reader before it has: only what nobody knows stays unread. */
export const supportingReader: PartReader = {
  read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
    const claims = Object.keys(freeKinds)
      .flatMap((type) => graph.ofType(type))
      .filter(({ urn }) => !claimed.has(urn))
      .map(({ urn }): Claim => ({ urn, part: null, carries: "nothing" }));
    return { parts: [], claims, conflicts: [] };
  },
  inputs: Object.fromEntries(
    Object.entries(freeKinds).map(([type, why]) => [type, { fields: {}, ignored: { "*": why } }]),
  ),
};
