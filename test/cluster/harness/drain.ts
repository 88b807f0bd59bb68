import { Refused } from "./client";
import type { Cluster } from "./cluster";
import type { KubernetesObject } from "./objects";
import { waitFor } from "./wait";

export interface Drained {
  /** Pods that were asked to go, in that order. */
  readonly evicted: readonly string[];
  /** How often a budget said not yet. */
  readonly refusals: number;
}

/**
 * Empties a node as `kubectl drain` does: no new pods on it, then each pod evicted, again and again while a budget refuses.
 * Returns when the last one is gone. `uncordon` lets pods on it again.
 */
export async function drain(cluster: Cluster, name: string, { withinMs = 60_000 } = {}): Promise<Drained> {
  await cordon(cluster, name);
  const evicted: string[] = [];
  let refusals = 0;
  let refusal = "";
  await waitFor(
    `${name} is drained`,
    async () => {
      const asked = await evictAll(cluster, name);
      evicted.push(...asked.evicted);
      refusals += asked.refusals;
      refusal = asked.refusal ?? refusal;
      return asked.left === 0;
    },
    {
      withinMs,
      last: async () =>
        `left: ${(await podsOn(cluster, name)).map(({ metadata }) => metadata.name).join(", ")}; ${refusal}`,
    },
  );
  return { evicted, refusals };
}

/** What came of asking every pod of a node to go, once. */
interface Asked extends Drained {
  /** Pods that were there, those on their way out too. */
  readonly left: number;
  /** The server's words to the last that it refused; null: it refused none. */
  readonly refusal: string | null;
}

export async function evictAll(cluster: Cluster, name: string): Promise<Asked> {
  const pods = await podsOn(cluster, name);
  const evicted: string[] = [];
  let refusals = 0;
  let refusal: string | null = null;
  for (const { metadata } of pods.filter((pod) => pod.metadata.deletionTimestamp === undefined))
    try {
      await cluster.client.create(`/api/v1/namespaces/${metadata.namespace!}/pods/${metadata.name}/eviction`, {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name: metadata.name, namespace: metadata.namespace },
      });
      evicted.push(metadata.name);
    } catch (error) {
      // 429: its budget has no room now. 404: it went by itself.
      if (!(error instanceof Refused) || ![404, 429].includes(error.code)) throw error;
      if (error.code === 429) refusals += 1;
      refusal = error.message;
    }
  return { evicted, refusals, refusal, left: pods.length };
}

/** Pods on a node but those of DaemonSets, which a drain leaves. */
async function podsOn({ client }: Cluster, name: string): Promise<readonly KubernetesObject[]> {
  return (await client.list("/api/v1/pods")).filter(
    ({ spec, metadata }) =>
      spec.nodeName === name && !metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet"),
  );
}

/** No new pods on it. */
export async function cordon({ client }: Cluster, name: string): Promise<void> {
  await client.mergePatch({ apiVersion: "v1", kind: "Node", metadata: { name } }, { spec: { unschedulable: true } });
}

export async function uncordon({ client }: Cluster, name: string): Promise<void> {
  await client.mergePatch({ apiVersion: "v1", kind: "Node", metadata: { name } }, { spec: { unschedulable: null } });
}
