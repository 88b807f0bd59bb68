import {
  blockedDrains,
  disruptionsAllowed,
  type BlockedDrain,
  type DisruptionBudget,
  type PodSet,
} from "../../capacity";
import { BUDGET, budgetsOf } from "../../components/kubernetes/count.read";
import { valueAt } from "../../components/leaf.read";
import { at, isRecord, textAt, type NodePool, type ReadPart, type Value } from "../../model";
import { count, finding, undecided } from "../finding";
import { advice } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import {
  isFinding,
  keepMore,
  kubernetesPools,
  madeByKarpenter,
  onNodes,
  podMakersOn,
  poolPods,
  zoneName,
  type PoolPods,
} from "./pool-pods";

/** What keeps an evicted pod from standing again, after its name. */
const WAITS: Readonly<Record<BlockedDrain["why"], string>> = {
  budget: "some of them find no node as it is",
  "volume-zone": "no other node in the zone of its volume has room",
  "zone-spread": "its spread over zones allows it on no node with room",
  host: "every other node with room holds one like it",
  room: "no other node has room",
  "larger-than-a-node": "it fits on no node",
};

const finds: Rule = {
  id: "drain-finds-room",
  title: "Each node can be drained: what is evicted finds room elsewhere",
  about:
    "An evicted pod that finds no node keeps its budget spent, and the next is not evicted: the drain hangs until a node is added where the pod may stand. An update of EKS' managed node groups and a surge upgrade of GKE's pools add nodes before they drain; kubectl drain does not.",
  // Whoever adds a node first is not stopped, and no object says how nodes are upgraded.
  severity: advice,
  peers: [],
  check: (subject) => kubernetesPools(subject).flatMap((pool) => inPool(subject, pool)),
};

function inPool(subject: Subject, pool: ReadPart<NodePool>): readonly Finding[] {
  const budgets = budgetsOn(subject, pool);
  if ("verdict" in budgets) return [budgets];
  if (budgets.size === 0) return [];
  const floor = stuckAt("min", subject, pool, budgets);
  if ("verdict" in floor) return [floor];
  const ceiling = stuckAt("max", subject, pool, budgets);
  if ("verdict" in ceiling) return [ceiling];
  const worst = floor.drains.length > 0 ? floor : ceiling;
  if (worst.drains.length === 0) {
    const scaled = ceiling.nodes === floor.nodes ? "" : `, and of ${ceiling.nodes} when scaled out,`;
    return [
      finding(pool.key, {
        ok: true,
        message: `each of ${count(floor.nodes, "node")}${scaled} can be drained`,
        fix: "",
      }),
    ];
  }
  if (madeByKarpenter(subject))
    return [
      finding(pool.key, {
        ok: true,
        message: "where an evicted pod finds no room Karpenter makes a node for it, up to its pool's limits",
        fix: "",
      }),
    ];
  const later =
    worst === floor && ceiling.drains.length > 0 && ceiling.nodes > floor.nodes
      ? `; scaled out ${shareOf(ceiling)}`
      : "";
  return [
    finding(pool.key, {
      ok: false,
      message: `${worst === floor ? "" : "scaled out, "}${said(worst)}${later}`,
      fix: `add a node in the same zone before one is drained${adders(pool)}${kept(worst, pool)}`,
    }),
  ];
}

/** Drains that hang at one end of the scaling. */
interface Stuck extends PoolPods {
  readonly nodes: number;
  readonly drains: readonly BlockedDrain[];
}

function stuckAt(
  end: "min" | "max",
  subject: Subject,
  pool: ReadPart<NodePool>,
  budgets: ReadonlyMap<string, DisruptionBudget>,
): Stuck | Finding {
  const found = poolPods(subject, pool, end);
  if (isFinding(found)) return found;
  const sets = found.question.sets.map((set): PodSet => {
    const budget = budgets.get(set.name);
    return budget === undefined ? set : { ...set, budget };
  });
  const question = { ...found.question, sets };
  const nodes = found.byZone.reduce((sum, each) => sum + each, 0);
  return { ...found, question, nodes, drains: blocked({ ...found, question }) };
}

/** Those that wait for room; a budget that allows none while all pods are up is another rule's. */
function blocked({ question, byZone }: Pick<PoolPods, "question" | "byZone">): readonly BlockedDrain[] {
  const never = question.sets.filter(({ budget, count }) => disruptionsAllowed(budget, count, count) === 0);
  return blockedDrains(question, byZone).filter(({ set }) => never.every(({ name }) => name !== set));
}

/** Of the nodes how many, each once however many of its pods wait. */
function shareOf({ drains, nodes }: Stuck): string {
  return `${new Set(drains.map(({ zone, node }) => `${zone} ${node}`)).size} of ${nodes}`;
}

function said(stuck: Stuck): string {
  const { drains, zones } = stuck;
  const where = [...new Set(drains.map(({ zone }) => zoneName(zones, zone)))].join(", ");
  const sets = new Map(drains.map(({ set, why }) => [set, why]));
  const why = [...sets].map(([set, each]) => `${set.split("/")[1] ?? set}: ${WAITS[each]}`);
  return `${shareOf(stuck)} nodes (in ${where}) cannot be drained, since a pod that is evicted waits and its budget lets no other go; ${why.join("; ")}`;
}

/** What adds a node first where the pool's nodes are. */
function adders(pool: ReadPart<NodePool>): string {
  const platform = textAt(pool, "runtime", "platform");
  if (platform === "eks") return ": an update of a managed node group does, and so does Karpenter";
  return platform === "gke" ? ": a surge upgrade does (max-surge 1, max-unavailable 0)" : "";
}

/** More nodes with which every drain ends. */
function kept(stuck: Stuck, pool: ReadPart<NodePool>): string {
  const { question } = stuck;
  const more = keepMore(stuck, pool, (byZone) => blocked({ question, byZone })[0]?.zone);
  return more === "" ? "" : `; ${more}`;
}

/** Budgets of Parts whose pods may stand there, by the set of pods that each has. */
function budgetsOn(subject: Subject, pool: ReadPart<NodePool>): ReadonlyMap<string, DisruptionBudget> | Finding {
  const { graph } = subject;
  const found = new Map<string, DisruptionBudget>();
  const region = textAt(pool, "region");
  for (const part of onNodes(subject)) {
    if (textAt(part, "region") !== region) continue;
    if (part.kind === "redis-cache") for (const [set, budget] of ofCache(subject, part)) found.set(set, budget);
    if (part.kind !== "replica-group" && part.kind !== "store") continue;
    if (part.kind === "replica-group" && textAt(part, "runtime", "kind") !== "kubernetes") continue;
    const leaf = at(part, "runtime", "disruptionMaxUnavailable");
    if (!leaf.known) return undecided(pool.key, `how many pods of ${part.workload} a drain may take`, leaf);
    if (typeof leaf.value !== "number") continue;
    // The Part has what is allowed at the floor; percents and what must stay allow another number at the ceiling.
    const object = graph.byUrn(leaf.urn);
    const spec = object?.type === BUDGET ? valueAt(object, "spec") : undefined;
    found.set(part.key, asSaid(spec) ?? { maxUnavailable: leaf.value });
  }
  return found;
}

/** Of a cache no Part says what a drain may take: budgets of its members, of those that watch over them, and of its proxies, by the names that podsAt gives them. */
function ofCache(subject: Subject, part: ReadPart): readonly (readonly [string, DisruptionBudget])[] {
  if (textAt(part, "runtime", "kind") !== "sentinel") return [];
  const members = at(part, "topology", "replicas");
  return podMakersOn(subject).flatMap(({ resource, kind, part: key }) => {
    if (key !== part.key) return [];
    const [budget] = budgetsOf(subject.graph, resource);
    const said = budget === undefined ? undefined : asSaid(valueAt(budget, "spec"));
    if (said === undefined) return [];
    if (kind === "Deployment") return [[`${key} proxies`, said] as const];
    return [[members.known && members.urn !== resource.urn ? `${key} sentinels` : key, said] as const];
  });
}

/** undefined: it is said in no such words. */
function asSaid(spec: Value | undefined): DisruptionBudget | undefined {
  if (!isRecord(spec)) return undefined;
  const [most, least] = [amountOf(spec["maxUnavailable"]), amountOf(spec["minAvailable"])];
  if (most !== undefined) return { maxUnavailable: most };
  return least === undefined ? undefined : { minAvailable: least };
}

function amountOf(value: Value | undefined): number | `${number}%` | undefined {
  if (typeof value === "number") return value;
  const percent = typeof value === "string" ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : `${Number(percent)}%`;
}

export const drainRules: readonly Rule[] = [finds];
