import { atMost, between, formed, oneOf, type Refusal } from "./refusal";
import { numberAt, textAt, type Properties } from "./values";

const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const ofCache = (rule: string | null, quote: string) => ({ section: "1.4", type: CACHE, rule, quote });

const counts = "numCacheClusters ≤6 (≥2 if failover); replicasPerNodeGroup 0–5; snapshots ≤35 days";
const guide =
  "15 TestFailover shards/24 h; 300 nodes/region, 90 nodes/cluster default, 20 subnets per group [ecdoc 2023].";
const conflicts =
  "numCacheClusters conflicts with numNodeGroups/replicasPerNodeGroup; authToken conflicts with userGroupIds; preferredCacheClusterAzs conflicts with nodeGroupConfigurations.";
const multi =
  "multiAzEnabled requires automaticFailoverEnabled, which requires ≥2 nodes per shard; cluster mode enabled always requires automaticFailover.";
const versions = "Version strings: redis ≥6 `major.minor`; valkey `7.2|8.x|9.x` only (patch rejected).";
const token =
  "authToken: 16–128 printable ASCII, special chars only `! & # $ ^ < > -`, needs transitEncryptionEnabled.";

const given = (inputs: Properties, ...keys: readonly string[]): boolean =>
  keys.every((key) => inputs[key] !== undefined);

function together(rule: string, one: Properties, other: Properties): Refusal {
  const keys = [...Object.keys(one), ...Object.keys(other)];
  return {
    ...ofCache(rule, conflicts),
    refuses: (inputs) => given(inputs, ...keys),
    accepted: [one, other],
    refused: [{ ...one, ...other }],
  };
}

/** Nodes of a shard, as far as it says. */
function nodesOfShard(inputs: Properties): number | undefined {
  const replicas = numberAt(inputs, "replicasPerNodeGroup");
  return numberAt(inputs, "numCacheClusters") ?? (replicas === undefined ? undefined : 1 + replicas);
}

const sharded = (inputs: Properties): boolean =>
  (numberAt(inputs, "numNodeGroups") ?? 1) > 1 || inputs["clusterMode"] === "enabled";

/** Caches (section 1.4, and 1.0 where it speaks of them). */
export const cacheRefusals: readonly Refusal[] = [
  formed(
    ofCache(
      "replication-group-id",
      "replicationGroupId 1–40, starts with letter, alphanumeric/hyphen, no `--`, no trailing hyphen.",
    ),
    "replicationGroupId",
    /^(?!.*--)[A-Za-z]([A-Za-z0-9-]{0,38}[A-Za-z0-9])?$/,
    ["a", "a".repeat(40), "a-1"],
    ["a".repeat(41), "1a", "a--b", "a-", "a_b"],
  ),
  between(ofCache("cache-clusters", counts), "numCacheClusters", 1, 6),
  between(ofCache("cache-replicas-per-shard", counts), "replicasPerNodeGroup", 0, 5),
  between(ofCache("cache-snapshot-days", counts), "snapshotRetentionLimit", 0, 35),
  {
    ...ofCache("cache-failover-nodes", counts),
    refuses: (inputs) =>
      inputs["automaticFailoverEnabled"] === true && !sharded(inputs) && (nodesOfShard(inputs) ?? 2) < 2,
    accepted: [
      { automaticFailoverEnabled: true, numCacheClusters: 2 },
      { automaticFailoverEnabled: false, numCacheClusters: 1 },
    ],
    refused: [{ automaticFailoverEnabled: true, numCacheClusters: 1 }],
  },
  {
    ...ofCache("cache-multi-az", multi),
    refuses: (inputs) => inputs["multiAzEnabled"] === true && inputs["automaticFailoverEnabled"] !== true,
    accepted: [{ multiAzEnabled: true, automaticFailoverEnabled: true }],
    refused: [{ multiAzEnabled: true }, { multiAzEnabled: true, automaticFailoverEnabled: false }],
  },
  {
    ...ofCache("cache-multi-az", "Multi-AZ excludes AOF and T1 [ecdoc]."),
    refuses: (inputs) =>
      inputs["multiAzEnabled"] === true && (textAt(inputs, "nodeType") ?? "").startsWith("cache.t1."),
    accepted: [{ multiAzEnabled: true, automaticFailoverEnabled: true, nodeType: "cache.t4g.micro" }],
    refused: [{ multiAzEnabled: true, automaticFailoverEnabled: true, nodeType: "cache.t1.micro" }],
  },
  {
    ...ofCache("cache-cluster-failover", multi),
    refuses: (inputs) => sharded(inputs) && inputs["automaticFailoverEnabled"] !== true,
    accepted: [{ numNodeGroups: 2, automaticFailoverEnabled: true }],
    refused: [{ numNodeGroups: 2 }],
  },
  {
    ...ofCache("cache-nodes-per-cluster", guide),
    refuses: (inputs) =>
      (numberAt(inputs, "numNodeGroups") ?? 1) * (1 + (numberAt(inputs, "replicasPerNodeGroup") ?? 0)) > 90,
    accepted: [
      { numNodeGroups: 30, replicasPerNodeGroup: 2, automaticFailoverEnabled: true },
      { numNodeGroups: 90, automaticFailoverEnabled: true },
    ],
    refused: [{ numNodeGroups: 91, automaticFailoverEnabled: true }],
  },
  atMost(
    { section: "1.4", type: "aws:elasticache/subnetGroup:SubnetGroup", rule: "cache-subnets-per-group", quote: guide },
    "subnetIds",
    20,
    (index) => `subnet-${index}`,
  ),
  together("cache-topology-arguments", { numCacheClusters: 2 }, { replicasPerNodeGroup: 1 }),
  together(
    "cache-auth-arguments",
    { authToken: "abcdefghijklmnop", transitEncryptionEnabled: true },
    { userGroupIds: ["a"] },
  ),
  together(
    "cache-zone-arguments",
    { preferredCacheClusterAzs: ["us-east-1a"] },
    { nodeGroupConfigurations: [{ slots: "0-16383" }] },
  ),
  formed(
    { ...ofCache("cache-auth-token", token), with: { transitEncryptionEnabled: true } },
    "authToken",
    /^[A-Za-z0-9!&#$^<>-]{16,128}$/,
    ["a".repeat(16), "a".repeat(128), "abcdefgh!&#$^<>-"],
    ["a".repeat(15), "a".repeat(129), "abcdefghijklmno@", "abcdefghijklmno%", "abcdefghijklmno(", "abcdefghijklmno:"],
  ),
  {
    ...ofCache("cache-auth-token", "needs transitEncryptionEnabled"),
    refuses: (inputs) => inputs["authToken"] !== undefined && inputs["transitEncryptionEnabled"] !== true,
    accepted: [{ authToken: "abcdefghijklmnop", transitEncryptionEnabled: true }],
    refused: [{ authToken: "abcdefghijklmnop" }, { authToken: "abcdefghijklmnop", transitEncryptionEnabled: false }],
  },
  oneOf(
    {
      ...ofCache("cache-transit-mode", "transitEncryptionMode on a live cluster must go preferred → required."),
      with: { transitEncryptionEnabled: true },
    },
    "transitEncryptionMode",
    ["preferred", "required"],
    ["Preferred", "none"],
  ),
  oneOf(
    {
      ...ofCache("cache-network-type", "ElastiCache `networkType` = `dual_stack` (docs say dualStack)"),
      section: "1.0",
    },
    "networkType",
    ["ipv4", "ipv6", "dual_stack"],
    ["dualStack"],
  ),
  {
    ...ofCache("redis-version", versions),
    refuses: (inputs) =>
      textAt(inputs, "engine") === "redis" && !/^(6\.x|[67]\.\d+)$/.test(textAt(inputs, "engineVersion") ?? "7.1"),
    accepted: ["6.x", "6.2", "7.0", "7.1"].map((engineVersion) => ({ engine: "redis", engineVersion })),
    refused: ["7.0.5", "7", "8.0"].map((engineVersion) => ({ engine: "redis", engineVersion })),
  },
  {
    ...ofCache("valkey-version", versions),
    refuses: (inputs) =>
      textAt(inputs, "engine") === "valkey" && !/^(7\.2|[89]\.\d+)$/.test(textAt(inputs, "engineVersion") ?? "8.0"),
    accepted: ["7.2", "8.0", "8.1", "9.0"].map((engineVersion) => ({ engine: "valkey", engineVersion })),
    refused: ["7.1", "8.0.1", "8", "10.0"].map((engineVersion) => ({ engine: "valkey", engineVersion })),
  },
  {
    ...ofCache("cache-durability-version", "`durability` needs cluster mode + Valkey ≥9.0."),
    refuses: (inputs) =>
      inputs["durability"] !== undefined &&
      (!sharded(inputs) ||
        textAt(inputs, "engine") !== "valkey" ||
        Number.parseFloat(textAt(inputs, "engineVersion") ?? "0") < 9),
    accepted: [durable("9.0", true)],
    refused: [durable("8.1", true), durable("9.0", false)],
  },
];

function durable(engineVersion: string, clustered: boolean): Properties {
  const shape = clustered ? { clusterMode: "enabled", numNodeGroups: 2, automaticFailoverEnabled: true } : {};
  return { engine: "valkey", engineVersion, durability: "sync", ...shape };
}
