import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import type { Claim, Leaf, PartKey, Resource, ResourceGraph } from "../../model";
import { asNumber, leafAt, valueAt } from "../leaf.read";
import { budgetsOf, readCount, readDisruption, type CountRead } from "./count.read";
import { podLabels, readHosts } from "./pod-placement.read";
import { readPod, type PodRead } from "./pod.read";
import { choosers, chooses, selects } from "./scope.read";

const SERVICE = "kubernetes:core/v1:Service";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** How a cluster looks after pods, whichever object makes them. */
interface KeptPods {
  readonly cpuLimitMillis: Leaf<number | null>;
  readonly memoryLimitMiB: Leaf<number | null>;
  readonly disruptionMaxUnavailable: Leaf<number | null>;
  readonly hosts: Leaf<"hard" | "preferred" | "any">;
  readonly minReadySeconds: Leaf<number>;
  readonly stopDelaySeconds: Leaf<number>;
}

/** An object that makes pods, with what selects them or is named by them. */
export interface PodOwnerRead {
  readonly pod: PodRead;
  readonly count: CountRead;
  readonly services: readonly Resource[];
  readonly kept: KeptPods;
  /** Claims of a Part: what sets its fields, and what stands beside it; what another reader has is not claimed again. */
  readonly claims: (also?: {
    readonly fields?: readonly Resource[];
    readonly beside?: readonly Resource[];
  }) => readonly Claim[];
}

/** One for which a cloud makes a balancer is a door, and read as such. */
const isInside = (service: Resource): boolean => valueAt(service, "spec", "type") !== "LoadBalancer";

/** Reads what a Deployment and a StatefulSet have alike. */
export function readPodOwner(
  graph: ResourceGraph,
  owner: Resource,
  key: PartKey,
  claimed: ReadonlySet<string>,
): PodOwnerRead {
  const pod = readPod(graph, owner, key);
  const count = readCount(graph, owner);
  const budgets = budgetsOf(graph, owner);
  const labels = podLabels(owner);
  const services = choosers(graph, owner, { type: SERVICE, property: "selector", how: chooses }, labels);
  const policies = choosers(graph, owner, { type: POLICY, property: "podSelector", how: selects }, labels);
  return {
    pod,
    count,
    services,
    kept: {
      cpuLimitMillis: pod.cpuLimitMillis,
      memoryLimitMiB: pod.memoryLimitMiB,
      disruptionMaxUnavailable: readDisruption(budgets, count.floor, owner),
      hosts: readHosts(owner),
      minReadySeconds: leafAt(owner, ["spec", "minReadySeconds"], asNumber, {
        default: kubernetesDefaults.minReadySeconds.value,
      }),
      stopDelaySeconds: pod.stopDelaySeconds,
    },
    claims: ({ fields = [], beside = [] } = {}) => [
      ...[...policies, ...beside, ...pod.named]
        .filter(({ urn }) => !claimed.has(urn))
        .map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" })),
      ...[owner, ...count.autoscalers, ...budgets, ...services.filter(isInside), ...fields].map(({ urn }): Claim => ({
        urn,
        part: key,
        carries: "fields",
      })),
    ],
  };
}
