import { pendingPods, type PodSet } from "../../capacity";
import { spreadOverZones } from "../../capacity/zone-count";
import type { NodePool, Plan, ReplicaGroup } from "../../model";
import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";
import { casesOf, placedCases, type Promised } from "./harness/cases";
import type { KubernetesObject } from "./harness/objects";
import type { NodeShape } from "./harness/nodes";
import { clusterSuite } from "./harness/suite";
import type { Workload } from "./harness/workload";

/** What is there before a stack is: where it is told that a namespace or a priority class exists. */
const existing: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "serving" } },
  { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "serving" }, value: 1000 },
];

/** What the Parts of a plan say of its pods and nodes. */
function promisedOf({ parts }: Plan, objects: readonly KubernetesObject[]): Promised {
  const groups = parts.filter((part) => part.kind === "replica-group");
  const nodes = nodesOf(parts.find((part) => part.kind === "node-pool")!);
  const question = { sets: groups.map(podSetOf), node: { pods: 110, ...nodes }, zones: nodes.zones.length };
  const waiting = pendingPods(question, nodes.perZone, 1);
  const workloads = groups.map((group): Workload => {
    const { workload, rollout, runtime } = group;
    if (runtime.kind !== "kubernetes") throw new Error("pods are of Kubernetes");
    const built = objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === workload)!;
    const { count } = podSetOf(group);
    return {
      kind: "Deployment",
      namespace: built.metadata.namespace!,
      name: workload,
      perZone: spreadOverZones(count, nodes.zones.length),
      rolling: count - rollout.unavailable,
      draining: count - (runtime.disruptionMaxUnavailable ?? count),
      healed: count - (waiting.find(({ set, moment }) => set === workload && moment === "zones-lost")?.count ?? 0),
    };
  });
  return { objects, nodes, workloads };
}

/** The machines that the plan counts, as even over the zones as they go. */
function nodesOf({ placement, scaling, runtime }: NodePool): NodeShape & { readonly perZone: readonly number[] } {
  if (placement.kind !== "zonal" || scaling.kind !== "range" || runtime.kind !== "kubernetes-nodes")
    throw new Error("nodes of Kubernetes are zonal and counted");
  const { zones } = placement;
  return { zones, perZone: spreadOverZones(scaling.min, zones.length), ...runtime.allocatable };
}

/** A group at its floor, as the scheduler meets it. */
function podSetOf({ workload, scaling, size, rollout, placement }: ReplicaGroup): PodSet {
  if (placement.kind !== "zonal") throw new Error("pods are zonal");
  return {
    name: workload,
    ...size,
    count: scaling.kind === "fixed" ? scaling.count : scaling.min,
    surge: rollout.surge,
    zoneSpread: placement.spread === "hard" ? { kind: "hard", taints: "honor" } : { kind: "soft" },
    hosts: "preferred",
  };
}

/** The first goes through everything; of the others what differs is what is applied. */
describe.each(stacks.map(([name, record], index) => [name, record, index === 0 ? casesOf : placedCases] as const))(
  "%s",
  (name, record, cases) => {
    clusterSuite("what is built on Kubernetes", (cluster) => {
      let promised: Promised | undefined;
      beforeAll(async () => {
        const { plan, resources } = await record();
        const { objects } = renderedObjects(name, resources);
        promised = promisedOf(plan, [
          ...existing,
          ...objects.map(({ content }) => content as unknown as KubernetesObject),
        ]);
      });
      cases(cluster, () => promised!);
    });
  },
);
