import type { Base, PartKey, Placement } from "./part";

/** latency: the origin carries everything when the cache is gone. capacity: it does not, and the cache is a hard dependency. */
export type CacheRole = "latency-cache" | "capacity-cache";

export type CacheTopology =
  | { readonly kind: "single" }
  | { readonly kind: "replicated"; readonly replicas: number; readonly failover: "automatic" | "none" }
  | { readonly kind: "sharded"; readonly shards: number; readonly replicasPerShard: number };

/** What Redis does when its memory is full. */
export type EvictionPolicy =
  | "noeviction"
  | "allkeys-lru"
  | "allkeys-lfu"
  | "allkeys-random"
  | "volatile-lru"
  | "volatile-lfu"
  | "volatile-random"
  | "volatile-ttl";

/**
 * What an eviction policy says of the cache's role. allkeys-*: any key may go, so nobody relies on it: a latency cache.
 * volatile-* and noeviction: keys without expiry stay, so somebody does: a capacity cache.
 */
export function roleOfEviction(policy: EvictionPolicy): CacheRole {
  return policy.startsWith("allkeys-") ? "latency-cache" : "capacity-cache";
}

/** A cache that speaks Redis' protocol. */
export interface RedisCache extends Base<"redis-cache"> {
  readonly engine: { readonly name: "redis" | "valkey"; readonly version: string };
  readonly topology: CacheTopology;
  readonly placement: Placement;
  readonly node: { readonly name: string; readonly memoryMiB: number; readonly usableMiB: number };
  readonly port: number;
  readonly eviction: EvictionPolicy;
  readonly role: CacheRole;
  readonly crossRegion:
    | { readonly kind: "none" }
    /** Copies elsewhere may follow it: this port, reached from outside its cluster, leads to a replica of it that is in step. */
    | { readonly kind: "copied"; readonly port: number }
    /** It follows another group, read only, until a person promotes it. */
    | { readonly kind: "async"; readonly peer: PartKey; readonly promotion: "manual" | "automatic" };
  readonly security: { readonly atRest: boolean; readonly inTransit: boolean; readonly auth: boolean };
  readonly snapshots: { readonly everyHours: number; readonly keepDays: number } | null;
  readonly runtime:
    | {
        /** elasticache-serverless: copies over zones and failover are AWS's business, so its topology says the least that there is. */
        readonly kind: "elasticache" | "elasticache-serverless" | "memorystore" | "memorystore-cluster";
        readonly quorum: null;
      }
    | {
        /** Members watched by Sentinels. */
        readonly kind: "sentinel";
        /** Who watches: as many, where they stand, and what each remembers on a volume of its own; 0: on none. null: nobody does. */
        readonly sentinels: {
          readonly count: number;
          readonly placement: Placement;
          readonly volumeGib: number;
        } | null;
        /** Sentinels that must agree that the primary is down; null: none watches. */
        readonly quorum: number | null;
        /** Without an answer for so long the primary is taken for down; null: nobody takes it for that. */
        readonly downAfterSeconds: number | null;
        /** What the scheduler keeps for one member's pod. Absent: what nines asks for, and the node's memory. */
        readonly member?: { readonly cpuMillis: number; readonly memoryMiB: number };
        /** Replicas that must follow for the primary to take writes. */
        readonly minReplicasToWrite: number;
        /** Of one member: what its file is on. */
        readonly volume: {
          /** 0: members keep nothing. */
          readonly gib: number;
          /** null: the cluster's default class. */
          readonly class: string | null;
          /** The class waits for the pod before it chooses a zone; null: the class is none of this program's. */
          readonly bindsLate: boolean | null;
        };
      };
}
