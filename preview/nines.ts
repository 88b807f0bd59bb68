import { regionIn, type Availability, type PartKey, type Report } from "../model";
import { restsOnSpot } from "../availability";
import { floorOf, undecided, valueAt } from "../policies/finding";
import { figure, minutes, minutesPerYear, nines, objective } from "./figures";
import { hanging } from "./layout";
import { replicasOf } from "./replicas";
import { basisOf } from "./report";

/** How long it stays up, old and new, and what costs the minutes; of several systems each by itself. */
export function availabilityLines(report: Report, indent: number): readonly string[] {
  const { availability, systems = [] } = report;
  const said = (own: Availability | null, was: number | null, asked: number | undefined): string =>
    own === null
      ? `not known: ${whyUnknown(report)}`
      : own.lostTo.some(({ cause }) => cause === "too few replicas")
        ? `none at the peak, which is not carried${shortOf(report)}${asked === undefined ? "" : `; ${objective(asked)} asked`}`
        : ninesText(own, was, asked, firstAlone(report));
  if (systems.length === 0) {
    const was = report.changes?.unavailability.from ?? null;
    return hanging("  nines", said(availability, was, basisOf(report)?.objectives.availability), indent);
  }
  const width = Math.max(...systems.map(({ name }) => name.length)) + 2;
  return systems.flatMap(({ name, availability: own, objectives }, index) =>
    hanging(
      (index === 0 ? "  nines" : "").padEnd(indent) + name,
      said(own, null, objectives.availability),
      indent + width,
    ),
  );
}

/** What runs too few for its peak, and by how much; empty where no count is known. */
function shortOf(report: Report): string {
  const counts = new Map(replicasOf(report).map(({ part, count }) => [part, count.max]));
  const short = (basisOf(report)?.demand ?? []).flatMap(({ part, workload, need }) => {
    const most = counts.get(part);
    return most === undefined || most >= need
      ? []
      : [`${workload} runs ${figure(most)} at most and needs ${figure(need)}`];
  });
  return short.length === 0 ? "" : `: ${short.join(", ")}`;
}

/** Why nothing can be said of how long it stays up. */
export function whyUnknown(report: Report): string {
  if ((report.file?.unseen ?? 0) > 0) return "what is not in view has a part in it";
  const basis = basisOf(report);
  if (basis === null)
    return report.built.some(({ kind }) => kind === "replica-group" || kind === "store")
      ? "nobody said the demand (--demand FILE)"
      : "no replica group is read that could be given a demand";
  if (report.rules.some(({ id, verdict }) => id === "pods-find-node" && verdict === "fail"))
    return "pods find no node (pods-find-node)";
  const onSpot = report.built.find((part) => {
    const need = basis.demand.find((demand) => demand.part === part.key)?.need;
    return part.kind === "replica-group" && need !== undefined && restsOnSpot(part, need);
  });
  return onSpot === undefined
    ? unreadOf(report, new Set(basis.demand.map(({ part }) => part)))
    : `${onSpot.workload} has enough only with Spot, and how often all of that is taken nobody says`;
}

/** Workloads that must carry something, and what of them is not known. */
function unreadOf({ built }: Report, carried: ReadonlySet<PartKey>): string {
  const said = built.flatMap((part) => {
    if (!carried.has(part.key)) return [];
    const open = [floorOf(part), valueAt(part, "placement.zones")].find((leaf) => !leaf.known);
    if (open === undefined) return [];
    return [`${part.workload}: ${undecided(part.key, open.property, open).message}`];
  });
  return said.length === 0 ? "a count or a zone of what was built cannot be read" : said.join("; ");
}

/** Where a region must be survived and nobody leads callers away from it, the others are in no figure; empty where it is not so. */
export function firstAlone(report: Report): string {
  if (!report.rules.some(({ id, verdict }) => id === "region-loss-carried" && verdict === "fail")) return "";
  const [first] = [...new Set((basisOf(report)?.demand ?? []).map(({ part }) => regionIn(part)))];
  return first === undefined ? "" : `, with ${first} alone, since survive: region is unmet`;
}

function ninesText(found: Availability, was: number | null, asked: number | undefined, alone: string): string {
  const now = nines(found.unavailability);
  const before = was === null ? now : nines(was);
  const causes = found.lostTo.map((lost) => `${lost.cause} ${minutes(lost.minutesPerYear)}`).join(", ");
  const text = [
    before === now ? now : `${before} -> ${now}`,
    (asked === undefined ? "" : `of ${objective(asked)} asked`) + alone,
    `  ${minutes(minutesPerYear(found.unavailability))} min/yr${causes === "" ? "" : `: ${causes}`}`,
  ];
  return text.filter((each) => each !== "").join(" ");
}
