import { known, unknown, type Alert, type AlertSignal, type Leaf, type Resource, type Value } from "../../model";
import { asText, inside, listOf } from "./leaf.read";

/** One metric that an alarm measures. */
export interface ReadMetric {
  /** Of a query; undefined for an alarm on one metric. */
  readonly id: string | undefined;
  readonly namespace: string | undefined;
  readonly metricName: string | undefined;
  readonly dimensions: Value | undefined;
  readonly statistic: Leaf<string>;
  readonly periodSeconds: Leaf<number>;
}

/** CloudWatch's metrics that say by their name what an alarm on them is about. */
const BY_NAME: Readonly<Record<string, AlertSignal>> = {
  "AWS/ApplicationELB TargetResponseTime": "response-time",
  "AWS/ApplicationELB HTTPCode_Target_5XX_Count": "server-errors",
  "AWS/ECS TargetResponseTime": "response-time",
  "AWS/ECS HTTPCode_Target_5XX_Count": "server-errors",
  "AWS/ECS CPUUtilization": "cpu",
  "AWS/ECS MemoryUtilization": "memory",
  "AWS/EC2 CPUUtilization": "cpu",
  "AWS/ElastiCache CPUUtilization": "cpu",
  "AWS/ElastiCache EngineCPUUtilization": "cpu",
  "AWS/ElastiCache DatabaseMemoryUsagePercentage": "cache-memory",
  "AWS/ElastiCache Evictions": "cache-evictions",
  "AWS/ElastiCache ReplicationLag": "cache-replication-lag",
  "AWS/NATGateway ErrorPortAllocation": "nat-ports",
};

/** Metrics that say by their comparison, too, what an alarm on them is about. */
const COUNTS: Readonly<Record<string, "healthy" | "ill" | "running" | "wanted">> = {
  "AWS/ApplicationELB HealthyHostCount": "healthy",
  "AWS/NetworkELB HealthyHostCount": "healthy",
  "AWS/ApplicationELB UnHealthyHostCount": "ill",
  "AWS/NetworkELB UnHealthyHostCount": "ill",
  "AWS/AutoScaling GroupInServiceInstances": "running",
  "AWS/AutoScaling GroupDesiredCapacity": "wanted",
};
/** Every running task sends one sample a minute. */
const SAMPLES = "AWS/ECS CPUUtilization";

/** Metrics of a share, sorted. */
const SHARES: Readonly<Record<string, AlertSignal>> = {
  "AWS/ApplicationELB HTTPCode_Target_5XX_Count, AWS/ApplicationELB RequestCount": "error-share",
  "AWS/ApplicationELB HTTPCode_ELB_5XX_Count, AWS/ApplicationELB HTTPCode_Target_5XX_Count, AWS/ApplicationELB RequestCount":
    "availability-burn",
  "AWS/ECS HTTPCode_Target_5XX_Count, AWS/ECS RequestCount": "error-share",
};

/** What an alarm is about; undefined where its metric is none that is known. */
export function alarmSignal(
  alarm: Resource,
  metrics: readonly ReadMetric[],
  comparison: Leaf<Alert["comparison"]>,
  threshold: Leaf<number>,
): Leaf<AlertSignal> | undefined {
  const names = [...new Set(metrics.map(({ namespace, metricName }) => `${namespace} ${metricName}`))].sort();
  const [name, ...others] = names;
  if (name === undefined) return undefined;
  const signal =
    others.length > 0 ? shareSignal(alarm, names) : plainSignal(alarm, name, metrics, comparison, threshold);
  if (signal === undefined || !signal.known) return signal;
  return metrics[0]?.id === undefined || calculates(alarm, metrics, others.length > 0)
    ? signal
    : unknown(alarm.urn, "metricQueries", "unreadable");
}

function shareSignal(alarm: Resource, names: readonly string[]): Leaf<AlertSignal> | undefined {
  const share = SHARES[names.join(", ")];
  return share === undefined ? undefined : known(share, alarm.urn);
}

function plainSignal(
  alarm: Resource,
  name: string,
  metrics: readonly ReadMetric[],
  comparison: Leaf<Alert["comparison"]>,
  threshold: Leaf<number>,
): Leaf<AlertSignal> | undefined {
  const statistic = metrics[0]?.statistic;
  const samples = name === SAMPLES && statistic?.known === true && statistic.value === "SampleCount";
  const counted = samples ? "running" : COUNTS[name];
  if (counted === undefined) {
    const signal = BY_NAME[name];
    return signal === undefined ? undefined : known(signal, alarm.urn);
  }
  if (!comparison.known) return comparison;
  if (!threshold.known) return threshold;
  const below = comparison.value === "<" || comparison.value === "<=";
  if (counted === "running") return known(below ? "running-below-minimum" : "at-maximum", alarm.urn);
  // That fewer are wanted, or fewer are ill, is no illness.
  if (counted !== "healthy" && below) return undefined;
  if (counted !== "healthy") return known(counted === "ill" ? "unhealthy-replicas" : "at-maximum", alarm.urn);
  if (!below) return undefined;
  const none = comparison.value === "<" ? threshold.value <= 1 : threshold.value < 1;
  return known(none ? "all-replicas-down" : "healthy-below-need", alarm.urn);
}

/** One expression is returned, it speaks of every metric by its id and of nothing else, and a share divides. */
function calculates(alarm: Resource, metrics: readonly ReadMetric[], share: boolean): boolean {
  const queries = listOf(alarm.inputs["metricQueries"]);
  const returned = queries.filter((query) => inside(query, "returnData") === true);
  const [result, ...others] = returned;
  if (result === undefined || others.length > 0) return false;
  const expression = asText(inside(result, "expression") ?? null);
  if (expression === undefined) return metrics.length === 1 && inside(result, "id") === metrics[0]?.id;
  const ids = metrics.map((metric) => metric.id ?? "");
  const words = new Set(expression.match(/\b[a-z]\w*/g) ?? []);
  const resultIsOwn =
    !ids.includes(asText(inside(result, "id") ?? null) ?? "") &&
    /^[a-z]\w*$/.test(asText(inside(result, "id") ?? null) ?? "");
  return (
    resultIsOwn &&
    ids.every((id) => words.has(id)) &&
    [...words].every((word) => ids.includes(word)) &&
    (!share || expression.includes("/"))
  );
}
