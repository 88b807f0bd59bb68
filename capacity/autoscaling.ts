import { above, atLeast, wholeAtLeast } from "../model/argument";
import { roundUp } from "./round-up";

/** What passes between the first request of a burst and a new replica that carries its share. */
export interface ScalerLag {
  /** Period of the metric that the scaler watches, above 0. */
  readonly metricPeriodSeconds: number;
  /** Consecutive periods above target before the alarm fires: whole, at least 1. */
  readonly evaluationPeriods: number;
  /** From the alarm to the new count. */
  readonly decideSeconds: number;
  /** From the new count to a placed replica. */
  readonly scheduleSeconds: number;
  /** From placed to the first passed probe. */
  readonly startSeconds: number;
  /** From the first request to full speed. */
  readonly warmUpSeconds: number;
}

/**
 * Seconds until the autoscaler has caught up, and what each part adds; the parts add up to the whole.
 *
 * Detection is metricPeriodSeconds x evaluationPeriods. Of that the part `metricPeriodSeconds` is one period (a sample has to be
 * complete before anyone sees it) and the part `evaluationPeriods` is what the further periods add: (evaluationPeriods - 1) periods.
 * A burst that starts within a period may need one more; that is not counted.
 * @throws RangeError that names the argument
 */
export function autoscalerLag(lag: ScalerLag): { readonly seconds: number; readonly parts: ScalerLag } {
  const period = above("metricPeriodSeconds", lag.metricPeriodSeconds, 0);
  const parts: ScalerLag = {
    metricPeriodSeconds: period,
    evaluationPeriods: (wholeAtLeast("evaluationPeriods", lag.evaluationPeriods, 1) - 1) * period,
    decideSeconds: atLeast("decideSeconds", lag.decideSeconds, 0),
    scheduleSeconds: atLeast("scheduleSeconds", lag.scheduleSeconds, 0),
    startSeconds: atLeast("startSeconds", lag.startSeconds, 0),
    warmUpSeconds: atLeast("warmUpSeconds", lag.warmUpSeconds, 0),
  };
  const seconds =
    period * lag.evaluationPeriods +
    parts.decideSeconds +
    parts.scheduleSeconds +
    parts.startSeconds +
    parts.warmUpSeconds;
  return { seconds, parts };
}

/**
 * Least replicas that a burst must find, because the scaler's new ones come `lagSeconds` later. Fluid bound: n replicas leave a
 * backlog that takes lag x (burst x erlangs / (n x slots) - 1) seconds, and that may be at most what is tolerated.
 * Says nothing of the load before the burst: with much tolerance it is below what that needs, and other constraints bind.
 * @param burst erlangs: busy slots before the burst, at least 0; slotsPerReplica: whole, at least 1; burstFactor: at least 1;
 *   lagSeconds and toleratedWaitSeconds: at least 0
 * @returns 0 without load, else at least 1
 * @throws RangeError that names the argument
 */
export function leastReplicasForBurst(burst: {
  readonly erlangs: number;
  readonly slotsPerReplica: number;
  readonly burstFactor: number;
  readonly lagSeconds: number;
  readonly toleratedWaitSeconds: number;
}): number {
  const erlangs = atLeast("erlangs", burst.erlangs, 0);
  const slots = wholeAtLeast("slotsPerReplica", burst.slotsPerReplica, 1);
  const factor = atLeast("burstFactor", burst.burstFactor, 1);
  const lag = atLeast("lagSeconds", burst.lagSeconds, 0);
  const tolerated = atLeast("toleratedWaitSeconds", burst.toleratedWaitSeconds, 0);
  if (erlangs === 0) return 0;
  // lag / (lag + tolerated) is 1 / (1 + tolerated / lag); with neither, the burst must be carried as it comes.
  const atOnce = tolerated === 0 ? 1 : lag / (lag + tolerated);
  return Math.max(1, roundUp((factor * erlangs * atOnce) / slots));
}
