import type { Claim, PartReader, Read, ResourceGraph } from "../../model";
import { namedInputs } from "./object-inputs.read";

const POOL = "kubernetes:karpenter.sh/v1:NodePool";

/** Pools of Karpenter: nodes are made when pods wait, and how many there are follows from the pods alone. */
export const karpenterPoolReader: PartReader = {
  read(graph: ResourceGraph): Read {
    const claims = graph.ofType(POOL).map(({ urn }): Claim => ({ urn, part: null, carries: "nothing" }));
    return { parts: [], claims, conflicts: [] };
  },
  inputs: {
    [POOL]: {
      fields: {},
      ignored: {
        ...namedInputs,
        spec: "which machines it may make, where, and how many; nodes are counted from the pods, and its limits are as many and one more a zone",
      },
    },
  },
};
