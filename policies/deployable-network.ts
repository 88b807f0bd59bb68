import { isUnknownValue, textOf } from "../model";
import type { Resource } from "../model";
import { limitSources } from "../catalog/aws/limit";
import {
  type DeployCheck,
  fine,
  formCheck,
  limitCheck,
  numberCheck,
  type Outcome,
  refused,
  valuesAt,
  withinLimit,
  wordCheck,
} from "./deployable-check";
import { SERVICE } from "./deployable-capacity";
import { containersOf, TASK } from "./deployable-ecs";
import type { Subject } from "./rule";

const NAT = "aws:ec2/natGateway:NatGateway";
const CLOUD_MAP = "aws:servicediscovery/service:Service";
const PRIVATE_NAMESPACE = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const HTTP_NAMESPACE = "aws:servicediscovery/httpNamespace:HttpNamespace";
const SCALING_TARGET = "aws:appautoscaling/target:Target";
const SCALING_POLICY = "aws:appautoscaling/policy:Policy";

const connect = "serviceConnectConfiguration.services[]";

function portNames(service: Resource, { graph }: Subject): ReadonlySet<string> | "unknown" {
  const tasks = graph.referenced(service, "taskDefinition", TASK);
  if (tasks.length !== 1 || tasks[0] === undefined) return "unknown";
  const containers = containersOf(tasks[0]);
  if (typeof containers === "string") return "unknown";
  return new Set(
    containers.flatMap((container) =>
      valuesAt(container, "portMappings[].name").flatMap(({ value }) => (typeof value === "string" ? [value] : [])),
    ),
  );
}

export const registryDeployChecks: readonly DeployCheck[] = [
  formCheck("service-connect-name", SERVICE, `${connect}.discoveryName`),
  limitCheck("service-connect-aliases", SERVICE, ({ inputs }) => {
    const aliases = valuesAt(inputs, `${connect}.clientAlias`);
    if (aliases.length === 0) return null;
    return aliases.map(({ where, value }): Outcome => {
      if (isUnknownValue(value)) return { unknown: where };
      const number = Array.isArray(value) ? value.length : 1;
      return withinLimit("service-connect-aliases", number) ? fine : refused(`${number} in ${where}`, "give one alias");
    });
  }),
  formCheck("service-connect-dns-name", SERVICE, `${connect}.clientAlias[].dnsName`),
  wordCheck(
    "service-connect-port-name",
    "serviceConnectConfiguration services portName",
    "portName must be equal to the name of one of the task definition's port mappings",
    limitSources.ecs,
    SERVICE,
    (service, subject) => {
      const asked = valuesAt(service.inputs, `${connect}.portName`);
      if (asked.length === 0) return null;
      const names = portNames(service, subject);
      return asked.map(({ where, value }): Outcome => {
        if (isUnknownValue(value)) return { unknown: where };
        if (names === "unknown") return { unknown: "the task's port mappings" };
        return names.has(textOf(value))
          ? fine
          : refused(
              `${where} ${textOf(value)}; the task names ${[...names].join(", ") || "no port"}`,
              "name the port mapping so",
            );
      });
    },
  ),
  numberCheck("cloud-map-failure-threshold", CLOUD_MAP, "healthCheckCustomConfig.failureThreshold"),
  wordCheck(
    "cloud-map-health-check",
    "servicediscovery.Service healthCheckConfig in a private namespace",
    "healthCheckConfig is for services in public DNS namespaces only",
    limitSources.pulumi,
    CLOUD_MAP,
    (service, { graph }) => {
      if (service.inputs["healthCheckConfig"] === undefined) return null;
      const inside = [PRIVATE_NAMESPACE, HTTP_NAMESPACE].some(
        (type) =>
          [...graph.referenced(service, "namespaceId", type), ...graph.referenced(service, "dnsConfig", type)].length >
          0,
      );
      return inside
        ? refused("healthCheckConfig in a private namespace", "use healthCheckCustomConfig")
        : { unknown: "the namespace" };
    },
  ),
  wordCheck(
    "cloud-map-region",
    "serviceConnectConfiguration namespace",
    "the namespace must be in the service's region",
    limitSources.ecs,
    SERVICE,
    (service, { graph }) => {
      const spaces = [PRIVATE_NAMESPACE, HTTP_NAMESPACE].flatMap((type) =>
        graph.referenced(service, "serviceConnectConfiguration", type),
      );
      if (spaces.length === 0) return null;
      const elsewhere = spaces.find((space) => space.inputs["region"] !== service.inputs["region"]);
      return elsewhere === undefined
        ? fine
        : refused(`${elsewhere.name} is in another region`, "make the namespace in the service's region");
    },
  ),
];

/** Several policies of one service for one metric fight each other. */
function metricOf(policy: Resource): string | null {
  const found = valuesAt(
    policy.inputs,
    "targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.predefinedMetricType",
  )[0];
  if (found === undefined) return null;
  return isUnknownValue(found.value) ? "unknown" : textOf(found.value);
}

function scaledBy(policy: Resource, { graph }: Subject): string | null {
  const { resourceId } = policy.inputs;
  if (typeof resourceId === "string") return resourceId;
  return (
    graph.referenced(policy, "resourceId", SCALING_TARGET)[0]?.urn ??
    graph.referenced(policy, "resourceId", SERVICE)[0]?.urn ??
    null
  );
}

const policiesBySubject = new WeakMap<Subject, ReadonlyMap<string, readonly Resource[]>>();

/** Policies by service and metric; gone through once for a stack. */
function policiesOf(subject: Subject): ReadonlyMap<string, readonly Resource[]> {
  const known = policiesBySubject.get(subject);
  if (known) return known;
  const found = new Map<string, Resource[]>();
  for (const policy of subject.graph.ofType(SCALING_POLICY)) {
    const slot = `${scaledBy(policy, subject) ?? policy.urn} ${metricOf(policy) ?? policy.urn}`;
    const same = found.get(slot);
    if (same) same.push(policy);
    else found.set(slot, [policy]);
  }
  policiesBySubject.set(subject, found);
  return found;
}

const label = "targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

export const scalingDeployChecks: readonly DeployCheck[] = [
  formCheck("scaling-target-id", SCALING_TARGET, "resourceId", { types: [SERVICE], then: "expected" }),
  // Of a balancer and a target group together only the two suffixes make a label.
  formCheck("scaling-resource-label", SCALING_POLICY, label, { types: [BALANCER, TARGET_GROUP], then: "fine" }),
  wordCheck(
    "scaling-label-metric",
    "appautoscaling.Policy resourceLabel with its metric",
    "a resource label is required for ALBRequestCountPerTarget, and refused for any other metric",
    limitSources.autoscaling,
    SCALING_POLICY,
    (policy) => {
      const metric = metricOf(policy);
      if (metric === null) return null;
      if (metric === "unknown") return { unknown: "predefinedMetricType" };
      const labelled = valuesAt(policy.inputs, label).length > 0;
      const counts = metric === "ALBRequestCountPerTarget";
      return labelled === counts
        ? fine
        : refused(
            `${metric} ${labelled ? "with" : "without"} a resource label`,
            counts ? "give the label" : "leave the label out",
          );
    },
  ),
  limitCheck("scaling-policies-per-metric", SCALING_POLICY, (policy, subject) => {
    const metric = metricOf(policy);
    if (metric === null) return null;
    if (metric === "unknown") return { unknown: "predefinedMetricType" };
    const same = policiesOf(subject).get(`${scaledBy(policy, subject) ?? policy.urn} ${metric}`)?.length ?? 1;
    return withinLimit("scaling-policies-per-metric", same)
      ? fine
      : refused(`${same} policies for ${metric}`, "keep one");
  }),
  wordCheck(
    "scaling-policy-type",
    "appautoscaling.Policy policyType",
    "policyType defaults to StepScaling: a target-tracking configuration needs TargetTrackingScaling",
    limitSources.autoscaling,
    SCALING_POLICY,
    ({ inputs }) => {
      const { policyType, targetTrackingScalingPolicyConfiguration: tracking } = inputs;
      if (tracking === undefined) return null;
      if (isUnknownValue(policyType)) return { unknown: "policyType" };
      return policyType === "TargetTrackingScaling"
        ? fine
        : refused(`policyType ${textOf(policyType ?? "not given")}`, 'set policyType: "TargetTrackingScaling"');
    },
  ),
  numberCheck("scaling-minimum", SCALING_TARGET, "minCapacity"),
  wordCheck(
    "scaling-bounds",
    "appautoscaling.Target minCapacity and maxCapacity",
    "the maximum capacity must be at least the minimum",
    limitSources.autoscaling,
    SCALING_TARGET,
    ({ inputs }) => {
      const { minCapacity, maxCapacity } = inputs;
      if (isUnknownValue(minCapacity)) return { unknown: "minCapacity" };
      if (isUnknownValue(maxCapacity)) return { unknown: "maxCapacity" };
      if (typeof minCapacity !== "number" || typeof maxCapacity !== "number") return null;
      return minCapacity <= maxCapacity ? fine : refused(`minimum ${minCapacity}, maximum ${maxCapacity}`, "swap them");
    },
  ),
];

export const networkDeployChecks: readonly DeployCheck[] = [
  limitCheck("nat-regional-subnet", NAT, ({ inputs }) => {
    if (inputs["availabilityMode"] !== "regional") return null;
    const given = ["subnetId", "allocationId"].filter((name) => inputs[name] !== undefined);
    if (given.length > 0) return refused(`regional with ${given.join(", ")}`, "leave them out");
    if (inputs["connectivityType"] === "private") return refused("regional and private", "make it public, or zonal");
    return inputs["vpcId"] === undefined ? refused("regional without vpcId", "give vpcId") : fine;
  }),
  limitCheck("addresses-per-nat", NAT, ({ inputs }) => {
    const { allocationId, secondaryAllocationIds } = inputs;
    if (isUnknownValue(secondaryAllocationIds)) return { unknown: "secondaryAllocationIds" };
    const number =
      (allocationId === undefined ? 0 : 1) +
      (Array.isArray(secondaryAllocationIds) ? secondaryAllocationIds.length : 0);
    if (number === 0) return null;
    return withinLimit("addresses-per-nat", number) ? fine : refused(`${number} addresses`, "give at most 2");
  }),
];
