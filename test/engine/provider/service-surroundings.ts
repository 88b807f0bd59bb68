import type { Cloud, Thing } from "./cloud";
import { containersOf, roleMay, routeOf } from "./surroundings";
import { isRecord, listAt, numberAt, recordAt, textAt, textsAt, textsIn, type Properties } from "./values";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

/** Why a service would not start, or a scaler not find it; null: it would. */
export function serviceRefusal(thing: Thing, cloud: Cloud): string | null {
  if (thing.type === "aws:appautoscaling/target:Target") return targetRefusal(thing, cloud);
  if (thing.type === "aws:appautoscaling/policy:Policy") return policyRefusal(thing, cloud);
  if (thing.type !== "aws:ecs/service:Service") return null;
  const task = cloud.find(TASK, ({ computed }) => textAt(computed, "arn") === textAt(thing.inputs, "taskDefinition"));
  if (task === undefined) return "ClientException: TaskDefinition not found";
  return (
    listenerRefusal(thing, cloud) ??
    providerRefusal(thing, cloud) ??
    vcpuRefusal(thing, task, cloud) ??
    startRefusal(task, cloud) ??
    pullRefusal(thing, cloud)
  );
}

function listenerRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  for (const balancer of listAt(inputs, "loadBalancers")) {
    const group = isRecord(balancer) ? (textAt(balancer, "targetGroupArn") ?? "") : "";
    const types = ["aws:lb/listener:Listener", "aws:lb/listenerRule:ListenerRule"];
    if (!types.some((type) => cloud.find(type, (other) => textsIn(other.inputs).includes(group))))
      return `InvalidParameterException: The target group ${group} does not have an associated load balancer`;
  }
  return null;
}

/** Providers that a strategy names are the cluster's by then. */
function providerRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const cluster = (textAt(inputs, "cluster") ?? "").split("/").at(-1) ?? "";
  const theirs = cloud
    .ofType("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders")
    .filter((set) => textAt(set.inputs, "clusterName") === cluster)
    .flatMap((set) => textsAt(set.inputs, "capacityProviders"));
  const lost = listAt(inputs, "capacityProviderStrategies")
    .map((strategy) => (isRecord(strategy) ? (textAt(strategy, "capacityProvider") ?? "") : ""))
    .find((name) => !theirs.includes(name));
  return lost === undefined
    ? null
    : `InvalidParameterException: The specified capacity provider '${lost}' was not found.`;
}

/** vCPUs that all services may have at once; a rollout needs its maximum percent of them. */
function vcpuRefusal(thing: Thing, task: Thing, cloud: Cloud): string | null {
  const most = cloud.quotas["fargate-vcpus"];
  if (most === undefined) return null;
  const asked = cloud.ofType("aws:ecs/service:Service").reduce((sum, other) => sum + vcpus(other, cloud), 0);
  const wanted = asked + vcpusOf(thing, task);
  return wanted > most
    ? `You've reached the limit on the number of vCPUs you can run concurrently: ${most}, asked ${wanted}`
    : null;
}

function vcpus(service: Thing, cloud: Cloud): number {
  const task = cloud.find(TASK, ({ computed }) => textAt(computed, "arn") === textAt(service.inputs, "taskDefinition"));
  return task === undefined ? 0 : vcpusOf(service, task);
}

function vcpusOf(service: Thing, task: Thing): number {
  return ((numberAt(service.inputs, "desiredCount") ?? 0) * (numberAt(task.inputs, "cpu") ?? 0)) / 1024;
}

/** A task starts where its log group, its secrets and the rights to both are there. */
function startRefusal(task: Thing, cloud: Cloud): string | null {
  const { inputs } = task;
  const role = textAt(inputs, "executionRoleArn");
  if (role !== undefined && !roleMay(role, cloud)) return `ResourceInitializationError: ${role} may do nothing`;
  for (const container of containersOf(task)) {
    const group = textAt(recordAt(recordAt(container, "logConfiguration"), "options"), "awslogs-group");
    if (
      group !== undefined &&
      !cloud.find("aws:cloudwatch/logGroup:LogGroup", (other) => textAt(other.inputs, "name") === group)
    )
      return `ResourceInitializationError: log group ${group} does not exist`;
    for (const secret of listAt(container, "secrets")) {
      const from = isRecord(secret) ? (textAt(secret, "valueFrom") ?? "") : "";
      if (!isThere(from, cloud)) return `ResourceInitializationError: unable to pull secrets: ${from}`;
    }
  }
  return null;
}

const REFERENCE = "/aws/reference/secretsmanager/";

/** A parameter by name, or a secret by way of a parameter: with a value in it. */
function isThere(from: string, cloud: Cloud): boolean {
  if (!from.startsWith(REFERENCE)) {
    return cloud.find("aws:ssm/parameter:Parameter", ({ inputs }) => textAt(inputs, "name") === from) !== undefined;
  }
  const secret = cloud.find(
    "aws:secretsmanager/secret:Secret",
    ({ inputs }) => textAt(inputs, "name") === from.slice(REFERENCE.length),
  );
  return (
    secret !== undefined &&
    cloud.find(
      "aws:secretsmanager/secretVersion:SecretVersion",
      ({ inputs }) => textAt(inputs, "secretId") === secret.id,
    ) !== undefined
  );
}

/** Images come over the network: each subnet needs its way out. */
function pullRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const network: Properties = recordAt(inputs, "networkConfiguration");
  const lost = textsAt(network, "subnets").find(
    (subnet) => !routeOf(subnet, cloud, network["assignPublicIp"] === true ? "gatewayId" : "natGatewayId"),
  );
  return lost === undefined ? null : `CannotPullContainerError: no way out of ${lost}`;
}

function targetRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const asked = textAt(inputs, "resourceId") ?? "";
  const found = cloud.find("aws:ecs/service:Service", ({ id }) => id.endsWith(`:${asked}`));
  return found === undefined ? `ValidationException: ECS service doesn't exist: ${asked}` : null;
}

function policyRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const asked = textAt(inputs, "resourceId") ?? "";
  const target = cloud.find(
    "aws:appautoscaling/target:Target",
    (other) => textAt(other.inputs, "resourceId") === asked,
  );
  return target === undefined ? `ObjectNotFoundException: no scalable target registered for ${asked}` : null;
}
