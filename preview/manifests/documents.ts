import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, visit, type Document, type Scalar } from "yaml";
import { firstLine } from "../problem";
import { requireEnd } from "../yaml-document";
import { DIALECT } from "./dialect";
import { plainYaml } from "./plain-yaml";

/** Where something stands in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with YAML, as it can be said to a person. */
export interface Slip extends Place {
  readonly allowed: string;
  readonly fix: string;
}

/** One document of a file. */
export type ManifestDocument =
  | {
      readonly ok: true;
      /** null: an empty one. */
      readonly content: unknown;
      /** Of its first line that says something. */
      readonly line: number;
      /** Keys that are there twice: the last one counts, and what it holds is read all the same. @default - none */
      readonly slips?: readonly Slip[];
      /** A key is itself a mapping, as in `{{ .Values.name }}`. */
      readonly oddKeys: boolean;
      /** Where a value stands; found only when it is asked for, by reading the document once more. */
      readonly locate: (path: readonly string[]) => Place;
    }
  | { readonly ok: false; readonly slips: readonly Slip[] };

/** A line that separates documents: nothing inside a document may begin with it, whatever its quotes. */
const SEPARATOR = /^---(?=\s|$)/m;
/** Keys that are repeated are said; of more there is no end. */
const MOST_SLIPS = 20;

/** The documents of a file one by one, so that the memory of one is the next one's. */
export function* documentsIn(text: string): Generator<ManifestDocument> {
  const whole = jsonOf(text);
  if (whole !== undefined) {
    yield { ok: true, content: whole, line: 1, oddKeys: false, locate: () => ({ line: 1, column: 1 }) };
    return;
  }
  let line = 1;
  for (const part of text.split(SEPARATOR)) {
    yield documentOf(part.replace(/^\uFEFF/, ""), line);
    line += newlines(part);
  }
}

function jsonOf(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What is wrong with it, and where, the other parser says.
    return undefined;
  }
}

function documentOf(text: string, firstLineOfIt: number): ManifestDocument {
  const place = (offset: number): Place => placeAt(text, offset, firstLineOfIt);
  let again: Document | undefined;
  // Not kept: a folder's documents are many times their text.
  const locate = (path: readonly string[]): Place => place(offsetOf((again ??= parseDocument(text, DIALECT)), path));
  const said = (): number => place(/^(?!\s*(#|$|---))/m.exec(text)?.index ?? 0).line;
  const plain = plainYaml(text);
  if (plain !== undefined) return { ok: true, content: plain, line: said(), oddKeys: false, locate };
  try {
    const document = parseDocument(text, DIALECT);
    const broken = slipsOf(document, place);
    const slips = repeated(document, place);
    if (broken.length > 0) return { ok: false, slips: [...broken, ...slips] };
    const content: unknown = document.toJS({ maxAliasCount: 1000 });
    if (/\*/.test(text)) requireEnd(content);
    const oddKeys = text.includes("{{") && hasOddKeys(document);
    return { ok: true, content, line: said(), slips, oddKeys, locate };
  } catch (error) {
    return {
      ok: false,
      slips: [{ line: firstLineOfIt, column: 1, allowed: `this cannot be read: ${firstLine(error)}`, fix: "check it" }],
    };
  }
}

/** One slip makes the parser stumble several times over one line: the first says it. */
function slipsOf(document: Document, place: (offset: number) => Place): readonly Slip[] {
  const lines = new Set<number>();
  return document.errors.flatMap((error) => {
    const at = place(error.pos[0]);
    if (lines.has(at.line)) return [];
    lines.add(at.line);
    const tab = error.code === "TAB_AS_INDENT";
    const fix = tab ? "put spaces in its place" : "check quotes, colons and indentation";
    return [{ ...at, allowed: tab ? "a tab indents nothing in YAML" : `broken here: ${firstLine(error)}`, fix }];
  });
}

function repeated(document: Document, place: (offset: number) => Place): readonly Slip[] {
  const slips: Slip[] = [];
  const below = (node: unknown): void => {
    if (isMap(node)) {
      const keys = new Map<unknown, number>();
      for (const { key, value } of node.items) {
        if (isScalar(key)) sayTwice(key, keys);
        else below(key);
        below(value);
      }
    } else if (isSeq(node)) for (const item of node.items) below(item);
  };
  const sayTwice = (key: Scalar, keys: Map<unknown, number>): void => {
    const offset = key.range?.[0] ?? 0;
    const before = keys.get(key.value);
    if (before === undefined) keys.set(key.value, offset);
    else if (slips.length < MOST_SLIPS && key.value !== "<<")
      slips.push({
        ...place(offset),
        allowed: `the key ${String(key.value)} is there already, in line ${place(before).line}`,
        fix: "keep one of the two",
      });
  };
  below(document.contents);
  return slips;
}

function hasOddKeys(document: Document): boolean {
  let odd = false;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return undefined;
      odd = true;
      return visit.BREAK;
    },
  });
  return odd;
}

/** The place of a key, or of the innermost one above it that is there. */
function offsetOf(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      // Of a key that is there twice the last one counts.
      const pair = node.items.filter(({ key }) => isScalar(key) && String(key.value) === step).at(-1);
      if (pair === undefined) return offset;
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isCollection(node)) {
      const item: unknown = node.items[Number(step)];
      offset = (isCollection(item) || isScalar(item) ? item.range?.[0] : undefined) ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

function placeAt(text: string, offset: number, firstLineOfIt: number): Place {
  const before = text.slice(0, offset);
  return { line: firstLineOfIt + newlines(before), column: before.length - before.lastIndexOf("\n") };
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
