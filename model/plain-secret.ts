import type { Path } from "./secret";
import { isNoSecret, isSecretName, type NameOf } from "./secret-names";
import { documentIn, isSettings, secretsInScript } from "./provider-settings";
import { SECRET_SHOWN, takesSecret, withoutSecretsIn } from "./secret-text";
import { isRecord, type Resource, type Value } from "./resource";

/** In the place of what nobody should read who may read a report. */
const HIDDEN: Value = { $unknown: "secret" };

/** A plain value that looks like a secret. */
export interface PlainSecret {
  readonly path: Path;
  /** For a person, without the value: `is named like a secret`. */
  readonly why: string;
}

/** What is left of inputs, and what was taken out. */
export interface Cleaned {
  readonly rest: Resource["inputs"];
  readonly found: readonly PlainSecret[];
}

/** Shannon entropy of the letters of a text, bits a letter. */
function bitsPerLetter(text: string): number {
  const times = new Map<string, number>();
  for (const letter of text) times.set(letter, (times.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const n of times.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}

/**
 * Why a plain setting looks like a secret, or null. A value of 20 or more letters of base64 or hex, mixed of letters and digits,
 * with 4 bits a letter or more (hex: 3) looks random; the limits are those of common secret scanners, rounded: an assumption.
 */
export function looksSecret(name: string, value: string): string | null {
  const whole = isWhole(name, value);
  if (whole !== null) return whole;
  const [within] = withoutSecretsIn(value).why;
  return within === undefined ? null : holds(within);
}

/** Why the whole of a setting is a secret, and not only something in it. */
function isWhole(name: string, value: string): string | null {
  if (value === "") return null;
  if (isSecretName(name, "setting") && !isNoSecret(name, value)) return "is named like a secret";
  const mixed = /[0-9]/.test(value) && /[A-Za-z]/.test(value);
  if (mixed && /^[0-9a-f]{32,}$/i.test(value) && bitsPerLetter(value) >= 3) return "looks random";
  if (
    mixed &&
    /^[A-Za-z0-9+/_=-]{20,}$/.test(value) &&
    /[A-Z]/.test(value) &&
    /[a-z]/.test(value) &&
    bitsPerLetter(value) >= 4 &&
    withoutSecretsIn(value).why.length === 0
  )
    return "looks random";
  return null;
}

/** Of a text that holds something. */
function holds(within: string): string {
  return within.startsWith("holds ") ? within : `holds ${within.replace(" is named", ", which is named")}`;
}

/** Kinds whose objects are encrypted, or only say where a secret is. */
const REFERRING = /^kubernetes:(external-secrets\.io|secrets-store\.csi\.x-k8s\.io|bitnami\.com|generators\.)/;
/** Whose inputs are a plan, and no provider's. */
const COMPONENT = /^(nines|pulumi:pulumi):/;
/** Below these somebody made the keys up. */
const FREE = new Set(["values", "valuesObject", "parameters", "data", "config", "settings", "set"]);
/** Words of a command. */
const WORDS = new Set(["args", "command", "entryPoint"]);
/** Nothing that is configured lies deeper. */
const DEEPEST = 40;

const cleaned = new WeakMap<Resource["inputs"], Cleaned>();

/** The inputs of a resource without the plain values that look like secrets. Asked of the same inputs it looks once. */
export function withoutPlainSecrets({ type, inputs }: Pick<Resource, "type" | "inputs">): Cleaned {
  if (COMPONENT.test(type)) return { rest: inputs, found: [] };
  const before = cleaned.get(inputs);
  if (before !== undefined) return before;
  const found: PlainSecret[] = [];
  const map = type === "kubernetes:core/v1:ConfigMap";
  const of = type.startsWith("kubernetes:") ? "field" : "input";
  const rest = inside(inputs, { found, path: [], of, refers: REFERRING.test(type), map });
  const made = { rest: isRecord(rest) ? rest : inputs, found };
  cleaned.set(inputs, made);
  return made;
}

interface Standing {
  readonly found: PlainSecret[];
  /** From the inputs down to what is looked at: one list for the whole walk, kept only where something is found. */
  readonly path: (string | number)[];
  readonly of: NameOf;
  /** Names of its fields say nothing. */
  readonly refers: boolean;
  readonly map: boolean;
}

function say(why: string, { found, path }: Standing): void {
  found.push({ path: [...path], why });
}

function inside(value: Value, at: Standing): Value {
  if (typeof value === "string") return textIn(value, at);
  if (typeof value !== "object" || value === null || at.path.length > DEEPEST) return value;
  if (Array.isArray(value)) return listIn(value as readonly Value[], at);
  if (!isRecord(value)) return value;
  return recordIn(value, at);
}

function textIn(text: string, at: Standing): Value {
  const document = at.of === "input" ? documentIn(text) : undefined;
  if (document !== undefined) {
    const left = inside(document, at);
    return left === document
      ? text
      : JSON.stringify(left, (_, each: unknown) => (each === HIDDEN ? SECRET_SHOWN : each));
  }
  const encoded = at.of === "input" ? secretsInScript(at.path.at(-1), text) : [];
  const { rest, why } = withoutSecretsIn(text);
  for (const each of [...encoded, ...why]) say(holds(each), at);
  return encoded.length > 0 ? HIDDEN : rest;
}

function listIn(list: readonly Value[], at: Standing): Value {
  const words = WORDS.has(String(at.path.at(-1)));
  const rest = list.map((each, index) => {
    at.path.push(index);
    const left = itemIn(each, words ? list[index - 1] : undefined, at);
    at.path.pop();
    return left;
  });
  return rest.some((each, index) => each !== list[index]) ? rest : list;
}

/** @param before The word of a command that stands before it. */
function itemIn(item: Value, before: Value | undefined, at: Standing): Value {
  if (typeof before !== "string" || typeof item !== "string" || !followsSecret(before, item)) return inside(item, at);
  say(`follows ${before}, which is named like a secret`, at);
  return HIDDEN;
}

function followsSecret(flag: string, word: string): boolean {
  return takesSecret(flag) && !/^-{1,2}[A-Za-z]/.test(word) && !isNoSecret(flag, word);
}

function recordIn(record: { readonly [key: string]: Value }, at: Standing): Value {
  const { name, value: setting } = record;
  const pair = typeof name === "string" && typeof setting === "string" ? pairOf(name, setting, at) : null;
  let rest: Record<string, Value> | null = null;
  for (const [key, each] of Object.entries(record)) {
    const why = pair !== null && key === "value" ? pair : named(key, each, at);
    at.path.push(key);
    if (why !== null) say(why, at);
    const left = why !== null || isSealed(record, key, at) ? hiddenAll(each) : inside(each, below(key, at));
    at.path.pop();
    if (left !== each) (rest ??= { ...record })[key] = left;
  }
  return rest ?? record;
}

/** Why the value of a name and value is a secret. Of a provider's many pairs only settings of a process are what people made up. */
function pairOf(name: string, value: string, at: Standing): string | null {
  if (at.of !== "input") return looksSecret(name, value);
  return isSettings(at.path.at(-2)) ? looksSecret(name, value) : null;
}

/** Encrypted where it is kept, as it should be: nobody's slip, and nobody's to read. */
function isSealed({ type, value }: { readonly [key: string]: Value }, key: string, { of }: Standing): boolean {
  return of === "input" && key === "value" && type === "SecureString" && typeof value === "string";
}

function below(key: string, at: Standing): Standing {
  return at.of === "field" && !at.refers && FREE.has(key) ? { ...at, of: "free" } : at;
}

/** Why what stands under a key is a secret; null: nothing says so. */
function named(key: string, value: Value, { path, of, refers, map }: Standing): string | null {
  if (of === "input" ? isSettings(path.at(-1)) : map && path.length === 1 && path[0] === "data")
    return typeof value === "string" ? isWhole(key, value) : null;
  if (refers || !isSecretName(key, of)) return null;
  const texts = Array.isArray(value) ? (value as readonly Value[]) : [value];
  const some = texts.some(
    (each) => (typeof each === "string" || typeof each === "number") && !isNoSecret(key, String(each)),
  );
  return some ? "is named like a secret" : null;
}

function hiddenAll(value: Value): Value {
  return Array.isArray(value) ? (value as readonly Value[]).map(() => HIDDEN) : HIDDEN;
}
