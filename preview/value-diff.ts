import { isRecord, isUnknownValue, type PropertyChange, type Value } from "../model";

/** How an unknown compares with a known value. differs: both sides are recordings. same: one side is state, where all is known. */
export type UnknownAgainstKnown = "differs" | "same";

/**
 * Paths (`a.b[0].c`, as Pulumi writes them) where two property values differ. Two unknowns are the same; text that holds a JSON document on both sides
 * is entered, so that one changed image is one path and not a wall of text.
 */
export function valueDiff(
  from: Value | undefined,
  to: Value | undefined,
  path: string,
  unknowns: UnknownAgainstKnown,
): readonly PropertyChange[] {
  const changes: PropertyChange[] = [];
  walk(from, to, path, unknowns, changes);
  return changes;
}

function walk(
  from: Value | undefined,
  to: Value | undefined,
  path: string,
  unknowns: UnknownAgainstKnown,
  changes: PropertyChange[],
): void {
  const unknownFrom = isUnknownValue(from);
  const unknownTo = isUnknownValue(to);
  if (unknownFrom && unknownTo) return;
  if (unknownFrom || unknownTo) {
    if (unknowns === "differs") changes.push({ path, from: from ?? null, to: to ?? null });
    return;
  }
  const before = entered(from, to);
  const after = entered(to, from);
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      walk(item(before, index), item(after, index), `${path}[${index}]`, unknowns, changes);
    }
  } else if (isRecord(before) && isRecord(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      walk(before[key], after[key], `${path}.${key}`, unknowns, changes);
    }
  } else if (before !== after) {
    changes.push({ path, from: from ?? null, to: to ?? null });
  }
}

function item(list: Value | undefined, index: number): Value | undefined {
  return Array.isArray(list) ? (list as readonly Value[])[index] : undefined;
}

/** The document in a text where the other side is one too; else the value itself. */
function entered(value: Value | undefined, other: Value | undefined): Value | undefined {
  const document = documentIn(value);
  return document !== undefined && documentIn(other) !== undefined ? document : value;
}

function documentIn(value: Value | undefined): Value | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}
