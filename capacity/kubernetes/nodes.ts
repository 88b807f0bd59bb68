import { allocatableOf, nodeHourPrice, nodeMachine } from "../../catalog/kubernetes";
import type { NodeFacts, RequestedCluster } from "../../model";

/** What one node of a cluster holds and costs. @throws RangeError for a machine that is not known; configuration is checked before */
export function nodeFactsOf({ nodes }: Pick<RequestedCluster, "nodes">, region: string, pool: string): NodeFacts {
  const { platform, machine } = nodes;
  if (platform === "other")
    return { pool, platform, machine, allocatable: nodes.allocatable, perHourUsd: nodes.perHourUsd ?? null };
  const known = nodeMachine(platform, machine);
  if (known === null) throw new RangeError(`${machine} is no machine of ${platform} that is known`);
  const { cpuMillis, memoryMiB, pods } = allocatableOf(platform, known);
  return {
    pool,
    platform,
    machine,
    allocatable: { cpuMillis, memoryMiB, pods },
    perHourUsd: nodes.perHourUsd ?? nodeHourPrice(platform, machine, region)?.usd ?? null,
  };
}
