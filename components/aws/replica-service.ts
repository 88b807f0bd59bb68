import * as pulumi from "@pulumi/pulumi";
import * as ecs from "@pulumi/aws/ecs";
import * as servicediscovery from "@pulumi/aws/servicediscovery";
import type { ReplicaGroup } from "../../model";
import type { ReplicaGroupArgs } from "./replica-group-args";
import { rolloutPercents } from "./rollout";
import { capacity, refuseUnbuildableSpot } from "./replica-capacity";
import { transformed } from "../transform";

/** What the group made before its service. */
export interface ServiceFacts {
  readonly group: ReplicaGroupArgs;
  readonly physicalName: string;
  readonly discoveryName: string;
  readonly containerName: string;
  /** null: no Service Connect. */
  readonly portName: string | null;
  readonly taskDefinitionArn: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** The deployment ends when the replicas run. */
  readonly waits: boolean;
  readonly after: readonly pulumi.Resource[];
}

/** The service that keeps the replicas running. */
export function service(facts: ServiceFacts, name: string, parent: pulumi.Resource): ecs.Service {
  const { group } = facts;
  const { part, balancer, deploymentAlarms, callees = [] } = group;
  const { runtime, rollout, scaling } = part;
  const [port] = part.ports;
  if (port === undefined) throw new RangeError(`ports of ${part.key}: at least one is needed, got none`);
  const count = startingCount(part);
  const percents = rolloutPercents(count, rollout.surge, rollout.unavailable);
  const rebalancing = runtime.kind === "ecs-fargate" && runtime.rebalancing;
  return new ecs.Service(
    name,
    transformed<ecs.ServiceArgs>(
      {
        name: facts.physicalName,
        cluster: group.cluster.cluster,
        taskDefinition: facts.taskDefinitionArn,
        ...capacity(part),
        desiredCount: count,
        deploymentMaximumPercent: percents.maximum,
        deploymentMinimumHealthyPercent: percents.minimumHealthy,
        deploymentCircuitBreaker: { enable: true, rollback: rollout.rollsBack },
        ...alarms(part, deploymentAlarms),
        availabilityZoneRebalancing: rebalancing ? "ENABLED" : "DISABLED",
        networkConfiguration: {
          subnets: subnets(part, group.network.privateSubnetIds),
          securityGroups: [facts.securityGroupId],
          assignPublicIp: false,
        },
        ...(balancer === undefined
          ? {}
          : {
              loadBalancers: [
                { targetGroupArn: balancer.targetGroupArn, containerName: facts.containerName, containerPort: port },
              ],
              // A replica that still starts is not replaced for checks that it cannot pass yet.
              healthCheckGracePeriodSeconds: Math.ceil(group.startSeconds),
            }),
        ...registry(facts, port, name, parent),
        enableExecuteCommand: false,
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        waitForSteadyState: facts.waits,
        region: part.region,
        tags: group.tags ?? {},
      },
      group.transform?.service,
    ),
    {
      parent,
      // The scaler owns the count after creation.
      ignoreChanges: scaling.kind === "range" ? ["desiredCount"] : [],
      dependsOn: [
        ...facts.after,
        ...(runtime.kind === "ecs-fargate" && runtime.spotShare > 0 && group.cluster.spot ? [group.cluster.spot] : []),
        ...(balancer === undefined || balancer.listener === null ? [] : [balancer.listener]),
        ...(deploymentAlarms?.resources ?? []),
        ...callees.flatMap((callee) => (callee.after === undefined ? [] : [callee.after])),
      ],
    },
  );
}

/** Throws a RangeError for what a Part may say and ECS on Fargate cannot be; to be asked before the first resource. */
export function refuseUnbuildable(part: ReplicaGroup): void {
  const { key, runtime, placement, probes, rollout } = part;
  if (runtime.kind !== "ecs-fargate")
    throw new RangeError(`runtime of ${key}: ecs-fargate is built here, got ${runtime.kind}`);
  refuseUnbuildableSpot(key, runtime);
  if (placement.kind === "zonal" && (placement.spread === "hard") !== runtime.rebalancing) {
    throw new RangeError(
      `spread of ${key}: ${placement.spread} with rebalancing ${String(runtime.rebalancing)}; rebalancing is what keeps it hard`,
    );
  }
  const [probe, ...others] = probes;
  if (
    others.length > 0 ||
    (probe !== undefined && (probe.role !== "liveness" || probe.check.kind !== "command" || probe.successes !== 1))
  ) {
    throw new RangeError(
      `probes of ${key}: a container has at most one check, a command for liveness that passes at once, got ${JSON.stringify(probes)}`,
    );
  }
  const { maximum } = rolloutPercents(startingCount(part), rollout.surge, rollout.unavailable);
  if (runtime.rebalancing && maximum <= 100) {
    throw new RangeError(
      `rollout of ${key}: zone rebalancing starts a replica before it stops one, so surge must be at least 1`,
    );
  }
}

function startingCount(part: ReplicaGroup): number {
  const { scaling } = part;
  if (scaling.kind === "fixed") return scaling.count;
  if (scaling.initial === null)
    throw new RangeError(`scaling of ${part.key}: an ECS service starts with a count, got none`);
  return scaling.initial;
}

function subnets(part: ReplicaGroup, byZone: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Input<string>[] {
  const { placement } = part;
  if (placement.kind !== "zonal")
    throw new RangeError(`placement of ${part.key}: zones are named on AWS, got ${placement.kind}`);
  return placement.zones.map((zone) => {
    const subnet = byZone[zone];
    if (subnet === undefined)
      throw new RangeError(
        `zones of ${part.key}: ${zone} has no private subnet; there are ${Object.keys(byZone).join(", ")}`,
      );
    return subnet;
  });
}

function alarms(part: ReplicaGroup, given: ReplicaGroupArgs["deploymentAlarms"]): Pick<ecs.ServiceArgs, "alarms"> {
  if (!part.rollout.watchesAlarms) return {};
  if (given === undefined || given.names.length === 0)
    throw new RangeError(`rollout of ${part.key} watches alarms, and none is given`);
  return { alarms: { enable: true, rollback: part.rollout.rollsBack, alarmNames: [...given.names] } };
}

/** Callers may keep an address for so long after a replica is gone. Ours, assumed: short beside a rollout. */
const DNS_TTL_SECONDS = 10;

function registry(
  { group, discoveryName, portName }: ServiceFacts,
  port: number,
  name: string,
  parent: pulumi.Resource,
): Pick<ecs.ServiceArgs, "serviceConnectConfiguration" | "serviceRegistries"> {
  const { part, cluster } = group;
  const found = part.registry;
  const connects = found?.kind === "service-connect" || group.joinsServiceConnect === true;
  const connect = connects
    ? {
        serviceConnectConfiguration: {
          enabled: true,
          namespace: required(
            cluster.serviceConnectNamespaceArn,
            `${part.key}: Service Connect needs the cluster's namespace`,
          ),
          ...(found?.kind === "service-connect" && portName !== null
            ? { services: [{ portName, discoveryName, clientAlias: [{ dnsName: found.name, port }] }] }
            : {}),
        },
      }
    : {};
  if (found?.kind !== "cloud-map") return connect;
  const { namespaceId } = required(cluster.cloudMap, `${part.key}: Cloud Map needs the cluster's namespace`);
  const entry = new servicediscovery.Service(
    `${name}-discovery`,
    transformed<servicediscovery.ServiceArgs>(
      {
        name: found.name,
        dnsConfig: { namespaceId, dnsRecords: [{ type: "A", ttl: DNS_TTL_SECONDS }], routingPolicy: "MULTIVALUE" },
        // ECS itself says which replica is healthy.
        healthCheckCustomConfig: {},
        region: part.region,
        tags: group.tags ?? {},
      },
      group.transform?.discoveryService,
    ),
    { parent },
  );
  return { ...connect, serviceRegistries: { registryArn: entry.arn } };
}

function required<T>(value: T | null, otherwise: string): T {
  if (value === null) throw new RangeError(otherwise);
  return value;
}
