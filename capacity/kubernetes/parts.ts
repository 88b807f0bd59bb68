import type { NodeFacts } from "../../model";
import type { PartPlanner, SomeParts } from "../part-planner";
import { planMembers } from "./cache-plan";
import { clusterOfRequest, planPods } from "./group-plan";
import { nodeFactsOf } from "./nodes";

const none: SomeParts = { parts: [], reasons: [], infeasible: [] };

/** A plan's Parts in clusters of Kubernetes. */
export const kubernetesParts: PartPlanner = {
  // The cluster is there.
  ground: () => none,
  group: planPods,
  door: () => null,
  serviceAlerts: () => [],
  cache: planMembers,
  surroundings: () => none,
  shortage: () => [],
  nodes(request): Readonly<Record<string, NodeFacts>> {
    return { [request.region]: nodeFactsOf(clusterOfRequest(request), request.region) };
  },
};
