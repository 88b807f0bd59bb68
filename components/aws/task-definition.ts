import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import type { ReplicaGroup } from "../../model";
import { containerDefinitions, CPU_UNITS_PER_VCPU, temporaryVolume, type ContainerFacts } from "./container";
import type { TaskRoles } from "./task-roles";
import { transformed, type Transform } from "../transform";

/** The literal name of the log group that a replica group has of its own; null: it has none. */
export function logGroupName(stack: string, { logs, workload }: ReplicaGroup): string | null {
  return keepDaysOf(logs) === null ? null : `/${stack}/${workload}`;
}

function keepDaysOf(logs: ReplicaGroup["logs"]): number | null {
  return logs === null || logs.kind === "existing" ? null : logs.keepDays;
}

/** Log group that the replicas write to, or their router alone; undefined where nothing is written to one of their own. */
export function logGroup(
  args: {
    readonly part: ReplicaGroup;
    readonly stack: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly transform?: Transform<cloudwatch.LogGroupArgs> | undefined;
  },
  name: string,
  parent: pulumi.Resource,
): cloudwatch.LogGroup | undefined {
  const { part, stack, tags, transform } = args;
  const physical = logGroupName(stack, part);
  const keepDays = keepDaysOf(part.logs);
  if (keepDays === null || physical === null) return undefined;
  return new cloudwatch.LogGroup(
    `${name}-logs`,
    transformed<cloudwatch.LogGroupArgs>(
      { name: physical, retentionInDays: keepDays, region: part.region, tags },
      transform,
    ),
    { parent },
  );
}

export interface TaskDefinitionArgs {
  readonly part: ReplicaGroup;
  /** @default - the Part's */
  readonly image?: pulumi.Input<string>;
  /** Literal. */
  readonly family: string;
  readonly container: ContainerFacts;
  readonly roles: TaskRoles;
  readonly tags: Readonly<Record<string, string>>;
  readonly transform?: Transform<ecs.TaskDefinitionArgs> | undefined;
}

/** One replica: size, container, roles. Throws a RangeError for a runtime that is not Fargate's. */
export function taskDefinition(args: TaskDefinitionArgs, name: string, parent: pulumi.Resource): ecs.TaskDefinition {
  const { part, roles, tags } = args;
  if (part.runtime.kind !== "ecs-fargate")
    throw new RangeError(`runtime of ${part.key}: ecs-fargate is built here, got ${part.runtime.kind}`);
  return new ecs.TaskDefinition(
    `${name}-task`,
    transformed<ecs.TaskDefinitionArgs>(
      {
        family: args.family,
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: String((part.size.cpuMillis * CPU_UNITS_PER_VCPU) / 1000),
        memory: String(part.size.memoryMiB),
        runtimePlatform: {
          cpuArchitecture: part.runtime.architecture === "arm64" ? "ARM64" : "X86_64",
          operatingSystemFamily: "LINUX",
        },
        containerDefinitions: documentOf(args),
        ...(args.container.writableRoot ? {} : { volumes: [{ name: temporaryVolume }] }),
        executionRoleArn: roles.execution.arn,
        taskRoleArn: roles.task.arn,
        region: part.region,
        tags,
      },
      args.transform,
    ),
    { parent },
  );
}

/** Text where the image is: a reader then reads all of it. */
function documentOf({ part, image, container }: TaskDefinitionArgs): pulumi.Input<string> {
  if (image === undefined) return containerDefinitions(part, container);
  return pulumi
    .output(image)
    .apply((reference) => containerDefinitions({ ...part, image: { ...part.image, reference } }, container));
}
