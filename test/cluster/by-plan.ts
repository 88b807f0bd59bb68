import { spreadOverZones } from "../../capacity/zone-count";
import {
  scalingCeiling,
  scalingFloor,
  type NodePool,
  type Part,
  type Plan,
  type RedisCache,
  type Resource,
  type Scaling,
} from "../../model";
import { renderedObjects, type RenderedObject } from "../../preview/render/objects";
import { previewed, type Printed } from "./as-printed";
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

/** Floors, or ceilings of what scales. */
type End = "floor" | "ceiling";

/** What a preview says of the pods and nodes of a region, to its floors and to its ceilings, and the objects that it is about. */
export interface Previewed {
  readonly at: (end: End) => Promised;
  readonly printed: Printed;
}

/** A program as it was recorded: its Parts, the nodes that these share, what is printed of them, and its objects in the cluster of the region. */
export function previewedIn(region: string, stack: string, resources: readonly Resource[]): Previewed {
  const { plan, printed } = previewed(stack, resources, region);
  const { objects, mistakes } = renderedObjects(stack, resources);
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  const there = objects.find(({ content }) => JSON.stringify(content).includes(`"${region}a"`));
  const own = contents(objects, there?.cluster);
  return { at: (end) => promisedOf(plan, region, own, printed, end), printed };
}

/** What a plan's Parts say of the pods and nodes of a region, and the preview of what waits there. */
export function promisedOf(
  { parts, nodes: facts }: Pick<Plan, "parts" | "nodes">,
  region: string,
  objects: readonly KubernetesObject[],
  printed: Pick<Printed, "waiting" | "hanging"> = { waiting: {}, hanging: { floor: 0, ceiling: 0 } },
  end: End = "floor",
): Promised {
  const here = parts.filter((part) => part.region === region);
  const pool = here.find((part) => part.kind === "node-pool")!;
  // Before DaemonSets have taken theirs: their pods take it there too.
  const nodes = { ...nodesOf(pool, end), ...facts?.[region]?.daemons?.before };
  const named = (kind: Workload["kind"], name: string) => ({
    kind,
    name,
    namespace: objects.find((each) => each.kind === kind && each.metadata.name === name)!.metadata.namespace!,
  });
  return {
    objects: [...existing, ...objects],
    nodes,
    workloads: workloadsOf(here, nodes.zones.length, named, printed.waiting, end),
    hanging: printed.hanging[end],
  };
}

/** Only a cache of a plan, on one node a zone. */
export function cacheOf({ parts }: Plan, name: string, objects: readonly KubernetesObject[]): Promised {
  const part = parts.find((each) => each.kind === "redis-cache" && each.workload === name) as RedisCache;
  const own = objects.filter(
    ({ kind, metadata }) => ["Namespace", "StorageClass"].includes(kind) || metadata.name.startsWith(name),
  );
  const whole = promisedOf({ parts }, part.region, objects);
  return {
    objects: [...existing, ...own],
    nodes: { ...whole.nodes, perZone: 2 },
    workloads: whole.workloads.filter((workload) => workload.name.startsWith(name)),
  };
}

type Sized = NodeShape & { readonly perZone: readonly number[] };
type Name = (kind: Workload["kind"], name: string) => Pick<Workload, "kind" | "name" | "namespace">;

function workloadsOf(
  parts: readonly Part[],
  zones: number,
  named: Name,
  waiting: Printed["waiting"],
  end: End,
): readonly Workload[] {
  const counted = (count: number) => ({ perZone: spreadOverZones(count, zones) });
  return parts.flatMap((part): readonly Workload[] => {
    const waits = waiting[part.workload] ?? 0;
    if (part.kind === "replica-group") {
      const { workload, rollout, runtime, scaling } = part;
      if (runtime.kind !== "kubernetes") throw new Error(`${workload}: not of Kubernetes`);
      const count = countAt(scaling, end);
      return [
        {
          ...named("Deployment", workload),
          ...counted(count),
          rolling: count - rollout.unavailable,
          draining: count - (runtime.disruptionMaxUnavailable ?? count),
          healed: count - waits,
        },
      ];
    }
    if (part.kind === "store") {
      const count = countAt(part.scaling, end);
      const draining = count - (part.runtime.disruptionMaxUnavailable ?? count);
      return [
        {
          ...named("StatefulSet", part.workload),
          ...counted(count),
          rolling: count - 1,
          draining,
          healed: "survivors",
        },
      ];
    }
    if (part.kind !== "redis-cache") return [];
    const { topology, workload } = part;
    // One at a time; those with an identity wait for the node that they were on, proxies do not.
    const stays = (name: string, count: number): Workload => ({
      ...named("StatefulSet", name),
      ...counted(count),
      rolling: count - 1,
      draining: count - 1,
      healed: "survivors",
    });
    if (topology.kind !== "replicated") return [stays(workload, 1)];
    const proxies = { ...counted(3), rolling: 3, draining: 2, healed: 3 - waits };
    return [
      stays(workload, 1 + topology.replicas),
      stays(`${workload}-sentinel`, 3),
      { ...named("Deployment", `${workload}-proxy`), ...proxies },
    ];
  });
}

function countAt(scaling: Scaling, end: End): number {
  return end === "floor" ? scalingFloor(scaling) : scalingCeiling(scaling);
}

/** The machines that the plan counts, as even over the zones as they go. */
function nodesOf({ placement, scaling, runtime }: NodePool, end: End): Sized {
  if (placement.kind !== "zonal" || runtime.kind !== "kubernetes-nodes")
    throw new Error("nodes of Kubernetes are zonal");
  const { zones } = placement;
  return { zones, perZone: spreadOverZones(countAt(scaling, end), zones.length), ...runtime.allocatable };
}
