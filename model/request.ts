import type { Choices, DeployPractice, Environment, OwnPrice, Quotas, Waiver } from "./environment";
import type { RequestedCluster } from "./kubernetes";
import type { Target } from "./part";
import type { Architecture } from "./replica-group";
import type { ExistingBalancer, ExistingCache, ExistingListener, FailoverChoice, Load } from "./stack-config";
import type { Objectives, Workload } from "./system";
import type { Interval } from "./interval";

/** Where a value came from. */
export type Origin = "system" | "environment" | "yaml" | "default";
export interface Setting {
  readonly key: string;
  readonly value: unknown;
  /** argument: of a component, in the program itself. */
  readonly from: Origin | "argument";
  /** Said for stacks of another target, by a file that both share: nothing is planned by it here. @default - it counts */
  readonly unused?: true;
}

/** Every choice made: nothing is optional past the edge. */
export type Chosen = {
  readonly objectives: Objectives;
  /** null: the default's practice is assumed. */
  readonly deploys: DeployPractice | null;
  readonly budget: { readonly perMonthUsd: number } | null;
  readonly quotas: Quotas;
  readonly architecture: Architecture;
} & Required<Omit<Choices, "objectives" | "deploys" | "budget" | "quotas" | "architecture" | "logs">>;

/** A listener as it is planned with: its ARN is null where another program hands it over while this one runs. */
export type RequestedListener = Omit<ExistingListener, "listenerArn"> & { readonly listenerArn: string | null };

/** Read copies of a cache, as they are planned with. */
export interface RequestedCopies {
  /** What leads to the primary's Service for copies. */
  readonly host: string;
  readonly port: number;
  /** Secret of every region's namespace. */
  readonly secret: string;
  readonly lagSeconds: Interval;
  readonly promoteMinutes: number;
  readonly primary: string;
}

/** One region that a request is planned in. */
export interface RegionPlace {
  readonly region: string;
  /** As many as are used, in the environment's order. */
  readonly zones: readonly string[];
  /** All zones of the region that the network spans. */
  readonly networkZones: readonly string[];
  readonly kubernetes: RequestedCluster | null;
}

/** What plan() takes: one system in one environment, checked, with all defaults in place. */
export interface Request {
  readonly stack: string;
  /** Name of the component that holds the system, where its program may hold others too; null: the system is the whole stack. */
  readonly component: string | null;
  readonly system: string;
  readonly environment: string;
  readonly tier: Environment["tier"];
  readonly target: Target;
  /** Regions beside the first, in the order in which they take requests when those before them cannot. */
  readonly otherRegions: readonly RegionPlace[];
  /** All regions of the stack in that order, whichever of them is planned. */
  readonly regions: readonly string[];
  /** From the loss of the region that takes requests until callers are at the next by themselves; null: they do not move, or failover leads them. */
  readonly callersMoveSeconds: number | null;
  /** Who leads callers to a region that stands; null: nobody. */
  readonly failover: Required<FailoverChoice> | null;
  /** The region that is planned; of several the one that takes the requests first. */
  readonly region: string;
  /** As many as are used, in the environment's order. */
  readonly zones: readonly string[];
  /** All zones of the region that the network spans; a balancer may need more of them than the replicas do. */
  readonly networkZones: readonly string[];
  readonly workloads: Readonly<Record<string, Workload>>;
  readonly load: Required<Pick<Load, "requestsPerSecond">> & {
    readonly burst: { readonly factor: number; readonly toleratedWaitSeconds: number };
    readonly uncertainty: number;
  };
  readonly images: Readonly<Record<string, string>>;
  /** What is there already, by workload: a cache itself, and in front of a service the balancer, or only its listener. */
  readonly existing: {
    readonly caches: Readonly<Record<string, ExistingCache>>;
    readonly balancers: Readonly<Record<string, ExistingBalancer>>;
    readonly listeners: Readonly<Record<string, RequestedListener>>;
  };
  /** Caches whose primary is in one region and followed in all others. */
  readonly copies: Readonly<Record<string, RequestedCopies>>;
  readonly sizes: Readonly<Record<string, { readonly cpuMillis?: number; readonly memoryMiB?: number }>>;
  readonly replicas: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>;
  readonly chosen: Chosen;
  readonly network: Environment["network"];
  readonly cluster: { readonly existing: { readonly name: string } } | null;
  /** Of the target kubernetes alone. */
  readonly kubernetes: RequestedCluster | null;
  readonly domain: (Environment["domain"] & object) | null;
  readonly alerts: Environment["alerts"];
  readonly protect: boolean;
  readonly logDays: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly waivers: readonly Waiver[];
  readonly prices: readonly OwnPrice[];
  readonly settings: readonly Setting[];
  /** What the names of the workloads here, and of all that is made of them, begin with; empty: as the system calls them. */
  readonly namePrefix: string;
}

/** What the system and the YAML call a workload. */
export function wordOfWorkload({ namePrefix }: Pick<Request, "namePrefix">, workload: string): string {
  return workload.slice(namePrefix.length);
}

/** What the names of a plan's workloads begin with; of no plan of ours, nothing. */
export function prefixOfPlan(plan: { readonly settings: readonly Setting[] } | null): Pick<Request, "namePrefix"> {
  const said = plan?.settings.find(({ key }) => key === "namePrefix")?.value;
  return { namePrefix: typeof said === "string" ? said : "" };
}

/** What a Part of no workload is called: among several systems of one program, each has a network or a dashboard of its own. */
export function wordOfSystem({ component }: Pick<Request, "component">, word: string): string {
  return component === null ? word : `${component}-${word}`;
}

/** A request as each of its regions sees it, the first first. */
export function requestsByRegion(request: Request): readonly [Request, ...Request[]] {
  const { otherRegions, ...first } = request;
  return [{ ...first, otherRegions: [] }, ...otherRegions.map((place) => ({ ...first, ...place, otherRegions: [] }))];
}

/** A request whose replicas are in as many zones of each region, or as many as it has. */
export function withZones(request: Request, zones: number): Request {
  const few = <P extends RegionPlace | Request>(place: P): P => ({
    ...place,
    zones: place.networkZones.slice(0, zones),
  });
  return { ...few(request), otherRegions: request.otherRegions.map(few) };
}
