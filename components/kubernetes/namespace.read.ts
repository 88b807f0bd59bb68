import type { Claim, PartReader, Read, ResourceGraph } from "../../model";

const NAMESPACE = "kubernetes:core/v1:Namespace";

/** Namespaces are nobody's: what is in them is read. */
export const namespaceReader: PartReader = {
  read(graph: ResourceGraph): Read {
    const claims = graph.ofType(NAMESPACE).map(({ urn }): Claim => ({ urn, part: null, carries: "nothing" }));
    return { parts: [], claims, conflicts: [] };
  },
  inputs: {
    [NAMESPACE]: {
      fields: {},
      ignored: {
        apiVersion: "what sort of object it is",
        kind: "what sort of object it is",
        metadata: "a name, and what pods in it may do",
      },
    },
  },
};
