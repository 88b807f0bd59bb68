import {
  isUnknownValue,
  known,
  partKey,
  unknown,
  type Leaf,
  type PartKey,
  type PartKind,
  type Resource,
  type ResourceGraph,
} from "../../model";

/** Region of a resource: its own `region` input, else that of its provider, else that of the program's only AWS provider. */
export function regionOf(graph: ResourceGraph, resource: Resource): Leaf<string> {
  const own = resource.inputs["region"];
  if (typeof own === "string") return known(own, resource.urn);
  if (isUnknownValue(own)) return unknown(resource.urn, "region", own.$unknown);
  const named = resource.provider === undefined ? undefined : graph.byUrn(resource.provider);
  if (named !== undefined) {
    const theirs = named.inputs["region"];
    if (isUnknownValue(theirs)) return unknown(named.urn, "region", theirs.$unknown);
    return typeof theirs === "string" ? known(theirs, named.urn) : unknown(resource.urn, "region", "no-default-known");
  }
  const [provider, ...others] = graph.ofType("pulumi:providers:aws");
  const shared = provider?.inputs["region"];
  if (provider !== undefined && others.length === 0 && typeof shared === "string") return known(shared, provider.urn);
  return unknown(
    resource.urn,
    "region",
    provider !== undefined && others.length > 0 ? "ambiguous-reference" : "no-default-known",
  );
}

/** What a main resource is called, without its region: the middle word of its Part's key. */
export function wordOf(graph: ResourceGraph, resource: Resource): string {
  const region = regionOf(graph, resource);
  const suffix = region.known ? `-${region.value}` : "";
  return suffix !== "" && resource.name.endsWith(suffix) && resource.name.length > suffix.length
    ? resource.name.slice(0, -suffix.length)
    : resource.name;
}

/** Key of the Part whose main resource this is. */
export function keyOf(kind: PartKind, graph: ResourceGraph, resource: Resource): PartKey {
  const region = regionOf(graph, resource);
  return partKey(kind, wordOf(graph, resource), region.known ? region.value : "unknown");
}

/** The one resource of a type that a property takes its value from: undefined for none, "ambiguous" for several. */
export function theReferenced(
  graph: ResourceGraph,
  resource: Resource,
  property: string,
  type: string,
): Resource | undefined | "ambiguous" {
  const [first, ...others] = graph.referenced(resource, property, type);
  return others.length > 0 ? "ambiguous" : first;
}

/**
 * Resources of a type that belong to `resource` by what their input `property` holds: a value of it, or its name written out.
 * @param name the input of `resource` that holds its physical name
 */
export function attached(
  graph: ResourceGraph,
  resource: Resource,
  type: string,
  property: string,
  name: string,
): readonly Resource[] {
  const named = resource.inputs[name];
  const referring = graph.referrers(resource, property, type);
  if (typeof named !== "string") return referring;
  const spelt = graph.ofType(type).filter(({ inputs }) => inputs[property] === named);
  return [...new Set([...referring, ...spelt])];
}
