import { createHash } from "node:crypto";
import { lines, listening } from "./redis-config";
import type { RedisSettings } from "./redis-settings";

/**
 * Id of a Sentinel by group and ordinal, the same for ever: one that lost its volume comes back as itself. With ids of chance every
 * loss would leave a ghost in the others' memory, and three ghosts would outvote three Sentinels.
 */
export function sentinelId(group: string, ordinal: number): string {
  return createHash("sha1").update(`${group}/${ordinal}`).digest("hex");
}

/**
 * sentinel.conf of every Sentinel, less what start-sentinel.sh adds: its own id and name, the password, whom it watches, and that
 * it knows the other members and Sentinels before it has met them. Sentinel writes what it learns into its copy on the volume.
 */
export function sentinelConf(settings: RedisSettings): string {
  const { group, sentinelPort, folders, timing } = settings;
  return lines(
    ...listening(sentinelPort, folders.tls),
    folders.password === null ? "protected-mode no" : "protected-mode yes",
    `dir ${folders.data}`,
    "sentinel resolve-hostnames yes",
    "sentinel announce-hostnames yes",
    `sentinel announce-port ${sentinelPort}`,
    "sentinel deny-scripts-reconfig yes",
    `sentinel down-after-milliseconds ${group} ${timing.downAfterMs}`,
    `sentinel failover-timeout ${group} ${timing.failoverTimeoutMs}`,
    `sentinel parallel-syncs ${group} 1`,
  );
}
