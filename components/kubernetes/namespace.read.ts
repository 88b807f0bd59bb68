import { namedInputs } from "./object-inputs.read";
import type { Claim, PartReader, Read, ResourceGraph } from "../../model";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const QUOTA = "kubernetes:core/v1:ResourceQuota";
const RANGE = "kubernetes:core/v1:LimitRange";

/** Namespaces, and what bounds them, are nobody's: what is in them is read. */
export const namespaceReader: PartReader = {
  read(graph: ResourceGraph): Read {
    const claims = [NAMESPACE, QUOTA, RANGE].flatMap((type) =>
      graph.ofType(type).map(({ urn }): Claim => ({ urn, part: null, carries: "nothing" })),
    );
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
    [QUOTA]: {
      fields: {},
      ignored: {
        ...namedInputs,
        spec: "what the namespace's pods may ask for together; rule quota-holds-pods judges it",
      },
    },
    [RANGE]: {
      fields: {},
      ignored: { ...namedInputs, spec: "what a container is taken to ask for that says nothing; rules judge it" },
    },
  },
};
