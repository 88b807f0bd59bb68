import type { Machine } from "./machine";
import type { Base, PartKey, Placement } from "./part";
import type { Scaling } from "./replica-group";

/** Machines that carry other workloads: an EKS node group, or an auto-scaling group that joins a cluster of EKS or ECS. */
export interface NodePool extends Base<"node-pool"> {
  readonly placement: Placement;
  /** In machines. */
  readonly scaling: Scaling;
  readonly machine: Machine;
  /** Cluster that it belongs to; null: none, or not in this program. */
  readonly cluster: PartKey | null;
  readonly runtime:
    | { readonly kind: "eks-node-group" | "eks-self-managed" | "ecs-capacity" }
    /** Nodes of a cluster that is there, as many as its pods need: what they hold, and what one costs; null: not priced. */
    | {
        readonly kind: "kubernetes-nodes";
        readonly platform: "eks" | "gke" | "other";
        readonly allocatable: { readonly cpuMillis: number; readonly memoryMiB: number; readonly pods: number };
        readonly perHourUsd: number | null;
      };
}
