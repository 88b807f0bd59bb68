import type { z } from "zod";
import { edits, nearest } from "./nearest";
import { saidBy } from "./schema-leaf";
import { arm, choiceMeant, steps, valueAt } from "./schema-slips";
import type { Respelt } from "./respelt";
import type { Path } from "./secret";

/** One thing to put right. */
type Repair =
  | { readonly kind: "key"; readonly path: Path; readonly from: string; readonly to: string }
  | { readonly kind: "word"; readonly path: Path; readonly to: string };

type Issue = z.core.$ZodIssue;

const MOST_ROUNDS = 20;

/**
 * A value in which words and keys that are a slip of the finger away from what is known are put right: what such a key holds, and what rests on
 * such a word, can then be checked in the same run. The slips themselves are mistakes all the same.
 */
export function repaired(
  schema: z.ZodType,
  given: unknown,
): {
  readonly value: unknown;
  readonly respelt: readonly Respelt[];
  /** The value after each repair, one at a time: a slip below another shows only once that is put right. */
  readonly stages: readonly unknown[];
} {
  let value = given;
  const stages: unknown[] = [];
  const respelt: Respelt[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const parsed = schema.safeParse(value);
    const [repair] = parsed.success ? [] : parsed.error.issues.flatMap((issue) => repairsOf(issue, [], value));
    if (repair === undefined) break;
    if (repair.kind === "word") value = withWord(value, repair.path, repair.to);
    else {
      value = withKey(value, repair);
      respelt.push({ path: [...repair.path, repair.to], given: repair.from });
    }
    stages.push(value);
  }
  return { value, respelt, stages };
}

function repairsOf(issue: Issue, above: Path, value: unknown): readonly Repair[] {
  const path = [...above, ...steps(issue.path)];
  const given = valueAt(value, path);
  if (issue.code === "unrecognized_keys") {
    const there = typeof given === "object" && given !== null ? given : {};
    const known = issue.message.split(" ").filter((key) => !Object.hasOwn(there, key));
    return issue.keys.flatMap((from) => {
      const to = meant(from, nearest(from, known));
      return to === undefined ? [] : [{ kind: "key", path, from, to } as const];
    });
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0)
    return (arm(issue.errors) ?? []).flatMap((inner) => repairsOf(inner, path, value));
  if ((issue.code !== "invalid_value" && issue.code !== "invalid_union") || typeof given !== "string") return [];
  const to = meant(given, choiceMeant(given, saidBy(issue.message).allowed));
  return to === undefined ? [] : [{ kind: "word", path, to }];
}

/** Only what nobody doubts: one letter in four, and one in a short word. */
function meant(given: string, near: string | undefined): string | undefined {
  if (near === undefined) return undefined;
  return edits(given.toLowerCase(), near.toLowerCase()) <= Math.max(1, Math.floor(near.length / 4)) ? near : undefined;
}

function changed(value: unknown, path: Path, change: (inner: unknown) => unknown): unknown {
  const [step, ...deeper] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === step ? changed(each, deeper, change) : each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === step ? changed(inner, deeper, change) : (inner as unknown),
    ]),
  );
}

const withWord = (value: unknown, path: Path, to: string): unknown => changed(value, path, () => to);

function withKey(value: unknown, { path, from, to }: Extract<Repair, { readonly kind: "key" }>): unknown {
  return changed(value, path, (holder) =>
    typeof holder !== "object" || holder === null
      ? holder
      : Object.fromEntries(Object.entries(holder).map(([key, inner]) => [key === from ? to : key, inner as unknown])),
  );
}
