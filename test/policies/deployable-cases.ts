import {
  SERVICE,
  SCALER,
  POLICY,
  CACHE,
  CACHE_SUBNETS,
  TOPIC_POLICY,
  NAT,
  EIP,
  one,
  many,
  words,
  letters,
  connect,
  named,
  namespaced,
  mapped,
  tracking,
  cpu,
  requests,
  label,
  cache,
  token,
  family,
  appending,
  alarm,
  query,
  queries,
  running,
  caches,
  nats,
  registered,
  type Program,
} from "./deployable-programs";
import { resource } from "./fixture";

/** Registry, scaler, cache, alarms, network and quotas: a program that AWS refuses, and its neighbour that it takes. */
const halfSpot = (replicas: number) => ({
  runtime: {
    kind: "ecs-fargate" as const,
    architecture: "x86_64" as const,
    spotShare: 0.5,
    base: { replicas, on: "on-demand" as const },
    rebalancing: true,
  },
});

export const otherCases: Readonly<Record<string, readonly (readonly [refused: Program, accepted: Program])[]>> = {
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
    [
      one(NAT, { availabilityMode: "regional", vpcId: "v", connectivityType: "private" }),
      one(NAT, { availabilityMode: "regional", vpcId: "v", connectivityType: "public" }),
    ],
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
    // Of six on half Spot beyond a base of two four are On-Demand, and as many in a rollout; beyond three it may be five.
    [running(6, 8, halfSpot(3), { fargateVcpus: 8 }), running(6, 8, halfSpot(2), { fargateVcpus: 8 })],
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
  "nat-gateways-per-zone": [
    [nats(6), nats(5)],
    // Those of the region count in no zone.
    [nats(6), [...nats(5), ...many(3, () => resource(NAT, { availabilityMode: "regional", vpcId: "v" }))]],
  ],
};

/** What has no accepted neighbour of its own: the block itself is the mistake. */
export const blockIsTheMistake: Readonly<Record<string, Program>> = {
  "cloud-map-health-check": mapped({ healthCheckConfig: {} }),
};
