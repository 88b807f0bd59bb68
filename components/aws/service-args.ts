import type * as pulumi from "@pulumi/pulumi";
import type {
  Choices,
  DomainChoice,
  Environment,
  ExistingListener,
  Exposure,
  HealthProbe,
  Load,
  NetworkChoice,
  Objectives,
  Permission,
  SecretReference,
  SidecarFacts,
  StackConfig,
  Tier,
  Uncertain,
  Waiver,
} from "../../model";
import type { Adoption } from "../adoption";
import type { ServiceCache } from "../service-facts";
import type { AlertArgs } from "./alert";
import type { AlertTopicArgs } from "./alert-topic";
import type { BalancerRouteTransform } from "./balancer-route";
import type { ClusterArgs } from "./cluster";
import type { DashboardArgs } from "./dashboard";
import type { LoadBalancerTransform } from "./load-balancer-args";
import type { NetworkTransform } from "./network-args";
import type { RedisCacheTransform } from "./redis-cache-args";
import type { ReplicaGroupTransform } from "./replica-group-args";

/** Subnets by zone, or in the order of the network's `zones`. Ids may be known only after deploy; zones may not: the plan counts them. */
export type Subnets =
  | Readonly<Record<string, pulumi.Input<string>>>
  | readonly pulumi.Input<string>[]
  | pulumi.Output<readonly string[]>
  | pulumi.Output<string[]>;

export interface ExistingServiceNetwork {
  readonly vpcId: pulumi.Input<string>;
  readonly privateSubnetIds: Subnets;
  /** Needed where the balancer is for the internet. @default - none */
  readonly publicSubnetIds?: Subnets;
  /** Names of the zones, where subnets are given as lists. @default - the keys of `privateSubnetIds` */
  readonly zones?: readonly string[];
  /** CIDR that callers inside come from. @default - private ranges */
  readonly addressRange?: string;
}

/** A network of its own, or one that is there. */
export type ServiceNetwork =
  | (Extract<NetworkChoice, { readonly create: true }> & { readonly zones: readonly string[] })
  | { readonly existing: ExistingServiceNetwork };

export interface ServiceDomain {
  /** Fully qualified, for example web.example.com. */
  readonly name: DomainChoice["name"];
  /** Hosted zone that holds it. */
  readonly zoneId: pulumi.Input<string>;
  /** @default created and validated in the zone */
  readonly certificateArn?: pulumi.Input<string>;
}

/**
 * A listener that is there: a target group, and a rule on the listener that leads to it, stand in the place of a balancer. Its balancer must
 * let out to the service's port.
 */
export interface ServiceListener extends Pick<ExistingListener, "priority" | "hosts" | "paths"> {
  readonly listenerArn: pulumi.Input<string>;
  /** Of the balancer: where its requests come from. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Where callers go. */
  readonly url: pulumi.Input<string>;
}

/** A last word on single children, typed. */
export interface ServiceTransform {
  readonly network?: NetworkTransform;
  readonly cluster?: NonNullable<ClusterArgs["transform"]>;
  readonly loadBalancer?: LoadBalancerTransform;
  readonly balancerRoute?: BalancerRouteTransform;
  readonly replicaGroup?: ReplicaGroupTransform;
  readonly cache?: RedisCacheTransform;
  readonly alert?: NonNullable<AlertArgs["transform"]>;
  readonly alertTopic?: NonNullable<AlertTopicArgs["transform"]>;
  readonly dashboard?: NonNullable<DashboardArgs["transform"]>;
}

/** What a service must carry; nines works out how many replicas, where, and behind what. */
export interface ServiceArgs extends Omit<Choices, "objectives" | "zones"> {
  /** For example registry.example.com/web@sha256:...; what is known only after deploy hides the container's definition until then. */
  readonly image: pulumi.Input<string>;
  /** That the container listens on, 1 to 65535; the balancer answers there too unless there is a domain. */
  readonly port: number;
  /** HTTP path that answers 200 while a replica is well, or the whole probe. */
  readonly health: string | HealthProbe;
  readonly load: Load;
  /** On-CPU milliseconds of one request. */
  readonly serviceTimeMs: Uncertain;
  /** Of one replica, sidecars and a router of its lines included: 1,000 cpuMillis are one vCPU. @default 1000 a slot, and 1,024 MiB, and what those take; rounded up to what Fargate sells */
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
  /** Every resource is made there. @default - of the network's zones, else `aws:region`, else AWS_REGION */
  readonly region?: string;
  readonly network: ServiceNetwork;
  /** @default - none: the balancer's own name, in plain text and for callers inside alone */
  readonly domain?: ServiceDomain;
  /** @default - a balancer of its own */
  readonly listener?: ServiceListener;
  /** Of the balancer; the internet takes a domain. @default private */
  readonly exposure?: Exposure;
  /** Who is told. */
  readonly alerts: { readonly emails: readonly string[] } | { readonly topicArn: pulumi.Input<string> };
  /** @default - none */
  readonly cache?: ServiceCache;
  /** ECS cluster that is there. Literal: alarms say it. @default - created */
  readonly cluster?: { readonly existing: { readonly name: string } };
  /** Values that are known only after deploy reach the container as encrypted parameters. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** By reference, never a value. @default - none */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** Containers beside the service's own, by name: they share its size, its network and its permissions. @default - none */
  readonly sidecars?: Readonly<Record<string, SidecarFacts>>;
  /** What the container may do. @default - nothing */
  readonly permissions?: readonly Permission[];
  /** Calls leave the network, so that a way out is required. @default false */
  readonly callsLeave?: boolean;
  /** Bounds of the scaler. @default - as planned */
  readonly replicas?: { readonly min?: number; readonly max?: number };
  /** Deletion needs a second step. @default true in prod */
  readonly protect?: boolean;
  /** Days that logs are kept. @default 30 */
  readonly logDays?: number;
  /** Cost-allocation tags on everything. @default - none */
  readonly tags?: Environment["tags"] & object;
  readonly waivers?: readonly Waiver[];
  /** The user's own rates or discounts. @default - the catalog's */
  readonly prices?: StackConfig["prices"] & object;
  readonly transform?: ServiceTransform;
  /** Children that take over what is there already (docs/adopt.md). @default - all are made */
  readonly adopt?: Adoption;
}
