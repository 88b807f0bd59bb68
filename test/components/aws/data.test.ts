import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { brokerReader } from "../../../components/aws/broker.read";
import { fileSystemReader } from "../../../components/aws/file-system.read";
import { searchReader } from "../../../components/aws/search.read";
import { tableReader } from "../../../components/aws/table.read";
import type { PartReader, Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { aNetwork, custom, holdsWhateverIsSaid, later, readBy, recorded, region } from "./data-program";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

function program() {
  const { opts, vpc, subnets, subnetIds } = aNetwork();
  const firewall = new aws.ec2.SecurityGroup("data", { vpcId: vpc.id }, opts);
  tables(opts);
  searches(opts, subnetIds, firewall.id);
  brokers(opts, subnetIds, firewall.id);
  const shared = new aws.efs.FileSystem(
    "shared",
    { encrypted: true, throughputMode: "provisioned", provisionedThroughputInMibps: 10, region },
    opts,
  );
  subnets.forEach(
    (subnet, index) =>
      new aws.efs.MountTarget(
        `shared-${index}`,
        { fileSystemId: shared.id, subnetId: subnet.id, securityGroups: [firewall.id] },
        opts,
      ),
  );
  new aws.efs.BackupPolicy("shared", { fileSystemId: shared.id, backupPolicy: { status: "ENABLED" } }, opts);
  new aws.efs.AccessPoint("shared", { fileSystemId: shared.id }, opts);
  new aws.efs.FileSystem("cheap", { availabilityZoneName: "us-east-1a" }, opts);
}

function tables(opts: pulumi.CustomResourceOptions) {
  const orders = new aws.dynamodb.Table(
    "orders",
    {
      name: "orders",
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PROVISIONED",
      readCapacity: 10,
      writeCapacity: 5,
      globalSecondaryIndexes: [
        { name: "by-day", hashKey: "day", projectionType: "ALL", readCapacity: 3, writeCapacity: 2 },
      ],
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      replicas: [{ regionName: "eu-west-1" }],
      region,
    },
    opts,
  );
  new aws.dynamodb.TableReplica("orders-tokyo", { globalTableArn: orders.arn, region: "ap-northeast-1" }, opts);
  const reads = new aws.appautoscaling.Target(
    "orders-reads",
    {
      resourceId: pulumi.interpolate`table/${orders.id}`,
      scalableDimension: "dynamodb:table:ReadCapacityUnits",
      serviceNamespace: "dynamodb",
      minCapacity: 10,
      maxCapacity: 100,
    },
    opts,
  );
  new aws.appautoscaling.Policy(
    "orders-reads",
    {
      resourceId: reads.resourceId,
      scalableDimension: reads.scalableDimension,
      serviceNamespace: reads.serviceNamespace,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: { targetValue: 70 },
    },
    opts,
  );
  new aws.appautoscaling.Target(
    "orders-index-writes",
    {
      resourceId: "table/orders/index/by-day",
      scalableDimension: "dynamodb:index:WriteCapacityUnits",
      serviceNamespace: "dynamodb",
      minCapacity: 2,
      maxCapacity: 8,
    },
    opts,
  );
  const index = { name: "all", hashKey: "x", projectionType: "ALL", readCapacity: 1, writeCapacity: 1 };
  new aws.dynamodb.Table(
    "plain",
    { hashKey: "id", readCapacity: 2, writeCapacity: 2, globalSecondaryIndexes: [index] },
    opts,
  );
  new aws.dynamodb.Table(
    "events",
    {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      globalSecondaryIndexes: [{ name: "all", hashKey: "x", projectionType: "ALL" }],
    },
    opts,
  );
}

function searches(
  opts: pulumi.CustomResourceOptions,
  subnetIds: pulumi.Input<string>[],
  firewall: pulumi.Input<string>,
) {
  new aws.opensearch.Domain(
    "logs",
    {
      engineVersion: "OpenSearch_2.11",
      clusterConfig: {
        instanceType: "m7g.large.search",
        instanceCount: 3,
        dedicatedMasterEnabled: true,
        dedicatedMasterCount: 3,
        dedicatedMasterType: "m7g.medium.search",
        warmEnabled: true,
        warmCount: 2,
        warmType: "ultrawarm1.medium.search",
        zoneAwarenessEnabled: true,
        zoneAwarenessConfig: { availabilityZoneCount: 3 },
      },
      ebsOptions: { ebsEnabled: true, volumeSize: 100, volumeType: "gp3" },
      vpcOptions: { subnetIds, securityGroupIds: [firewall] },
      encryptAtRest: { enabled: true },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true },
      region,
    },
    opts,
  );
  new aws.opensearch.Domain(
    "standing-by",
    { clusterConfig: { multiAzWithStandbyEnabled: true }, domainEndpointOptions: { tlsSecurityPolicy: "x" } },
    opts,
  );
  new aws.elasticsearch.Domain("old", { elasticsearchVersion: "7.10" }, opts);
}

function brokers(
  opts: pulumi.CustomResourceOptions,
  subnetIds: pulumi.Input<string>[],
  firewall: pulumi.Input<string>,
) {
  new aws.msk.Cluster(
    "events",
    {
      kafkaVersion: "3.7.x",
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: {
        instanceType: "kafka.m5.large",
        clientSubnets: subnetIds,
        securityGroups: [firewall],
        storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
      },
      encryptionInfo: { encryptionInTransit: { clientBroker: "TLS", inCluster: true } },
      region,
    },
    opts,
  );
  new aws.msk.ServerlessCluster(
    "by-use",
    {
      vpcConfigs: [{ subnetIds, securityGroupIds: [firewall] }],
      clientAuthentication: { sasl: { iam: { enabled: true } } },
    },
    opts,
  );
}

const readers: readonly (readonly [string, PartReader])[] = [
  ["tables", tableReader],
  ["search clusters", searchReader],
  ["brokers", brokerReader],
  ["file systems", fileSystemReader],
];

describe("a program's data", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recorded(program);
  });
  const named = (reader: PartReader, workload: string) =>
    readBy(reader, resources).parts.find((part) => part["workload"] === workload);

  test("a table with scaled reads, an index, and copies in two regions", () => {
    expect(named(tableReader, "orders")).toEqual({
      kind: "table",
      key: "table/orders/us-east-1",
      workload: "orders",
      region,
      placement: { kind: "regional" },
      capacity: { kind: "provisioned", read: { min: 10, max: 100 }, write: { min: 5, max: 5 } },
      indexes: [{ name: "by-day", read: { min: 3, max: 3 }, write: { min: 2, max: 8 } }],
      replicaRegions: ["ap-northeast-1", "eu-west-1"],
      pointInTimeRecovery: true,
      deletionProtection: true,
      runtime: { kind: "dynamodb" },
    });
    expect(named(tableReader, "events")).toMatchObject({
      capacity: { kind: "on-demand" },
      indexes: [{ name: "all", read: null, write: null }],
      replicaRegions: [],
      pointInTimeRecovery: false,
      deletionProtection: false,
    });
  });

  test("a search cluster with everything, one with a standby, one of the older type with nothing said", () => {
    expect(named(searchReader, "logs")).toEqual({
      kind: "search",
      key: "search/logs/us-east-1",
      workload: "logs",
      region,
      engine: { name: "OpenSearch", version: "2.11" },
      placement: { kind: "zonal", zones, spread: "hard" },
      awareZones: 3,
      data: { count: 3, type: "m7g.large.search", diskGib: 100, diskType: "gp3" },
      managers: { count: 3, type: "m7g.medium.search" },
      warm: { count: 2, type: "ultrawarm1.medium.search" },
      security: { atRest: true, betweenNodes: true, tlsOnly: true },
      runtime: { kind: "opensearch" },
    });
    expect(named(searchReader, "standing-by")).toMatchObject({
      engine: { name: "OpenSearch", version: null },
      placement: { kind: "regional" },
      awareZones: 3,
      security: { tlsOnly: true },
    });
    expect(named(searchReader, "old")).toMatchObject({
      engine: { name: "Elasticsearch", version: "7.10" },
      awareZones: 1,
      data: { count: 1, type: "m4.large.elasticsearch", diskGib: 0, diskType: "instance" },
      managers: null,
      warm: null,
      security: { atRest: false, betweenNodes: false, tlsOnly: false },
    });
  });

  test("brokers in the zones of their subnets, and a serverless cluster", () => {
    expect(named(brokerReader, "events")).toEqual({
      kind: "broker",
      key: "broker/events/us-east-1",
      workload: "events",
      region,
      engine: { name: "kafka", version: "3.7.x" },
      placement: { kind: "zonal", zones, spread: "hard" },
      brokers: { count: 3, type: "kafka.m5.large", diskGib: 100 },
      security: { atRest: true, inTransit: true },
      runtime: { kind: "msk" },
    });
    expect(named(brokerReader, "by-use")).toMatchObject({
      placement: { kind: "zonal", zones },
      brokers: null,
      security: { inTransit: true },
    });
  });

  test("files mounted in three zones, and some kept in one", () => {
    expect(named(fileSystemReader, "shared")).toEqual({
      kind: "file-system",
      key: "file-system/shared/us-east-1",
      workload: "shared",
      region,
      placement: { kind: "regional" },
      mountZones: zones,
      provisionedMbPerSecond: 10,
      atRest: true,
      backups: true,
      runtime: { kind: "efs" },
    });
    expect(named(fileSystemReader, "cheap")).toMatchObject({
      placement: { kind: "zonal", zones: ["us-east-1a"] },
      mountZones: { known: false, why: "elsewhere" },
      provisionedMbPerSecond: null,
      atRest: false,
      backups: true,
    });
  });

  test.each(readers)("%s: each input sets the field that the table says", (_, reader) => {
    expect(checkEveryInput(strip(resources), reader)).toEqual([]);
  });

  test.each(readers)("%s: whatever a program says, the reader does not throw", (_, reader) => {
    const claimed = new Set(readBy(reader, resources).claims.map(({ urn }) => urn));
    holdsWhateverIsSaid(
      resources.filter(({ urn, type }) => claimed.has(urn) || type.includes("subnet")),
      reader,
    );
  });
});

describe("what is not known", () => {
  const TABLE = "aws:dynamodb/table:Table";
  const SCALER = "aws:appautoscaling/target:Target";

  test("of several indexes, which one a scaler without a name moves is ambiguous", () => {
    const index = (name: string) => ({ name, readCapacity: 1, writeCapacity: 1 });
    const read = (...names: readonly string[]) => {
      const table = custom(TABLE, { readCapacity: 1, writeCapacity: 1, globalSecondaryIndexes: names.map(index) });
      const scaler = custom(
        SCALER,
        { resourceId: later, scalableDimension: "dynamodb:index:ReadCapacityUnits", minCapacity: 2, maxCapacity: 9 },
        { resourceId: [table] },
      );
      return readBy(tableReader, [table, scaler]).parts[0]?.["indexes"];
    };
    expect(read("a")).toMatchObject([{ read: { min: 2, max: 9 }, write: { min: 1, max: 1 } }]);
    expect(read("a", "b")).toMatchObject([{ read: { min: { why: "ambiguous-reference" } } }, {}]);
  });

  test("brokers that also answer in the clear are not encrypted, and none of their disks is guessed", () => {
    const read = (encryptionInTransit: Resource["inputs"]) =>
      readBy(brokerReader, [custom("aws:msk/cluster:Cluster", { encryptionInfo: { encryptionInTransit } })]).parts[0];
    expect(read({ clientBroker: "TLS_PLAINTEXT" })).toMatchObject({ security: { inTransit: false } });
    expect(read({ inCluster: false })).toMatchObject({ security: { inTransit: false } });
    expect(read({ clientBroker: later })).toMatchObject({ security: { inTransit: { known: false } } });
    expect(read({})).toMatchObject({ security: { inTransit: true }, brokers: { diskGib: { known: false } } });
  });

  test("files that a backup plan selects are backed up, and files of a policy that is not read are open", () => {
    const files = custom("aws:efs/fileSystem:FileSystem", {});
    const read = (...others: readonly Resource[]) => readBy(fileSystemReader, [files, ...others]).parts[0]?.["backups"];
    expect(read()).toBe(false);
    expect(read(custom("aws:backup/selection:Selection", { resources: [later] }, { resources: [files] }))).toBe(true);
    const policy = (status: Resource["inputs"][string]) =>
      custom("aws:efs/backupPolicy:BackupPolicy", { backupPolicy: { status } }, { fileSystemId: [files] });
    expect(read(policy("DISABLED"))).toBe(false);
    expect(read(policy(later))).toMatchObject({ known: false, why: "after-deploy" });
  });
});
