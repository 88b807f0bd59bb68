import type { ProgramRun } from "../../model";
import { recordProject, type ProjectRunOptions } from "../record-project";
import { Problem } from "../problem";
import type { Demand } from "../demand-file";
import { RecordingError, type Recording } from "../record";
import { STACK_REFERENCE } from "../urns";
import { reportOf, type Baseline } from "../report";
import type { Previewed, Workings } from "../stack";
import { MissingConfiguration } from "./ending";
import { mistyped, type Mistyped } from "./failure";
import type { ForeignProject } from "./project-file";
import { RefusedComponents } from "./refused-plan";
import { SECRET, encryptedConfig, missingConfig, stackConfig, stackFileName, standIn } from "./stack-config";

/** How programs that nines did not write are run. */
export interface RunChoices {
  /** From the command line: `aws:region`, or a key of the project's own. */
  readonly config: Readonly<Record<string, string>>;
  readonly keepEnvironment: boolean;
  readonly timeoutSeconds: number;
}

/**
 * One stack of a program that knows nothing of nines, from running it to its report.
 * @throws Problem where the program fails
 */
export async function previewForeignStack(
  project: ForeignProject,
  stack: string,
  given: RunChoices & {
    readonly asOf: string;
    readonly baseline: Baseline | null;
    readonly demand?: Demand | undefined;
  },
  workings: Workings,
): Promise<Previewed> {
  const configured = stackConfig(project, stack, given.config);
  if (!configured.ok) return configured;
  const { keepEnvironment, timeoutSeconds } = given;
  const options = { ...configured.config, stack, keepEnvironment, timeoutSeconds };
  try {
    const recording = await recordProject(project, options);
    const { resources, calls, slowedBy } = recording;
    const { asOf, baseline, demand } = given;
    const stated = demand === undefined ? {} : { stated: demand.basisOf, placed: demand.placed };
    const references = calls
      .filter(({ token }) => token === STACK_REFERENCE)
      .flatMap(({ inputs: { name } }) => (typeof name === "string" ? [name] : []));
    const run = runOf(recording);
    const subject = { stack, resources, references, origin: "recorded", asOf, baseline, run, ...stated } as const;
    return {
      ok: true,
      report: reportOf(subject, workings),
      notes: slowedBy.length === 0 ? [] : [slower(stack, slowedBy)],
    };
  } catch (error) {
    const slips = slipsOf(error);
    if (slips !== undefined) {
      const { missing, encrypted } = await allSlips(project, options, slips);
      const mistakes = [
        ...missing.map((key) => missingConfig(stack, stackFileName(project, stack), key)),
        ...encrypted.map((each) => encryptedConfig(stack, each)),
      ];
      return { ok: false, mistakes };
    }
    if (error instanceof RefusedComponents)
      return {
        ok: false,
        mistakes: error.mistakes.map((mistake) => ({ ...mistake, stack, file: `${mistake.file} of ${stack}` })),
        problems: error.infeasible.map((text) => new Problem(`${stack}: ${text}`, "infeasible")),
      };
    if (!(error instanceof RecordingError)) throw error;
    throw new Problem(error.problems.map((problem) => `${stack}: the program fails: ${problem}`).join("\n"));
  }
}

function slower(stack: string, slowedBy: readonly string[]): string {
  return `${stack}: the project's @pulumi/pulumi is not as expected (${slowedBy.join(", ")}), so it runs as it comes: slower, with the same result`;
}

/** What the recording could not learn, counted. */
function runOf({ calls, reads }: Recording): ProgramRun {
  // Other stacks are among the reads.
  const tokens = counts(calls.map(({ token }) => token).filter((token) => token !== STACK_REFERENCE));
  return {
    calls: tokens.map(({ name, count }) => ({
      token: name,
      count,
      answered: calls.every((call) => call.token !== name || call.answered),
    })),
    reads: counts(reads.map(({ type }) => type)).map(({ name, count }) => ({ type: name, count })),
  };
}

function counts(names: readonly string[]): readonly { readonly name: string; readonly count: number }[] {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([name, count]) => ({ name, count }));
}

/** Keys that the program lacks, and those whose value is encrypted where it wants another kind than text. */
interface Slips {
  readonly missing: readonly string[];
  readonly encrypted: readonly Mistyped[];
}

function slipsOf(error: unknown): Slips | undefined {
  if (error instanceof MissingConfiguration) return { missing: error.keys, encrypted: [] };
  const wrong = error instanceof RecordingError ? mistyped(error.problems) : undefined;
  return wrong?.value === SECRET ? { missing: [], encrypted: [wrong] } : undefined;
}

/** Runs that look for one more key; a program that wants more is told of the rest once it has these. */
const TRIES = 12;

/** A program stops at the first key that it lacks or cannot read: it is run again with a stand-in for each that it named, until it names no other. */
async function allSlips(project: ForeignProject, options: ProjectRunOptions, first: Slips): Promise<Slips> {
  const standIns = new Map<string, string>();
  const encrypted = new Map<string, Mistyped>();
  const add = (slips: Slips): void => {
    for (const key of slips.missing) standIns.set(key, standIn("number"));
    for (const each of slips.encrypted) {
      encrypted.set(each.key, each);
      standIns.set(each.key, standIn(each.kind));
    }
  };
  add(first);
  for (let run = 0; run < TRIES; run += 1) {
    try {
      await recordProject(project, { ...options, config: { ...options.config, ...Object.fromEntries(standIns) } });
      break;
    } catch (error) {
      const more = slipsOf(error);
      if (more !== undefined) {
        add(more);
        continue;
      }
      const wrong = error instanceof RecordingError ? mistyped(error.problems) : undefined;
      // The stand-in itself is of the wrong kind.
      if (wrong === undefined || standIns.get(wrong.key) !== "0" || standIn(wrong.kind) === "0") break;
      standIns.set(wrong.key, standIn(wrong.kind));
    }
  }
  return { missing: [...standIns.keys()].filter((key) => !encrypted.has(key)), encrypted: [...encrypted.values()] };
}
