import {
  readsTogether,
  isUnknown,
  known,
  unknown,
  type Claim,
  type Conflict,
  type Leaf,
  type PartReader,
  type PartKey,
  type Read,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { capacityOf, onMachines, type EcsCapacity } from "./ecs-capacity.read";
import { keyOf, regionOf, theReferenced, wordOf } from "./identity.read";
import { asNumber, asText, inside, leafWithDefault, listOf, mapLeaf, valueAt } from "./leaf.read";
import { readRegistry } from "./registry.read";
import { replicaGroupInputs } from "./replica-group-inputs.read";
import { readRollout } from "./rollout.read";
import { readScaling } from "./scaling.read";
import { readSpot } from "./spot.read";
import { readTask, type TaskRead } from "./task-definition.read";

const SERVICE = "aws:ecs/service:Service";
const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const SUBNET = "aws:ec2/subnet:Subnet";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];
const SHARED = {
  cluster: ["aws:ecs/cluster:Cluster"],
  serviceConnectConfiguration: [
    "aws:servicediscovery/httpNamespace:HttpNamespace",
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
  ],
};

/** Reads ECS services, on Fargate and on machines of a group; one on machines outside, or on both, is left unread. */
export const replicaGroupReader: PartReader = { read, inputs: replicaGroupInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(SERVICE).flatMap((service) => {
    const capacity = capacityOf(graph, service);
    return capacity.kind === "other" ? [] : [readService(graph, service, capacity)];
  });
  return readsTogether(reads);
}

function readService(graph: ResourceGraph, service: Resource, capacity: Exclude<EcsCapacity, { kind: "other" }>): Read {
  const key = keyOf("replica-group", graph, service);
  const found = theReferenced(graph, service, "taskDefinition", TASK_DEFINITION);
  const missing = unknown(service.urn, "taskDefinition", found === "ambiguous" ? "ambiguous-reference" : "elsewhere");
  const balanced = listOf(service.inputs["loadBalancers"]);
  const containerName = asText(inside(balanced[0], "containerName") ?? null);
  const task = readTask(graph, found === undefined || found === "ambiguous" ? missing : found, containerName, key);
  const rebalancing = leafWithDefault(
    service,
    ["availabilityZoneRebalancing"],
    (value) => value === "ENABLED" || (value === "DISABLED" ? false : undefined),
  );
  const strategy = leafWithDefault(service, ["schedulingStrategy"], asText);
  const daemon = mapLeaf(strategy, (word) => word === "DAEMON");
  const carried = capacity.kind === "ec2" ? onMachines(graph, service, capacity, rebalancing) : undefined;
  const everywhere = carried !== undefined && daemon.known && daemon.value;
  const count = everywhere ? carried.count : leafWithDefault(service, ["desiredCount"], asNumber);
  const scaling = readScaling(graph, service, key, count);
  const rollout = readRollout(graph, service, key, count);
  const registry = readRegistry(graph, service, key, task);
  const part: ReadPart<ReplicaGroup> = {
    kind: "replica-group",
    key,
    workload: wordOf(graph, service),
    region: regionOf(graph, service),
    placement: carried?.placement ?? readPlacement(graph, service, rebalancing),
    scaling: everywhere ? carried.scaling : scaling.scaling,
    rollout: rollout.rollout,
    registry: registry.registry,
    ...task.fields,
    runtime:
      capacity.kind === "fargate"
        ? {
            kind: "ecs-fargate",
            architecture: task.architecture,
            ...readSpot(service, capacity.strategies),
            rebalancing,
          }
        : { kind: "ecs-ec2", machines: carried?.machines ?? known(null, service.urn), daemon },
  };
  const claims: Claim[] = [
    { urn: service.urn, part: key, carries: "fields" },
    ...task.claims,
    ...scaling.claims,
    ...registry.claims,
    ...[...firewall(graph, service), ...waysIntoOthers(graph, service)].map((resource): Claim => ({
      urn: resource.urn,
      part: key,
      carries: "nothing",
    })),
    ...shared(graph, service),
  ];
  const conflicts = [
    ...scaling.conflicts,
    ...rollout.conflicts,
    ...registry.conflicts,
    ...task.elsewhere.map((conflict) => ({ ...conflict, part: key })),
    ...balancerConflicts(graph, service, key, task),
    ...firewallConflicts(graph, service, key, task),
  ];
  return { parts: [part], claims, conflicts };
}

/** Fargate spreads over the zones of the subnets; only rebalancing keeps it so. */
function readPlacement(
  graph: ResourceGraph,
  service: Resource,
  rebalancing: Leaf<boolean>,
): ReadPart<ReplicaGroup>["placement"] {
  const property = "networkConfiguration.subnets";
  const given = valueAt(service, "networkConfiguration", "subnets");
  const subnets = graph.referenced(service, "networkConfiguration", SUBNET);
  const hidden = given !== undefined && !Array.isArray(given);
  if (subnets.length === 0 || (!hidden && listOf(given).length > subnets.length))
    return unknown(service.urn, property, "elsewhere");
  const zones = new Map<string, Leaf<string>>();
  for (const subnet of subnets) {
    const zone = leafWithDefault(subnet, ["availabilityZone"], asText);
    zones.set(zone.known ? zone.value : subnet.urn, zone);
  }
  const spread: Leaf<"hard" | "best-effort"> = rebalancing.known
    ? { ...rebalancing, value: rebalancing.value ? "hard" : "best-effort" }
    : rebalancing;
  return { kind: "zonal", zones: [...zones.keys()].sort().flatMap((zone) => zones.get(zone) ?? []), spread };
}

/** The balancer's container, port and drain must be the task's. */
function balancerConflicts(graph: ResourceGraph, service: Resource, part: PartKey, task: TaskRead): Conflict[] {
  const conflicts: Conflict[] = [];
  const disagree = (
    field: string,
    property: string,
    value: unknown,
    other: { urn: string; property: string; value: unknown },
  ) => conflicts.push({ part, field, says: [{ urn: service.urn, property, value }, other] });
  const ports = isUnknown(task.fields.ports) ? [] : task.fields.ports;
  const known = ports.flatMap((port) => (port.known ? [port.value] : []));
  for (const balanced of listOf(service.inputs["loadBalancers"])) {
    const port = asNumber(inside(balanced, "containerPort") ?? null);
    const name = asText(inside(balanced, "containerName") ?? null);
    const [first] = ports;
    if (port !== undefined && first?.known === true && !known.includes(port)) {
      disagree("ports", "loadBalancers[].containerPort", port, {
        urn: first.urn,
        property: "containerDefinitions[].portMappings[].containerPort",
        value: known,
      });
    }
    if (name !== undefined && task.container.known && task.container.value !== name) {
      disagree("ports", "loadBalancers[].containerName", name, {
        urn: task.container.urn,
        property: "containerDefinitions[].name",
        value: task.container.value,
      });
    }
  }
  const drain = task.fields.drainSeconds;
  for (const group of graph.referenced(service, "loadBalancers", TARGET_GROUP)) {
    const delay = leafWithDefault(group, ["deregistrationDelay"], asNumber);
    if (isUnknown(drain) || !delay.known || delay.value === drain.value) continue;
    const property = "containerDefinitions[].stopTimeout";
    const says = [
      { urn: drain.urn, property, value: drain.value },
      { urn: group.urn, property: "deregistrationDelay", value: delay.value },
    ];
    conflicts.push({ part, field: "drainSeconds", says });
  }
  return conflicts;
}

/** Security groups of the replicas, and the rules that are attached to them. */
function firewall(graph: ResourceGraph, service: Resource): readonly Resource[] {
  const groups = graph.referenced(service, "networkConfiguration", SECURITY_GROUP);
  return [
    ...groups,
    ...groups.flatMap((group) => RULES.flatMap((type) => graph.referrers(group, "securityGroupId", type))),
  ];
}

/** Rules that let the replicas into what is not built here: nobody else's, for the group that they stand in is spelt out. */
function waysIntoOthers(graph: ResourceGraph, service: Resource): readonly Resource[] {
  return graph
    .referenced(service, "networkConfiguration", SECURITY_GROUP)
    .flatMap((group) => RULES.flatMap((type) => graph.referrers(group, "referencedSecurityGroupId", type)))
    .filter((rule) => graph.referenced(rule, "securityGroupId", SECURITY_GROUP).length === 0);
}

/** What the firewall lets in must be a port that a replica listens on. */
function firewallConflicts(graph: ResourceGraph, service: Resource, part: PartKey, task: TaskRead): Conflict[] {
  if (isUnknown(task.fields.ports)) return [];
  const ports = task.fields.ports.flatMap((port) => (port.known ? [port.value] : []));
  return firewall(graph, service).flatMap((rule) => {
    if (rule.type !== RULES[0] || ports.length === 0) return [];
    const from = asNumber(valueAt(rule, "fromPort") ?? null);
    const to = asNumber(valueAt(rule, "toPort") ?? null);
    if (from === undefined || to === undefined || from < 0 || ports.some((port) => from <= port && port <= to))
      return [];
    const says = [
      { urn: rule.urn, property: "fromPort", value: [from, to] },
      { urn: service.urn, property: "taskDefinition", value: ports },
    ];
    return [{ part, field: "ports", says }];
  });
}

/** What several services share is nobody's. */
function shared(graph: ResourceGraph, service: Resource): readonly Claim[] {
  const found = Object.entries(SHARED).flatMap(([property, types]) =>
    types.flatMap((type) => graph.referenced(service, property, type)),
  );
  // What machines a cluster has, the reader of those machines knows.
  const capacity = found
    .flatMap((resource) => graph.referrers(resource, "clusterName", CLUSTER_PROVIDERS))
    .filter((set) => graph.referenced(set, "capacityProviders", CAPACITY_PROVIDER).length === 0);
  return [...found, ...capacity].map((resource): Claim => ({ urn: resource.urn, part: null, carries: "nothing" }));
}
