import * as aws from "@pulumi/aws";
import { databaseClusterReader } from "../../../components/aws/database-cluster.read";
import type { Database, Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { aNetwork, custom, holdsWhateverIsSaid, later, readBy, recorded, region } from "./data-program";

const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** Aurora with named zones, a serverless mix, a copy of the first, one restored, a global secondary, and an RDS cluster of three. */
function program() {
  const { opts, subnetIds } = aNetwork();
  const group = new aws.rds.SubnetGroup("db", { subnetIds }, opts);
  const parameters = new aws.rds.ClusterParameterGroup(
    "db",
    { family: "aurora-postgresql16", parameters: [{ name: "rds.force_ssl", value: "1" }] },
    opts,
  );
  const seventeen = new aws.rds.ClusterParameterGroup("seventeen", { family: "aurora-postgresql17" }, opts);
  const common = { engine: "aurora-postgresql", masterUsername: "app", manageMasterUserPassword: true } as const;
  const member = (name: string, cluster: aws.rds.Cluster, rest: Partial<aws.rds.ClusterInstanceArgs>) =>
    new aws.rds.ClusterInstance(
      name,
      { clusterIdentifier: cluster.id, engine: "aurora-postgresql", instanceClass: "db.r6g.large", ...rest },
      opts,
    );
  const orders = new aws.rds.Cluster(
    "orders",
    {
      ...common,
      engineVersion: "16.4",
      dbSubnetGroupName: group.name,
      dbClusterParameterGroupName: parameters.name,
      backupRetentionPeriod: 7,
      storageEncrypted: true,
      deletionProtection: true,
      skipFinalSnapshot: true,
      storageType: "aurora-iopt1",
      region,
    },
    opts,
  );
  member("orders-0", orders, { availabilityZone: "us-east-1a" });
  member("orders-1", orders, { availabilityZone: "us-east-1b", publiclyAccessible: true });
  const mixed = new aws.rds.Cluster(
    "mixed",
    {
      ...common,
      clusterIdentifier: "mixed",
      dbSubnetGroupName: group.name,
      dbClusterParameterGroupName: seventeen.name,
      serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 },
    },
    opts,
  );
  member("mixed-0", mixed, {});
  new aws.rds.ClusterInstance(
    "mixed-1",
    { clusterIdentifier: "mixed", engine: "aurora-postgresql", instanceClass: "db.serverless" },
    opts,
  );
  new aws.rds.Cluster(
    "three",
    {
      engine: "postgres",
      engineVersion: "16.4",
      masterUsername: "app",
      dbClusterInstanceClass: "db.m6gd.large",
      allocatedStorage: 100,
      iops: 1000,
      storageType: "io2",
      availabilityZones: zones,
    },
    opts,
  );
  new aws.rds.Cluster("copied", { ...common, replicationSourceIdentifier: orders.arn }, opts);
  new aws.rds.Cluster("restored", { ...common, snapshotIdentifier: "last" }, opts);
  new aws.rds.Cluster("wound", { ...common, restoreToPointInTime: { sourceClusterIdentifier: "x" } }, opts);
  const world = new aws.rds.GlobalCluster("world", { globalClusterIdentifier: "world" }, opts);
  new aws.rds.Cluster("first", { ...common, globalClusterIdentifier: world.id }, opts);
  new aws.rds.Cluster("second", { engine: "aurora-postgresql", globalClusterIdentifier: world.id }, opts);
  new aws.rds.Cluster(
    "first-serverless",
    { engine: "aurora-mysql", engineMode: "serverless", scalingConfiguration: { minCapacity: 1, maxCapacity: 2 } },
    opts,
  );
}

const orders: Database = {
  kind: "database",
  key: "database/orders/us-east-1",
  workload: "orders",
  region,
  engine: { name: "aurora-postgresql", version: "16.4" },
  topology: { kind: "cluster", members: 2 },
  replicaOf: null,
  placement: { kind: "zonal", zones: ["us-east-1a", "us-east-1b"], spread: "hard" },
  machines: [{ type: "db.r6g.large", count: 2 }],
  units: null,
  storage: { gib: null, maxGib: null, type: "aurora-iopt1", iops: null },
  backups: { keepDays: 7 },
  security: { atRest: true, inTransit: true, public: true },
  deletion: { protected: true, finalSnapshot: false },
  runtime: { kind: "aurora" },
};

describe("a program's clusters", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recorded(program);
  });
  const named = (workload: string) =>
    readBy(databaseClusterReader, resources).parts.find((part) => part["workload"] === workload);

  test("Aurora with its members where the program puts them", () => {
    expect(named("orders")).toEqual(orders);
  });

  test("a machine beside a serverless member, somewhere among the group's subnets; defaults of what is not said", () => {
    expect(named("mixed")).toEqual({
      ...orders,
      key: "database/mixed/us-east-1",
      workload: "mixed",
      engine: { name: "aurora-postgresql", version: null },
      placement: { kind: "zonal", zones, spread: "best-effort" },
      machines: [
        { type: "db.r6g.large", count: 1 },
        { type: "db.serverless", count: 1 },
      ],
      units: { min: 0.5, max: 8 },
      storage: { gib: null, maxGib: null, type: "aurora", iops: null },
      backups: { keepDays: 1 },
      // Aurora PostgreSQL 17 refuses by itself.
      security: { atRest: false, inTransit: true, public: false },
      deletion: { protected: false, finalSnapshot: true },
    });
  });

  test("an RDS cluster is a writer and two readable standbys in three zones", () => {
    expect(named("three")).toMatchObject({
      topology: { kind: "cluster", members: 3 },
      machines: [{ type: "db.m6gd.large", count: 3 }],
      placement: { kind: "zonal", zones, spread: "hard" },
      storage: { gib: 100, type: "io2", iops: 1000 },
      security: { inTransit: true, public: false },
      runtime: { kind: "rds" },
    });
  });

  test("copies say whose, or that it is elsewhere, and are encrypted as their source is", () => {
    const elsewhere = { known: false, why: "elsewhere" };
    expect(named("copied")).toMatchObject({ replicaOf: "database/orders/us-east-1", security: { atRest: elsewhere } });
    expect(named("second")).toMatchObject({ replicaOf: elsewhere, security: { atRest: elsewhere } });
    expect(named("first")).toMatchObject({ replicaOf: null });
    expect(named("restored")).toMatchObject({ replicaOf: null, security: { atRest: elsewhere } });
  });

  test("a cluster whose instances are elsewhere has no count", () => {
    expect(named("restored")).toMatchObject({
      topology: { known: false, why: "elsewhere" },
      machines: { known: false, why: "elsewhere" },
    });
  });

  test("each input sets the field that the table says", () => {
    expect(checkEveryInput(strip(resources), databaseClusterReader)).toEqual([]);
  });

  test("whatever a program says, the reader does not throw", () => {
    holdsWhateverIsSaid(resources, databaseClusterReader);
  });
});

test("a member of a type that is known after the deploy is counted all the same", () => {
  const cluster = custom(CLUSTER, { engine: "aurora-mysql", engineVersion: "8.0" });
  const member = (instanceClass: Resource["inputs"][string]) =>
    custom(MEMBER, { clusterIdentifier: later, instanceClass }, { clusterIdentifier: [cluster] });
  const [part] = readBy(databaseClusterReader, [cluster, member(later), member("db.r6g.large")]).parts;
  expect(part).toMatchObject({
    topology: { kind: "cluster", members: 2 },
    machines: [
      { type: "db.r6g.large", count: 1 },
      { type: { known: false, why: "after-deploy" }, count: 1 },
    ],
    units: { known: false, why: "after-deploy" },
    security: { inTransit: false },
  });
});
