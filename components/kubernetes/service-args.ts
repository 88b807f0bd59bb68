import type * as pulumi from "@pulumi/pulumi";
import type {
  Choices,
  HealthProbe,
  KubernetesChoice,
  Load,
  Objectives,
  SecretReference,
  ServiceFacts,
  SidecarFacts,
  Tier,
  Uncertain,
  Waiver,
} from "../../model";
import type { Adoption } from "../adoption";
import type { ServiceCache } from "../service-facts";
import type { Transform } from "../transform";
import type { AlertsTransform } from "./alert";
import type { NamespaceArgs } from "./namespace";
import type { Reaches } from "./reaches";
import type { RedisCacheTransform } from "./redis-cache-args";
import type { ReplicaGroupTransform } from "./replica-group-args";
import type { ServiceMonitorSpec } from "./service-monitor";
import type { SloTransform } from "./slo";

/** The cluster that a component stands in: the provider's (component option `provider`), else the program's default. */
export interface ClusterArgs extends Pick<
  KubernetesChoice,
  "nodes" | "has" | "prometheusLabels" | "priorityClass" | "secretStore" | "storageClass"
> {
  /** Zones of its nodes, as their label topology.kubernetes.io/zone says them. */
  readonly zones: readonly string[];
  /** As the nodes' label topology.kubernetes.io/region says it. @default - of the zones, where they are EKS' or GKE's */
  readonly region?: string;
  /** Created with the component, or one that exists. Literal. @default - kubernetes:namespace of the configuration, else default */
  readonly namespace?: NonNullable<KubernetesChoice["namespace"]>;
}

/** A last word on single children, typed. */
export interface ServiceTransform {
  readonly namespace?: NonNullable<NamespaceArgs["transform"]>;
  readonly replicaGroup?: ReplicaGroupTransform;
  readonly cache?: RedisCacheTransform;
  readonly alerts?: AlertsTransform;
  readonly slo?: SloTransform;
  readonly serviceMonitor?: Transform<ServiceMonitorSpec>;
}

type Chosen =
  | "deploys"
  | "budget"
  | "utilisationCeiling"
  | "headroom"
  | "elastic"
  | "surgeShare"
  | "minReplicas"
  | "replicaDropShare"
  | "registries";

/** What a service must carry; nines works out how many pods, where, and on how many nodes. */
export interface ServiceArgs
  extends
    ClusterArgs,
    Pick<Choices, Chosen>,
    Pick<ServiceFacts, "limits" | "metrics" | "restMemoryMiB" | "drainSeconds" | "command" | "ports" | "configMaps"> {
  /** For example registry.example.com/web@sha256:...; what is known only after deploy is planned without. */
  readonly image: pulumi.Input<string>;
  /** That the container listens on, 1 to 65535; callers inside reach it there too. */
  readonly port: number;
  /** HTTP path that answers 200 while a replica can answer, or the whole probe: readiness. */
  readonly health: string | HealthProbe;
  /** Path or probe that asks nothing but the process: liveness. @default - the port accepts a connection */
  readonly live?: string | HealthProbe;
  /** Path or probe that passes once the process has begun. @default - as live, for as long as `startSeconds` may take */
  readonly startup?: string | HealthProbe;
  readonly load: Load;
  /** On-CPU milliseconds of one request. */
  readonly serviceTimeMs: Uncertain;
  /** Requests of one replica, sidecars included: 1,000 cpuMillis are one core. @default 1000 a slot, and 1,024 MiB, and what those take */
  readonly size?: { readonly cpuMillis?: number; readonly memoryMiB?: number };
  /** Requests that one replica works on at once. @default 1 */
  readonly slotsPerReplica?: number;
  /** From container start to the first passed probe, seconds. @default 5 to 60, mid 20, assumed: measure it */
  readonly startSeconds?: Uncertain;
  /** What may be lost while the peak is still carried. @default zone; nothing in dev */
  readonly survive?: Objectives["survive"];
  /** Share of time that it answers, 0 to 1. @default 0.999; 0.99 in dev */
  readonly availability?: Objectives["availability"];
  /** `percentile` percent of responses within `withinMs`. @default - nothing is promised */
  readonly latency?: NonNullable<Objectives["latency"]>;
  /** Severity of rules, and how careful defaults are. @default prod */
  readonly tier?: Tier;
  /** @default - none */
  readonly cache?: ServiceCache;
  /** Values that are known only after deploy reach the container from a Secret. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** By reference, never a value: `{ existing: "name/key" }` of a Secret, or `{ create }`, fetched from `secretStore` where there is one. @default - none */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** Containers beside the service's own, by name: they share its size and its network. @default - none */
  readonly sidecars?: Readonly<Record<string, SidecarFacts>>;
  /** What the pods may do: annotations of their ServiceAccount, for example eks.amazonaws.com/role-arn. @default - nothing */
  readonly serviceAccount?: { readonly annotations: Readonly<Record<string, string>> };
  /**
   * What its pods call: a Service, Cache or Store of nines/kubernetes, or pods, addresses and ports of somebody else. Their network policy lets
   * out to nothing else but DNS, its own cache, and components whose `url` a variable of `environment` is. @default - nothing
   */
  readonly reaches?: readonly Reaches[];
  /** Calls leave the namespace, to anywhere on 443. @default false */
  readonly callsLeave?: boolean;
  /** Bounds of the autoscaler. @default - as planned */
  readonly replicas?: { readonly min?: number; readonly max?: number };
  /** Pulumi refuses to delete a created namespace, and members of a cache. @default true in prod */
  readonly protect?: boolean;
  readonly waivers?: readonly Waiver[];
  readonly transform?: ServiceTransform;
  /** Children that take over what is there already (docs/adopt.md). @default - all are made */
  readonly adopt?: Adoption;
}
