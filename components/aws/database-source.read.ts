import {
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type PartKey,
  type Resource,
  type ResourceGraph,
  type Unknown,
  type Value,
} from "../../model";
import { keyOf } from "./identity.read";
import { leafAt, leafWithDefault, valueAt } from "./leaf.read";

export const INSTANCE = "aws:rds/instance:Instance";
const PROPERTY = "replicateSourceDb";

/** Where a database's data comes from, and with it what the program does not say. */
export type SourceDatabase =
  | { readonly kind: "none" }
  /** A copy of another of the program. */
  | { readonly kind: "here"; readonly database: Resource; readonly beyond: SourceDatabase }
  /** A copy of, or restored from, what is not in the program. */
  | { readonly kind: "elsewhere"; readonly why: Unknown };

/** Is it a copy of another, wherever that is? */
export function isCopy(instance: Resource): boolean {
  const given = valueAt(instance, PROPERTY);
  return given !== undefined && given !== "";
}

/** @param seen Databases that led here: a copy of itself is nobody's. */
export function sourceOf(graph: ResourceGraph, instance: Resource, seen: readonly string[] = []): SourceDatabase {
  const given = valueAt(instance, PROPERTY);
  if (given !== undefined && isCopy(instance)) {
    const [found, ...others] = candidates(graph, instance, given);
    if (found === undefined || others.length > 0 || seen.includes(found.urn)) {
      const why = others.length > 0 ? "ambiguous-reference" : "elsewhere";
      return { kind: "elsewhere", why: unknown(instance.urn, PROPERTY, why) };
    }
    return { kind: "here", database: found, beyond: sourceOf(graph, found, [...seen, instance.urn, found.urn]) };
  }
  const restored = ["snapshotIdentifier", "restoreToPointInTime"].find(
    (property) => valueAt(instance, property) !== undefined && valueAt(instance, property) !== "",
  );
  return restored === undefined
    ? { kind: "none" }
    : { kind: "elsewhere", why: unknown(instance.urn, restored, "elsewhere") };
}

/** Referred to by an output, else by the identifier or ARN that is spelt out. */
function candidates(graph: ResourceGraph, instance: Resource, given: Value): readonly Resource[] {
  const referred = graph.referenced(instance, PROPERTY, INSTANCE);
  if (referred.length > 0 || isUnknownValue(given)) return referred;
  const name = typeof given === "string" ? given.split(":").pop() : undefined;
  return name === undefined
    ? []
    : graph.ofType(INSTANCE).filter((other) => other !== instance && other.inputs["identifier"] === name);
}

/** The Part that a database copies; null where it copies none. */
export function copiedPart(graph: ResourceGraph, instance: Resource, source: SourceDatabase): Leaf<PartKey | null> {
  if (source.kind === "here") return known(keyOf("database", graph, source.database), instance.urn);
  if (source.kind === "elsewhere" && source.why.property === PROPERTY) return source.why;
  return known(null, instance.urn, "default");
}

/**
 * What a database says, else what it was copied or restored from does, else the default.
 * @param absent Where there is none: what nobody's saying means; undefined: the catalog's default.
 */
export function inherited<T, A = never>(
  instance: Resource,
  source: SourceDatabase,
  path: readonly [string],
  parse: (value: Value) => T | undefined,
  absent?: A,
): Leaf<T | A> {
  if (valueAt(instance, ...path) !== undefined) return leafAt<T | A>(instance, path, parse);
  if (source.kind === "here") return inherited(source.database, source.beyond, path, parse, absent);
  if (source.kind === "elsewhere") return source.why;
  return absent === undefined
    ? leafWithDefault<T | A>(instance, path, parse)
    : known<T | A>(absent, instance.urn, "default");
}
