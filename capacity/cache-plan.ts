import type {
  CacheRole,
  CacheTopology,
  CacheWorkload,
  Infeasible,
  Needed,
  Reason,
  RedisCache,
  Request,
  Source,
} from "../model";
import { partKey, roleOfEviction } from "../model";
import type { PricedNode, TargetCatalog } from "../catalog";
import type { Assumptions } from "./assumptions";
import type { Context } from "./context";
import type { CacheDemand } from "./demand";
import { bytesPerEntry, redisShards } from "./redis";

const MIB = 1024 * 1024;
const memoryModel: Source = {
  title: "Redis memory model (redis.ts), measured on 7.2.6 with the bundled allocator",
  date: "2026-11-21",
};
const assumedShare: Source = { title: "allocator fragmentation; no measurement given: assumed", date: "2026-11-21" };
export const assumedOperations: Source = {
  title: "operations of one single-threaded shard; no measurement given: assumed",
  date: "2026-11-21",
};

/** Its own word, else what its eviction policy stands for. */
export function roleOfCache({ role, eviction }: CacheWorkload): CacheRole {
  return role ?? (eviction === undefined ? "latency-cache" : roleOfEviction(eviction));
}

export type CachePlanned =
  | { readonly ok: true; readonly part: RedisCache; readonly reasons: readonly Reason[] }
  | { readonly ok: false; readonly infeasible: Infeasible };

interface Candidate {
  readonly node: PricedNode;
  readonly shards: number;
  readonly clustered: boolean;
  readonly binding: "memory" | "operations" | "minimum";
  readonly perHourUsd: number;
}

/** What a cache holds and does at most: its entries in memory, and what is believed of fragmentation and of one shard's speed. */
export function cacheMemory(
  { request, assumptions }: Pick<Context, "request" | "assumptions">,
  { facts, workload }: CacheDemand,
): {
  readonly bytes: number;
  readonly perEntry: number;
  readonly fragmentation: number;
  /** Operations a second of one shard. */
  readonly perShard: number;
} {
  const entries = assumptions.asked(
    `${workload}.entries`,
    "entries",
    facts.entries,
    "DBSIZE of the cache, or distinct keys in a day of requests",
    { title: `system ${request.system}, as stated`, date: "stated" },
  ).high;
  const fragmentation = assumptions.asked(
    `${workload}.fragmentation`,
    "ratio",
    { low: 1.03, mid: 1.1, high: 1.3 },
    "mem_fragmentation_ratio in INFO memory",
    assumedShare,
  ).high;
  const perShard = assumptions.asked(
    "cache.operationsPerShard",
    "operations/s",
    { low: 50_000, mid: 100_000, high: 150_000 },
    "redis-benchmark against one node with values of your size",
    assumedOperations,
  ).low;
  const perEntry = bytesPerEntry({
    keyBytes: facts.keyBytes,
    valueBytes: facts.valueBytes,
    hasTtl: facts.expires ?? true,
    entries: Math.max(1, Math.ceil(entries)),
  });
  return { bytes: perEntry * entries, perEntry, fragmentation, perShard };
}

/** The cheapest nodes and shards that hold the entries and carry the operations, with copies in as many zones as must be survived. */
export function planCache(
  request: Request,
  demand: CacheDemand,
  catalog: TargetCatalog,
  assumptions: Assumptions,
): CachePlanned {
  const { facts, workload } = demand;
  const key = partKey("redis-cache", workload, request.region);
  const engine = facts.engine ?? { name: "valkey" as const, version: "8.0" };
  const { bytes, perEntry, fragmentation, perShard } = cacheMemory({ request, assumptions }, demand);
  const replicas = request.chosen.objectives.survive === "nothing" ? 0 : 1;
  const steady = request.tier === "prod";
  const nodes = catalog.cacheNodes(request.region, engine.name).filter((node) => !steady || !node.burstable);
  const candidates = nodes.flatMap((node): Candidate[] => {
    const fits = (clustered: boolean) =>
      redisShards({
        bytes,
        usableBytesPerNode: node.usableMiB * MIB,
        fragmentation,
        operationsPerSecond: demand.operationsPerSecond,
        operationsPerShard: perShard,
        clustered,
      });
    const single = fits(false);
    if (single.shards === 1)
      return [
        { node, shards: 1, clustered: false, binding: single.binding, perHourUsd: node.perHourUsd * (1 + replicas) },
      ];
    const sharded = fits(true);
    return [
      {
        node,
        shards: sharded.shards,
        clustered: true,
        binding: sharded.binding,
        perHourUsd: node.perHourUsd * (1 + replicas) * sharded.shards,
      },
    ];
  });
  const quota = catalog.quotas.cacheNodesPerRegion;
  const most = request.chosen.quotas.cacheNodesPerRegion ?? quota.value;
  const perCluster = catalog.quotas.cacheNodesPerCluster;
  const nodesOf = (candidate: Candidate): number => candidate.shards * (1 + replicas);
  const best = candidates
    .filter((candidate) => nodesOf(candidate) <= Math.min(most, perCluster.value))
    .sort((a, b) => a.perHourUsd - b.perHourUsd || a.shards - b.shards)[0];
  if (!best) {
    const least = Math.min(Infinity, ...candidates.map((candidate) => candidate.shards * (1 + replicas)));
    return {
      ok: false,
      infeasible: {
        part: key,
        field: "topology",
        asked: Number.isFinite(least) ? least : 0,
        unit: "nodes",
        limit:
          least <= most
            ? { name: perCluster.name, value: perCluster.value, source: perCluster.source, raisable: false }
            : { name: quota.name, value: most, source: quota.source, raisable: quota.raisedBy !== null },
        alternatives: [],
      },
    };
  }
  const topology: CacheTopology = best.clustered
    ? { kind: "sharded", shards: best.shards, replicasPerShard: replicas }
    : replicas === 0
      ? { kind: "single" }
      : { kind: "replicated", replicas, failover: "automatic" };
  const spread = replicas > 0 && request.zones.length > 1;
  const role = roleOfCache(facts);
  const part: RedisCache = {
    kind: "redis-cache",
    key,
    workload,
    region: request.region,
    engine,
    topology,
    placement: {
      kind: "zonal",
      zones: [...(spread ? request.zones : request.zones.slice(0, 1))].sort(),
      spread: spread ? "hard" : "best-effort",
    },
    node: { name: best.node.name, memoryMiB: best.node.memoryMiB, usableMiB: best.node.usableMiB },
    port: 6379,
    eviction: facts.eviction ?? (role === "capacity-cache" ? "volatile-lru" : "allkeys-lru"),
    role,
    crossRegion: { kind: "none" },
    security: { atRest: true, inTransit: true, auth: true },
    snapshots: request.tier === "dev" ? null : { everyHours: 24, keepDays: request.tier === "prod" ? 7 : 1 },
    runtime: { kind: "elasticache", quorum: null },
  };
  return {
    ok: true,
    part,
    reasons: [nodeReason(part, best, candidates, bytes, perEntry, fragmentation, demand, perShard)],
  };
}

function nodeReason(
  part: RedisCache,
  best: Candidate,
  candidates: readonly Candidate[],
  bytes: number,
  perEntry: number,
  fragmentation: number,
  demand: CacheDemand,
  perShard: number,
): Reason {
  const copies =
    part.topology.kind === "sharded"
      ? part.topology.replicasPerShard
      : part.topology.kind === "replicated"
        ? part.topology.replicas
        : 0;
  const total = best.shards * (1 + copies);
  const needed: Needed[] = [
    {
      by: "memory",
      value: Math.max(1, Math.ceil((bytes * fragmentation) / (best.node.usableMiB * MIB))),
      label: "approx",
      source: memoryModel,
      because: `${Math.round((bytes * fragmentation) / MIB).toLocaleString("en-US")} MiB: ${perEntry.toFixed(0)} B an entry, fragmentation ${fragmentation}; ${best.node.name} leaves ${best.node.usableMiB.toLocaleString("en-US")} MiB`,
    },
    {
      by: "operations",
      value: Math.max(1, Math.ceil(demand.operationsPerSecond / perShard)),
      label: "assumed",
      source: assumedOperations,
      because: `${Math.round(demand.operationsPerSecond).toLocaleString("en-US")} operations/s at the peak; ${perShard.toLocaleString("en-US")} a shard`,
    },
    {
      by: "zone-loss",
      value: total,
      label: "exact",
      source: { title: "one copy of each shard in another zone", date: "stated" },
      because: `${copies} ${copies === 1 ? "copy" : "copies"} of each shard`,
    },
    {
      by: "price",
      value: total,
      label: "exact",
      source: { title: "catalog, cheapest of the nodes that fit", date: "2026-11-21" },
      because: `${best.node.name} is the cheapest of ${candidates.length} ways`,
    },
  ];
  return {
    part: part.key,
    field: "nodes",
    value: total,
    unit: "nodes",
    binding: copies > 0 ? "zone-loss" : best.binding === "operations" ? "operations" : "memory",
    needed,
    combined: "shards for memory and operations, times copies",
  };
}
