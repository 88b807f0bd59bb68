import type { z } from "zod";
import { nearest } from "./nearest";

/** One mistake that the schema found, before it is known in which file it stands. */
export interface SchemaMistake {
  /** Below the checked value. */
  readonly path: readonly (string | number)[];
  readonly given: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/** A path as a person writes it: `load.requestsPerSecond.peak`, `waivers[0].until`. */
export function written(path: readonly (string | number)[]): string {
  return path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");
}

/** What stands at a path; undefined where nothing does. */
export function givenAt(value: unknown, path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
const types: Readonly<Record<string, string>> = {
  int: "whole number",
  object: "map of keys",
  record: "map of names",
  array: "list",
  string: "text",
  boolean: "true or false",
};

/** The schema's findings as mistakes: each with what is allowed and the likely fix. `keysAt` knows the keys that are allowed at a path. */
export function schemaMistakes(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  keysAt: (path: readonly (string | number)[]) => readonly string[],
): readonly SchemaMistake[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    const given = givenAt(value, path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => {
        const known = keysAt(path);
        const near = nearest(key, known);
        return {
          path: [...path, key],
          given: givenAt(given, [key]),
          allowed: `unknown key${known.length > 0 && known.length <= 12 ? `; known here: ${known.join(", ")}` : ""}`,
          fix: near === undefined ? "remove it" : `did you mean ${near}?`,
        };
      });
    }
    if (issue.code === "invalid_union") {
      const inner = closest(issue.errors, given);
      if (inner)
        return schemaMistakes(inner, given, (below) => keysAt([...path, ...below])).map((mistake) => ({
          ...mistake,
          path: [...path, ...mistake.path],
        }));
    }
    if (issue.code === "invalid_key")
      return [
        {
          path,
          given: path.at(-1),
          allowed: "a name of lower-case letters, digits and hyphens, at most 20, a letter first",
          fix: "rename it",
        },
      ];
    return [{ path, given, allowed: allowedBy(issue, given), fix: fixFor(issue, given) }];
  });
}

/** Of a union's arms the one that fits best: the fewest findings, a matching shape first. */
function closest(
  arms: readonly (readonly z.core.$ZodIssue[])[],
  given: unknown,
): readonly z.core.$ZodIssue[] | undefined {
  const shaped = arms.filter((arm) => !arm.some((issue) => issue.path.length === 0 && issue.code === "invalid_type"));
  const candidates = shaped.length > 0 ? shaped : typeof given === "object" ? arms : [];
  return [...candidates].sort((a, b) => a.length - b.length)[0];
}

function allowedBy(issue: z.core.$ZodIssue, given: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return given === undefined
        ? `needs ${article(types[issue.expected] ?? issue.expected)}`
        : `needs ${article(types[issue.expected] ?? issue.expected)}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `needs ${String(issue.values[0])}`
        : `needs one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? `needs at least ${issue.minimum}`
        : `needs ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return issue.origin === "string" || issue.origin === "array"
        ? `needs at most ${issue.maximum}`
        : `needs ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
    case "invalid_format":
      return issue.format === "date"
        ? "needs a date, YYYY-MM-DD"
        : issue.format === "starts_with"
          ? "needs to start with /"
          : `needs the form ${issue.pattern ?? issue.format}`;
    case "invalid_union":
      return "needs a number, or low, mid and high";
    default:
      return issue.message;
  }
}

function fixFor(issue: z.core.$ZodIssue, given: unknown): string {
  if (given === undefined) return "add it";
  if (issue.code === "invalid_value" && typeof given === "string") {
    const near = nearest(given, issue.values.map(String));
    if (near !== undefined) return `did you mean ${near}?`;
  }
  if (
    issue.code === "invalid_type" &&
    issue.expected === "number" &&
    typeof given === "string" &&
    given.trim() !== "" &&
    Number.isFinite(Number(given))
  )
    return `write ${Number(given)} without quotes`;
  if (issue.code === "too_small" && typeof given === "number")
    return `at least ${issue.minimum}${issue.inclusive === false ? " and a little" : ""}, or leave it out`;
  if (issue.code === "too_big" && typeof given === "number") return `at most ${issue.maximum}, or leave it out`;
  return "change it";
}
