import type { Source } from "../../model";

/** Until when EKS supports a Kubernetes version at the plain price; after it, 12 months of extended support at a higher one. */
export const eksVersions: { readonly source: Source; readonly standardUntil: Readonly<Record<string, string>> } = {
  source: {
    title: "aws-samples/sample-apex-skills, calendar of EKS version support, verified there 2026-04-24",
    url: "https://aws-samples.github.io/sample-apex-skills/docs/skills/eks-operation-review/references/cluster-lifecycle",
    date: "2026-04-24",
  },
  standardUntil: {
    "1.29": "2025-03-23",
    "1.30": "2025-07-23",
    "1.31": "2025-11-26",
    "1.32": "2026-03-23",
    "1.33": "2026-07-29",
    "1.34": "2026-12-02",
    "1.35": "2027-03-27",
  },
};

/** From this version on EKS encrypts all that the Kubernetes API keeps, without being asked (EKS User Guide, envelope encryption). */
export const EKS_ENCRYPTS_FROM_MINOR = 28;

/** The day for which it is said whether a version is old where nobody says one: the day of this catalog, since no clock is read below the command line. */
const catalogDay = "2026-11-21";

/** The minor of 1.minor; undefined for anything else. */
export function minorOf(version: string): number | undefined {
  const minor = /^1\.(\d+)$/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Is standard support of that version over on the day `asOf` (YYYY-MM-DD)? undefined where no date is known: those before the table are over, those after it are not. */
export function pastStandardSupport(version: string, asOf: string = catalogDay): boolean | undefined {
  const until = Object.hasOwn(eksVersions.standardUntil, version) ? eksVersions.standardUntil[version] : undefined;
  if (until !== undefined) return until < asOf;
  const minor = minorOf(version);
  if (minor === undefined) return undefined;
  const minors = Object.keys(eksVersions.standardUntil).map((known) => minorOf(known) ?? 0);
  return minor < Math.min(...minors);
}
