import type { Base, Placement, Probe } from "./part";
import type { Image, ReplicaGroup, Scaling, Sidecar } from "./replica-group";

/** What a store does with its data; no object of a cluster tells it, and an annotation states it. */
export interface StoreTopology {
  /** One member takes the writes, every member answers reads, and each holds all the data. */
  readonly kind: "leader-follower";
  readonly replication: "asynchronous";
  /** Writes of so many milliseconds go to the followers together. */
  readonly batchMs: number;
}

/** Copies of the data that outlive its volumes. */
export interface StoreSnapshots {
  readonly everyHours: number;
  readonly keepDays: number;
  readonly kind: "volume-snapshot" | "object-store";
}

/** Members with a name, a volume and a turn of their own: what they hold is kept when they go. */
export interface Store extends Base<"store"> {
  readonly topology: StoreTopology;
  readonly placement: Placement;
  /** Members: all of them hold all the data. */
  readonly scaling: Scaling;
  /** What is scheduled for one member, not the limit. */
  readonly size: { readonly cpuMillis: number; readonly memoryMiB: number };
  /** By name, in the order of the container's; the first is the one that probes ask. */
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly probes: readonly Probe[];
  readonly drainSeconds: number;
  readonly image: Image;
  readonly sidecars: readonly Sidecar[];
  readonly environment: ReplicaGroup["environment"];
  readonly secrets: ReplicaGroup["secrets"];
  readonly configMaps?: NonNullable<ReplicaGroup["configMaps"]>;
  readonly pullSecrets?: NonNullable<ReplicaGroup["pullSecrets"]>;
  readonly volume: {
    /** Of one member. */
    readonly gib: number;
    /** null: the cluster's default class. */
    readonly class: string | null;
    /** The class waits for the pod before it chooses a zone; null: the class is none of this program's. */
    readonly bindsLate: boolean | null;
    /** Its claim outlives its member, and the store. */
    readonly retained: boolean;
    /** It outlives its claim, and the namespace: the class retains it; null: the class is none of this program's. */
    readonly outlivesClaim: boolean | null;
  };
  /** How members find each other; null: they do not. */
  readonly peers: { readonly name: string; readonly notReadyToo: boolean } | null;
  /** A Service leads writes to member 0. */
  readonly leaderService: boolean;
  /** Members start one after another, and each waits for the one before; parallel: all at once. */
  readonly ordered: boolean;
  readonly snapshots: StoreSnapshots | null;
  readonly runtime: {
    readonly kind: "stateful-set";
    /** Beyond it a member is throttled; null: never. */
    readonly cpuLimitMillis: number | null;
    /** Beyond it a member is killed; null: only when its node is full. */
    readonly memoryLimitMiB: number | null;
    /** Members that a drain may take at once, at the floor; null: no budget. */
    readonly disruptionMaxUnavailable: number | null;
    readonly hosts: "hard" | "preferred" | "any";
    readonly minReadySeconds: number;
    readonly stopDelaySeconds: number;
  };
}
