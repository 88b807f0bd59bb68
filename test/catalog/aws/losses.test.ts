import { forceNew } from "../../../catalog/aws";
import { isStore, lossOf } from "../../../catalog/replacing";
import type { Inputs, Loss } from "../../../model";

const REDIS = "aws:elasticache/replicationGroup:ReplicationGroup";
const RDS = "aws:rds/instance:Instance";
const TABLE = "aws:dynamodb/table:Table";

function replaced(type: string, before: Inputs = {}, after: Inputs = {}): Loss | undefined {
  return lossOf({ type, inputs: before }, [], { namespaces: new Set(), after: { type, inputs: after } });
}
const deleted = (type: string, before: Inputs = {}) => lossOf({ type, inputs: before }, []);

describe("what goes with a resource of AWS that is replaced or deleted", () => {
  test("a cache starts empty, with or without a last snapshot of the old one", () => {
    expect(replaced(REDIS)).toEqual({
      what: "what it holds is gone without a last snapshot; the new one starts empty",
      grave: true,
    });
    expect(replaced(REDIS, { finalSnapshotIdentifier: "last" }, { snapshotName: "last" })?.what).toBe(
      "what it holds is gone, a last snapshot of it is taken (last); the new one starts from its snapshotName",
    );
    expect(deleted(REDIS)?.what).toBe("what it holds is gone without a last snapshot");
  });

  test("a database is deleted by what stands now says of it, and not by what comes", () => {
    expect(replaced(RDS, {}, { skipFinalSnapshot: true })?.what).toContain("refuses to delete it without final");
    expect(replaced(RDS, { skipFinalSnapshot: true }, {})?.what).toBe(
      "its data is gone without a last snapshot, its automated backups too; the new one starts empty",
    );
    expect(replaced(RDS, { skipFinalSnapshot: true, deleteAutomatedBackups: false })?.what).toContain("backups stay");
    expect(replaced(RDS, { finalSnapshotIdentifier: { $unknown: "after-deploy" } })?.what).toBe(
      "its data is gone, a last snapshot of it is taken; the new one starts empty",
    );
    expect(replaced(RDS, { deletionProtection: true, skipFinalSnapshot: true })?.what).toMatch(
      /^AWS refuses to delete it \(deletionProtection\)/,
    );
  });

  test("a copy is copied anew: advice", () => {
    expect(replaced(RDS, { replicateSourceDb: "orders" })).toMatchObject({ grave: false });
    expect(replaced("aws:elasticache/cluster:Cluster", { replicationGroupId: "cart" })).toMatchObject({ grave: false });
    expect(replaced("aws:elasticache/cluster:Cluster", {})).toMatchObject({ grave: true });
  });

  test("of a table a backup stays where point-in-time recovery is on", () => {
    expect(replaced(TABLE, { pointInTimeRecovery: { enabled: true } })?.what).toContain("stays 35 days");
    expect(replaced(TABLE, { pointInTimeRecovery: { enabled: false } })?.what).toContain("no backup");
    expect(replaced(TABLE, { deletionProtectionEnabled: true })?.what).toContain("AWS refuses");
  });

  test("a bucket goes with its objects only where it is told to", () => {
    const bucket = "aws:s3/bucket:Bucket";
    expect(deleted(bucket, { forceDestroy: true })?.what).toBe("every object in it is deleted (forceDestroy)");
    expect(deleted(bucket)?.what).toBe("AWS refuses to delete it while it holds objects");
  });

  test("logs are advice, and stay where that is said", () => {
    const group = "aws:cloudwatch/logGroup:LogGroup";
    expect(deleted(group)).toEqual({ what: "its log events are deleted", grave: false });
    expect(deleted(group, { skipDestroy: true })).toBeUndefined();
  });

  test("a service that keeps its name is down between; one that gets another name, or is merely deleted, says nothing", () => {
    const service = "aws:ecs/service:Service";
    expect(replaced(service, { name: "web" }, { name: "web" })).toMatchObject({ grave: true });
    expect(replaced(service, { name: "web" }, { name: "shop" })).toBeUndefined();
    expect(replaced(service, { name: { $unknown: "after-deploy" } }, { name: { $unknown: "after-deploy" } })).toBe(
      undefined,
    );
    expect(deleted(service, { name: "web" })).toBeUndefined();
  });

  /** What stands beside data and holds none. */
  const empty = new Set([
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:efs/mountTarget:MountTarget",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    "aws:sqs/redrivePolicy:RedrivePolicy",
  ]);
  const services = /^aws:(dynamodb|ebs|efs|elasticache|msk|opensearch|rds|s3|sqs)\//;

  test.each(
    Object.keys(forceNew).filter(
      (type) => services.test(type) && !/(subnet|parameter|clusterParameter)Group:/.test(type),
    ),
  )("%s holds data, or is known to hold none", (type) => {
    expect(replaced(type) === undefined).toBe(empty.has(type));
    expect(isStore(type)).toBe(!empty.has(type) && !/^aws:(s3|sqs)\//.test(type));
  });
});
