import { allocatableOf, gkeMachines, nodeHourPrice, nodeMachine } from "../../catalog/kubernetes";
import { machineTypes } from "../../catalog/aws/machines";
import { nearest, type NodeChoice, type NodeFacts, type RequestedCluster } from "../../model";

/** What pods may have of one node. @throws RangeError for a machine that is not known; configuration is checked before */
export function nodeRoomOf({ nodes }: Pick<RequestedCluster, "nodes">): Pick<NodeFacts, "machine" | "allocatable"> {
  const { platform, machine } = nodes;
  if (platform === "other") return { machine, allocatable: nodes.allocatable };
  const known = nodeMachine(platform, machine);
  if (known === null) throw new RangeError(`${machine} is no machine of ${platform} that is known`);
  const { cpuMillis, memoryMiB, pods } = allocatableOf(platform, known);
  return { machine, allocatable: { cpuMillis, memoryMiB, pods } };
}

/** What one node of a cluster holds and costs. @throws RangeError as nodeRoomOf */
export function nodeFactsOf(cluster: Pick<RequestedCluster, "nodes">, region: string, pool: string): NodeFacts {
  const { platform, machine, perHourUsd } = cluster.nodes;
  return {
    pool,
    platform,
    ...nodeRoomOf(cluster),
    perHourUsd: perHourUsd ?? nodeHourPrice(platform, machine, region)?.usd ?? null,
  };
}

/** What is wrong with a machine of nodes that nobody knows; null: it is known, or says its size itself. */
export function machineProblem({
  platform,
  machine,
}: NodeChoice): { readonly allowed: string; readonly fix: string } | null {
  if (platform === "other" || nodeMachine(platform, machine) !== null) return null;
  const near = nearest(machine, [...(platform === "eks" ? machineTypes() : gkeMachines()).keys()]);
  return {
    allowed: `a machine type of ${platform} whose size is known`,
    fix:
      near === undefined
        ? 'platform: "other" with its allocatable and perHourUsd takes any'
        : `did you mean ${near}? Or platform: "other" with its allocatable`,
  };
}
