import { sentinelTiming, type SentinelTiming } from "../../catalog/kubernetes";
import type { EvictionPolicy } from "../../model";

/** Where what a container reads and writes lies in it. */
export interface RedisFolders {
  /** Configuration and scripts, read only. */
  readonly config: string;
  /** Survives the container: the append-only file of a member, the memory of a Sentinel. */
  readonly data: string;
  /** File that holds the password; null: none is asked. */
  readonly password: string | null;
  /** Folder of tls.crt, tls.key and ca.crt; null: nothing is encrypted. */
  readonly tls: string | null;
}

export const podFolders: RedisFolders = {
  config: "/etc/nines",
  data: "/data",
  password: "/var/run/secrets/nines/redis/password",
  tls: null,
};

/** How long the scripts wait before they settle for less; seconds. */
export interface RedisPatience {
  /** For one answer of one server. @default 2 */
  readonly askSeconds: number;
  /** A member without any data or record that nobody answers: then the group is taken to be new. @default 10 */
  readonly settleSeconds: number;
  /** For a majority of Sentinels, before the members' own records decide. @default 60 */
  readonly sentinelSeconds: number;
  /** A restarted master, for Sentinels to let a replica take over, before it goes on as master with its own data. @default 60 */
  readonly yieldSeconds: number;
  /** A master that lost its volume, for those who hold the data, before it starts empty. @default 600 */
  readonly emptySeconds: number;
  /** Before SIGTERM: for the replicas to have all that the master took. @default 5 */
  readonly catchUpSeconds: number;
  /** Before SIGTERM: for another to be master. @default 20 */
  readonly handOverSeconds: number;
}

export const redisPatience: RedisPatience = {
  askSeconds: 2,
  settleSeconds: 10,
  sentinelSeconds: 60,
  yieldSeconds: 60,
  emptySeconds: 600,
  catchUpSeconds: 5,
  handOverSeconds: 20,
};

/** A group of data members and Sentinels, as its configuration and scripts need to know it. */
export interface RedisSettings {
  readonly engine: "redis" | "valkey";
  /** Name of the master's group. Sentinels of two groups of one name that can reach each other join: it must be unique. */
  readonly group: string;
  /** Names that the members announce, by ordinal: a name that follows its pod, never an address that goes to another's. */
  readonly members: readonly string[];
  /** The same of the Sentinels. */
  readonly sentinels: readonly string[];
  /** What the cluster calls its objects, for who has an account there. */
  readonly objects: {
    readonly namespace: string;
    readonly members: string;
    readonly sentinels: string;
    readonly proxy: string;
  };
  /** Where a container reaches its own server: its probes ask no resolver. @default localhost */
  readonly loopback: string;
  readonly port: number;
  readonly sentinelPort: number;
  readonly copiesPort: number;
  readonly maxmemoryBytes: number;
  readonly eviction: EvictionPolicy;
  readonly folders: RedisFolders;
  /**
   * The group is an asynchronous copy of a group elsewhere, read only until somebody promotes it; null: it is a group of its own.
   */
  readonly copyOf: {
    readonly host: string;
    /** Leads to a replica: a copy of the master itself would count among the replicas that it needs to take writes. */
    readonly port: number;
    /** Leads to the master. */
    readonly masterPort: number;
    readonly group: string;
    /**
     * File with the password of the group elsewhere; null: it asks none. It must not be this group's own: with that the Sentinels
     * elsewhere, who hear of the copy from their master, could log in and give it another master.
     */
    readonly password: string | null;
  } | null;
  /** Copies elsewhere may follow it: proxies lead them to a replica. */
  readonly copied: boolean;
  readonly timing: SentinelTiming;
  readonly patience: RedisPatience;
}

/** What nobody needs to say of a group. */
export const redisDefaults = {
  engine: "redis",
  objects: { namespace: "default", members: "redis", sentinels: "redis-sentinel", proxy: "redis-proxy" },
  loopback: "localhost",
  port: 6379,
  sentinelPort: 26379,
  /** Of proxies, for copies elsewhere. */
  copiesPort: 6380,
  folders: podFolders,
  copyOf: null,
  copied: false,
  timing: sentinelTiming,
  patience: redisPatience,
} as const satisfies Partial<RedisSettings>;

/** Redis waits so long at SIGTERM for replicas that lag (shutdown-timeout); seconds. */
export const shutdownSeconds = 10;

/** What a pod needs between the wish to end it and its end: hand-over, then Redis' own shutdown, and two questions more; seconds. */
export function graceSeconds({ askSeconds, catchUpSeconds, handOverSeconds }: RedisPatience): number {
  return catchUpSeconds + handOverSeconds + shutdownSeconds + 5 * askSeconds;
}
