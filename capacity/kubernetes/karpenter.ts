import { machineTypes } from "../../catalog/aws/machines";
import { scalingCeiling, type NodePool, type RequestedCluster } from "../../model";

/** The EC2NodeClass by which Karpenter makes nodes; null: nodes are there. */
export function nodeClassOf({ nodes }: Pick<RequestedCluster, "nodes">): string | null {
  return nodes.platform === "eks" ? (nodes.karpenter?.nodeClass ?? null) : null;
}

/** Who makes a node where none has room: of nodes that are there, what their platform has for it. */
export function nodeMaker(cluster: Pick<RequestedCluster, "nodes">): "clusterAutoscaler" | "karpenter" {
  return nodeClassOf(cluster) === null ? "clusterAutoscaler" : "karpenter";
}

/** What a NodePool of Karpenter may come to, as it counts it: whole machines, not what they leave to pods. */
export interface KarpenterLimits {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** Nodes that there may be at once: as many as the ceilings need, and those of the fullest zone once more, since what is lost with a zone counts until it is given up. */
export function nodesWithZoneLost(most: number, zones: number): number {
  return most + (zones < 2 ? 0 : Math.ceil(most / zones));
}

/**
 * As many nodes as stand where a zone is lost at the ceilings, and at least one more in each zone: a node that is replaced stands beside its successor.
 * @throws RangeError for a machine that is not known; configuration is checked before
 */
export function karpenterLimits({ scaling, placement, machine, key }: NodePool): KarpenterLimits {
  const [type = ""] = machine.types;
  const known = machineTypes().get(type);
  if (known === undefined || placement.kind !== "zonal") throw new RangeError(`${key}: ${type} is no machine of EKS`);
  const ceiling = scalingCeiling(scaling);
  const zones = placement.zones.length;
  const most = Math.max(ceiling + zones, nodesWithZoneLost(ceiling, zones));
  return { cpu: most * known.vcpus, memoryMiB: most * known.memoryMiB };
}
