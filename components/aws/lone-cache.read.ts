import {
  readsTogether,
  known,
  roleOfEviction,
  type Claim,
  type EvictionPolicy,
  type InputTable,
  type PartReader,
  type Read,
  type ReadPart,
  type RedisCache,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { readNode } from "./cache-node.read";
import { parameterAt } from "./cache-parameters.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asNumber, asText, leafAt, leafWithDefault, mapLeaf, valueAt } from "./leaf.read";
import { evictions, readSnapshots } from "./redis-cache.read";
import { zonesOfGroup } from "./subnet-group.read";
import { firewallsOf, surroundingInputs } from "./surroundings.read";

const CACHE = "aws:elasticache/cluster:Cluster";
const SUBNET_GROUP = "aws:elasticache/subnetGroup:SubnetGroup";
const PARAMETER_GROUP = "aws:elasticache/parameterGroup:ParameterGroup";

const OPERATED = "when the cache is looked after; no Part holds it";
const TAGS = "tags are read by nobody";
const NAME = "a name";
const WHERE = "where it is";

const inputs: InputTable = {
  ...surroundingInputs,
  [CACHE]: {
    fields: {
      engine: "engine.name",
      engineVersion: "engine.version",
      nodeType: "node",
      port: "port",
      availabilityZone: "placement.zones",
      subnetGroupName: "placement.zones",
      parameterGroupName: "eviction",
      snapshotRetentionLimit: "snapshots",
      region: "region",
    },
    ignored: {
      clusterId: NAME,
      numCacheNodes: "always one, but of Memcached",
      azMode: "of Memcached",
      preferredAvailabilityZones: "of Memcached",
      transitEncryptionEnabled: "of Memcached",
      securityGroupIds: "who may reach whom; no Part holds it",
      finalSnapshotIdentifier: NAME,
      snapshotArns: "what it begins with",
      snapshotName: "what it begins with",
      snapshotWindow: OPERATED,
      maintenanceWindow: OPERATED,
      applyImmediately: OPERATED,
      autoMinorVersionUpgrade: OPERATED,
      logDeliveryConfigurations: "what it logs; no Part holds it",
      notificationTopicArn: "who is told; no Part holds it",
      networkType: "how it is addressed",
      ipDiscovery: "how it is addressed",
      outpostMode: WHERE,
      preferredOutpostArn: WHERE,
      tags: TAGS,
    },
  },
  [SUBNET_GROUP]: {
    fields: { subnetIds: "placement.zones" },
    ignored: { name: NAME, description: "words for people", region: WHERE, tags: TAGS },
  },
  [PARAMETER_GROUP]: {
    fields: { "parameters[].name": "eviction", "parameters[].value": "eviction" },
    ignored: {
      name: NAME,
      family: "follows from the engine",
      description: "words for people",
      region: WHERE,
      tags: TAGS,
    },
  },
};

/**
 * Reads ElastiCache clusters of one Redis or Valkey node. One that joins a replication group is left unread, for its group says
 * what it is; so is Memcached, which keeps no copy, takes nothing over and answers no command of Redis: no Part is like it.
 */
export const loneCacheReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const reads = graph
    .ofType(CACHE)
    .filter((cache) => isLone(cache))
    .map((cache) => readCache(graph, cache));
  return readsTogether(reads);
}

function isLone(cache: Resource): boolean {
  return valueAt(cache, "engine") !== "memcached" && valueAt(cache, "replicationGroupId") === undefined;
}

function readCache(graph: ResourceGraph, cache: Resource): Read {
  const key = keyOf("redis-cache", graph, cache);
  const never = known(false, cache.urn, "default");
  const named = valueAt(cache, "availabilityZone") !== undefined;
  const eviction = parameterAt(graph, cache, "maxmemory-policy", (value): EvictionPolicy | undefined =>
    evictions.find((policy) => policy === value),
  );
  const part: ReadPart<RedisCache> = {
    kind: "redis-cache",
    key,
    workload: wordOf(graph, cache),
    region: regionOf(graph, cache),
    engine: {
      name: leafAt(cache, ["engine"], (value) => (value === "redis" || value === "valkey" ? value : undefined)),
      version: leafAt(cache, ["engineVersion"], asText),
    },
    topology: { kind: "single" },
    placement: {
      kind: "zonal",
      zones: named
        ? [leafAt(cache, ["availabilityZone"], asText)]
        : zonesOfGroup(graph, cache, "subnetGroupName", SUBNET_GROUP),
      spread: known("best-effort", cache.urn),
    },
    node: readNode(graph, cache),
    port: leafWithDefault(cache, ["port"], asNumber),
    eviction,
    role: mapLeaf(eviction, roleOfEviction),
    crossRegion: { kind: "none" },
    // Encryption and a token are to be had of replication groups alone.
    security: { atRest: never, inTransit: never, auth: never },
    snapshots: readSnapshots(cache),
    runtime: { kind: "elasticache", quorum: known(null, cache.urn) },
  };
  const fields = [
    cache,
    ...graph.referenced(cache, "subnetGroupName", SUBNET_GROUP),
    ...graph.referenced(cache, "parameterGroupName", PARAMETER_GROUP),
  ];
  return {
    parts: [part],
    claims: [
      ...firewallsOf(graph, cache, "securityGroupIds").map(({ urn }): Claim => ({
        urn,
        part: key,
        carries: "nothing",
      })),
      ...fields.map(({ urn }): Claim => ({ urn, part: key, carries: "fields" })),
    ],
    conflicts: [],
  };
}
