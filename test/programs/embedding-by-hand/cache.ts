import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { above, alarm, worst } from "./alarms";
import { privateSubnets, vpc } from "./network";

export const tokenName = "by-hand/vectors/token";

export const firewall = new aws.ec2.SecurityGroup("vectors", { vpcId: vpc.id, description: "Cache" });

const token = new random.RandomPassword("vectors-token", { length: 64, special: true, overrideSpecial: "!&#$^<>-" });
const secret = new aws.secretsmanager.Secret("vectors-token", { name: tokenName, recoveryWindowInDays: 0 });
new aws.secretsmanager.SecretVersion("vectors-token", { secretId: secret.id, secretString: token.result });

export const cache = new aws.elasticache.ReplicationGroup(
  "vectors",
  {
    description: "Vectors",
    engine: "valkey",
    engineVersion: "8.0",
    nodeType: "cache.r6g.large",
    numCacheClusters: 2,
    clusterMode: "disabled",
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    port: 6379,
    parameterGroupName: new aws.elasticache.ParameterGroup("vectors", {
      family: "valkey8",
      parameters: [{ name: "maxmemory-policy", value: "allkeys-lru" }],
    }).name,
    subnetGroupName: new aws.elasticache.SubnetGroup("vectors", { subnetIds: privateSubnets.map(({ id }) => id) }).name,
    securityGroupIds: [firewall.id],
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    authToken: token.result,
    snapshotRetentionLimit: 7,
    snapshotWindow: "03:00-04:00",
    maintenanceWindow: "sun:05:00-sun:06:00",
    autoMinorVersionUpgrade: false,
    applyImmediately: true,
  },
  { protect: true },
);

const nodes = ["001", "002"].map((node) => pulumi.interpolate`${cache.id}-${node}`);
const watched = (metricName: string, stat: string) =>
  worst("CacheClusterId", nodes, { namespace: "AWS/ElastiCache", metricName, stat });

alarm("vectors-evictions", [above, 0], [3, 3], {
  metricQueries: watched("Evictions", "Sum"),
  treatMissingData: "notBreaching",
});
alarm("vectors-memory", [above, 80], [3, 3], {
  metricQueries: watched("DatabaseMemoryUsagePercentage", "Maximum"),
  treatMissingData: "breaching",
});
alarm("vectors-replication-lag", [above, 1], [3, 3], {
  metricQueries: watched("ReplicationLag", "Maximum"),
  treatMissingData: "notBreaching",
});
