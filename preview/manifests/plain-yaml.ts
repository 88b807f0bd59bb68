import type { Value } from "../../model";

/** What only a whole parser reads, or what is wrong. Made once: where it was thrown is of no use. */
const NOT_PLAIN = new Error("not plain");
/** More than any object of Kubernetes has. */
const DEEPEST = 100;

/** A key that is a word or stands in quotes, and what follows it in its line. */
const KEY = /^(?:([A-Za-z0-9_][\w./-]{0,500})|"([^"\\\t]{0,500})"|'([^'\t]{0,500})'):(?: +(.*))?$/;
/** What a text without quotes does not begin with, and what it does not hold: a key, a comment, a tab. */
const SIGN = /^(?:[?:,[\]{}#&*!|>'"%@`]|-(?: |$))/;
const MORE_THAN_TEXT = /:(?: |$)| #|\t/;
const DOUBLE_QUOTED = /^"(?:[^"\\\t]|\\["\\/bfnrt])*"$/;
const SINGLE_QUOTED = /^'(?:[^'\t]|'')*'$/;
/** Texts in double quotes, which JSON reads as YAML does. */
const TEXTS = /^\[(?:"(?:[^"\\\t]|\\["\\/bfnrt])*"(?:, *"(?:[^"\\\t]|\\["\\/bfnrt])*")*)?\]$/;

/**
 * Reads YAML as machines and most people write it: mappings and sequences by indentation, texts with quotes and without, literal blocks. It takes a tenth of the time of a parser of all YAML and is never of another opinion: it leaves to that what is
 * not of this shape, or repeats a key.
 * @param scalarOf what a text without quotes stands for
 * @returns undefined: for the parser to say
 */
export function plainYaml(text: string, scalarOf: (text: string) => Value): Value | undefined {
  if (text.includes("\r")) return undefined;
  try {
    return new Lines(text, scalarOf).whole();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

class Lines {
  private readonly lines: readonly string[];
  /** Of the next line. */
  private next = 0;
  /** Spaces before what is left of the line that is read; -1 after the last one. */
  private indent = -1;
  /** What is left of it. */
  private rest = "";

  constructor(
    text: string,
    private readonly scalarOf: (text: string) => Value,
  ) {
    this.lines = text.split("\n");
  }

  whole(): Value {
    this.advance();
    const value = this.block(0);
    if (this.indent !== -1) throw NOT_PLAIN;
    return value;
  }

  /** To the next line that says something. */
  private advance(): void {
    for (; this.next < this.lines.length; this.next += 1) {
      const line = this.lines[this.next] ?? "";
      const indent = spacesOf(line);
      if (indent === line.length || line[indent] === "#") continue;
      this.next += 1;
      this.take(line, indent);
      return;
    }
    this.indent = -1;
  }

  private take(line: string, indent: number): void {
    this.indent = indent;
    this.rest = line.slice(indent);
  }

  private block(depth: number): Value {
    if (depth > DEEPEST) throw NOT_PLAIN;
    return isItem(this.rest) ? this.sequence(depth) : this.mapping(depth);
  }

  private mapping(depth: number): Value {
    const { indent } = this;
    const map: Record<string, Value> = {};
    while (this.indent === indent && !isItem(this.rest)) {
      const [, word, double, single, rest = ""] = KEY.exec(this.rest) ?? [];
      const key = word === undefined ? (double ?? single) : this.scalarOf(word);
      if (typeof key !== "string" || key === "__proto__" || Object.hasOwn(map, key)) throw NOT_PLAIN;
      map[key] = this.value(rest, indent, depth, true);
    }
    if (this.indent > indent) throw NOT_PLAIN;
    return map;
  }

  private sequence(depth: number): Value {
    const { indent } = this;
    const list: Value[] = [];
    while (this.indent === indent && isItem(this.rest)) {
      const inner = 1 + spacesOf(this.rest.slice(1));
      const rest = this.rest.slice(inner);
      if (isItem(rest) || KEY.test(rest)) {
        this.take(this.rest, inner);
        this.indent = indent + inner;
        list.push(this.block(depth + 1));
      } else list.push(this.value(rest, indent, depth, false));
    }
    if (this.indent > indent) throw NOT_PLAIN;
    return list;
  }

  /** What stands behind a key or a dash: in the same line, or in the lines below it. */
  private value(given: string, indent: number, depth: number, ofKey: boolean): Value {
    const rest = trimmed(given.startsWith("#") ? "" : given);
    if (rest === "|" || rest === "|-") {
      const text = this.literal(indent, rest === "|");
      this.advance();
      return text;
    }
    if (rest !== "") {
      const value = this.inline(rest, indent);
      this.advance();
      return value;
    }
    this.advance();
    // The dashes of a key's sequence may stand right below the key.
    const below = this.indent > indent || (ofKey && this.indent === indent && isItem(this.rest));
    return below ? this.block(depth + 1) : null;
  }

  private inline(rest: string, above: number): Value {
    if (rest === "{}") return {};
    if (TEXTS.test(rest)) return JSON.parse(rest) as Value;
    if (rest.startsWith('"')) return JSON.parse(this.folded(rest, above, DOUBLE_QUOTED)) as Value;
    if (rest.startsWith("'")) return this.folded(rest, above, SINGLE_QUOTED).slice(1, -1).replaceAll("''", "'");
    const comment = rest.indexOf(" #");
    const text = comment === -1 ? this.folded(rest, above) : trimmed(rest.slice(0, comment));
    if (SIGN.test(text) || MORE_THAN_TEXT.test(text)) throw NOT_PLAIN;
    return this.scalarOf(text);
  }

  /** A text with the deeper lines that it goes on in; of one in quotes, until it is whole. */
  private folded(start: string, above: number, whole?: RegExp): string {
    let text = start;
    const quote = start.slice(0, 1);
    for (; this.next < this.lines.length; this.next += 1) {
      if (whole !== undefined && text.endsWith(quote) && whole.test(text)) return text;
      const line = this.lines[this.next] ?? "";
      const indent = spacesOf(line);
      if (indent <= above || indent === line.length) break;
      text += ` ${trimmed(line.slice(indent))}`;
    }
    if (whole?.test(text) === false) throw NOT_PLAIN;
    return text;
  }

  private literal(above: number, endsLine: boolean): string {
    const first = this.lines[this.next] ?? "";
    const indent = spacesOf(first);
    if (indent <= above || indent === first.length) throw NOT_PLAIN;
    const text: string[] = [];
    for (; this.next < this.lines.length; this.next += 1) {
      const line = this.lines[this.next] ?? "";
      const spaces = spacesOf(line);
      if (spaces < indent && spaces < line.length) break;
      if (spaces > indent && spaces === line.length) throw NOT_PLAIN;
      text.push(line.slice(indent));
    }
    while (text.at(-1) === "") text.pop();
    return text.join("\n") + (endsLine ? "\n" : "");
  }
}

function isItem(rest: string): boolean {
  return rest.startsWith("- ") || rest === "-";
}

function spacesOf(line: string): number {
  let count = 0;
  while (line.charCodeAt(count) === 32) count += 1;
  return count;
}

function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return text.slice(0, end);
}
