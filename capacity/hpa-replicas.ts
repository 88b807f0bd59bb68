import { above, atLeast, wholeAtLeast } from "../model/argument";
import { roundUp } from "./round-up";

/** One metric of a HorizontalPodAutoscaler, as it stands at one sync. Value and target in one unit: millicores, percent of the request, calls a second. */
export interface HpaMetric {
  /** Mean over the pods that are ready and measured, at least 0; null: could not be read. */
  readonly value: number | null;
  /** Above 0. */
  readonly target: number;
  /** Ready pods without a sample. @default 0 */
  readonly missing?: number;
  /** Pods that are not ready yet: just started, or within the 5 minutes of CPU initialisation. @default 0 */
  readonly unready?: number;
  /** What a pod without a sample is taken to use on the way down; never below the target. For a percentage of the request: 100. @default the target */
  readonly full?: number;
}

/** Share of the target by which a metric may differ before anything changes. */
export type HpaTolerance = number | { readonly up: number; readonly down: number };

export interface HpaQuestion {
  /** Pods now, at least 0; 0 switches the autoscaler off. */
  readonly replicas: number;
  /** At least one. */
  readonly metrics: readonly HpaMetric[];
  /** @default 1 */
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  /** @default 0.1 */
  readonly tolerance?: HpaTolerance;
}

interface Band {
  readonly up: number;
  readonly down: number;
}

/**
 * Pods that a HorizontalPodAutoscaler asks for at one sync, before its behaviour limits the step: ceil(pods x value / target) of each
 * metric, nothing within the tolerance, the largest proposal of several, then the minimum and the maximum.
 *
 * Pods without a sample are taken to be full on the way down and idle on the way up; pods that are not ready count as idle on the way
 * up and not at all on the way down. Neither may turn the direction round. A metric that cannot be read forbids the way down.
 * Source: kubernetes.io, Horizontal Pod Autoscaling, algorithm details; pkg/controller/podautoscaler/replica_calculator.go (2026-11).
 * @throws RangeError that names the argument
 */
export function hpaReplicas(question: HpaQuestion): number {
  const replicas = wholeAtLeast("replicas", question.replicas, 0);
  const least = wholeAtLeast("minReplicas", question.minReplicas ?? 1, 0);
  const most = wholeAtLeast("maxReplicas", question.maxReplicas, Math.max(1, least));
  const band = bandOf(question.tolerance ?? 0.1);
  if (question.metrics.length === 0) throw new RangeError("metrics: at least one; got none");
  const proposals = question.metrics.map((metric, at) => proposal(metric, `metrics[${at}]`, replicas, band));
  if (replicas === 0) return 0;
  const known = proposals.filter((found) => found !== null);
  const largest = Math.max(...(known.length < proposals.length ? [replicas] : []), ...known);
  return Math.min(most, Math.max(least, largest));
}

function bandOf(tolerance: HpaTolerance): Band {
  const { up, down } = typeof tolerance === "number" ? { up: tolerance, down: tolerance } : tolerance;
  return { up: atLeast("tolerance", up, 0), down: atLeast("tolerance", down, 0) };
}

/** What one metric asks for; null: it cannot be read, or no pod was measured. */
function proposal(metric: HpaMetric, name: string, replicas: number, band: Band): number | null {
  const target = above(`${name}.target`, metric.target, 0);
  const missing = wholeAtLeast(`${name}.missing`, metric.missing ?? 0, 0);
  const unready = wholeAtLeast(`${name}.unready`, metric.unready ?? 0, 0);
  const full = Math.max(target, atLeast(`${name}.full`, metric.full ?? target, 0));
  const value = metric.value === null ? null : atLeast(`${name}.value`, metric.value, 0);
  const measured = replicas - missing - unready;
  if (measured < 0 && replicas > 0)
    throw new RangeError(
      `${name}.missing: with unready at most the ${replicas} pods that there are; got ${missing + unready}`,
    );
  if (value === null || measured <= 0) return null;

  const first = value / target;
  const up = first > 1;
  if (first === 1) return replicas;
  const idle = up ? missing + unready : 0;
  const filled = up ? 0 : missing;
  if (idle + filled === 0) return within(first, band) ? replicas : roundUp(first * measured);

  const pods = measured + idle + filled;
  const ratio = (value * measured + full * filled) / target / pods;
  if (within(ratio, band) || ratio > 1 !== up) return replicas;
  const asked = roundUp(ratio * pods);
  return up ? Math.max(replicas, asked) : Math.min(replicas, asked);
}

/** Both ends are within: 110 millicores against 100 change nothing at a tenth. */
function within(ratio: number, band: Band): boolean {
  return ratio >= 1 - band.down && ratio <= 1 + band.up;
}
