import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { MistakesError, type Mistake, type Report } from "../model";
import { baselineOfFile, isFile } from "../preview/baseline";
import type { Demand } from "../preview/demand-file";
import { reportsOfFile } from "../preview/from-file";
import { nameOfPath, reportOfManifests, type FoundManifests } from "../preview/from-manifests";
import { textOfFile } from "../preview/json-in-text";
import { areManifests, manifestFiles } from "../preview/manifests/files";
import { firstLine, Problem } from "../preview/problem";
import type { Workings } from "../preview/stack";
import type { Done } from "./done";

interface Given {
  readonly asOf: string;
  readonly asOfAsked?: boolean;
  readonly against: string | undefined;
  readonly demand: Demand | undefined;
}

/**
 * Previews what a file says of a program, or manifests of Kubernetes (a folder, a file); `-` is standard input. Needs no project, and
 * runs nothing.
 */
export async function previewFile(path: string, given: Given): Promise<Done> {
  const { workings } = await import("../preview/workings");
  const mistakes: Mistake[] = [];
  let reports: readonly Report[] = [];
  try {
    const manifests = manifestsAt(path);
    reports = manifests === undefined ? ofFile(path, given, workings) : [ofManifests(manifests, given, workings)];
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    mistakes.push(...error.mistakes);
  }
  return { reports: { schema: 1, reports, removed: [], mistakes }, problems: [], notes: [] };
}

function ofFile(path: string, given: Given, workings: Workings): readonly Report[] {
  const baseline = given.against === undefined ? undefined : baselineFile(given.against);
  return reportsOfFile(
    path === "-" ? "standard input" : basename(path),
    textIn(path),
    {
      asOf: given.asOf,
      asOfAsked: given.asOfAsked === true,
      ...(given.demand === undefined ? {} : { demand: given.demand }),
      ...(baseline === undefined ? {} : { baseline: baselineOfFile(baseline, given.asOf, workings) }),
    },
    workings,
  );
}

function ofManifests(found: FoundManifests, { asOf, against, demand }: Given, workings: Workings): Report {
  const baseline = against === undefined ? undefined : former(against, asOf, demand, workings);
  const subject = {
    asOf,
    ...(demand === undefined ? {} : { demand }),
    ...(baseline === undefined ? {} : { baseline }),
  };
  return reportOfManifests(found, subject, workings);
}

/** What manifests are compared with: other manifests, or a report of these. */
function former(
  option: string,
  asOf: string,
  demand: Demand | undefined,
  workings: Workings,
): { against: string; report: Report | null } {
  const manifests = manifestsAt(option);
  if (manifests !== undefined) return { against: option, report: standing(manifests, asOf, demand, workings) };
  const { against, reports } = baselineOfFile(baselineFile(option), asOf, workings);
  const [only, ...others] = reports.values();
  if (others.length > 0) throw new Problem(`${option} is of ${reports.size} stacks; manifests are compared with one`);
  return { against, report: only ?? null };
}

/** What stood may lack what was added since: then nobody says what it must carry. */
function standing(found: FoundManifests, asOf: string, demand: Demand | undefined, workings: Workings): Report {
  if (demand === undefined) return reportOfManifests(found, { asOf }, workings);
  try {
    return reportOfManifests(found, { asOf, demand }, workings);
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    return reportOfManifests(found, { asOf }, workings);
  }
}

/** A folder, a YAML file, or JSON that says of itself what it is; undefined: what Pulumi or nines writes. */
function manifestsAt(path: string): FoundManifests | undefined {
  if (path === "-") {
    const text = textIn(path);
    if (!areManifests(text)) return undefined;
    return { name: "standard input", files: [{ name: "standard input", text }], notRead: [] };
  }
  const there = statSync(path, { throwIfNoEntry: false });
  const folder = there?.isDirectory() === true;
  if (!folder && (there === undefined || (!/\.ya?ml$/i.test(path) && !areManifests(textIn(path))))) return undefined;
  return { name: nameOfPath(path), ...manifestFiles(path) };
}

/** Standard input can be read once. */
let standardInput: string | undefined;

/** A file's text; `-` is standard input. @throws Problem */
export function textIn(path: string): string {
  try {
    if (path !== "-") return textOfFile(readFileSync(path));
    standardInput ??= textOfFile(readFileSync(0));
    return standardInput;
  } catch (error) {
    throw new Problem(`${path === "-" ? "standard input" : path} cannot be read: ${firstLine(error)}`);
  }
}

/** A commit has no say here: only the project itself could be run at one. */
function baselineFile(option: string): string {
  if (isFile(option)) return option;
  throw new Problem(
    `with --from, --against takes a file too (a report, a stack export, a preview; beside manifests, other manifests), and there is no file ${option}`,
  );
}
