import { isRecord, isUnknownValue, type Resource, type ResourceGraph, type Value } from "../../model";
import { asText, inside, valueAt } from "../leaf.read";

/** What an object is called in its namespace; undefined where the server makes up a name. */
export function nameOf(resource: Resource): string | undefined {
  return asText(valueAt(resource, "metadata", "name") ?? null);
}

/** Cluster and namespace: names and selectors reach no further. */
export function scopeOf(resource: Resource): string {
  const namespace = valueAt(resource, "metadata", "namespace");
  const word = isUnknownValue(namespace) ? "?" : (asText(namespace ?? null) ?? "default");
  return `${resource.provider ?? ""}|${word}`;
}

const indexes = new WeakMap<ResourceGraph, Map<string, ReadonlyMap<string, readonly Resource[]>>>();

/** What was made of a graph under that name, made once. */
function remembered(
  graph: ResourceGraph,
  name: string,
  make: () => ReadonlyMap<string, readonly Resource[]>,
): ReadonlyMap<string, readonly Resource[]> {
  const all = indexes.get(graph) ?? new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  indexes.set(graph, all);
  const index = all.get(name) ?? make();
  all.set(name, index);
  return index;
}

/** Makes of a search one that is made once for each object: readers and a dozen rules ask the same of the same ones. */
export function onceEach<T>(find: (graph: ResourceGraph, resource: Resource) => T): typeof find {
  const found = new WeakMap<ResourceGraph, Map<Resource, T>>();
  return (graph, resource) => {
    const known = found.get(graph) ?? new Map<Resource, T>();
    found.set(graph, known);
    const result = known.get(resource) ?? find(graph, resource);
    known.set(resource, result);
    return result;
  };
}

/** Objects of a type by a word of each, or by several, in the graph's order. So many are there that nobody may look through all for each. */
export function indexed(
  graph: ResourceGraph,
  type: string,
  by: string,
  wordOf: (resource: Resource) => string | readonly string[] | undefined,
): ReadonlyMap<string, readonly Resource[]> {
  return remembered(graph, `${type} ${by}`, () => {
    const index = new Map<string, Resource[]>();
    for (const each of graph.ofType(type)) {
      const said = wordOf(each) ?? [];
      for (const word of typeof said === "string" ? [said] : new Set(said)) {
        const there = index.get(word);
        if (there === undefined) index.set(word, [each]);
        else there.push(each);
      }
    }
    return index;
  });
}

/** Objects of a type in the cluster and namespace of `resource`. */
export function neighbours(graph: ResourceGraph, resource: Resource, type: string): readonly Resource[] {
  return indexed(graph, type, "scope", scopeOf).get(scopeOf(resource)) ?? [];
}

/** The object of that type and name beside `resource`. */
export function named(graph: ResourceGraph, resource: Resource, type: string, name: string): Resource | undefined {
  return namedIn(graph, scopeOf(resource), type, name);
}

/** The object of that type and name in a cluster and namespace. */
export function namedIn(graph: ResourceGraph, scope: string, type: string, name: string): Resource | undefined {
  const index = indexed(graph, type, "scope and name", (each) => `${scopeOf(each)}|${nameOf(each) ?? ""}`);
  return index.get(`${scope}|${name}`)?.[0];
}

/** How a selector is written: a Service's is plain labels, any other has matchLabels and matchExpressions. */
type Selects = (selector: Value | undefined, labels: ReadonlyMap<string, string>) => boolean;

/** Objects of a type beside `resource` whose selector, at that property of their spec, chooses pods with these labels. */
export function choosers(
  graph: ResourceGraph,
  resource: Resource,
  { type, property, how }: { readonly type: string; readonly property: string; readonly how: Selects },
  labels: ReadonlyMap<string, string>,
): readonly Resource[] {
  const scope = scopeOf(resource);
  // Found by one label that each selector asks for; which asks for none must be looked at.
  const index = indexed(graph, type, `label of ${property}`, (each) => {
    const selector = valueAt(each, "spec", property);
    const [[key, value] = ["", ""]] = [...labelsIn(how === chooses ? selector : inside(selector, "matchLabels"))].sort(
      byLength,
    );
    return `${scopeOf(each)}|${key}|${value}`;
  });
  return [["", ""] as const, ...labels]
    .flatMap(([key, value]) => index.get(`${scope}|${key}|${value}`) ?? [])
    .filter((each) => how(valueAt(each, "spec", property), labels))
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** A name tells more than a word that many share, and is longer most often. */
function byLength(a: readonly [string, string], b: readonly [string, string]): number {
  return b[1].length - a[1].length;
}

/** Labels as they are written; what is not text is left out. */
export function labelsIn(value: Value | undefined): ReadonlyMap<string, string> {
  return new Map(
    isRecord(value)
      ? Object.entries(value).flatMap(([key, text]): [string, string][] =>
          typeof text === "string" ? [[key, text]] : [],
        )
      : [],
  );
}

/** Are all labels among these that are asked for? What is not text asks for none. */
function carries(labels: ReadonlyMap<string, string>, wanted: Value | undefined): boolean {
  return (
    !isRecord(wanted) ||
    Object.entries(wanted).every(([key, text]) => typeof text !== "string" || labels.get(key) === text)
  );
}

function asksForOne(wanted: Value | undefined): boolean {
  return isRecord(wanted) && Object.values(wanted).some((text) => typeof text === "string");
}

/** Does a plain selector (a Service's) choose pods with these labels? An empty one chooses none. */
export function chooses(selector: Value | undefined, labels: ReadonlyMap<string, string>): boolean {
  return asksForOne(selector) && carries(labels, selector);
}

/** Does a label selector, with matchLabels and matchExpressions, choose pods with these labels? `{}` chooses all. */
export function selects(selector: Value | undefined, labels: ReadonlyMap<string, string>): boolean {
  if (!isRecord(selector)) return false;
  const plain = carries(labels, selector["matchLabels"]);
  const expressions = selector["matchExpressions"];
  const list = Array.isArray(expressions) ? (expressions as readonly Value[]) : [];
  return (
    plain &&
    list.every((each) => {
      const label = labels.get(asText(inside(each, "key") ?? null) ?? "");
      const given = inside(each, "values");
      const values = Array.isArray(given) ? (given as readonly Value[]) : [];
      switch (inside(each, "operator")) {
        case "In":
          return label !== undefined && values.includes(label);
        case "NotIn":
          return label === undefined || !values.includes(label);
        case "Exists":
          return label !== undefined;
        case "DoesNotExist":
          return label === undefined;
        default:
          return false;
      }
    })
  );
}
