import { asReading } from "../../model";
import type { Inputs, Resource, Value } from "../../model";
import type { Subject } from "../../policies";
import { balancer as balancerPart, cache as cachePart, group, plan, resource, subject } from "./fixture";

/** A program, refused or accepted. */
export type Program = readonly Resource[] | Subject;

const ALB = "aws:lb/loadBalancer:LoadBalancer";
const TG = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const CERTIFICATE = "aws:lb/listenerCertificate:ListenerCertificate";
const SUBNET = "aws:ec2/subnet:Subnet";
const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const SCALER = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";
const CLOUD_MAP = "aws:servicediscovery/service:Service";
const NAMESPACE = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const CACHE_SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";

const one = (type: string, inputs: Inputs) => [resource(type, inputs)];
const many = <T>(number: number, make: (index: number) => T): T[] =>
  Array.from({ length: number }, (_, index) => make(index));
const words = (number: number): string[] => many(number, (index) => `w${index}`);
const letters = (number: number): string => "a".repeat(number);
const later: Value = { $unknown: "after-deploy" };

const check = (inputs: Inputs, over: Inputs = {}) => one(TG, { protocol: "HTTP", healthCheck: inputs, ...over });

const subnets = (zones: readonly string[]): Resource[] => {
  const built = zones.map((availabilityZone) => resource(SUBNET, { availabilityZone }));
  return [...built, resource(ALB, { subnets: built.map(() => later) }, { subnets: built })];
};

const behind = (targetType: string | undefined): Resource[] => {
  const built = resource(TG, targetType === undefined ? {} : { targetType });
  return [
    built,
    resource(SERVICE, { desiredCount: 2, loadBalancers: [{ targetGroupArn: later }] }, { loadBalancers: [built] }),
  ];
};

const health = (dns: string, routing: number) =>
  one(TG, {
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: dns },
      unhealthyStateRouting: { minimumHealthyTargetsCount: routing },
    },
  });

const listeners = (number: number): Resource[] => {
  const built = resource(ALB, {});
  return [built, ...many(number, () => resource(LISTENER, {}, { loadBalancerArn: [built] }))];
};
const rulesOf = (number: number): Resource[] => {
  const built = resource(ALB, {});
  const listener = resource(LISTENER, {}, { loadBalancerArn: [built] });
  return [built, listener, ...many(number, () => resource(RULE, {}, { listenerArn: [listener] }))];
};
const groupsOf = (number: number): Resource[] => {
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
const certificates = (number: number): Resource[] => {
  const listener = resource(LISTENER, {});
  return [listener, ...many(number, () => resource(CERTIFICATE, {}, { listenerArn: [listener] }))];
};
const shared = (balancers: number): Resource[] => {
  const built = resource(TG, {});
  const fronts = many(balancers, () => resource(ALB, {}));
  return [
    built,
    ...fronts,
    ...fronts.map((front) => resource(LISTENER, {}, { loadBalancerArn: [front], defaultActions: [built] })),
  ];
};

const task = (inputs: Inputs) =>
  one(TASK, { requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512", containerDefinitions: "[]", ...inputs });
const container = (inputs: Inputs) => task({ containerDefinitions: JSON.stringify([{ name: "web", ...inputs }]) });
const service = (inputs: Inputs) => one(SERVICE, { desiredCount: 2, ...inputs });
const onFargate = (inputs: Inputs): Resource[] => {
  const [built] = task({});
  return built ? [built, resource(SERVICE, { desiredCount: 2, ...inputs }, { taskDefinition: [built] })] : [];
};
const strategies = (...list: readonly Inputs[]) => service({ capacityProviderStrategies: list });
const waiting = (waits: boolean): Resource[] => {
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

const connect = (inputs: Inputs) => service({ serviceConnectConfiguration: { services: [inputs] } });
const named = (port: string): Resource[] => {
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
const namespaced = (region: string): Resource[] => {
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
const mapped = (inputs: Inputs): Resource[] => {
  const space = resource(NAMESPACE, {});
  return [
    space,
    resource(CLOUD_MAP, { healthCheckCustomConfig: { failureThreshold: 1 }, ...inputs }, { namespaceId: [space] }),
  ];
};

const tracking = (metric: string, over: Inputs = {}, specification: Inputs = {}) =>
  resource(POLICY, {
    policyType: "TargetTrackingScaling",
    resourceId: "service/c/s",
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: metric, ...specification },
    },
    ...over,
  });
const cpu = "ECSServiceAverageCPUUtilization";
const requests = "ALBRequestCountPerTarget";
const label = "app/web/0123/targetgroup/web/4567";

const cache = (inputs: Inputs) => one(CACHE, inputs);
const token = (inputs: Inputs, transit = true): Resource[] => {
  const built = resource(PASSWORD, inputs);
  return [built, resource(CACHE, { authToken: later, transitEncryptionEnabled: transit }, { authToken: [built] })];
};
const family = (name: string, engineVersion = "8.0"): Resource[] => {
  const built = resource(PARAMETERS, { family: name });
  return [
    built,
    resource(CACHE, { engine: "valkey", engineVersion, parameterGroupName: later }, { parameterGroupName: [built] }),
  ];
};

const appending = (value: string): Resource[] => {
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

const alarm = (inputs: Inputs) => one(ALARM, inputs);
const query = (id: string, over: Inputs = {}): Inputs => ({ id, metric: { metricName: "m", period: 60 }, ...over });
const queries = (...list: readonly Inputs[]) => alarm({ metricQueries: list });

const range = (min: number, max: number) => ({
  kind: "range" as const,
  min,
  max,
  initial: min,
  signals: [],
  schedule: [],
});
const running = (
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
const caches = (shards: number): Subject =>
  subject({
    resources: cache({}),
    parts: [asReading(cachePart({ topology: { kind: "sharded", shards, replicasPerShard: 2 } }))],
  });
const nats = (number: number): Resource[] => {
  const subnet = resource(SUBNET, { availabilityZone: "us-east-1a" });
  return [subnet, ...many(number, () => resource(NAT, { subnetId: later }, { subnetId: [subnet] }))];
};
const registered = { registry: { kind: "service-connect" as const, name: "web" } };

/** Each id: a program that AWS refuses, and its neighbour that it takes. */
export const deployableCases: Readonly<Record<string, readonly (readonly [refused: Program, accepted: Program])[]>> = {
  "balancer-name": [
    [one(ALB, { name: letters(33) }), one(ALB, { name: letters(32) })],
    [one(ALB, { name: "internal-web" }), one(ALB, { name: "web-internal" })],
    [one(ALB, { name: "web-" }), one(ALB, { name: "w-b" })],
  ],
  "idle-timeout": [
    [one(ALB, { idleTimeout: 0 }), one(ALB, { idleTimeout: 1 })],
    [one(ALB, { idleTimeout: 4001 }), one(ALB, { idleTimeout: 4000 })],
  ],
  "client-keep-alive": [
    [one(ALB, { clientKeepAlive: 59 }), one(ALB, { clientKeepAlive: 60 })],
    [one(ALB, { clientKeepAlive: 604801 }), one(ALB, { clientKeepAlive: 604800 })],
  ],
  "client-routing-policy": [
    [
      one(ALB, { dnsRecordClientRoutingPolicy: "anyAvailabilityZone" }),
      one(ALB, { dnsRecordClientRoutingPolicy: "any_availability_zone" }),
    ],
  ],
  "balancer-zones": [
    [subnets(["a", "a"]), subnets(["a", "b"])],
    [one(ALB, { subnets: ["subnet-1"] }), subnets(["a", "b", "c"])],
  ],
  "balancer-subnets-per-zone": [
    [subnets(["a", "b", "b"]), subnets(["a", "b", "c"])],
    [one(ALB, { subnets: ["s1", "s2"], subnetMappings: [] }), subnets(["a", "b"])],
  ],
  "health-check-interval": [
    [check({ interval: 4 }), check({ interval: 5 })],
    [check({ interval: 301 }), check({ interval: 300 })],
  ],
  "health-check-timeout": [
    [check({ timeout: 1 }), check({ timeout: 2 })],
    [check({ timeout: 121 }), check({ timeout: 120 })],
  ],
  "health-check-interval-over-timeout": [
    [check({ interval: 5, timeout: 5 }), check({ interval: 6, timeout: 5 })],
    [check({ interval: 6 }), check({ interval: 7 })],
    [check({ interval: 10, protocol: "HTTPS" }), check({ interval: 11, protocol: "HTTPS" })],
  ],
  "health-check-healthy-threshold": [
    [check({ healthyThreshold: 1 }), check({ healthyThreshold: 2 })],
    [check({ healthyThreshold: 11 }), check({ healthyThreshold: 10 })],
  ],
  "health-check-unhealthy-threshold": [
    [check({ unhealthyThreshold: 1 }), check({ unhealthyThreshold: 2 })],
    [check({ unhealthyThreshold: 11 }), check({ unhealthyThreshold: 10 })],
  ],
  "health-check-matcher": [
    [check({ matcher: "200-500" }), check({ matcher: "200-499" })],
    [check({ matcher: "199" }), check({ matcher: "200,302" })],
    [check({ matcher: "2xx" }), check({ matcher: "200" })],
  ],
  "health-check-matcher-grpc": [
    [check({ matcher: "0-100" }, { protocolVersion: "GRPC" }), check({ matcher: "0-99" }, { protocolVersion: "GRPC" })],
  ],
  "health-check-matcher-network": [
    [check({ matcher: "200-600" }, { protocol: "TCP" }), check({ matcher: "200-599" }, { protocol: "TCP" })],
  ],
  "health-check-path": [
    [check({ path: "health" }), check({ path: "/health" })],
    [check({ path: `/${letters(1024)}` }), check({ path: `/${letters(1023)}` })],
  ],
  "health-check-protocol": [[check({ protocol: "TCP" }), check({ protocol: "HTTPS" })]],
  "health-check-enabled": [[check({ enabled: false }), check({ enabled: true })]],
  "target-type-awsvpc": [
    [behind("instance"), behind("ip")],
    [behind(undefined), behind("ip")],
  ],
  "target-group-name": [
    [one(TG, { name: letters(33) }), one(TG, { name: letters(32) })],
    [one(TG, { name: "a_b" }), one(TG, { name: "a-b" })],
  ],
  "target-group-name-prefix": [[one(TG, { namePrefix: letters(7) }), one(TG, { namePrefix: letters(6) })]],
  "target-group-logical-name": [
    [[resource(TG, {}, {}, { name: letters(25) })], [resource(TG, {}, {}, { name: letters(24) })]],
  ],
  "deregistration-delay": [
    [one(TG, { deregistrationDelay: 3601 }), one(TG, { deregistrationDelay: 3600 })],
    [one(TG, { deregistrationDelay: -1 }), one(TG, { deregistrationDelay: 0 })],
  ],
  "slow-start": [
    [one(TG, { slowStart: 29 }), one(TG, { slowStart: 30 })],
    [one(TG, { slowStart: 901 }), one(TG, { slowStart: 900 })],
    [one(TG, { slowStart: 1 }), one(TG, { slowStart: 0 })],
  ],
  "routing-algorithm": [
    [
      one(TG, { loadBalancingAlgorithmType: "leastOutstandingRequests" }),
      one(TG, { loadBalancingAlgorithmType: "least_outstanding_requests" }),
    ],
  ],
  "cross-zone": [
    [one(TG, { loadBalancingCrossZoneEnabled: "on" }), one(TG, { loadBalancingCrossZoneEnabled: "true" })],
  ],
  "target-health-dns-over-routing": [[health("1", 2), health("2", 2)]],
  "listener-certificate": [
    [one(LISTENER, { protocol: "HTTPS" }), one(LISTENER, { protocol: "HTTPS", certificateArn: "arn:aws:acm:c" })],
    [one(LISTENER, { protocol: "HTTP", certificateArn: "arn:aws:acm:c" }), one(LISTENER, { protocol: "HTTP" })],
  ],
  "balancers-per-region": [[many(51, () => resource(ALB, {})), many(50, () => resource(ALB, {}))]],
  "target-groups-per-region": [[many(3001, () => resource(TG, {})), many(3000, () => resource(TG, {}))]],
  "listeners-per-balancer": [[listeners(51), listeners(50)]],
  "certificates-per-balancer": [[certificates(26), certificates(25)]],
  "rules-per-balancer": [[rulesOf(101), rulesOf(100)]],
  "target-groups-per-balancer": [[groupsOf(101), groupsOf(100)]],
  "balancers-per-target-group": [[shared(2), shared(1)]],
  "target-groups-per-action": [
    [
      one(LISTENER, { defaultActions: [{ forward: { targetGroups: words(6) } }] }),
      one(LISTENER, { defaultActions: [{ forward: { targetGroups: words(5) } }] }),
    ],
  ],

  "fargate-size": [
    [task({ cpu: "1024", memory: "1024" }), task({ cpu: "1024", memory: "2048" })],
    [task({ cpu: "8192", memory: "18432" }), task({ cpu: "8192", memory: "20480" })],
    [task({ cpu: "1000", memory: "2048" }), task({ cpu: "1 vCPU", memory: "2 GB" })],
  ],
  "fargate-gpu": [[container({ resourceRequirements: [{ type: "GPU", value: "1" }] }), container({})]],
  "container-check-interval": [
    [container({ healthCheck: { interval: 4 } }), container({ healthCheck: { interval: 5 } })],
    [container({ healthCheck: { interval: 301 } }), container({ healthCheck: { interval: 300 } })],
  ],
  "container-check-timeout": [
    [container({ healthCheck: { timeout: 1 } }), container({ healthCheck: { timeout: 2 } })],
    [container({ healthCheck: { timeout: 61 } }), container({ healthCheck: { timeout: 60 } })],
  ],
  "container-check-retries": [
    [container({ healthCheck: { retries: 0 } }), container({ healthCheck: { retries: 1 } })],
    [container({ healthCheck: { retries: 11 } }), container({ healthCheck: { retries: 10 } })],
  ],
  "container-check-start-period": [
    [container({ healthCheck: { startPeriod: 301 } }), container({ healthCheck: { startPeriod: 300 } })],
  ],
  "stop-timeout": [[container({ stopTimeout: 121 }), container({ stopTimeout: 120 })]],
  "rollout-room": [
    [
      service({ desiredCount: 1, deploymentMinimumHealthyPercent: 100, deploymentMaximumPercent: 150 }),
      service({ desiredCount: 1, deploymentMinimumHealthyPercent: 100, deploymentMaximumPercent: 200 }),
    ],
    [
      service({ desiredCount: 2, deploymentMaximumPercent: 125 }),
      service({ desiredCount: 2, deploymentMaximumPercent: 150 }),
    ],
  ],
  "zone-rebalancing": [
    [service({ availabilityZoneRebalancing: "enabled" }), service({ availabilityZoneRebalancing: "ENABLED" })],
  ],
  "rebalancing-maximum-percent": [
    [
      service({ availabilityZoneRebalancing: "ENABLED", deploymentMaximumPercent: 100 }),
      service({ availabilityZoneRebalancing: "ENABLED", deploymentMaximumPercent: 101 }),
    ],
    [
      service({ availabilityZoneRebalancing: "ENABLED", schedulingStrategy: "DAEMON" }),
      service({ availabilityZoneRebalancing: "ENABLED", schedulingStrategy: "REPLICA" }),
    ],
  ],
  "circuit-breaker-rolling": [
    [
      service({ deploymentCircuitBreaker: { enable: true }, deploymentController: { type: "CODE_DEPLOY" } }),
      service({ deploymentCircuitBreaker: { enable: true } }),
    ],
  ],
  "deployment-alarms-rolling": [
    [
      service({ alarms: { alarmNames: [] }, deploymentController: { type: "CODE_DEPLOY" } }),
      service({ alarms: { alarmNames: [] }, deploymentController: { type: "ECS" } }),
    ],
  ],
  "grace-period": [[service({ healthCheckGracePeriodSeconds: -1 }), service({ healthCheckGracePeriodSeconds: 0 })]],
  "grace-period-balancer": [
    [
      service({ healthCheckGracePeriodSeconds: 60 }),
      service({ healthCheckGracePeriodSeconds: 60, loadBalancers: [{}] }),
    ],
  ],
  "fargate-launch-type": [
    [onFargate({}), onFargate({ launchType: "FARGATE" })],
    [onFargate({ launchType: "EC2" }), onFargate({ capacityProviderStrategies: [] })],
  ],
  "launch-type-or-strategies": [
    [service({ launchType: "FARGATE", capacityProviderStrategies: [] }), service({ launchType: "FARGATE" })],
  ],
  "fargate-scheduling": [
    [service({ launchType: "FARGATE", schedulingStrategy: "DAEMON" }), service({ launchType: "FARGATE" })],
  ],
  "capacity-providers": [
    [strategies(...many(21, () => ({ weight: 1 }))), strategies(...many(20, () => ({ weight: 1 })))],
  ],
  "capacity-weight": [
    [strategies({ weight: 0 }, { weight: 0 }), strategies({ weight: 0 }, { weight: 1 })],
    [strategies({ weight: 1001 }), strategies({ weight: 1000 })],
  ],
  "capacity-base": [[strategies({ base: 100001 }), strategies({ base: 100000 })]],
  "capacity-bases": [[strategies({ base: 1 }, { base: 1 }), strategies({ base: 1 }, { base: 0 })]],
  "subnets-per-service": [
    [
      service({ networkConfiguration: { subnets: words(17) } }),
      service({ networkConfiguration: { subnets: words(16) } }),
    ],
  ],
  "security-groups-per-service": [
    [
      service({ networkConfiguration: { securityGroups: words(6) } }),
      service({ networkConfiguration: { securityGroups: words(5) } }),
    ],
  ],
  "target-groups-per-service": [[service({ loadBalancers: words(6) }), service({ loadBalancers: words(5) })]],
  "service-after-listener": [[waiting(false), waiting(true)]],
  "service-count": [[one(SERVICE, {}), one(SERVICE, { desiredCount: 1 })]],

  "service-connect-name": [
    [connect({ discoveryName: "Web" }), connect({ discoveryName: "web" })],
    [connect({ discoveryName: letters(65) }), connect({ discoveryName: letters(64) })],
  ],
  "service-connect-aliases": [
    [connect({ clientAlias: [{ port: 80 }, { port: 81 }] }), connect({ clientAlias: [{ port: 80 }] })],
  ],
  "service-connect-dns-name": [
    [connect({ clientAlias: [{ dnsName: letters(128) }] }), connect({ clientAlias: [{ dnsName: letters(127) }] })],
  ],
  "service-connect-port-name": [[named("http"), named("web")]],
  "cloud-map-failure-threshold": [[mapped({ healthCheckCustomConfig: { failureThreshold: 2 } }), mapped({})]],
  "cloud-map-region": [[namespaced("us-west-2"), namespaced("us-east-1")]],

  "scaling-target-id": [
    [one(SCALER, { resourceId: "arn:aws:ecs:x:service/c/s" }), one(SCALER, { resourceId: "service/c/s" })],
  ],
  "scaling-resource-label": [
    [
      [tracking(requests, {}, { resourceLabel: "app/web/targetgroup/web" })],
      [tracking(requests, {}, { resourceLabel: label })],
    ],
  ],
  "scaling-label-metric": [
    [[tracking(cpu, {}, { resourceLabel: label })], [tracking(cpu)]],
    [[tracking(requests)], [tracking(requests, {}, { resourceLabel: label })]],
  ],
  "scaling-policies-per-metric": [
    [
      [tracking(cpu), tracking(cpu)],
      [tracking(cpu), tracking("ECSServiceAverageMemoryUtilization"), tracking(cpu, { resourceId: "service/c/t" })],
    ],
  ],
  "scaling-policy-type": [[[resource(POLICY, { targetTrackingScalingPolicyConfiguration: {} })], [tracking(cpu)]]],
  "scaling-minimum": [[one(SCALER, { minCapacity: -1 }), one(SCALER, { minCapacity: 0 })]],
  "scaling-bounds": [
    [one(SCALER, { minCapacity: 4, maxCapacity: 3 }), one(SCALER, { minCapacity: 4, maxCapacity: 4 })],
  ],

  "replication-group-id": [
    [cache({ replicationGroupId: letters(41) }), cache({ replicationGroupId: letters(40) })],
    [cache({ replicationGroupId: "a--b" }), cache({ replicationGroupId: "a-b" })],
    [cache({ replicationGroupId: "1a" }), cache({ replicationGroupId: "a1" })],
  ],
  "replication-group-logical-name": [
    [[resource(CACHE, {}, {}, { name: letters(33) })], [resource(CACHE, {}, {}, { name: letters(32) })]],
  ],
  "cache-clusters": [[cache({ numCacheClusters: 7 }), cache({ numCacheClusters: 6 })]],
  "cache-replicas-per-shard": [[cache({ replicasPerNodeGroup: 6 }), cache({ replicasPerNodeGroup: 5 })]],
  "cache-failover-nodes": [
    [
      cache({ automaticFailoverEnabled: true, numCacheClusters: 1 }),
      cache({ automaticFailoverEnabled: true, numCacheClusters: 2 }),
    ],
  ],
  "cache-multi-az": [
    [appending("yes"), appending("no")],
    [cache({ multiAzEnabled: true }), cache({ multiAzEnabled: true, automaticFailoverEnabled: true })],
    [
      cache({ multiAzEnabled: true, automaticFailoverEnabled: true, nodeType: "cache.t1.micro" }),
      cache({ multiAzEnabled: true, automaticFailoverEnabled: true, nodeType: "cache.t4g.micro" }),
    ],
  ],
  "cache-cluster-failover": [
    [cache({ numNodeGroups: 2 }), cache({ numNodeGroups: 2, automaticFailoverEnabled: true })],
  ],
  "cache-nodes-per-cluster": [
    [cache({ numNodeGroups: 31, replicasPerNodeGroup: 2 }), cache({ numNodeGroups: 30, replicasPerNodeGroup: 2 })],
  ],
  "cache-topology-arguments": [
    [cache({ numCacheClusters: 2, replicasPerNodeGroup: 1 }), cache({ numCacheClusters: 2 })],
  ],
  "cache-auth-arguments": [
    [
      cache({ authToken: letters(16), transitEncryptionEnabled: true, userGroupIds: [] }),
      cache({ authToken: letters(16), transitEncryptionEnabled: true }),
    ],
  ],
  "cache-zone-arguments": [
    [cache({ preferredCacheClusterAzs: [], nodeGroupConfigurations: [] }), cache({ preferredCacheClusterAzs: [] })],
  ],
  "cache-subnets-per-group": [
    [one(CACHE_SUBNETS, { subnetIds: words(21) }), one(CACHE_SUBNETS, { subnetIds: words(20) })],
  ],
  "cache-auth-token": [
    [
      cache({ authToken: letters(15), transitEncryptionEnabled: true }),
      cache({ authToken: letters(16), transitEncryptionEnabled: true }),
    ],
    [
      cache({ authToken: `${letters(16)}@`, transitEncryptionEnabled: true }),
      cache({ authToken: `${letters(16)}!`, transitEncryptionEnabled: true }),
    ],
    [cache({ authToken: letters(16) }), cache({ authToken: letters(128), transitEncryptionEnabled: true })],
    [token({ length: 32 }), token({ length: 32, special: false })],
    [token({ length: 32, overrideSpecial: "!@" }), token({ length: 32, overrideSpecial: "!&#$^<>-" })],
    [token({ length: 129, special: false }), token({ length: 128, special: false })],
  ],
  "cache-transit-mode": [[cache({ transitEncryptionMode: "Required" }), cache({ transitEncryptionMode: "required" })]],
  "cache-network-type": [[cache({ networkType: "dualStack" }), cache({ networkType: "dual_stack" })]],
  "redis-version": [
    [cache({ engine: "redis", engineVersion: "7.1.0" }), cache({ engine: "redis", engineVersion: "7.1" })],
  ],
  "valkey-version": [
    [cache({ engine: "valkey", engineVersion: "8.0.1" }), cache({ engine: "valkey", engineVersion: "8.0" })],
    [cache({ engine: "valkey", engineVersion: "7.1" }), cache({ engine: "valkey", engineVersion: "7.2" })],
  ],
  "cache-parameter-family": [
    [family("valkey7"), family("valkey8")],
    [family("valkey8", "7.2"), family("valkey7", "7.2")],
  ],
  "cache-durability-version": [
    [
      cache({ durability: "enabled", engine: "valkey", engineVersion: "8.1", numNodeGroups: 1 }),
      cache({ durability: "enabled", engine: "valkey", engineVersion: "9.0", numNodeGroups: 1 }),
    ],
    [
      cache({ durability: "enabled", engine: "valkey", engineVersion: "9.0" }),
      cache({ durability: "enabled", engine: "valkey", engineVersion: "9.1", numNodeGroups: 1 }),
    ],
  ],
  "cache-snapshot-days": [[cache({ snapshotRetentionLimit: 36 }), cache({ snapshotRetentionLimit: 35 })]],

  "alarm-period": [
    [alarm({ period: 45 }), alarm({ period: 30 })],
    [queries(query("a", { metric: { period: 90 } })), queries(query("a", { metric: { period: 120 } }))],
    [alarm({ period: 0 }), alarm({ period: 10 })],
  ],
  "alarm-window": [[alarm({ period: 60, evaluationPeriods: 1441 }), alarm({ period: 60, evaluationPeriods: 1440 })]],
  "alarm-window-long": [
    [alarm({ period: 3600, evaluationPeriods: 169 }), alarm({ period: 3600, evaluationPeriods: 168 })],
  ],
  "alarm-datapoints": [
    [alarm({ datapointsToAlarm: 4, evaluationPeriods: 3 }), alarm({ datapointsToAlarm: 3, evaluationPeriods: 3 })],
    [alarm({ datapointsToAlarm: 0, evaluationPeriods: 3 }), alarm({ datapointsToAlarm: 1, evaluationPeriods: 3 })],
  ],
  "alarm-actions": [
    [alarm({ alarmActions: words(6) }), alarm({ alarmActions: words(5) })],
    [alarm({ okActions: words(6) }), alarm({ okActions: words(5) })],
  ],
  "alarm-missing-data": [[alarm({ treatMissingData: "not-breaching" }), alarm({ treatMissingData: "notBreaching" })]],
  "alarm-queries": [
    [queries(...many(21, (index) => query(`q${index}`))), queries(...many(20, (index) => query(`q${index}`)))],
  ],
  "alarm-query-metrics": [
    [queries(...many(11, (index) => query(`q${index}`))), queries(...many(10, (index) => query(`q${index}`)))],
    [
      queries(...many(11, (index) => ({ id: `e${index}`, expression: "1" }))),
      queries(...many(10, (index) => ({ id: `e${index}`, expression: "1" }))),
    ],
  ],
  "alarm-return-data": [
    [
      queries(query("a", { returnData: true }), query("b", { returnData: true })),
      queries(query("a", { returnData: true }), query("b")),
    ],
    [queries(query("a")), queries(query("a", { returnData: true }))],
  ],
  "alarm-query-id": [[queries(query("Errors")), queries(query("errors"))]],
  "alarm-statistic": [
    [
      alarm({ metricName: "m", statistic: "Sum", extendedStatistic: "p99" }),
      alarm({ metricName: "m", extendedStatistic: "p99" }),
    ],
    [alarm({ metricName: "m" }), alarm({ metricName: "m", statistic: "Sum" })],
  ],
  "alarm-query-arguments": [
    [alarm({ metricQueries: [query("a")], namespace: "AWS/ECS" }), alarm({ metricQueries: [query("a")] })],
  ],
  "topic-lets-alarms-in": [
    [one(TOPIC_POLICY, { policy: "{}" }), one(TOPIC_POLICY, { policy: '{"Service":"cloudwatch.amazonaws.com"}' })],
  ],

  "nat-regional-subnet": [
    [
      one(NAT, { availabilityMode: "regional", vpcId: "v", subnetId: "s" }),
      one(NAT, { availabilityMode: "regional", vpcId: "v" }),
    ],
    [one(NAT, { availabilityMode: "regional" }), one(NAT, { availabilityMode: "regional", vpcId: "v" })],
  ],
  "addresses-per-nat": [
    [
      one(NAT, { allocationId: "a", secondaryAllocationIds: ["b", "c"] }),
      one(NAT, { allocationId: "a", secondaryAllocationIds: ["b"] }),
    ],
  ],

  "fargate-vcpus": [
    [running(4, 8), running(3, 8)],
    [running(4, 8, {}, { fargateVcpus: 7 }), running(4, 8, {}, { fargateVcpus: 8 })],
  ],
  "tasks-per-service": [
    [running(1, 5001), running(1, 5000)],
    [running(1, 11, {}, { tasksPerService: 10 }), running(1, 10, {}, { tasksPerService: 10 })],
  ],
  "targets-per-group": [
    [running(1, 1001), running(1, 1000)],
    [running(1, 1001, {}, { targetsPerGroup: 1000 }), running(1, 1001, {}, { targetsPerGroup: 1001 })],
  ],
  "targets-per-balancer": [[running(1, 1001), running(1, 1000)]],
  "service-connect-tasks": [[running(1, 1001, registered), running(1, 1000, registered)]],
  "services-per-cluster": [
    [
      many(5001, () => resource(SERVICE, { desiredCount: 1 })),
      many(5000, () => resource(SERVICE, { desiredCount: 1 })),
    ],
  ],
  "cache-nodes-per-region": [[caches(101), caches(100)]],
  "elastic-ips-per-region": [[many(6, () => resource(EIP, {})), many(5, () => resource(EIP, {}))]],
  "nat-gateways-per-zone": [[nats(6), nats(5)]],
};

/** What has no accepted neighbour of its own: the block itself is the mistake. */
export const blockIsTheMistake: Readonly<Record<string, Program>> = {
  "cloud-map-health-check": mapped({ healthCheckConfig: {} }),
};
