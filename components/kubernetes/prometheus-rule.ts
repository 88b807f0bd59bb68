import { stringify } from "yaml";

/** A recording: a query's result under a name of its own. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert: fires while its query has results. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated together, one after the other. */
export interface RuleGroup {
  readonly name: string;
  /** @default - the server's own */
  readonly interval?: string;
  readonly rules: readonly Rule[];
}

/** A PrometheusRule of the Prometheus operator. */
export interface PrometheusRule {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PrometheusRule";
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly groups: readonly RuleGroup[] };
}

/**
 * The object that the operator turns into rule files. `labels` must hold what the Prometheus selects rules by: kube-prometheus-stack
 * takes those with its `release` only, unless ruleSelectorNilUsesHelmValues is false.
 */
export function prometheusRule(args: {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly groups: readonly RuleGroup[];
}): PrometheusRule {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: {
      name: args.name,
      ...(args.namespace === undefined ? {} : { namespace: args.namespace }),
      labels: args.labels,
    },
    spec: { groups: args.groups },
  };
}

/** The same rules as a file of Prometheus itself: for `rule_files`, or a ConfigMap that is mounted there. */
export function ruleFile(groups: readonly RuleGroup[]): string {
  return stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
}
