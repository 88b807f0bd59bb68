import {
  isUnknown,
  isUnknownValue,
  known,
  unknown,
  type Alert,
  type Claim,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { alarmSignal, type ReadMetric } from "./alert-signal.read";
import { watchedPart } from "./alert-watches.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, asText, inside, leafAt, leafWithDefault, listOf, mapLeaf } from "./leaf.read";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Reads alarms whose metric says what they are about; an alarm on anything else is left unread. */
export const alertReader: PartReader = { read, inputs: alertInputs() };

function read(graph: ResourceGraph): Read {
  const parts: ReadPart<Alert>[] = [];
  const claims: Claim[] = [];
  for (const alarm of graph.ofType(ALARM)) {
    const part = readAlarm(graph, alarm);
    if (part === undefined) continue;
    parts.push(part);
    claims.push({ urn: alarm.urn, part: part.key, carries: "fields" });
  }
  return { parts, claims, conflicts: [] };
}

function readAlarm(graph: ResourceGraph, alarm: Resource): ReadPart<Alert> | undefined {
  const metrics = metricsOf(alarm);
  const comparison = leafAt(alarm, ["comparisonOperator"], (value) =>
    typeof value === "string" ? OPERATORS[value] : undefined,
  );
  const threshold = leafAt(alarm, ["threshold"], asNumber);
  const signal = alarmSignal(alarm, metrics, comparison, threshold);
  if (signal === undefined) return undefined;
  const watches = watchedPart(graph, alarm, metrics);
  const evaluationPeriods = leafAt(alarm, ["evaluationPeriods"], asNumber);
  return {
    kind: "alert",
    key: keyOf("alert", graph, alarm),
    workload: wordOf(graph, alarm),
    region: regionOf(graph, alarm),
    signal,
    watches,
    threshold,
    comparison,
    statistic: agreed(
      alarm,
      "statistic",
      metrics.map((metric) => metric.statistic),
    ),
    periodSeconds: agreed(
      alarm,
      "period",
      metrics.map((metric) => metric.periodSeconds),
    ),
    evaluationPeriods,
    datapointsToAlarm:
      alarm.inputs["datapointsToAlarm"] === undefined
        ? mapLeaf(evaluationPeriods, (periods) => periods)
        : leafAt(alarm, ["datapointsToAlarm"], asNumber),
    missingData: leafWithDefault(alarm, ["treatMissingData"], (value) =>
      typeof value === "string" ? MISSING[value] : undefined,
    ),
    metrics: known(metrics.length, alarm.urn),
    notifies: notifies(alarm),
    runtime: { kind: "cloudwatch" },
  };
}

const OPERATORS: Readonly<Record<string, Alert["comparison"]>> = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
};

const MISSING: Readonly<Record<string, Alert["missingData"]>> = {
  breaching: "breaching",
  notBreaching: "not-breaching",
  missing: "missing",
  ignore: "ignore",
};

/** The metrics that an alarm is billed for: its own, or those of its queries. */
function metricsOf(alarm: Resource): readonly ReadMetric[] {
  const queries = listOf(alarm.inputs["metricQueries"]).filter((query) => inside(query, "metric") !== undefined);
  if (queries.length > 0) {
    return queries.map((query) =>
      readMetric(alarm, "metricQueries[].metric.", {
        id: inside(query, "id"),
        namespace: inside(query, "metric", "namespace"),
        metricName: inside(query, "metric", "metricName"),
        dimensions: inside(query, "metric", "dimensions"),
        statistic: inside(query, "metric", "stat"),
        period: inside(query, "metric", "period"),
      }),
    );
  }
  const { namespace, metricName, dimensions, statistic, extendedStatistic, period } = alarm.inputs;
  if (metricName === undefined) return [];
  return [
    readMetric(alarm, "", { namespace, metricName, dimensions, statistic: statistic ?? extendedStatistic, period }),
  ];
}

function readMetric(alarm: Resource, prefix: string, raw: Readonly<Record<string, Value | undefined>>): ReadMetric {
  const text = (word: string) => asText(raw[word] ?? null);
  const leaf = <T>(word: string, parse: (value: Value) => T | undefined): Leaf<T> => {
    const value = raw[word];
    if (value === undefined || value === null) return unknown(alarm.urn, prefix + word, "no-default-known");
    if (isUnknownValue(value)) return unknown(alarm.urn, prefix + word, value.$unknown);
    const parsed = parse(value);
    return parsed === undefined ? unknown(alarm.urn, prefix + word, "unreadable") : known(parsed, alarm.urn);
  };
  return {
    id: text("id"),
    namespace: text("namespace"),
    metricName: text("metricName"),
    dimensions: raw["dimensions"],
    statistic: leaf("statistic", asText),
    periodSeconds: leaf("period", asNumber),
  };
}

/** What all metrics of an alarm say; unknown where they differ. */
function agreed<T extends string | number>(alarm: Resource, property: string, leaves: readonly Leaf<T>[]): Leaf<T> {
  const [first, ...others] = leaves;
  if (first === undefined) return unknown(alarm.urn, property, "unreadable");
  const differs = others.find((leaf) => isUnknown(leaf) || !first.known || leaf.value !== first.value);
  if (differs === undefined) return first;
  return isUnknown(differs) ? differs : unknown(alarm.urn, property, "unreadable");
}

function notifies(alarm: Resource): Leaf<boolean> {
  const enabled = leafWithDefault(alarm, ["actionsEnabled"], asFlag);
  const actions = alarm.inputs["alarmActions"];
  if (isUnknownValue(actions)) return unknown(alarm.urn, "alarmActions", actions.$unknown);
  return mapLeaf(enabled, (on) => on && listOf(actions).length > 0);
}

function alertInputs(): InputTable {
  const signal = "signal" satisfies keyof Alert;
  return {
    [ALARM]: {
      fields: {
        namespace: signal,
        metricName: signal,
        dimensions: "watches",
        period: "periodSeconds",
        statistic: "statistic",
        extendedStatistic: "statistic",
        "metricQueries[].id": signal,
        "metricQueries[].expression": signal,
        "metricQueries[].returnData": signal,
        "metricQueries[].metric.namespace": signal,
        "metricQueries[].metric.metricName": signal,
        "metricQueries[].metric.dimensions": "watches",
        "metricQueries[].metric.period": "periodSeconds",
        "metricQueries[].metric.stat": "statistic",
        comparisonOperator: "comparison",
        threshold: "threshold",
        evaluationPeriods: "evaluationPeriods",
        datapointsToAlarm: "datapointsToAlarm",
        treatMissingData: "missingData",
        "alarmActions[]": "notifies",
        region: "region",
      },
      ignored: {
        name: "a name",
        alarmDescription: "words",
        "metricQueries[].label": "words",
        okActions: "tells of the end of what alarmActions told",
        tags: "tags are read by nobody",
      },
    },
  };
}
