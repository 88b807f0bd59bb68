import type { Cluster, Pod } from "./cluster";
import { called, type KubernetesObject } from "./objects";
import { waitFor } from "./wait";

/** A Deployment or StatefulSet, and how many of its pods are to be Ready when. */
export interface Workload {
  readonly kind: "Deployment" | "StatefulSet";
  readonly namespace: string;
  readonly name: string;
  /** Pods in each zone, with nothing lost. */
  readonly byZone: Readonly<Record<string, number>>;
  /** The fewest that serve: a drain or a rollout never leaves less. */
  readonly need: number;
  /** Ready in the moment that a zone is lost, before anything is started anew: by the zone lost. */
  readonly survivors: Readonly<Record<string, number>>;
  /** Ready again after a zone was lost for good and the scheduler did what it can: by the zone lost. */
  readonly healed: Readonly<Record<string, number>>;
}

/** Pods with nothing lost. */
export function total({ byZone }: Workload): number {
  return Object.values(byZone).reduce((sum, each) => sum + each, 0);
}

export function referenceOf({ kind, namespace, name }: Workload): KubernetesObject {
  return { apiVersion: "apps/v1", kind, metadata: { namespace, name } };
}

/** The labels that its pods are selected by. */
export async function labelsOf(cluster: Cluster, workload: Workload): Promise<Readonly<Record<string, string>>> {
  const found = await cluster.client.get(referenceOf(workload));
  if (found === null) throw new Error(`there is no ${called(referenceOf(workload))}`);
  return found["spec"].selector.matchLabels;
}

export async function podsOf(cluster: Cluster, workload: Workload): Promise<readonly Pod[]> {
  return cluster.pods(workload.namespace, await labelsOf(cluster, workload));
}

/** Ready pods in each zone that has some. */
export async function readyByZone(cluster: Cluster, workload: Workload): Promise<Readonly<Record<string, number>>> {
  const zones = (await podsOf(cluster, workload)).filter(({ ready }) => ready).map(({ zone }) => zone ?? "nowhere");
  return Object.fromEntries(
    [...new Set(zones)].sort().map((zone) => [zone, zones.filter((each) => each === zone).length]),
  );
}

/** Returns when so many are Ready, and no pod beside them. */
export async function settled(cluster: Cluster, workload: Workload, ready: number, withinMs = 60_000): Promise<void> {
  await waitFor(
    `${workload.name} has ${ready} pods, all Ready`,
    async () => {
      const pods = await podsOf(cluster, workload);
      return pods.length === ready && pods.every((pod) => pod.ready) && (await rolledOut(cluster, workload));
    },
    { withinMs, last: () => found(cluster, workload) },
  );
}

/** Everything that was asked of it is done: the generation that was applied is the one that runs. */
async function rolledOut(cluster: Cluster, workload: Workload): Promise<boolean> {
  const { metadata, spec, status } = await cluster.client.call<Rollout>(
    "GET",
    await cluster.client.pathOf(referenceOf(workload)),
  );
  return (
    status.observedGeneration === metadata.generation &&
    (status.updatedReplicas ?? 0) === (spec.replicas ?? 1) &&
    (status.currentRevision === undefined || status.currentRevision === status.updateRevision)
  );
}

interface Rollout {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas?: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
  };
}

/** Its pods in words. */
export async function found(cluster: Cluster, workload: Workload): Promise<string> {
  const pods = await podsOf(cluster, workload);
  return `found: ${pods.map((pod) => `${pod.name} ${pod.ready ? `Ready on ${pod.node}` : (pod.unscheduled ?? "not Ready")}`).join("; ") || "no pod"}`;
}
