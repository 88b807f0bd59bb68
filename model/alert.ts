import type { Base, PartKey } from "./part";

/** What an alert is about; a reader derives it from the metric. */
export type AlertSignal =
  | "availability-burn"
  | "error-share"
  | "response-time"
  | "server-errors"
  | "healthy-below-need"
  /** Some are ill; those that are gone are not counted. */
  | "unhealthy-replicas"
  | "all-replicas-down"
  | "running-below-minimum"
  | "at-maximum"
  | "cpu"
  | "memory"
  /** Disks that pods keep their data on. */
  | "volume"
  | "cache-memory"
  | "cache-evictions"
  | "cache-replication-lag"
  | "nat-ports";

/** One alarm. */
export interface Alert extends Base<"alert"> {
  readonly signal: AlertSignal;
  readonly watches: PartKey;
  /** In the metric's own unit: share 0 to 1, seconds, count or percent. */
  readonly threshold: number;
  readonly comparison: ">" | ">=" | "<" | "<=";
  readonly statistic: string;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  /** What absent data means. */
  readonly missingData: "breaching" | "not-breaching" | "missing" | "ignore";
  /** Metrics that are billed. */
  readonly metrics: number;
  /** Somebody is told; of a rule of Prometheus, Alertmanager is, by its severity. */
  readonly notifies: boolean;
  readonly runtime:
    | { readonly kind: "cloudwatch" }
    /** prometheus-rule: read by the Prometheus operator. prometheus-file: in a ConfigMap, for a Prometheus that mounts it. */
    | { readonly kind: "prometheus-rule" | "prometheus-file"; readonly severity: "page" | "ticket" };
}

/** Where alerts go. An existing topic is no Part. */
export interface AlertTopic extends Base<"alert-topic"> {
  /** Sorted by endpoint. */
  readonly subscriptions: readonly { readonly protocol: string; readonly endpoint: string }[];
  readonly runtime: { readonly kind: "sns" };
}

/** One page of graphs for the whole system. */
export interface Dashboard extends Base<"dashboard"> {
  readonly runtime: { readonly kind: "cloudwatch" };
}
