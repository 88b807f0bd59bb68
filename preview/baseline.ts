import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Report } from "../model";
import type { FileBaseline } from "./from-file";
import { textOfFile } from "./json-in-text";
import { loadTables } from "./load-stacks";
import { Problem } from "./problem";
import { ACCEPTED, programFile } from "./program-file";
import { reportOf } from "./report";
import { folderAtRef } from "./stack-folder";
import { stackFiles, type StackFile } from "./stack-files";
import { previewStack, type Workings } from "./stack";

/** What a preview is compared with. */
export interface BaselineReports {
  /** For a person: the ref, the file's name. */
  readonly against: string;
  /** By stack. null: it was there, and there is nothing to compare with (mistakes, or no plan). */
  readonly reports: ReadonlyMap<string, Report | null>;
}

/**
 * A file (a Report, Reports, a stack export) or a git ref: then that commit's stacks/ runs through today's library and prices.
 * @param wanted Which stacks of a ref to run.
 * @throws Problem in a sentence
 */
export async function baselineOfOption(
  option: string,
  given: {
    readonly root: string;
    readonly project: string;
    readonly asOf: string;
    readonly wanted: (stack: StackFile) => boolean;
    readonly step: (doing: string) => void;
  },
  workings: Workings,
): Promise<BaselineReports> {
  if (isFile(option)) return baselineOfFile(option, given.asOf, workings);
  const folder = folderAtRef(given.root, option);
  // Before the first stack, as in the pull request that brings it: every one is new.
  if (folder.files.length === 0) return { against: option, reports: new Map() };
  const tables = loadTables(folder);
  const reports = new Map<string, Report | null>();
  for (const file of stackFiles(folder).filter(given.wanted)) {
    given.step(`${file.stack} at ${option}`);
    const found = await previewStack(
      file,
      tables,
      { project: given.project, asOf: given.asOf, baseline: null },
      workings,
    );
    const comparable = found.ok && found.report.planned?.ok !== false;
    reports.set(file.stack, comparable ? found.report : null);
  }
  return { against: option, reports };
}

/** Whether `--against` names a file; a git ref, else. */
export function isFile(option: string): boolean {
  return statSync(option, { throwIfNoEntry: false })?.isFile() === true;
}

/** A report, a stack export or a preview as what is compared with. */
export function baselineOfFile(path: string, asOf: string, workings: Workings): FileBaseline {
  const read = programFile(textOfFile(readFileSync(path)));
  const against = basename(path);
  if (!read.ok) throw new Problem(`${path} ${read.is}; ${ACCEPTED}`);
  const { file } = read;
  if (file.kind === "reports")
    return { against, reports: new Map(file.reports.map((report) => [report.stack, report])) };
  const resources = file.kind === "state" ? file.resources : file.document.after;
  if (resources.length === 0) throw new Problem(`${path} is of a stack without resources`);
  const { stack } = file;
  const origin = file.kind === "state" ? "state" : "preview-json";
  const reports = new Map([[stack, reportOf({ stack, resources, origin, asOf }, workings)]]);
  return { against, reports, ...(file.kind === "state" ? { state: file.resources } : {}) };
}
