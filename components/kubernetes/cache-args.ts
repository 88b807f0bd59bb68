import type { CacheFacts } from "../../model";
import type { ClusterArgs, ServiceArgs, ServiceTransform } from "./service-args";

/** A last word on single children, typed. */
export type CacheTransform = Pick<ServiceTransform, "namespace" | "cache" | "alerts">;

/** What a cache must hold and carry; nines works out its members, and where they are. */
export interface CacheArgs
  extends
    Omit<CacheFacts, "hitRatio" | "hitMs">,
    ClusterArgs,
    Pick<ServiceArgs, "availability" | "survive" | "tier" | "protect" | "budget" | "waivers" | "adopt"> {
  /** Look-ups that reach it: each that misses is taken to write too. */
  readonly load: ServiceArgs["load"];
  /** Workloads of its namespace that may reach it, by their label app.kubernetes.io/name. @default - whoever reaches the pods */
  readonly callers?: readonly string[];
  readonly transform?: CacheTransform;
}
