import { listAt, textAt, type PartKind, type ReadPart, type Report } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";
import { replicasOf } from "./replicas";
import { folded, partName, workloadOf } from "./words";

const INDENT = 13;

/** What a program that nines did not plan holds besides what is counted in replicas: balancers with their zones, then the rest by kind. */
export function heldText(report: Report): readonly string[] {
  const inReplicas = new Set(replicasOf(report).map((each) => each.part));
  const others = report.built.filter((part) => !inReplicas.has(part.key));
  const balancers = others.filter((part) => part.kind === "load-balancer");
  const rest = others.filter((part) => part.kind !== "load-balancer" && !QUIET.has(part.kind));
  return [
    ...hanging("  balancers", balancers.map((part) => `${workloadOf(part.key)} ${placed(part)}`).join(", "), INDENT),
    ...hanging("  holds", byKind(rest), INDENT),
  ].filter((line) => line.trim() !== "balancers" && line.trim() !== "holds");
}

/** Told by the rules, or of no weight beside what they are about. */
const QUIET: ReadonlySet<PartKind> = new Set(["alert", "alert-topic", "dashboard", "supporting"]);

function placed(part: ReadPart): string {
  const zones = listAt(part, "placement", "zones")?.length;
  if (zones !== undefined && zones > 0) return `over ${counted(zones, "zone")}`;
  return textAt(part, "placement", "kind") === "regional" ? "over the region" : "(zones not known)";
}

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
