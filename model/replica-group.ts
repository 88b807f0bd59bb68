import type { Machine } from "./machine";
import type { Base, PartKey, Placement, Probe } from "./part";

export type ScalingMetric = "cpu" | "memory" | "requests" | "concurrency";

export type Scaling =
  | { readonly kind: "fixed"; readonly count: number }
  | {
      readonly kind: "range";
      readonly min: number;
      readonly max: number;
      /** Count at creation; null where the scaler owns it from the start (HPA, Cloud Run). */
      readonly initial: number | null;
      /** Sorted by metric. cpu and memory in percent; requests in requests a replica and minute; concurrency in requests in flight a replica. */
      readonly signals: readonly { readonly metric: ScalingMetric; readonly target: number }[];
      readonly schedule: readonly { readonly cron: string; readonly min: number; readonly max: number }[];
    };

/** Least that run: the scaler's floor, or the fixed number. */
export const scalingFloor = (scaling: Scaling): number => (scaling.kind === "range" ? scaling.min : scaling.count);

/** Most that run: the scaler's ceiling, or the fixed number. */
export const scalingCeiling = (scaling: Scaling): number => (scaling.kind === "range" ? scaling.max : scaling.count);

export type Architecture = "x86_64" | "arm64";

/** Where a secret is kept: the provider's secret manager or parameters, a Secret of the cluster, or a Secret that external-secrets fetches. */
export type SecretStore = "secret-manager" | "parameter" | "cluster" | "external";

/** How callers inside find the replicas without a balancer. */
export type Registry = { readonly kind: "service-connect" | "cloud-map" | "cluster-ip"; readonly name: string };

/** The first replicas, before a share of the others is asked. Absent: none, or the others are of the same kind. */
export interface BaseReplicas {
  readonly replicas: number;
  readonly on: "on-demand" | "spot";
}

/** One arm a target; only that target's builder, reader and rules look inside. */
export type ReplicaRuntime =
  | {
      readonly kind: "ecs-fargate";
      readonly architecture: Architecture;
      /** Of the replicas beyond `base`, 0 to 1: the share on capacity that may be taken back at two minutes' notice. */
      readonly spotShare: number;
      readonly base?: BaseReplicas;
      readonly rebalancing: boolean;
    }
  | {
      readonly kind: "kubernetes";
      /** Of the replica's own container: beyond it is throttled; null: never. */
      readonly cpuLimitMillis: number | null;
      /** Of the replica's own container: beyond it is killed; null: only when its node is full. */
      readonly memoryLimitMiB: number | null;
      /** Replicas that a drain may take at once, at the floor; null: no budget, so all of them. */
      readonly disruptionMaxUnavailable: number | null;
      /** How replicas keep off each other's nodes. */
      readonly hosts: "hard" | "preferred" | "any";
      /** A new replica must stay ready for so long before it counts. */
      readonly minReadySeconds: number;
      /** From the end's announcement to the stop signal: callers learn of it meanwhile. */
      readonly stopDelaySeconds: number;
    }
  | {
      readonly kind: "cloud-run";
      readonly concurrency: number;
      readonly cpuIdle: boolean;
      readonly requestTimeoutSeconds: number;
    }
  /** Containers on machines of a node pool, which are billed there; machines null: not in this program. */
  | { readonly kind: "ecs-ec2"; readonly machines: PartKey | null; readonly daemon: boolean }
  /** Each replica is a machine of its own. */
  | {
      readonly kind: "instance-group";
      readonly machine: Machine;
      /** A machine that fails its balancer's probe is replaced, not only one that is gone. */
      readonly healthCheck: "machine" | "balancer";
      /** From its start until it is judged. */
      readonly autohealingDelaySeconds: number;
    }
  | { readonly kind: "docker"; readonly balancerLabel: string };

/** What a container is started from. */
export interface Image {
  /** Empty in a plan: handed over while the program runs, so that nothing of the image is planned. */
  readonly reference: string;
  /** By its digest: the same for every replica, for ever. */
  readonly pinned: boolean;
  /** Its registry asks who pulls, and a secret of the provider's store answers. Absent: anybody may, or the provider itself does. */
  readonly login?: true;
}

/** A container that runs beside the replica's own, in each replica. Its share of CPU and its memory are part of the replica's size. */
export interface Sidecar {
  readonly name: string;
  readonly image: Image;
  /** Share of CPU that is kept for it, and memory beyond which it is killed; null: none said. */
  readonly cpuMillis: number | null;
  readonly memoryMiB: number | null;
  /** The replica ends when it does. */
  readonly essential: boolean;
  readonly ports: readonly number[];
  /** Sorted by name. */
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly store: SecretStore }[];
  readonly probe: Probe | null;
  /** The replica's own container starts only once it has started, passes its probe, or has ended well; null: at once. */
  readonly awaited: "started" | "healthy" | "done" | null;
}

/** Where the lines go that the containers write. */
export type LogDestination =
  /** A group of the provider's log service, made for them; keepDays 0: for ever. */
  | { readonly kind: "group"; readonly keepDays: number }
  /** A group that is there, and whose owner says how long it keeps them. */
  | { readonly kind: "existing"; readonly group: string; readonly region: string }
  /** The sidecar of that name sends them on. */
  | {
      readonly kind: "router";
      readonly router: string;
      /** Where to, as the router calls it: `datadog`, `s3`; null: its configuration file alone says. */
      readonly output: string | null;
      /** Of the router's own lines, which no router sends; 0: for ever; null: kept by nobody. */
      readonly keepDays: number | null;
    };

/** Interchangeable copies of one workload, spread over zones, replaced when they fail, scaled between two bounds. */
export interface ReplicaGroup extends Base<"replica-group"> {
  readonly placement: Placement;
  readonly scaling: Scaling;
  /** What is scheduled and billed for one replica, not the limit. 1,000 millis are one vCPU. */
  readonly size: { readonly cpuMillis: number; readonly memoryMiB: number };
  /** Ports that a replica listens on; the first is the one that callers use. */
  readonly ports: readonly number[];
  readonly probes: readonly Probe[];
  /** Replicas, never percent: how many more, and how many fewer, a rollout may run. */
  readonly rollout: {
    /** At the floor. */
    readonly surge: number;
    /** At the scaler's ceiling, where a share makes it another. @default surge */
    readonly surgeAtMax?: number;
    readonly unavailable: number;
    readonly rollsBack: boolean;
    readonly watchesAlarms: boolean;
  };
  /** From the stop signal to the kill: requests in flight must end within it. */
  readonly drainSeconds: number;
  readonly image: Image;
  /** Sorted by name. */
  readonly sidecars: readonly Sidecar[];
  /** Plain settings, sorted by name. Secrets are never here. */
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  /** References, never values; sorted by name. */
  readonly secrets: readonly { readonly name: string; readonly store: SecretStore }[];
  /** Settings that are keys of ConfigMaps which are there, sorted by name. @default - none */
  readonly configMaps?: readonly { readonly name: string; readonly map: string; readonly key: string }[];
  /** Secrets of the namespace that open the registries of its images, sorted; they are there before. @default - none */
  readonly pullSecrets?: readonly string[];
  /** null: kept by nobody. */
  readonly logs: LogDestination | null;
  readonly registry: Registry | null;
  readonly runtime: ReplicaRuntime;
}
