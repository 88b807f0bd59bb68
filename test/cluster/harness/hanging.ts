import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster, Pod } from "./cluster";
import { cordon, evictAll } from "./drain";
import { isSettled, podsOf, total, type Workload } from "./workload";

/** So often in a row nothing moves before a drain is said to hang: about four seconds, and a pod is made, bound and Ready in one. */
const STILL = 30;

/**
 * Drains a node until it is empty, or until nothing more can happen: a budget refuses, and every pod is Ready or waits for a node.
 * @returns null when it is empty; else what stands in the way, in the server's words
 */
export async function drainedOrHanging(
  cluster: Cluster,
  name: string,
  workloads: readonly Workload[],
): Promise<string | null> {
  await cordon(cluster, name);
  const all = workloads.reduce((sum, each) => sum + total(each), 0);
  for (let still = 0; ; await sleep(100)) {
    const { refusal, left } = await evictAll(cluster, name);
    if (left === 0) return null;
    const pods = (await Promise.all(workloads.map((each) => podsOf(cluster, each)))).flat();
    still = refusal !== null && pods.length === all && pods.every(isIdle) ? still + 1 : 0;
    if (still >= STILL) return [refusal, ...waitingOf(pods)].join("; ");
  }
}

/**
 * Waits until a rollout is over, or until nothing more can happen: every pod is Ready, but for new ones that wait for a node.
 * @returns null when it is over; else what they wait for, in the scheduler's words
 */
export async function rolledOrHanging(cluster: Cluster, workload: Workload): Promise<string | null> {
  for (let still = 0; ; await sleep(100)) {
    if (await isSettled(cluster, workload, total(workload))) return null;
    const pods = await podsOf(cluster, workload);
    const waiting = waitingOf(pods);
    still =
      waiting.length > 0 && pods.every(isIdle) && pods.length === total(workload) + waiting.length ? still + 1 : 0;
    if (still >= STILL) return waiting.join("; ");
  }
}

const isIdle = ({ ready, unscheduled }: Pod): boolean => ready || unscheduled !== null;

function waitingOf(pods: readonly Pod[]): readonly string[] {
  return pods.flatMap(({ unscheduled }) => unscheduled ?? []);
}
