import {
  IN_CLUSTER,
  known,
  partKey,
  unknown,
  type Leaf,
  type PartKey,
  type PartKind,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asText, inside, listOf, valueAt } from "../leaf.read";
import { indexed, nameOf, scopeOf } from "./scope.read";

/** Well-known labels of nodes (Kubernetes, labels, annotations and taints). */
const REGION = "topology.kubernetes.io/region";
const POD = ["spec", "template", "spec"] as const;

/** Expressions over labels of nodes, of each term: terms are alternatives. */
function nodeTerms(resource: Resource): readonly (readonly Value[])[] {
  return listOf(
    valueAt(
      resource,
      ...POD,
      "affinity",
      "nodeAffinity",
      "requiredDuringSchedulingIgnoredDuringExecution",
      "nodeSelectorTerms",
    ),
  ).map((term) => listOf(inside(term, "matchExpressions")));
}

/** Values that a node must have one of for a pod to run there, of a label; undefined where any will do. */
export function nodeValues(resource: Resource, key: string): readonly string[] | undefined {
  const asked = nodeTerms(resource).map((term) =>
    term.find((each) => inside(each, "key") === key && inside(each, "operator") === "In"),
  );
  const values = asked.flatMap((expression) =>
    listOf(inside(expression, "values")).flatMap((value) => (typeof value === "string" ? [value] : [])),
  );
  const selected = asText(inside(valueAt(resource, ...POD, "nodeSelector"), key) ?? null);
  // A term that asks for none of them lets any node do.
  if (asked.length === 0 || asked.includes(undefined)) return selected === undefined ? undefined : [selected];
  return [...new Set(values)].filter((value) => selected === undefined || value === selected);
}

/** Asks a node for a value of a label otherwise than by naming those that will do. */
export function asksOtherwise(resource: Resource, key: string): boolean {
  return nodeTerms(resource).some((term) =>
    term.some((each) => inside(each, "key") === key && inside(each, "operator") !== "In"),
  );
}

/** The region that pods must run in; no object says it of a whole cluster. */
export function regionOf(resource: Resource): Leaf<string> {
  const property = "spec.template.spec.affinity.nodeAffinity";
  const [region, ...others] = nodeValues(resource, REGION) ?? [];
  if (region === undefined) return unknown(resource.urn, property, "elsewhere");
  return others.length > 0 ? unknown(resource.urn, property, "ambiguous-reference") : known(region, resource.urn);
}

/** What a workload is called: its object's name, with the namespace before it where two clusters' or namespaces' objects share one. */
export function wordOf(graph: ResourceGraph, resource: Resource): string {
  const name = nameOf(resource) ?? resource.name;
  const region = regionOf(resource);
  const namesakes = indexed(graph, resource.type, "name", (each) => nameOf(each) ?? each.name).get(name) ?? [];
  const alike = namesakes.some((other) => {
    if (other === resource) return false;
    const theirs = regionOf(other);
    return !region.known || !theirs.known || region.value === theirs.value;
  });
  if (!alike) return name;
  const [, namespace = ""] = scopeOf(resource).split("|");
  return `${namespace}.${name}`;
}

/** Key of the Part whose main object this is. */
export function keyOf(kind: PartKind, graph: ResourceGraph, resource: Resource): PartKey {
  const region = regionOf(resource);
  return partKey(kind, wordOf(graph, resource), region.known ? region.value : IN_CLUSTER);
}
