import type {
  BalancerRoute,
  Infeasible,
  Lack,
  LoadBalancer,
  NodeFacts,
  Part,
  PartKey,
  Reason,
  ReplicaGroup,
  Request,
} from "../model";
import type { CachePlanned } from "./cache-plan";
import type { Context } from "./context";
import type { CacheDemand, StoreDemand } from "./demand";
import type { ServiceDemand } from "./service-demand";
import type { GroupCount } from "./group-count";
import type { StorePlanned } from "./store-count";

export type Door = LoadBalancer | BalancerRoute;

/** Parts with their reasons, and the limits that forbid some. */
export interface SomeParts {
  readonly parts: readonly Part[];
  readonly reasons: readonly Reason[];
  readonly infeasible: readonly Infeasible[];
}

/** Seconds, every part at its slow end, and the parts in words. */
export interface ScalerLagTold {
  readonly seconds: number;
  readonly words: string;
}

/** How a target brings requests to replicas that each have a queue of their own, and by what they would share one. */
export interface QueuesTold {
  readonly because: string;
  /** null: nothing that nines builds would. */
  readonly instead: string | null;
  /** Whether a replica of that size is to be had. */
  readonly holds: (size: ReplicaGroup["size"]) => boolean;
}

/** Nodes that carry pods, by region; undefined: nobody packs. */
export type PlannedNodes = Readonly<Record<string, NodeFacts>> | undefined;

/** Counts as Parts of one target: how many there are is decided before, and what each is here. */
export interface PartPlanner {
  /** What replicas stand in: the network of a region. */
  ground(context: Context): SomeParts;
  /** From a step in load to replicas that carry it, where what stands at the floor has room for them, and where it has none. */
  scalerLag(context: Context, demand: ServiceDemand, roomy: boolean): ScalerLagTold;
  /** Does what stands at the floor hold the replicas that a burst adds to all `parts` of a region? Where nothing is packed it does. */
  holdsBurst(request: Request, parts: readonly Part[], nodes: PlannedNodes): boolean;
  /** Why replicas that are not reached by one queue each have their own. */
  queues(context: Context, demand: ServiceDemand): QueuesTold;
  group(request: Request, count: GroupCount): ReplicaGroup;
  /** What leads requests to the replicas from outside the group; null: nothing. */
  door(request: Request, count: GroupCount, group: PartKey): Door | null;
  serviceAlerts(request: Request, count: GroupCount, group: ReplicaGroup, door: Door | null): readonly Part[];
  cache(context: Context, demand: CacheDemand): CachePlanned;
  /** @throws RangeError where the target builds none; configuration is checked before */
  store(context: Context, demand: StoreDemand): StorePlanned;
  /** What stands because of all that requests pass through in a region: alerts of the network, who is told, nodes. */
  surroundings(request: Request, parts: readonly Part[], nodes: PlannedNodes): readonly Part[];
  /** What all groups together ask more of than there is. */
  shortage(context: Context, counts: readonly GroupCount[]): readonly Infeasible[];
  /** What the place of one region is not said to have, and what all that was planned there loses by it. */
  lacks(request: Request, counts: readonly GroupCount[], parts: readonly Part[]): readonly Lack[];
  nodes(request: Request): PlannedNodes;
}
