import {
  isUnknown,
  known,
  unknown,
  type Leaf,
  type PartKey,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { GROUP, readGroupPlacement } from "./auto-scaling-group.read";
import { joinedCluster } from "./carried.read";
import { readGroupScaling } from "./group-scaling.read";
import { keyOf } from "./identity.read";
import { asText, inside, leafWithDefault, listOf, valueAt } from "./leaf.read";

const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
const CLUSTER = "aws:ecs/cluster:Cluster";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const FARGATE = ["FARGATE", "FARGATE_SPOT"];
const ZONE = "attribute:ecs.availability-zone";

/** What a service's tasks run on. */
export type EcsCapacity =
  | { readonly kind: "fargate"; readonly strategies: readonly Value[] }
  /** groups: auto-scaling groups of this program whose machines carry them. */
  | { readonly kind: "ec2"; readonly groups: readonly Resource[]; readonly hidden: boolean }
  /** Somebody's own machines outside, or a mixture of both. */
  | { readonly kind: "other" };

/** Providers that the service names, else its launch type, else what its cluster does by default. */
export function capacityOf(graph: ResourceGraph, service: Resource): EcsCapacity {
  const own = listOf(service.inputs["capacityProviderStrategies"]);
  if (own.length > 0) return byProviders(graph, service, "capacityProviderStrategies", own);
  const launched = valueAt(service, "launchType");
  if (launched === undefined) {
    for (const cluster of graph.referenced(service, "cluster", CLUSTER)) {
      for (const set of graph.referrers(cluster, "clusterName", CLUSTER_PROVIDERS)) {
        const strategies = listOf(set.inputs["defaultCapacityProviderStrategies"]);
        if (strategies.length > 0) return byProviders(graph, set, "defaultCapacityProviderStrategies", strategies);
      }
    }
  }
  const type = leafWithDefault(service, ["launchType"], asText);
  if (type.known && type.value === "FARGATE") return { kind: "fargate", strategies: [] };
  if (type.known && type.value === "EC2") return { kind: "ec2", groups: groupsOf(graph, service), hidden: false };
  if (type.known) return { kind: "other" };
  return graph
    .referenced(service, "taskDefinition", TASK_DEFINITION)
    .some((task) => listOf(task.inputs["requiresCompatibilities"]).includes("FARGATE"))
    ? { kind: "fargate", strategies: [] }
    : { kind: "other" };
}

function byProviders(
  graph: ResourceGraph,
  holder: Resource,
  property: string,
  strategies: readonly Value[],
): EcsCapacity {
  const names = strategies.map((strategy) => asText(inside(strategy, "capacityProvider") ?? null));
  if (names.every((name) => name !== undefined && FARGATE.includes(name))) return { kind: "fargate", strategies };
  if (names.some((name) => name !== undefined && FARGATE.includes(name))) return { kind: "other" };
  const providers = new Set([
    ...graph.referenced(holder, property, CAPACITY_PROVIDER),
    ...graph.ofType(CAPACITY_PROVIDER).filter(({ inputs }) => {
      const { name } = inputs;
      return typeof name === "string" && names.includes(name);
    }),
  ]);
  const groups = [...providers].flatMap((provider) => graph.referenced(provider, "autoScalingGroupProvider", GROUP));
  return { kind: "ec2", groups: [...new Set(groups)], hidden: groups.length < strategies.length };
}

/** Groups whose machines join the service's cluster by name: those of a capacity provider of it, or by their start script. */
function groupsOf(graph: ResourceGraph, service: Resource): readonly Resource[] {
  const clusters = graph.referenced(service, "cluster", CLUSTER);
  const names = new Set(
    [service.inputs["cluster"], ...clusters.map(({ inputs }) => inputs["name"])].filter(
      (name): name is string => typeof name === "string",
    ),
  );
  const provided = clusters
    .flatMap((cluster) => graph.referrers(cluster, "clusterName", CLUSTER_PROVIDERS))
    .flatMap((set) => graph.referenced(set, "capacityProviders", CAPACITY_PROVIDER))
    .flatMap((provider) => graph.referenced(provider, "autoScalingGroupProvider", GROUP));
  const joined = graph.ofType(GROUP).filter((group) => names.has(joinedCluster(graph, group) ?? ""));
  return [...new Set([...provided, ...joined])];
}

type Read = ReadPart<ReplicaGroup>;

export interface OnMachines {
  readonly machines: Leaf<PartKey | null>;
  readonly placement: Read["placement"];
  /** Of a daemon: as many as there are machines. */
  readonly scaling: Read["scaling"];
  readonly count: Leaf<number>;
}

/** Where tasks on machines run, and how many of a daemon: what the one group that carries them says. */
export function onMachines(
  graph: ResourceGraph,
  service: Resource,
  { groups, hidden }: Extract<EcsCapacity, { kind: "ec2" }>,
  rebalances: Leaf<boolean>,
): OnMachines {
  const [group, ...others] = groups;
  const property = "capacityProviderStrategies";
  if (group === undefined || others.length > 0 || hidden) {
    const missing = unknown(service.urn, property, others.length > 0 ? "ambiguous-reference" : "elsewhere");
    const none = group === undefined && !hidden;
    return {
      machines: none ? known(null, service.urn) : missing,
      placement: missing,
      scaling: missing,
      count: missing,
    };
  }
  const key = keyOf("node-pool", graph, group);
  const pool = readGroupPlacement(graph, group);
  const scaling = readGroupScaling(graph, group, key);
  return {
    machines: known(key, group.urn),
    placement: isUnknown(pool) || pool.kind !== "zonal" ? pool : { ...pool, spread: spreadOf(service, rebalances) },
    scaling: scaling.scaling,
    count: scaling.count,
  };
}

/** A service is spread over zones where nothing is said; another strategy first packs it, and only rebalancing keeps it apart. */
function spreadOf(service: Resource, rebalances: Leaf<boolean>): Leaf<"hard" | "best-effort"> {
  const [first] = listOf(service.inputs["orderedPlacementStrategies"]);
  const spreads = first === undefined || (inside(first, "type") === "spread" && inside(first, "field") === ZONE);
  return rebalances.known ? { ...rebalances, value: rebalances.value && spreads ? "hard" : "best-effort" } : rebalances;
}
