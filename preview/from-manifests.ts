import { basename, resolve } from "node:path";
import { MistakesError, type Report } from "../model";
import type { Demand } from "./demand-file";
import { comparedWith } from "./diff";
import { counted } from "./figures";
import type { ManifestFile, NotRead } from "./manifests/files";
import { manifestsIn } from "./manifests/read";
import { Problem } from "./problem";
import { reportOf } from "./report";
import type { Workings } from "./stack";

/** Manifests as they were found. */
export interface FoundManifests {
  /** Of the folder or file, for a person; the report is called by it. */
  readonly name: string;
  readonly files: readonly ManifestFile[];
  readonly notRead: readonly NotRead[];
}

/** The last word of a path, without the ending of a file. */
export function nameOfPath(path: string): string {
  return basename(resolve(path)).replace(/\.(ya?ml|json)$/i, "");
}

/**
 * The report of manifests, running nothing.
 * @throws MistakesError: all that is wrong with them
 * @throws Problem where they hold no object at all
 */
export function reportOfManifests(
  found: FoundManifests,
  given: {
    readonly asOf: string;
    readonly demand?: Demand;
    /** What they are compared with. */
    readonly baseline?: { readonly against: string; readonly report: Report | null };
  },
  workings: Workings,
): Report {
  const { resources, mistakes, notRead: strange, hooks, secrets } = manifestsIn(found.files);
  if (mistakes.length > 0) throw new MistakesError([...mistakes, ...(given.demand?.mistakes ?? [])]);
  const notRead = [...found.notRead, ...strange];
  if (resources.length === 0) throw new Problem(nothingIn(found.name, notRead, hooks));
  const { baseline } = given;
  return reportOf(
    {
      stack: found.name,
      resources,
      origin: "manifests",
      asOf: given.asOf,
      secrets,
      ...(baseline === undefined
        ? {}
        : { baseline: comparedWith(baseline.report, baseline.against, workings.replaces) }),
      file: {
        name: found.name,
        unseen: 0,
        pending: [],
        ...(notRead.length === 0 ? {} : { notRead }),
        ...(hooks.length === 0 ? {} : { hooks }),
      },
      ...(given.demand === undefined ? {} : { stated: given.demand.basisOf, placed: given.demand.placed }),
    },
    workings,
  );
}

/** Enough of what is there to see why it is not what was meant. */
const SHOWN = 5;

function nothingIn(name: string, notRead: readonly NotRead[], hooks: readonly string[]): string {
  const listed = notRead.slice(0, SHOWN).map(({ file, why }) => `\n  ${file}: ${why}`);
  const more = notRead.length > SHOWN ? `\n  and ${counted(notRead.length - SHOWN, "more file")}` : "";
  const once = hooks.length === 0 ? "" : `; what it holds runs once at a release: ${hooks.slice(0, SHOWN).join(", ")}`;
  return `${name} holds no object of Kubernetes${once}${listed.join("")}${more}`;
}
