import {
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type PartKey,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import type { ReadMetric } from "./alert-signal.read";
import { GROUP } from "./auto-scaling-group.read";
import { routesTo } from "./balancer-route.read";
import { keyOf } from "./identity.read";
import { INSTANCE, instanceSets } from "./instance-sets.read";
import { inside, listOf, valueAt } from "./leaf.read";
import { ownersOf, partOfGroup } from "./target-owners.read";

const SERVICE = "aws:ecs/service:Service";
const CLUSTER = "aws:ecs/cluster:Cluster";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** The Part that an alarm's dimensions speak of: by reference, and by the literal names of an ECS service or an auto-scaling group where they are said. */
export function watchedPart(graph: ResourceGraph, alarm: Resource, metrics: readonly ReadMetric[]): Leaf<PartKey> {
  const property = valueAt(alarm, "metricQueries") === undefined ? "dimensions" : "metricQueries";
  const keys = new Set(referred(graph, alarm, property, metrics));
  for (const { dimensions } of metrics) {
    const named =
      servicesNamed(graph, dimensions)?.map((service) => keyOf("replica-group", graph, service)) ??
      groupsNamed(graph, dimensions);
    if (named === undefined) continue;
    if (named.length === 0) return unknown(alarm.urn, property, "elsewhere");
    for (const part of named) keys.add(part);
  }
  // Without its balancer a target group still says who is in it.
  if (keys.size === 0)
    for (const group of graph.referenced(alarm, property, TARGET_GROUP))
      for (const { part } of ownersOf(graph, group)) keys.add(part);
  const [key, ...others] = keys;
  if (key === undefined) return unknown(alarm.urn, property, "elsewhere");
  return others.length > 0 ? unknown(alarm.urn, property, "ambiguous-reference") : known(key, alarm.urn);
}

function referred(
  graph: ResourceGraph,
  alarm: Resource,
  property: string,
  metrics: readonly ReadMetric[],
): readonly PartKey[] {
  const balancers = metrics.map(({ dimensions }) => inside(dimensions, "LoadBalancer"));
  const of = (type: string) => graph.referenced(alarm, property, type);
  return [
    ...of("aws:lb/loadBalancer:LoadBalancer").map((balancer) => keyOf("load-balancer", graph, balancer)),
    ...of(TARGET_GROUP).flatMap((group) => routesTo(graph, group, balancers)),
    ...of(SERVICE).map((service) => keyOf("replica-group", graph, service)),
    ...of(GROUP).map((group) => partOfGroup(graph, group)),
    ...of(INSTANCE).flatMap((instance) =>
      instanceSets(graph)
        .filter(({ instances }) => instances.includes(instance))
        .map(({ main }) => keyOf("replica-group", graph, main)),
    ),
    ...of("aws:elasticache/replicationGroup:ReplicationGroup").map((cache) => keyOf("redis-cache", graph, cache)),
    ...of("aws:ec2/natGateway:NatGateway")
      .flatMap((gateway) => [
        // One of the region names its network itself.
        gateway,
        ...graph.referenced(gateway, "subnetId", "aws:ec2/subnet:Subnet"),
      ])
      .flatMap((held) => graph.referenced(held, "vpcId", "aws:ec2/vpc:Vpc"))
      .map((vpc) => keyOf("network", graph, vpc)),
  ];
}

/**
 * An alarm that stands before its service cannot refer to it, and says its names. Undefined where no literal name is said;
 * empty where it is the name of nothing here.
 */
function servicesNamed(graph: ResourceGraph, dimensions: Value | undefined): readonly Resource[] | undefined {
  if (dimensions === undefined || isUnknownValue(dimensions)) return undefined;
  const discovery = inside(dimensions, "TargetDiscoveryName") ?? inside(dimensions, "DiscoveryName");
  const service = inside(dimensions, "ServiceName");
  const services = graph.ofType(SERVICE);
  if (typeof discovery === "string") {
    return services.filter((candidate) =>
      listOf(valueAt(candidate, "serviceConnectConfiguration", "services")).some(
        (offered) => inside(offered, "discoveryName") === discovery,
      ),
    );
  }
  if (typeof service !== "string") return undefined;
  return services.filter(
    (candidate) =>
      candidate.inputs["name"] === service && inCluster(graph, candidate, inside(dimensions, "ClusterName")),
  );
}

/** Auto-scaling groups that bear the name that is said; undefined where no literal one is. */
function groupsNamed(graph: ResourceGraph, dimensions: Value | undefined): readonly PartKey[] | undefined {
  if (dimensions === undefined || isUnknownValue(dimensions)) return undefined;
  const name = inside(dimensions, "AutoScalingGroupName");
  if (typeof name !== "string") return undefined;
  return graph
    .ofType(GROUP)
    .filter((group) => group.inputs["name"] === name)
    .map((group) => partOfGroup(graph, group));
}

/** A cluster is said by name or by ARN; one whose name is not known may be the one. */
function inCluster(graph: ResourceGraph, service: Resource, name: Value | undefined): boolean {
  const [cluster] = graph.referenced(service, "cluster", CLUSTER);
  const own = cluster === undefined ? service.inputs["cluster"] : cluster.inputs["name"];
  return typeof own !== "string" || typeof name !== "string" || own.slice(own.lastIndexOf("/") + 1) === name;
}
