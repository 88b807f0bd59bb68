import { decimal, duration, matcher, matchers } from "./promql";
import type { AlertingRule } from "./prometheus-rule";

/** Who is told: page at once, ticket in working hours. */
export type Severity = "page" | "ticket";

/** Where a comparison of a metric makes an alert. */
export interface ThresholdRule {
  /** CamelCase, without the workload. */
  readonly name: string;
  readonly service: string;
  /** Query without comparison; has no value where it would divide by nothing. */
  readonly query: string;
  readonly comparison: ">" | ">=" | "<" | "<=";
  readonly threshold: number;
  /** For how long, in seconds; 0: at once. */
  readonly forSeconds: number;
  readonly severity: Severity;
  readonly summary: string;
  /** No value at all is as bad: for what is always there while its target is. */
  readonly absent: boolean;
}

/** An alert, and beside it one for the absence of what it looks at, where that is as bad. */
export function thresholdRules(rule: ThresholdRule): readonly AlertingRule[] {
  const labels = { service: rule.service, severity: rule.severity };
  const wait = rule.forSeconds === 0 ? {} : { for: duration(rule.forSeconds) };
  const compared: AlertingRule = {
    alert: rule.name,
    expr: `${rule.query} ${rule.comparison} ${decimal(rule.threshold)}`,
    ...wait,
    labels,
    annotations: {
      summary: `${rule.service}: ${rule.summary}`,
      description: `Seen {{ $value }}, told when ${rule.comparison} ${decimal(rule.threshold)}.`,
    },
  };
  if (!rule.absent) return [compared];
  return [
    compared,
    {
      alert: `${rule.name}Unseen`,
      expr: `absent(${rule.query})`,
      for: duration(Math.max(300, rule.forSeconds)),
      labels,
      annotations: {
        summary: `${rule.service}: nothing says whether ${rule.summary}`,
        description: "The metric is gone: its exporter is down, is not scraped, or the object is deleted.",
      },
    },
  ];
}

/** A scrape's targets: any that does not answer, and none that does. */
export function upRules(args: {
  readonly service: string;
  /** Labels of the target: `{ job: "embedding", namespace: "prod" }`. */
  readonly target: Readonly<Record<string, string>>;
}): readonly AlertingRule[] {
  const up = `up${matchers(args.target)}`;
  return [
    {
      alert: "TargetDown",
      expr: `${up} == 0`,
      for: "5m",
      labels: { service: args.service, severity: "ticket" },
      annotations: {
        summary: `${args.service}: {{ $labels.instance }} does not answer its scrape`,
        description: "Its metrics are missing from every figure until it does.",
      },
    },
    {
      alert: "AllTargetsDown",
      expr: `absent(${up} == 1)`,
      for: "5m",
      labels: { service: args.service, severity: "page" },
      annotations: {
        summary: `${args.service}: no target answers its scrape`,
        description: `All of ${Object.entries(args.target)
          .map(([name, value]) => matcher(name, value))
          .join(", ")} are down or no longer found.`,
      },
    },
  ];
}
