import { cacheNodes, parameterGroupFamily, usableBytes } from "../../catalog/aws/cache-nodes";
import { limits } from "../../catalog/aws/limits";
import { roleOfEviction, type RedisCache } from "../../model";

const MIB = 1024 * 1024;

/** Zones that the nodes may stand in. @throws RangeError where zones are not named */
export function zonesOf({ key, placement }: RedisCache): readonly string[] {
  if (placement.kind === "zonal" && placement.zones.length > 0) return placement.zones;
  throw new RangeError(`placement of ${key}: ElastiCache needs at least one named zone`);
}

/** @throws RangeError for what a Part may say and ElastiCache cannot be */
export function refuseUnbuildable(part: RedisCache): void {
  const refuse = (field: string, why: string): never => {
    throw new RangeError(`${field} of ${part.key}: ${why}`);
  };
  const { engine, topology, placement, security, snapshots, node } = part;
  if (part.runtime.kind !== "elasticache") refuse("runtime", `${part.runtime.kind} is not ElastiCache`);
  if (part.crossRegion.kind !== "none") refuse("crossRegion", `${part.crossRegion.kind} replication is not built`);
  if (parameterGroupFamily(engine.name, engine.version) === null) {
    refuse("engine", `ElastiCache takes no ${engine.name} ${engine.version}; give major.minor, for example 7.2`);
  }
  const role = roleOfEviction(part.eviction);
  if (part.role !== role) refuse("role", `${part.role} with ${part.eviction}, which is the policy of a ${role}`);
  const known = cacheNodes.get(node.name);
  if (known === undefined) refuse("node", `the memory of ${node.name} is not known`);
  else if (
    Math.floor(known.maxmemoryBytes / MIB) !== node.memoryMiB ||
    Math.floor(usableBytes(known) / MIB) !== node.usableMiB
  ) {
    refuse(
      "node",
      `${node.name} has ${Math.floor(known.maxmemoryBytes / MIB)} MiB, ${Math.floor(usableBytes(known) / MIB)} usable`,
    );
  }
  const replicas =
    topology.kind === "single" ? 0 : topology.kind === "replicated" ? topology.replicas : topology.replicasPerShard;
  const most = limits["cache-replicas-per-shard"].max;
  const least = topology.kind === "replicated" ? 1 : 0;
  if (replicas < least || replicas > most) refuse("topology", `${replicas} replicas a shard; ${least} to ${most}`);
  if (topology.kind === "sharded" && topology.shards < 1) refuse("topology", `${topology.shards} shards; at least 1`);
  if (placement.kind === "zonal" && placement.spread === "hard") {
    const failsOver =
      topology.kind === "sharded" ? replicas > 0 : topology.kind === "replicated" && topology.failover === "automatic";
    if (zonesOf(part).length < 2 || !failsOver)
      refuse("placement", "a hard spread needs two zones, a replica and automatic failover");
  }
  if (security.auth && !security.inTransit) refuse("security", "a token needs encryption in transit");
  const longest = limits["cache-snapshot-days"].max;
  if (snapshots !== null && (snapshots.everyHours !== 24 || snapshots.keepDays < 1 || snapshots.keepDays > longest)) {
    refuse(
      "snapshots",
      `every ${snapshots.everyHours} hours, kept ${snapshots.keepDays} days; every 24 hours, 1 to ${longest} days`,
    );
  }
}
