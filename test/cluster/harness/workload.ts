import type { Cluster, Pod } from "./cluster";
import { called, type KubernetesObject } from "./objects";
import { waitFor } from "./wait";

/** A Deployment or StatefulSet. */
export interface Named {
  readonly kind: "Deployment" | "StatefulSet";
  readonly namespace: string;
  readonly name: string;
}

/** How many of its pods are to be where, and Ready when. */
export interface Workload extends Named {
  /** Pods in the zones with nothing lost, the fullest first: which zone that is, the scheduler chooses. */
  readonly perZone: readonly number[];
  /** Fewer are never Ready while it rolls out, and while a node drains. */
  readonly rolling: number;
  readonly draining: number;
  /** Ready again after a zone is lost for good, at least; survivors: those that were elsewhere, for disks stay in their zone. */
  readonly healed: number | "survivors";
}

/** Pods with nothing lost. */
export function total({ perZone }: Workload): number {
  return perZone.reduce((sum, each) => sum + each, 0);
}

export function referenceOf({ kind, namespace, name }: Named): KubernetesObject {
  return { apiVersion: "apps/v1", kind, metadata: { namespace, name } };
}

/** The labels that its pods are selected by. */
export async function labelsOf(cluster: Cluster, workload: Named): Promise<Readonly<Record<string, string>>> {
  const found = await cluster.client.get(referenceOf(workload));
  if (found === null) throw new Error(`there is no ${called(referenceOf(workload))}`);
  return found["spec"].selector.matchLabels;
}

export async function podsOf(cluster: Cluster, workload: Named): Promise<readonly Pod[]> {
  return cluster.pods(workload.namespace, await labelsOf(cluster, workload));
}

/** Ready pods in each of the zones, the fullest first. */
export async function readyPerZone(
  cluster: Cluster,
  workload: Named,
  zones: readonly string[],
): Promise<readonly number[]> {
  const ready = (await podsOf(cluster, workload)).filter((pod) => pod.ready);
  return zones.map((zone) => ready.filter((pod) => pod.zone === zone).length).sort((a, b) => b - a);
}

/** Returns when so many are Ready, and no pod beside them. */
export async function settled(cluster: Cluster, workload: Named, ready: number, withinMs = 120_000): Promise<void> {
  await waitFor(`${workload.name} has ${ready} pods, all Ready`, () => isSettled(cluster, workload, ready), {
    withinMs,
    last: () => found(cluster, workload),
  });
}

export async function isSettled(cluster: Cluster, workload: Named, ready: number): Promise<boolean> {
  const pods = await podsOf(cluster, workload);
  return pods.length === ready && pods.every((pod) => pod.ready) && (await rolledOut(cluster, workload));
}

/** Everything that was asked of it is done: the generation that was applied is the one that runs. */
async function rolledOut(cluster: Cluster, workload: Named): Promise<boolean> {
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

/** Its pods in words: how many are Ready on how many nodes, and of the others why not. */
export async function found(cluster: Cluster, workload: Named): Promise<string> {
  const pods = await podsOf(cluster, workload);
  const ready = pods.filter((pod) => pod.ready);
  const others = pods.filter((pod) => !pod.ready).map((pod) => `${pod.name}: ${pod.unscheduled ?? "not Ready"}`);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return `found: ${ready.length} Ready on ${new Set(ready.map(({ node }) => node)).size} nodes; ${others.slice(0, 3).join("; ")}${more}`;
}

/** Which claim and volume each pod has. */
export async function claimsOf(
  cluster: Cluster,
  workload: Named,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const claims = await cluster.client.list(`/api/v1/namespaces/${workload.namespace}/persistentvolumeclaims`);
  const volumeOf = (name: string): string => claims.find(({ metadata }) => metadata.name === name)?.["spec"].volumeName;
  return Object.fromEntries(
    (await podsOf(cluster, workload)).map(({ name, object }) => [
      name,
      (object["spec"].volumes as readonly Volume[])
        .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
        .map((claim) => `${claim} on ${volumeOf(claim)}`),
    ]),
  );
}

interface Volume {
  readonly persistentVolumeClaim?: { readonly claimName: string };
}
