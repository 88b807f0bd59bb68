import type * as pulumi from "@pulumi/pulumi";
import type { CacheFacts } from "../../model";
import type { ServiceArgs, ServiceTransform } from "./service-args";

/** A last word on single children, typed. */
export type CacheTransform = Pick<ServiceTransform, "network" | "cache" | "alert" | "alertTopic" | "dashboard">;

/** What a cache must hold and carry; nines works out which nodes, how many, and where. */
export interface CacheArgs
  extends
    Omit<CacheFacts, "hitRatio" | "hitMs">,
    Pick<
      ServiceArgs,
      | "availability"
      | "survive"
      | "tier"
      | "region"
      | "network"
      | "alerts"
      | "protect"
      | "tags"
      | "budget"
      | "quotas"
      | "waivers"
      | "prices"
      | "adopt"
    > {
  /** Look-ups that reach it: each that misses is taken to write too. */
  readonly load: ServiceArgs["load"];
  /** Security groups of those who may reach it. @default - none: callers add their own rule to `securityGroupId` */
  readonly callers?: readonly pulumi.Input<string>[];
  readonly transform?: CacheTransform;
}
