import { asReading } from "../../model";
import type { Inputs, Resource, Value } from "../../model";
import type { Subject } from "../../policies";
import { balancer as balancerPart, cache as cachePart, group, plan, resource, subject } from "./fixture";

/** A program, refused or accepted. */
export type Program = readonly Resource[] | Subject;

export const ALB = "aws:lb/loadBalancer:LoadBalancer";
export const TG = "aws:lb/targetGroup:TargetGroup";
export const LISTENER = "aws:lb/listener:Listener";
export const RULE = "aws:lb/listenerRule:ListenerRule";
export const CERTIFICATE = "aws:lb/listenerCertificate:ListenerCertificate";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const SERVICE = "aws:ecs/service:Service";
export const TASK = "aws:ecs/taskDefinition:TaskDefinition";
export const SCALER = "aws:appautoscaling/target:Target";
export const POLICY = "aws:appautoscaling/policy:Policy";
export const CLOUD_MAP = "aws:servicediscovery/service:Service";
export const NAMESPACE = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
export const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
export const CACHE_SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";
export const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
export const PASSWORD = "random:index/randomPassword:RandomPassword";
export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
export const NAT = "aws:ec2/natGateway:NatGateway";
export const EIP = "aws:ec2/eip:Eip";

export const one = (type: string, inputs: Inputs) => [resource(type, inputs)];
export const many = <T>(number: number, make: (index: number) => T): T[] =>
  Array.from({ length: number }, (_, index) => make(index));
export const words = (number: number): string[] => many(number, (index) => `w${index}`);
export const letters = (number: number): string => "a".repeat(number);
export const later: Value = { $unknown: "after-deploy" };

export const check = (inputs: Inputs, over: Inputs = {}) => one(TG, { protocol: "HTTP", healthCheck: inputs, ...over });

export const subnets = (zones: readonly string[]): Resource[] => {
  const built = zones.map((availabilityZone) => resource(SUBNET, { availabilityZone }));
  return [...built, resource(ALB, { subnets: built.map(() => later) }, { subnets: built })];
};

export const behind = (targetType: string | undefined): Resource[] => {
  const built = resource(TG, targetType === undefined ? {} : { targetType });
  return [
    built,
    resource(SERVICE, { desiredCount: 2, loadBalancers: [{ targetGroupArn: later }] }, { loadBalancers: [built] }),
  ];
};

export const health = (dns: string, routing: number) =>
  one(TG, {
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: dns },
      unhealthyStateRouting: { minimumHealthyTargetsCount: routing },
    },
  });

export const listeners = (number: number): Resource[] => {
  const built = resource(ALB, {});
  return [built, ...many(number, () => resource(LISTENER, {}, { loadBalancerArn: [built] }))];
};
export const rulesOf = (number: number): Resource[] => {
  const built = resource(ALB, {});
  const listener = resource(LISTENER, {}, { loadBalancerArn: [built] });
  return [built, listener, ...many(number, () => resource(RULE, {}, { listenerArn: [listener] }))];
};
export const groupsOf = (number: number): Resource[] => {
  const built = resource(ALB, {});
  const listener = resource(LISTENER, {}, { loadBalancerArn: [built] });
  const groups = many(number, () => resource(TG, {}));
  return [
    built,
    listener,
    ...groups,
    ...groups.map((each) => resource(RULE, {}, { listenerArn: [listener], actions: [each] })),
  ];
};
export const certificates = (number: number): Resource[] => {
  const listener = resource(LISTENER, {});
  return [listener, ...many(number, () => resource(CERTIFICATE, {}, { listenerArn: [listener] }))];
};
export const shared = (balancers: number): Resource[] => {
  const built = resource(TG, {});
  const fronts = many(balancers, () => resource(ALB, {}));
  return [
    built,
    ...fronts,
    ...fronts.map((front) => resource(LISTENER, {}, { loadBalancerArn: [front], defaultActions: [built] })),
  ];
};

export const task = (inputs: Inputs) =>
  one(TASK, { requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512", containerDefinitions: "[]", ...inputs });
export const container = (inputs: Inputs) =>
  task({ containerDefinitions: JSON.stringify([{ name: "web", ...inputs }]) });
export const service = (inputs: Inputs) => one(SERVICE, { desiredCount: 2, ...inputs });
export const onFargate = (inputs: Inputs): Resource[] => {
  const [built] = task({});
  return built ? [built, resource(SERVICE, { desiredCount: 2, ...inputs }, { taskDefinition: [built] })] : [];
};
export const strategies = (...list: readonly Inputs[]) => service({ capacityProviderStrategies: list });
/** A service half on Spot in a cluster that has those providers, null: nobody gave it any; the cluster is named, spelt out, or waited for by way of another. */
export const inCluster = (
  capacityProviders: readonly Value[] | null,
  how: "direct" | "spelt" | "late" | "far" = "direct",
): Resource[] => {
  const cluster = resource("aws:ecs/cluster:Cluster", { name: "main" });
  const set =
    capacityProviders === null
      ? undefined
      : resource(
          "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
          { clusterName: how === "spelt" ? "main" : later, capacityProviders },
          how === "spelt" ? {} : { clusterName: [cluster] },
        );
  const between = resource("aws:lb/listener:Listener", {}, {}, { dependencies: set === undefined ? [] : [set.urn] });
  const waits = how === "late" || set === undefined ? [] : [how === "far" ? between.urn : set.urn];
  const capacityProviderStrategies = [
    { capacityProvider: "FARGATE", weight: 1, base: 2 },
    { capacityProvider: "FARGATE_SPOT", weight: 1 },
  ];
  return [
    cluster,
    ...(set === undefined ? [] : [set]),
    between,
    resource(
      SERVICE,
      { desiredCount: 3, cluster: later, capacityProviderStrategies },
      { cluster: [cluster] },
      { dependencies: waits },
    ),
  ];
};
export const waiting = (waits: boolean): Resource[] => {
  const built = resource(TG, {});
  const listener = resource(LISTENER, {}, { defaultActions: [built] });
  return [
    built,
    listener,
    resource(
      SERVICE,
      { desiredCount: 2, loadBalancers: [{}] },
      { loadBalancers: [built] },
      waits ? { dependencies: [built.urn, listener.urn] } : {},
    ),
  ];
};

export const connect = (inputs: Inputs) => service({ serviceConnectConfiguration: { services: [inputs] } });
export const named = (port: string): Resource[] => {
  const [built] = container({ portMappings: [{ containerPort: 80, name: "web" }] });
  return built
    ? [
        built,
        resource(
          SERVICE,
          { desiredCount: 2, serviceConnectConfiguration: { services: [{ portName: port }] } },
          { taskDefinition: [built] },
        ),
      ]
    : [];
};
export const namespaced = (region: string): Resource[] => {
  const space = resource(NAMESPACE, { region });
  return [
    space,
    resource(
      SERVICE,
      { desiredCount: 2, region: "us-east-1", serviceConnectConfiguration: { namespace: later } },
      { serviceConnectConfiguration: [space] },
    ),
  ];
};
export const mapped = (inputs: Inputs): Resource[] => {
  const space = resource(NAMESPACE, {});
  return [
    space,
    resource(CLOUD_MAP, { healthCheckCustomConfig: { failureThreshold: 1 }, ...inputs }, { namespaceId: [space] }),
  ];
};

export const tracking = (metric: string, over: Inputs = {}, specification: Inputs = {}) =>
  resource(POLICY, {
    policyType: "TargetTrackingScaling",
    resourceId: "service/c/s",
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: metric, ...specification },
    },
    ...over,
  });
export const cpu = "ECSServiceAverageCPUUtilization";
export const requests = "ALBRequestCountPerTarget";
export const label = "app/web/0123/targetgroup/web/4567";

export const cache = (inputs: Inputs) => one(CACHE, inputs);
export const token = (inputs: Inputs, transit = true): Resource[] => {
  const built = resource(PASSWORD, inputs);
  return [built, resource(CACHE, { authToken: later, transitEncryptionEnabled: transit }, { authToken: [built] })];
};
export const family = (name: string, engineVersion = "8.0"): Resource[] => {
  const built = resource(PARAMETERS, { family: name });
  return [
    built,
    resource(CACHE, { engine: "valkey", engineVersion, parameterGroupName: later }, { parameterGroupName: [built] }),
  ];
};

export const appending = (value: string): Resource[] => {
  const built = resource(PARAMETERS, { parameters: [{ name: "appendonly", value }] });
  return [
    built,
    resource(
      CACHE,
      { multiAzEnabled: true, automaticFailoverEnabled: true, parameterGroupName: later },
      { parameterGroupName: [built] },
    ),
  ];
};

export const alarm = (inputs: Inputs) => one(ALARM, inputs);
export const query = (id: string, over: Inputs = {}): Inputs => ({
  id,
  metric: { metricName: "m", period: 60 },
  ...over,
});
export const queries = (...list: readonly Inputs[]) => alarm({ metricQueries: list });

export const range = (min: number, max: number) => ({
  kind: "range" as const,
  min,
  max,
  initial: min,
  signals: [],
  schedule: [],
});
export const running = (
  min: number,
  max: number,
  over: Parameters<typeof group>[0] = {},
  quotas: Readonly<Record<string, number>> = {},
): Subject =>
  subject({
    resources: service({}),
    plan: plan({ quotas }),
    parts: [
      asReading(group({ scaling: range(min, max), rollout: { ...group().rollout, surge: min }, ...over })),
      asReading(balancerPart()),
    ],
  });
export const caches = (shards: number): Subject =>
  subject({
    resources: cache({}),
    parts: [asReading(cachePart({ topology: { kind: "sharded", shards, replicasPerShard: 2 } }))],
  });
export const nats = (number: number): Resource[] => {
  const subnet = resource(SUBNET, { availabilityZone: "us-east-1a" });
  return [subnet, ...many(number, () => resource(NAT, { subnetId: later }, { subnetId: [subnet] }))];
};
export const registered = { registry: { kind: "service-connect" as const, name: "web" } };
