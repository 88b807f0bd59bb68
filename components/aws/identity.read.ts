import {
  isUnknownValue,
  known,
  nameOfUrn,
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

/**
 * What a main resource is called, without its region: the middle word of its Part's key. Components of two types may each have
 * a child of one type and name; then its parent's name stands before it.
 */
export function wordOf(graph: ResourceGraph, resource: Resource): string {
  const region = regionOf(graph, resource);
  const suffix = region.known ? `-${region.value}` : "";
  const word =
    suffix !== "" && resource.name.endsWith(suffix) && resource.name.length > suffix.length
      ? resource.name.slice(0, -suffix.length)
      : resource.name;
  const namesakes = namesakesOf(graph, resource);
  if (namesakes.length < 2 || resource.parent === null) return word;
  const parent = nameOfUrn(resource.parent);
  const alone = namesakes.every(
    (other) => other === resource || other.parent === null || nameOfUrn(other.parent) !== parent,
  );
  return `${alone ? parent : `${typeOf(resource.parent)}-${parent}`}.${word}`;
}

const byName = new WeakMap<ResourceGraph, ReadonlyMap<string, readonly Resource[]>>();

/** Resources of the same type and name, itself among them. */
function namesakesOf(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  let known = byName.get(graph);
  if (known === undefined) {
    const found = new Map<string, Resource[]>();
    for (const each of graph.resources) {
      if (!each.custom) continue;
      const same = found.get(`${each.type} ${each.name}`);
      if (same === undefined) found.set(`${each.type} ${each.name}`, [each]);
      else same.push(each);
    }
    known = found;
    byName.set(graph, known);
  }
  return known.get(`${resource.type} ${resource.name}`) ?? [];
}

/** The last word of a parent's own type. */
function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split(/[:$/]/).at(-1) ?? "";
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
