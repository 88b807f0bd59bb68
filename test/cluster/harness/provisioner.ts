import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client";
import type { KubernetesObject } from "./objects";
import type { Running } from "./running";
import { zoneLabel } from "./nodes";

/** A class says so when nothing makes its volumes: they are made by hand beforehand. */
const byHand = "kubernetes.io/no-provisioner";

/**
 * Stands for a storage driver whose disks live in one zone: makes a volume for each claim that waits for one, in the zone
 * of the node that the scheduler chose (WaitForFirstConsumer), or in the first zone, unasked (Immediate). Whether the claim
 * may bind to it and the pod may run where it is, the real controllers decide. No byte is stored.
 */
export async function provision(running: Running): Promise<never> {
  const client = new Client(running);
  for (;;) {
    try {
      await provisionOnce(client);
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
    }
    await sleep(200);
  }
}

async function provisionOnce(client: Client): Promise<void> {
  const claims = (await client.list("/api/v1/persistentvolumeclaims")).filter(
    ({ spec, metadata }) => spec.volumeName === undefined && metadata.deletionTimestamp === undefined,
  );
  if (claims.length === 0) return;
  const [classes, nodes] = await Promise.all([
    client.list("/apis/storage.k8s.io/v1/storageclasses"),
    client.list("/api/v1/nodes"),
  ]);
  for (const claim of claims) {
    const storage = classes.find(({ metadata }) => metadata.name === claim["spec"].storageClassName);
    if (storage === undefined || storage["provisioner"] === byHand) continue;
    const zone = zoneFor(claim, storage, nodes);
    if (zone !== undefined) await client.apply(volumeFor(claim, storage, zone));
  }
}

function zoneFor(
  { metadata: { annotations = {} } }: KubernetesObject,
  storage: KubernetesObject,
  nodes: readonly KubernetesObject[],
): string | undefined {
  if (storage["volumeBindingMode"] !== "WaitForFirstConsumer")
    return nodes.map(({ metadata }) => metadata.labels?.[zoneLabel] ?? "").sort()[0];
  const chosen = annotations["volume.kubernetes.io/selected-node"];
  return nodes.find(({ metadata }) => metadata.name === chosen)?.metadata.labels?.[zoneLabel];
}

function volumeFor({ metadata, spec }: KubernetesObject, storage: KubernetesObject, zone: string): KubernetesObject {
  const name = `pvc-${metadata.uid!}`;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name, annotations: { "pv.kubernetes.io/provisioned-by": storage["provisioner"] } },
    spec: {
      accessModes: spec.accessModes,
      capacity: { storage: spec.resources.requests.storage },
      persistentVolumeReclaimPolicy: storage["reclaimPolicy"] ?? "Delete",
      storageClassName: storage.metadata.name,
      volumeMode: spec.volumeMode ?? "Filesystem",
      claimRef: {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        name: metadata.name,
        namespace: metadata.namespace,
        uid: metadata.uid,
      },
      csi: { driver: storage["provisioner"], volumeHandle: name },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: zoneLabel, operator: "In", values: [zone] }] }],
        },
      },
    },
  };
}
