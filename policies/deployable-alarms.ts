import { isRecord, isUnknownValue, textOf } from "../model";
import type { Resource, Value } from "../model";
import { limitSources } from "../catalog/aws/limit";
import { limits } from "../catalog/aws/limits";
import {
  allowed,
  asNumber,
  type DeployCheck,
  fine,
  formCheck,
  limitCheck,
  nameCheck,
  type Outcome,
  refused,
  valuesAt,
  withinLimit,
  wordCheck,
} from "./deployable-check";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

const HOUR = 3600;

/** Periods of the alarm or of its queries. */
function periods({ inputs }: Resource): readonly { readonly where: string; readonly value: Value }[] {
  return [
    ...valuesAt(inputs, "period"),
    ...valuesAt(inputs, "metricQueries[].metric.period"),
    ...valuesAt(inputs, "metricQueries[].period"),
  ];
}

function isPeriod(seconds: number): boolean {
  return (
    (limits["alarm-period"].values as readonly number[]).includes(seconds) ||
    (seconds > 0 && seconds % limits["alarm-period"].min === 0)
  );
}

/** The window that an alarm looks back on. */
function windowCheck(id: "alarm-window" | "alarm-window-long"): DeployCheck {
  return limitCheck(id, ALARM, (alarm) => {
    const times = alarm.inputs["evaluationPeriods"];
    if (times === undefined) return null;
    const outcomes = periods(alarm).flatMap(({ where, value }): readonly Outcome[] => {
      if (isUnknownValue(value)) return [{ unknown: where }];
      if (isUnknownValue(times)) return [{ unknown: "evaluationPeriods" }];
      const seconds = asNumber(value);
      const number = asNumber(times);
      if (seconds === undefined || number === undefined || seconds < HOUR !== (id === "alarm-window")) return [];
      return [
        withinLimit(id, seconds * number)
          ? fine
          : refused(`${number} periods of ${seconds} s are ${seconds * number} s`, "use longer periods, or fewer"),
      ];
    });
    return outcomes.length === 0 ? null : outcomes;
  });
}

const queriesOf = ({ inputs }: Resource): Value | undefined => inputs["metricQueries"];

function onQueries(id: Parameters<typeof limitCheck>[0], test: (queries: readonly Value[]) => Outcome): DeployCheck {
  return limitCheck(id, ALARM, (alarm) => {
    const queries = queriesOf(alarm);
    if (queries === undefined) return null;
    if (isUnknownValue(queries) || !Array.isArray(queries)) return { unknown: "metricQueries" };
    const list = queries as readonly Value[];
    return list.some((query) => isUnknownValue(query)) ? { unknown: "metricQueries" } : test(list);
  });
}

const topLevel = ["metricName", "namespace", "period", "statistic", "extendedStatistic", "dimensions", "unit"] as const;

export const alarmDeployChecks: readonly DeployCheck[] = [
  limitCheck("alarm-period", ALARM, (alarm) => {
    const found = periods(alarm);
    if (found.length === 0) return null;
    return found.map(({ where, value }): Outcome => {
      if (isUnknownValue(value)) return { unknown: where };
      const seconds = asNumber(value);
      return seconds !== undefined && isPeriod(seconds)
        ? fine
        : refused(`${where} ${textOf(value)}`, "give 10, 20, 30 or a multiple of 60");
    });
  }),
  windowCheck("alarm-window"),
  windowCheck("alarm-window-long"),
  limitCheck("alarm-datapoints", ALARM, ({ inputs }) => {
    const { datapointsToAlarm, evaluationPeriods } = inputs;
    if (datapointsToAlarm === undefined) return null;
    if (isUnknownValue(datapointsToAlarm)) return { unknown: "datapointsToAlarm" };
    if (isUnknownValue(evaluationPeriods)) return { unknown: "evaluationPeriods" };
    const points = asNumber(datapointsToAlarm) ?? 0;
    const most = asNumber(evaluationPeriods) ?? Number.POSITIVE_INFINITY;
    return points >= limits["alarm-datapoints"].min && points <= most
      ? fine
      : refused(`${points} of ${most} datapoints`, `give 1 to ${most}`);
  }),
  limitCheck("alarm-actions", ALARM, ({ inputs }) => {
    const outcomes = ["alarmActions", "okActions", "insufficientDataActions"].flatMap((name): readonly Outcome[] => {
      const actions = inputs[name];
      if (actions === undefined) return [];
      if (isUnknownValue(actions)) return [{ unknown: name }];
      const number = Array.isArray(actions) ? actions.length : 1;
      return [
        withinLimit("alarm-actions", number)
          ? fine
          : refused(`${number} in ${name}`, `give ${allowed("alarm-actions")}`),
      ];
    });
    return outcomes.length === 0 ? null : outcomes;
  }),
  nameCheck("alarm-missing-data", ALARM, "treatMissingData"),
  onQueries("alarm-queries", (queries) =>
    withinLimit("alarm-queries", queries.length)
      ? fine
      : refused(`${queries.length} queries`, `give ${allowed("alarm-queries")}`),
  ),
  onQueries("alarm-query-metrics", (queries) => {
    const metrics = queries.filter((query) => isRecord(query) && query["metric"] !== undefined).length;
    const expressions = queries.length - metrics;
    // Ten of each (aws.md 1.7).
    return withinLimit("alarm-query-metrics", metrics) && withinLimit("alarm-query-metrics", expressions)
      ? fine
      : refused(`${metrics} metrics and ${expressions} expressions`, "give at most 10 of each");
  }),
  onQueries("alarm-return-data", (queries) => {
    const returning = queries.filter((query) => isRecord(query) && query["returnData"] === true).length;
    return withinLimit("alarm-return-data", returning)
      ? fine
      : refused(`${returning} queries return data`, "set returnData: true on one query");
  }),
  formCheck("alarm-query-id", ALARM, "metricQueries[].id"),
  limitCheck("alarm-statistic", ALARM, ({ inputs }) => {
    if (inputs["metricName"] === undefined) return null;
    const given = ["statistic", "extendedStatistic"].filter((name) => inputs[name] !== undefined);
    return withinLimit("alarm-statistic", given.length)
      ? fine
      : refused(given.length === 0 ? "neither is given" : "both are given", "give one of the two");
  }),
  wordCheck(
    "alarm-query-arguments",
    "cloudwatch.MetricAlarm metricQueries beside a metric",
    "metric queries are refused beside a metric name, namespace, period, statistic, dimensions or unit",
    limitSources.cloudwatch,
    ALARM,
    ({ inputs }) => {
      if (inputs["metricQueries"] === undefined) return null;
      const both = topLevel.filter((name) => inputs[name] !== undefined);
      return both.length === 0 ? fine : refused(`metricQueries with ${both.join(", ")}`, "move them into the query");
    },
  ),
  wordCheck(
    "topic-lets-alarms-in",
    "sns.TopicPolicy of the topic that alarms notify",
    "a topic policy of one's own must allow cloudwatch.amazonaws.com to publish",
    {
      title: "AWS re:Post, CloudWatch alarm and SNS topic policy",
      url: "https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger",
      date: "2026-11-20",
    },
    TOPIC_POLICY,
    ({ inputs }) => {
      const { policy } = inputs;
      if (isUnknownValue(policy)) return { unknown: "policy", expected: true };
      const text = typeof policy === "string" ? policy : JSON.stringify(policy ?? "");
      return text.includes("cloudwatch.amazonaws.com")
        ? fine
        : refused("the policy does not name cloudwatch.amazonaws.com", "allow it sns:Publish");
    },
  ),
];
