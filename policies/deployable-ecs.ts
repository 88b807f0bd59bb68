import { isRecord, isUnknownValue, textOf } from "../model";
import type { Inputs, Resource, Value } from "../model";
import { limitSources } from "../catalog/aws/limit";
import { limits } from "../catalog/aws/limits";
import { fargateMemoryChoicesMiB, fargateSells } from "../catalog/aws/sizes";
import {
  allowed,
  asNumber,
  type DeployCheck,
  fine,
  isWord,
  limitCheck,
  nameCheck,
  numberCheck,
  type Outcome,
  refused,
  valuesAt,
  withinLimit,
  wordCheck,
} from "./deployable-check";
import { capacityChecks, hasDefault, launchTypeOrStrategies, SERVICE } from "./deployable-capacity";
import type { Subject } from "./rule";

export const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

const documents = new WeakMap<Resource, readonly Inputs[] | "unknown" | "unreadable">();

/** The containers of a task; the document is read once. */
export function containersOf(task: Resource): readonly Inputs[] | "unknown" | "unreadable" {
  const known = documents.get(task);
  if (known !== undefined) return known;
  const read = readContainers(task.inputs["containerDefinitions"]);
  documents.set(task, read);
  return read;
}

function readContainers(document: Value | undefined): readonly Inputs[] | "unknown" | "unreadable" {
  if (isUnknownValue(document)) return "unknown";
  if (typeof document !== "string") return "unreadable";
  try {
    const parsed: unknown = JSON.parse(document);
    return Array.isArray(parsed) && parsed.every((item) => isRecord(item as Value))
      ? (parsed as readonly Inputs[])
      : "unreadable";
  } catch {
    return "unreadable";
  }
}

/** Something of each container. */
function containerCheck(
  id: Parameters<typeof limitCheck>[0],
  test: (container: Inputs) => Outcome | null,
): DeployCheck {
  return limitCheck(id, TASK, (task) => {
    const containers = containersOf(task);
    if (containers === "unknown") return { unknown: "containerDefinitions" };
    if (containers === "unreadable")
      return refused("containerDefinitions is no list of containers", "give a JSON list");
    const outcomes = containers.flatMap((container) => test(container) ?? []);
    return outcomes.length === 0 ? null : outcomes;
  });
}

function containerNumber(id: Parameters<typeof limitCheck>[0], path: string): DeployCheck {
  return containerCheck(id, (container) => {
    const found = valuesAt(container, path)[0];
    const number = asNumber(found?.value);
    if (found === undefined) return null;
    return number !== undefined && withinLimit(id, number)
      ? fine
      : refused(`${path} ${textOf(found.value)}`, `give ${allowed(id)}`);
  });
}

export const isFargate = ({ inputs }: Resource): boolean =>
  Array.isArray(inputs["requiresCompatibilities"]) && inputs["requiresCompatibilities"].includes("FARGATE");

/** "1 vCPU" and "1024", "2 GB" and "2048": ECS takes both forms. */
function units(value: Value | undefined, word: RegExp): number | undefined {
  const number = asNumber(value);
  if (number !== undefined) return number;
  const match = typeof value === "string" ? /^\s*([\d.]+)\s*([a-z]+)\s*$/i.exec(value) : null;
  return match?.[1] !== undefined && word.test(match[2] ?? "") ? Number(match[1]) * 1024 : undefined;
}

const taskChecks: readonly DeployCheck[] = [
  limitCheck("fargate-size", TASK, (task) => {
    if (!isFargate(task)) return null;
    const { cpu, memory } = task.inputs;
    if (isUnknownValue(cpu)) return { unknown: "cpu" };
    if (isUnknownValue(memory)) return { unknown: "memory" };
    const [cpuUnits, memoryMiB] = [units(cpu, /^vcpu$/i), units(memory, /^gb$/i)];
    const sold = cpuUnits === undefined ? [] : fargateMemoryChoicesMiB(cpuUnits);
    if (cpuUnits !== undefined && memoryMiB !== undefined && fargateSells(cpuUnits, memoryMiB)) return fine;
    const given = `cpu ${textOf(cpu ?? "not given")} with memory ${textOf(memory ?? "not given")}`;
    return refused(
      given,
      sold.length === 0
        ? `give cpu of ${limits["fargate-size"].values.join(", ")}`
        : `give memory of ${sold.slice(0, 12).join(", ")}${sold.length > 12 ? " ..." : ""}`,
    );
  }),
  containerCheck("fargate-gpu", (container) => {
    const wanted = valuesAt(container, "resourceRequirements[].type").filter(({ value }) => value === "GPU").length;
    return withinLimit("fargate-gpu", wanted)
      ? fine
      : refused("a container asks for a GPU", "run it on instances with GPUs");
  }),
  containerNumber("container-check-interval", "healthCheck.interval"),
  containerNumber("container-check-timeout", "healthCheck.timeout"),
  containerNumber("container-check-retries", "healthCheck.retries"),
  containerNumber("container-check-start-period", "healthCheck.startPeriod"),
  limitCheck("stop-timeout", TASK, (task) => {
    if (!isFargate(task)) return null;
    const containers = containersOf(task);
    if (containers === "unknown") return { unknown: "containerDefinitions" };
    if (containers === "unreadable")
      return refused("containerDefinitions is no list of containers", "give a JSON list");
    const outcomes = containers.flatMap((container): readonly Outcome[] => {
      const seconds = asNumber(container["stopTimeout"]);
      if (seconds === undefined) return [];
      return [
        withinLimit("stop-timeout", seconds)
          ? fine
          : refused(`stopTimeout ${seconds}`, `give ${allowed("stop-timeout")}`),
      ];
    });
    return outcomes.length === 0 ? null : outcomes;
  }),
];

const ROLLING = "ECS";

function rollingOnly(name: string, property: string, quote: string): DeployCheck {
  return wordCheck(
    name,
    `ecs.Service ${property} with deploymentController`,
    quote,
    limitSources.circuitBreaker,
    SERVICE,
    ({ inputs }) => {
      if (inputs[property] === undefined) return null;
      const controller = valuesAt(inputs, "deploymentController.type")[0]?.value ?? ROLLING;
      if (isUnknownValue(controller)) return { unknown: "deploymentController.type" };
      return controller === ROLLING
        ? fine
        : refused(
            `deploymentController ${textOf(controller)} with ${property}`,
            `use rolling deployments, or leave ${property} out`,
          );
    },
  );
}

/** Percents as ECS applies them. */
function percents({ inputs }: Resource): { readonly minimum: number; readonly maximum: number } | string {
  const minimum = inputs["deploymentMinimumHealthyPercent"] ?? 100;
  const maximum = inputs["deploymentMaximumPercent"] ?? 200;
  if (isUnknownValue(minimum)) return "deploymentMinimumHealthyPercent";
  if (isUnknownValue(maximum)) return "deploymentMaximumPercent";
  return { minimum: asNumber(minimum) ?? 100, maximum: asNumber(maximum) ?? 200 };
}

const rolloutChecks: readonly DeployCheck[] = [
  limitCheck("rollout-room", SERVICE, (service) => {
    const desired = service.inputs["desiredCount"];
    if (isUnknownValue(desired)) return { unknown: "desiredCount" };
    const tasks = asNumber(desired) ?? 0;
    const share = percents(service);
    if (typeof share === "string") return { unknown: share };
    if (tasks === 0) return null;
    const most = Math.floor((tasks * share.maximum) / 100);
    const least = Math.ceil((tasks * share.minimum) / 100);
    return withinLimit("rollout-room", most - least)
      ? fine
      : refused(
          `${tasks} tasks, ${share.minimum} to ${share.maximum} %: at least ${least} and at most ${most}`,
          "raise deploymentMaximumPercent",
        );
  }),
  nameCheck("zone-rebalancing", SERVICE, "availabilityZoneRebalancing"),
  limitCheck("rebalancing-maximum-percent", SERVICE, (service) => {
    const { availabilityZoneRebalancing, schedulingStrategy } = service.inputs;
    if (isUnknownValue(availabilityZoneRebalancing)) return { unknown: "availabilityZoneRebalancing" };
    if (availabilityZoneRebalancing !== "ENABLED") return null;
    const share = percents(service);
    if (typeof share === "string") return { unknown: share };
    if (schedulingStrategy === "DAEMON") return refused("rebalancing with DAEMON", "use REPLICA");
    return withinLimit("rebalancing-maximum-percent", share.maximum)
      ? fine
      : refused(`deploymentMaximumPercent ${share.maximum}`, "raise it above 100, or turn rebalancing off");
  }),
  rollingOnly(
    "circuit-breaker-rolling",
    "deploymentCircuitBreaker",
    "the circuit breaker works with rolling deployments only",
  ),
  rollingOnly("deployment-alarms-rolling", "alarms", "deployment alarms work with rolling deployments only"),
  numberCheck("grace-period", SERVICE, "healthCheckGracePeriodSeconds"),
  wordCheck(
    "grace-period-balancer",
    "ecs.Service healthCheckGracePeriodSeconds without a balancer",
    "a health check grace period is refused for a service without a load balancer",
    limitSources.ecs,
    SERVICE,
    ({ inputs }) => {
      if (inputs["healthCheckGracePeriodSeconds"] === undefined) return null;
      const { loadBalancers } = inputs;
      if (isUnknownValue(loadBalancers)) return { unknown: "loadBalancers" };
      return Array.isArray(loadBalancers) && loadBalancers.length > 0
        ? fine
        : refused("a grace period and no load balancer", "leave healthCheckGracePeriodSeconds out");
    },
  ),
];

function runsFargateTask(service: Resource, { graph }: Subject): boolean {
  return graph.referenced(service, "taskDefinition", TASK).some(isFargate);
}

const placeChecks: readonly DeployCheck[] = [
  wordCheck(
    "fargate-launch-type",
    "ecs.Service launchType of a Fargate task",
    "launchType defaults to EC2; a task for Fargate needs FARGATE, or a strategy",
    limitSources.pulumi,
    SERVICE,
    (service, subject) => {
      if (!runsFargateTask(service, subject)) return null;
      const { launchType, capacityProviderStrategies } = service.inputs;
      if (isUnknownValue(launchType)) return { unknown: "launchType" };
      const named = launchType === "FARGATE" || capacityProviderStrategies !== undefined;
      return named || (launchType === undefined && hasDefault(service, subject.graph))
        ? fine
        : refused(`launchType ${textOf(launchType ?? "not given, so EC2")}`, 'set launchType: "FARGATE"');
    },
  ),
  launchTypeOrStrategies,
  limitCheck("fargate-scheduling", SERVICE, (service, subject) => {
    if (service.inputs["launchType"] !== "FARGATE" && !runsFargateTask(service, subject)) return null;
    const strategy = service.inputs["schedulingStrategy"] ?? "REPLICA";
    if (isUnknownValue(strategy)) return { unknown: "schedulingStrategy" };
    return isWord("fargate-scheduling", strategy)
      ? fine
      : refused(`schedulingStrategy ${textOf(strategy)}`, "use REPLICA");
  }),
  ...capacityChecks,
  limitCheck("subnets-per-service", SERVICE, ({ inputs }) =>
    countOf("subnets-per-service", inputs, "networkConfiguration.subnets"),
  ),
  limitCheck("security-groups-per-service", SERVICE, ({ inputs }) =>
    countOf("security-groups-per-service", inputs, "networkConfiguration.securityGroups"),
  ),
  limitCheck("target-groups-per-service", SERVICE, ({ inputs }) =>
    countOf("target-groups-per-service", inputs, "loadBalancers"),
  ),
];

function countOf(id: Parameters<typeof limitCheck>[0], inputs: Inputs, path: string): Outcome | null {
  const found = valuesAt(inputs, path)[0];
  if (found === undefined) return null;
  if (isUnknownValue(found.value)) return { unknown: path };
  const number = Array.isArray(found.value) ? found.value.length : 1;
  return withinLimit(id, number) ? fine : refused(`${number} in ${path}`, `give ${allowed(id)}`);
}

const orderChecks: readonly DeployCheck[] = [
  wordCheck(
    "service-after-listener",
    "ecs.Service created before its listener",
    "the target group does not have an associated load balancer",
    { title: "aws-cdk issue 34290", url: "https://github.com/aws/aws-cdk/issues/34290", date: "2026-11-20" },
    SERVICE,
    (service, { graph }) => {
      const groups = graph.referenced(service, "loadBalancers", GROUP);
      if (groups.length === 0) return null;
      const waits = new Set(service.dependencies);
      for (const urns of Object.values(service.propertyDependencies)) for (const urn of urns) waits.add(urn);
      const late = groups.find((group) => {
        const ahead = [
          ...graph.referrers(group, "defaultActions", LISTENER),
          ...graph.referrers(group, "actions", LISTENER_RULE),
        ];
        return ahead.length > 0 && !ahead.some(({ urn }) => waits.has(urn));
      });
      return late === undefined
        ? fine
        : refused(`does not wait for the listener of ${late.name}`, "add dependsOn: [listener]");
    },
  ),
  wordCheck(
    "service-count",
    "ecs.Service desiredCount left out",
    "desiredCount defaults to 0",
    limitSources.pulumi,
    SERVICE,
    ({ inputs }) => {
      const { desiredCount, schedulingStrategy } = inputs;
      if (schedulingStrategy === "DAEMON") return null;
      return desiredCount === undefined
        ? refused("no desiredCount: it starts with no task", "give the count to start with")
        : fine;
    },
  ),
];

export const ecsDeployChecks: readonly DeployCheck[] = [
  ...taskChecks,
  ...rolloutChecks,
  ...placeChecks,
  ...orderChecks,
];
