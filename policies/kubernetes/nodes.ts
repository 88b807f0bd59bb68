import { pendingPods, podsAtFloor, spreadOverZones } from "../../capacity";
import { listAt, numberAt, textAt, type NodePool, type ReadPart } from "../../model";
import { count, finding, floorOf, partsOf, undecided } from "../finding";
import { advice } from "../rule";
import type { Finding, Rule, Subject } from "../rule";

const KARPENTER = "kubernetes:karpenter.sh/v1:NodePool";
/** More are not tried one by one. */
const MOST_TRIED = 2_000;

const roomAfterLoss: Rule = {
  id: "zone-loss-finds-room",
  title: "Pods of a lost zone find room on the nodes of the others",
  about: "Pods that come back elsewhere wait where no node has room for them, until somebody adds nodes.",
  severity: advice,
  peers: [],
  check: (subject) => {
    const survive = subject.basis?.objectives.survive;
    if (survive !== "zone" && survive !== "region") return [];
    return partsOf(subject.parts, "node-pool")
      .filter((pool) => textAt(pool, "runtime", "kind") === "kubernetes-nodes")
      .flatMap((pool) => inPool(subject, pool));
  },
};

function inPool(subject: Subject, pool: ReadPart<NodePool>): readonly Finding[] {
  const zones = listAt(pool, "placement", "zones")?.length;
  const region = textAt(pool, "region");
  const room = ["cpuMillis", "memoryMiB", "pods"].map((word) => numberAt(pool, "runtime", "allocatable", word));
  const [cpuMillis, memoryMiB, pods] = room;
  const floor = floorOf(pool);
  const carried = [...subject.parts, ...(subject.onSameNodes ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1));
  const sets = region === undefined ? null : podsAtFloor(carried, region);
  if (!floor.known) return [undecided(pool.key, floor.property, floor)];
  if (zones === undefined || cpuMillis === undefined || memoryMiB === undefined || pods === undefined || sets === null)
    return [undecided(pool.key, "what its nodes hold, or the pods on them,", { why: "elsewhere" })];
  if (zones < 2) return [];
  const all = sets.reduce((sum, set) => sum + set.count, 0);
  if (all > MOST_TRIED) return [undecided(pool.key, `where each of ${all} pods stands`, { why: "after-deploy" })];
  const question = { sets, node: { cpuMillis, memoryMiB, pods }, zones };
  const nodes = spreadOverZones(floor.value, zones);
  const waiting = pendingPods(question, nodes, 1).filter(
    ({ moment, why }) => moment === "zones-lost" && (why === "room" || why === "host"),
  );
  // Of Karpenter's: nodes are made for whoever waits.
  if (waiting.length > 0 && subject.graph.ofType(KARPENTER).length > 0)
    return [
      finding(pool.key, {
        ok: true,
        message: "with a zone lost pods wait for nodes that Karpenter makes, up to its pool's limits",
        fix: "",
      }),
    ];
  const enough = Math.ceil((floor.value * zones) / (zones - 1));
  const left = floor.value - Math.max(...nodes);
  const told = waiting.map((each) => `${each.count} of ${each.set.split("/")[1] ?? each.set}`).join(", ");
  return [
    finding(pool.key, {
      ok: waiting.length === 0,
      message:
        waiting.length === 0
          ? `with a zone lost its ${count(left, "node")} hold every pod that comes back`
          : `with a zone lost ${count(left, "node")} are left, and pods wait for more: ${told}`,
      fix: `let nodes be added (Cluster Autoscaler, Karpenter), or keep ${enough}`,
    }),
  ];
}

export const nodeRules: readonly Rule[] = [roomAfterLoss];
