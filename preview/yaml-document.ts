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

/** Reads YAML. @throws where the parser gives up: nested without end, aliases that unfold without end */
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
        allowed: `broken here: ${firstLine(error)}`,
        fix: error.code === "DUPLICATE_KEY" ? "keep one of the two" : "check quotes, colons and indentation",
      })),
    };
  return {
    ok: true,
    content: document.toJS({ maxAliasCount: 100 }) as unknown,
    locate: (path) => locate(document, path, place),
  };
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
