import { atMost, between, formed, oneOf, valuesAt, type Refusal } from "./refusal";
import { isRecord, listAt, numberAt, recordAt, textAt, type Properties, type Value } from "./values";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TARGET = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";

const ofAlarm = (rule: string | null, quote: string) => ({ section: "1.7", type: ALARM, rule, quote });
const ofScaler = (rule: string | null, quote: string) => ({ section: "1.3", type: TARGET, rule, quote });

const windows =
  "Alarm [bc cloudwatch]: period 10/20/30 or ×60; period×evaluationPeriods ≤86,400 s if period <1 h, else ≤604,800 s";
const math =
  "math alarm: ≤20 queries (10 metrics + 10 expressions), exactly one returnData true, no top-level metric args; ids start lower-case";

const periods = (inputs: Properties): readonly number[] =>
  [
    ...valuesAt(inputs, "period"),
    ...valuesAt(inputs, "metricQueries[].period"),
    ...valuesAt(inputs, "metricQueries[].metric.period"),
  ].map(Number);

function windowed(rule: string, least: number, below: number, most: number): Refusal {
  const at = (period: number, evaluationPeriods: number): Properties => ({ period, evaluationPeriods });
  return {
    ...ofAlarm(rule, windows),
    refuses: (inputs) => {
      const times = numberAt(inputs, "evaluationPeriods") ?? 1;
      return periods(inputs).some((period) => period >= least && period < below && period * times > most);
    },
    accepted: [at(least, Math.floor(most / least))],
    refused: [at(least, Math.floor(most / least) + 1)],
  };
}

const metric = (id: string): Properties => ({
  id,
  metric: { metricName: "m", namespace: "n", period: 60, stat: "Sum" },
});
const expression = (id: string): Properties => ({ id, expression: "m0 * 2" });
const returning = (query: Properties): Properties => ({ ...query, returnData: true });

/** So many metrics and expressions, of which the first returns. */
function queries(metrics: number, expressions: number, first = returning): Properties {
  const list = [
    ...Array.from({ length: metrics }, (_, index) => metric(`m${index}`)),
    ...Array.from({ length: expressions }, (_, index) => expression(`e${index}`)),
  ];
  return { evaluationPeriods: 1, metricQueries: list.map((query, index) => (index === 0 ? first(query) : query)) };
}

const has = (key: string) => (query: Value) => isRecord(query) && query[key] !== undefined;

const tracking = (type: string, label?: string): Properties => ({
  policyType: "TargetTrackingScaling",
  resourceId: "service/c/s",
  targetTrackingScalingPolicyConfiguration: {
    targetValue: 70,
    predefinedMetricSpecification: {
      predefinedMetricType: type,
      ...(label === undefined ? {} : { resourceLabel: label }),
    },
  },
});
const LABEL = "app/lb/0123456789abcdef/targetgroup/tg/0123456789abcdef";
const specification = (inputs: Properties): Properties =>
  recordAt(recordAt(inputs, "targetTrackingScalingPolicyConfiguration"), "predefinedMetricSpecification");
const requests = "ALBRequestCountPerTarget";

/** Scalers and alarms (sections 1.3 and 1.7), and the registry (1.0). */
export const operationsRefusals: readonly Refusal[] = [
  formed(
    ofScaler("scaling-target-id", "resourceId `service/<clusterName>/<serviceName>` (names, not ARNs)."),
    "resourceId",
    /^service\/[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/,
    ["service/c/s", "service/a-b/c_d"],
    ["arn:aws:ecs:us-east-1:123456789012:service/c/s", "service/s", "service/c/s/t"],
  ),
  between(
    {
      ...ofScaler("scaling-minimum", "minCapacity 0 allowed but then no metrics."),
      with: { maxCapacity: 10, resourceId: "service/c/s" },
    },
    "minCapacity",
    0,
    null,
  ),
  {
    ...ofScaler(
      "scaling-resource-label",
      'ResourceLabel `app/<lb>/<id>/targetgroup/<tg>/<id>` = `lb.arnSuffix + "/" + tg.arnSuffix` [dts]',
    ),
    type: POLICY,
    refuses: (inputs) => {
      const label = textAt(specification(inputs), "resourceLabel");
      return label !== undefined && !/^app\/[^/]+\/[^/]+\/targetgroup\/[^/]+\/[^/]+$/.test(label);
    },
    accepted: [tracking(requests, LABEL)],
    refused: [tracking(requests, "app/lb/targetgroup/tg"), tracking(requests, "targetgroup/tg/1/app/lb/2")],
  },
  {
    ...ofScaler("scaling-label-metric", "only valid for ALBRequestCountPerTarget"),
    type: POLICY,
    refuses: (inputs) => {
      const { predefinedMetricType, resourceLabel } = specification(inputs);
      return (
        predefinedMetricType !== undefined && (predefinedMetricType === requests) !== (resourceLabel !== undefined)
      );
    },
    accepted: [tracking("ECSServiceAverageCPUUtilization"), tracking(requests, LABEL)],
    refused: [tracking("ECSServiceAverageCPUUtilization", LABEL), tracking(requests)],
  },
  between(
    {
      section: "1.0",
      type: "aws:servicediscovery/service:Service",
      rule: "cloud-map-failure-threshold",
      quote: "healthCheckCustomConfig.failureThreshold ignored (always 1)",
    },
    "healthCheckCustomConfig.failureThreshold",
    1,
    1,
  ),
  {
    ...ofAlarm("alarm-period", windows),
    refuses: (inputs) =>
      periods(inputs).some((period) => ![10, 20, 30].includes(period) && (period <= 0 || period % 60 !== 0)),
    accepted: [10, 20, 30, 60, 120, 3600].map((period) => ({ period, evaluationPeriods: 1 })),
    refused: [0, 15, 40, 59, 61, 90].map((period) => ({ period, evaluationPeriods: 1 })),
  },
  windowed("alarm-window", 60, 3600, 86_400),
  windowed("alarm-window-long", 3600, Number.POSITIVE_INFINITY, 604_800),
  {
    ...ofAlarm("alarm-datapoints", "The model only checks datapointsToAlarm ≥1; keep it ≤ evaluationPeriods."),
    refuses: (inputs) => {
      const points = numberAt(inputs, "datapointsToAlarm");
      return (
        points !== undefined &&
        (points < 1 || points > (numberAt(inputs, "evaluationPeriods") ?? Number.POSITIVE_INFINITY))
      );
    },
    accepted: [
      { datapointsToAlarm: 1, evaluationPeriods: 3 },
      { datapointsToAlarm: 3, evaluationPeriods: 3 },
    ],
    refused: [
      { datapointsToAlarm: 0, evaluationPeriods: 3 },
      { datapointsToAlarm: 4, evaluationPeriods: 3 },
    ],
  },
  atMost(
    ofAlarm("alarm-actions", "5 actions per state"),
    "alarmActions",
    5,
    (index) => `arn:aws:sns:us-east-1:123456789012:t${index}`,
  ),
  oneOf(
    ofAlarm("alarm-missing-data", "treatMissingData default `missing`"),
    "treatMissingData",
    ["breaching", "notBreaching", "ignore", "missing"],
    ["Breaching", "not_breaching"],
  ),
  {
    ...ofAlarm("alarm-queries", math),
    refuses: (inputs) => inputs["metricQueries"] !== undefined && !between1(listAt(inputs, "metricQueries").length, 20),
    accepted: [queries(1, 0), queries(10, 10)],
    refused: [{ metricQueries: [] }, queries(11, 10)],
  },
  {
    ...ofAlarm("alarm-query-metrics", math),
    refuses: (inputs) =>
      listAt(inputs, "metricQueries").filter(has("metric")).length > 10 ||
      listAt(inputs, "metricQueries").filter(has("expression")).length > 10,
    accepted: [queries(10, 1), queries(1, 10)],
    refused: [queries(11, 1), queries(1, 11)],
  },
  {
    ...ofAlarm("alarm-return-data", math),
    refuses: (inputs) =>
      inputs["metricQueries"] !== undefined &&
      valuesAt(inputs, "metricQueries[].returnData").filter((value) => value === true).length !== 1,
    accepted: [queries(2, 1)],
    refused: [queries(1, 1, (query) => query), twiceReturning()],
  },
  {
    ...ofAlarm("alarm-query-id", math),
    refuses: (inputs) => valuesAt(inputs, "metricQueries[].id").some((id) => !/^[a-z][A-Za-z0-9_]*$/.test(String(id))),
    accepted: ["m", "m1", "mA_1"].map((id) => ({ metricQueries: [returning(metric(id))] })),
    refused: ["M", "1m", "m-1"].map((id) => ({ metricQueries: [returning(metric(id))] })),
  },
  {
    ...ofAlarm("alarm-query-arguments", math),
    refuses: (inputs) =>
      inputs["metricQueries"] !== undefined &&
      ["metricName", "namespace", "period", "statistic", "dimensions"].some((key) => inputs[key] !== undefined),
    accepted: [queries(1, 1)],
    refused: [
      { ...queries(1, 1), namespace: "n" },
      { ...queries(1, 1), period: 60 },
    ],
  },
  {
    ...ofAlarm("alarm-statistic", "statistic xor extendedStatistic"),
    refuses: (inputs) =>
      inputs["metricName"] !== undefined &&
      ["statistic", "extendedStatistic"].filter((key) => inputs[key] !== undefined).length !== 1,
    accepted: [
      { metricName: "m", statistic: "Sum" },
      { metricName: "m", extendedStatistic: "p99" },
    ],
    refused: [{ metricName: "m" }, { metricName: "m", statistic: "Sum", extendedStatistic: "p99" }],
  },
];

function between1(value: number, most: number): boolean {
  return value >= 1 && value <= most;
}

function twiceReturning(): Properties {
  return { metricQueries: [returning(metric("m0")), returning(metric("m1"))] };
}
