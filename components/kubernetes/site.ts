import type * as pulumi from "@pulumi/pulumi";
import type { Plan, Request, RequestedCluster } from "../../model";
import type { Reached } from "./reaches";
import type { RedisCache } from "./redis-cache";
import type { ReplicaGroup } from "./replica-group";
import type { StoreMembers } from "./store";
import type { Transforms } from "./transforms";

/** What is known only after deploy, by workload; each stands in the place of what the request says of it. */
export interface Given {
  /** Images that the plan does without. */
  readonly images?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variables that the pods read from a Secret. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
  /** Who reaches a cache or a store, where it is not the plan's own workloads; undefined: whoever reaches the pods. */
  readonly callers?: Readonly<Record<string, readonly string[]>>;
  /** What a service calls beside the plan's own workloads. */
  readonly reaches?: Readonly<Record<string, readonly Reached[]>>;
}

export interface Asked {
  readonly plan: Plan;
  /** Of one region. */
  readonly request: Request;
  readonly transform: Transforms;
  readonly given: Given;
}

/** A system that stands in one cluster, by workload. */
export interface BuiltSystem {
  readonly groups: ReadonlyMap<string, ReplicaGroup>;
  readonly caches: ReadonlyMap<string, RedisCache>;
  readonly stores: ReadonlyMap<string, StoreMembers>;
  /** Of the entry; undefined where it has no door. */
  readonly url: pulumi.Output<string> | undefined;
  /** Of its door: a host name or an IP address. */
  readonly address: pulumi.Output<string> | undefined;
}

/** The cluster is the provider's; without one it is the program's own default. */
export interface SiteOptions {
  readonly parent: pulumi.Resource;
  readonly provider?: pulumi.ProviderResource;
  readonly dependsOn: pulumi.Resource[];
}

/** Everything that is built of one plan in one cluster. */
export interface Site {
  readonly plan: Plan;
  readonly request: Request;
  readonly cluster: RequestedCluster;
  readonly transform: Transforms;
  readonly given: Given;
  readonly built: {
    readonly groups: Map<string, ReplicaGroup>;
    readonly caches: Map<string, RedisCache>;
    readonly stores: Map<string, StoreMembers>;
  };
  /** Its literal name: what reads the objects must not wait for the cluster to say it. */
  readonly namespace: string;
  readonly opts: SiteOptions;
}
