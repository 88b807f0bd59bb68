import type { Choices, DomainChoice, OwnPrice, Waiver } from "./environment";
import type { LogChoice, ReachedBy } from "./service-facts";
import type { Uncertain } from "./interval";
import type { StoreSize } from "./store-facts";
import type { Target } from "./part";

/** What arrives at the entry of the system. */
export interface Load {
  readonly requestsPerSecond: { readonly mean: number; readonly peak: number };
  /** Sudden step above the peak that must be carried until the scaler has caught up. @default 1.5 */
  readonly burst?: {
    readonly factor: number;
    /** longest wait that callers bear meanwhile, seconds @default 0 */ readonly toleratedWaitSeconds?: number;
  };
  /** Share of the peak that the true load may lie below and above it, for example 0.2. @default 0 */
  readonly uncertainty?: number;
}

/** A cache that somebody else builds and watches. */
export interface ExistingCache {
  /** host:port. */
  readonly address: string;
  /** Callers speak TLS. */
  readonly tls: boolean;
  /** Its firewall: callers add their own way in. @default - its owner lets them in */
  readonly securityGroupId?: string;
  /** Secret of Secrets Manager that holds its token. @default - no token is asked */
  readonly tokenSecretName?: string;
}

/** An Application Load Balancer and its target group that somebody else builds and watches; TLS is its owner's business. */
export interface ExistingBalancer {
  readonly loadBalancerArn: string;
  /** Of the balancer: targets are IP addresses. */
  readonly targetGroupArn: string;
  /** Where the balancer's requests come from. */
  readonly securityGroupId: string;
  /** Where callers go. */
  readonly url: string;
}

/**
 * A listener of an Application Load Balancer that somebody else builds and watches: a target group and a rule on it are built here.
 * At least one of hosts and paths. The balancer's security group must let out to the workload's port, which is its owner's business.
 */
export interface ExistingListener {
  readonly listenerArn: string;
  /** Where the balancer's requests come from. */
  readonly securityGroupId: string;
  /** Of the rule, 1 to 50,000; the lowest is asked first. */
  readonly priority: number;
  /** Host names, for example api.example.com or *.example.com. @default - any */
  readonly hosts?: readonly string[];
  /** Paths, for example /api/*. @default - any */
  readonly paths?: readonly string[];
  /** Where callers go. */
  readonly url: string;
}

/**
 * Read copies of a cache in every other region of the stack, and how they find the group that they follow. nines builds the groups, and in the
 * primary's region the Service `<cache>-copies`; the record of the address, the way between the networks and the certificates are the user's.
 */
export interface CopiesChoice {
  /** host:port that leads from the other regions to the Service `<cache>-copies` of the primary's. */
  readonly address: string;
  /** Secret of every region's namespace with tls.crt, tls.key and ca.crt, all of one authority; the groups speak TLS to everybody then. */
  readonly tls: { readonly secret: string };
  /** How far a copy is behind, seconds: what was written in that time is lost with the primary. */
  readonly lagSeconds: Uncertain;
  /** From the loss of the primary until people have promoted a copy and callers write to it, minutes. */
  readonly promoteMinutes: number;
  /** Region that holds the primary. @default - the first */
  readonly primary?: string;
}

/** What may be there already, by its form. */
export type Existing = ExistingCache | ExistingBalancer | ExistingListener;

/** Who leads callers to a region that stands: the edge's name by DNS, and doors that hand requests on to the doors of other regions. */
export interface FailoverChoice {
  /** Who keeps the records of the edge's name; none: nobody, callers find the regions themselves. */
  readonly dns: "route53" | "external-dns" | "none";
  /** Doors hand requests on to other regions while their own replicas are ill. @default - where the doors are Gateways */
  readonly doors?: boolean;
  /** From one check of a region to the next, of each checker. @default 30 */
  readonly checkSeconds?: 10 | 30;
  /** Checks in a row that fail before a region counts as gone, 1 to 10. @default 3 */
  readonly failures?: number;
}

/** The YAML of a stack: the facts that only this stack knows. */
export interface StackConfig extends Choices {
  readonly system: string;
  readonly environment: string;
  readonly target: Target;
  /** @default - the environment's only region */
  readonly region?: string;
  /** Regions of a system that is built in several, the one that takes the requests first. @default - region */
  readonly regions?: readonly string[];
  /** Namespace of a cluster, created. @default - the environment's, else the stack's name */
  readonly namespace?: string;
  /**
   * What the names of all objects in a cluster begin with, but the namespace's, for example dev-: whatever is planned, built and printed is called
   * so; the YAML, the system and transforms keep the words of the system. Kubernetes. @default - none
   */
  readonly namePrefix?: string;
  /** From the loss of the region that takes requests until callers are at the next, by their clients' own way. @default - nobody moves them, or failover does */
  readonly callersMoveSeconds?: number;
  /** Name that callers use, in the place of the environment's; null: none. @default - the environment's */
  readonly domain?: DomainChoice | null;
  /** How callers reach a region that stands; of several regions with a domain alone. @default - nobody leads them */
  readonly failover?: FailoverChoice;
  readonly load: Load;
  /** Image by service or store workload. */
  readonly images: Readonly<Record<string, string>>;
  /** Caches, balancers and listeners that are there already, by workload. @default - all are built */
  readonly existing?: Readonly<Record<string, Existing>>;
  /** Read copies in the other regions, by cache. @default - each region has a cache of its own, which knows nothing of the others */
  readonly copies?: Readonly<Record<string, CopiesChoice>>;
  /** Size of one replica by workload. @default - the least that the target sells for the workload's facts */
  readonly sizes?: Readonly<Record<string, { readonly cpuMillis?: number; readonly memoryMiB?: number }>>;
  /** Bounds of the scaler by workload: never fewer than min, never more than max, whatever is planned. @default - as planned */
  readonly replicas?: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>;
  /** Facts of the system's workloads that this stack knows better. */
  readonly workloads?: Readonly<Record<string, WorkloadOverride>>;
  /** The user's own rates or discounts. */
  readonly prices?: readonly OwnPrice[];
  readonly waivers?: readonly Waiver[];
}

export interface WorkloadOverride {
  readonly serviceTimeMs?: Uncertain;
  readonly serviceTimeVariation?: Uncertain;
  readonly slotsPerReplica?: number;
  readonly startSeconds?: Uncertain;
  readonly hitRatio?: Uncertain;
  readonly entries?: number;
  readonly reachedBy?: ReachedBy;
  readonly exposure?: "internet" | "private";
  readonly batch?: { readonly size: number; readonly waitMs: number; readonly marginalShare?: number };
  readonly logs?: LogChoice;
  readonly environment?: Readonly<Record<string, string>>;
  readonly spotShare?: number;
  readonly limits?: { readonly cpuMillis?: number; readonly memoryMiB?: number };
  readonly restMemoryMiB?: number;
  readonly members?: number | StoreSize;
  readonly writeShare?: Uncertain;
  readonly leader?: boolean;
  readonly keepVolumes?: boolean;
}
