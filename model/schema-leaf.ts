import { z } from "zod";

// Every schema here carries two lines as its message: what is allowed, and what to write. The second is also its description.
const NEWLINE = "\n";
const says = (allowed: string, fix: string): string => `${allowed}${NEWLINE}${fix}`;

/** What a message of these schemas holds. */
export function saidBy(message: string): { readonly allowed: string; readonly fix: string } {
  const cut = message.indexOf(NEWLINE);
  return cut < 0 ? { allowed: message, fix: "" } : { allowed: message.slice(0, cut), fix: message.slice(cut + 1) };
}

/** Key that may be left out; undefined is not a value. */
export const optional = z.exactOptional;

/** A mapping with exactly these keys. An unknown key's message lists the known ones, by spaces. */
export function mapping<const S extends z.core.$ZodLooseShape>(about: string, shape: S) {
  const known = Object.keys(shape).join(" ");
  return z
    .strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? known : says("a mapping", about)) })
    .describe(about);
}

/** Entries by name. */
export function named<V extends z.ZodType>(about: string, value: V) {
  return z.record(z.string(), value, { error: says("a mapping by name", about) }).describe(about);
}

export function list<V extends z.ZodType>(about: string, value: V) {
  return z.array(value, { error: says("a list", about) }).describe(about);
}

interface Bounds {
  readonly least?: number;
  readonly most?: number;
  readonly above?: number;
  readonly below?: number;
  readonly whole?: true;
}

/** The bounds as words: `a number above 0`, `a whole number from 1 to 10`. */
function boundsText({ least, most, above, below, whole }: Bounds): string {
  const kind = whole ? "a whole number" : "a number";
  if (least !== undefined && most !== undefined) return `${kind} from ${least} to ${most}`;
  if (above !== undefined && below !== undefined) return `${kind} between ${above} and ${below}, both excluded`;
  const low = least === undefined ? (above === undefined ? "" : `above ${above}`) : `of at least ${least}`;
  const high = most === undefined ? (below === undefined ? "" : `below ${below}`) : `at most ${most}`;
  return [kind, low, low !== "" && high !== "" ? "and" : "", high].filter((word) => word !== "").join(" ");
}

export function number(about: string, bounds: Bounds = {}) {
  const error = says(boundsText(bounds), about);
  let schema = z.number({ error });
  if (bounds.whole) schema = schema.int({ error });
  if (bounds.least !== undefined) schema = schema.min(bounds.least, { error });
  if (bounds.most !== undefined) schema = schema.max(bounds.most, { error });
  if (bounds.above !== undefined) schema = schema.gt(bounds.above, { error });
  if (bounds.below !== undefined) schema = schema.lt(bounds.below, { error });
  return schema.describe(about);
}

/** A share, 0 and 1 allowed. */
export const share = (about: string) => number(about, { least: 0, most: 1 });

/** A number, or `{low, mid, high}` in rising order, each within the bounds. */
export function uncertain(about: string, bounds: Bounds) {
  const end = number(about, bounds);
  const interval = mapping(about, { low: end, mid: end, high: end }).refine(
    ({ low, mid, high }) => low <= mid && mid <= high,
    { error: says("low, mid and high in rising order", "put the smallest first: swapped?") },
  );
  return z.union([end, interval]).describe(about);
}

export const text = (about: string) => z.string({ error: says("text", about) }).describe(about);

/** Text that is not empty. */
export function words(about: string) {
  const error = says("text that says something", about);
  return z.string({ error }).regex(/\S/, { error }).describe(about);
}

export function shaped(about: string, form: string, pattern: RegExp) {
  const error = says(form, about);
  return z.string({ error }).regex(pattern, { error }).describe(about);
}

export const flag = (about: string) => z.boolean({ error: says("true or false", about) }).describe(about);

export function oneOf<const C extends readonly string[]>(about: string, choices: C) {
  return z.enum(choices, { error: says(`one of ${choices.join(", ")}`, about) }).describe(about);
}

export const only = <const V extends boolean>(about: string, value: V) =>
  z.literal(value, { error: says(String(value), about) }).describe(about);

/** null: said on purpose that there is none. */
export const none = z.null({ error: says("null", "null for none") });

/** A schema's own test, said in words. */
export const refusal = (allowed: string, fix: string) => ({ error: says(allowed, fix) });

/** Canonical forms, to hold a schema against the type that it mirrors: `Frozen` for assignability both ways, `Full` so that no optional key is missing. */
export type Frozen<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer E)[]
    ? readonly Frozen<E>[]
    : { readonly [K in keyof T]: Frozen<T[K]> };
export type Full<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer E)[]
    ? readonly Full<E>[]
    : { readonly [K in keyof T]-?: Full<Exclude<T[K], undefined>> };
type Mutual<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? true
    : "the type has what the schema refuses"
  : "the schema passes what the type has not";
/** true, or what differs. */
export type Mirrors<S, T> =
  Mutual<Frozen<S>, Frozen<T>> extends true ? Mutual<Full<S>, Full<T>> : Mutual<Frozen<S>, Frozen<T>>;
