import { MistakesError, type Report, type Resource } from "../model";
import { counted } from "./figures";
import { oneLine } from "../model/visible";
import type { Demand } from "./demand-file";
import { changesOf, comparedWith } from "./diff";
import { engineChanges } from "./engine-changes";
import type { PreviewDocument } from "./preview-document";
import { Problem, shortened } from "./problem";
import { ACCEPTED, programFile } from "./program-file";
import { isDefaultProvider, reportOf, type Baseline, type ReportSubject } from "./report";
import type { Workings } from "./stack";

interface Given {
  readonly asOf: string;
  /** true: somebody asked for that day; it is not merely today. */
  readonly asOfAsked?: boolean;
  /** What `--against` names. */
  readonly baseline?: FileBaseline;
  /** What `--demand` states. */
  readonly demand?: Demand;
}

/** What a file is compared with. */
export interface FileBaseline {
  readonly against: string;
  /** By stack. */
  readonly reports: ReadonlyMap<string, Report | null>;
  /** Where it is the export of a stack: what stands. */
  readonly state?: readonly Resource[];
}

/**
 * Reports of the program that a file is of, running nothing.
 * @param name Of the file, for a person.
 * @throws Problem where it is none of the forms that are read, or holds nothing to judge
 */
export function reportsOfFile(name: string, text: string, given: Given, workings: Workings): readonly Report[] {
  const read = programFile(text);
  if (!read.ok) throw new Problem(`${name} ${read.is}; ${ACCEPTED}`);
  const { file } = read;
  switch (file.kind) {
    case "reports":
      if (given.demand !== undefined)
        throw new Problem(`${name} is a report, which was judged already: --demand is for what pulumi writes`);
      if (given.asOfAsked === true)
        throw new Problem(`${name} is a report, judged by its own day: --as-of is for what pulumi writes`);
      return file.reports;
    case "state": {
      const { unreadable } = file;
      if (file.resources.length === 0)
        throw new Problem(
          unreadable === 0
            ? `${name} is of a stack without resources`
            : `${name} has ${counted(unreadable, "entry", "entries")} and no resource: each needs a urn (urn:pulumi:<stack>::<project>::<type>::<name>)`,
        );
      const report = reportOf(
        {
          stack: file.stack,
          resources: file.resources,
          origin: "state",
          asOf: given.asOf,
          baseline: baselineFor(file.stack, given, workings),
          file: { name, unseen: 0, pending: file.pending, ...(unreadable === 0 ? {} : { unreadable }) },
          holdsOld: () => true,
          ...statedBy(given.demand),
        },
        workings,
      );
      return [withDemand(report, given)];
    }
    case "preview":
      return [reportOfPreview(name, file.stack, file.document, given, workings)];
  }
}

function statedBy(demand: Demand | undefined): Pick<ReportSubject, "stated" | "placed"> {
  return demand === undefined ? {} : { stated: demand.basisOf, placed: demand.placed };
}

/** What stands may lack what the program adds: then nobody says what it must carry. */
function leniently(demand: Demand | undefined): Pick<ReportSubject, "stated" | "placed"> {
  if (demand === undefined) return {};
  return {
    placed: demand.placed,
    stated: (parts, target) => {
      try {
        return demand.basisOf(parts, target);
      } catch (error) {
        if (error instanceof MistakesError) return null;
        throw error;
      }
    },
  };
}

function withDemand(report: Report, { demand }: Given): Report {
  if (demand === undefined || report.planned === null) return report;
  throw new Problem(`--demand is for programs that nines did not plan; ${report.stack} states its own load`);
}

function baselineFor(stack: string, { baseline }: Given, workings: Workings): Baseline | null {
  if (baseline === undefined) return null;
  const before = baseline.reports.get(stack) ?? null;
  const against = before === null ? `${baseline.against}, which has no such stack` : baseline.against;
  return comparedWith(before, against, workings.replaces);
}

/** A preview knows what stands beside what would: it is compared with that, unless something else is named. */
function reportOfPreview(
  name: string,
  stack: string,
  document: PreviewDocument,
  given: Given,
  workings: Workings,
): Report {
  const [error] = document.errors;
  if (error !== undefined)
    throw new Problem(`${name} is of a preview that failed, and shows only a part: ${shortened(oneLine(error))}`);
  const filled = withState(document, given.baseline?.state);
  const { before, after, steps, unseen } = filled;
  const shown = [...after, ...before];
  if (shown.length === 0 && unseen === 0) throw new Problem(`${name} is of a preview without resources`);
  // The stack's own resource is always shown.
  if (unseen > 0 && !shown.some(({ custom }) => custom))
    throw new Problem(
      `${name} shows none of ${unseen} resources, because none changes: run pulumi preview --json --show-sames`,
    );
  const subject = { stack, asOf: given.asOf, file: { name, unseen, pending: [] } };
  const created = (urn: string): boolean => steps.get(urn)?.op === "create";
  const old = {
    ...subject,
    resources: before,
    origin: "state",
    holdsOld: () => true,
    ...leniently(given.demand),
  } as const;
  const standing = before.length === 0 ? null : reportOf(old, workings);
  const named = given.baseline?.state === undefined ? baselineFor(stack, given, workings) : null;
  const report = reportOf(
    {
      ...subject,
      resources: after,
      origin: "preview-json",
      baseline: named ?? (standing === null ? null : engineSays(standing, filled, workings)),
      holdsOld: ({ urn }) => !created(urn),
      ...statedBy(given.demand),
    },
    workings,
  );
  return withDemand(report, given);
}

/** The engine asked the provider: what it says becomes of a resource is so. */
function engineSays(before: Report, document: PreviewDocument, { replaces }: Workings): Baseline {
  return {
    before,
    changes: (after) => engineChanges(changesOf(before, after, "what stands", replaces), document, before, after),
  };
}

/** The stack's export has what a preview without --show-sames leaves out: resources that no step is about stay as they are. */
function withState(document: PreviewDocument, state: readonly Resource[] | undefined): PreviewDocument {
  if (state === undefined || document.unseen === 0) return document;
  const same = state.filter(({ urn }) => !document.steps.has(urn));
  const counted = same.filter((resource) => !isDefaultProvider(resource)).length;
  return {
    ...document,
    before: [...document.before, ...same],
    after: [...document.after, ...same],
    unseen: Math.max(0, document.unseen - counted),
  };
}
