import {
  isUnknownValue,
  known,
  unknown,
  type BalancerTarget,
  type Claim,
  type Conflict,
  type Leaf,
  type LoadBalancer,
  type PartKey,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Unknown,
  type Value,
} from "../../model";
import { asNumber, asText, defaulted, inside, leafAt, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";
import { rulesOn } from "./route-rules.read";
import { ownersOf } from "./target-owners.read";

const GROUP = "aws:lb/targetGroup:TargetGroup";
const SERVICE = "aws:ecs/service:Service";
/** Elastic Load Balancing API, health check timeout of a target group: of TCP, TLS and HTTPS checks. */
const TIMEOUT_BEYOND_HTTP = 10;

const ROUTING: Readonly<Record<string, LoadBalancer["routing"]>> = {
  least_outstanding_requests: "least-outstanding",
  round_robin: "round-robin",
  weighted_random: "random",
};

export interface TargetsRead {
  readonly targets: ReadPart<LoadBalancer>["targets"];
  readonly routing: Leaf<LoadBalancer["routing"]>;
  readonly ejection: Leaf<null>;
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** Where a balancer's listeners and their rules send requests. */
export function readTargets(graph: ResourceGraph, listeners: readonly Resource[], part: PartKey): TargetsRead {
  return targetsOf(
    graph,
    listeners,
    listeners.flatMap((listener) => rulesOn(graph, listener)),
    part,
  );
}

/** Where rules alone send requests, on a listener that is somewhere else. */
export function readRuleTargets(graph: ResourceGraph, rule: Resource, part: PartKey): TargetsRead {
  return targetsOf(graph, [], [rule], part);
}

function targetsOf(
  graph: ResourceGraph,
  listeners: readonly Resource[],
  rules: readonly Resource[],
  part: PartKey,
): TargetsRead {
  const [first] = [...listeners, ...rules];
  const sent = [
    ...listeners.map((listener) => destinationsOf(graph, listener, "defaultActions")),
    ...rules.map((rule) => destinationsOf(graph, rule, "actions")),
  ];
  const groups = [...new Set(sent.flatMap((each) => each.groups))];
  const beyond = sent.flatMap((each) => each.beyond ?? []);
  const [missing] = beyond;
  const weight = (group: Resource): Leaf<number> => weightOf(group, sent);
  const balanced = groups.map((group) => ({ group, services: graph.referrers(group, "loadBalancers", SERVICE) }));
  return {
    targets:
      groups.length === 0 && missing !== undefined
        ? missing
        : [...balanced.map(({ group, services }) => readTarget(graph, group, services, weight(group))), ...beyond],
    routing: missing ?? same(groups, routingOf) ?? unknown(first?.urn ?? "", "defaultActions", "no-default-known"),
    ejection: missing ?? same(groups, ejectionOf) ?? known(null, first?.urn ?? ""),
    claims: [...groups, ...rules].map(({ urn }) => ({ urn, part, carries: "fields" })),
    conflicts: balanced.flatMap(({ group, services }) =>
      services.flatMap((service) => portConflicts(graph, group, service, part)),
    ),
  };
}

interface Destinations {
  /** Target groups of this program. */
  readonly groups: readonly Resource[];
  /** Share of requests that each gets, where all get the same; undefined where they differ and nobody can tell whose is whose. */
  readonly weight: number | undefined;
  /** Why these are not all; null where they are. */
  readonly beyond: Unknown | null;
}

/** Of the listeners and rules that send to a group: as they agree. A share of what goes elsewhere too is known only where all shares are alike. */
function weightOf(group: Resource, sent: readonly Destinations[]): Leaf<number> {
  const weights = new Set(sent.filter(({ groups }) => groups.includes(group)).map(({ weight }) => weight));
  const [weight] = weights;
  return weights.size === 1 && weight !== undefined
    ? known(weight, group.urn)
    : unknown(group.urn, "weight", "ambiguous-reference");
}

/** One for a group alone; for several the weight that all of them have. */
function commonWeight(actions: readonly Value[], groups: number): number | undefined {
  const several = actions.flatMap((action) => listOf(inside(action, "forward", "targetGroups")));
  if (several.length <= 1) return groups <= 1 ? 1 : undefined;
  // Elastic Load Balancing API, TargetGroupTuple: without a weight all are alike.
  const weights = several.map((each) => asNumber(inside(each, "weight") ?? 1));
  const [first] = weights;
  return weights.every((weight) => weight === first) ? first : undefined;
}

/** Where one listener or rule sends requests on: not what it answers or redirects itself. */
function destinationsOf(graph: ResourceGraph, resource: Resource, property: string): Destinations {
  const given = resource.inputs[property];
  if (isUnknownValue(given))
    return { groups: [], weight: undefined, beyond: unknown(resource.urn, property, given.$unknown) };
  const types = listOf(given).map((action) => inside(action, "type"));
  const groups = types.includes("forward") ? graph.referenced(resource, property, GROUP) : [];
  const hidden = types.find(isUnknownValue);
  if (hidden !== undefined) {
    const beyond = unknown(resource.urn, `${property}[].type`, hidden.$unknown);
    return { groups, weight: undefined, beyond };
  }
  const asked = listOf(given).flatMap(arnsOf);
  // Those that are not known yet may be the same group twice, and nobody can tell: each counts.
  const number = new Set(asked.filter((arn) => !isUnknownValue(arn))).size + asked.filter(isUnknownValue).length;
  const beyond = number > groups.length ? unknown(resource.urn, property, "elsewhere") : null;
  return { groups, weight: beyond === null ? commonWeight(listOf(given), groups.length) : undefined, beyond };
}

/** Target groups that an action forwards to. */
function arnsOf(action: Value): readonly Value[] {
  if (inside(action, "type") !== "forward") return [];
  const alone = inside(action, "targetGroupArn");
  const several = inside(action, "forward", "targetGroups");
  if (isUnknownValue(several)) return [several];
  const listed = listOf(several).flatMap((each) => inside(each, "arn") ?? []);
  return [...(alone === undefined ? [] : [alone]), ...listed];
}

type ReadTarget = Exclude<Exclude<ReadPart<LoadBalancer>["targets"], Unknown>[number], Unknown>;

function readTarget(
  graph: ResourceGraph,
  group: Resource,
  services: readonly Resource[],
  weight: Leaf<number>,
): ReadTarget {
  return {
    part: partOf(graph, group),
    port: portOf(group, services),
    weight,
    priority: known(1, group.urn),
    probe: readProbe(group),
    drainSeconds: leafWithDefault(group, ["deregistrationDelay"], asNumber),
  };
}

/** The replicas that are registered there: by their service, or as machines. */
function partOf(graph: ResourceGraph, group: Resource): Leaf<BalancerTarget["part"]> {
  const [owner, ...others] = ownersOf(graph, group);
  if (owner === undefined) return unknown(group.urn, "targets", "elsewhere");
  if (others.length > 0) return unknown(group.urn, "targets", "ambiguous-reference");
  return known(owner.part, owner.resource.urn);
}

/** ECS registers a task's address with the container's port, whatever the group says (ELB API, CreateTargetGroup: a target's own port overrides the group's). */
function portOf(group: Resource, services: readonly Resource[]): Leaf<number> {
  const [service] = services;
  if (service === undefined || group.inputs["targetType"] !== "ip") return leafAt(group, ["port"], asNumber);
  const at = { urn: service.urn, property: "loadBalancers[].containerPort" };
  const whole = service.inputs["loadBalancers"];
  if (isUnknownValue(whole)) return unknown(at.urn, "loadBalancers", whole.$unknown);
  const ports = services.flatMap((each) =>
    listOf(each.inputs["loadBalancers"]).map((entry) => leafOf(inside(entry, "containerPort"), at, asNumber)),
  );
  const differs = new Set(ports.map((port) => (port.known ? port.value : port))).size > 1;
  return differs
    ? unknown(at.urn, at.property, "ambiguous-reference")
    : (ports[0] ?? unknown(at.urn, at.property, "no-default-known"));
}

function readProbe(group: Resource): Exclude<ReadTarget["probe"], Unknown> {
  const number = (property: string) => leafWithDefault(group, ["healthCheck", property], asNumber);
  const protocol = leafWithDefault(group, ["healthCheck", "protocol"], asText);
  const timeout = valueAt(group, "healthCheck", "timeout");
  const plainHttp = !protocol.known || protocol.value === "HTTP";
  return {
    role: known("balancer", group.urn),
    check: readCheck(group, protocol),
    intervalSeconds: number("interval"),
    timeoutSeconds:
      timeout === undefined && !plainHttp
        ? known(TIMEOUT_BEYOND_HTTP, group.urn, "default")
        : defaulted(group, timeout, "healthCheck.timeout", asNumber),
    failures: number("unhealthyThreshold"),
    successes: number("healthyThreshold"),
  };
}

function readCheck(group: Resource, protocol: Leaf<string>): Exclude<ReadTarget["probe"], Unknown>["check"] {
  if (!protocol.known) return protocol;
  if (protocol.value === "TCP") return { kind: "tcp" };
  if (protocol.value !== "HTTP" && protocol.value !== "HTTPS")
    return unknown(group.urn, "healthCheck.protocol", "unreadable");
  const version = leafWithDefault(group, ["protocolVersion"], asText);
  if (!version.known) return version;
  return version.value === "GRPC"
    ? { kind: "grpc" }
    : { kind: "http", path: leafWithDefault(group, ["healthCheck", "path"], asText) };
}

function routingOf(group: Resource): Leaf<LoadBalancer["routing"]> {
  return leafWithDefault(group, ["loadBalancingAlgorithmType"], (value: Value) =>
    typeof value === "string" ? ROUTING[value] : undefined,
  );
}

/** Anomaly mitigation turns replicas down by a rule of AWS' own, which no Part can say. */
function ejectionOf(group: Resource): Leaf<null> {
  const mitigation = valueAt(group, "loadBalancingAnomalyMitigation");
  return mitigation === undefined || mitigation === "off"
    ? known(null, group.urn)
    : unknown(group.urn, "loadBalancingAnomalyMitigation", "unreadable");
}

/** One leaf for all groups; undefined where there is none. */
function same<T>(groups: readonly Resource[], leafOf: (group: Resource) => Leaf<T>): Leaf<T> | undefined {
  const leaves = groups.map(leafOf);
  const [first] = leaves;
  const hidden = leaves.find((leaf) => !leaf.known);
  if (first === undefined || hidden !== undefined) return hidden ?? first;
  const differs = leaves.some((leaf) => leaf.known && first.known && leaf.value !== first.value);
  return differs ? unknown(first.urn, "loadBalancingAlgorithmType", "ambiguous-reference") : first;
}

/** Instances are registered by the program that owns them, with the group's port; a service's port that differs is a slip. */
function portConflicts(graph: ResourceGraph, group: Resource, service: Resource, part: PartKey): readonly Conflict[] {
  const port = leafAt(group, ["port"], asNumber);
  if (group.inputs["targetType"] === "ip" || isUnknownValue(group.inputs["targetType"])) return [];
  const entries = listOf(service.inputs["loadBalancers"]);
  // With several entries nobody can tell which of them is this group's.
  if (!port.known || entries.length !== 1 || graph.referenced(service, "loadBalancers", GROUP).length !== 1) return [];
  const container = asNumber(inside(entries[0], "containerPort") ?? null);
  if (container === undefined || container === port.value) return [];
  const says = [
    { urn: group.urn, property: "port", value: port.value },
    { urn: service.urn, property: "loadBalancers[].containerPort", value: container },
  ];
  return [{ part, field: "targets", says }];
}
