import type { NodePool, Resource, ResourceGraph } from "../../model";
import { CONFIGURATION, TEMPLATE } from "./machine.read";
import { asText, inside, listOf } from "./leaf.read";

const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
/** What the EKS guide asks on machines that join a cluster by themselves. */
const KUBERNETES_TAG = /^(kubernetes\.io\/cluster\/|k8s\.io\/cluster-autoscaler\/)/;

/** Whose containers an auto-scaling group's machines carry; null: they are replicas themselves. */
export function carriedBy(
  graph: ResourceGraph,
  group: Resource,
): Exclude<NodePool["runtime"]["kind"], "kubernetes-nodes"> | null {
  if (graph.referrers(group, "autoScalingGroupProvider", CAPACITY_PROVIDER).length > 0) return "ecs-capacity";
  const tags = listOf(group.inputs["tags"]).map((tag) => asText(inside(tag, "key") ?? null) ?? "");
  if (tags.some((key) => KUBERNETES_TAG.test(key))) return "eks-self-managed";
  return joinedCluster(graph, group) === undefined ? null : "ecs-capacity";
}

/** The ECS cluster that the machines' start script names; undefined where it names none, or cannot be read. */
export function joinedCluster(graph: ResourceGraph, group: Resource): string | undefined {
  const sources = [
    ...graph.referenced(group, "launchTemplate", TEMPLATE),
    ...graph.referenced(group, "mixedInstancesPolicy", TEMPLATE),
    ...graph.referenced(group, "launchConfiguration", CONFIGURATION),
  ];
  for (const { inputs } of sources) {
    for (const property of ["userData", "userDataBase64"]) {
      const script = inputs[property];
      if (typeof script !== "string") continue;
      const text = script.includes("ECS_CLUSTER") ? script : Buffer.from(script, "base64").toString("utf8");
      const cluster = /ECS_CLUSTER=["']?([A-Za-z0-9_-]+)/.exec(text)?.[1];
      if (cluster !== undefined) return cluster;
    }
  }
  return undefined;
}
