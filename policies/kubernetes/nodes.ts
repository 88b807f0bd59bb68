import { pendingPods } from "../../capacity";
import type { NodePool, ReadPart } from "../../model";
import { count, finding } from "../finding";
import { advice } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { isFinding, kubernetesPools, madeByKarpenter, poolPods } from "./pool-pods";

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
  const waiting = pendingPods(question, byZone, 1).filter(
    ({ moment, why }) => moment === "zones-lost" && (why === "room" || why === "host"),
  );
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
  const enough = Math.ceil((all * zones) / (zones - 1));
  const left = all - Math.max(...byZone);
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
