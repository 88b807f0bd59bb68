import type * as ecs from "@pulumi/aws/ecs";
import type { PartKey, ReplicaGroup } from "../../model";
import { limits } from "../../catalog/aws/limits";

type Fargate = Extract<ReplicaGroup["runtime"], { readonly kind: "ecs-fargate" }>;

/** What the replicas run on: Fargate, or it and Spot by base and weight. One excludes the other. */
export function capacity({
  runtime,
}: ReplicaGroup): Pick<ecs.ServiceArgs, "launchType" | "capacityProviderStrategies" | "forceNewDeployment"> {
  if (runtime.kind !== "ecs-fargate" || runtime.spotShare === 0) return { launchType: "FARGATE" };
  const weights = weightsOf(runtime.spotShare);
  return {
    capacityProviderStrategies: [
      {
        capacityProvider: "FARGATE",
        weight: weights.onDemand,
        ...(runtime.base === undefined ? {} : { base: runtime.base.replicas }),
      },
      { capacityProvider: "FARGATE_SPOT", weight: weights.spot },
    ],
    // Another base or share would replace the service; so it is a deployment.
    forceNewDeployment: true,
  };
}

/** Throws a RangeError for a share or base that no strategy says, or that leaves nothing On-Demand. */
export function refuseUnbuildableSpot(key: PartKey, { spotShare, base }: Fargate): void {
  if (!(spotShare >= 0 && spotShare < 1))
    throw new RangeError(`spotShare of ${key}: 0 to below 1, for something must stand, got ${spotShare}`);
  const { onDemand, spot } = weightsOf(spotShare);
  if (spot / (onDemand + spot) !== spotShare)
    throw new RangeError(`spotShare of ${key}: in steps of 0.001, the whole weights that ECS has, got ${spotShare}`);
  if (base === undefined) return;
  const { min, max } = limits["capacity-base"];
  if (spotShare === 0 || base.on !== "on-demand")
    throw new RangeError(`base of ${key}: On-Demand beside a share of Spot, got ${base.on} beside ${spotShare}`);
  if (!Number.isInteger(base.replicas) || base.replicas <= min || base.replicas > max)
    throw new RangeError(`base of ${key}: a whole number from 1 to ${max}, got ${base.replicas}`);
}

/** A share is a whole number of thousandths: the largest weight is 1,000. */
const STEPS = limits["capacity-weight"].max;

/** Weights that divide by a share, as small as they are whole. */
function weightsOf(spotShare: number): { readonly onDemand: number; readonly spot: number } {
  const spot = Math.round(spotShare * STEPS);
  const common = greatestCommon(spot, STEPS);
  return { onDemand: (STEPS - spot) / common, spot: spot / common };
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}
