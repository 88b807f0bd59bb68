import type { InputTable } from "../../model";

const TAGS = "tags are read by nobody";
const WHERE = "where the cache is";
const NAME = "a name";
const WORDS = "words for people";
const REACH = "who may reach whom; no Part holds it";
const TOKEN = "how the token is made and handed out; no Part holds it";
const OPERATED = "when the cache is looked after; no Part holds it";

const rule = {
  securityGroupId: REACH,
  referencedSecurityGroupId: REACH,
  cidrIpv4: REACH,
  ipProtocol: REACH,
  fromPort: REACH,
  toPort: REACH,
  region: WHERE,
  tags: TAGS,
};

/** Which field of a RedisCache each input sets. */
export const redisCacheInputs: InputTable = {
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    fields: {
      engine: "engine.name",
      engineVersion: "engine.version",
      nodeType: "node",
      port: "port",
      numCacheClusters: "topology",
      numNodeGroups: "topology",
      clusterMode: "topology",
      replicasPerNodeGroup: "topology",
      automaticFailoverEnabled: "topology",
      multiAzEnabled: "placement.spread",
      subnetGroupName: "placement.zones",
      parameterGroupName: "eviction",
      atRestEncryptionEnabled: "security.atRest",
      transitEncryptionEnabled: "security.inTransit",
      transitEncryptionMode: "security.inTransit",
      authToken: "security.auth",
      snapshotRetentionLimit: "snapshots",
      region: "region",
    },
    ignored: {
      description: WORDS,
      securityGroupIds: REACH,
      snapshotWindow: OPERATED,
      finalSnapshotIdentifier: "what is kept when the cache is deleted; no Part holds it",
      maintenanceWindow: OPERATED,
      applyImmediately: OPERATED,
      autoMinorVersionUpgrade: OPERATED,
      tags: TAGS,
    },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    fields: { subnetIds: "placement.zones" },
    ignored: { name: NAME, description: WORDS, region: WHERE, tags: TAGS },
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    // Cluster mode stands among them too, and sets topology.
    fields: { "parameters[].name": "eviction", "parameters[].value": "eviction" },
    ignored: {
      name: NAME,
      family: "follows from the engine and its version",
      description: WORDS,
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    fields: {},
    ignored: { name: NAME, description: WORDS, vpcId: REACH, region: WHERE, tags: TAGS },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { fields: {}, ignored: rule },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { fields: {}, ignored: rule },
  "random:index/randomPassword:RandomPassword": {
    fields: {},
    ignored: { length: TOKEN, special: TOKEN, overrideSpecial: TOKEN },
  },
  "aws:secretsmanager/secret:Secret": {
    fields: {},
    ignored: { name: NAME, description: WORDS, recoveryWindowInDays: TOKEN, region: WHERE, tags: TAGS },
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    fields: {},
    ignored: { secretId: TOKEN, secretString: TOKEN, region: WHERE },
  },
};
