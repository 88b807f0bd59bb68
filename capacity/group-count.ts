import type { ReplicaGroup, Reason } from "../model";
import type { ServiceDemand } from "./service-demand";

/** A service, counted. */
export interface GroupCount {
  readonly demand: ServiceDemand;
  readonly size: ReplicaGroup["size"];
  /** Replicas that carry the floor's demand with nothing lost. */
  readonly need: number;
  readonly count: number;
  readonly max: number;
  readonly surge: number;
  /** Share of the replicas above `onDemand` on Spot. */
  readonly spotShare: number;
  /** Replicas that must stand when all Spot is taken; all of them where there is none. */
  readonly onDemand: number;
  readonly replicasAtMean: number;
  readonly reasons: readonly Reason[];
}
