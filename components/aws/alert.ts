import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { Alert as AlertPart, AlertSignal } from "../../model";
import { metricsOf, type Metric, type MetricSource } from "./metric-source";
import { physicalName } from "../names";
import { transformed, type Transform } from "../transform";

export interface AlertArgs {
  readonly part: AlertPart;
  /** Start of the alarm's name, literal. */
  readonly stack: string;
  readonly on: MetricSource;
  /** Who is told, of the alarm and of its end; null: nobody. */
  readonly topicArn: pulumi.Input<string> | null;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: { readonly alarm?: Transform<cloudwatch.MetricAlarmArgs> };
}

/** CloudWatch API, PutMetricAlarm. */
const NAME_LIMIT = 255;

/** The alarm's literal name: a service says it to watch the alarm in a rollout. */
export function alarmName(stack: string, part: AlertPart): string {
  return physicalName([stack, wordOf(part)], NAME_LIMIT);
}

/** One CloudWatch alarm. */
export class Alert extends pulumi.ComponentResource {
  readonly alarm: cloudwatch.MetricAlarm;
  /** Literal. */
  readonly alarmName: string;

  constructor(name: string, args: AlertArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:Alert", name, {}, opts);
    const { part, stack } = args;
    this.alarmName = alarmName(stack, part);
    this.alarm = new cloudwatch.MetricAlarm(
      `${wordOf(part)}-${part.region}`,
      transformed<cloudwatch.MetricAlarmArgs>(
        {
          name: this.alarmName,
          alarmDescription: description(part),
          ...measured(part, args.on),
          comparisonOperator: OPERATORS[part.comparison],
          threshold: part.threshold,
          evaluationPeriods: part.evaluationPeriods,
          datapointsToAlarm: part.datapointsToAlarm,
          treatMissingData: part.missingData === "not-breaching" ? "notBreaching" : part.missingData,
          ...actions(args),
          region: part.region,
          tags: args.tags ?? {},
        },
        args.transform?.alarm,
      ),
      { parent: this },
    );
    this.registerOutputs({ alarmName: this.alarmName });
  }
}

/** The middle word of the Part's key: what the alarm is called in its region. */
function wordOf(part: AlertPart): string {
  return part.key.split("/")[1] ?? part.workload;
}

const OPERATORS: Readonly<Record<AlertPart["comparison"], string>> = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
  "<=": "LessThanOrEqualToThreshold",
};

function description({
  signal,
  watches,
  comparison,
  threshold,
  datapointsToAlarm,
  evaluationPeriods,
  periodSeconds,
}: AlertPart): string {
  return `${signal} of ${watches} ${comparison} ${threshold} in ${datapointsToAlarm} of ${evaluationPeriods} periods of ${periodSeconds} s`;
}

function actions({ part, topicArn }: AlertArgs): Pick<cloudwatch.MetricAlarmArgs, "alarmActions" | "okActions"> {
  if (!part.notifies) return {};
  if (topicArn === null) throw new RangeError(`${part.key} tells somebody, and no topic is given`);
  return { alarmActions: [topicArn], okActions: [topicArn] };
}

type SourceKind = MetricSource["kind"];

/** CloudWatch's names, by what is watched. */
const PLAIN: Readonly<
  Record<Exclude<AlertSignal, "availability-burn" | "error-share">, Partial<Record<SourceKind, string>>>
> = {
  "response-time": { balancer: "TargetResponseTime", "service-connect": "TargetResponseTime" },
  "server-errors": { balancer: "HTTPCode_Target_5XX_Count", "service-connect": "HTTPCode_Target_5XX_Count" },
  "healthy-below-need": { balancer: "HealthyHostCount" },
  "unhealthy-replicas": { balancer: "UnHealthyHostCount" },
  "all-replicas-down": { balancer: "HealthyHostCount" },
  // Every running task sends one sample a minute, so samples count tasks (Amazon ECS Developer Guide, service RUNNING task count).
  "running-below-minimum": { service: "CPUUtilization" },
  "at-maximum": { service: "CPUUtilization" },
  cpu: { service: "CPUUtilization", cache: "EngineCPUUtilization" },
  memory: { service: "MemoryUtilization" },
  volume: {},
  "cache-memory": { cache: "DatabaseMemoryUsagePercentage" },
  "cache-evictions": { cache: "Evictions" },
  "cache-replication-lag": { cache: "ReplicationLag" },
  "nat-ports": { nat: "ErrorPortAllocation" },
};

/** Of callers' requests: how many failed, in all. FILL: a metric of errors is silent while there are none. */
const SHARES: Readonly<
  Record<
    "availability-burn" | "error-share",
    {
      readonly of: readonly SourceKind[];
      readonly metrics: Readonly<Record<string, string>>;
      readonly expression: string;
    }
  >
> = {
  "error-share": {
    of: ["balancer", "service-connect"],
    metrics: { errors: "HTTPCode_Target_5XX_Count", requests: "RequestCount" },
    expression: "FILL(errors, 0) / requests",
  },
  // Requests that found no target are in no request count: the balancer's own errors stand for them.
  "availability-burn": {
    of: ["balancer"],
    metrics: { errors: "HTTPCode_Target_5XX_Count", refusals: "HTTPCode_ELB_5XX_Count", requests: "RequestCount" },
    expression: "(FILL(errors, 0) + FILL(refusals, 0)) / (FILL(requests, 0) + FILL(refusals, 0))",
  },
};

function measured(part: AlertPart, on: MetricSource): Partial<cloudwatch.MetricAlarmArgs> {
  if (part.signal === "availability-burn" || part.signal === "error-share") {
    const share = SHARES[part.signal];
    if (!share.of.includes(on.kind))
      throw new RangeError(`${part.key}: ${part.signal} is measured on ${share.of.join(" or ")}, got ${on.kind}`);
    const metrics = Object.entries(share.metrics).flatMap(([id, name]) =>
      metricsOf(on, name).map((metric) => ({ id, metric })),
    );
    return calculated(part, metrics, share.expression);
  }
  const names = PLAIN[part.signal];
  const name = names[on.kind];
  if (name === undefined)
    throw new RangeError(
      `${part.key}: ${part.signal} is measured on ${Object.keys(names).join(" or ")}, got ${on.kind}`,
    );
  const [first, ...others] = metricsOf(on, name);
  if (first === undefined) throw new RangeError(`${part.key}: nothing to measure ${part.signal} on`);
  if (others.length === 0) return { ...first, period: part.periodSeconds, ...statistic(part) };
  const metrics = [first, ...others].map((metric, index) => ({ id: `m${index + 1}`, metric }));
  // The worst of them decides.
  const worst = part.comparison === "<" || part.comparison === "<=" ? "MIN" : "MAX";
  return calculated(part, metrics, `${worst}([${metrics.map(({ id }) => id).join(", ")}])`);
}

function statistic(part: AlertPart): Pick<cloudwatch.MetricAlarmArgs, "statistic" | "extendedStatistic"> {
  return /^p\d/.test(part.statistic) ? { extendedStatistic: part.statistic } : { statistic: part.statistic };
}

function calculated(
  part: AlertPart,
  metrics: readonly { readonly id: string; readonly metric: Metric }[],
  expression: string,
): Pick<cloudwatch.MetricAlarmArgs, "metricQueries"> {
  return {
    metricQueries: [
      ...metrics.map(({ id, metric }) => ({
        id,
        metric: { ...metric, period: part.periodSeconds, stat: part.statistic },
        returnData: false,
      })),
      { id: "result", expression, label: part.signal, returnData: true },
    ],
  };
}
