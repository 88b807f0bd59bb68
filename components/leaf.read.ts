import { isRecord, isUnknownValue, known, unknown, type Leaf, type Resource, type Unknown, type Value } from "../model";

/** A step into an input: a property's name or a position. */
export type Step = string | number;

/** The value at a path of a resource's inputs: undefined where absent, the unknown that stands in the way where there is one. */
export function valueAt(resource: Resource, ...path: readonly Step[]): Value | undefined {
  return followed(resource.inputs, path);
}

/** As valueAt, inside any value. */
export function inside(value: Value | undefined, ...path: readonly Step[]): Value | undefined {
  return followed(value, path);
}

/** Asked for each value of thousands of objects: nothing is looked at twice, and the path is nobody's copy. */
function followed(value: Value | undefined, path: readonly Step[]): Value | undefined {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    if (Array.isArray(here)) here = typeof step === "number" ? (here as readonly Value[])[step] : undefined;
    else if (isRecord(here)) here = here[step];
    else return here;
  }
  return here === null ? undefined : here;
}

/**
 * A value as a leaf. Absent: the provider's default where one is given, else unknown "no-default-known".
 * `parse` gives undefined for what it cannot understand, and the leaf is then unknown "unreadable".
 */
export function leafOf<T>(
  value: Value | undefined,
  at: { readonly urn: string; readonly property: string },
  parse: (value: Value) => T | undefined,
  absent?: { readonly default: T },
): Leaf<T> {
  if (value === undefined || value === null) {
    return absent === undefined
      ? unknown(at.urn, at.property, "no-default-known")
      : known(absent.default, at.urn, "default");
  }
  if (isUnknownValue(value)) return unknown(at.urn, at.property, value.$unknown);
  const parsed = parse(value);
  return parsed === undefined ? unknown(at.urn, at.property, "unreadable") : known(parsed, at.urn);
}

/** The leaf at a path of a resource's inputs. */
export function leafAt<T>(
  resource: Resource,
  path: readonly Step[],
  parse: (value: Value) => T | undefined,
  absent?: { readonly default: T },
): Leaf<T> {
  return leafOf(valueAt(resource, ...path), { urn: resource.urn, property: path.join(".") }, parse, absent);
}

/** One leaf out of two; the first unknown stands in the way. */
export function bothLeaves<A, B, C>(a: Leaf<A>, b: Leaf<B>, combine: (a: A, b: B) => C): Leaf<C> {
  if (!a.known) return a;
  if (!b.known) return b;
  return { known: true, value: combine(a.value, b.value), urn: a.urn, via: a.via === "default" ? b.via : a.via };
}

/** The known value changed; an unknown stays what it is. */
export function mapLeaf<A, B>(leaf: Leaf<A>, change: (value: A) => B): Leaf<B> {
  return leaf.known ? { ...leaf, value: change(leaf.value) } : leaf;
}

/** A finite number, also one that is written as text. */
export function asNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^-?\d+(\.\d+)?$/.test(value.trim())) return undefined;
  return Number(value);
}

export function asText(value: Value): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function asFlag(value: Value): boolean | undefined {
  return typeof value === "boolean" ? value : value === "true" ? true : value === "false" ? false : undefined;
}

/** A list; undefined for anything else, also for an unknown. */
export function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** A JSON document that an input holds as text; an Unknown where it cannot be read. */
export function documentAt(resource: Resource, property: string): Value | Unknown {
  const value = resource.inputs[property];
  if (value === undefined || value === null) return unknown(resource.urn, property, "no-default-known");
  if (isUnknownValue(value)) return unknown(resource.urn, property, value.$unknown);
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return unknown(resource.urn, property, "unreadable");
  }
}
