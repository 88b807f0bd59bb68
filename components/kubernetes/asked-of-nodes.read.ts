import {
  isRecord,
  isUnknownValue,
  type PartKey,
  type Read,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asText, inside, listOf, valueAt } from "../leaf.read";

/** Labels that nodes have of themselves (Kubernetes, well-known labels): where they stand, and what runs on them. */
export const labelsOfAnyNode: ReadonlySet<string> = new Set([
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "kubernetes.io/os",
  "kubernetes.io/arch",
]);

/** Taints that Kubernetes itself puts on nodes that are lost or full; every pod bears some of them. */
const OWN_TAINT = /^node\.kubernetes\.io\//;

const POD = ["spec", "template", "spec"] as const;

/** Pods that ask something else of nodes than others do, by Part, in words that are alike where they ask the same; which ask nothing special are left out. */
export function askedOfNodes(graph: ResourceGraph, claims: Read["claims"]): ReadonlyMap<PartKey, string> {
  const found = new Map<PartKey, string>();
  for (const { urn, part } of claims) {
    const resource = graph.byUrn(urn);
    if (part === null || resource?.type.startsWith("kubernetes:apps/v1:") !== true) continue;
    const asked = askedBy(resource);
    if (asked !== "") found.set(part, `${found.get(part) ?? ""}${asked}`);
  }
  return found;
}

function askedBy(resource: Resource): string {
  const spec = valueAt(resource, ...POD);
  const tolerations = inside(spec, "tolerations");
  const labels = labelsAsked(spec);
  // Of what is not known nobody can say that another asks the same.
  if (labels === undefined || isUnknownValue(tolerations)) return resource.urn;
  const borne = listOf(tolerations).filter((each) => !OWN_TAINT.test(asText(inside(each, "key") ?? null) ?? ""));
  return [...labels, ...borne.map((each) => JSON.stringify(each)).sort()].join("; ");
}

/** Do pods ask for nodes of a label that not every node has? So they may where that is not known. */
export function choosesNodes(spec: Value | undefined): boolean {
  return labelsAsked(spec)?.length !== 0;
}

/** Labels of nodes that pods ask for; undefined: they are not known. */
function labelsAsked(spec: Value | undefined): readonly string[] | undefined {
  const selector = inside(spec, "nodeSelector");
  const required = inside(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  if ([spec, selector, required].some(isUnknownValue)) return undefined;
  const labels = isRecord(selector) ? Object.entries(selector).filter(([key]) => !labelsOfAnyNode.has(key)) : [];
  const terms = listOf(inside(required, "nodeSelectorTerms")).map((term) =>
    listOf(inside(term, "matchExpressions")).filter(
      (each) => !labelsOfAnyNode.has(asText(inside(each, "key") ?? null) ?? ""),
    ),
  );
  return [
    ...labels.map(([key, value]) => `${key}=${JSON.stringify(value)}`).sort(),
    // Terms are alternatives: with one that asks nothing any node will do.
    ...(terms.length === 0 || terms.some((term) => term.length === 0) ? [] : [JSON.stringify(terms)]),
  ];
}
