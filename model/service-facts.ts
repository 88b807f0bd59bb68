import type { Exposure } from "./load-balancer";
import type { Uncertain } from "./interval";
import type { ServiceMetrics } from "./slo";

export interface CallTo {
  /** Calls for each request of the caller. */
  readonly perRequest: number;
  /** Most tries of one call, each on another replica. @default 1 */
  readonly tries?: number;
  /** The caller fails when the callee does. @default true */
  readonly required?: boolean;
}

export interface HealthProbe {
  /** HTTP path; absent: the port accepts a connection. */
  readonly path?: string;
  /** @default 30 */
  readonly intervalSeconds?: number;
  /** @default 5 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failures?: number;
  /** @default 2 */
  readonly successes?: number;
  /** Run inside the container; absent: the balancer's probe alone decides. */
  readonly command?: string;
}

/** Permission of the running container, least of what it needs. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Secret by reference: created empty for a person to fill, or one that exists. Never a value. */
export type SecretReference =
  | {
      readonly create: "secret-manager" | "parameter";
      /** Key in the store of external-secrets, and `#` with a property of it: `shared/db#password`. Kubernetes. @default - <stack>/<workload>/<variable> */
      readonly from?: string;
    }
  | { readonly existing: string };

/** A container that runs beside a service's own, in each replica: a proxy, an agent, a collector. */
export interface SidecarFacts {
  readonly image: string;
  /** 1,000 are one vCPU; added to the replica's. */
  readonly cpuMillis: number;
  /** Beyond it, it is killed; added to the replica's. */
  readonly memoryMiB: number;
  /** The replica ends when it does. @default true */
  readonly essential?: boolean;
  /** None that the service has: both share one address. @default - none */
  readonly ports?: readonly number[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Secrets that exist, by name or ARN. */
  readonly secrets?: Readonly<Record<string, { readonly existing: string }>>;
  /** Run inside it. @default - none */
  readonly health?: {
    readonly command: string;
    /** @default 30 */
    readonly intervalSeconds?: number;
    /** @default 5 */
    readonly timeoutSeconds?: number;
    /** @default 3 */
    readonly failures?: number;
  };
  /** The service starts only once it has started, passes its health check, or has ended well (not essential then). @default - at once */
  readonly awaited?: "started" | "healthy" | "done";
}

/** A container that takes the lines of all others in the replica and sends them on (ECS: FireLens). Counted in the size as a sidecar is; ends with the replica. */
export interface LogRouter extends Omit<SidecarFacts, "essential" | "ports" | "awaited"> {
  readonly type: "fluentbit" | "fluentd";
  /** Where to, in the router's own words: `{ Name: "datadog", ... }` of Fluent Bit, `{ "@type": "kafka", ... }` of fluentd. Text only. */
  readonly options: Readonly<Record<string, string>>;
  /** Options whose values are secrets that exist, by name or ARN. @default - none */
  readonly secretOptions?: Readonly<Record<string, { readonly existing: string }>>;
  /** Path, in the router's image, of more configuration. @default - none */
  readonly configFile?: string;
  /** What it needs to send them; all containers of a replica share one role. @default - nothing */
  readonly permissions?: readonly Permission[];
}

/** A group that is made and keeps them `logDays`, none, a CloudWatch group that exists (name or ARN), or a router. */
export type LogChoice =
  "create" | "none" | { readonly existing: { readonly group: string } } | { readonly router: LogRouter };

export type ReachedBy = "balancer" | "service-connect" | "cloud-map" | "cluster-ip";

export interface ServiceFacts<C extends Readonly<Record<string, CallTo>> = Readonly<Record<string, CallTo>>> {
  readonly port: number;
  /** On-CPU milliseconds of one request in one slot. */
  readonly serviceTimeMs: Uncertain;
  /** Coefficient of variation of the service time: 0 fixed, 1 exponential. @default 1 */
  readonly serviceTimeVariation?: Uncertain;
  /** Requests that one replica works on at once. @default 1 */
  readonly slotsPerReplica?: number;
  readonly memoryMiB: number;
  /** 1,000 are one vCPU. @default 1000 a slot */
  readonly cpuMillis?: number;
  /** Memory that the process holds once it has started, before any request (a model that it keeps), MiB. @default - not known: whether an autoscaler's memory target is above it is left open */
  readonly restMemoryMiB?: number;
  /** From container start to the first passed probe. */
  readonly startSeconds: Uncertain;
  /** Slower than usual after the start for so long. @default 0 */
  readonly warmUpSeconds?: Uncertain;
  /** health: it can answer; live: its process runs, and nothing else is asked; startup: it has begun. On ECS health alone is used. */
  readonly probes: { readonly health: HealthProbe; readonly live?: HealthProbe; readonly startup?: HealthProbe };
  /** Beyond them it is throttled (CPU) or killed (memory), on Kubernetes. @default - no limit of CPU; memory as it is asked for */
  readonly limits?: { readonly cpuMillis?: number; readonly memoryMiB?: number };
  readonly calls?: C;
  /** How callers reach the replicas; on Kubernetes the entry by its door, all others by the cluster's own Service. @default balancer */
  readonly reachedBy?: ReachedBy;
  /** Of the balancer. @default private */
  readonly exposure?: Exposure;
  /** Requests worked on together: a batch waits at most `waitMs` to fill to `size`; each further request adds `marginalShare` of the first's time. */
  readonly batch?: { readonly size: number; readonly waitMs: number; readonly marginalShare?: number };
  /** Universal scalability law, from a load test. @default - linear */
  readonly scalingLaw?: { readonly contention: number; readonly coherency: number };
  /** Latency objective of this workload alone. @default - the system's */
  readonly latency?: { readonly percentile: number; readonly withinMs: number };
  /** Where Prometheus reads its metrics, and which of them its objectives are watched by, on Kubernetes. @default - it is not scraped */
  readonly metrics?: ServiceMetrics;
  /** Thresholds of alarms. */
  readonly criteria?: { readonly responseMs?: number; readonly successShare?: number; readonly memoryShare?: number };
  /** Bytes of one request and one response. @default 1,024 and 4,096, assumed */
  readonly requestBytes?: Uncertain;
  readonly responseBytes?: Uncertain;
  /** Bytes logged for one request. @default 200, assumed */
  readonly logBytesPerRequest?: Uncertain;
  /** Calls leave the network, so that a way out is required. @default false */
  readonly callsLeave?: boolean;
  readonly command?: readonly string[];
  /** Further ports. */
  readonly ports?: readonly number[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Environment variables that a ConfigMap of the namespace has: its name, or name/key; the key is the variable's name unless said. Kubernetes. @default - none */
  readonly configMaps?: Readonly<Record<string, string>>;
  /**
   * Environment variables that need another workload: `urls` is its URL, `address` host:port, `token` what it asks callers for (a cache).
   */
  readonly wires?: Readonly<Record<string, { readonly to: string; readonly as: "urls" | "address" | "token" }>>;
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  readonly permissions?: readonly Permission[];
  /** By name; sorted names are the order in which they are listed. @default - none */
  readonly sidecars?: Readonly<Record<string, SidecarFacts>>;
  /** Where its lines go. @default - as the stack or its environment says, else create */
  readonly logs?: LogChoice;
  /** From the stop signal to the kill, seconds, 1 to 120. @default 30 */
  readonly drainSeconds?: number;
  /** Share of this workload's replicas above what must stand that runs on Spot, 0 to below 1, in steps of 0.001. @default - the stack's */
  readonly spotShare?: number;
  /** A sizing rule written down elsewhere, shown beside the planner's. */
  readonly sizingRule?: SizingRule;
}

/** active = ceil(load / requestsPerSecondPerReplica); failover = max(1, ceil(active x failoverShare)). */
export interface SizingRule {
  readonly name: string;
  readonly requestsPerSecondPerReplica: number;
  readonly failoverShare: number;
}

export interface ServiceWorkload<
  C extends Readonly<Record<string, CallTo>> = Readonly<Record<string, CallTo>>,
> extends ServiceFacts<C> {
  readonly kind: "service";
}

/** A workload that answers requests on a port. */
// Who calls nobody has no key at all: a Record of string to never would have every key, and each would be checked.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function service<const C extends Readonly<Record<string, CallTo>> = Record<never, CallTo>>(
  facts: ServiceFacts<C>,
): ServiceWorkload<C> {
  return { kind: "service", ...facts };
}
