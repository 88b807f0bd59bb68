import { type ForceNew, known } from "./force-new-source";

/** Databases, tables, search clusters, brokers, files and lone caches, by Pulumi type token. */
export const dataForceNew = {
  "aws:rds/instance:Instance": {
    inputs: [
      "region",
      "availabilityZone",
      "backupTarget",
      "characterSetName",
      "customIamInstanceProfile",
      "dbName",
      "engine",
      "kmsKeyId",
      "ncharCharacterSetName",
      "s3Import",
      "snapshotIdentifier",
      "storageEncrypted",
      "timezone",
      "username",
    ],
    conditional: [{ input: "restoreToPointInTime", when: "given by the user and changed" }],
    source: known("rds/instance.go"),
  },
  "aws:rds/cluster:Cluster": {
    inputs: [
      "region",
      "availabilityZones",
      "clusterIdentifier",
      "clusterIdentifierPrefix",
      "databaseName",
      "dbSubnetGroupName",
      "engine",
      "engineMode",
      "kmsKeyId",
      "masterUsername",
      "restoreToPointInTime",
      "s3Import",
      "snapshotIdentifier",
      "sourceRegion",
      "storageEncrypted",
    ],
    conditional: [{ input: "storageType", when: "of a Multi-AZ DB cluster" }],
    source: known("rds/cluster.go"),
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    inputs: [
      "region",
      "availabilityZone",
      "clusterIdentifier",
      "customIamInstanceProfile",
      "dbSubnetGroupName",
      "engine",
    ],
    source: known("rds/cluster_instance.go"),
  },
  "aws:rds/subnetGroup:SubnetGroup": { inputs: ["region", "name", "namePrefix"], source: known("rds/subnet_group.go") },
  "aws:rds/parameterGroup:ParameterGroup": {
    inputs: ["region", "description", "family", "name", "namePrefix"],
    source: known("rds/parameter_group.go"),
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    inputs: ["region", "description", "family", "name", "namePrefix"],
    source: known("rds/cluster_parameter_group.go"),
  },
  "aws:dynamodb/table:Table": {
    inputs: ["region", "hashKey", "importTable", "localSecondaryIndexes", "name", "rangeKey", "restoreSourceName"],
    source: known("dynamodb/table.go"),
  },
  "aws:efs/fileSystem:FileSystem": {
    inputs: ["region", "availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"],
    source: known("efs/file_system.go"),
  },
  "aws:efs/mountTarget:MountTarget": {
    inputs: ["region", "fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "subnetId"],
    source: known("efs/mount_target.go"),
  },
  "aws:msk/cluster:Cluster": {
    inputs: [
      "region",
      "brokerNodeGroupInfo.azDistribution",
      "brokerNodeGroupInfo.clientSubnets",
      "brokerNodeGroupInfo.securityGroups",
      "clusterName",
      "encryptionInfo.encryptionAtRestKmsKeyArn",
      "encryptionInfo.encryptionInTransit.inCluster",
    ],
    conditional: [{ input: "kafkaVersion", when: "to a lower version" }],
    source: known("kafka/cluster.go"),
  },
  "aws:msk/serverlessCluster:ServerlessCluster": {
    inputs: ["region", "clientAuthentication", "clusterName", "vpcConfigs"],
    source: known("kafka/serverless_cluster.go"),
  },
  "aws:opensearch/domain:Domain": {
    inputs: ["region", "domainName", "encryptAtRest.kmsKeyId"],
    conditional: [
      { input: "vpcOptions", when: "added or removed" },
      { input: "encryptAtRest.enabled", when: "turned off, or on before OpenSearch" },
      { input: "nodeToNodeEncryption.enabled", when: "turned off, or on before OpenSearch" },
    ],
    source: known("opensearch/domain.go"),
  },
  "aws:elasticache/cluster:Cluster": {
    inputs: [
      "region",
      "availabilityZone",
      "clusterId",
      "networkType",
      "port",
      "replicationGroupId",
      "snapshotArns",
      "snapshotName",
      "subnetGroupName",
      "transitEncryptionEnabled",
    ],
    conditional: [
      { input: "nodeType", when: "of Memcached" },
      { input: "engine", when: "to another engine" },
      { input: "engineVersion", when: "to a lower version" },
    ],
    source: known("elasticache/cluster.go"),
  },
  "aws:elasticache/serverlessCache:ServerlessCache": {
    inputs: ["region", "kmsKeyId", "name", "networkType", "snapshotArnsToRestores", "subnetIds"],
    conditional: [
      { input: "engine", when: "from valkey to redis, or to and from memcached" },
      { input: "majorEngineVersion", when: "to a lower version" },
    ],
    source: known("elasticache/serverless_cache.go"),
  },
} as const satisfies Record<string, ForceNew>;
