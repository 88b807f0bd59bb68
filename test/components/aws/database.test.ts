import * as aws from "@pulumi/aws";
import { databaseReader } from "../../../components/aws/database.read";
import type { Database, Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { aNetwork, custom, holdsWhateverIsSaid, later, readBy, recorded, region } from "./data-program";

const INSTANCE = "aws:rds/instance:Instance";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** A primary with a standby, its read copy, and a small one that says next to nothing. */
function program() {
  const { opts, vpc, subnetIds } = aNetwork();
  const group = new aws.rds.SubnetGroup("db", { subnetIds }, opts);
  const firewall = new aws.ec2.SecurityGroup("db", { vpcId: vpc.id }, opts);
  new aws.ec2.SecurityGroupRule(
    "db-in",
    {
      securityGroupId: firewall.id,
      type: "ingress",
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      cidrBlocks: ["10.0.0.0/16"],
    },
    opts,
  );
  const parameters = new aws.rds.ParameterGroup(
    "db",
    { family: "postgres14", parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "immediate" }] },
    opts,
  );
  const orders = new aws.rds.Instance(
    "orders",
    {
      engine: "postgres",
      engineVersion: "14.12",
      instanceClass: "db.r6g.large",
      allocatedStorage: 200,
      maxAllocatedStorage: 1000,
      storageType: "gp3",
      iops: 12000,
      multiAz: true,
      dbSubnetGroupName: group.name,
      vpcSecurityGroupIds: [firewall.id],
      parameterGroupName: parameters.name,
      backupRetentionPeriod: 14,
      storageEncrypted: true,
      publiclyAccessible: true,
      deletionProtection: true,
      skipFinalSnapshot: true,
      username: "orders",
      password: "not a secret here",
      region,
    },
    opts,
  );
  new aws.rds.Instance(
    "orders-reader",
    { replicateSourceDb: orders.identifier, instanceClass: "db.t4g.medium", skipFinalSnapshot: true },
    opts,
  );
  new aws.rds.Instance(
    "sessions",
    {
      engine: "mysql",
      engineVersion: "8.0",
      instanceClass: "db.t4g.micro",
      allocatedStorage: 20,
      availabilityZone: "us-east-1b",
      dbSubnetGroupName: group.name,
    },
    opts,
  );
  const defaults = new aws.rds.ParameterGroup("defaults", { family: "postgres16" }, opts);
  new aws.rds.Instance(
    "archive",
    { engine: "postgres", instanceClass: "db.t4g.micro", allocatedStorage: 20, parameterGroupName: defaults.name },
    opts,
  );
}

const orders: Database = {
  kind: "database",
  key: "database/orders/us-east-1",
  workload: "orders",
  region,
  engine: { name: "postgres", version: "14.12" },
  topology: { kind: "standby", standbys: 1 },
  replicaOf: null,
  placement: { kind: "zonal", zones, spread: "hard" },
  machines: [{ type: "db.r6g.large", count: 2 }],
  units: null,
  storage: { gib: 200, maxGib: 1000, type: "gp3", iops: 12000 },
  backups: { keepDays: 14 },
  security: { atRest: true, inTransit: true, public: true },
  deletion: { protected: true, finalSnapshot: false },
  runtime: { kind: "rds" },
};

describe("a program's databases", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recorded(program);
  });
  const named = (workload: string) =>
    readBy(databaseReader, resources).parts.find((part) => part["workload"] === workload);

  test("with a standby, as it was written", () => {
    expect(named("orders")).toEqual(orders);
  });

  test("a read copy has its source's engine, storage, encryption, zones and parameters, and its own machine", () => {
    expect(named("orders-reader")).toEqual({
      ...orders,
      key: "database/orders-reader/us-east-1",
      workload: "orders-reader",
      topology: { kind: "single" },
      replicaOf: "database/orders/us-east-1",
      placement: { kind: "zonal", zones, spread: "best-effort" },
      machines: [{ type: "db.t4g.medium", count: 1 }],
      storage: { gib: 200, maxGib: null, type: "gp3", iops: 12000 },
      backups: null,
      security: { atRest: true, inTransit: true, public: false },
      deletion: { protected: false, finalSnapshot: false },
    });
  });

  test("what is not said is the provider's default", () => {
    expect(named("sessions")).toEqual({
      ...orders,
      key: "database/sessions/us-east-1",
      workload: "sessions",
      engine: { name: "mysql", version: "8.0" },
      topology: { kind: "single" },
      placement: { kind: "zonal", zones: ["us-east-1b"], spread: "best-effort" },
      machines: [{ type: "db.t4g.micro", count: 1 }],
      storage: { gib: 20, maxGib: null, type: "gp2", iops: null },
      backups: null,
      security: { atRest: false, inTransit: false, public: false },
      deletion: { protected: false, finalSnapshot: true },
    });
  });

  test("each input sets the field that the table says", () => {
    expect(checkEveryInput(strip(resources), databaseReader)).toEqual([]);
  });

  test("claims groups and firewalls with them, each once", () => {
    const claimed = readBy(databaseReader, resources).claims.map(({ urn }) => urn);
    expect(claimed.map((urn) => urn.split("::")[2]).sort()).toEqual(
      [
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        INSTANCE,
        INSTANCE,
        INSTANCE,
        INSTANCE,
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/subnetGroup:SubnetGroup",
      ].sort(),
    );
  });

  test("whatever a program says, the reader does not throw", () => {
    holdsWhateverIsSaid(resources, databaseReader);
  });
});

const one = (inputs: Resource["inputs"], ...others: readonly Resource[]) =>
  readBy(databaseReader, [custom(INSTANCE, inputs), ...others]).parts[0];

describe("TLS", () => {
  const enforced = (inputs: Resource["inputs"]) => (one(inputs)?.["security"] as { inTransit: unknown }).inTransit;
  test.each([
    ["postgres", "14.12", false],
    ["postgres", "15.1", true],
    ["postgres", "15", true],
    ["aurora-postgresql", "16.4", false],
    ["aurora-postgresql", "17.4", true],
    ["mysql", "8.4.5", false],
    ["mariadb", "11.4", false],
    ["mariadb", "11.8.2", true],
    ["sqlserver-ex", "15.00", false],
  ])("%s %s refuses connections without it by itself: %p", (engine, engineVersion, expected) => {
    expect(enforced({ engine, engineVersion })).toBe(expected);
  });

  test("is not known of a version that nobody says, of a group that is elsewhere, and of Oracle", () => {
    expect(enforced({ engine: "postgres" })).toMatchObject({ known: false, why: "no-default-known" });
    expect(enforced({ engine: "postgres", engineVersion: later })).toMatchObject({ why: "after-deploy" });
    expect(enforced({ engine: "postgres", parameterGroupName: "default.postgres16" })).toBe(true);
    expect(enforced({ engine: "postgres", engineVersion: "16", parameterGroupName: "ours" })).toMatchObject({
      why: "elsewhere",
    });
    expect(enforced({ engine: "oracle-ee" })).toMatchObject({ known: false });
    expect(enforced({ engine: "mysql" })).toBe(false);
  });

  test("is what the parameter group says, and what hides in it is unknown", () => {
    const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
    const by = (parameters: Resource["inputs"][string]) => {
      const group = custom(PARAMETERS, { family: "mysql8.0", parameters });
      const db = custom(INSTANCE, { engine: "mysql", parameterGroupName: later }, { parameterGroupName: [group] });
      return (readBy(databaseReader, [db, group]).parts[0]?.["security"] as { inTransit: unknown }).inTransit;
    };
    expect(by([{ name: "require_secure_transport", value: "ON" }])).toBe(true);
    expect(by([{ name: "require_secure_transport", value: "0" }])).toBe(false);
    expect(by([{ name: "max_connections", value: "10" }])).toBe(false);
    expect(by([{ name: later, value: "1" }])).toMatchObject({ known: false });
    expect(by(later)).toMatchObject({ known: false });
  });
});

describe("where a database comes from", () => {
  test("a snapshot's engine, size and encryption are elsewhere", () => {
    expect(one({ snapshotIdentifier: "last", instanceClass: "db.t4g.micro" })).toMatchObject({
      engine: { name: { known: false, why: "elsewhere" } },
      replicaOf: null,
      storage: { gib: { known: false, why: "elsewhere" } },
      security: { atRest: { known: false, why: "elsewhere" } },
      machines: [{ type: "db.t4g.micro", count: 1 }],
    });
  });

  test("a source is found by the identifier that is spelt out; one that is not there, or is the copy itself, is elsewhere", () => {
    const source = custom(INSTANCE, { identifier: "orders", engine: "postgres", engineVersion: "16.1" });
    const of = (replicateSourceDb: string) =>
      readBy(databaseReader, [custom(INSTANCE, { replicateSourceDb, identifier: "copy" }), source]).parts.find(
        (part) => part["replicaOf"] !== null,
      );
    for (const id of ["orders", "arn:aws:rds:us-east-1:123456789012:db:orders"])
      expect(of(id)).toMatchObject({ replicaOf: `database/${source.name}/unknown`, engine: { name: "postgres" } });
    for (const id of ["other", "copy"])
      expect(of(id)).toMatchObject({
        replicaOf: { known: false, why: "elsewhere" },
        engine: { name: { known: false, why: "elsewhere" } },
        security: { inTransit: { known: false, why: "elsewhere" } },
      });
  });

  test("whether there is a standby may be known only after the deploy", () => {
    expect(one({ multiAz: later })).toMatchObject({
      topology: { known: false, why: "after-deploy" },
      machines: [{ count: { known: false, why: "after-deploy" } }],
    });
  });
});
