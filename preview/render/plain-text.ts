import { isRecord, type Value } from "../../model";

/** Words without anything that YAML reads as more than text, single spaces and colons between them; a quantity such as 500m or 512Mi. */
const PLAIN = /^(?:[A-Za-z/][\w./@-]*(?:[: ][\w./@-]+)*|[1-9]\d*(?:m|[KMG]i?))$/;
/** What YAML of the first days takes for a boolean, for nothing, or for a number without digits before its exponent. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$/i;
/** A longer key is spelt otherwise. */
const LONGEST_KEY = 128;

/**
 * Writes what is plain, which most of an object is, as the library writes it and in a tenth of the time.
 * @returns undefined: something in it is for the library to spell
 */
export function plainText(value: Value): string | undefined {
  return isRecord(value) && Object.keys(value).length > 0 && isPlain(value) ? `${written(value, "")}\n` : undefined;
}

function isPlain(value: Value): boolean {
  if (typeof value === "string") return PLAIN.test(value) && !WORD.test(value);
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return (value as readonly Value[]).every(isPlain);
  if (typeof value === "boolean" || value === null) return true;
  return (
    isRecord(value) &&
    Object.keys(value).every((key) => key.length <= LONGEST_KEY && isPlain(key) && isPlain(value[key] ?? null))
  );
}

/** @param indent of the lines after the first */
function written(value: Value, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = (value as readonly Value[]).map((each) => `- ${written(each, inner)}`);
    return items.length === 0 ? "[]" : items.join(`\n${indent}`);
  }
  if (!isRecord(value)) return typeof value === "string" ? value : JSON.stringify(value);
  const pairs = Object.keys(value).map((key) => {
    const held = value[key] ?? null;
    return `${key}:${isBlock(held) ? `\n${inner}` : " "}${written(held, inner)}`;
  });
  return pairs.length === 0 ? "{}" : pairs.join(`\n${indent}`);
}

function isBlock(value: Value): boolean {
  return Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.keys(value).length > 0;
}
