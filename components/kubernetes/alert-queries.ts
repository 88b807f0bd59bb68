import type { AlertSignal } from "../../model";
import { literal, matcher } from "./promql";

/** What an alert looks at, as metrics name it. */
export interface Watched {
  readonly namespace: string;
  /** Kind and name of what owns the pods. */
  readonly owner: "Deployment" | "StatefulSet";
  readonly name: string;
  /** Its autoscaler's name; null: none. */
  readonly autoscaler: string | null;
}

/** A query whose value is compared with the threshold, and what the metric comes from. */
export interface AlertQuery {
  readonly query: string;
  /** Exporter without which there is no value. */
  readonly exporter: "kube-state-metrics" | "cadvisor" | "kubelet" | "redis_exporter";
  /** There as long as the object is: that it is gone is as bad. */
  readonly absent: boolean;
}

/** What Prometheus is asked for a signal; null: the signal has no metric on Kubernetes, or is an objective's. */
export function alertQuery(signal: AlertSignal, watched: Watched): AlertQuery | null {
  const namespace = matcher("namespace", watched.namespace);
  const own = `${namespace},${matcher(watched.owner.toLowerCase(), watched.name)}`;
  const pods = `${namespace},${matcher("pod", `${literal(watched.name)}-.+`, "=~")}`;
  const containers = `${pods},${matcher("container", "", "!=")}`;
  const state = (metric: string): AlertQuery => ({
    query: `${metric}{${own}}`,
    exporter: "kube-state-metrics",
    absent: true,
  });
  const redis = (query: string): AlertQuery => ({ query, exporter: "redis_exporter", absent: false });
  const ready =
    watched.owner === "Deployment"
      ? "kube_deployment_status_replicas_available"
      : "kube_statefulset_status_replicas_ready";
  switch (signal) {
    case "healthy-below-need":
    case "all-replicas-down":
      return state(ready);
    case "unhealthy-replicas":
      return {
        query: `kube_${watched.owner.toLowerCase()}_status_replicas{${own}} - ${ready}{${own}}`,
        exporter: "kube-state-metrics",
        absent: false,
      };
    case "running-below-minimum":
      return state(`kube_${watched.owner.toLowerCase()}_status_replicas`);
    case "at-maximum":
      if (watched.autoscaler === null) return null;
      return {
        query: `kube_horizontalpodautoscaler_status_current_replicas{${namespace},${matcher("horizontalpodautoscaler", watched.autoscaler)}}`,
        exporter: "kube-state-metrics",
        absent: false,
      };
    case "cpu":
      return ratio(
        `sum(rate(container_cpu_usage_seconds_total{${containers}}[5m]))`,
        `sum(kube_pod_container_resource_requests{${pods},resource="cpu"})`,
      );
    case "memory":
      // The fullest: one pod that is killed is one too many, whatever the others have left.
      return ratio(
        `max(max by (pod, container) (container_memory_working_set_bytes{${containers}})`,
        `max by (pod, container) (kube_pod_container_resource_limits{${pods},resource="memory"}))`,
      );
    case "volume": {
      // Claims of a StatefulSet are called template, set and ordinal.
      const claims = `${namespace},${matcher("persistentvolumeclaim", `.+-${literal(watched.name)}-[0-9]+`, "=~")}`;
      const free = `kubelet_volume_stats_available_bytes{${claims}} / kubelet_volume_stats_capacity_bytes{${claims}}`;
      return { query: `max(1 - ${free}) * 100`, exporter: "kubelet", absent: false };
    }
    case "cache-memory":
      return redis(`max(redis_memory_used_bytes{${pods}} / (redis_memory_max_bytes{${pods}} > 0)) * 100`);
    case "cache-evictions":
      return redis(`sum(increase(redis_evicted_keys_total{${pods}}[5m]))`);
    case "cache-replication-lag":
      return redis(`max(redis_connected_slave_lag_seconds{${pods}})`);
    default:
      return null;
  }
}

/** In percent; no value where there is nothing to divide by. */
function ratio(part: string, whole: string): AlertQuery {
  return { query: `${part} / ${whole} * 100`, exporter: "cadvisor", absent: false };
}
