import { isRecord, isUnknownValue, textOf } from "../model";
import type { Resource, Value } from "../model";
import { limitSources } from "../catalog/aws/limit";
import { matchesForm } from "../catalog/aws/limits";
import type { LimitId } from "../catalog/aws/limits";
import {
  asNumber,
  countCheck,
  type DeployCheck,
  fine,
  formCheck,
  limitCheck,
  nameCheck,
  numberCheck,
  type Outcome,
  refused,
  withinLimit,
  wordCheck,
} from "./deployable-check";

const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
const PASSWORD = "random:index/randomPassword:RandomPassword";

/** Two arguments that exclude each other. */
function notBoth(id: LimitId, first: string, others: readonly string[]): DeployCheck {
  return limitCheck(id, CACHE, ({ inputs }) => {
    if (inputs[first] === undefined) return null;
    const both = others.filter((name) => inputs[name] !== undefined);
    return both.length === 0 ? fine : refused(`${first} with ${both.join(", ")}`, "give one of the two");
  });
}

const clustered = ({ inputs }: Resource): boolean =>
  inputs["numNodeGroups"] !== undefined || inputs["clusterMode"] === "enabled";

/** Nodes of a shard; undefined where not given. */
function nodesOfShard({ inputs }: Resource): Value | undefined {
  const { replicasPerNodeGroup, numCacheClusters } = inputs;
  if (isUnknownValue(replicasPerNodeGroup) || isUnknownValue(numCacheClusters)) return { $unknown: "after-deploy" };
  const replicas = asNumber(replicasPerNodeGroup);
  return replicas === undefined ? (asNumber(numCacheClusters) ?? 1) : replicas + 1;
}

/** The append-only file is on. */
function appends({ inputs }: Resource): boolean {
  const { parameters } = inputs;
  return (
    Array.isArray(parameters) &&
    parameters.some(
      (parameter: Value) => isRecord(parameter) && parameter["name"] === "appendonly" && parameter["value"] === "yes",
    )
  );
}

const topologyChecks: readonly DeployCheck[] = [
  numberCheck("cache-clusters", CACHE, "numCacheClusters"),
  numberCheck("cache-replicas-per-shard", CACHE, "replicasPerNodeGroup"),
  limitCheck("cache-failover-nodes", CACHE, (cache) => {
    const { automaticFailoverEnabled } = cache.inputs;
    if (isUnknownValue(automaticFailoverEnabled)) return { unknown: "automaticFailoverEnabled" };
    // With shards a lone node is accepted, and has no high availability: the rule cache-fails-over says so.
    if (automaticFailoverEnabled !== true || clustered(cache)) return null;
    const nodes = nodesOfShard(cache);
    if (isUnknownValue(nodes)) return { unknown: "numCacheClusters" };
    return typeof nodes === "number" && withinLimit("cache-failover-nodes", nodes)
      ? fine
      : refused(`automatic failover with ${textOf(nodes)} node`, "run 2 nodes, or turn failover off");
  }),
  limitCheck("cache-multi-az", CACHE, (cache, { graph }) => {
    const { inputs } = cache;
    const { multiAzEnabled, automaticFailoverEnabled } = inputs;
    if (isUnknownValue(multiAzEnabled)) return { unknown: "multiAzEnabled" };
    if (multiAzEnabled !== true) return null;
    if (isUnknownValue(automaticFailoverEnabled)) return { unknown: "automaticFailoverEnabled" };
    if (/^cache\.t1\./.test(textOf(inputs["nodeType"] ?? "")))
      return refused(`multiAzEnabled on ${textOf(inputs["nodeType"])}`, "choose another node type");
    if (graph.referenced(cache, "parameterGroupName", PARAMETERS).some(appends))
      return refused("multiAzEnabled with appendonly", "take appendonly out of the parameter group");
    return automaticFailoverEnabled === true
      ? fine
      : refused("multiAzEnabled without automaticFailoverEnabled", "turn automaticFailoverEnabled on");
  }),
  wordCheck(
    "cache-cluster-failover",
    "elasticache.ReplicationGroup with shards",
    "cluster mode always needs automatic failover",
    limitSources.elasticache,
    CACHE,
    (cache) => {
      if (!clustered(cache)) return null;
      const { automaticFailoverEnabled } = cache.inputs;
      if (isUnknownValue(automaticFailoverEnabled)) return { unknown: "automaticFailoverEnabled" };
      return automaticFailoverEnabled === true
        ? fine
        : refused("shards without automatic failover", "turn automaticFailoverEnabled on");
    },
  ),
  limitCheck("cache-nodes-per-cluster", CACHE, (cache) => {
    const { numNodeGroups } = cache.inputs;
    if (numNodeGroups === undefined) return null;
    const nodes = nodesOfShard(cache);
    if (isUnknownValue(numNodeGroups) || isUnknownValue(nodes)) return { unknown: "numNodeGroups" };
    const total = (asNumber(numNodeGroups) ?? 1) * (asNumber(nodes) ?? 1);
    return withinLimit("cache-nodes-per-cluster", total)
      ? fine
      : refused(`${total} nodes`, "use larger nodes, or have it raised with AWS");
  }),
  notBoth("cache-topology-arguments", "numCacheClusters", ["numNodeGroups", "replicasPerNodeGroup"]),
  notBoth("cache-auth-arguments", "authToken", ["userGroupIds"]),
  notBoth("cache-zone-arguments", "preferredCacheClusterAzs", ["nodeGroupConfigurations"]),
  countCheck("cache-subnets-per-group", SUBNETS, "subnetIds"),
];

const TOKEN_SPECIALS = "!&#$^<>-";

/** A generated token is known only after the deploy; what it is generated from is known before. */
function generated(password: Resource): Outcome {
  const { length, special, overrideSpecial } = password.inputs;
  if (isUnknownValue(length) || isUnknownValue(special) || isUnknownValue(overrideSpecial))
    return { unknown: `inputs of ${password.name}` };
  const letters = asNumber(length) ?? 0;
  if (!withinLimit("cache-auth-token", letters))
    return refused(`a token of ${letters} characters`, "generate 16 to 128 characters");
  if (special === false) return fine;
  const own = typeof overrideSpecial === "string" && overrideSpecial !== "" ? overrideSpecial : undefined;
  const wrong =
    own === undefined
      ? "the default's"
      : Array.from(own)
          .filter((letter) => !TOKEN_SPECIALS.includes(letter))
          .join(" ");
  return wrong === ""
    ? fine
    : refused(`a token with special characters ${wrong}`, `set overrideSpecial: "${TOKEN_SPECIALS}"`);
}

const securityChecks: readonly DeployCheck[] = [
  limitCheck("cache-auth-token", CACHE, (cache, { graph }) => {
    const { authToken, transitEncryptionEnabled } = cache.inputs;
    if (authToken === undefined) return null;
    const transit: Outcome = isUnknownValue(transitEncryptionEnabled)
      ? { unknown: "transitEncryptionEnabled" }
      : transitEncryptionEnabled === true
        ? fine
        : refused("authToken without transit encryption", "turn transitEncryptionEnabled on");
    if (!isUnknownValue(authToken)) {
      // A token's own letters are never printed.
      return [
        transit,
        matchesForm("cache-auth-token", textOf(authToken))
          ? fine
          : refused(
              `an authToken of ${textOf(authToken).length} characters`,
              "16 to 128 letters, digits and ! & # $ ^ < > -",
            ),
      ];
    }
    const sources = graph.referenced(cache, "authToken", PASSWORD);
    return [
      transit,
      sources.length === 1 && sources[0] !== undefined ? generated(sources[0]) : { unknown: "authToken" },
    ];
  }),
  nameCheck("cache-transit-mode", CACHE, "transitEncryptionMode"),
  nameCheck("cache-network-type", CACHE, "networkType"),
];

function versionCheck(id: "redis-version" | "valkey-version", engine: string): DeployCheck {
  return limitCheck(id, CACHE, ({ inputs }) => {
    const { engine: own, engineVersion } = inputs;
    if (isUnknownValue(own)) return { unknown: "engine" };
    if ((own ?? "redis") !== engine || engineVersion === undefined) return null;
    if (isUnknownValue(engineVersion)) return { unknown: "engineVersion" };
    const text = textOf(engineVersion);
    // Below 6 the full number is asked for (aws.md 1.4 says nothing against it).
    if (engine === "redis" && /^[1-5]\.\d+\.\d+$/.test(text)) return fine;
    return matchesForm(id, text)
      ? fine
      : refused(
          `engineVersion ${text}`,
          engine === "redis" ? "give major.minor, for example 7.1" : "give 7.2, 8.0 or 9.0",
        );
  });
}

/** Family of a parameter group by engine and version: redis6.x, redis7, valkey7, valkey8. */
function familyOf(engine: string, version: string): string {
  const major = version.split(".")[0] ?? "";
  return engine === "redis" && major === "6" ? "redis6.x" : `${engine}${major}`;
}

const versionChecks: readonly DeployCheck[] = [
  versionCheck("redis-version", "redis"),
  versionCheck("valkey-version", "valkey"),
  wordCheck(
    "cache-parameter-family",
    "elasticache.ParameterGroup family of a replication group",
    "the parameter group's family must be the engine's and its version's",
    limitSources.elasticache,
    CACHE,
    (cache, { graph }) => {
      const groups = graph.referenced(cache, "parameterGroupName", PARAMETERS);
      const { engine, engineVersion } = cache.inputs;
      if (groups.length === 0 || engineVersion === undefined) return null;
      if (isUnknownValue(engine) || isUnknownValue(engineVersion)) return { unknown: "engine" };
      const wanted = familyOf(textOf(engine ?? "redis"), textOf(engineVersion));
      return groups.map(({ name, inputs }): Outcome => {
        if (isUnknownValue(inputs["family"])) return { unknown: `${name}.family` };
        return inputs["family"] === wanted
          ? fine
          : refused(
              `family ${textOf(inputs["family"])} for ${textOf(engine ?? "redis")} ${textOf(engineVersion)}`,
              `use family ${wanted}`,
            );
      });
    },
  ),
  limitCheck("cache-durability-version", CACHE, (cache) => {
    const { durability, engine, engineVersion } = cache.inputs;
    if (durability === undefined || durability === "disabled") return null;
    if (isUnknownValue(engine) || isUnknownValue(engineVersion)) return { unknown: "engineVersion" };
    const major = Number.parseInt(textOf(engineVersion ?? "0"), 10);
    const ok = engine === "valkey" && withinLimit("cache-durability-version", major) && clustered(cache);
    return ok
      ? fine
      : refused(
          `durability on ${textOf(engine ?? "redis")} ${textOf(engineVersion ?? "")}${clustered(cache) ? "" : " without shards"}`,
          "use valkey 9.0 with shards",
        );
  }),
];

const nameChecks: readonly DeployCheck[] = [
  formCheck("replication-group-id", CACHE, "replicationGroupId"),
  limitCheck("replication-group-logical-name", CACHE, ({ inputs, name }) => {
    if (inputs["replicationGroupId"] !== undefined) return null;
    return withinLimit("replication-group-logical-name", name.length)
      ? fine
      : refused(`${name} has ${name.length} characters`, "give replicationGroupId");
  }),
  numberCheck("cache-snapshot-days", CACHE, "snapshotRetentionLimit"),
];

export const cacheDeployChecks: readonly DeployCheck[] = [
  ...nameChecks,
  ...topologyChecks,
  ...securityChecks,
  ...versionChecks,
];
