import type { Base, PartKey, Placement } from "./part";
import type { Scaling } from "./replica-group";

/** Machines that carry other workloads: an EKS node group, an auto-scaling group behind an ECS capacity provider. */
export interface NodePool extends Base<"node-pool"> {
  readonly placement: Placement;
  /** In machines. */
  readonly scaling: Scaling;
  /** What a machine may be, the first preferred; as the provider names it: `m7g.large`. */
  readonly machineTypes: readonly string[];
  /** Share of machines that may be taken back at any time: 0 to 1. */
  readonly spotShare: number;
  /** Of each machine. */
  readonly disk: { readonly gib: number; readonly type: string };
  /** Cluster that it belongs to; null: none, or not in this program. */
  readonly cluster: PartKey | null;
  readonly runtime: { readonly kind: "eks-node-group" | "ecs-capacity" };
}
