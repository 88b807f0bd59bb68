import {
  unknown,
  type Claim,
  type Leaf,
  type PartKey,
  type Reading,
  type Resource,
  type ResourceGraph,
  type Scaling,
  type ScalingMetric,
} from "../../model";
import { GROUP } from "./auto-scaling-group.read";
import { carriedBy } from "./carried.read";
import { asNumber, asText, inside, leafAt, leafWithDefault, listOf, valueAt } from "./leaf.read";

const POLICY = "aws:autoscaling/policy:Policy";
const SCHEDULE = "aws:autoscaling/schedule:Schedule";
const CONFIGURATION = "targetTrackingConfiguration";

/** EC2 Auto Scaling API, PredefinedMetricSpecification; network bytes are no metric that a Part holds. */
const METRICS: Readonly<Record<string, ScalingMetric>> = {
  ASGAverageCPUUtilization: "cpu",
  ALBRequestCountPerTarget: "requests",
};

export interface GroupScalingRead {
  readonly scaling: Reading<Scaling>;
  /** At creation. */
  readonly count: Leaf<number>;
  readonly claims: readonly Claim[];
}

/**
 * How many machines an auto-scaling group runs. Where nothing moves them and they carry nobody else's containers, whose cluster
 * may move them, it is what the group starts with.
 */
export function readGroupScaling(graph: ResourceGraph, group: Resource, part: PartKey): GroupScalingRead {
  const policies = scalersOf(graph, group, POLICY);
  const schedules = scalersOf(graph, group, SCHEDULE);
  const weighted = listOf(valueAt(group, "mixedInstancesPolicy", "launchTemplate", "overrides")).some((override) => {
    const weight = inside(override, "weightedCapacity");
    return weight !== undefined && weight !== "1";
  });
  // Bounds of a weighted group are in units of weight: how many machines that is shows when they start.
  const bound = (property: string): Leaf<number> =>
    weighted ? unknown(group.urn, property, "after-deploy") : leafAt(group, [property], asNumber);
  const [min, max] = [bound("minSize"), bound("maxSize")];
  // Left out, the group starts at its minimum (EC2 Auto Scaling API, DesiredCapacity).
  const count = valueAt(group, "desiredCapacity") === undefined ? min : bound("desiredCapacity");
  const claims = [...policies, ...schedules].map(({ urn }): Claim => ({ urn, part, carries: "fields" }));
  const moved = policies.length + schedules.length > 0;
  const within = min.known && max.known && count.known && min.value <= count.value && count.value <= max.value;
  const carries = carriedBy(graph, group) !== null;
  const scaling: Reading<Scaling> =
    !moved && within && (!carries || min.value === max.value)
      ? { kind: "fixed", count }
      : {
          kind: "range",
          min,
          max,
          initial: count,
          signals: readSignals(policies),
          schedule: readSchedules(schedules, min, max),
        };
  return { scaling, count, claims };
}

/** Scalers refer to a group's name, or spell it out. */
function scalersOf(graph: ResourceGraph, group: Resource, type: string): readonly Resource[] {
  const { name } = group.inputs;
  return graph.ofType(type).filter((scaler) => {
    const groups = graph.referenced(scaler, "autoscalingGroupName", GROUP);
    if (groups.length > 0) return groups.includes(group);
    return typeof name === "string" && scaler.inputs["autoscalingGroupName"] === name;
  });
}

type Range = Extract<Reading<Extract<Scaling, { kind: "range" }>>, { kind: "range" }>;

function readSignals(policies: readonly Resource[]): Range["signals"] {
  const signals: { metric: Leaf<ScalingMetric>; target: Leaf<number> }[] = [];
  for (const policy of policies) {
    if (valueAt(policy, "enabled") === false) continue;
    const type = leafWithDefault(policy, ["policyType"], asText);
    if (!type.known) return type;
    if (type.value !== "TargetTrackingScaling") return unknown(policy.urn, "policyType", "unreadable");
    const metric = leafAt(policy, [CONFIGURATION, "predefinedMetricSpecification", "predefinedMetricType"], (value) =>
      typeof value === "string" ? METRICS[value] : undefined,
    );
    if (!metric.known) return metric;
    signals.push({ metric, target: leafAt(policy, [CONFIGURATION, "targetValue"], asNumber) });
  }
  const word = ({ metric }: { readonly metric: Leaf<ScalingMetric> }) => (metric.known ? metric.value : "");
  return signals.sort((a, b) => (word(a) < word(b) ? -1 : 1));
}

/** A bound that a schedule does not say stays as it is. */
function readSchedules(actions: readonly Resource[], min: Leaf<number>, max: Leaf<number>): Range["schedule"] {
  const bound = (action: Resource, property: string, otherwise: Leaf<number>) =>
    valueAt(action, property) === undefined ? otherwise : leafAt(action, [property], asNumber);
  const schedules = actions.map((action) => ({
    cron: leafAt(action, ["recurrence"], asText),
    min: bound(action, "minSize", min),
    max: bound(action, "maxSize", max),
  }));
  const word = ({ cron }: { readonly cron: Leaf<string> }) => (cron.known ? cron.value : "");
  return schedules.sort((a, b) => (word(a) < word(b) ? -1 : 1));
}
