import { stuckRollouts, type StuckRollout } from "../../capacity";
import { inside, listOf } from "../../components/leaf.read";
import { numberAt, type NodePool, type PartKey, type ReadPart } from "../../model";
import { count, finding } from "../finding";
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
  type PoolPods,
} from "./pool-pods";
import { isHard, isZone, ownConstraints } from "./spread";

/** The label of a Deployment's pods that tells revisions apart. */
const REVISION = "pod-template-hash";

const finds: Rule = {
  id: "rollout-finds-room",
  title: "A rollout finds room for each new pod in the zone where it must stand",
  about:
    "Where a hard spread counts new pods alone (matchLabelKeys), room that an old pod left in one zone is of no use to a new one that must stand in another: it waits, no old one goes before it is up, and the rollout stands still until somebody adds a node there. Which old pod goes is not for a manifest to say.",
  // A Cluster Autoscaler adds one, and no object says whether there is one.
  severity: advice,
  peers: [],
  check: (subject) => kubernetesPools(subject).flatMap((pool) => inPool(subject, pool)),
};

function inPool(subject: Subject, pool: ReadPart<NodePool>): readonly Finding[] {
  if (onNodes(subject).every((part) => (numberAt(part, "rollout", "surge") ?? 0) === 0)) return [];
  const floor = stuckAt("min", subject, pool);
  if ("verdict" in floor) return [floor];
  const ceiling = stuckAt("max", subject, pool);
  if ("verdict" in ceiling) return [ceiling];
  const worst = floor.stuck.length > 0 ? floor : ceiling;
  if (worst.stuck.length === 0) {
    const scaled = ceiling.nodes === floor.nodes ? "" : `, and on ${ceiling.nodes} when scaled out`;
    const message = `each rollout finds room on ${count(floor.nodes, "node")}${scaled}`;
    return [finding(pool.key, { ok: true, message, fix: "" })];
  }
  if (madeByKarpenter(subject)) {
    const message = "where a new pod finds no room Karpenter makes a node for it, up to its pool's limits";
    return [finding(pool.key, { ok: true, message, fix: "" })];
  }
  const { question } = worst;
  const sets = worst.stuck.map(({ set }) => set.split("/")[1] ?? set).join(", ");
  // Which zones hold one pod more than the others is the scheduler's choice.
  const lackedIn = (byZone: readonly number[]) => stuckRollouts(question, byZone)[0]?.zones[0];
  const more = keepMore(worst, pool, lackedIn, "where most of its pods are");
  return [
    finding(pool.key, {
      ok: false,
      message: `${worst === floor ? "" : "scaled out, "}on ${count(worst.nodes, "node")} a rollout may stand still: the next new pod of ${sets} may have to stand in a zone where no node has room, and no old one goes before it is up`,
      fix: `let nodes be added (Cluster Autoscaler, Karpenter)${more === "" ? "" : `, ${more}`}`,
    }),
  ];
}

interface Stuck extends PoolPods {
  readonly nodes: number;
  readonly stuck: readonly StuckRollout[];
}

function stuckAt(end: "min" | "max", subject: Subject, pool: ReadPart<NodePool>): Stuck | Finding {
  const found = poolPods(subject, pool, end);
  if (isFinding(found)) return found;
  const apart = countedByRevision(subject);
  const missing = new Map(onNodes(subject).map((part) => [part.key, numberAt(part, "rollout", "unavailable") ?? 0]));
  const sets = found.question.sets.map((set) => {
    const [key] = set.name.split(" ") as [PartKey];
    const { zoneSpread } = set;
    const byRevision = zoneSpread.kind === "hard" && apart.has(key);
    return {
      ...set,
      maxUnavailable: missing.get(key) ?? 0,
      zoneSpread: byRevision ? { ...zoneSpread, byRevision } : zoneSpread,
    };
  });
  const question = { ...found.question, sets };
  const nodes = found.byZone.reduce((sum, each) => sum + each, 0);
  return { ...found, question, nodes, stuck: stuckRollouts(question, found.byZone) };
}

/** Parts of which a hard spread over zones counts the pods of one revision alone. */
function countedByRevision(subject: Subject): ReadonlySet<PartKey | null> {
  return new Set(
    podMakersOn(subject).flatMap((workload) => {
      const constraints = ownConstraints(workload, inside(workload.pod, "spec"));
      const counted = constraints.some(
        (each) =>
          isHard(each) &&
          isZone(inside(each, "topologyKey")) &&
          listOf(inside(each, "matchLabelKeys")).includes(REVISION),
      );
      return counted ? [workload.part] : [];
    }),
  );
}

export const rolloutRules: readonly Rule[] = [finds];
