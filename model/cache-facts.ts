import type { Uncertain } from "./interval";
import type { CacheRole, EvictionPolicy } from "./redis-cache";

export interface CacheFacts {
  readonly entries: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly hitRatio: Uncertain;
  /** Milliseconds of a hit. @default 1 */
  readonly hitMs?: number;
  /** Entries expire. @default true */
  readonly expires?: boolean;
  /** latency-cache: replicas are counted as if it were empty. capacity-cache: with its low hit ratio, and it is a hard dependency. @default latency-cache */
  readonly role?: CacheRole;
  /** @default allkeys-lru */
  readonly eviction?: EvictionPolicy;
  /** @default valkey 8.0 */
  readonly engine?: { readonly name: "redis" | "valkey"; readonly version: string };
}

export interface CacheWorkload extends CacheFacts {
  readonly kind: "cache";
}

/** A workload that remembers what another computed. */
export function cache(facts: CacheFacts): CacheWorkload {
  return { kind: "cache", ...facts };
}
