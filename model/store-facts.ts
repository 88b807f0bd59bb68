import type { HealthProbe, SecretReference } from "./service-facts";
import type { Uncertain } from "./interval";

/** Sizes by their names, members each. */
export const storeSizes = { small: 3, medium: 9, large: 27 } as const;
export type StoreSize = keyof typeof storeSizes;

/** What a store is: members that each hold all the data, one of which takes the writes. */
export interface StoreFacts {
  /** rest is what callers use and probes ask. */
  readonly ports: { readonly rest: number; readonly grpc?: number; readonly metrics?: number };
  readonly memoryMiB: number;
  /** 1,000 are one vCPU. @default 1000 */
  readonly cpuMillis?: number;
  /** Beyond them it is throttled (CPU) or killed (memory). @default - no limit of CPU; memory as it is asked for */
  readonly limits?: { readonly cpuMillis?: number; readonly memoryMiB?: number };
  /** Requests a second that read which one member answers with all of its CPU. */
  readonly readsPerSecondPerMember: Uncertain;
  /** Writes a second that one leader takes with all of its CPU. */
  readonly writesPerSecondPerLeader: Uncertain;
  /** Share of requests that write, 0 to 1. @default 0 */
  readonly writeShare?: Uncertain;
  /** Milliseconds for which the leader gathers writes before it sends them on. */
  readonly replicationBatchMs: number;
  /** Milliseconds from a write at the leader until a follower has it, the batch included. */
  readonly replicationLagMs: Uncertain;
  /** Seconds until the database itself has another leader. @default - it elects none: member 0 leads, and writes wait for it */
  readonly electionSeconds?: Uncertain;
  /** From container start to the first passed probe, its data there already. */
  readonly startSeconds: Uncertain;
  /** MiB a second at which a new member copies what the others hold. @default 50, assumed */
  readonly copyMiBPerSecond?: Uncertain;
  /** Of each member: volumes grow, and never shrink. */
  readonly volumeGiB: number;
  /**
   * Volumes outlive their claims: whoever deletes the namespace deletes no data. They are bound again or deleted by hand, and cost until then.
   * Of a class of the store's own alone. @default - true in prod, else false
   */
  readonly keepVolumes?: boolean;
  /** Where the volume is mounted. @default /data */
  readonly dataPath?: string;
  readonly probes: { readonly health: HealthProbe; readonly live?: HealthProbe; readonly startup?: HealthProbe };
  /** @default - none is taken */
  readonly snapshots?: {
    /** Divides a day: 1, 2, 3, 4, 6, 8, 12 or 24. */
    readonly everyHours: number;
    readonly keepDays: number;
    /** volume-snapshot: of member 0's volume, by the cluster. object-store: the command of the image writes it there. */
    readonly kind: "volume-snapshot" | "object-store";
    /** Of the job: with kubectl, a shell and date for volume-snapshot; with the command for object-store. */
    readonly image: string;
    /** Of an object-store job. */
    readonly command?: readonly string[];
    /** @default - the driver's default */
    readonly snapshotClass?: string;
  };
  /** Members, or a size's name; more where the load or what must be survived needs them. @default - as few as carry it */
  readonly members?: number | StoreSize;
  /** A Service leads writes to member 0: until the database labels its leader. @default false */
  readonly leader?: boolean;
  /** Share of memory above which the autoscaler adds a member. @default 0.8 */
  readonly memoryShare?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** Environment variables that a ConfigMap of the namespace has: its name, or name/key. @default - none */
  readonly configMaps?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  /** From the stop signal to the kill, seconds, 1 to 120. @default 30 */
  readonly drainSeconds?: number;
}

export interface StoreWorkload extends StoreFacts {
  readonly kind: "store";
}

/** A workload that keeps data, in members that each hold all of it. */
export function store(facts: StoreFacts): StoreWorkload {
  return { kind: "store", ...facts };
}

/** Members that a number or a size's name asks for. */
export function membersAsked(members: StoreFacts["members"]): number | undefined {
  return typeof members === "string" ? storeSizes[members] : members;
}
