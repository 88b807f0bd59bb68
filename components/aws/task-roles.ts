import * as pulumi from "@pulumi/pulumi";
import * as iam from "@pulumi/aws/iam";
import type { Permission, ReplicaGroup } from "../../model";
import type { ContainerSecrets } from "./container-secrets";
import { transformed, type Transform } from "../transform";

export interface TaskRolesArgs {
  readonly part: ReplicaGroup;
  /** @default - the Part's */
  readonly image?: pulumi.Input<string>;
  readonly secrets: Pick<ContainerSecrets, "parameterArns" | "secretArns">;
  /** null: no logs. */
  readonly logGroupArn: pulumi.Input<string> | null;
  readonly permissions: readonly Permission[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly executionRole?: Transform<iam.RoleArgs>;
    readonly taskRole?: Transform<iam.RoleArgs>;
  };
}

export interface TaskRoles {
  readonly execution: iam.Role;
  readonly task: iam.Role;
  /** Must stand before a replica starts. */
  readonly policies: readonly iam.RolePolicy[];
}

/** The role that ECS starts replicas with, and the role that the running container has. Least of what each needs. */
export function taskRoles(args: TaskRolesArgs, name: string, parent: pulumi.Resource): TaskRoles {
  const { part, tags, transform } = args;
  const role = (word: string, change: Transform<iam.RoleArgs> | undefined) =>
    new iam.Role(`${name}-${word}`, transformed({ assumeRolePolicy: assumedByTasks(part.region), tags }, change), {
      parent,
    });
  const policy = (word: string, of: iam.Role, statements: readonly pulumi.Input<object>[]) =>
    statements.length === 0
      ? []
      : [new iam.RolePolicy(`${name}-${word}`, { role: of.name, policy: document(statements) }, { parent })];
  const execution = role("execution", transform?.executionRole);
  const task = role("task", transform?.taskRole);
  const policies = [
    ...policy("execution", execution, executionStatements(args)),
    ...policy(
      "task",
      task,
      args.permissions.map(({ actions, resources }) => ({ Effect: "Allow", Action: actions, Resource: resources })),
    ),
  ];
  return { execution, task, policies };
}

function executionStatements({ part, image, secrets, logGroupArn }: TaskRolesArgs): pulumi.Input<object>[] {
  const allow = (actions: readonly string[], resources: readonly pulumi.Input<string>[]) =>
    resources.length === 0 ? [] : [{ Effect: "Allow", Action: actions, Resource: resources }];
  return [
    ...[...new Set([part.image, ...part.sidecars.map(({ image }) => image)].map(({ reference }) => reference))].flatMap(
      imageStatements,
    ),
    ...(image === undefined ? [] : laterStatements(image)),
    ...allow(
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      logGroupArn === null ? [] : [pulumi.interpolate`${logGroupArn}:*`],
    ),
    ...allow(["ssm:GetParameters"], secrets.parameterArns),
    ...allow(["secretsmanager:GetSecretValue"], secrets.secretArns),
  ];
}

const TOKEN = { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" };
const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/;

/** Only ECR asks the execution role for a pull; a token is for the whole registry, which has no ARN. */
function imageStatements(reference: string): object[] {
  const image = ECR_IMAGE.exec(reference);
  if (image === null) return [];
  const [, account, region, repository] = image;
  return [
    TOKEN,
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
      Resource: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
    },
  ];
}

/** Which registry it will be is known with the image: the token is asked for in any case, and a pull is let to in ECR alone. */
function laterStatements(image: pulumi.Input<string>): pulumi.Input<object>[] {
  return [TOKEN, pulumi.output(image).apply((reference) => imageStatements(reference)[1] ?? TOKEN)];
}

/** Only tasks of this region may take the role. */
function assumedByTasks(region: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:ecs:${region}:*:*` } },
      },
    ],
  });
}

function document(statements: readonly pulumi.Input<object>[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}
