import * as pulumi from "@pulumi/pulumi";
import type * as ecs from "@pulumi/aws/ecs";
import type * as iam from "@pulumi/aws/iam";
import { containerSecrets, existingArns } from "./container-secrets";
import { physicalName } from "../names";
import type { ReplicaGroupArgs } from "./replica-group-args";
import { refuseUnbuildable, service } from "./replica-service";
import { scaler } from "./scaling";
import { logGroup, logGroupName, taskDefinition } from "./task-definition";
import { taskRoles } from "./task-roles";
import { taskSecurityGroup } from "./task-security-group";

/** Amazon ECS API, RegisterTaskDefinition and CreateService: up to 255 letters, digits, underscores and hyphens. */
const NAME_LIMIT = 255;

/** The service's literal name: alarms that must stand before it say it. */
export function serviceName(stack: string, workload: string): string {
  return physicalName([stack, workload], NAME_LIMIT);
}

/** Name under which Service Connect's metrics speak of the workload: one a stack, so that two stacks of an account keep apart. */
export function discoveryName(stack: string, workload: string): string {
  return physicalName([stack, workload], DISCOVERY_NAME_LIMIT);
}

/** Amazon ECS API, ServiceConnectService. */
const DISCOVERY_NAME_LIMIT = 64;

/** Interchangeable copies of one workload on ECS and Fargate. Throws a RangeError for a Part that they cannot be. */
export class ReplicaGroup extends pulumi.ComponentResource {
  readonly service: ecs.Service;
  readonly taskRole: iam.Role;
  readonly securityGroupId: pulumi.Output<string>;
  /** host:port for callers inside; null where only a balancer leads here. */
  readonly address: string | null;

  constructor(name: string, args: ReplicaGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:ReplicaGroup", name, {}, opts);
    const { part, stack, transform = {}, tags = {}, balancer } = args;
    refuseUnbuildable(part);
    refuseUnrouted(args);
    const child = `${part.workload}-${part.region}`;
    const family = serviceName(stack, part.workload);

    const secrets = containerSecrets(
      { part, stack, secrets: args.secrets ?? {}, wires: args.wires ?? [], tags, transform },
      child,
      this,
    );
    const logs = logGroup({ part, stack, tags, transform: transform.logGroup }, child, this);
    const beside = sidecarsOf(args);
    const read = {
      parameterArns: [...secrets.parameterArns, ...beside.parameterArns],
      secretArns: [...secrets.secretArns, ...beside.secretArns],
    };
    const roles = taskRoles(
      {
        part,
        ...(args.image === undefined ? {} : { image: args.image }),
        secrets: read,
        logGroupArn: logs?.arn ?? existingGroupArn(part),
        permissions: args.permissions ?? [],
        tags,
        transform,
      },
      child,
      this,
    );
    const portName = part.registry?.kind === "service-connect" ? PORT_NAME : null;
    const container = {
      name: part.workload,
      region: part.region,
      logGroup: logGroupName(stack, part),
      logRouter: args.logRouter ?? null,
      valueFrom: secrets.valueFrom,
      command: args.command ?? null,
      sidecars: beside.facts,
      registrySecrets: args.registrySecrets ?? {},
      startSeconds: args.startSeconds,
      portName,
      protocol: args.protocol ?? null,
      writableRoot: args.writableRoot ?? false,
    };
    const task = taskDefinition(
      {
        part,
        ...(args.image === undefined ? {} : { image: args.image }),
        family,
        container,
        roles,
        tags,
        transform: transform.taskDefinition,
      },
      child,
      this,
    );
    const securityGroup = taskSecurityGroup(
      {
        part,
        vpcId: args.network.vpcId,
        balancerSecurityGroupId: balancer?.securityGroupId ?? null,
        callees: args.callees ?? [],
        leavesOn: args.leavesOn ?? [443],
        tags,
        transform,
      },
      child,
      this,
    );
    this.service = service(
      {
        group: args,
        physicalName: family,
        discoveryName: discoveryName(stack, part.workload),
        containerName: container.name,
        portName,
        taskDefinitionArn: task.arn,
        securityGroupId: securityGroup.id,
        // Replicas of a service whose secrets are empty cannot start, and waiting for them would fail the first deployment.
        waits: !secrets.awaitsPerson,
        after: [...roles.policies, ...secrets.created, ...(logs === undefined ? [] : [logs])],
      },
      child,
      this,
    );
    scaler(
      {
        part,
        clusterName: args.cluster.name,
        serviceName: this.service.name,
        balancer: balancer ?? null,
        tags,
        transform,
      },
      child,
      this,
    );

    this.taskRole = roles.task;
    this.securityGroupId = securityGroup.id;
    this.address = address(args);
    this.registerOutputs({ service: this.service.name, securityGroupId: this.securityGroupId });
  }
}

const PORT_NAME = "main";

function address({ part, cluster }: ReplicaGroupArgs): string | null {
  const [port] = part.ports;
  if (part.registry === null || port === undefined) return null;
  if (part.registry.kind === "service-connect") return `${part.registry.name}:${port}`;
  return cluster.cloudMap === null ? null : `${part.registry.name}.${cluster.cloudMap.domain}:${port}`;
}

/** Lines are written in the account of the task, whichever that is. */
function existingGroupArn({ logs }: ReplicaGroupArgs["part"]): string | null {
  return logs?.kind === "existing" ? `arn:aws:logs:${logs.region}:*:log-group:${logs.group}` : null;
}

/** A router that the Part names must be there, and be told where to. */
function refuseUnrouted({ part, logRouter }: ReplicaGroupArgs): void {
  if (part.logs?.kind !== "router") return;
  const { router } = part.logs;
  if (!part.sidecars.some(({ name }) => name === router))
    throw new RangeError(`logs of ${part.key}: the router ${router} is none of its sidecars`);
  if (logRouter === undefined)
    throw new RangeError(`logs of ${part.key}: the router ${router} is not told where to send them; give logRouter`);
}

/** What sidecars, registries and log routers read: as the containers say it, and as the role is let to. */
function sidecarsOf({ part, sidecars = {}, registrySecrets = {}, logRouter }: ReplicaGroupArgs) {
  const references = [
    ...part.sidecars.flatMap(({ name }) => Object.values(sidecars[name]?.secrets ?? {})),
    ...Object.values(logRouter?.secretOptions ?? {}),
  ].map(({ existing }) => existing);
  const arns = [...references, ...new Set(Object.values(registrySecrets))].map((each) =>
    existingArns(each, part.region),
  );
  return {
    facts: Object.fromEntries(
      part.sidecars.map(({ name }) => {
        const { command, secrets = {} } = sidecars[name] ?? {};
        const valueFrom = Object.fromEntries(Object.entries(secrets).map(([key, { existing }]) => [key, existing]));
        return [name, { valueFrom, command: command ?? null }];
      }),
    ),
    parameterArns: arns.flatMap((each) => each.parameterArns),
    secretArns: arns.flatMap((each) => each.secretArns),
  };
}
