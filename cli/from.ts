import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { MistakesError, type Mistake, type Report } from "../model";
import { baselineOfFile, isFile } from "../preview/baseline";
import type { Demand } from "../preview/demand-file";
import { reportsOfFile } from "../preview/from-file";
import { textOfFile } from "../preview/json-in-text";
import { Problem, firstLine } from "../preview/problem";
import type { Done } from "./run";

/** Previews what a file says of a program; `-` is standard input. Needs no project, and runs nothing. */
export async function previewFile(
  path: string,
  given: {
    readonly asOf: string;
    readonly asOfAsked?: boolean;
    readonly against: string | undefined;
    readonly demand: Demand | undefined;
  },
): Promise<Done> {
  const { workings } = await import("../preview/workings");
  const baseline = given.against === undefined ? undefined : baselineFile(given.against);
  const name = path === "-" ? "standard input" : basename(path);
  const mistakes: Mistake[] = [];
  let reports: readonly Report[] = [];
  try {
    reports = reportsOfFile(
      name,
      textIn(path),
      {
        asOf: given.asOf,
        asOfAsked: given.asOfAsked === true,
        ...(given.demand === undefined ? {} : { demand: given.demand }),
        ...(baseline === undefined ? {} : { baseline: baselineOfFile(baseline, given.asOf, workings) }),
      },
      workings,
    );
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    mistakes.push(...error.mistakes);
  }
  return { reports: { schema: 1, reports, removed: [], mistakes }, problems: [], notes: [] };
}

/** A file's text; `-` is standard input. @throws Problem */
export function textIn(path: string): string {
  try {
    return textOfFile(readFileSync(path === "-" ? 0 : path));
  } catch (error) {
    throw new Problem(`${path === "-" ? "standard input" : path} cannot be read: ${firstLine(error)}`);
  }
}

/** A commit has no say here: only the project itself could be run at one. */
function baselineFile(option: string): string {
  if (isFile(option)) return option;
  throw new Problem(
    `with --from, --against takes a file too (a report, a stack export, a preview), and there is no file ${option}`,
  );
}
