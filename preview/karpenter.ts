import { nodesWithZoneLost } from "../capacity";
import { karpenterPools, type KarpenterPool } from "../components/kubernetes/karpenter-pool.read";
import { listAt, numberAt, textAt, type ReadPart, type Report } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";

/** What Karpenter will make and take away, and what holds it back; nothing where no pool of its is there. */
export function karpenterLines(report: Report, indent: number): readonly string[] {
  const pools = karpenterPools(report.resources);
  return pools.flatMap((pool) => hanging("  karpenter", poolText(pool, report), indent));
}

function poolText(pool: KarpenterPool, report: Report): string {
  return [
    `${pool.name} makes ${madeText(pool)} when pods wait for one${limitText(pool)}${neededText(pool, report)}`,
    disruptionText(pool),
    "the account's quota of vCPUs (Service Quotas) binds first where it is less",
  ].join("; ");
}

function madeText({ machines, capacity, zones }: KarpenterPool): string {
  const many = machines !== undefined && machines.length > 3;
  const what =
    machines === undefined ? "machines of any type" : many ? `${machines.length} types` : machines.join(", ");
  const how = capacity === undefined ? "on-demand or Spot as its class allows" : capacity.join(" or ");
  return `${what}, ${how}, in ${zones === undefined ? "any zone" : counted(zones.length, "zone")}`;
}

function limitText({ cpuMillis, memoryMiB }: KarpenterPool): string {
  if (cpuMillis === null && memoryMiB === null) return ", without limits";
  const cpu =
    cpuMillis === null
      ? []
      : [cpuMillis === undefined ? "CPU that is not known" : `${figure(cpuMillis / 1000, 1)} CPU`];
  const memory =
    memoryMiB === null ? [] : [memoryMiB === undefined ? "memory that is not known" : `${figure(memoryMiB)} MiB`];
  return `, up to ${[...cpu, ...memory].join(" and ")} in all`;
}

/** Of the nodes that its pods need. */
function neededText({ zones }: KarpenterPool, { built }: Report): string {
  const part = built.find(
    (each): each is ReadPart =>
      each.kind === "node-pool" &&
      textAt(each, "runtime", "kind") === "kubernetes-nodes" &&
      (zones === undefined ||
        (listAt(each, "placement", "zones") ?? []).some((_, at) =>
          zones.includes(textAt(each, "placement", "zones", at) ?? ""),
        )),
  );
  const max = part && (numberAt(part, "scaling", "max") ?? numberAt(part, "scaling", "count"));
  if (part === undefined || max === undefined) return "";
  const most = nodesWithZoneLost(max, listAt(part, "placement", "zones")?.length ?? 1);
  return ` (the ceilings need ${counted(max, "node")}${most === max ? "" : `, ${figure(most - max)} more while a zone is lost`})`;
}

function disruptionText({ consolidation, consolidateAfter, budgets, expireAfter }: KarpenterPool): string {
  const saves =
    consolidation === "WhenEmpty"
      ? `empty nodes are taken away after ${consolidateAfter}, none with pods`
      : `nodes that are empty or little used are taken away after ${consolidateAfter}, and their pods start elsewhere`;
  const age = expireAfter === "Never" ? "none ends by age" : `each ends after ${expireAfter}, whatever the budget`;
  return `${saves}; ${budgets.join(", ")} disrupted at a time; ${age}`;
}
