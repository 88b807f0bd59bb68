import { MissingConfiguration, recordProject } from "../record-project";
import { Problem } from "../problem";
import { RecordingError } from "../record";
import { reportOf, type Baseline } from "../report";
import type { Previewed, Workings } from "../stack";
import type { ForeignProject } from "./project-file";
import { missingConfig, stackConfig } from "./stack-config";

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
  given: RunChoices & { readonly asOf: string; readonly baseline: Baseline | null },
  workings: Workings,
): Promise<Previewed> {
  const configured = stackConfig(project, stack, given.config);
  if (!configured.ok) return configured;
  try {
    const { keepEnvironment, timeoutSeconds } = given;
    const { resources } = await recordProject(project, {
      ...configured.config,
      stack,
      keepEnvironment,
      timeoutSeconds,
    });
    const subject = { stack, resources, origin: "recorded", asOf: given.asOf, baseline: given.baseline } as const;
    return { ok: true, report: reportOf(subject, workings) };
  } catch (error) {
    if (error instanceof MissingConfiguration) {
      return { ok: false, mistakes: error.keys.map((key) => missingConfig(stack, `Pulumi.${stack}.yaml`, key)) };
    }
    if (!(error instanceof RecordingError)) throw error;
    throw new Problem(error.problems.map((problem) => `${stack}: the program fails: ${problem}`).join("\n"));
  }
}
