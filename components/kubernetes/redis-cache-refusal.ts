import { cachePods } from "../../capacity";
import { roleOfEviction, type RedisCache } from "../../model";
import type { RedisCacheArgs } from "./redis-cache-args";

/** A pod's name is a label of DNS, and its revision is a label of 63 characters with a hash of eleven (Kubernetes, issue 64023). */
const LONGEST_NAME = 52;
const LEAST_MEMORY_MIB = 64;

/** Throws a RangeError for what a Part may say and a group with Sentinels cannot be. */
export function refuseUnbuildable({ part, certificateSecret, copyOf, copied }: RedisCacheArgs): void {
  const refuse = (field: string, why: string): never => {
    throw new RangeError(`${field} of ${part.key}: ${why}`);
  };
  const { engine, topology, placement, node, security, snapshots, runtime, workload, crossRegion } = part;
  if (runtime.kind !== "sentinel") return refuse("runtime", `${runtime.kind} is none of Kubernetes; sentinel is`);
  if (topology.kind === "sharded") refuse("topology", "shards need Redis' cluster mode; Sentinels watch one master");
  const isCopy = crossRegion.kind === "async";
  const failover = isCopy ? "none" : "automatic";
  if (topology.kind === "replicated" && (topology.replicas < 2 || topology.failover !== failover))
    refuse(
      "topology",
      `${topology.replicas} replicas, failover ${topology.failover}: at least 2, ${failover}; with one, losing it stops writes`,
    );
  if (topology.kind === "single" && crossRegion.kind !== "none")
    refuse("topology", "one member alone: a copy follows a replica, and is a group that can take over");
  const quorum = topology.kind === "single" || isCopy ? null : majority(cachePods.sentinel.count);
  if (runtime.quorum !== quorum)
    refuse("runtime.quorum", `got ${runtime.quorum}; ${quorum} of ${cachePods.sentinel.count} Sentinels`);
  const watching = quorum === null ? null : cachePods.sentinel.count;
  if ((runtime.sentinels?.count ?? null) !== watching)
    refuse("runtime.sentinels", `got ${runtime.sentinels?.count ?? null}; ${watching}`);
  if (runtime.sentinels !== null && runtime.sentinels.placement.kind !== "zonal")
    refuse("runtime.sentinels", "at least one named zone");
  if ((runtime.downAfterSeconds === null) !== (quorum === null) || (runtime.downAfterSeconds ?? 1) < 1)
    refuse("runtime.downAfterSeconds", `got ${runtime.downAfterSeconds}; at least 1 where Sentinels watch`);
  const most = topology.kind === "replicated" ? topology.replicas - 1 : 0;
  if (runtime.minReplicasToWrite > most)
    refuse(
      "runtime.minReplicasToWrite",
      `${runtime.minReplicasToWrite}; at most ${most}, or losing a member stops writes`,
    );
  if (!(Number(engine.version.split(".")[0]) >= 7))
    refuse("engine", `${engine.name} ${engine.version}; 7 or later: its file is in parts, and Sentinel takes names`);
  if (placement.kind !== "zonal" || placement.zones.length === 0) refuse("placement", "at least one named zone");
  if (part.role !== roleOfEviction(part.eviction))
    refuse("role", `${part.role} with ${part.eviction}, which is the policy of a ${roleOfEviction(part.eviction)}`);
  if (node.usableMiB < LEAST_MEMORY_MIB || node.usableMiB >= node.memoryMiB)
    refuse("node", `${node.usableMiB} of ${node.memoryMiB} MiB for data; from ${LEAST_MEMORY_MIB}, and less than all`);
  if (!security.auth) refuse("security.auth", "Sentinels of two groups without a password may join; it must be asked");
  if (security.atRest) refuse("security.atRest", "what volumes are encrypted with is their class's business");
  if (security.inTransit && certificateSecret === undefined)
    refuse("security.inTransit", "no certificate; give certificateSecret, with tls.crt, tls.key and ca.crt");
  if (snapshots !== null) refuse("snapshots", "they are not built; the volumes' own can be taken");
  if (crossRegion.kind !== "none" && !security.inTransit)
    refuse("security.inTransit", "what goes between regions leaves the cluster's network: it must be encrypted");
  if ((crossRegion.kind === "copied") !== (copied !== undefined))
    refuse("crossRegion", `${crossRegion.kind}, and ${copied === undefined ? "no" : "a"} way in for copies`);
  if (isCopy !== (copyOf !== undefined))
    refuse(
      "crossRegion",
      `${crossRegion.kind}, and ${copyOf === undefined ? "no address of" : "an address of"} a group elsewhere`,
    );
  if (crossRegion.kind === "async" && crossRegion.promotion !== "manual")
    refuse("crossRegion", "promotion is a person's step: take-over.sh");
  if (workload.length > LONGEST_NAME - "-sentinel".length)
    refuse("workload", `${workload.length} characters; at most ${LONGEST_NAME - "-sentinel".length}`);
}

function majority(count: number): number {
  return Math.floor(count / 2) + 1;
}

/** What a group is set to where it has no replica that could take over. */
export function isAlone({ topology }: RedisCache): boolean {
  return topology.kind === "single";
}
