import {
  asReading,
  plain,
  wordOfSystem,
  type NodeFacts,
  type NodePool,
  type Part,
  type ReadPart,
  type Request,
} from "../../model";
import { nodePoolsOf, nodesHoldBurst } from "../node-pools";
import type { PartPlanner, SomeParts } from "../part-planner";
import { lackedAddons } from "./addons";
import { memberAlerts, membersNeeded, podAlerts } from "./alert-plan";
import { planMembers } from "./cache-plan";
import { planPods } from "./group-plan";
import { clusterOfRequest } from "./cluster-of-request";
import { podObjectives } from "./slo-plan";
import { planDoor } from "./door-plan";
import { nodeMaker } from "./karpenter";
import { nodeFactsOf } from "./nodes";
import { lackedPullSecrets } from "./pull-secrets";
import { podLag } from "./scaler-lag";
import { podQueues } from "./queues";
import { podsTooLarge } from "./shortage";
import { planStore } from "./store-plan";

/** Kinds of Part that may have pods: the others need no reading to be counted. */
const withPods: ReadonlySet<Part["kind"]> = new Set(["replica-group", "redis-cache", "store"]);

const none: SomeParts = { parts: [], reasons: [], infeasible: [] };

function read(parts: readonly Part[]): readonly ReadPart[] {
  return parts.filter(({ kind }) => withPods.has(kind)).map((part) => asReading(part));
}

/** A plan's Parts in clusters of Kubernetes. */
export const kubernetesParts: PartPlanner = {
  // The cluster is there.
  ground: () => none,
  scalerLag: podLag,
  // What Karpenter makes it takes away again: no room is counted on.
  holdsBurst: (request, parts, nodes) =>
    nodeMaker(clusterOfRequest(request)) === "karpenter" ||
    nodesHoldBurst(read(parts), request.region, nodes?.[request.region], request.load.burst.factor),
  queues: podQueues,
  group: planPods,
  door: planDoor,
  serviceAlerts: (request, count, group) => [
    ...podObjectives(request, count, group),
    ...podAlerts(request, count, group),
  ],
  cache: planMembers,
  store: planStore,
  surroundings(request, parts, nodes) {
    const pools = nodePoolsOf(read(parts), nodes);
    const alerts = parts.flatMap((part) => {
      if (part.kind === "redis-cache") return memberAlerts(request, part, membersNeeded(part));
      // Any member answers reads; who takes the writes is the store's own business.
      return part.kind === "store" ? memberAlerts(request, part, 1) : [];
    });
    return [...alerts, ...pools.map((pool) => plain(pool) as NodePool)];
  },
  shortage: podsTooLarge,
  lacks: (request, counts, parts) => [...lackedPullSecrets(request, parts), ...lackedAddons(request, counts, parts)],
  nodes: nodesOf,
};

function nodesOf(request: Request): Readonly<Record<string, NodeFacts>> {
  return { [request.region]: nodeFactsOf(clusterOfRequest(request), request.region, wordOfSystem(request, "nodes")) };
}
