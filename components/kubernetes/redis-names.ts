import type { RedisCache } from "../../model";

/** What a pod of a cache is: it holds data, it watches over those that do, or it leads callers to the master. */
export type RedisRole = "member" | "sentinel" | "proxy";

/** Names of a cache's objects in its namespace. */
export function redisNames({ workload }: Pick<RedisCache, "workload">) {
  return {
    /** Callers' Service; the members' StatefulSet. */
    main: workload,
    /** Headless Service that gives each member its name. */
    members: `${workload}-members`,
    /** The Sentinels' StatefulSet and headless Service. */
    sentinels: `${workload}-sentinel`,
    proxy: `${workload}-proxy`,
    /** Way in from other regions. */
    copies: `${workload}-copies`,
    config: `${workload}-config`,
  } as const;
}

/** Members of a group. Throws a RangeError for shards, which Sentinels do not watch. */
export function membersOf({ key, topology }: RedisCache): number {
  if (topology.kind === "sharded")
    throw new RangeError(`topology of ${key}: shards need Redis' cluster mode, which is not built on Kubernetes`);
  return topology.kind === "single" ? 1 : 1 + topology.replicas;
}

/** Name of each pod of a StatefulSet, as all of the cluster resolve it. */
export function podNames(set: string, service: string, namespace: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, ordinal) => `${set}-${ordinal}.${service}.${namespace}.svc`);
}

/** Labels that select the pods of one role; all roles together have the workload's own name, which policies of callers know. */
export function roleLabels(workload: string, role: RedisRole): Readonly<Record<string, string>> {
  return {
    "app.kubernetes.io/name": workload,
    "app.kubernetes.io/instance": workload,
    "app.kubernetes.io/component": role,
  };
}
