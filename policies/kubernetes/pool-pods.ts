import { podsAt, spreadOverZones, type PackingQuestion } from "../../capacity";
import { HOURS_PER_MONTH } from "../../cost/bill";
import { isUnknown, listAt, numberAt, plain, textAt, type NodePool, type ReadPart } from "../../model";
import { ceilingOf, floorOf, partsOf, undecided } from "../finding";
import type { Finding, Subject } from "../rule";
import { podMakers, type Workload } from "./workloads";

const KARPENTER = "kubernetes:karpenter.sh/v1:NodePool";
/** More are not tried one by one. */
const MOST_TRIED = 2_000;

/** Pools of nodes of Kubernetes. */
export function kubernetesPools({ parts }: Subject): readonly ReadPart<NodePool>[] {
  return partsOf(parts, "node-pool").filter((pool) => textAt(pool, "runtime", "kind") === "kubernetes-nodes");
}

/** Does Karpenter make nodes for whoever waits? */
export function madeByKarpenter({ graph }: Subject): boolean {
  return graph.ofType(KARPENTER).length > 0;
}

/** Parts whose pods may stand on the nodes, in an order of their own. */
export function onNodes({ parts, onSameNodes = [] }: Subject): readonly ReadPart[] {
  return [...parts, ...onSameNodes].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** All that makes pods there, each with its Part. */
export function podMakersOn(subject: Subject): readonly Workload[] {
  return podMakers(subject.onSameNodes === undefined ? subject : { ...subject, parts: onNodes(subject) });
}

/** Pods on the nodes of a pool, at one end of what scales both. */
export interface PoolPods {
  readonly question: PackingQuestion;
  /** Nodes in each zone. */
  readonly byZone: readonly number[];
  /** Names of the zones, as far as they are known. */
  readonly zones: readonly string[];
}

/** The pods and the nodes, or a finding: of what is not known, or too much to try. */
export function poolPods(subject: Subject, pool: ReadPart<NodePool>, end: "min" | "max"): PoolPods | Finding {
  const zones = listAt(pool, "placement", "zones");
  const region = textAt(pool, "region");
  const [cpuMillis, memoryMiB, pods] = ["cpuMillis", "memoryMiB", "pods"].map((word) =>
    numberAt(pool, "runtime", "allocatable", word),
  );
  const nodes = end === "min" ? floorOf(pool) : ceilingOf(pool);
  const sets = region === undefined ? null : podsAt(end, onNodes(subject), region);
  if (!nodes.known) return undecided(pool.key, nodes.path, nodes);
  if (zones?.length === 0) return undecided(pool.key, "in which zones its nodes are", { why: "elsewhere" });
  if (zones === undefined || cpuMillis === undefined || memoryMiB === undefined || pods === undefined || sets === null)
    return undecided(pool.key, "what its nodes hold, or the pods on them,", { why: "elsewhere" });
  if (Math.min(cpuMillis, memoryMiB, pods) <= 0)
    return {
      part: pool.key,
      verdict: "undecided",
      message: "DaemonSets fill each node, and leave nothing to other pods",
      fix: "let them ask for less, or give larger nodes",
    };
  const all = sets.reduce((sum, set) => sum + set.count, 0);
  if (all > MOST_TRIED) return undecided(pool.key, `where each of ${all} pods stands`, { why: "after-deploy" });
  return {
    question: { sets, node: { cpuMillis, memoryMiB, pods }, zones: zones.length },
    byZone: spreadOverZones(nodes.value, zones.length),
    zones: zones.flatMap((zone) => (isUnknown(zone) ? [] : [String(plain(zone))])),
  };
}

export function isFinding(found: PoolPods | Finding): found is Finding {
  return "verdict" in found;
}

/** `, 210 USD/month more` for so many more nodes of a pool; empty where a node's price is not known. */
export function moreUsd(pool: ReadPart<NodePool>, nodes: number): string {
  const usd = numberAt(pool, "runtime", "perHourUsd");
  return usd === undefined
    ? ""
    : `, ${Math.round(nodes * usd * HOURS_PER_MONTH).toLocaleString("en-US")} USD/month more`;
}

/** Of more nodes nobody is advised. */
const MOST_ADDED = 30;

/**
 * `or keep 5, 2 more (in us-east-1a), 294 USD/month more`: nodes added one at a time where one is lacked, until none is.
 * @param lackedIn a zone that wants a node more, by its place; undefined: all is well with so many in each
 * @param where in words, where it is not for a plan to name the zones
 * @returns empty where it takes very many
 */
export function keepMore(
  { byZone, zones }: Pick<PoolPods, "byZone" | "zones">,
  pool: ReadPart<NodePool>,
  lackedIn: (byZone: readonly number[]) => number | undefined,
  where?: string,
): string {
  const grown = [...byZone];
  let lacked = lackedIn(grown);
  let added = 0;
  for (; added < MOST_ADDED && lacked !== undefined; added += 1) {
    grown[lacked] = (grown[lacked] ?? 0) + 1;
    lacked = lackedIn(grown);
  }
  if (lacked !== undefined) return "";
  const named = grown.flatMap((each, zone) => (each > (byZone[zone] ?? 0) ? [zoneName(zones, zone)] : []));
  const nodes = byZone.reduce((sum, each) => sum + each, 0);
  return `or keep ${nodes + added}, ${added} more (${where ?? `in ${named.join(", ")}`})${moreUsd(pool, added)}`;
}

/** A zone by its place, whether or not its name is known. */
export function zoneName(zones: readonly string[], zone: number): string {
  return zones[zone] ?? `zone ${zone + 1}`;
}
