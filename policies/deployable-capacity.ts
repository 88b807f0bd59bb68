import { isUnknownValue, textOf } from "../model";
import type { Inputs, Resource, ResourceGraph, Value } from "../model";
import { limitSources } from "../catalog/aws/limit";
import {
  allowed,
  asNumber,
  type DeployCheck,
  fine,
  limitCheck,
  numberCheck,
  type Outcome,
  refused,
  valuesAt,
  withinLimit,
  wordCheck,
} from "./deployable-check";

export const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const CLUSTER = "aws:ecs/cluster:Cluster";
const PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const CUSTOM = "aws:ecs/capacityProvider:CapacityProvider";
const STRATEGIES = "capacityProviderStrategies";

const OF_CLUSTER =
  "only capacity providers that are already associated with a cluster can be used in a capacity provider strategy";

/** Names of Fargate's own providers in a strategy; those of machines say their cluster otherwise. */
function fargateNames(inputs: Inputs): readonly string[] {
  return valuesAt(inputs, `${STRATEGIES}[].capacityProvider`).flatMap(({ value }) =>
    value === "FARGATE" || value === "FARGATE_SPOT" ? [value] : [],
  );
}

/** What associates providers with the service's cluster, where that is of this program, also by its name spelt out; null: it is not. */
function setsOf(service: Resource, graph: ResourceGraph): readonly Resource[] | null {
  const { cluster } = service.inputs;
  const clusters = [
    ...graph.referenced(service, "cluster", CLUSTER),
    ...graph.ofType(CLUSTER).filter(({ inputs }) => typeof cluster === "string" && inputs["name"] === cluster),
  ];
  if (clusters.length === 0) return null;
  const names = new Set<Value | undefined>(clusters.map(({ inputs }) => inputs["name"]));
  const spelt = graph.ofType(PROVIDERS).filter(({ inputs }) => {
    const { clusterName } = inputs;
    return typeof clusterName === "string" && names.has(clusterName);
  });
  return [...new Set([...clusters.flatMap((each) => graph.referrers(each, "clusterName", PROVIDERS)), ...spelt])];
}

/** What services run on that say nothing: the cluster's default, where this program gives it one. */
export function hasDefault(service: Resource, graph: ResourceGraph): boolean {
  return (setsOf(service, graph) ?? []).some(
    ({ inputs }) => valuesAt(inputs, "defaultCapacityProviderStrategies[]").length > 0,
  );
}

/** All that stands before a resource, at any distance. */
function waitsFor(service: Resource, graph: ResourceGraph): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (resource: Resource | undefined): void => {
    if (resource === undefined) return;
    for (const urn of [...resource.dependencies, ...Object.values(resource.propertyDependencies).flat()]) {
      if (seen.has(urn)) continue;
      seen.add(urn);
      visit(graph.byUrn(urn));
    }
  };
  visit(service);
  return seen;
}

export const launchTypeOrStrategies: DeployCheck = wordCheck(
  "launch-type-or-strategies",
  "ecs.Service launchType with capacityProviderStrategies",
  "launchType conflicts with capacityProviderStrategies",
  limitSources.pulumi,
  SERVICE,
  ({ inputs }) => {
    const { launchType, capacityProviderStrategies } = inputs;
    if (launchType === undefined && capacityProviderStrategies === undefined) return null;
    return launchType !== undefined && capacityProviderStrategies !== undefined
      ? refused("both are given", "give one of the two")
      : fine;
  },
);

/** What a service's tasks run on, and in which proportion. */
export const capacityChecks: readonly DeployCheck[] = [
  limitCheck("capacity-providers", SERVICE, ({ inputs }) => {
    const { capacityProviderStrategies: strategies } = inputs;
    if (strategies === undefined) return null;
    if (isUnknownValue(strategies)) return { unknown: "capacityProviderStrategies" };
    const number = Array.isArray(strategies) ? strategies.length : 0;
    return withinLimit("capacity-providers", number)
      ? fine
      : refused(`${number} providers`, `give ${allowed("capacity-providers")}`);
  }),
  limitCheck("capacity-weight", SERVICE, ({ inputs }) => {
    const providers = valuesAt(inputs, `${STRATEGIES}[]`).length;
    const weights = valuesAt(inputs, `${STRATEGIES}[].weight`);
    if (weights.length === 0 && providers < 2) return null;
    const open = weights.find(({ value }) => isUnknownValue(value));
    if (open) return { unknown: open.where };
    const numbers = weights.map(({ value }) => asNumber(value) ?? 0);
    // A weight that is not given is 0, which among several counts.
    if (numbers.every((weight) => weight === 0)) return refused("all weights are 0", "give one provider a weight");
    const wrong = numbers.find((weight) => !withinLimit("capacity-weight", weight));
    return wrong === undefined ? fine : refused(`weight ${wrong}`, `give ${allowed("capacity-weight")}`);
  }),
  numberCheck("capacity-base", SERVICE, `${STRATEGIES}[].base`),
  limitCheck("capacity-bases", SERVICE, ({ inputs }) => {
    const bases = valuesAt(inputs, `${STRATEGIES}[].base`).filter(({ value }) => value !== 0);
    if (bases.length === 0) return null;
    return withinLimit("capacity-bases", bases.length)
      ? fine
      : refused(`${bases.length} providers have a base`, "give one provider a base");
  }),
  wordCheck(
    "spot-platform",
    "FARGATE_SPOT for a task",
    "FARGATE_SPOT supports Linux tasks of X86_64 on platform version 1.3.0 or later, of ARM64 on 1.4.0 or later",
    limitSources.ecs,
    SERVICE,
    (service, { graph }) => {
      if (!fargateNames(service.inputs).includes("FARGATE_SPOT")) return null;
      const version = service.inputs["platformVersion"];
      const [task] = graph.referenced(service, "taskDefinition", TASK);
      const [system, processor] = ["operatingSystemFamily", "cpuArchitecture"].map(
        (key) => valuesAt(task?.inputs ?? {}, `runtimePlatform.${key}`)[0]?.value,
      );
      if (typeof system === "string" && system.startsWith("WINDOWS"))
        return refused(`operatingSystemFamily ${system}`, "run it On-Demand alone");
      if (isUnknownValue(version)) return { unknown: "platformVersion" };
      const minor = typeof version === "string" ? /^1\.(\d+)\.\d+$/.exec(version)?.[1] : undefined;
      const least = processor === "ARM64" ? 4 : 3;
      return minor === undefined || Number(minor) >= least
        ? fine
        : refused(`platformVersion ${textOf(version ?? "")}`, "leave platformVersion out: LATEST");
    },
  ),
  wordCheck(
    "capacity-provider-of-cluster",
    "capacityProviderStrategies of a cluster of this program",
    OF_CLUSTER,
    limitSources.ecs,
    SERVICE,
    (service, { graph }) => {
      const names = fargateNames(service.inputs);
      const sets = names.length === 0 ? null : setsOf(service, graph);
      if (sets === null) return null;
      const given = sets.flatMap((set) => valuesAt(set.inputs, "capacityProviders[]"));
      const missing = names.find((name) => !given.some(({ value }) => value === name));
      if (missing === undefined) return fine;
      // What a provider of machines is called is known after the deploy, and is not Fargate's.
      const hidden = given.filter(({ value }) => isUnknownValue(value)).length;
      const machines = sets.flatMap((set) => graph.referenced(set, "capacityProviders", CUSTOM)).length;
      if (hidden > machines) return { unknown: "capacityProviders" };
      return refused(
        `${missing} is none of its cluster's`,
        `give the cluster ClusterCapacityProviders with ${textOf(missing)} among them`,
      );
    },
  ),
  wordCheck(
    "service-after-capacity",
    "ecs.Service created before its cluster has the providers",
    OF_CLUSTER,
    limitSources.ecs,
    SERVICE,
    (service, { graph }): Outcome | null => {
      const names = fargateNames(service.inputs);
      // Of a cluster that is spelt out by name the order is said elsewhere: where its owner is awaited.
      const spelt = graph.referenced(service, "cluster", CLUSTER).length === 0;
      const [set, ...others] = (names.length === 0 || spelt ? null : setsOf(service, graph)) ?? [];
      if (set === undefined) return null;
      const waits = waitsFor(service, graph);
      return [set, ...others].some(({ urn }) => waits.has(urn))
        ? fine
        : refused(`does not wait for ${set.name}`, "add dependsOn: [the cluster's capacity providers]");
    },
  ),
];
