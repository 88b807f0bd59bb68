import type { Report } from "../model";
import { changesOf } from "./diff";
import { Problem } from "./problem";
import { ACCEPTED, programFile } from "./program-file";
import { baselineOf, reportOf } from "./report";
import type { Workings } from "./stack";

/**
 * Reports of the program that a file is of, running nothing.
 * @param name Of the file, for a person.
 * @throws Problem where it is none of the forms that are read
 */
export function reportsOfFile(
  name: string,
  text: string,
  given: {
    readonly asOf: string;
    /** What `--against` names, by stack. */
    readonly baseline?: { readonly against: string; readonly reports: ReadonlyMap<string, Report | null> };
  },
  workings: Workings,
): readonly Report[] {
  const read = programFile(text);
  if (!read.ok) throw new Problem(`${name} ${read.is}; ${ACCEPTED}`);
  const { file } = read;
  if (file.kind === "reports") return file.reports;
  const { stack } = file;
  const before = given.baseline?.reports.get(stack) ?? null;
  const baseline = before === null ? null : baselineOf(before);
  if (file.kind === "preview") throw new Problem(`${name} is a preview`);
  if (file.resources.length === 0) throw new Problem(`${name} is of a stack without resources`);
  const report = reportOf({ stack, resources: file.resources, origin: "state", asOf: given.asOf, baseline }, workings);
  if (given.baseline === undefined) return [report];
  const against = before === null ? `${given.baseline.against}, which has no such stack` : given.baseline.against;
  return [{ ...report, changes: changesOf(before, report, against, workings.replaces) }];
}
