import type { Base, PartKey } from "./part";

/** A pair of windows over which errors must both come too fast before anyone is told. */
export interface BurnWindow {
  readonly severity: "page" | "ticket";
  readonly shortSeconds: number;
  readonly longSeconds: number;
  /** How many times faster than the budget allows: 14.4 spends 2 % of 30 days' in an hour. */
  readonly factor: number;
}

/** What counts as bad, of what counts at all; each the selector of a counter, without range or function. */
export type Indicator =
  /** Calls that failed. */
  | { readonly kind: "errors"; readonly errors: string; readonly total: string }
  /** Calls that took too long: all but those in the histogram's bucket up to the limit. */
  | { readonly kind: "slow"; readonly within: string; readonly total: string };

/** A promise that is watched: an objective over a period, and the speeds of losing it that are told. */
export interface Slo extends Base<"slo"> {
  readonly watches: PartKey;
  /** Share of calls that are good, above 0, below 1. */
  readonly objective: number;
  /** Rolling, at least 7. */
  readonly periodDays: number;
  readonly indicator: Indicator;
  /** The fastest first. */
  readonly windows: readonly BurnWindow[];
  readonly runtime: {
    /** prometheus-rule: read by the Prometheus operator. prometheus-file: in a ConfigMap, for a Prometheus that mounts it. */
    readonly kind: "prometheus-rule" | "prometheus-file";
  };
}

/** An instant selector and no more: a metric, with matchers or without; no range, no function. */
export const counterSelector = /^[a-zA-Z_:][a-zA-Z0-9_:]*(\{(?:[^{}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\})?$/;

/** What a service tells Prometheus of itself. Selectors of counters, without range or function: `http_requests_total{code=~"5.."}`. */
export interface ServiceMetrics {
  /** Where it is scraped; a port of the service. @default port */
  readonly port?: number;
  /** @default /metrics */
  readonly path?: string;
  /** All calls, and those that failed: the objective's availability is watched by them. @default - it is not watched */
  readonly calls?: { readonly total: string; readonly errors: string };
  /** All calls, and those within the objective's latency, a bucket of a histogram. @default - it is not watched */
  readonly latency?: { readonly total: string; readonly within: string };
}
