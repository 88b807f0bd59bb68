import { MistakesError, type Mistake, type Report } from "../model";
import { nearest } from "../model/nearest";
import { baselineOfFile, isFile, type BaselineReports } from "../preview/baseline";
import { acrossStacks } from "../preview/across";
import { comparedWith } from "../preview/diff";
import { foreignProject, type ForeignProject } from "../preview/foreign/project-file";
import { projectAtRef } from "../preview/foreign/at-ref";
import { previewForeignStack } from "../preview/foreign/stack";
import type { Workings } from "../preview/stack";
import { stacksOf } from "../preview/foreign/stack-config";
import { Problem } from "../preview/problem";
import type { Asked } from "./asked";
import type { Done } from "./done";
import { workingsFor } from "./workings-for";

/** The stack of a project that has no file of one. */
const UNNAMED = "dev";

/** Previews a program that knows nothing of nines: it is run, and what it registers is read. */
export async function previewForeign(root: string, names: readonly string[], given: Asked): Promise<Done> {
  if (given.filters.length > 0)
    throw new Problem("--filter is for stacks with a system and an environment; name the stacks of this project");
  const project = foreignProject(root);
  const known = stacksOf(project);
  const stacks = chosen(known, names);
  const { across, workings } = await workingsFor(given);
  const baseline = await against(project, stacks, given, workings);

  const reports: Report[] = [];
  const slow: string[] = [];
  const mistakes: Mistake[] = [];
  const problems: Problem[] = [];
  for (const stack of stacks) {
    given.step(stack);
    try {
      const before = baseline?.reports.get(stack) ?? null;
      const found = await previewForeignStack(
        project,
        stack,
        {
          ...given.run,
          asOf: given.asOf,
          demand: given.demand,
          baseline: baseline === undefined ? null : comparedWith(before, labelOf(baseline, stack), workings.replaces),
        },
        workings,
      );
      if (found.ok) slow.push(...(found.notes ?? []));
      if (!found.ok) {
        mistakes.push(...found.mistakes);
        problems.push(...(found.problems ?? []));
      } else reports.push(found.report);
    } catch (error) {
      if (error instanceof MistakesError) mistakes.push(...error.mistakes.map((each) => ({ ...each, stack })));
      else if (error instanceof Problem) problems.push(error);
      else throw error;
    }
  }
  const removed =
    names.length > 0 ? [] : [...(baseline?.reports.keys() ?? [])].filter((stack) => !stacks.includes(stack));
  const notes = known.length + names.length > 0 ? [] : [`${root} has no Pulumi.<stack>.yaml: run as stack ${UNNAMED}`];
  return {
    reports: { schema: 1, reports: acrossStacks(reports, across), removed: removed.sort(), mistakes },
    problems,
    notes: [...notes, ...slow],
  };
}

/** Those that were named, in that order; else every one that has a file. Where none has, any name will do. */
function chosen(known: readonly string[], names: readonly string[]): readonly string[] {
  if (known.length === 0) return names.length === 0 ? [UNNAMED] : [...new Set(names)];
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new Problem(
      `there is no stack ${name}; ${near === undefined ? `there are ${known.join(", ")}` : `did you mean ${near}?`}`,
    );
  }
  return names.length === 0 ? known : [...new Set(names)];
}

function labelOf({ against, reports }: BaselineReports, stack: string): string {
  const known = reports.get(stack);
  if (known !== undefined && known !== null) return against;
  return `${against}, ${known === null ? "which lacks configuration" : "which has no such stack"}`;
}

/** A file, or the project as a commit has it, run the same way. */
async function against(
  project: ForeignProject,
  stacks: readonly string[],
  given: Asked,
  workings: Workings,
): Promise<BaselineReports | undefined> {
  const { against: option } = given;
  if (option === undefined) return undefined;
  if (isFile(option)) return baselineOfFile(option, given.asOf, workings);
  const then = projectAtRef(project.root, option);
  try {
    const former = foreignProject(then.root);
    const known = stacksOf(former);
    // Where neither has a file of any stack, any name will do for both.
    const unnamed = known.length === 0 && stacksOf(project).length === 0;
    const reports = new Map<string, Report | null>(known.map((stack) => [stack, null]));
    for (const stack of unnamed ? stacks : known.filter((each) => stacks.includes(each))) {
      given.step(`${stack} at ${option}`);
      const at = (problem: Problem): Problem =>
        new Problem(`at ${option}, ${problem.message.replaceAll(then.root, project.root)}`, problem.ends);
      const found = await previewForeignStack(
        // Its name is part of every URN: a project that was renamed is compared as if it were not.
        { ...former, name: project.name },
        stack,
        { ...given.run, asOf: given.asOf, baseline: null },
        workings,
      ).catch((error: unknown) => {
        throw error instanceof Problem ? at(error) : error;
      });
      const [problem] = found.ok ? [] : (found.problems ?? []);
      if (problem !== undefined) throw at(problem);
      reports.set(stack, found.ok ? found.report : null);
    }
    return { against: option, reports };
  } finally {
    then.remove();
  }
}
