import type * as aws from "@pulumi/aws";
import { deploy } from "../../components";
import type { Transforms } from "../../components/aws/transforms";
import type { RuleResult } from "../../model";
import { judgeStack } from "../../policies/pack-stack";
import { workings } from "../../preview/workings";
import { reportOf } from "../../preview/report";
import { recordInProcess } from "../../preview/record";
import { pulumiConfig, type StackFile } from "../../preview/stack-files";
import { configured, recordStack, shippedOn, tables } from "../stacks";

const asOf = "2026-11-21";

function deployable(results: readonly RuleResult[], verdict: RuleResult["verdict"]): readonly string[] {
  const ids = results
    .filter((each) => each.verdict === verdict && each.id.startsWith("deployable/"))
    .map(({ id }) => id);
  return [...new Set(ids)].sort();
}

describe.each(shippedOn("aws").map((file) => [file.stack, file] as const))("%s, as it is shipped", (_, file) => {
  test("breaks no limit of AWS, and each that concerns it is decided before the deploy", async () => {
    const results = judgeStack((await recordStack(file)).resources, asOf);
    expect(deployable(results, "fail")).toEqual([]);
    expect(deployable(results, "undecided")).toEqual([]);
    const decided = deployable(results, "pass");
    expect(decided.length).toBeGreaterThan(30);
    expect(decided).toEqual(
      expect.arrayContaining(["deployable/topic-lets-alarms-in", "deployable/scaling-resource-label"]),
    );
  });
});

async function transformed(file: StackFile, transform: Transforms): Promise<readonly RuleResult[]> {
  const { systems, environments } = tables;
  const program = () => deploy({ systems, environments, transform });
  const { resources } = await recordInProcess(program, { project: "nines", stack: file.stack, ...pulumiConfig(file) });
  // As the preview judges; the engine's pack is handed the old desiredCount, and leaves what rests on it open.
  return reportOf({ stack: file.stack, resources, origin: "recorded", asOf }, workings).rules;
}

/** Slips in each child that a transform has a last word on, with the limits that they break, and no other. */
const slips: readonly (readonly [string, Transforms, readonly string[]])[] = [
  [
    "a balancer and its target group",
    {
      loadBalancer: {
        embedding: {
          loadBalancer: { idleTimeout: 4001, name: "internal-embedding" },
          targetGroup: (args) => ({
            ...healthCheck({ interval: 5, timeout: 5, unhealthyThreshold: 1 })(args),
            deregistrationDelay: 3601,
            loadBalancingAlgorithmType: "leastOutstandingRequests",
            targetType: "instance",
          }),
        },
      },
    },
    [
      "balancer-name",
      "deregistration-delay",
      "health-check-interval-over-timeout",
      "health-check-unhealthy-threshold",
      "idle-timeout",
      "routing-algorithm",
      "target-type-awsvpc",
    ],
  ],
  [
    "a service, its task and its scaler",
    {
      replicaGroup: {
        embedding: {
          service: { deploymentMaximumPercent: 100, healthCheckGracePeriodSeconds: -1 },
          taskDefinition: { cpu: "1024", memory: "1024" },
          scalingTarget: { maxCapacity: 1 },
          scalingPolicy: { policyType: "StepScaling" },
        },
      },
    },
    [
      "fargate-size",
      "grace-period",
      "rebalancing-maximum-percent",
      "rollout-room",
      "scaling-bounds",
      "scaling-policy-type",
    ],
  ],
  [
    "a cache and the alarms",
    {
      redisCache: { vectors: { replicationGroup: { snapshotRetentionLimit: 36, numCacheClusters: 1 } } },
      alert: {
        alarm: (args) => ({
          ...args,
          evaluationPeriods: 1,
          datapointsToAlarm: 2,
          treatMissingData: "not-breaching",
        }),
      },
    },
    ["alarm-datapoints", "alarm-missing-data", "cache-failover-nodes", "cache-snapshot-days"],
  ],
];

function healthCheck(over: aws.types.input.lb.TargetGroupHealthCheck) {
  return (args: aws.lb.TargetGroupArgs): aws.lb.TargetGroupArgs => ({
    ...args,
    healthCheck: { ...(args.healthCheck as aws.types.input.lb.TargetGroupHealthCheck), ...over },
  });
}

describe("what a transform makes is judged, not what was planned", () => {
  test.each(slips)("%s", async (_, transform, broken) => {
    const results = await transformed(configured("embedding-prod", {}), transform);
    expect(deployable(results, "fail")).toEqual(broken.map((name) => `deployable/${name}`));
  });

  test("and one that keeps within all limits breaks none", async () => {
    const transform: Transforms = {
      loadBalancer: { embedding: { loadBalancer: { idleTimeout: 4000 }, targetGroup: { deregistrationDelay: 3600 } } },
      replicaGroup: { embedding: { service: { healthCheckGracePeriodSeconds: 0 } } },
      redisCache: { vectors: { replicationGroup: { snapshotRetentionLimit: 35 } } },
    };
    expect(deployable(await transformed(configured("embedding-prod", {}), transform), "fail")).toEqual([]);
  });
});
