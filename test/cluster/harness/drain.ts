import { Refused } from "./client";
import type { Cluster } from "./cluster";
import { waitFor } from "./wait";

export interface Drained {
  /** Pods that were asked to go, in that order. */
  readonly evicted: readonly string[];
  /** How often a budget said not yet. */
  readonly refusals: number;
}

/**
 * Empties a node as `kubectl drain` does: no new pods on it, then each pod evicted, again and again while a budget refuses.
 * Returns when the last one is gone. `restore` lets pods on it again.
 */
export async function drain(cluster: Cluster, name: string, { withinMs = 60_000 } = {}): Promise<Drained> {
  const { client } = cluster;
  const node = { apiVersion: "v1", kind: "Node", metadata: { name } };
  await client.mergePatch(node, { spec: { unschedulable: true } });
  const evicted: string[] = [];
  let refusals = 0;
  let refusal = "";
  const there = async () =>
    (await client.list("/api/v1/pods")).filter(
      ({ spec, metadata }) =>
        spec.nodeName === name && !metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet"),
    );
  await waitFor(
    `${name} is drained`,
    async () => {
      const pods = await there();
      for (const { metadata } of pods.filter((pod) => pod.metadata.deletionTimestamp === undefined))
        try {
          await client.create(`/api/v1/namespaces/${metadata.namespace!}/pods/${metadata.name}/eviction`, {
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
      return pods.length === 0;
    },
    {
      withinMs,
      last: async () => `left: ${(await there()).map(({ metadata }) => metadata.name).join(", ")}; ${refusal}`,
    },
  );
  return { evicted, refusals };
}

export async function uncordon({ client }: Cluster, name: string): Promise<void> {
  await client.mergePatch({ apiVersion: "v1", kind: "Node", metadata: { name } }, { spec: { unschedulable: null } });
}
