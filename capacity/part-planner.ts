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
  Target,
} from "../model";
import { awsParts } from "./aws/parts";
import type { CachePlanned } from "./cache-plan";
import type { Context } from "./context";
import type { CacheDemand, ServiceDemand, StoreDemand } from "./demand";
import type { GroupCount } from "./group-count";
import type { QueuesTold } from "./own-queues";
import { kubernetesParts } from "./kubernetes/parts";
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

const planners: { readonly [target in Target]?: PartPlanner } = { aws: awsParts, kubernetes: kubernetesParts };

/** @throws RangeError for a target that cannot be planned; configuration is checked before */
export function plannerOf(target: Target): PartPlanner {
  const planner = planners[target];
  if (!planner) throw new RangeError(`target: got ${target}; can plan ${Object.keys(planners).join(", ")}`);
  return planner;
}
