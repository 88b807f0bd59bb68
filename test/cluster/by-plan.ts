import { pendingPods, type PodSet } from "../../capacity";
import { spreadOverZones } from "../../capacity/zone-count";
import type { NodePool, Part, Plan, RedisCache, ReplicaGroup } from "../../model";
import type { RenderedObject } from "../../preview/render/objects";
import type { Promised } from "./harness/cases";
import type { NodeShape } from "./harness/nodes";
import type { KubernetesObject } from "./harness/objects";
import type { Workload } from "./harness/workload";

/** What is there before a stack is: where it is told that a namespace, a priority class or a class of volumes exists. */
export const existing: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "serving" } },
  { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "serving" }, value: 1000 },
  volumesOf("fast"),
  volumesOf("standard", { "storageclass.kubernetes.io/is-default-class": "true" }),
];

function volumesOf(name: string, annotations: Readonly<Record<string, string>> = {}): KubernetesObject {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name, annotations },
    provisioner: "disks.example.com",
    volumeBindingMode: "WaitForFirstConsumer",
  };
}

/** The objects of one cluster. */
export function contents(objects: readonly RenderedObject[], cluster?: string): readonly KubernetesObject[] {
  return objects
    .filter((object) => cluster === undefined || object.cluster === cluster)
    .map(({ content }) => content as unknown as KubernetesObject);
}

/** What a plan's Parts say of the pods and nodes of a region. */
export function promisedOf({ parts }: Plan, region: string, objects: readonly KubernetesObject[]): Promised {
  const here = parts.filter((part) => part.region === region);
  const nodes = nodesOf(here.find((part) => part.kind === "node-pool")!);
  const named = (kind: Workload["kind"], name: string) => ({
    kind,
    name,
    namespace: objects.find((each) => each.kind === kind && each.metadata.name === name)!.metadata.namespace!,
  });
  return { objects: [...existing, ...objects], nodes, workloads: workloadsOf(here, nodes, named) };
}

/** Only a cache of a plan, on one node a zone. */
export function cacheOf({ parts }: Plan, name: string, objects: readonly KubernetesObject[]): Promised {
  const part = parts.find((each) => each.kind === "redis-cache" && each.workload === name) as RedisCache;
  const own = objects.filter(
    ({ kind, metadata }) => ["Namespace", "StorageClass"].includes(kind) || metadata.name.startsWith(name),
  );
  const whole = promisedOf({ parts } as Plan, part.region, objects);
  return {
    objects: [...existing, ...own],
    nodes: { ...whole.nodes, perZone: 2 },
    workloads: whole.workloads.filter((workload) => workload.name.startsWith(name)),
  };
}

type Sized = NodeShape & { readonly perZone: readonly number[] };
type Name = (kind: Workload["kind"], name: string) => Pick<Workload, "kind" | "name" | "namespace">;

function workloadsOf(parts: readonly Part[], nodes: Sized, named: Name): readonly Workload[] {
  const groups = parts.filter((part) => part.kind === "replica-group");
  const caches = parts.filter((part) => part.kind === "redis-cache");
  const stores = parts.filter((part) => part.kind === "store");
  const question = { sets: groups.map(podSetOf), node: { pods: 110, ...nodes }, zones: nodes.zones.length };
  const waiting = pendingPods(question, nodes.perZone, 1).filter(({ moment }) => moment === "zones-lost");
  const zones = nodes.zones.length;
  return [
    ...groups.map((group): Workload => {
      const { workload, rollout, runtime } = group;
      if (runtime.kind !== "kubernetes") throw new Error(`${workload}: not of Kubernetes`);
      const { count } = podSetOf(group);
      return {
        ...named("Deployment", workload),
        perZone: spreadOverZones(count, zones),
        rolling: count - rollout.unavailable,
        draining: count - (runtime.disruptionMaxUnavailable ?? count),
        healed: count - (waiting.find(({ set }) => set === workload)?.count ?? 0),
      };
    }),
    ...stores.map((store): Workload => {
      const count = floorOf(store);
      return {
        ...named("StatefulSet", store.workload),
        perZone: spreadOverZones(count, zones),
        rolling: count - 1,
        draining: count - (store.runtime.disruptionMaxUnavailable ?? count),
        healed: "survivors",
      };
    }),
    ...caches.flatMap((cache): readonly Workload[] => {
      if (cache.topology.kind !== "replicated") throw new Error(`${cache.workload}: not of members and Sentinels`);
      // One at a time; those with an identity wait for the node that they were on, proxies do not.
      const stays = (name: string, count: number): Workload => ({
        ...named("StatefulSet", name),
        perZone: spreadOverZones(count, zones),
        rolling: count - 1,
        draining: count - 1,
        healed: "survivors",
      });
      return [
        stays(cache.workload, 1 + cache.topology.replicas),
        stays(`${cache.workload}-sentinel`, 3),
        { ...named("Deployment", `${cache.workload}-proxy`), perZone: [1, 1, 1], rolling: 3, draining: 2, healed: 3 },
      ];
    }),
  ];
}

/** The machines that the plan counts, as even over the zones as they go. */
function nodesOf({ placement, scaling, runtime }: NodePool): Sized {
  if (placement.kind !== "zonal" || scaling.kind !== "range" || runtime.kind !== "kubernetes-nodes")
    throw new Error("nodes of Kubernetes are zonal and counted");
  const { zones } = placement;
  return { zones, perZone: spreadOverZones(scaling.min, zones.length), ...runtime.allocatable };
}

function floorOf({ scaling }: Pick<ReplicaGroup, "scaling">): number {
  return scaling.kind === "fixed" ? scaling.count : scaling.min;
}

/** A group at its floor, as the scheduler meets it. */
function podSetOf({ workload, scaling, size, rollout, placement }: ReplicaGroup): PodSet {
  if (placement.kind !== "zonal") throw new Error("pods are zonal");
  return {
    name: workload,
    ...size,
    count: floorOf({ scaling }),
    surge: rollout.surge,
    zoneSpread: placement.spread === "hard" ? { kind: "hard", taints: "honor" } : { kind: "soft" },
    hosts: "preferred",
  };
}
