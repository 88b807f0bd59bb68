import type { Source } from "../../model";
import { declarations, type Default, unread } from "./default-source";

const instance = declarations("rds/instance");
const cluster = declarations("rds/cluster");
const table = declarations("dynamodb/table");
const by = "provider";
const memoryPage: Source = {
  title: "AWS knowledge page, available memory of an ElastiCache node",
  date: "2026-11-21",
};
const evictionPage: Source = {
  title: "AWS knowledge page, OOM command not allowed errors in ElastiCache for Redis",
  url: "https://aws.amazon.com/premiumsupport/knowledge-center/oom-command-not-allowed-redis/",
  date: "2026-11-21",
};

/** OpenSearch and Elasticsearch domains alike. */
const domain = (service: string) => {
  const source = declarations(`${service}/domain`);
  return {
    "clusterConfig.instanceCount": { value: 1, by, source: unread },
    "clusterConfig.zoneAwarenessEnabled": { value: false, by: "aws", source: unread },
    "clusterConfig.zoneAwarenessConfig.availabilityZoneCount": { value: 2, by, source },
    "ebsOptions.ebsEnabled": { value: false, by: "aws", source: unread },
    "ebsOptions.volumeType": { value: "gp2", by: "aws", source: unread },
    "encryptAtRest.enabled": { value: false, by: "aws", source },
    "nodeToNodeEncryption.enabled": { value: false, by: "aws", source },
  } as const satisfies Record<string, Default>;
};

/** What absent inputs of databases mean, by Pulumi type token and input path. */
export const dataDefaults = {
  "aws:rds/instance:Instance": {
    backupRetentionPeriod: { value: 0, by, source: instance },
    deletionProtection: { value: false, by: "aws", source: instance },
    multiAz: { value: false, by: "aws", source: unread },
    publiclyAccessible: { value: false, by, source: instance },
    skipFinalSnapshot: { value: false, by, source: instance },
    storageEncrypted: { value: false, by: "aws", source: instance },
    // io1 where IOPS are given: see dataDefault.
    storageType: { value: "gp2", by: "aws", source: instance },
  },
  "aws:rds/cluster:Cluster": {
    backupRetentionPeriod: { value: 1, by, source: cluster },
    deletionProtection: { value: false, by: "aws", source: cluster },
    engineMode: { value: "provisioned", by, source: cluster },
    skipFinalSnapshot: { value: false, by, source: cluster },
    // true for engine mode serverless: see dataDefault.
    storageEncrypted: { value: false, by: "aws", source: cluster },
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    publiclyAccessible: { value: false, by, source: declarations("rds/clusterInstance") },
  },
  "aws:elasticache/cluster:Cluster": {
    port: { value: 6379, by: "aws", source: declarations("elasticache/cluster") },
    snapshotRetentionLimit: { value: 0, by: "aws", source: unread },
    "parameters.reserved-memory-percent": { value: 25, by: "aws", source: memoryPage },
    "parameters.maxmemory-policy": { value: "volatile-lru", by: "aws", source: evictionPage },
  },
  "aws:elasticache/serverlessCache:ServerlessCache": {
    snapshotRetentionLimit: { value: 0, by: "aws", source: unread },
  },
  "aws:dynamodb/table:Table": {
    billingMode: { value: "PROVISIONED", by, source: table },
    deletionProtectionEnabled: { value: false, by: "aws", source: table },
    "pointInTimeRecovery.enabled": { value: false, by: "aws", source: table },
  },
  "aws:efs/fileSystem:FileSystem": {
    encrypted: { value: false, by: "aws", source: unread },
    throughputMode: { value: "bursting", by, source: declarations("efs/fileSystem") },
  },
  "aws:msk/cluster:Cluster": {
    "encryptionInfo.encryptionInTransit.clientBroker": { value: "TLS", by, source: declarations("msk/cluster") },
    "encryptionInfo.encryptionInTransit.inCluster": { value: true, by, source: declarations("msk/cluster") },
  },
  "aws:opensearch/domain:Domain": {
    ...domain("opensearch"),
    "clusterConfig.instanceType": { value: "m4.large.search", by, source: unread },
  },
  "aws:elasticsearch/domain:Domain": {
    ...domain("elasticsearch"),
    elasticsearchVersion: { value: "1.5", by, source: declarations("elasticsearch/domain") },
    "clusterConfig.instanceType": { value: "m4.large.elasticsearch", by, source: unread },
  },
} as const satisfies Record<string, Record<string, Default>>;

/** Of those rows, what hangs on the resource's other inputs. */
export function dataDefault(
  type: string,
  path: string,
  row: Default,
  inputs: Readonly<Record<string, unknown>>,
): Default {
  if (type === "aws:rds/instance:Instance" && path === "storageType" && inputs["iops"] !== undefined)
    return { ...row, value: "io1" };
  if (type === "aws:rds/cluster:Cluster" && path === "storageEncrypted" && inputs["engineMode"] === "serverless")
    return { ...row, value: true };
  return row;
}
