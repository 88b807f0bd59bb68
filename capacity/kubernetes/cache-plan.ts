import { failoverSeconds, sentinelTiming } from "../../catalog/kubernetes";
import type { Needed, RedisCache, Source } from "../../model";
import { partKey } from "../../model";
import { assumedOperations, type CachePlanned, cacheMemory, roleOfCache } from "../cache-plan";
import { copiesAsked } from "../across-regions";
import type { Context } from "../context";
import type { CacheDemand } from "../demand";
import { majority } from "../../availability/quorum";
import { leftAfterZone } from "../store-count";
import { cachePods } from "./cache-pods";
import { clusterOfRequest } from "./cluster-of-request";
import { nodeRoomOf } from "./nodes";
import { volumeClass } from "./volume-class";

const MIB = 1024 * 1024;
/** Share of a member's memory that holds data; the rest is for the copy that a rewrite of its file makes, and for buffers of its replicas. */
const DATA_SHARE = 0.75;
const reserve: Source = {
  title: "ElastiCache's own default reserve, 25 %: a rewrite forks, and pages that change meanwhile are held twice",
  date: "2026-11-21",
};
/** A rewritten file stands beside the old one, which may have doubled before. */
const FILE_SHARE = 3;
/** A primary takes writes only while a replica hears it: with two replicas it does so after one is lost. */
const REPLICAS = 2;
const quorumOfThree = (apart: boolean): Source => ({
  title: `Redis Sentinel: three${apart ? " in zones of their own" : ""}, two agree, and a primary that no replica hears takes no write`,
  url: "https://valkey.io/topics/sentinel/",
  date: "2026-11-21",
});

/**
 * One primary with two replicas, and three Sentinels in as many zones; alone where nothing must be survived. In fewer zones one holds the majority of the
 * Sentinels: refused where the service must outlive a zone and cannot do without the cache. A copy elects nobody, and is read as long as one member is left.
 */
export function planMembers(context: Context, demand: CacheDemand): CachePlanned {
  const { request } = context;
  const { facts, workload } = demand;
  const key = partKey("redis-cache", workload, request.region);
  const { bytes, perEntry, fragmentation, perShard } = cacheMemory(context, demand);
  const usableMiB = Math.max(64, Math.ceil((bytes * fragmentation) / MIB));
  const memoryMiB = Math.ceil(usableMiB / DATA_SHARE);
  const { allocatable, machine } = nodeRoomOf(clusterOfRequest(request));
  const refused = (
    field: string,
    asked: number,
    unit: string,
    limit: { readonly name: string; readonly value: number; readonly source: Source; readonly raisable: boolean },
  ): CachePlanned => ({
    ok: false,
    infeasible: {
      part: key,
      field,
      asked,
      unit,
      limit,
      alternatives: [],
    },
  });
  if (memoryMiB > allocatable.memoryMiB)
    return refused("node.memoryMiB", memoryMiB, "MiB a member", {
      name: `what a pod can have of a ${machine}; take a larger machine in environment ${request.environment}, or fewer or smaller entries`,
      value: allocatable.memoryMiB,
      source: {
        title: `allocatable of a ${machine}: what its platform leaves to pods (catalog/kubernetes)`,
        date: "2026-11-21",
      },
      raisable: true,
    });
  if (demand.operationsPerSecond > perShard)
    return refused("topology", Math.round(demand.operationsPerSecond), "operations/s", {
      name: "operations/s of one primary (Sentinels watch one, and shards need a cluster mode that is not built here); divide the entries over several caches",
      value: perShard,
      source: assumedOperations,
      raisable: false,
    });
  const zones = request.zones.length;
  const keepsMajority = leftAfterZone(cachePods.sentinel.count, zones) >= majority(cachePods.sentinel.count);
  const { survive } = request.chosen.objectives;
  const outlivesZone = survive === "zone" || survive === "region";
  const role = roleOfCache(facts);
  const copies = copiesAsked(request, workload);
  const isCopy = copies !== null && copies.primary !== request.region;
  if (outlivesZone && !isCopy && !keepsMajority && role !== "latency-cache")
    return refused("zones", cachePods.sentinel.count, "zones", {
      name: "zones of which none holds two of the three Sentinels: with two, one of them does, and nobody elects a primary when it is lost",
      value: zones,
      source: quorumOfThree(true),
      raisable: true,
    });
  const volume = { gib: Math.ceil((FILE_SHARE * memoryMiB) / 1024), ...volumeClass(request, workload) };
  const alone = survive === "nothing";
  const placement: RedisCache["placement"] = {
    kind: "zonal",
    zones: [...(alone ? request.zones.slice(0, 1) : request.zones)].sort(),
    spread: alone || zones === 1 ? "best-effort" : "hard",
  };
  const part: RedisCache = {
    kind: "redis-cache",
    key,
    workload,
    region: request.region,
    engine: facts.engine ?? { name: "valkey", version: "8.0" },
    topology: alone
      ? { kind: "single" }
      : { kind: "replicated", replicas: REPLICAS, failover: isCopy ? "none" : "automatic" },
    placement,
    node: { name: "pod", memoryMiB, usableMiB },
    port: 6379,
    eviction: facts.eviction ?? (role === "capacity-cache" ? "volatile-lru" : "allkeys-lru"),
    role,
    crossRegion:
      copies === null
        ? { kind: "none" }
        : isCopy
          ? { kind: "async", peer: partKey("redis-cache", workload, copies.primary), promotion: "manual" }
          : { kind: "copied", port: copies.port },
    // What volumes are encrypted with, their class says, and nothing that is built here.
    security: { atRest: false, inTransit: copies !== null, auth: true },
    snapshots: null,
    runtime: alone
      ? {
          kind: "sentinel",
          sentinels: null,
          quorum: null,
          downAfterSeconds: null,
          member: { ...cachePods.member, memoryMiB },
          minReplicasToWrite: 0,
          volume,
        }
      : {
          kind: "sentinel",
          // Nobody watches a copy: who is primary is decided where the primary is, until a person promotes this one.
          sentinels: isCopy
            ? null
            : { count: cachePods.sentinel.count, placement, volumeGib: cachePods.sentinel.volumeGib },
          quorum: isCopy ? null : sentinelTiming.quorum,
          downAfterSeconds: isCopy ? null : sentinelTiming.downAfterMs / 1000,
          member: { ...cachePods.member, memoryMiB },
          minReplicasToWrite: sentinelTiming.minReplicasToWrite,
          volume,
        },
  };
  const members = alone ? 1 : 1 + REPLICAS;
  const by = alone ? "floor" : outlivesZone && (isCopy || keepsMajority) ? "zone-loss" : "replica-loss";
  const seconds = failoverSeconds(sentinelTiming, "silence").high;
  const needed: readonly Needed[] = [
    {
      by: "memory",
      value: 1,
      label: "approx",
      source: reserve,
      because: `${usableMiB.toLocaleString("en-US")} MiB of data: ${perEntry.toFixed(0)} B an entry, fragmentation ${fragmentation}; a member has ${memoryMiB.toLocaleString("en-US")} MiB`,
    },
    {
      by,
      value: members,
      label: "exact",
      source: quorumOfThree(!alone && !isCopy && keepsMajority),
      because: alone
        ? "nothing must be survived"
        : isCopy
          ? `a copy of the group in ${copies.primary}: one may be lost, and the others go on to be read`
          : `a primary and two replicas: one may be lost, and within ${seconds} s writes go on${keepsMajority ? "" : oneHoldsTwo(zones)}`,
    },
  ];
  return {
    ok: true,
    part,
    reasons: [
      {
        part: key,
        field: "nodes",
        value: members,
        unit: "nodes",
        binding: alone ? "memory" : by,
        needed,
        combined: isCopy
          ? "as many as the group that it may take over from has"
          : "one primary, and the replicas that a write waits for",
      },
    ],
  };
}

/** What is not survived where the zones are fewer than the Sentinels. */
function oneHoldsTwo(zones: number): string {
  return zones === 1
    ? "; not when its zone is lost"
    : `; not when a zone is lost: one of ${zones} holds two of the three Sentinels`;
}
