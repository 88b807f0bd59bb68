import { shutdownSeconds, type RedisSettings } from "./redis-settings";

/**
 * redis.conf of every member, less what start-redis.sh adds: the member's own name, the password, whom it follows.
 * Redis rewrites its copy on the data volume when a Sentinel gives it another role; that copy is the member's own record.
 */
export function redisConf(settings: RedisSettings): string {
  const { port, folders, maxmemoryBytes, eviction, timing, copyOf } = settings;
  return lines(
    ...listening(port, folders.tls),
    folders.password === null ? "protected-mode no" : "protected-mode yes",
    `dir ${folders.data}`,
    "# A master that comes back empty takes its replicas' data away: every write goes to a file.",
    "appendonly yes",
    "appendfsync everysec",
    'save ""',
    `maxmemory ${maxmemoryBytes}`,
    `maxmemory-policy ${eviction}`,
    "# A master that is cut off from its replicas takes no more writes.",
    `min-replicas-to-write ${timing.minReplicasToWrite}`,
    `min-replicas-max-lag ${timing.minReplicasMaxLagSeconds}`,
    "# What a replica missed is sent from memory where it fits; and a full copy does not wait for more to ask for one.",
    `repl-backlog-size ${backlogBytes(maxmemoryBytes)}`,
    "repl-diskless-sync yes",
    "repl-diskless-sync-delay 0",
    `replica-priority ${copyOf === null ? 100 : 0}`,
    `replica-announce-port ${port}`,
    `shutdown-timeout ${shutdownSeconds}`,
    "tcp-keepalive 60",
  );
}

const MIB = 1024 * 1024;

/** A sixteenth of the memory, from Redis' own default of 1 MiB to 64 MiB: it is not part of maxmemory. */
function backlogBytes(maxmemoryBytes: number): number {
  return Math.min(64 * MIB, Math.max(MIB, Math.floor(maxmemoryBytes / 16)));
}

/** Port, and whether it speaks TLS, of a member or a Sentinel. */
export function listening(port: number, tls: string | null): readonly string[] {
  if (tls === null) return [`port ${port}`];
  return [
    "port 0",
    `tls-port ${port}`,
    `tls-cert-file ${tls}/tls.crt`,
    `tls-key-file ${tls}/tls.key`,
    `tls-ca-cert-file ${tls}/ca.crt`,
    "# Callers show a password, members a certificate of the same authority.",
    "tls-auth-clients optional",
    "tls-replication yes",
  ];
}

export function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
