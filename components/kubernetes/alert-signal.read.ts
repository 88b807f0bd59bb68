import type { AlertSignal } from "../../model";

/** A query that is compared with a number. */
export interface Compared {
  readonly query: string;
  readonly comparison: ">" | ">=" | "<" | "<=";
  readonly threshold: number;
}

/** The comparison at the end of an expression; undefined where there is none that an alert can be. */
export function comparedWith(expr: string): Compared | undefined {
  const [, query, operator, number] =
    /^([\s\S]*\S)\s*(>=|<=|==|>|<)\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i.exec(expr) ?? [];
  if (query === undefined || operator === undefined || number === undefined) return undefined;
  const threshold = Number(number);
  // Of a count: none is fewer than one.
  if (operator === "==") return threshold === 0 ? { query, comparison: "<", threshold: 1 } : undefined;
  return { query, comparison: operator as Compared["comparison"], threshold };
}

const ready = /\bkube_(deployment_status_replicas_available|statefulset_status_replicas_ready)\b/;

/** What metrics say of an alert that holds them; the first that fits. */
const signals: readonly (readonly [pattern: RegExp, signal: AlertSignal])[] = [
  [/\bkube_\w+_status_replicas_unavailable\b/, "unhealthy-replicas"],
  [/\bkube_(deployment|statefulset)_status_replicas\b[\s\S]*-[\s\S]*_(available|ready)\b/, "unhealthy-replicas"],
  [/\bkube_(deployment|statefulset)_status_replicas\b/, "running-below-minimum"],
  [/\bkube_horizontalpodautoscaler_status_current_replicas\b/, "at-maximum"],
  [/\bkubelet_volume_stats_(available|used)_bytes\b/, "volume"],
  [/\bredis_memory_used_bytes\b/, "cache-memory"],
  [/\bredis_evicted_keys_total\b/, "cache-evictions"],
  [/\bredis_connected_slave_lag_seconds\b/, "cache-replication-lag"],
  [/\bcontainer_memory_working_set_bytes\b/, "memory"],
  [/\bcontainer_cpu_usage_seconds_total\b/, "cpu"],
  [/\bhistogram_quantile\s*\(/, "response-time"],
  [/=~?"5[^"]*"[\s\S]*\/[\s\S]*\brate\s*\(|=~?"5[^"]*"[\s\S]*\brate\s*\([\s\S]*\//, "error-share"],
];

/** What an alert is about; undefined: none of what nines judges. */
export function signalOf({ query, comparison, threshold }: Compared): AlertSignal | undefined {
  if (ready.test(query) && !/\bkube_\w+_status_replicas\b/.test(query)) {
    const none = comparison === "<" ? threshold <= 1 : threshold < 1;
    return none ? "all-replicas-down" : "healthy-below-need";
  }
  return signals.find(([pattern]) => pattern.test(query))?.[1];
}

/** A label, and the value or pattern that a query asks it to have. */
export interface LabelRead {
  readonly name: string;
  readonly value: string;
}

/** The value that a matcher of a query asks a label to have, the first of any of the names. */
export function labelIn(query: string, ...names: readonly string[]): LabelRead | undefined {
  for (const name of names) {
    const found = new RegExp(`\\b${name}\\s*(=~?)\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(query);
    const [, , quoted] = found ?? [];
    if (quoted === undefined) continue;
    try {
      return { name, value: String(JSON.parse(quoted)) };
    } catch {
      continue;
    }
  }
  return undefined;
}
