import type { OwnPrice, ReachedBy, Source, Target } from "../model";
import type { SourcedInterval } from "./interval";

/** A limit as the planner meets it: the default, and what raises it. */
export interface Quota {
  /** Key in the environment's `quotas` that raises it; null: cannot be raised. */
  readonly raisedBy: string | null;
  readonly name: string;
  readonly value: number;
  readonly source: Source;
}

/** What is wrong with something that was asked for. key: which of its numbers; null: the two together. */
export interface SizeProblem {
  readonly key: "cpuMillis" | "memoryMiB" | null;
  readonly given: unknown;
  readonly allowed: string;
  readonly fix: string;
}

export interface PricedNode {
  readonly name: string;
  readonly memoryMiB: number;
  /** Left for data after the provider's reserve. */
  readonly usableMiB: number;
  readonly perHourUsd: number;
  /** Works on CPU credits: not for steady load. */
  readonly burstable: boolean;
}

/** What the planner must know of a target, whichever it is. A target is one of these, one folder of components, and a row in each table. */
export interface TargetCatalog {
  readonly target: Target;
  /** Regions that have prices; null: a region is whatever the environment calls so. */
  readonly regions: readonly string[] | null;
  /** What is allowed instead of a name that no zone of the region has; null: it may be one. */
  zoneProblem(region: string, zone: string): string | null;
  /** How callers may reach replicas. */
  readonly reachedBy: readonly ReachedBy[];
  /** Replicas come in sizes that are sold; else any may be asked for. */
  readonly sellsSizes: boolean;
  /** The least size sold that holds what was asked; null: none does. */
  leastSize(asked: {
    readonly cpuMillis: number;
    readonly memoryMiB: number;
  }): { readonly cpuMillis: number; readonly memoryMiB: number } | null;
  /** What is wrong with a size that was asked for, one or both numbers of it; null: it is sold, and holds what the workload needs. */
  sizeProblem(
    size: { readonly cpuMillis?: number | undefined; readonly memoryMiB?: number | undefined },
    workload: { readonly name: string; readonly memoryMiB: number },
  ): SizeProblem | null;
  /** What is allowed instead of an engine version that is not offered; null: it is. */
  engineProblem(engine: { readonly name: "redis" | "valkey"; readonly version: string }): string | null;
  /** What is wrong with a user's own prices: items that nothing is billed by, each with what is near. */
  priceProblems(
    prices: readonly OwnPrice[],
  ): readonly (Omit<SizeProblem, "key"> & { readonly index: number; readonly key: "item" | "region" | "usd" })[];
  /** Most more replicas in a rollout where nobody says, share of the count. */
  readonly surgeShare: number;
  /** Percent grid: the surge that a rollout of `count` can really have, at most `share` of it, at least one. */
  surge(count: number, share: number): number;
  readonly lags: {
    /** Start of a replica until its process runs, image pull included. */
    readonly startSeconds: SourcedInterval;
    readonly cacheFailoverSeconds: SourcedInterval;
    /** Until a cache's only member runs again after its node is lost: what is waited for, one after the other. */
    readonly cacheBackSeconds: readonly SourcedInterval[];
    /** The same of a volume that it brings, once a node in its zone has room; none where the cloud's own replacement holds it. */
    readonly cacheVolumeSeconds: readonly SourcedInterval[];
    /** Until a node is made for it where those left in its zone have none; null: the cloud's own business. */
    readonly cacheNodeSeconds: SourcedInterval | null;
  };
  readonly quotas: {
    readonly vcpus: Quota;
    readonly replicasPerGroup: Quota;
    readonly targetsPerBalancer: Quota;
    readonly registryReplicas: Quota;
    readonly cacheNodesPerRegion: Quota;
    readonly cacheNodesPerCluster: Quota;
    readonly cacheReplicasPerShard: Quota;
  };
  /** Nodes with a price in the region, cheapest first. */
  cacheNodes(region: string, engine: "redis" | "valkey"): readonly PricedNode[];
  /** The image can be pulled without a way out of the network. */
  pullsPrivately(image: string, region: string): boolean;
  /** What is built there that a stack may choose among: networks with their ways out, processors. Elsewhere it is the cluster's. */
  readonly chooses: { readonly network: boolean; readonly processor: boolean };
  /** A stack may be built in several regions at once. */
  readonly severalRegions: boolean;
  /** Least failed, or passed, checks in a row that its balancer counts. */
  readonly balancerCounts: number;
  /** Balancers need at least so many zones. */
  readonly balancerZones: number;
  /** GB a month from which an interface endpoint in so many zones costs less than NAT; null: not priced. */
  endpointWorthGb(region: string, zones: number): number | null;
  /** A NAT gateway of the region has a price there: else what it costs beside others is not known. */
  pricesRegionalNat(region: string): boolean;
  /** Stores are built. */
  readonly stores: boolean;
  /** Endpoints that replace the way out for pulling images, logs and secrets. */
  readonly privateEndpoints: readonly { readonly service: string; readonly kind: "gateway" | "interface" }[];
}
