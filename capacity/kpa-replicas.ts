import { above, atLeast, within, wholeAtLeast } from "../model/argument";
import { roundUp } from "./round-up";

export interface KpaQuestion {
  /** Requests in flight over all pods, mean of the stable window (60 s), at least 0. */
  readonly concurrency: number;
  /** The same, mean of the panic window (6 s). @default concurrency */
  readonly panicConcurrency?: number;
  /** Requests that one pod may hold at once, above 0. */
  readonly limit: number;
  /** Share of the limit that is aimed at, above 0, at most 1. @default 0.7 */
  readonly utilisation?: number;
  /** Ready pods now; none count as one. @default 0 */
  readonly ready?: number;
  /** Most pods asked for since panic began; absent: no panic. Panic never shrinks, and lasts a stable window beyond its last cause. */
  readonly held?: number;
  /** Pods over ready pods from which on it panics. @default 2 */
  readonly panicAt?: number;
  /** At most so many times the ready pods are asked for, at least 1. @default 1000 */
  readonly mostGrowth?: number;
  /** At least the ready pods over so many are asked for, at least 1. @default 2 */
  readonly mostShrink?: number;
  /** @default 0 */
  readonly minReplicas?: number;
  /** @default no limit */
  readonly maxReplicas?: number;
}

/**
 * Pods that Knative's autoscaler asks for: ceil(concurrency / (limit x utilisation)), within its rates of growth and shrinking; in
 * panic (the last 6 s ask for twice the ready pods or more) the larger of both windows and never fewer than it held.
 * Source: knative.dev, KPA-specific settings; knative/serving pkg/autoscaler/scaling/autoscaler.go (2026-11).
 * @throws RangeError that names the argument
 */
export function kpaReplicas(question: KpaQuestion): number {
  const stable = atLeast("concurrency", question.concurrency, 0);
  const panic = atLeast("panicConcurrency", question.panicConcurrency ?? stable, 0);
  const limit = above("limit", question.limit, 0);
  const target = limit * within("utilisation", above("utilisation", question.utilisation ?? 0.7, 0), 0, 1);
  const ready = Math.max(1, wholeAtLeast("ready", question.ready ?? 0, 0));
  const held = wholeAtLeast("held", question.held ?? 0, 0);
  const panicAt = above("panicAt", question.panicAt ?? 2, 0);
  const growth = atLeast("mostGrowth", question.mostGrowth ?? 1_000, 1);
  const shrink = atLeast("mostShrink", question.mostShrink ?? 2, 1);
  const least = wholeAtLeast("minReplicas", question.minReplicas ?? 0, 0);
  const most =
    question.maxReplicas === undefined
      ? Infinity
      : wholeAtLeast("maxReplicas", question.maxReplicas, Math.max(1, least));

  const paced = (pods: number): number => Math.min(roundUp(growth * ready), Math.max(Math.floor(ready / shrink), pods));
  const byStable = roundUp(stable / target);
  const byPanic = roundUp(panic / target);
  const panics = question.held !== undefined || byPanic / ready >= panicAt;
  const asked = panics ? Math.max(paced(byStable), paced(byPanic), held) : paced(byStable);
  return Math.min(most, Math.max(least, asked));
}
