import {
  readsTogether,
  known,
  unknown,
  type Claim,
  type InputTable,
  type PartReader,
  type Read,
  type ReadPart,
  type RedisCache,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asNumber, asText, leafAt, mapLeaf, valueAt } from "./leaf.read";
import { readSnapshots } from "./redis-cache.read";
import { zonesOfSubnets } from "./subnet-group.read";
import { firewallsOf, surroundingInputs } from "./surroundings.read";

const CACHE = "aws:elasticache/serverlessCache:ServerlessCache";
const MIB_PER_GB = 1024;

const inputs: InputTable = {
  ...surroundingInputs,
  [CACHE]: {
    fields: {
      engine: "engine.name",
      majorEngineVersion: "engine.version",
      cacheUsageLimits: "node",
      subnetIds: "placement.zones",
      userGroupId: "security.auth",
      snapshotRetentionLimit: "snapshots",
      region: "region",
    },
    ignored: {
      "cacheUsageLimits.ecpuPerSeconds": "how much it answers at most and is billed at least",
      "cacheUsageLimits.dataStorage.minimum": "how much is billed at least",
      "cacheUsageLimits.dataStorage.unit": "always GB",
      name: "a name",
      description: "words for people",
      dailySnapshotTime: "when the cache is looked after; no Part holds it",
      kmsKeyId: "encrypted always; which key no Part holds",
      networkType: "how it is addressed",
      securityGroupIds: "who may reach whom; no Part holds it",
      snapshotArnsToRestores: "what it begins with",
      timeouts: "how long a deploy waits",
      tags: "tags are read by nobody",
    },
  },
};

/** Reads ElastiCache's serverless caches of Redis and Valkey; Memcached is left unread. */
export const serverlessCacheReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const reads = graph
    .ofType(CACHE)
    .filter((cache) => valueAt(cache, "engine") !== "memcached")
    .map((cache) => readCache(graph, cache));
  return readsTogether(reads);
}

function readCache(graph: ResourceGraph, cache: Resource): Read {
  const key = keyOf("redis-cache", graph, cache);
  const always = known(true, cache.urn, "default");
  const open = unknown(cache.urn, "eviction", "no-default-known");
  const most = mapLeaf(
    leafAt(cache, ["cacheUsageLimits", "dataStorage", "maximum"], asNumber),
    (gb) => gb * MIB_PER_GB,
  );
  const asks = valueAt(cache, "userGroupId") !== undefined;
  const part: ReadPart<RedisCache> = {
    kind: "redis-cache",
    key,
    workload: wordOf(graph, cache),
    region: regionOf(graph, cache),
    engine: {
      name: leafAt(cache, ["engine"], (value) => (value === "redis" || value === "valkey" ? value : undefined)),
      version: leafAt(cache, ["majorEngineVersion"], asText),
    },
    // A copy in another zone at least, which takes over by itself; how many there are AWS does not say.
    topology: {
      kind: "replicated",
      replicas: known(1, cache.urn, "default"),
      failover: known("automatic", cache.urn, "default"),
    },
    placement: {
      kind: "zonal",
      zones: zonesOfSubnets(graph, cache, ["subnetIds"]),
      spread: known("hard", cache.urn, "default"),
    },
    node: { name: known("serverless", cache.urn), memoryMiB: most, usableMiB: most },
    port: known(6379, cache.urn, "default"),
    eviction: open,
    role: open,
    crossRegion: { kind: "none" },
    security: { atRest: always, inTransit: always, auth: known(asks, cache.urn, asks ? "input" : "default") },
    snapshots: readSnapshots(cache),
    runtime: { kind: "elasticache-serverless", quorum: known(null, cache.urn) },
  };
  return {
    parts: [part],
    claims: [
      ...firewallsOf(graph, cache, "securityGroupIds").map(({ urn }): Claim => ({
        urn,
        part: key,
        carries: "nothing",
      })),
      { urn: cache.urn, part: key, carries: "fields" },
    ],
    conflicts: [],
  };
}
