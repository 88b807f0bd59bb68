import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";
import { cordon, evictAll } from "./drain";
import { podsOf, total, type Workload } from "./workload";

/** So often in a row nothing moves before a drain is said to hang: about four seconds, and a pod is made, bound and Ready in one. */
const STILL = 30;

/**
 * Drains a node until it is empty, or until nothing more can happen: a budget refuses, a pod of the workloads waits for a node, and every
 * other is where it is to be.
 * @returns null when it is empty; else what stands in the way, in the server's words
 */
export async function drainedOrHanging(
  cluster: Cluster,
  name: string,
  workloads: readonly Workload[],
): Promise<string | null> {
  await cordon(cluster, name);
  for (let still = 0; ; await sleep(100)) {
    const { refusal, left } = await evictAll(cluster, name);
    if (left === 0) return null;
    const pods = (await Promise.all(workloads.map((each) => podsOf(cluster, each)))).flat();
    const all = workloads.reduce((sum, each) => sum + total(each), 0);
    const idle =
      refusal !== null && pods.length === all && pods.every(({ ready, unscheduled }) => ready || unscheduled !== null);
    still = idle ? still + 1 : 0;
    if (still >= STILL) return [refusal, ...pods.flatMap(({ unscheduled }) => unscheduled ?? [])].join("; ");
  }
}
