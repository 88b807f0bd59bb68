import { machineTypes } from "../../catalog/aws/machines";
import { kubernetesLags } from "../../catalog/kubernetes";
import { scalingCeiling, type NodePool, type Request, type RequestedCluster } from "../../model";
import type { Assumptions } from "../assumptions";

/** The EC2NodeClass by which Karpenter makes nodes; null: nodes are there. */
export function nodeClassOf({ nodes }: Pick<RequestedCluster, "nodes">): string | null {
  return nodes.platform === "eks" ? (nodes.karpenter?.nodeClass ?? null) : null;
}

/** Who makes a node where none has room: of nodes that are there, what their platform has for it. */
export function nodeMaker(cluster: Pick<RequestedCluster, "nodes">): "clusterAutoscaler" | "karpenter" {
  return nodeClassOf(cluster) === null ? "clusterAutoscaler" : "karpenter";
}

/** Seconds that a new pod waits for its node, at the slow end: none is kept empty for it. 0 where nodes are there. */
export function nodeStartSeconds({ kubernetes }: Request, assumptions: Assumptions): number {
  if (kubernetes === null || nodeClassOf(kubernetes) === null) return 0;
  return assumptions.known(kubernetesLags.nodeSeconds.karpenter).high;
}

/** What a NodePool of Karpenter may come to, as it counts it: whole machines, not what they leave to pods. */
export interface KarpenterLimits {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/**
 * As many nodes as the ceilings need, and one more in each zone: the pods of a lost zone find room elsewhere, and a node that is replaced
 * stands beside its successor.
 * @throws RangeError for a machine that is not known; configuration is checked before
 */
export function karpenterLimits({ scaling, placement, machine, key }: NodePool): KarpenterLimits {
  const [type = ""] = machine.types;
  const known = machineTypes().get(type);
  if (known === undefined || placement.kind !== "zonal") throw new RangeError(`${key}: ${type} is no machine of EKS`);
  const most = scalingCeiling(scaling) + placement.zones.length;
  return { cpu: most * known.vcpus, memoryMiB: most * known.memoryMiB };
}
