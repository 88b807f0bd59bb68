import type { Source } from "../../model";
import {
  encryptedBelow705,
  fromAdvancedToStandard,
  fromValkeyToRedis,
  strategyNotDeployed,
  toLowerVersion,
} from "./force-new-cases";
import { type ForceNew, known, read } from "./force-new-source";

const random: Source = {
  title: "terraform-provider-random: every argument of a generated value replaces it",
  url: "https://github.com/hashicorp/terraform-provider-random",
  date: "2026-11-21",
};

/** Services, caches, secrets, alarms, buckets, roles and random values, by Pulumi type token. */
export const serviceForceNew = {
  "aws:ecs/cluster:Cluster": { inputs: ["region", "name"], source: known("ecs/cluster.go") },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    inputs: ["region", "clusterName"],
    source: known("ecs/cluster_capacity_providers.go"),
  },
  "aws:ecs/service:Service": {
    inputs: ["region", "cluster", "deploymentController.type", "iamRole", "launchType", "name", "schedulingStrategy"],
    conditional: [
      {
        input: "capacityProviderStrategies",
        when: "without forceNewDeployment, or from none, or to none",
        decide: strategyNotDeployed,
      },
    ],
    source: read("ecs/service.go"),
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    inputs: [
      "region",
      "containerDefinitions",
      "cpu",
      "enableFaultInjection",
      "ephemeralStorage",
      "executionRoleArn",
      "family",
      "ipcMode",
      "memory",
      "networkMode",
      "pidMode",
      "placementConstraints",
      "proxyConfiguration",
      "requiresCompatibilities",
      "runtimePlatform",
      "taskRoleArn",
      "volumes",
    ],
    source: {
      ...read("ecs/task_definition.go"),
      title:
        "terraform-provider-aws, internal/service/ecs/task_definition.go; enableFaultInjection as commonly known (not read)",
    },
  },
  "aws:iam/role:Role": { inputs: ["name", "namePrefix", "path"], source: known("iam/role.go") },
  "aws:iam/rolePolicy:RolePolicy": { inputs: ["name", "namePrefix", "role"], source: known("iam/role_policy.go") },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    inputs: ["policyArn", "role"],
    source: known("iam/role_policy_attachment.go"),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    inputs: ["region", "logGroupClass", "name", "namePrefix"],
    source: read("logs/group.go"),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { inputs: ["region", "name"], source: known("cloudwatch/metric_alarm.go") },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    inputs: ["region", "alarmName"],
    source: known("cloudwatch/composite_alarm.go"),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    inputs: ["region", "dashboardName"],
    source: known("cloudwatch/dashboard.go"),
  },
  "aws:appautoscaling/target:Target": {
    inputs: ["region", "resourceId", "scalableDimension", "serviceNamespace"],
    source: read("appautoscaling/target.go"),
  },
  "aws:appautoscaling/policy:Policy": {
    inputs: ["region", "name", "resourceId", "scalableDimension", "serviceNamespace"],
    source: read("appautoscaling/policy.go"),
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    inputs: [
      "region",
      "atRestEncryptionEnabled",
      "dataTieringEnabled",
      "globalReplicationGroupId",
      "kmsKeyId",
      "networkType",
      "port",
      "replicationGroupId",
      "securityGroupNames",
      "snapshotArns",
      "snapshotName",
      "subnetGroupName",
    ],
    conditional: [
      { input: "transitEncryptionEnabled", when: "engine version below 7.0.5", decide: encryptedBelow705 },
      { input: "engine", when: "from valkey to redis", decide: fromValkeyToRedis },
      { input: "engineVersion", when: "to a lower version", decide: toLowerVersion },
      { input: "nodeGroupConfigurations", when: "given by the user and changed in more than order" },
    ],
    source: read("elasticache/replication_group.go"),
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    inputs: ["region", "name"],
    source: read("elasticache/subnet_group.go"),
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    inputs: ["region", "description", "family", "name"],
    source: read("elasticache/parameter_group.go"),
  },
  "aws:secretsmanager/secret:Secret": {
    inputs: ["region", "name", "namePrefix"],
    source: read("secretsmanager/secret.go"),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    inputs: ["region", "secretBinary", "secretId", "secretString", "secretStringWoVersion"],
    source: read("secretsmanager/secret_version.go"),
  },
  "aws:ssm/parameter:Parameter": {
    inputs: ["region", "dataType", "name"],
    conditional: [{ input: "tier", when: "from Advanced to Standard", decide: fromAdvancedToStandard }],
    source: read("ssm/parameter.go"),
  },
  "aws:sns/topic:Topic": { inputs: ["region", "fifoTopic", "name", "namePrefix"], source: known("sns/topic.go") },
  "aws:sns/topicSubscription:TopicSubscription": {
    inputs: ["region", "endpoint", "protocol", "topic"],
    source: read("sns/topic_subscription.go"),
  },
  "aws:sns/topicPolicy:TopicPolicy": { inputs: ["region", "arn"], source: known("sns/topic_policy.go") },
  "aws:s3/bucket:Bucket": {
    inputs: ["region", "bucket", "bucketPrefix", "objectLockEnabled"],
    source: known("s3/bucket.go"),
  },
  "aws:s3/bucketPolicy:BucketPolicy": { inputs: ["region", "bucket"], source: known("s3/bucket_policy.go") },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    inputs: ["region", "bucket"],
    source: known("s3/bucket_public_access_block.go"),
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    inputs: ["region", "bucket", "expectedBucketOwner"],
    source: known("s3/bucket_lifecycle_configuration.go"),
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    inputs: ["region", "bucket", "expectedBucketOwner"],
    source: known("s3/bucket_server_side_encryption_configuration.go"),
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    inputs: ["region", "bucket"],
    source: known("s3/bucket_ownership_controls.go"),
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    inputs: ["region", "bucket", "expectedBucketOwner"],
    source: known("s3/bucket_versioning.go"),
  },
  "random:index/randomPassword:RandomPassword": {
    inputs: [
      "keepers",
      "length",
      "lower",
      "minLower",
      "minNumeric",
      "minSpecial",
      "minUpper",
      "number",
      "numeric",
      "overrideSpecial",
      "special",
      "upper",
    ],
    source: random,
  },
  "random:index/randomId:RandomId": { inputs: ["byteLength", "keepers", "prefix"], source: random },
} as const satisfies Record<string, ForceNew>;
