import { defaultOf } from "../../catalog/aws/defaults";
import type { Leaf, Resource, Value } from "../../model";
import { leafOf, valueAt, type Step } from "../leaf.read";

export * from "../leaf.read";

/** As leafAt, with the catalog's default for the resource's type where there is one. `path` names no position: `[]` stands for each. */
export function leafWithDefault<T>(
  resource: Resource,
  path: readonly Step[],
  parse: (value: Value) => T | undefined,
): Leaf<T> {
  return defaulted(resource, valueAt(resource, ...path), path.join("."), parse);
}

/** A value read elsewhere (inside a document, say), with the catalog's default of its path. */
export function defaulted<T>(
  resource: Resource,
  value: Value | undefined,
  path: string,
  parse: (value: Value) => T | undefined,
): Leaf<T> {
  const known = defaultOf(resource.type, path, resource.inputs)?.value;
  const absent = known === undefined || known === null ? undefined : parse(known);
  return leafOf(
    value,
    { urn: resource.urn, property: path },
    parse,
    absent === undefined ? undefined : { default: absent },
  );
}
