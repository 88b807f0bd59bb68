import * as pulumi from "@pulumi/pulumi";
import * as appautoscaling from "@pulumi/aws/appautoscaling";
import type { ReplicaGroup, Scaling, ScalingMetric } from "../../model";
import { transformed, type Transform } from "../transform";

export interface ScalingArgs {
  readonly part: ReplicaGroup;
  readonly clusterName: string;
  readonly serviceName: pulumi.Input<string>;
  /** Needed by the signal "requests". */
  readonly balancer: {
    readonly loadBalancerArnSuffix: pulumi.Input<string>;
    readonly targetGroupArnSuffix: pulumi.Input<string>;
  } | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly scalingTarget?: Transform<appautoscaling.TargetArgs>;
    readonly scalingPolicy?: Transform<appautoscaling.PolicyArgs>;
  };
}

type Range = Extract<Scaling, { kind: "range" }>;

const PREDEFINED: Readonly<Record<Exclude<ScalingMetric, "concurrency">, string>> = {
  cpu: "ECSServiceAverageCPUUtilization",
  memory: "ECSServiceAverageMemoryUtilization",
  requests: "ALBRequestCountPerTarget",
};

/** Out at once, in after a quarter of an hour: a replica too many costs cents, one too few costs answers. Ours, assumed. */
const SCALE_OUT_COOLDOWN_SECONDS = 60;
const SCALE_IN_COOLDOWN_SECONDS = 900;

const DIMENSION = { scalableDimension: "ecs:service:DesiredCount", serviceNamespace: "ecs" } as const;

/** The scaler of a service: bounds, one target-tracking policy a signal, one action a schedule. Nothing for a fixed count. */
export function scaler(args: ScalingArgs, name: string, parent: pulumi.Resource): void {
  const { scaling, region } = args.part;
  if (scaling.kind === "fixed") return;
  const target = new appautoscaling.Target(
    `${name}-scaling`,
    transformed<appautoscaling.TargetArgs>(
      {
        ...DIMENSION,
        resourceId: pulumi.interpolate`service/${args.clusterName}/${args.serviceName}`,
        minCapacity: scaling.min,
        maxCapacity: scaling.max,
        region,
        tags: args.tags,
      },
      args.transform?.scalingTarget,
    ),
    { parent },
  );
  for (const signal of scaling.signals) {
    new appautoscaling.Policy(`${name}-scaling-${signal.metric}`, policyArgs(args, target, signal), { parent });
  }
  for (const action of scaling.schedule) {
    new appautoscaling.ScheduledAction(
      `${name}-scaling-${cronWord(action.cron)}`,
      {
        ...DIMENSION,
        resourceId: target.resourceId,
        schedule: `cron(${action.cron})`,
        scalableTargetAction: { minCapacity: action.min, maxCapacity: action.max },
        region,
      },
      { parent },
    );
  }
}

function policyArgs(
  args: ScalingArgs,
  target: appautoscaling.Target,
  signal: Range["signals"][number],
): appautoscaling.PolicyArgs {
  if (signal.metric === "concurrency")
    throw new RangeError("signals: ECS scales on cpu, memory or requests, got concurrency");
  return transformed<appautoscaling.PolicyArgs>(
    {
      ...DIMENSION,
      resourceId: target.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: PREDEFINED[signal.metric],
          ...(signal.metric === "requests" ? { resourceLabel: resourceLabel(args) } : {}),
        },
        targetValue: signal.target,
        scaleOutCooldown: SCALE_OUT_COOLDOWN_SECONDS,
        scaleInCooldown: SCALE_IN_COOLDOWN_SECONDS,
      },
      region: args.part.region,
    },
    args.transform?.scalingPolicy,
  );
}

function resourceLabel({ balancer, part }: ScalingArgs): pulumi.Output<string> {
  if (balancer === null)
    throw new RangeError(`signals of ${part.key}: requests are counted by a balancer, and there is none`);
  return pulumi.interpolate`${balancer.loadBalancerArnSuffix}/${balancer.targetGroupArnSuffix}`;
}

/** A schedule's own words as a name: adding one renames no other. */
function cronWord(cron: string): string {
  return cron
    .replace(/\*/g, "a")
    .replace(/\?/g, "q")
    .replace(/\//g, "s")
    .replace(/[^A-Za-z0-9]+/g, "-");
}
