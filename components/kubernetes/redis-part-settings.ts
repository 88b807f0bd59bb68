import { cachePods } from "../../capacity";
import type { RedisCacheArgs } from "./redis-cache-args";
import { isAlone } from "./redis-cache-refusal";
import { membersOf, podNames, redisNames } from "./redis-names";
import { podFolders, redisDefaults, type RedisSettings } from "./redis-settings";

const MIB = 1024 * 1024;

/** Where the pods find what the settings name. */
export const mounts = {
  config: podFolders.config,
  data: podFolders.data,
  /** Holds `password`. */
  password: "/var/run/secrets/nines/redis",
  /** Holds `password`, of the group elsewhere. */
  copyPassword: "/var/run/secrets/nines/copy",
  tls: "/var/run/secrets/nines/tls",
} as const;

export const SENTINEL_PORT = redisDefaults.sentinelPort;

/** A Part as its configuration and scripts need to know it. */
export function settingsOf({ part, namespace, copyOf }: RedisCacheArgs): RedisSettings {
  const names = redisNames(part);
  const alone = isAlone(part);
  return {
    ...redisDefaults,
    engine: part.engine.name,
    group: groupName(namespace, part.workload, part.region),
    members: podNames(names.main, names.members, namespace, membersOf(part)),
    sentinels: alone ? [] : podNames(names.sentinels, names.sentinels, namespace, cachePods.sentinel.count),
    objects: { namespace, members: names.main, sentinels: names.sentinels, proxy: names.proxy },
    port: part.port,
    maxmemoryBytes: part.node.usableMiB * MIB,
    eviction: part.eviction,
    folders: { ...podFolders, tls: part.security.inTransit ? mounts.tls : null },
    copyOf:
      copyOf === undefined
        ? null
        : {
            host: copyOf.host,
            port: copyOf.port,
            masterPort: copyOf.masterPort,
            group: copyOf.group,
            password: copyOf.password === null ? null : `${mounts.copyPassword}/password`,
          },
    copied: part.crossRegion.kind === "copied",
    timing: timingOf(part),
    // Nobody else could have the data: nobody is waited for.
    patience: alone ? { ...redisDefaults.patience, settleSeconds: 0, sentinelSeconds: 0 } : redisDefaults.patience,
  };
}

/** What Sentinels call a group: no two that could reach each other may be called alike. */
export function groupName(namespace: string, workload: string, region: string): string {
  return `${namespace}-${workload}-${region}`;
}

function timingOf({ runtime }: RedisCacheArgs["part"]): RedisSettings["timing"] {
  const { timing } = redisDefaults;
  if (runtime.kind !== "sentinel") return timing;
  return {
    ...timing,
    minReplicasToWrite: runtime.minReplicasToWrite,
    ...(runtime.quorum === null ? {} : { quorum: runtime.quorum }),
    ...(runtime.downAfterSeconds === null ? {} : { downAfterMs: runtime.downAfterSeconds * 1000 }),
  };
}
