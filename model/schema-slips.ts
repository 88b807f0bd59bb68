import type { z } from "zod";
import { edits, nearest } from "./nearest";
import { saidBy } from "./schema-leaf";
import { printable, type Path } from "./secret";

/** One value that the schema refuses. */
interface Slip {
  readonly path: Path;
  /** Printable. */
  readonly given: unknown;
  readonly allowed: string;
  readonly fix: string;
}

type Issue = z.core.$ZodIssue;

/** What the schema's issues say, in the words of the schema. `keyOf` writes a path as the user would. */
export function slips(issues: readonly Issue[], input: unknown, keyOf: (path: Path) => string): readonly Slip[] {
  const all = issues.flatMap((issue) => slip(issue, [], input, keyOf));
  // A misspelt key says it already; that the right one is missing would say it twice.
  const meant = new Set(all.map(({ fix }) => fix));
  return all.filter(({ path, given }) => given !== undefined || !meant.has(didYouMean(keyOf(path))));
}

/** More names than this nobody reads; the nearest is said in any case. */
const MOST_LISTED = 12;

const ONE_OF = "one of ";
const didYouMean = (name: string): string => `did you mean ${name}?`;

function slip(issue: Issue, above: Path, input: unknown, keyOf: (path: Path) => string): readonly Slip[] {
  const path = [...above, ...steps(issue.path)];
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(" ");
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const fix = near === undefined ? "remove it" : didYouMean(keyOf([...path, near]));
      return {
        path: [...path, key],
        given: printable(valueAt(input, [...path, key])),
        allowed: known.length > MOST_LISTED ? "unknown key" : `unknown key; known are ${known.join(", ")}`,
        fix,
      };
    });
  }
  const given = printable(valueAt(input, path));
  if (issue.code === "invalid_union") {
    const inner = arm(issue.errors);
    if (inner) return inner.flatMap((each) => slip(each, path, input, keyOf));
    const said = issue.errors.flat().map((each) => saidBy(each.message));
    // A union that names itself (by kind) has no arms to ask.
    if (said.length === 0) return [{ path, given, ...meantBy(given, saidBy(issue.message)) }];
    return [
      {
        path,
        given,
        allowed: unique(said.map(({ allowed }) => allowed)).join(", or "),
        fix: unique(said.map(({ fix }) => fix)).join(", or "),
      },
    ];
  }
  const { allowed, fix } = saidBy(issue.message);
  if (issue.code === "invalid_value") return [{ path, given, ...meantBy(given, { allowed, fix }) }];
  const quoted =
    typeof given === "string" &&
    given.trim() !== "" &&
    Number.isFinite(Number(given)) &&
    issue.code === "invalid_type" &&
    ["number", "int"].includes(issue.expected);
  return [{ path, given, allowed, fix: quoted ? "write it without quotes" : fix }];
}

type Said = ReturnType<typeof saidBy>;

/** With the choice that was meant, where one is near. */
function meantBy(given: unknown, { allowed, fix }: Said): Said {
  const near = typeof given === "string" ? choiceMeant(given, allowed) : undefined;
  return { allowed, fix: near === undefined ? fix : didYouMean(near) };
}

/**
 * The choice of `one of a, b` that was meant. What is more than a slip of one letter away from the internet (internal, intranet) never leads
 * there.
 */
export function choiceMeant(given: string, allowed: string): string | undefined {
  if (!allowed.startsWith(ONE_OF)) return undefined;
  // Azure's own is no slip of Amazon's.
  if (given.toLowerCase() === "aks") return undefined;
  const choices = allowed.slice(ONE_OF.length).split(", ");
  const near = nearest(given, choices);
  if (near !== "internet" || edits(given.toLowerCase(), near) <= 1) return near;
  return choices.find((choice) => choice === "private");
}

/** The arm of a union that was meant: of those whose outermost form fits, the one that knows most of the keys there, then that with the fewest issues. */
export function arm(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = errors.filter(
    (issues) => issues.length > 0 && !issues.some((issue) => issue.path.length === 0 && misfit(issue)),
  );
  const count = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  const strange = (issues: readonly Issue[]) =>
    count(issues.filter((issue) => issue.code === "unrecognized_keys" && issue.path.length === 0));
  return [...fitting].sort((a, b) => strange(a) - strange(b) || count(a) - count(b))[0];
}

/** The value is of another kind altogether; a number out of its bounds is not. */
function misfit(issue: Issue): boolean {
  return issue.code === "invalid_type" ? !("format" in issue) : issue.code === "invalid_value";
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

export const steps = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === "symbol" ? String(step) : step));

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, step) =>
      typeof here === "object" && here !== null && Object.hasOwn(here, step)
        ? (here as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

/** What stands for the value that is missing at a path; undefined where nothing does. */
type StandIn = (path: Path, value: unknown) => unknown;

/**
 * What is left of a value when all that the schema refuses is taken out, piece by piece; undefined where nothing is.
 * @param standIn @default - what is missing takes its holder with it
 */
export function salvage<T>(schema: z.ZodType<T>, value: unknown, standIn: StandIn = () => undefined): T | undefined {
  let rest = value;
  for (let round = 0; round < 20 && rest !== undefined; round += 1) {
    const parsed = schema.safeParse(rest);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) rest = taken(rest, issue, standIn);
  }
  return undefined;
}

function taken(value: unknown, issue: Issue, standIn: StandIn): unknown {
  const path = steps(issue.path);
  if (issue.code === "unrecognized_keys") return issue.keys.reduce((rest, key) => without(rest, [...path, key]), value);
  if (valueAt(value, path) !== undefined || path.length === 0) return without(value, path);
  const stands = standIn(path, value);
  return stands === undefined ? without(value, path.slice(0, -1)) : filled(value, path, stands);
}

/** With a value where none was. */
function filled(value: unknown, [step, ...deeper]: Path, stands: unknown): unknown {
  if (step === undefined) return stands;
  const holder = typeof value === "object" && value !== null ? value : {};
  return { ...holder, [step]: filled(valueAt(value, [step]), deeper, stands) };
}

function without(value: unknown, path: Path): unknown {
  const [step, ...deeper] = path;
  if (step === undefined || typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (key !== String(step)) return [[key, inner] as const];
    const left: unknown = without(inner, deeper);
    return left === undefined ? [] : [[key, left] as const];
  });
  return Object.fromEntries(entries);
}
