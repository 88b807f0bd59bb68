import { awsLags } from "../../catalog/aws";
import { autoscalerLag } from "../autoscaling";
import type { Context } from "../context";
import type { ServiceDemand } from "../service-demand";
import type { ScalerLagTold } from "../part-planner";

/** Of ECS with 60-second metrics: nothing in the provider turns on the 20-second ones. */
export function taskLag({ assumptions }: Context, demand: ServiceDemand): ScalerLagTold {
  const { seconds, parts } = autoscalerLag({
    metricPeriodSeconds: awsLags.metricPeriodSeconds.standard.mid,
    evaluationPeriods: awsLags.evaluationPeriods.mid,
    decideSeconds: assumptions.known(awsLags.decideSeconds.standard).high,
    scheduleSeconds: assumptions.known(awsLags.scheduleSeconds).high,
    startSeconds: assumptions.known(awsLags.fargateStartSeconds).high,
    warmUpSeconds: demand.startSeconds.high + demand.warmUpSeconds,
  });
  const decided = parts.metricPeriodSeconds + parts.evaluationPeriods + parts.decideSeconds;
  return {
    seconds,
    words: `decide ${Math.round(decided)}, start ${Math.round(parts.scheduleSeconds + parts.startSeconds)}, ready ${Math.round(parts.warmUpSeconds)}`,
  };
}
