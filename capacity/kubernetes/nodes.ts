import type { NodeFacts, RequestedCluster } from "../../model";

/** What one node of a cluster holds and costs. */
export function nodeFactsOf({ nodes }: RequestedCluster, region: string): NodeFacts {
  if (nodes.platform === "other")
    return {
      platform: nodes.platform,
      machine: nodes.machine,
      allocatable: nodes.allocatable,
      perHourUsd: nodes.perHourUsd ?? null,
    };
  throw new RangeError(`${nodes.machine} in ${region} is not known`);
}
