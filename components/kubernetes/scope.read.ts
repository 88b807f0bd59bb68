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

const byScope = new WeakMap<ResourceGraph, Map<string, readonly Resource[]>>();

/** Objects of a type in the cluster and namespace of `resource`. */
export function neighbours(graph: ResourceGraph, resource: Resource, type: string): readonly Resource[] {
  let known = byScope.get(graph);
  if (known === undefined) {
    known = new Map<string, readonly Resource[]>();
    byScope.set(graph, known);
  }
  const scope = scopeOf(resource);
  const key = `${type} ${scope}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const index = new Map<string, Resource[]>();
  for (const each of graph.ofType(type)) {
    const place = `${type} ${scopeOf(each)}`;
    const there = index.get(place);
    if (there === undefined) index.set(place, [each]);
    else there.push(each);
  }
  for (const [place, list] of index) known.set(place, list);
  if (!index.has(key)) known.set(key, []);
  return known.get(key) ?? [];
}

/** The object of that type and name beside `resource`. */
export function named(graph: ResourceGraph, resource: Resource, type: string, name: string): Resource | undefined {
  return neighbours(graph, resource, type).find((each) => nameOf(each) === name);
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

/** Does a plain selector (a Service's) choose pods with these labels? An empty one chooses none. */
export function chooses(selector: Value | undefined, labels: ReadonlyMap<string, string>): boolean {
  const wanted = labelsIn(selector);
  return wanted.size > 0 && [...wanted].every(([key, value]) => labels.get(key) === value);
}

/** Does a label selector, with matchLabels and matchExpressions, choose pods with these labels? `{}` chooses all. */
export function selects(selector: Value | undefined, labels: ReadonlyMap<string, string>): boolean {
  if (!isRecord(selector)) return false;
  const plain = [...labelsIn(selector["matchLabels"])].every(([key, value]) => labels.get(key) === value);
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
