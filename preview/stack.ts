import { said, type Environment, type Mistake, type Planned, type Report, type Request, type System } from "../model";
import type { Replaces } from "./resource-changes";
import type { Tables } from "./load-stacks";
import { Problem } from "./problem";
import { recordInProcess, RecordingError } from "./record";
import { reportOf, type Baseline, type Judges } from "./report";
import { pulumiConfig, type StackFile } from "./stack-files";

/** Everything that a preview asks of the rest of the library. Given, so that a test needs none of it. */
export interface Workings extends Judges {
  readonly requestOf: (given: {
    readonly stack: string;
    readonly file: string;
    readonly config: Readonly<Record<string, unknown>>;
    readonly systems: Readonly<Record<string, System>>;
    readonly environments: Readonly<Record<string, Environment>>;
    readonly locate: StackFile["locate"];
  }) =>
    { readonly ok: true; readonly request: Request } | { readonly ok: false; readonly mistakes: readonly Mistake[] };
  readonly plan: (request: Request) => Planned;
  /** Whether it can be planned, without the work of explaining it: the program does that. */
  readonly certainPlan: (request: Request) => Planned;
  readonly replaces: Replaces;
  /** What the machine that deploys has for it, or has not. */
  readonly onMachine: (request: Request) => {
    readonly mistakes: readonly Mistake[];
    readonly notes: readonly string[];
  };
}

export type Previewed =
  | {
      readonly ok: true;
      readonly report: Report;
      readonly notes?: readonly string[];
      /** Why a deploy from this machine would be refused, for a person. Absent: it would not, or nobody knows. */
      readonly refusedHere?: string;
    }
  | {
      readonly ok: false;
      readonly mistakes: readonly Mistake[];
      /** What else is wrong: components that cannot be planned. Absent: nothing. */
      readonly problems?: readonly Problem[];
    };

/**
 * One stack from its YAML to its report. A stack that cannot be planned is never run.
 * @throws Problem where the program itself fails
 */
export async function previewStack(
  file: StackFile,
  tables: Tables,
  given: { readonly project: string; readonly asOf: string; readonly baseline: Baseline | null },
  workings: Workings,
): Promise<Previewed> {
  const { stack, strays = [] } = file;
  // Of a file that cannot be read nothing more is to be said.
  if (file.mistakes.length > 0 && Object.keys(file.config).length === 0) return { ok: false, mistakes: file.mistakes };
  const { systems, environments } = tables;
  const asked = workings.requestOf({
    stack,
    file: file.file,
    config: file.config,
    systems,
    environments,
    locate: file.locate,
  });
  if (file.mistakes.length > 0 || !asked.ok) {
    // What is no key with its namespace either is told once.
    const told = ({ key, allowed }: Mistake): boolean => allowed === "unknown key" && strays.includes(key);
    const late = asked.ok ? [] : asked.mistakes.filter((mistake) => !told(mistake));
    return { ok: false, mistakes: [...file.mistakes, ...late] };
  }
  const subject = { stack, origin: "recorded", asOf: given.asOf, baseline: given.baseline } as const;
  if (!workings.certainPlan(asked.request).ok) {
    const planned = workings.plan(asked.request);
    return { ok: true, report: reportOf({ ...subject, planned, resources: [] }, workings) };
  }
  try {
    const { resources } = await recordInProcess(tables.program(), {
      project: given.project,
      stack,
      ...pulumiConfig(file),
    });
    const { notes, refusedHere } = onThisMachine(stack, workings.onMachine(asked.request));
    return {
      ok: true,
      report: reportOf({ ...subject, resources }, workings),
      ...(notes.length === 0 ? {} : { notes }),
      ...(refusedHere === undefined ? {} : { refusedHere }),
    };
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    throw new Problem(error.problems.map((problem) => `${stack}: the program fails: ${problem}`).join("\n"));
  }
}

/** What would stop a deploy from here stops no preview: another machine may deploy. */
function onThisMachine(
  stack: string,
  { mistakes, notes }: ReturnType<Workings["onMachine"]>,
): { readonly notes: readonly string[]; readonly refusedHere?: string } {
  const missing = mistakes.map((mistake) => {
    const { key, given, allowed, fix } = said(mistake);
    return `  ${key}${mistake.given === undefined ? "" : `   got ${given}`}\n    ${allowed}\n    ${fix}`;
  });
  return {
    notes: notes.map((note) => `${stack}: ${note}`),
    ...(missing.length === 0
      ? {}
      : { refusedHere: `${stack}: pulumi up from this machine would be refused\n${missing.join("\n")}` }),
  };
}
