import { whyUnread } from "../catalog/kubernetes";
import { listAt, type PartKind, type ReadPart, type Report } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";
import { balancerZonesOf, replicasOf, uncountedOf } from "./replicas";
import { folded, partName } from "./words";

const INDENT = 13;

/** What a program that nines did not plan holds besides what stands among its replicas, by kind. */
export function heldText(report: Report): readonly string[] {
  const told = new Set(
    [...replicasOf(report), ...uncountedOf(report), ...balancerZonesOf(report)].map(({ part }) => part),
  );
  const rest = report.built.filter((part) => !told.has(part.key) && !QUIET.has(part.kind));
  return rest.length === 0 ? [] : hanging("  holds", byKind(rest), INDENT);
}

/** Told by the rules or on a line of their own, or of no weight beside what they are about. */
const QUIET: ReadonlySet<PartKind> = new Set([
  "alert",
  "alert-topic",
  "dashboard",
  "dns-failover",
  "slo",
  "supporting",
]);

/** Names where there are few, numbers where there are many. */
function byKind(parts: readonly ReadPart[]): string {
  const kinds = new Map<PartKind, ReadPart[]>();
  for (const part of parts) kinds.set(part.kind, [...(kinds.get(part.kind) ?? []), part]);
  return [...kinds]
    .map(([kind, found]) =>
      found.length > 3
        ? `${figure(found.length)} x ${kind.replaceAll("-", " ")}`
        : found.map((part) => `${partName(part.key)}${zonesIn(part)}`).join(", "),
    )
    .join(", ");
}

function zonesIn(part: ReadPart): string {
  const zones = listAt(part, "placement", "zones") ?? listAt(part, "zones");
  return zones === undefined || zones.length === 0 ? "" : ` (${counted(zones.length, "zone")})`;
}

/** How much of the program is in the figures. */
export function coverageText({ coverage }: Report): readonly string[] {
  if (coverage === undefined) return [];
  const { resources, read, billed, priced } = coverage;
  const money =
    billed === 0 ? "none of them is billed for" : `${figure(priced)} of ${figure(billed)} billed for are priced`;
  return hanging("  read", `${figure(read)} of ${counted(resources, "resource")}; ${money}`, INDENT);
}

/** What no reader takes for a Part, and why, as far as anybody knows what it is. */
export function unreadText({ resources }: Report): readonly string[] {
  const unread = resources.filter(({ state }) => state !== "read").map(({ type }) => type);
  if (unread.length === 0) return [];
  const whys = new Map<string, string[]>();
  for (const type of new Set(unread)) {
    const why = whyUnread(type);
    if (why !== undefined) whys.set(why, [...(whys.get(why) ?? []), type]);
  }
  const said = `${counted(unread.length, "resource")} in no figure above: ${folded(unread)}`;
  return [
    ...hanging("  unread", said, INDENT),
    ...[...whys].flatMap(([why, types]) => hanging("", `${folded(types)}: ${why}`, INDENT)),
  ];
}

/** What running the program left open: calls that stand-ins answered, what nobody could answer, what belongs to others. */
export function leftOpen({ run }: Report): readonly string[] {
  if (run === undefined) return [];
  const said = (answered: boolean): string =>
    run.calls
      .filter((call) => call.answered === answered)
      .map(({ token, count }) => `${token.split(":").at(-1) ?? token}${count === 1 ? "" : ` x ${figure(count)}`}`)
      .join(", ");
  const reads = run.reads.flatMap(({ type, count }) => Array.from({ length: count }, () => type));
  const lines: readonly (readonly [string, string])[] = [
    ["stand-ins", said(true) === "" ? "" : `no provider was asked; answered by stand-ins: ${said(true)}`],
    [
      "unanswered",
      said(false) === ""
        ? ""
        : `nobody here knows; what is taken of these calls is unknown, or missing: ${said(false)}`,
    ],
    ["elsewhere", reads.length === 0 ? "" : `only read here, and not known: ${folded(reads)}`],
  ];
  return lines.filter(([, text]) => text !== "").flatMap(([word, text]) => hanging(`  ${word}`, text, INDENT));
}
