import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from "yaml";
import type { Mistake } from "../model";
import { firstLine } from "./problem";

interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML file whose values know where they stand. */
export type YamlDocument =
  | {
      readonly ok: true;
      readonly content: unknown;
      /** Where a key stands; of one that is absent, what holds it. */
      readonly locate: (path: readonly string[]) => Place | undefined;
    }
  | { readonly ok: false; readonly slips: readonly Omit<Mistake, "stack" | "file">[] };

/** Reads YAML. @throws where it has no end: nested too deep for the parser, aliases that unfold without end or stand in what they name */
export function yamlDocument(text: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  // One slip makes the parser stumble several times over one line: the first says it.
  const slips = document.errors.filter(
    (error, index, all) => all.findIndex((other) => place(other.pos[0]).line === place(error.pos[0]).line) === index,
  );
  if (slips.length > 0)
    return {
      ok: false,
      slips: slips.map((error) => ({
        ...place(error.pos[0]),
        key: "YAML",
        given: undefined,
        allowed: `broken here: ${error.code === "DUPLICATE_KEY" ? `${keyAt(text, error.pos[0])} stands here a second time` : firstLine(error)}`,
        fix: error.code === "DUPLICATE_KEY" ? "keep one of the two" : "check quotes, colons and indentation",
      })),
    };
  const content: unknown = document.toJS({ maxAliasCount: 100 });
  requireEnd(content);
  return {
    ok: true,
    content,
    locate: (path) => locate(document, path, place),
  };
}

/** A key as it is written, without quotes: it ends at a colon that nothing but space follows. */
function keyAt(text: string, offset: number): string {
  const [key = ""] = /^(?:"[^"\n]*"|'[^'\n]*'|(?:(?!:\s)[^\n,{}])*)/.exec(text.slice(offset)) ?? [];
  return key.replace(/^(["'])(.*)\1$/, "$2").trim();
}

/**
 * An alias may stand inside what it names: then the content holds itself.
 * @throws Error that names the key
 */
export function requireEnd(
  content: unknown,
  path: readonly string[] = [],
  above: ReadonlySet<unknown> = new Set(),
): void {
  if (typeof content !== "object" || content === null) return;
  if (above.has(content))
    throw new Error(`the alias at ${path.join(".")} stands inside what it names, so it has no end`);
  const within = new Set([...above, content]);
  for (const [key, value] of Object.entries(content)) requireEnd(value, [...path, key], within);
}

/** The key's own place, or that of the innermost key above it that is there. A key may hold dots itself. */
function locate(
  document: Document,
  path: readonly string[],
  place: (offset: number) => { line: number; column: number },
): { line: number; column: number } | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  let rest = path;
  while (rest.length > 0) {
    const step = below(node, rest);
    if (step === undefined) break;
    offset = step.offset ?? offset;
    node = step.value;
    rest = rest.slice(step.used);
  }
  return offset === undefined ? undefined : place(offset);
}

function below(
  node: unknown,
  path: readonly string[],
): { offset: number | undefined; value: unknown; used: number } | undefined {
  if (isMap(node)) {
    for (let used = path.length; used > 0; used--) {
      const wanted = path.slice(0, used).join(".");
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === wanted);
      if (pair !== undefined) return { offset: (pair.key as Node).range?.[0], value: pair.value, used };
    }
  }
  if (isSeq(node)) {
    const item = node.items[Number(path[0])] as Node | undefined;
    if (item !== undefined) return { offset: item.range?.[0], value: item, used: 1 };
  }
  return undefined;
}
