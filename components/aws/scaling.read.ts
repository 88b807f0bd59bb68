import {
  unknown,
  type Claim,
  type Conflict,
  type InputTable,
  type Leaf,
  type PartKey,
  type Reading,
  type Resource,
  type ResourceGraph,
  type Scaling,
  type ScalingMetric,
} from "../../model";
import { asNumber, asText, inside, leafAt, leafWithDefault, listOf, valueAt } from "./leaf.read";

const TARGET = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";
const SCHEDULE = "aws:appautoscaling/scheduledAction:ScheduledAction";
const SERVICE = "aws:ecs/service:Service";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const CONFIGURATION = "targetTrackingScalingPolicyConfiguration";

/** Application Auto Scaling API, PredefinedMetricSpecification. */
const METRICS: Readonly<Record<string, ScalingMetric>> = {
  ECSServiceAverageCPUUtilization: "cpu",
  ECSServiceAverageCPUUtilizationHighResolution: "cpu",
  ECSServiceAverageMemoryUtilization: "memory",
  ECSServiceAverageMemoryUtilizationHighResolution: "memory",
  ALBRequestCountPerTarget: "requests",
};

export interface ScalingRead {
  readonly scaling: Reading<Scaling>;
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** How many replicas of a service: fixed where no scaler refers to it. */
export function readScaling(graph: ResourceGraph, service: Resource, part: PartKey, count: Leaf<number>): ScalingRead {
  const targets = scalersOf(graph, service, TARGET);
  const [target, ...others] = targets;
  if (target === undefined) return { scaling: { kind: "fixed", count }, claims: [], conflicts: [] };
  const policies = scalersOf(graph, service, POLICY, target);
  const schedules = scalersOf(graph, service, SCHEDULE, target);
  const claims = [...targets, ...policies, ...schedules].map((resource): Claim => ({
    urn: resource.urn,
    part,
    carries: "fields",
  }));
  if (others.length > 0)
    return { scaling: unknown(service.urn, "scaling", "ambiguous-reference"), claims, conflicts: [] };
  const scaling: Reading<Scaling> = {
    kind: "range",
    min: leafAt(target, ["minCapacity"], asNumber),
    max: leafAt(target, ["maxCapacity"], asNumber),
    initial: count,
    signals: readSignals(graph, service, policies),
    schedule: readSchedules(schedules),
  };
  return { scaling, claims, conflicts: policies.flatMap((policy) => labelConflicts(graph, service, policy, part)) };
}

/** Scalers refer to a service's name, or to a scaling target that does, or spell the name out. */
function scalersOf(graph: ResourceGraph, service: Resource, type: string, target?: Resource): readonly Resource[] {
  const label = literalLabel(graph, service);
  return graph.ofType(type).filter((scaler) => {
    const dimension = scaler.inputs["scalableDimension"];
    if (typeof dimension === "string" && dimension !== "ecs:service:DesiredCount") return false;
    const services = graph.referenced(scaler, "resourceId", SERVICE);
    const scaled = graph.referenced(scaler, "resourceId", TARGET);
    if (services.length > 0 || scaled.length > 0)
      return services.includes(service) || (target !== undefined && scaled.includes(target));
    return label !== undefined && scaler.inputs["resourceId"] === label;
  });
}

function literalLabel(graph: ResourceGraph, service: Resource): string | undefined {
  const name = service.inputs["name"];
  const [cluster] = graph.referenced(service, "cluster", "aws:ecs/cluster:Cluster");
  const clusterName = cluster === undefined ? service.inputs["cluster"] : cluster.inputs["name"];
  if (typeof name !== "string" || typeof clusterName !== "string") return undefined;
  return `service/${clusterName.slice(clusterName.lastIndexOf("/") + 1)}/${name}`;
}

type Signals = Extract<Reading<Extract<Scaling, { kind: "range" }>>, { kind: "range" }>["signals"];

function readSignals(graph: ResourceGraph, service: Resource, policies: readonly Resource[]): Signals {
  const signals: { metric: Leaf<ScalingMetric>; target: Leaf<number> }[] = [];
  for (const policy of policies) {
    const type = leafWithDefault(policy, ["policyType"], asText);
    if (!type.known) return type;
    if (type.value !== "TargetTrackingScaling") return unknown(policy.urn, "policyType", "unreadable");
    const metric = leafAt(policy, [CONFIGURATION, "predefinedMetricSpecification", "predefinedMetricType"], (value) =>
      typeof value === "string" ? METRICS[value] : undefined,
    );
    if (!metric.known) return metric;
    const target = leafAt(policy, [CONFIGURATION, "targetValue"], asNumber);
    // Whose requests a label counts that is spelt out is known only where the service spells the same target group out.
    const counted =
      metric.value !== "requests" ||
      graph.referenced(policy, CONFIGURATION, TARGET_GROUP).length > 0 ||
      spellsOut(service, policy);
    signals.push({
      metric,
      target: counted
        ? target
        : unknown(policy.urn, `${CONFIGURATION}.predefinedMetricSpecification.resourceLabel`, "elsewhere"),
    });
  }
  return signals.sort((a, b) => (textOf(a.metric) < textOf(b.metric) ? -1 : 1));
}

/** app/<name>/<id>/targetgroup/<name>/<id> ends with what the target group's ARN ends with. */
function spellsOut(service: Resource, policy: Resource): boolean {
  const label = valueAt(policy, CONFIGURATION, "predefinedMetricSpecification", "resourceLabel");
  if (typeof label !== "string") return false;
  return listOf(service.inputs["loadBalancers"]).some((balanced) => {
    const arn = asText(inside(balanced, "targetGroupArn") ?? null);
    const from = arn?.indexOf(":targetgroup/") ?? -1;
    return arn !== undefined && from >= 0 && label.endsWith(`/${arn.slice(from + 1)}`);
  });
}

function textOf(metric: Leaf<ScalingMetric>): string {
  return metric.known ? metric.value : "";
}

function readSchedules(
  actions: readonly Resource[],
): readonly { cron: Leaf<string>; min: Leaf<number>; max: Leaf<number> }[] {
  const schedules = actions.map((action) => ({
    cron: leafAt(action, ["schedule"], (value) =>
      typeof value === "string" ? /^cron\((.*)\)$/.exec(value)?.[1] : undefined,
    ),
    min: leafAt(action, ["scalableTargetAction", "minCapacity"], asNumber),
    max: leafAt(action, ["scalableTargetAction", "maxCapacity"], asNumber),
  }));
  const word = (leaf: Leaf<string>) => (leaf.known ? leaf.value : "");
  return schedules.sort((a, b) => (word(a.cron) < word(b.cron) ? -1 : 1));
}

/** Requests must be counted on the target group that the service's replicas are in. */
function labelConflicts(graph: ResourceGraph, service: Resource, policy: Resource, part: PartKey): Conflict[] {
  const counted = graph.referenced(policy, CONFIGURATION, TARGET_GROUP);
  const joined = graph.referenced(service, "loadBalancers", TARGET_GROUP);
  if (valueAt(policy, CONFIGURATION, "predefinedMetricSpecification", "resourceLabel") === undefined) return [];
  if (counted.length === 0 || joined.length === 0 || counted.some((group) => joined.includes(group))) return [];
  const says = [
    { urn: policy.urn, property: CONFIGURATION, value: counted.map((group) => group.urn) },
    { urn: service.urn, property: "loadBalancers", value: joined.map((group) => group.urn) },
  ];
  return [{ part, field: "scaling.signals", says }];
}

const FIXED = "one value is possible for an ECS service";

export const scalingInputs: InputTable = {
  [TARGET]: {
    fields: { minCapacity: "scaling.min", maxCapacity: "scaling.max", resourceId: "scaling" },
    ignored: {
      scalableDimension: FIXED,
      serviceNamespace: FIXED,
      region: "where the service is",
      tags: "tags are read by nobody",
    },
  },
  [POLICY]: {
    fields: {
      policyType: "scaling.signals",
      resourceId: "scaling.signals",
      [`${CONFIGURATION}.predefinedMetricSpecification.predefinedMetricType`]: "scaling.signals",
      [`${CONFIGURATION}.predefinedMetricSpecification.resourceLabel`]: "scaling.signals",
      [`${CONFIGURATION}.targetValue`]: "scaling.signals",
    },
    ignored: {
      scalableDimension: FIXED,
      serviceNamespace: FIXED,
      region: "where the service is",
      [`${CONFIGURATION}.scaleInCooldown`]: "how soon, not how many",
      [`${CONFIGURATION}.scaleOutCooldown`]: "how soon, not how many",
    },
  },
  [SCHEDULE]: {
    fields: {
      schedule: "scaling.schedule",
      "scalableTargetAction.minCapacity": "scaling.schedule",
      "scalableTargetAction.maxCapacity": "scaling.schedule",
      resourceId: "scaling.schedule",
    },
    ignored: { scalableDimension: FIXED, serviceNamespace: FIXED, region: "where the service is" },
  },
};
