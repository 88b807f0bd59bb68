import {
  readsTogether,
  known,
  roleOfEviction,
  unknown,
  type Claim,
  type EvictionPolicy,
  type PartKey,
  type PartReader,
  type Read,
  type ReadPart,
  type RedisCache,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { readNode } from "./cache-node.read";
import { parameterAt } from "./cache-parameters.read";
import { readTopology } from "./cache-topology.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, asText, bothLeaves, leafAt, leafWithDefault, mapLeaf, valueAt } from "./leaf.read";
import { redisCacheInputs } from "./redis-cache-inputs.read";
import { zonesOfGroup } from "./subnet-group.read";

const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const SUBNET_GROUP = "aws:elasticache/subnetGroup:SubnetGroup";
const PARAMETER_GROUP = "aws:elasticache/parameterGroup:ParameterGroup";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];
const PASSWORD = "random:index/randomPassword:RandomPassword";
const SECRET = "aws:secretsmanager/secret:Secret";
const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

export const evictions: readonly EvictionPolicy[] = [
  "noeviction",
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
];

/** Reads ElastiCache replication groups. */
export const redisCacheReader: PartReader = { read, inputs: redisCacheInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(CACHE).map((cache) => readCache(graph, cache));
  return readsTogether(reads);
}

function readCache(graph: ResourceGraph, cache: Resource): Read {
  const key = keyOf("redis-cache", graph, cache);
  const { topology, conflicts } = readTopology(graph, cache, key);
  const eviction = parameterAt(graph, cache, "maxmemory-policy", (value) =>
    evictions.find((policy) => policy === value),
  );
  const part: ReadPart<RedisCache> = {
    kind: "redis-cache",
    key,
    workload: wordOf(graph, cache),
    region: regionOf(graph, cache),
    engine: {
      name: leafWithDefault(cache, ["engine"], engineName),
      version: leafWithDefault(cache, ["engineVersion"], asText),
    },
    topology,
    placement: readPlacement(graph, cache),
    node: readNode(graph, cache),
    port: leafWithDefault(cache, ["port"], asNumber),
    eviction,
    role: mapLeaf(eviction, roleOfEviction),
    crossRegion: readCrossRegion(cache),
    security: readSecurity(cache),
    snapshots: readSnapshots(cache),
    runtime: { kind: "elasticache", quorum: known(null, cache.urn) },
  };
  return { parts: [part], claims: claimsOf(graph, cache, key), conflicts };
}

function engineName(value: unknown): "redis" | "valkey" | undefined {
  return value === "redis" || value === "valkey" ? value : undefined;
}

/** Nodes stand in the zones of the group's subnets; only Multi-AZ keeps those of a shard apart. */
function readPlacement(graph: ResourceGraph, cache: Resource): ReadPart<RedisCache>["placement"] {
  const spread = mapLeaf(leafWithDefault(cache, ["multiAzEnabled"], asFlag), (multi) =>
    multi ? ("hard" as const) : ("best-effort" as const),
  );
  return { kind: "zonal", zones: zonesOfGroup(graph, cache, "subnetGroupName", SUBNET_GROUP), spread };
}

/** A member of a global datastore follows a group of another region, which no stack of one region shows. */
function readCrossRegion(cache: Resource): ReadPart<RedisCache>["crossRegion"] {
  return valueAt(cache, "globalReplicationGroupId") === undefined
    ? { kind: "none" }
    : unknown(cache.urn, "globalReplicationGroupId", "elsewhere");
}

function readSecurity(cache: Resource): ReadPart<RedisCache>["security"] {
  const encrypts = leafWithDefault(cache, ["transitEncryptionEnabled"], asFlag);
  // `preferred` answers callers that do not encrypt, too.
  const required = leafAt(
    cache,
    ["transitEncryptionMode"],
    (mode) => (mode === "required" ? true : mode === "preferred" ? false : undefined),
    { default: true },
  );
  const asks = (["authToken", "authTokenWo", "userGroupIds"] as const).find((property) => {
    const given = valueAt(cache, property);
    return given !== undefined && given !== "" && !(Array.isArray(given) && given.length === 0);
  });
  return {
    atRest: leafWithDefault(cache, ["atRestEncryptionEnabled"], asFlag),
    inTransit: bothLeaves(encrypts, required, (on, always) => on && always),
    auth: known(asks !== undefined, cache.urn, asks === undefined ? "default" : "input"),
  };
}

/** ElastiCache takes one a day where it keeps any. */
export function readSnapshots(cache: Resource): ReadPart<RedisCache>["snapshots"] {
  const days = leafWithDefault(cache, ["snapshotRetentionLimit"], asNumber);
  if (!days.known) return days;
  return days.value > 0 ? { everyHours: { ...days, value: 24 }, keepDays: days } : { ...days, value: null };
}

function claimsOf(graph: ResourceGraph, cache: Resource, part: PartKey): readonly Claim[] {
  const claim = (resource: Resource, carries: Claim["carries"]): Claim => ({ urn: resource.urn, part, carries });
  const fields = [
    cache,
    ...graph.referenced(cache, "subnetGroupName", SUBNET_GROUP),
    ...graph.referenced(cache, "parameterGroupName", PARAMETER_GROUP),
  ];
  const firewalls = graph.referenced(cache, "securityGroupIds", SECURITY_GROUP);
  const tokens = graph.referenced(cache, "authToken", PASSWORD);
  const versions = tokens.flatMap((token) => graph.referrers(token, "secretString", SECRET_VERSION));
  const nothing = [
    ...firewalls,
    ...firewalls.flatMap((group) => RULES.flatMap((type) => graph.referrers(group, "securityGroupId", type))),
    ...tokens,
    ...versions,
    ...versions.flatMap((version) => graph.referenced(version, "secretId", SECRET)),
  ];
  return [
    ...nothing.map((resource) => claim(resource, "nothing")),
    ...fields.map((resource) => claim(resource, "fields")),
  ];
}
