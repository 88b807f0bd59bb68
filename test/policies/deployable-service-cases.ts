import {
  ALB,
  TG,
  LISTENER,
  RULE,
  SERVICE,
  one,
  many,
  words,
  letters,
  check,
  subnets,
  behind,
  health,
  listeners,
  rulesOf,
  groupsOf,
  certificates,
  shared,
  task,
  container,
  service,
  onFargate,
  strategies,
  inCluster,
  waiting,
  type Program,
} from "./deployable-programs";
import type { Inputs } from "../../model";
import { resource } from "./fixture";

/** A service that may say nothing, in a cluster that says what then. */
const byDefault = (defaultCapacityProviderStrategies: readonly Inputs[], inputs: Inputs = {}) => {
  const [built] = task({});
  const cluster = resource("aws:ecs/cluster:Cluster", { name: "main" });
  const set = resource(
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    { capacityProviders: ["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategies },
    { clusterName: [cluster] },
  );
  const taken = built === undefined ? {} : { taskDefinition: [built], cluster: [cluster] };
  return [
    ...(built === undefined ? [] : [built]),
    cluster,
    set,
    resource(SERVICE, { desiredCount: 2, ...inputs }, taken),
  ];
};
const onSpotOf = (inputs: Inputs, cpuArchitecture = "X86_64", operatingSystemFamily = "LINUX") => {
  const [built] = task({ runtimePlatform: { cpuArchitecture, operatingSystemFamily } });
  const strategy = { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }], ...inputs };
  return built === undefined
    ? []
    : [built, resource(SERVICE, { desiredCount: 2, ...strategy }, { taskDefinition: [built] })];
};
const onListener = (priorities: readonly number[]) => {
  const listener = resource(LISTENER, {});
  return [listener, ...priorities.map((priority) => resource(RULE, { priority }, { listenerArn: [listener] }))];
};
const paths = (number: number) => ({ pathPattern: { values: words(number).map((word) => `/${word}`) } });
const host = (value: string) => one(RULE, { conditions: [{ hostHeader: { values: [value] } }] });
const path = (value: string) => one(RULE, { conditions: [{ pathPattern: { values: [value] } }] });

const logging = (logDriver: string, options: Inputs = {}) => container({ logConfiguration: { logDriver, options } });
const awslogs = (options: Readonly<Record<string, string | undefined>>, on: readonly string[] = ["FARGATE"]) => {
  const all = { "awslogs-group": "/web", "awslogs-region": "us-east-1", ...options };
  const web = { name: "web", logConfiguration: { logDriver: "awslogs", options: all } };
  return task({ requiresCompatibilities: on, containerDefinitions: JSON.stringify([web]) });
};
/** A container whose lines a router takes; what the router says else. */
const routed = (router: Inputs, on: readonly string[] = ["FARGATE"], others: readonly Inputs[] = []) => {
  const web = { name: "web", logConfiguration: { logDriver: "awsfirelens", options: { Name: "s3" } } };
  const beside = { name: "router", firelensConfiguration: { type: "fluentbit" }, ...router };
  const more = others.map((each, index) => ({ name: `c${index}`, ...each }));
  return task({ requiresCompatibilities: on, containerDefinitions: JSON.stringify([web, beside, ...more]) });
};
const ofFile = (sort: string) => ({ type: "fluentbit", options: { "config-file-type": sort } });
const buffering = (lines: string) =>
  task({
    containerDefinitions: JSON.stringify([
      { name: "web", logConfiguration: { logDriver: "awsfirelens", options: { "log-driver-buffer-limit": lines } } },
      { name: "router", firelensConfiguration: { type: "fluentbit" } },
    ]),
  });

const containers = (...list: readonly Inputs[]) =>
  task({ containerDefinitions: JSON.stringify(list.map((each, index) => ({ name: `c${index}`, ...each }))) });
const waitingFor = (condition: string, other: Inputs, containerName = "c1") =>
  containers({ dependsOn: [{ containerName, condition }] }, other);

/** Balancers and services: a program that AWS refuses, and its neighbour that it takes. */
export const serviceCases: Readonly<Record<string, readonly (readonly [refused: Program, accepted: Program])[]>> = {
  "balancer-name": [
    [one(ALB, { name: letters(33) }), one(ALB, { name: letters(32) })],
    [one(ALB, { name: "internal-web" }), one(ALB, { name: "web-internal" })],
    [one(ALB, { name: "web-" }), one(ALB, { name: "w-b" })],
    [[resource(ALB, {}, {}, { name: "internal" })], [resource(ALB, {}, {}, { name: "internals" })]],
    [
      [resource(ALB, {}, {}, { name: "internal-us-east-1" })],
      [resource(ALB, { namePrefix: "inter-" }, {}, { name: "internal-us-east-1" })],
    ],
    [one(ALB, { namePrefix: "internal-" }), one(ALB, { namePrefix: "intern" })],
  ],
  "listener-rule-priority": [
    [one(RULE, { priority: 0 }), one(RULE, { priority: 1 })],
    [one(RULE, { priority: 50_001 }), one(RULE, { priority: 50_000 })],
  ],
  "listener-rule-priority-unique": [
    [onListener([7, 7]), onListener([7, 8])],
    [
      ["a", "a"].flatMap((listenerArn) => one(RULE, { listenerArn, priority: 7 })),
      ["a", "b"].flatMap((listenerArn) => one(RULE, { listenerArn, priority: 7 })),
    ],
  ],
  "listener-rule-conditions": [
    [one(RULE, { conditions: [] }), one(RULE, { conditions: [{ pathPattern: { values: ["/a"] } }] })],
    [
      one(RULE, {
        conditions: [{ hostHeader: { values: ["a.example.com"] } }, { hostHeader: { values: ["b.example.com"] } }],
      }),
      one(RULE, { conditions: [{ hostHeader: { values: ["a.example.com", "b.example.com"] } }] }),
    ],
  ],
  "listener-rule-values": [
    [one(RULE, { conditions: [paths(6)] }), one(RULE, { conditions: [paths(5)] })],
    [
      one(RULE, { conditions: [paths(3), { queryStrings: [{ value: "a" }, { value: "b" }, { value: "c" }] }] }),
      one(RULE, { conditions: [paths(3), { queryStrings: [{ value: "a" }, { value: "b" }] }] }),
    ],
  ],
  "listener-rule-wildcards": [
    [
      one(RULE, { conditions: [{ pathPattern: { values: ["/a*b*c*d", "/?/?/?/?"] } }] }),
      one(RULE, { conditions: [{ pathPattern: { values: ["/a*b*c*d", "/?/?/?"] } }] }),
    ],
  ],
  "listener-rule-host": [
    [host("localhost"), host("local.host")],
    [host("example.*"), host("*.example")],
    [host(`${letters(125)}.com`), host(`${letters(124)}.com`)],
  ],
  "listener-rule-path": [
    [path("/a b"), path("/a+b")],
    [path(`/${letters(128)}`), path(`/${letters(127)}`)],
  ],
  "container-cpu-sum": [[containers({ cpu: 200 }, { cpu: 57 }), containers({ cpu: 200 }, { cpu: 56 })]],
  "container-memory-sum": [
    [containers({ memory: 500 }, { memory: 13 }), containers({ memory: 500 }, { memory: 12 })],
    [containers({ memory: 500 }, { memoryReservation: 13 }), containers({ memory: 500 }, { memoryReservation: 12 })],
  ],
  "container-memory": [[containers({ memory: 5 }), containers({ memory: 6 })]],
  "container-dependency": [
    [waitingFor("START", {}, "sidecar"), waitingFor("START", {})],
    [waitingFor("SUCCESS", {}), waitingFor("SUCCESS", { essential: false })],
    [waitingFor("HEALTHY", {}), waitingFor("HEALTHY", { healthCheck: { command: ["CMD", "true"] } })],
    [waitingFor("STARTED", {}), waitingFor("START", {})],
  ],
  "log-driver": [[logging("gelf"), logging("splunk")]],
  "log-options": [
    [logging("splunk", { Port: 443 }), logging("splunk", { Port: "443" })],
    [awslogs({}), awslogs({ "awslogs-stream-prefix": "web" })],
    [
      awslogs({ "awslogs-stream-prefix": "web", "awslogs-group": undefined }),
      awslogs({ "awslogs-stream-prefix": "web" }),
    ],
    [awslogs({ "awslogs-region": undefined }, ["EC2"]), awslogs({}, ["EC2"])],
    [buffering("536870912"), buffering("536870911")],
    [buffering("-1"), buffering("0")],
    [buffering("some"), buffering("1")],
  ],
  "firelens-router": [
    [logging("awsfirelens"), routed({})],
    [containers({ firelensConfiguration: { type: "fluentbit" } }), routed({})],
    [routed({}, ["FARGATE"], [{ firelensConfiguration: { type: "fluentd" } }]), routed({}, ["FARGATE"], [{}])],
    [routed({ firelensConfiguration: { type: "vector" } }), routed({ firelensConfiguration: { type: "fluentd" } })],
    [routed({ user: "1000" }), routed({ user: "0" })],
    [routed({ firelensConfiguration: ofFile("s3") }), routed({ firelensConfiguration: ofFile("file") })],
    [routed({ firelensConfiguration: ofFile("s3") }), routed({ firelensConfiguration: ofFile("s3") }, ["EC2"])],
  ],
  "registry-credentials": [
    [
      container({ repositoryCredentials: { credentialsParameter: "arn:aws:ssm:us-east-1:123456789012:parameter/x" } }),
      container({
        repositoryCredentials: {
          credentialsParameter: "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf",
        },
      }),
    ],
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
    [byDefault([]), byDefault([{ capacityProvider: "FARGATE", weight: 1 }])],
    [
      byDefault([{ capacityProvider: "FARGATE", weight: 1 }], { launchType: "EC2" }),
      byDefault([{ capacityProvider: "FARGATE_SPOT", weight: 1 }]),
    ],
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
    [strategies({}, {}), strategies({}, { weight: 1 })],
    [strategies({ weight: 0 }, {}), strategies({ weight: 0 }, { weight: 1 })],
    [strategies({ weight: 0 }), strategies({ weight: 1 })],
    [strategies({ weight: 1001 }), strategies({ weight: 1000 })],
  ],
  "capacity-base": [[strategies({ base: 100001 }), strategies({ base: 100000 })]],
  "capacity-bases": [[strategies({ base: 1 }, { base: 1 }), strategies({ base: 1 }, { base: 0 })]],
  "spot-platform": [
    [onSpotOf({ platformVersion: "1.2.0" }), onSpotOf({ platformVersion: "1.3.0" })],
    [onSpotOf({ platformVersion: "1.3.0" }, "ARM64"), onSpotOf({ platformVersion: "1.4.0" }, "ARM64")],
    [onSpotOf({}, "X86_64", "WINDOWS_SERVER_2022_CORE"), onSpotOf({ platformVersion: "LATEST" }, "X86_64", "LINUX")],
    [onSpotOf({ platformVersion: "1.0.0" }), onSpotOf({})],
  ],
  "capacity-provider-of-cluster": [
    [inCluster(null), inCluster(["FARGATE", "FARGATE_SPOT"])],
    [inCluster(["FARGATE"]), inCluster(["FARGATE_SPOT", "FARGATE"])],
    [inCluster([]), inCluster(["FARGATE", "FARGATE_SPOT"], "spelt")],
  ],
  "service-after-capacity": [
    [inCluster(["FARGATE", "FARGATE_SPOT"], "late"), inCluster(["FARGATE", "FARGATE_SPOT"])],
    [inCluster(["FARGATE", "FARGATE_SPOT"], "late"), inCluster(["FARGATE", "FARGATE_SPOT"], "far")],
  ],
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
};
