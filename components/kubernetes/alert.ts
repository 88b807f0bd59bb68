import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Alert as AlertPart } from "../../model";
import { transformed, type Transform } from "../transform";
import { alertQuery, type Watched } from "./alert-queries";
import { thresholdRules } from "./alert-rules";
import { objectLabels } from "./labels";
import { prometheusRule, ruleFile, type AlertingRule, type RuleGroup } from "./prometheus-rule";

/** Rules as the object that carries them. */
export interface RuleObjectArgs {
  /** Name of the object, literal. */
  readonly name: string;
  readonly workload: string;
  readonly stack: string;
  readonly namespace: string;
  /** What Prometheus selects its rules by: `{ release: "kube-prometheus-stack" }`. */
  readonly labels: Readonly<Record<string, string>>;
  /** false: a ConfigMap with a rule file, for a Prometheus that mounts it. */
  readonly operator: boolean;
  readonly groups: readonly RuleGroup[];
  /** @default - as they are */
  readonly transform?: Transform<{ readonly groups: readonly RuleGroup[] }>;
}

/** The object of some rules: a PrometheusRule, or a ConfigMap that holds their file. */
export function ruleObject(child: string, args: RuleObjectArgs, opts: pulumi.CustomResourceOptions): pulumi.Resource {
  const { groups } = transformed<{ readonly groups: readonly RuleGroup[] }>({ groups: args.groups }, args.transform);
  const labels = { ...objectLabels(args.stack, args.workload), ...args.labels };
  const { name, namespace } = args;
  if (!args.operator)
    return new ConfigMap(
      child,
      { metadata: { name, namespace, labels }, data: { [RULE_FILE]: ruleFile(groups) } },
      opts,
    );
  return new CustomResource(child, { ...prometheusRule({ name, namespace, labels, groups }) }, opts);
}

/** Name of the file in a ConfigMap. */
const RULE_FILE = "rules.yaml";

export interface AlertsArgs {
  /** Of one workload, one evaluation period: at least one. */
  readonly parts: readonly AlertPart[];
  readonly workload: string;
  readonly region: string;
  readonly stack: string;
  readonly namespace: string;
  readonly owner: Watched["owner"];
  /** An autoscaler of the workload's name moves the count. */
  readonly scales: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly transform?: AlertsTransform;
}

export interface AlertsTransform {
  readonly rules?: Transform<{ readonly groups: readonly RuleGroup[] }>;
}

/** Alerts of one workload as rules of Prometheus. Throws a RangeError for a Part that they cannot be. */
export class Alerts extends pulumi.ComponentResource {
  constructor(name: string, args: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:Alerts", name, {}, opts);
    const { parts, workload, stack, namespace, labels } = args;
    ruleObject(
      name,
      {
        name: `${workload}-alerts`,
        workload,
        stack,
        namespace,
        labels,
        operator: parts.every(({ runtime }) => runtime.kind === "prometheus-rule"),
        groups: alertGroups(args),
        ...(args.transform?.rules === undefined ? {} : { transform: args.transform.rules }),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** One group a period: rules of a group are evaluated together. */
export function alertGroups(args: Omit<AlertsArgs, "region" | "stack" | "labels" | "transform">): readonly RuleGroup[] {
  const { parts, workload, namespace, owner, scales } = args;
  const watched: Watched = { namespace, owner, name: workload, autoscaler: scales ? workload : null };
  const periods = [...new Set(parts.map(({ periodSeconds }) => periodSeconds))].sort((a, b) => a - b);
  return periods.map((period, index) => ({
    name: index === 0 ? `${workload}-alerts` : `${workload}-alerts-${period}s`,
    interval: `${period}s`,
    rules: parts.filter(({ periodSeconds }) => periodSeconds === period).flatMap((part) => rulesOf(part, watched)),
  }));
}

function rulesOf(part: AlertPart, watched: Watched): readonly AlertingRule[] {
  const query = alertQuery(part.signal, watched);
  if (query === null || part.runtime.kind === "cloudwatch")
    throw new RangeError(`${part.key}: ${part.signal} of ${watched.name} has no metric on Kubernetes`);
  return thresholdRules({
    name: alertName(part.signal),
    service: watched.name,
    query: query.query,
    comparison: part.comparison,
    threshold: part.threshold,
    forSeconds: part.periodSeconds * part.evaluationPeriods,
    severity: part.runtime.severity,
    summary: summaries[part.signal] ?? part.signal,
    absent: part.missingData === "breaching",
  });
}

/** healthy-below-need is HealthyBelowNeed. */
function alertName(signal: AlertPart["signal"]): string {
  return signal.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

const summaries: { readonly [signal in AlertPart["signal"]]?: string } = {
  "all-replicas-down": "no pod is ready",
  "healthy-below-need": "fewer pods are ready than the peak needs",
  "running-below-minimum": "fewer pods run than the least that was asked for",
  "unhealthy-replicas": "pods are not ready",
  "at-maximum": "the autoscaler can add no more pods",
  cpu: "pods use more CPU than they ask for",
  memory: "a container is close to its memory limit",
  volume: "a volume is close to full",
  "cache-memory": "a cache member is close to its memory limit",
  "cache-evictions": "the cache throws entries away to make room",
  "cache-replication-lag": "a copy is behind its primary",
};
