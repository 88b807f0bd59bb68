import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const key = new aws.kms.Key("alerts", { description: "Alerts", enableKeyRotation: true });

export const topic = new aws.sns.Topic("alerts", { name: "by-hand-alerts", kmsMasterKeyId: key.id });

new aws.sns.TopicPolicy("alerts", {
  arn: topic.arn,
  policy: topic.arn.apply((arn) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "sns:Publish", Resource: arn },
      ],
    }),
  ),
});
new aws.sns.TopicSubscription("oncall", { topic: topic.arn, protocol: "email", endpoint: "oncall@example.com" });

type Facts = Omit<
  aws.cloudwatch.MetricAlarmArgs,
  "alarmActions" | "okActions" | "evaluationPeriods" | "datapointsToAlarm" | "comparisonOperator" | "threshold"
>;

export const above = "GreaterThanThreshold";
export const below = "LessThanThreshold";

/** Rings the on-call person where `bad` of the last `periods` are on the wrong side. */
export function alarm(
  name: string,
  [comparisonOperator, threshold]: [string, number],
  [bad, periods]: [number, number],
  facts: Facts,
): void {
  new aws.cloudwatch.MetricAlarm(name, {
    comparisonOperator,
    threshold,
    datapointsToAlarm: bad,
    evaluationPeriods: periods,
    alarmActions: [topic.arn],
    okActions: [topic.arn],
    ...facts,
  });
}

/** The worst of one metric over several things. */
export function worst(
  dimension: string,
  of: pulumi.Input<string>[],
  metric: { namespace: string; metricName: string; stat: string },
): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
  const queries = of.map((id, index) => ({
    id: `m${index + 1}`,
    metric: { ...metric, period: 300, dimensions: { [dimension]: id } },
    returnData: false,
  }));
  const all = queries.map(({ id }) => id).join(", ");
  return [...queries, { id: "result", expression: `MAX([${all}])`, label: metric.metricName, returnData: true }];
}
