import type { Mistake, Report } from "../model";
import { acrossStacks } from "../preview/across";
import { baselineOfOption } from "../preview/baseline";
import { checkFewTimes, deferUnusedModules } from "../preview/deferred-modules";
import { comparedWith } from "../preview/diff";
import { loadTables, requireFreshBuild } from "../preview/load-stacks";
import { Problem } from "../preview/problem";
import { previewStack } from "../preview/stack";
import { byTier } from "../preview/table";
import { folderOnDisk } from "../preview/stack-folder";
import { stackFiles } from "../preview/stack-files";
import { foreignProject } from "../preview/foreign/project-file";
import { stacksOf } from "../preview/foreign/stack-config";
import { workingsFor } from "./workings-for";
import { isOwn, passes, projectOf, selected, type Project } from "./project";
import type { Done } from "./done";
import type { Asked } from "./asked";

/** Previews stacks of a project: one with tables of systems and environments, or any Pulumi program. */
export async function previewProject(names: readonly string[], given: Asked): Promise<Done> {
  requireFreshBuild();
  const project = projectOf(given.directory);
  if (isOwn(project.root)) return previewOwn(project, names, given);
  const { previewForeign } = await import("./foreign");
  return previewForeign(project.root, names, given);
}

/** Names of the stacks of a folder's project. */
export function stacksIn(directory: string): readonly string[] {
  const { root } = projectOf(directory);
  return isOwn(root)
    ? [...new Set(stackFiles(folderOnDisk(root)).map(({ stack }) => stack))]
    : stacksOf(foreignProject(root));
}

/**
 * The environment of each stack that overlays are of, by stack: of those that are named, or where one is named of all stacks of its system.
 * @throws Problem where two are of one environment
 */
export function variantsOf(directory: string, named: readonly string[]): ReadonlyMap<string, string> {
  const { root } = projectOf(directory);
  // Of another's program only its name tells: shop-dev.
  if (!isOwn(root)) return distinct(named.map((stack) => [stack, stack.slice(stack.lastIndexOf("-") + 1)]));
  const all = stackFiles(folderOnDisk(root));
  const files = selected(all, named, []);
  const [only, ...others] = files;
  const siblings =
    only === undefined || others.length > 0
      ? files
      : all.filter(({ config }) => config["system"] === only.config["system"]);
  return distinct(
    siblings.map(({ stack, config: { environment } }) => [
      stack,
      typeof environment === "string" ? environment : stack,
    ]),
  );
}

function distinct(variants: readonly (readonly [stack: string, environment: string])[]): ReadonlyMap<string, string> {
  const stacks = new Map<string, string>();
  for (const [stack, environment] of variants) {
    const other = stacks.get(environment);
    if (other !== undefined && other !== stack)
      throw new Problem(`${other} and ${stack} are both of ${environment}: name the stack of each environment`);
    stacks.set(environment, stack);
  }
  return new Map(variants);
}

async function previewOwn(project: Project, names: readonly string[], given: Asked): Promise<Done> {
  if (given.demand !== undefined)
    throw new Problem("--demand is for programs that nines did not plan; a system of nines states its own load");
  const folder = folderOnDisk(project.root);
  const all = stackFiles(folder);
  const files = selected(all, names, given.filters);
  const tables = loadTables(folder);
  deferUnusedModules();
  await checkFewTimes();
  const { across, workings } = await workingsFor(given);
  const inView = (file: (typeof all)[number]): boolean =>
    (names.length === 0 || names.includes(file.stack)) && passes(given.filters)(file);
  const baseline =
    given.against === undefined
      ? undefined
      : await baselineOfOption(
          given.against,
          { root: project.root, project: project.name, asOf: given.asOf, wanted: inView, step: given.step },
          workings,
        );

  const reports: Report[] = [];
  const mistakes: Mistake[] = [];
  const problems: Problem[] = [];
  const notes: string[] = [];
  const refusedHere: string[] = [];
  for (const file of files) {
    given.step(file.stack);
    try {
      const before = baseline?.reports.get(file.stack) ?? null;
      const found = await previewStack(
        file,
        tables,
        {
          project: project.name,
          asOf: given.asOf,
          baseline:
            baseline === undefined ? null : comparedWith(before, against(baseline, file.stack), workings.replaces),
        },
        workings,
      );
      if (found.ok) {
        notes.push(...(found.notes ?? []));
        if (found.refusedHere !== undefined) refusedHere.push(found.refusedHere);
      }
      if (!found.ok) mistakes.push(...found.mistakes);
      else reports.push(found.report);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.push(error);
    }
  }
  const known = new Set(all.map((file) => file.stack));
  const removed = [...(baseline?.reports.keys() ?? [])].filter((stack) => !known.has(stack)).sort();
  // Stacks that were named stand as they were named.
  const judged = acrossStacks(reports, across);
  const ordered = names.length === 0 ? byTier(judged) : judged;
  return { reports: { schema: 1, reports: ordered, removed, mistakes }, problems, notes, refusedHere };
}

function against(
  baseline: { readonly against: string; readonly reports: ReadonlyMap<string, Report | null> },
  stack: string,
): string {
  const known = baseline.reports.get(stack);
  if (known !== undefined && known !== null) return baseline.against;
  return `${baseline.against}, which ${known === null ? "could not be planned" : "has no such stack"}`;
}
