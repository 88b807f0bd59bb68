import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";

/**
 * The fewest Ready pods at any moment while something happens: asked every 50 ms, so shorter dips than a pod's start-up
 * (harness/stages.ts) are not the question.
 */
export async function fewestReady(
  cluster: Cluster,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  happens: () => Promise<void>,
): Promise<number> {
  let fewest = Infinity;
  let over = false;
  const looking = (async () => {
    while (!over) {
      const ready = (await cluster.pods(namespace, labels)).filter((pod) => pod.ready).length;
      fewest = Math.min(fewest, ready);
      await sleep(50);
    }
  })();
  try {
    await happens();
  } finally {
    over = true;
    await looking;
  }
  return fewest;
}
