import type { Cluster } from "../harness/cluster";
import type { NodeShape } from "../harness/nodes";
import type { KubernetesObject } from "../harness/objects";
import { store } from "./store";
import { deployment, type WebShape } from "./web";

/** A manifest that looks well and leaves pods Pending. */
export interface Trap {
  readonly trap: string;
  readonly nodes: NodeShape & { readonly perZone: number };
  readonly objects: readonly KubernetesObject[];
  /** What it takes for the trap to shut, once everything runs; absent: it is shut from the beginning. */
  readonly then?: (cluster: Cluster) => Promise<void>;
  /** So many pods find no node, for this reason, in the scheduler's words. */
  readonly pending: number;
  readonly why: string;
  /** What to write instead: all pods are Ready under the same circumstances. Absent: there is nothing else to write. */
  readonly instead?: readonly KubernetesObject[];
}

export const namespace = "traps";
export const zones = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;
const roomy: Trap["nodes"] = { zones, perZone: 1, cpuMillis: 4_000, memoryMiB: 8_000 };
const labels = { "app.kubernetes.io/name": "web" };

const web = (shape: Omit<WebShape, "namespace"> = {}): KubernetesObject => deployment({ namespace, ...shape });

/** Another image: a rollout. */
async function rollout({ client }: Cluster): Promise<void> {
  await client.mergePatch(web(), { spec: { template: { metadata: { annotations: { "nines.test/rollout": "1" } } } } });
}

const apart = (hard: boolean, topologyKey = "kubernetes.io/hostname"): Readonly<Record<string, unknown>> => {
  const term = { topologyKey, labelSelector: { matchLabels: labels } };
  return {
    topologySpreadConstraints: [],
    affinity: {
      podAntiAffinity: hard
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] },
    },
  };
};

const immediate = (volumeBindingMode: string): KubernetesObject => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: volumeBindingMode.toLowerCase() },
  provisioner: "disks.example.com",
  volumeBindingMode,
});

export const traps: readonly Trap[] = [
  {
    trap: "anti-affinity between hosts is required, and a rollout wants one pod more than there are nodes",
    nodes: roomy,
    objects: [web({ pod: apart(true) })],
    then: rollout,
    pending: 1,
    why: "didn't match pod anti-affinity rules",
    instead: [web({ pod: apart(false) })],
  },
  {
    trap: "anti-affinity between hosts is required of more pods than there are nodes",
    nodes: roomy,
    objects: [web({ replicas: 5, pod: apart(true) })],
    pending: 2,
    why: "didn't match pod anti-affinity rules",
    instead: [web({ replicas: 5, pod: apart(false) })],
  },
  {
    trap: "anti-affinity between zones is required of more pods than there are zones",
    nodes: { ...roomy, perZone: 3 },
    objects: [web({ replicas: 5, pod: apart(true, "topology.kubernetes.io/zone") })],
    pending: 2,
    why: "didn't match pod anti-affinity rules",
    instead: [web({ replicas: 5 })],
  },
  {
    trap: "anti-affinity between zones is required, and a rollout wants one pod more than there are zones",
    nodes: { ...roomy, perZone: 3 },
    objects: [web({ pod: apart(true, "topology.kubernetes.io/zone") })],
    then: rollout,
    pending: 1,
    why: "didn't match pod anti-affinity rules",
    instead: [web()],
  },
  {
    trap: "minDomains asks for more zones than there are",
    nodes: { ...roomy, zones: zones.slice(0, 2) },
    objects: [web({ spread: { minDomains: 3 } })],
    pending: 1,
    why: "didn't match pod topology spread constraints",
    instead: [web({ spread: { minDomains: 2 } })],
  },
  {
    trap: "minDomains asks for as many zones as there were before one was lost",
    nodes: roomy,
    objects: [web({ spread: { minDomains: 3 } })],
    then: (cluster) => cluster.loseZone(zones[2]),
    pending: 1,
    why: "didn't match pod topology spread constraints",
    instead: [web()],
  },
  {
    trap: "a zone that is lost still counts in the spread: nodeTaintsPolicy is Ignore unless it is said",
    nodes: roomy,
    objects: [web({ spread: { nodeTaintsPolicy: "Ignore" } })],
    then: (cluster) => cluster.loseZone(zones[2]),
    pending: 1,
    why: "didn't match pod topology spread constraints",
    instead: [web({ spread: { nodeTaintsPolicy: "Honor" } })],
  },
  {
    trap: "the spread is over a label that no node has",
    nodes: roomy,
    objects: [web({ spread: { topologyKey: "example.com/rack" } })],
    pending: 3,
    why: "didn't match pod topology spread constraints (missing required label)",
    instead: [web()],
  },
  {
    trap: "what the pods request is more than a node can give",
    nodes: { ...roomy, cpuMillis: 1_900 },
    objects: [web({ cpu: "2" })],
    pending: 3,
    why: "Insufficient cpu",
    instead: [web({ cpu: "1900m" })],
  },
  {
    trap: "CPU in units where thousandths were meant",
    nodes: roomy,
    objects: [web({ cpu: "1000" })],
    pending: 3,
    why: "Insufficient cpu",
    instead: [web({ cpu: "1000m" })],
  },
  {
    trap: "a node has room for no more pods, however small",
    nodes: { ...roomy, zones: zones.slice(0, 1), pods: 2 },
    objects: [web({ cpu: "10m" })],
    pending: 1,
    why: "Too many pods",
  },
  {
    trap: "every node is full, and a rollout wants one pod more before it gives one up",
    nodes: { ...roomy, cpuMillis: 1_000 },
    objects: [web({ cpu: "900m" })],
    then: rollout,
    pending: 1,
    why: "Insufficient cpu",
    instead: [web({ cpu: "900m", strategy: { maxSurge: 0, maxUnavailable: 1 } })],
  },
  {
    trap: "two zones have no room for the pods of the third",
    nodes: { ...roomy, cpuMillis: 2_000 },
    objects: [web({ replicas: 6, cpu: "900m" })],
    then: (cluster) => cluster.loseZone(zones[2]),
    pending: 2,
    why: "Insufficient cpu",
    instead: [web({ replicas: 6, cpu: "600m" })],
  },
  {
    trap: "the pods ask for a kind of node that is not there",
    nodes: roomy,
    objects: [web({ pod: { nodeSelector: { "kubernetes.io/arch": "arm64" } } })],
    pending: 3,
    why: "didn't match Pod's node affinity/selector",
    instead: [web({ pod: { nodeSelector: { "kubernetes.io/arch": "amd64" } } })],
  },
  {
    trap: "a claim names a storage class that does not exist",
    nodes: roomy,
    objects: store(namespace, { storageClassName: "nowhere" }),
    pending: 1,
    why: "unbound immediate PersistentVolumeClaims",
  },
  {
    trap: "disks are made before it is known where their pods may run: all in one zone",
    nodes: roomy,
    objects: [immediate("Immediate"), ...store(namespace, { storageClassName: "immediate" })],
    pending: 1,
    why: "didn't match pod topology spread constraints",
    instead: [immediate("WaitForFirstConsumer"), ...store(namespace, { storageClassName: "waitforfirstconsumer" })],
  },
];
