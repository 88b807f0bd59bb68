import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";
import { podsOf, type Named } from "./workload";

/**
 * The fewest Ready pods of each workload at any moment while something happens: asked every 50 ms, and a pod takes longer
 * than that to become ready (harness/stages.ts), so that a dip is seen.
 */
export async function fewestReady(
  cluster: Cluster,
  workloads: readonly Named[],
  happens: () => Promise<void>,
): Promise<readonly number[]> {
  const fewest = workloads.map(() => Infinity);
  let over = false;
  const look = async (): Promise<void> => {
    while (!over) {
      for (const [index, workload] of workloads.entries()) {
        const ready = (await podsOf(cluster, workload)).filter((pod) => pod.ready).length;
        fewest[index] = Math.min(fewest[index]!, ready);
      }
      await sleep(50);
    }
  };
  const looking = look();
  try {
    await happens();
  } finally {
    over = true;
    await looking;
  }
  return fewest;
}
