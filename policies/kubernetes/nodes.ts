import { pendingPods, spreadOverZones, type PackingQuestion, type PendingPods } from "../../capacity";
import type { NodePool, ReadPart } from "../../model";
import { count, finding } from "../finding";
import { advice } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { isFinding, kubernetesPools, madeByKarpenter, moreUsd, poolPods } from "./pool-pods";

const roomAfterLoss: Rule = {
  id: "zone-loss-finds-room",
  title: "Pods of a lost zone find room on the nodes of the others",
  about: "Pods that come back elsewhere wait where no node has room for them, until somebody adds nodes.",
  severity: advice,
  peers: [],
  check: (subject) => {
    const survive = subject.basis?.objectives.survive;
    if (survive !== "zone" && survive !== "region") return [];
    return kubernetesPools(subject).flatMap((pool) => inPool(subject, pool));
  },
};

function inPool(subject: Subject, pool: ReadPart<NodePool>): readonly Finding[] {
  const found = poolPods(subject, pool, "min");
  if (isFinding(found)) return [found];
  const { question, byZone } = found;
  const { zones } = question;
  if (zones < 2) return [];
  const waiting = waitingIn(question, byZone);
  // Of Karpenter's: nodes are made for whoever waits.
  if (waiting.length > 0 && madeByKarpenter(subject))
    return [
      finding(pool.key, {
        ok: true,
        message: "with a zone lost pods wait for nodes that Karpenter makes, up to its pool's limits",
        fix: "",
      }),
    ];
  const all = byZone.reduce((sum, nodes) => sum + nodes, 0);
  const enough = waiting.length === 0 ? undefined : enoughOf(question, all);
  const left = all - Math.max(...byZone);
  const told = waiting.map((each) => `${each.count} of ${each.set.split("/")[1] ?? each.set}`).join(", ");
  return [
    finding(pool.key, {
      ok: waiting.length === 0,
      message:
        waiting.length === 0
          ? `with a zone lost its ${count(left, "node")} hold every pod that comes back`
          : `with a zone lost ${count(left, "node")} are left, and pods wait for more: ${told}`,
      fix: `let nodes be added (Cluster Autoscaler, Karpenter)${enough === undefined ? "" : `, or keep ${enough}${moreUsd(pool, enough - all)}`}`,
    }),
  ];
}

/** Pods that find no room, any one zone lost. */
function waitingIn(question: PackingQuestion, byZone: readonly number[]): readonly PendingPods[] {
  return pendingPods(question, byZone, 1).filter(
    ({ moment, why }) => moment === "zones-lost" && (why === "room" || why === "host"),
  );
}

/** Nodes, spread evenly, on which none wait any more, found by halving; undefined: not twice as many either. */
function enoughOf(question: PackingQuestion, all: number): number | undefined {
  const holds = (nodes: number) => waitingIn(question, spreadOverZones(nodes, question.zones)).length === 0;
  let [few, enough] = [all, 2 * all + question.zones];
  if (!holds(enough)) return undefined;
  while (enough - few > 1) {
    const between = Math.floor((few + enough) / 2);
    if (holds(between)) enough = between;
    else few = between;
  }
  return enough;
}

export const nodeRules: readonly Rule[] = [roomAfterLoss];
