import { divisionOf } from "../catalog";
import { isUnknown, regionIn, textAt, type PartKey, type Range, type Reason, type Report } from "../model";
import { builtPart } from "./built-parts";
import { figure, range } from "./figures";
import { COLUMNS, columnsOf, hanging } from "./layout";
import { podSizeOf } from "./pod-limits";
import { planOf } from "./report";
import { balancerZonesOf, replicasOf, uncountedOf, type Replicas } from "./replicas";
import { inSeveralRegions, partName, workloadOf } from "./words";

/** A table of what has copies: how many, over which zones, and what bound the count or what it is. Leads pad to `indent`. */
export function replicaLines(report: Report, indent: number): readonly string[] {
  const rows: (readonly string[])[] = [];
  const why: string[] = [];
  const beside: { readonly said: string; readonly name: string; readonly regions: string[] }[] = [];
  const found = replicasOf(report);
  const several = inSeveralRegions(found.map(({ part }) => part));
  const changes = new Map((report.changes?.replicas ?? []).map((change) => [change.part, change]));
  const needs = new Map((report.demand?.demand ?? []).map(({ part, need }) => [part, need]));
  /** Where a row stands, by all that is said in it. */
  const standing = new Map<string, number>();
  for (const each of found) {
    const change = changes.get(each.part);
    const from = change?.from ?? null;
    const count = range(each.count);
    const was = from === null ? null : range(from);
    const zones = each.zones?.join("|") ?? "";
    const zonesWere = change?.zonesFrom?.join("|") ?? "";
    const moved = report.changes !== undefined && was !== null && (was !== count || zonesWere !== zones);
    const row = [
      workloadOf(each.part),
      moved && from !== null ? movedCount(from, each.count) : count,
      moved && zonesWere !== zones ? `${zonesWere} -> ${zones}` : zones,
    ];
    const compared =
      change === undefined || moved
        ? bindingOf(report, each, needs.get(each.part))
        : was === null
          ? "new"
          : "unchanged";
    const size = podSizeOf(report, each.part);
    const said = [nodesOf(report, each.part) ?? kindOf(each.part), size, spotOf(report, each.part), compared]
      .filter((word) => word !== "")
      .join(", ");
    const name = partName(each.part);
    const whole = JSON.stringify([name, ...row, said]);
    const alike = several.has(name) ? standing.get(whole) : undefined;
    if (alike !== undefined) beside[alike]?.regions.push(regionIn(each.part));
    else {
      standing.set(whole, rows.length);
      rows.push(row);
      beside.push({ said, name, regions: [regionIn(each.part)] });
    }
  }
  for (const { said, name, regions } of beside)
    why.push([...(several.has(name) ? [regions.join(", ")] : []), said].filter((text) => text !== "").join(": "));
  for (const { part, afterDeploy } of uncountedOf(report)) {
    rows.push([workloadOf(part), afterDeploy ? "not known before the deploy" : "not known", ""]);
    why.push(kindOf(part));
  }
  for (const { part, zones } of balancerZonesOf(report)) {
    rows.push([workloadOf(part), `zones ${figure(zones)}`, ""]);
    why.push("balancer");
  }
  const gone = (report.changes?.replicas ?? []).filter((change) => change.to === null && change.from !== null);
  const elsewhere = inSeveralRegions([...found, ...gone].map(({ part }) => part));
  for (const change of gone) {
    rows.push([workloadOf(change.part), `${change.from === null ? "" : range(change.from)} -> none`, ""]);
    why.push(elsewhere.has(partName(change.part)) ? `${regionIn(change.part)}: removed` : "removed");
  }
  const table = columnsOf(rows);
  const column = indent + 3 + Math.max(0, ...table.map((row) => row.length));
  return table.flatMap((line, index) => {
    const lead = (index === 0 ? "  replicas" : "").padEnd(indent);
    const reason = why[index] ?? "";
    // What came second is in explain, too, where the line has no room for it.
    const fitting = column + reason.length > COLUMNS ? reason.replace(/ \(.*\)$/, "") : reason;
    return hanging(lead + line, fitting, Math.min(column, 72));
  });
}

/** What stands beside replica groups and caches, which need no word. */
function kindOf(part: PartKey): string {
  const [kind = ""] = part.split("/");
  return kind === "replica-group" || kind === "redis-cache" || kind === "store" ? "" : kind.replaceAll("-", " ");
}

/** Nodes of a cluster that nobody builds: of which machine, and why so many. Nothing of other pools. */
function nodesOf(report: Report, key: PartKey): string | undefined {
  const part = builtPart(report, key);
  if (part?.kind !== "node-pool" || textAt(part, "runtime", "kind") !== "kubernetes-nodes") return undefined;
  return `${textAt(part, "machine", "types", 0) ?? "nodes"}, for the pods`;
}

/** How much of a group may be taken back; nothing where none is. */
function spotOf(report: Report, key: PartKey): string {
  const part = builtPart(report, key);
  const division = part?.kind === "replica-group" ? divisionOf(part) : undefined;
  if (division === undefined || isUnknown(division)) return "";
  const { spotShare, base } = division;
  const share = spotShare === 0 ? "" : `${figure(spotShare * 100, 1)} % Spot`;
  if (base === undefined) return share;
  const first = `${figure(base.replicas)} ${base.on === "spot" ? "Spot" : "On-Demand"}`;
  return share === "" ? first : `${share} beyond ${first}`;
}

/** The floor, old and new: what a deploy starts; then how far the scaler may go. */
function movedCount(from: Range, to: Range): string {
  const floor = from.min === to.min ? figure(to.min) : `${figure(from.min)} -> ${figure(to.min)}`;
  if (from.min === from.max && to.min === to.max) return floor;
  if (from.max === to.max) return to.max === to.min ? floor : `${floor}, up to ${figure(to.max)}`;
  return from.min === to.min
    ? `${floor}, up to ${figure(from.max)} -> ${figure(to.max)}`
    : `${floor}, up to ${figure(to.max)}`;
}

/** Of a program that nobody planned: what its stated peak needs, beside what is there. */
function neededOf({ count: { min: has } }: Replicas, need: number | undefined): string {
  if (need === undefined) return "";
  return has < need ? `needed ${figure(need)}, has ${figure(has)}` : `the peak needs ${figure(need)}`;
}

/** What bound the count, and what would have been next. */
function bindingOf(report: Report, of: Replicas, need: number | undefined): string {
  const reason = planOf(report)?.reasons.find((each) => each.part === of.part && isCount(each));
  if (reason === undefined) return neededOf(of, need);
  // A number that was stated binds by its own words, such as the name of a size.
  const stated = reason.binding === "stated" ? reason.needed.find(({ by }) => by === "stated") : undefined;
  const word = stated?.because ?? reason.binding.replaceAll("-", " ");
  const next = [...reason.needed]
    .filter((need) => need.by !== reason.binding && need.by !== "price")
    .sort((a, b) => b.value - a.value)[0];
  const beside = next === undefined ? "" : ` (${next.by.replaceAll("-", " ")} needs ${figure(next.value)})`;
  return `${word} binds${beside}`;
}

/** The reason of how many there are, not of how big each is. */
export function isCount(reason: Reason): boolean {
  return (reason.unit === "replicas" || reason.unit === "nodes") && !reason.field.endsWith("max");
}
