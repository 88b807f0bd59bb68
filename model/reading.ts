import type { PartKey } from "./part";
import type { Part } from "./parts";
import type { ResourceGraph } from "./resource-graph";

export type Why =
  | "after-deploy"
  | "no-default-known"
  | "ambiguous-reference"
  | "secret"
  /** The value belongs to something that is not in this program (an existing network, say). */
  | "elsewhere"
  /** The input is there and cannot be understood. */
  | "unreadable";

export interface Unknown {
  readonly known: false;
  readonly urn: string;
  readonly property: string;
  readonly why: Why;
}
export interface Known<T> {
  readonly known: true;
  readonly value: T;
  readonly urn: string;
  readonly via: "input" | "default" | "plan";
}
export type Leaf<T> = Known<T> | Unknown;

type Scalar = string | number | boolean | null | undefined;

/** What a reader gives back: the same shape, where any leaf may be unknown and says why. kind, key and workload stay plain. */
export type Reading<T> = [T] extends [Scalar]
  ? Leaf<T>
  : T extends Scalar
    ? Leaf<T>
    : T extends readonly (infer E)[]
      ? readonly Reading<E>[] | Unknown
      : { readonly [K in keyof T]: K extends "kind" | "key" | "workload" ? T[K] : Reading<T[K]> } | Unknown;

/** A Part as read: the object itself is always there. */
export type ReadPart<P extends Part = Part> = Exclude<Reading<P>, Unknown>;

export function known<T>(value: T, urn: string, via: Known<T>["via"] = "input"): Known<T> {
  return { known: true, value, urn, via };
}

export function unknown(urn: string, property: string, why: Why): Unknown {
  return { known: false, urn, property, why };
}

export function isUnknown(reading: unknown): reading is Unknown {
  return typeof reading === "object" && reading !== null && (reading as { known?: unknown }).known === false;
}

export function isLeaf(reading: unknown): reading is Leaf<unknown> {
  return typeof reading === "object" && reading !== null && typeof (reading as { known?: unknown }).known === "boolean";
}

const readings = new WeakMap<Part, unknown>();

/** Lifts a planned Part: every leaf is known. The same Part, which is looked at where nodes are packed and where availability is counted, is lifted once. */
export function asReading<P extends Part>(part: P): ReadPart<P> {
  const reading = (readings.get(part) ?? lift(part)) as ReadPart<P>;
  readings.set(part, reading);
  return reading;
}

const PLAIN = new Set(["kind", "key", "workload"]);

function lift(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lift);
  if (typeof value !== "object" || value === null) return known(value, "", "plan");
  // Plans are lifted by the hundred where effects are worked out: no list of entries in between.
  const lifted: Record<string, unknown> = {};
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    lifted[key] = PLAIN.has(key) ? inner : lift(inner);
  }
  return lifted;
}

/** Takes the wrapping off: known leaves become values, unknown ones stay as they are. */
export function plain(reading: unknown): unknown {
  if (isLeaf(reading)) return reading.known ? reading.value : reading;
  if (Array.isArray(reading)) return reading.map(plain);
  if (typeof reading !== "object" || reading === null) return reading;
  return Object.fromEntries(Object.entries(reading).map(([key, inner]) => [key, plain(inner)]));
}

/**
 * The leaf at a path, or the Unknown that stands in the way. A null on the way is the known value null;
 * plain words (kind, key, workload) come back as known.
 */
export function at(reading: unknown, ...path: readonly (string | number)[]): Leaf<unknown> {
  let here: unknown = reading;
  for (const step of path) {
    if (isLeaf(here)) return here;
    if (typeof here !== "object" || here === null) return unknown("", path.join("."), "no-default-known");
    here = (here as Record<string | number, unknown>)[step];
  }
  if (isLeaf(here)) return here;
  if (here === undefined) return unknown("", path.join("."), "no-default-known");
  return known(plain(here), "", "input");
}

/** The number at a path; undefined where it is not known or not a number. */
export function numberAt(reading: unknown, ...path: readonly (string | number)[]): number | undefined {
  const leaf = at(reading, ...path);
  return leaf.known && typeof leaf.value === "number" ? leaf.value : undefined;
}

/** The text at a path; undefined where it is not known or not text. */
export function textAt(reading: unknown, ...path: readonly (string | number)[]): string | undefined {
  const leaf = at(reading, ...path);
  return leaf.known && typeof leaf.value === "string" ? leaf.value : undefined;
}

/** The list at a path; undefined where it is not known. */
export function listAt(reading: unknown, ...path: readonly (string | number)[]): readonly unknown[] | undefined {
  let here: unknown = reading;
  for (const step of path) {
    if (isLeaf(here) || typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return Array.isArray(here) ? here : undefined;
}

/** A resource that a reader knows. fields: it sets a leaf of a Part. nothing: it is known and sets none. */
export interface Claim {
  readonly urn: string;
  readonly part: PartKey | null;
  readonly carries: "fields" | "nothing";
}

/** Two inputs that must agree and do not. */
export interface Conflict {
  readonly part: PartKey;
  readonly field: string;
  readonly says: readonly { readonly urn: string; readonly property: string; readonly value: unknown }[];
}

export interface Read {
  readonly parts: readonly ReadPart[];
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** What several readings found; a resource that more than one of them claims is claimed once, as the last says. */
export function readsTogether(reads: readonly Read[]): Read {
  return {
    parts: reads.flatMap((each) => each.parts),
    claims: [...new Map(reads.flatMap((each) => each.claims).map((claim) => [claim.urn, claim])).values()],
    conflicts: reads.flatMap((each) => each.conflicts),
  };
}

/**
 * Which field of a Part an input sets, by type and input path (array positions are written `[]`, JSON documents are entered).
 * An input that sets none is in `ignored` with the reason; a path there covers all below it, and `*` all that nothing else covers.
 */
export interface InputTable {
  readonly [type: string]: {
    readonly fields: { readonly [inputPath: string]: string };
    readonly ignored: { readonly [inputPath: string]: string };
  };
}

export interface PartReader {
  /**
   * @param claimed URNs that readers before this one know, for those that read what is left. @default none
   * @param asOf YYYY-MM-DD: the day for which it is said what is old. @default - the catalog's own
   */
  readonly read: (graph: ResourceGraph, claimed?: ReadonlySet<string>, asOf?: string) => Read;
  readonly inputs: InputTable;
}
