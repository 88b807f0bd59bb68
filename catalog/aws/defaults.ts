import { type Default, declarations, model, schema, unread } from "./default-source";
import { dataDefault, dataDefaults } from "./defaults-data";
import { machineDefaults } from "./defaults-machine";

export type { Default } from "./default-source";

const targetGroup = schema("elbv2/target_group.go");
const balancer = schema("elbv2/load_balancer.go");
const service = schema("ecs/service.go");
const cache = schema("elasticache/replication_group.go");
const by = "provider";

/** By Pulumi type token, then input path. Where the provider's default differs from AWS's own, the provider's is here: it is what is sent. */
const table = {
  ...dataDefaults,
  "aws:lb/targetGroup:TargetGroup": {
    "healthCheck.enabled": { value: true, by, source: targetGroup },
    "healthCheck.healthyThreshold": { value: 3, by, source: targetGroup },
    "healthCheck.unhealthyThreshold": { value: 3, by, source: targetGroup },
    "healthCheck.interval": { value: 30, by, source: targetGroup },
    "healthCheck.port": { value: "traffic-port", by, source: targetGroup },
    "healthCheck.protocol": { value: "HTTP", by, source: targetGroup },
    // 10 for TCP, TLS and HTTPS checks.
    "healthCheck.timeout": { value: 6, by: "aws", source: model("elbv2") },
    // 200-399 for a network balancer, 12 for gRPC.
    "healthCheck.matcher": { value: "200", by: "aws", source: model("elbv2") },
    "healthCheck.path": { value: "/", by: "aws", source: model("elbv2") },
    deregistrationDelay: { value: 300, by, source: targetGroup },
    slowStart: { value: 0, by, source: targetGroup },
    targetType: { value: "instance", by, source: targetGroup },
    loadBalancingAlgorithmType: { value: "round_robin", by: "aws", source: model("elbv2") },
    loadBalancingCrossZoneEnabled: { value: "use_load_balancer_configuration", by: "aws", source: model("elbv2") },
    protocolVersion: { value: "HTTP1", by: "aws", source: model("elbv2") },
    "targetGroupHealth.dnsFailover.minimumHealthyTargetsCount": { value: "off", by, source: targetGroup },
    "targetGroupHealth.dnsFailover.minimumHealthyTargetsPercentage": { value: "off", by, source: targetGroup },
    "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount": { value: 1, by, source: targetGroup },
    "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsPercentage": {
      value: "off",
      by,
      source: targetGroup,
    },
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    "accessLogs.enabled": { value: false, by, source: balancer },
    clientKeepAlive: { value: 3600, by, source: balancer },
    desyncMitigationMode: { value: "defensive", by, source: balancer },
    dropInvalidHeaderFields: { value: false, by, source: balancer },
    // Always on for an application balancer, whatever this says.
    enableCrossZoneLoadBalancing: { value: false, by, source: balancer },
    enableDeletionProtection: { value: false, by, source: balancer },
    enableHttp2: { value: true, by, source: balancer },
    enableWafFailOpen: { value: false, by, source: balancer },
    enableXffClientPort: { value: false, by, source: balancer },
    enableZonalShift: { value: false, by, source: balancer },
    idleTimeout: { value: 60, by, source: balancer },
    internal: { value: false, by: "aws", source: model("elbv2") },
    ipAddressType: { value: "ipv4", by: "aws", source: unread },
    loadBalancerType: { value: "application", by, source: balancer },
    preserveHostHeader: { value: false, by, source: balancer },
    xffHeaderProcessingMode: { value: "append", by, source: balancer },
  },
  "aws:lb/listener:Listener": {
    // Application balancers only.
    protocol: { value: "HTTP", by, source: schema("elbv2/listener.go") },
    // Network balancers only.
    tcpIdleTimeoutSeconds: { value: 350, by: "aws", source: declarations("lb/listener") },
    sslPolicy: { value: "ELBSecurityPolicy-2016-08", by: "aws", source: declarations("lb/listener") },
  },
  "aws:ecs/service:Service": {
    // ENABLED at creation since 2025 where the service is compatible; a service that never set it is DISABLED, and updates keep the old value.
    availabilityZoneRebalancing: { value: "ENABLED", by: "aws", source: declarations("ecs/service") },
    "deploymentController.type": { value: "ECS", by, source: service },
    deploymentMaximumPercent: { value: 200, by, source: service },
    deploymentMinimumHealthyPercent: { value: 100, by, source: service },
    desiredCount: { value: 0, by: "aws", source: declarations("ecs/service") },
    "deploymentCircuitBreaker.enable": { value: false, by: "aws", source: unread },
    "deploymentCircuitBreaker.rollback": { value: false, by: "aws", source: unread },
    enableEcsManagedTags: { value: false, by, source: service },
    enableExecuteCommand: { value: false, by, source: service },
    healthCheckGracePeriodSeconds: { value: 0, by: "aws", source: model("ecs") },
    launchType: { value: "EC2", by: "aws", source: declarations("ecs/service") },
    "networkConfiguration.assignPublicIp": { value: false, by, source: service },
    platformVersion: { value: "LATEST", by: "aws", source: declarations("ecs/service") },
    schedulingStrategy: { value: "REPLICA", by, source: service },
    waitForSteadyState: { value: false, by, source: service },
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    "runtimePlatform.cpuArchitecture": { value: "X86_64", by: "aws", source: unread },
    "runtimePlatform.operatingSystemFamily": { value: "LINUX", by: "aws", source: unread },
    // On Fargate, GB.
    "ephemeralStorage.sizeInGib": {
      value: 20,
      by: "aws",
      source: { title: "Fargate pricing: 20 GB of storage included (vantage.sh)", date: "2026-11-21" },
    },
    "containerDefinitions[].essential": { value: true, by: "aws", source: model("ecs") },
    "containerDefinitions[].stopTimeout": { value: 30, by: "aws", source: model("ecs") },
    "containerDefinitions[].healthCheck.interval": { value: 30, by: "aws", source: model("ecs") },
    "containerDefinitions[].healthCheck.timeout": { value: 5, by: "aws", source: model("ecs") },
    "containerDefinitions[].healthCheck.retries": { value: 3, by: "aws", source: model("ecs") },
    "containerDefinitions[].healthCheck.startPeriod": { value: 0, by: "aws", source: model("ecs") },
    "containerDefinitions[].portMappings[].protocol": { value: "tcp", by: "aws", source: model("ecs") },
  },
  "aws:appautoscaling/policy:Policy": {
    policyType: { value: "StepScaling", by, source: declarations("appautoscaling/policy") },
    "targetTrackingScalingPolicyConfiguration.disableScaleIn": {
      value: false,
      by: "aws",
      source: model("application-autoscaling"),
    },
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    applyImmediately: { value: false, by: "aws", source: declarations("elasticache/replicationGroup") },
    // true for engine valkey: see defaultOf.
    atRestEncryptionEnabled: { value: false, by: "aws", source: declarations("elasticache/replicationGroup") },
    autoMinorVersionUpgrade: { value: true, by: "aws", source: declarations("elasticache/replicationGroup") },
    automaticFailoverEnabled: { value: false, by, source: cache },
    engine: { value: "redis", by: "aws", source: declarations("elasticache/replicationGroup") },
    multiAzEnabled: { value: false, by, source: cache },
    numCacheClusters: { value: 1, by: "aws", source: declarations("elasticache/replicationGroup") },
    port: { value: 6379, by: "aws", source: declarations("elasticache/replicationGroup") },
    replicasPerNodeGroup: { value: 0, by: "aws", source: unread },
    snapshotRetentionLimit: { value: 0, by: "aws", source: model("elasticache") },
    transitEncryptionEnabled: { value: false, by: "aws", source: model("elasticache") },
    "parameters.reserved-memory-percent": {
      value: 25,
      by: "aws",
      source: { title: "AWS knowledge page, available memory of an ElastiCache node", date: "2026-11-21" },
    },
    "parameters.cluster-enabled": {
      value: "no",
      by: "aws",
      source: declarations("elasticache/replicationGroup"),
    },
    "parameters.maxmemory-policy": {
      value: "volatile-lru",
      by: "aws",
      source: {
        title: "AWS knowledge page, OOM command not allowed errors in ElastiCache for Redis",
        url: "https://aws.amazon.com/premiumsupport/knowledge-center/oom-command-not-allowed-redis/",
        date: "2026-11-21",
      },
    },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    actionsEnabled: { value: true, by, source: declarations("cloudwatch/metricAlarm") },
    // Absent, every evaluated period must breach: equal to evaluationPeriods.
    datapointsToAlarm: { value: null, by: "aws", source: model("cloudwatch") },
    treatMissingData: { value: "missing", by, source: declarations("cloudwatch/metricAlarm") },
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    actionsEnabled: { value: true, by, source: declarations("cloudwatch/compositeAlarm") },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    // 0: for ever.
    retentionInDays: { value: 0, by, source: schema("logs/group.go") },
    logGroupClass: { value: "STANDARD", by: "aws", source: model("logs") },
    skipDestroy: { value: false, by: "provider", source: declarations("cloudwatch/logGroup") },
  },
  "aws:ec2/vpc:Vpc": {
    enableDnsHostnames: { value: false, by: "aws", source: declarations("ec2/vpc") },
    enableDnsSupport: { value: true, by, source: declarations("ec2/vpc") },
    instanceTenancy: { value: "default", by, source: declarations("ec2/vpc") },
  },
  ...machineDefaults,
  "aws:ec2/subnet:Subnet": {
    mapPublicIpOnLaunch: { value: false, by, source: declarations("ec2/subnet") },
    assignIpv6AddressOnCreation: { value: false, by, source: declarations("ec2/subnet") },
  },
  "aws:ec2/natGateway:NatGateway": {
    connectivityType: { value: "public", by, source: schema("ec2/vpc_nat_gateway.go") },
    availabilityMode: { value: "zonal", by: "aws", source: declarations("ec2/natGateway") },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    vpcEndpointType: { value: "Gateway", by, source: schema("ec2/vpc_endpoint.go") },
  },
  "aws:ec2/flowLog:FlowLog": {
    logDestinationType: { value: "cloud-watch-logs", by, source: schema("ec2/vpc_flow_log.go") },
    maxAggregationInterval: { value: 600, by, source: schema("ec2/vpc_flow_log.go") },
  },
  "aws:secretsmanager/secret:Secret": {
    recoveryWindowInDays: { value: 30, by, source: declarations("secretsmanager/secret") },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    endpointAutoConfirms: { value: false, by, source: schema("sns/topic_subscription.go") },
    rawMessageDelivery: { value: false, by, source: schema("sns/topic_subscription.go") },
    confirmationTimeoutInMinutes: { value: 1, by, source: schema("sns/topic_subscription.go") },
  },
  "aws:cloudfront/distribution:Distribution": {
    priceClass: { value: "PriceClass_All", by, source: declarations("cloudfront/distribution") },
    "viewerCertificate.minimumProtocolVersion": {
      value: "TLSv1",
      by,
      source: declarations("types/input, DistributionViewerCertificate"),
    },
  },
  "aws:lambda/function:Function": {
    memorySize: { value: 128, by, source: declarations("lambda/function") },
    timeout: { value: 3, by, source: declarations("lambda/function") },
    "ephemeralStorage.size": { value: 512, by: "aws", source: declarations("lambda/function") },
  },
  "aws:sqs/queue:Queue": {
    fifoQueue: { value: false, by, source: declarations("sqs/queue") },
    messageRetentionSeconds: { value: 345_600, by, source: declarations("sqs/queue") },
    visibilityTimeoutSeconds: { value: 30, by, source: declarations("sqs/queue") },
    // Of queues made since 2022-10; older ones keep what they had.
    sqsManagedSseEnabled: {
      value: true,
      by: "aws",
      source: {
        title:
          "Amazon SQS announcement, server-side encryption with SQS-managed keys by default, as commonly known (not read)",
        date: "2022-10",
      },
    },
  },
  "aws:s3/bucket:Bucket": {
    forceDestroy: { value: false, by, source: declarations("s3/bucket") },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    blockPublicAcls: { value: false, by, source: declarations("s3/bucketPublicAccessBlock") },
    blockPublicPolicy: { value: false, by, source: declarations("s3/bucketPublicAccessBlock") },
    ignorePublicAcls: { value: false, by, source: declarations("s3/bucketPublicAccessBlock") },
    restrictPublicBuckets: { value: false, by, source: declarations("s3/bucketPublicAccessBlock") },
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
    blockPublicAcls: { value: false, by, source: declarations("s3/accountPublicAccessBlock") },
    blockPublicPolicy: { value: false, by, source: declarations("s3/accountPublicAccessBlock") },
    ignorePublicAcls: { value: false, by, source: declarations("s3/accountPublicAccessBlock") },
    restrictPublicBuckets: { value: false, by, source: declarations("s3/accountPublicAccessBlock") },
  },
  "aws:servicediscovery/service:Service": {
    "dnsConfig.routingPolicy": { value: "MULTIVALUE", by, source: schema("servicediscovery/service.go") },
  },
} as const satisfies Record<string, Record<string, Default>>;

/** Defaults by Pulumi type token and input path. */
export const awsDefaults: Readonly<Record<string, Readonly<Record<string, Default>>>> = table;

/**
 * What an absent input means; null: no default is known, and the reader must say unknown.
 * @param inputs the resource's other inputs, for defaults that hang on them
 */
export function defaultOf(type: string, path: string, inputs: Readonly<Record<string, unknown>> = {}): Default | null {
  const found = Object.hasOwn(awsDefaults, type) ? awsDefaults[type] : undefined;
  const row = found !== undefined && Object.hasOwn(found, path) ? found[path] : undefined;
  if (row === undefined) return null;
  if (
    type === "aws:elasticache/replicationGroup:ReplicationGroup" &&
    path === "atRestEncryptionEnabled" &&
    inputs["engine"] === "valkey"
  )
    return { ...row, value: true };
  // Without a block of its own a group below HTTP is probed by a connection (Elastic Load Balancing API, CreateTargetGroup).
  if (
    type === "aws:lb/targetGroup:TargetGroup" &&
    path === "healthCheck.protocol" &&
    inputs["healthCheck"] === undefined &&
    ["TCP", "TLS", "UDP", "TCP_UDP"].includes(String(inputs["protocol"]))
  )
    return { value: "TCP", by: "aws", source: model("elbv2") };
  return dataDefault(type, path, row, inputs);
}
