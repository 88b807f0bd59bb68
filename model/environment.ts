import type { Architecture } from "./replica-group";
import type { Nat } from "./network";
import type { KubernetesChoice } from "./kubernetes";
import type { Objectives } from "./system";
import type { LogChoice } from "./service-facts";

/** Severity of rules, and how careful defaults are, follow the tier. */
export type Tier = "dev" | "staging" | "prod";

/** How changes reach the environment; what they cost in minutes is perWeek x failureShare x minutes x exposedShare. */
export interface DeployPractice {
  readonly perWeek: number;
  /** Share of deploys that break something, 0 to 1. */
  readonly failureShare: number;
  /** Minutes until undone. */
  readonly minutes: number;
  /** Share of traffic that sees it, 0 to 1: a canary's share. */
  readonly exposedShare: number;
}

export type NetworkChoice =
  | {
      readonly create: true;
      /** NAT gateways: none, one for all zones, one in each, or one of the region that AWS keeps in each zone. */
      readonly nat: Nat;
      /** @default 10.0.0.0/16 */
      readonly addressRange?: string;
      /** Days that flow logs are kept; null: none. @default 30 in prod, else none */
      readonly flowLogDays?: number | null;
      /** @default cheaper: interface endpoints where they cost less than NAT, and where there is no NAT */
      readonly endpoints?: "cheaper" | "none" | readonly string[];
    }
  | {
      readonly existing: {
        readonly vpcId: string;
        /** CIDR that callers inside come from. @default - not told: private balancers let in private ranges */
        readonly addressRange?: string;
        /** Zone to subnet. */
        readonly privateSubnetIds: Readonly<Record<string, string>>;
        readonly publicSubnetIds?: Readonly<Record<string, string>>;
      };
    };

export interface DomainChoice {
  /** Fully qualified, for example embedding.example.com. */
  readonly name: string;
  readonly zone: { readonly existing: { readonly id: string } };
  /** @default created and validated in the zone */
  readonly certificate?: { readonly existing: { readonly arn: string } };
}

/** A rate or a discount of the user's own, in place of the price list's. */
export interface OwnPrice {
  /** Of the price list, for example nat-hour. */
  readonly item: string;
  /** @default - every region */
  readonly region?: string;
  /** A unit. */
  readonly usd: number;
  /** Where it comes from. */
  readonly note: string;
}

export interface Waiver {
  readonly rule: string;
  /** Part or workload that it covers. @default - all */
  readonly part?: string;
  readonly reason: string;
  /** YYYY-MM-DD; from the day after, the rule counts again. */
  readonly until: string;
}

/** Raised limits, by the catalog's names. */
export interface Quotas {
  readonly fargateVcpus?: number;
  readonly tasksPerService?: number;
  readonly targetsPerGroup?: number;
  readonly cacheNodesPerRegion?: number;
  readonly natGatewaysPerZone?: number;
  readonly elasticIps?: number;
}

/** What a stack may choose, wherever it is said: system < environment < YAML. */
export interface Choices {
  readonly objectives?: Partial<Objectives>;
  readonly deploys?: DeployPractice;
  readonly budget?: { readonly perMonthUsd: number } | null;
  readonly quotas?: Quotas;
  /** Highest share of time that slots are busy at the peak, 0 to 1. @default 0.7 */
  readonly utilisationCeiling?: number;
  /** largest: one misfortune at a time. product: all at once. @default largest */
  readonly headroom?: "largest" | "product";
  /** The floor carries the mean, not the peak with a zone lost. @default false */
  readonly elastic?: boolean;
  /** @default x86_64 */
  readonly architecture?: Architecture;
  /** Most more replicas in a rollout, share of the count. @default 1 */
  readonly surgeShare?: number;
  /** Least replicas. @default 1 in dev, else 2 */
  readonly minReplicas?: number;
  /** @default - as many as the environment's region lists */
  readonly zones?: number;
  /** Most that replicas may drop in one change, share. @default 0.5 */
  readonly replicaDropShare?: number;
  /**
   * Share of the replicas above what must stand that runs on Spot, 0 to below 1, in steps of 0.001. What the peak needs with its objectives stays On-Demand.
   * @default 0
   */
  readonly spotShare?: number;
  /** Registries that ask who pulls, by host; docker.io is that of images without one. @default - none asks */
  readonly registries?: Readonly<Record<string, RegistryLogin>>;
  /** Where the lines of services go that say nothing of their own. @default create */
  readonly logs?: LogChoice;
}

/** What opens a registry; a file that stacks of both targets share says both. */
export interface RegistryLogin {
  /** On AWS: ARN of the secret that holds `{"username", "password"}`. */
  readonly secretArn?: string;
  /** On Kubernetes: Secret of the namespace, of type kubernetes.io/dockerconfigjson, that is there before the pods. */
  readonly secret?: string;
}

/** What all systems of dev, staging or prod share; facts written once. */
export interface Environment extends Choices {
  readonly tier: Tier;
  readonly regions: Readonly<Record<string, { readonly zones: readonly string[] }>>;
  readonly network: NetworkChoice;
  /** @default created */
  readonly cluster?: { readonly existing: { readonly name: string } };
  /** Clusters of the target kubernetes. @default - nothing is built there */
  readonly kubernetes?: KubernetesChoice;
  readonly domain?: DomainChoice | null;
  /** Who is told. */
  readonly alerts: { readonly emails: readonly string[] } | { readonly existing: { readonly topicArn: string } };
  /** Deletion needs a second step. @default true in prod */
  readonly protect?: boolean;
  /** Days that logs are kept. @default 30 */
  readonly logDays?: number;
  readonly waivers?: readonly Waiver[];
  /** Cost-allocation tags on everything. */
  readonly tags?: Readonly<Record<string, string>>;
}

export function defineEnvironment(environment: Environment): Environment {
  return environment;
}
