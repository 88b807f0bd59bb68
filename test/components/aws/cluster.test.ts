import * as aws from "@pulumi/aws";
import { clusterReader } from "../../../components/aws/cluster.read";
import { instanceGroupReader } from "../../../components/aws/instance-group.read";
import { nodePoolReader } from "../../../components/aws/node-pool.read";
import { readParts } from "../../../components/readers";
import { at, resourceGraph } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { partsBy, recordIn, region, type Zones } from "./a-program";

function cluster({ subnets }: Zones, over: Partial<aws.eks.ClusterArgs> = {}): aws.eks.Cluster {
  const role = new aws.iam.Role("control", { assumeRolePolicy: "{}" });
  new aws.iam.RolePolicyAttachment("control", { role: role.name, policyArn: "arn:aws:iam::aws:policy/x" });
  return new aws.eks.Cluster("main", {
    roleArn: role.arn,
    version: "1.35",
    vpcConfig: {
      subnetIds: subnets.map(({ id }) => id),
      endpointPublicAccess: true,
      publicAccessCidrs: ["198.51.100.0/24"],
    },
    encryptionConfig: { resources: ["secrets"], provider: { keyArn: "arn:aws:kms:eu-west-1:1:key/1" } },
    enabledClusterLogTypes: ["audit", "api"],
    deletionProtection: true,
    upgradePolicy: { supportType: "EXTENDED" },
    region,
    ...over,
  });
}

const read = async (over: Partial<aws.eks.ClusterArgs>) =>
  partsBy(clusterReader, await recordIn((zones) => void cluster(zones, over)))[0];

describe("an EKS cluster", () => {
  test("reads back, and each of its inputs is in the table", async () => {
    const resources = await recordIn((zones) => void cluster(zones));
    expect(partsBy(clusterReader, resources)).toEqual([
      {
        kind: "cluster",
        key: `cluster/main/${region}`,
        workload: "main",
        region,
        placement: { kind: "regional" },
        version: "1.35",
        endpoint: { public: true, publicRanges: ["198.51.100.0/24"] },
        encryptsSecrets: true,
        logs: ["api", "audit"],
        deletionProtection: true,
        support: "standard",
        runtime: { kind: "eks" },
      },
    ]);
    // An old version, without a word of keys, shows what the policy and the version decide.
    const old = await recordIn((zones) => {
      cluster(zones);
      new aws.eks.Cluster("old", {
        roleArn: "r",
        version: "1.27",
        vpcConfig: { subnetIds: [], endpointPublicAccess: false, publicAccessCidrs: ["198.51.100.0/24"] },
        upgradePolicy: { supportType: "EXTENDED" },
        encryptionConfig: { resources: ["secrets"], provider: { keyArn: "k" } },
        region,
      });
    });
    expect(checkEveryInput(strip(old), clusterReader)).toEqual([]);
  });

  test("with nothing said is open to everybody, keeps no logs, and encrypts from 1.28 on", async () => {
    const bare = { encryptionConfig: undefined, enabledClusterLogTypes: undefined, upgradePolicy: undefined };
    const open = { vpcConfig: { subnetIds: [] }, version: undefined, deletionProtection: undefined };
    expect(await read({ ...bare, ...open })).toMatchObject({
      version: null,
      endpoint: { public: true, publicRanges: ["0.0.0.0/0"] },
      encryptsSecrets: true,
      logs: [],
      deletionProtection: false,
      support: "standard",
    });
    expect(await read({ ...bare, version: "1.27" })).toMatchObject({ encryptsSecrets: false });
    expect(await read({ ...bare, version: "1.28" })).toMatchObject({ encryptsSecrets: true });
  });

  test("of an old version is billed as such, unless it is moved on by itself", async () => {
    expect(await read({ version: "1.33" })).toMatchObject({ support: "extended" });
    expect(await read({ version: "1.34" })).toMatchObject({ support: "standard" });
    expect(await read({ version: "1.20" })).toMatchObject({ support: "extended" });
    expect(await read({ version: "1.33", upgradePolicy: { supportType: "STANDARD" } })).toMatchObject({
      support: "standard",
    });
  });

  test("is old or not on the day that is asked about", async () => {
    const resources = await recordIn((zones) => void cluster(zones, { version: "1.33" }));
    const on = (asOf: string) =>
      readParts("aws", resourceGraph(resources), asOf).parts.find(({ kind }) => kind === "cluster");
    expect(at(on("2026-07-29"), "support")).toMatchObject({ value: "standard" });
    expect(at(on("2026-07-30"), "support")).toMatchObject({ value: "extended" });
  });

  test("that is private lets no range in", async () => {
    expect(await read({ vpcConfig: { subnetIds: [], endpointPublicAccess: false } })).toMatchObject({
      endpoint: { public: false, publicRanges: [] },
    });
  });
});

describe("a node group", () => {
  const pool = (zones: Zones, over: Partial<aws.eks.NodeGroupArgs> = {}) => {
    const main = cluster(zones);
    const role = new aws.iam.Role("node", { assumeRolePolicy: "{}" });
    new aws.eks.NodeGroup("workers", {
      clusterName: main.name,
      nodeRoleArn: role.arn,
      subnetIds: zones.subnets.map(({ id }) => id),
      scalingConfig: { minSize: 1, maxSize: 6, desiredSize: 3 },
      instanceTypes: ["m7g.large", "m6g.large"],
      capacityType: "ON_DEMAND",
      diskSize: 50,
      region,
      ...over,
    });
  };

  test("reads back, and each of its inputs is in the table", async () => {
    const resources = await recordIn(pool);
    expect(partsBy(nodePoolReader, resources)).toMatchObject([
      {
        kind: "node-pool",
        key: `node-pool/workers/${region}`,
        placement: { kind: "zonal", zones: [`${region}a`, `${region}b`] },
        scaling: { kind: "range", min: 1, max: 6, initial: 3 },
        machine: {
          types: ["m7g.large", "m6g.large"],
          spotShare: 0,
          disks: [{ gib: 50, type: { known: false }, atRest: { known: false } }],
          publicAddress: false,
        },
        cluster: `cluster/main/${region}`,
        runtime: { kind: "eks-node-group" },
      },
    ]);
    expect(checkEveryInput(strip(resources), nodePoolReader)).toEqual([]);
  });

  test("on Spot, from a template, and with nothing said", async () => {
    const templated = await recordIn((zones) => {
      const template = new aws.ec2.LaunchTemplate("node", {
        instanceType: "c7g.xlarge",
        metadataOptions: { httpTokens: "required" },
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { volumeSize: 80, volumeType: "gp3", encrypted: "true" } },
        ],
      });
      pool(zones, {
        instanceTypes: undefined,
        diskSize: undefined,
        capacityType: "SPOT",
        launchTemplate: { id: template.id, version: "1" },
      });
    });
    expect(partsBy(nodePoolReader, templated)).toMatchObject([
      {
        machine: {
          types: ["c7g.xlarge"],
          spotShare: 1,
          disks: [{ gib: 80, type: "gp3", atRest: true }],
          metadataNeedsToken: true,
        },
      },
    ]);
    const bare = await recordIn((zones) =>
      pool(zones, { instanceTypes: undefined, diskSize: undefined, capacityType: undefined, clusterName: "another" }),
    );
    expect(partsBy(nodePoolReader, bare)).toMatchObject([
      { machine: { types: ["t3.medium"], spotShare: 0, disks: [{ gib: 20 }] }, cluster: null },
    ]);
    // The size is stated; it is the type that nobody knows.
    expect(partsBy(nodePoolReader, await recordIn((zones) => pool(zones, { diskSize: 100 })))).toMatchObject([
      { machine: { disks: [{ gib: 100, type: { known: false, property: "volume type of diskSize" } }] } },
    ]);
  });
});

describe("an auto-scaling group that carries others", () => {
  const group = (over: Partial<aws.autoscaling.GroupArgs>, userData?: string) =>
    recordIn(({ subnets }) => {
      const template = new aws.ec2.LaunchTemplate("node", {
        instanceType: "m5.large",
        ...(userData === undefined ? {} : { userData }),
      });
      const built = new aws.autoscaling.Group("nodes", {
        minSize: 2,
        maxSize: 4,
        vpcZoneIdentifiers: subnets.map(({ id }) => id),
        launchTemplate: { id: template.id },
        ...over,
      });
      if (userData === "provider")
        new aws.ecs.CapacityProvider("nodes", { autoScalingGroupProvider: { autoScalingGroupArn: built.arn } });
    });
  const tag = { key: "kubernetes.io/cluster/main", value: "owned", propagateAtLaunch: true };
  const join = Buffer.from("#!/bin/bash\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config").toString("base64");

  test.each([
    ["a capacity provider", [], "provider", "ecs-capacity"],
    ["a start script that names its cluster", [], join, "ecs-capacity"],
    ["the tag that Kubernetes asks for", [tag], undefined, "eks-self-managed"],
  ])("is told by %s", async (_, tags, userData, kind) => {
    const resources = await group({ tags }, userData);
    expect(partsBy(instanceGroupReader, resources)).toEqual([]);
    expect(partsBy(nodePoolReader, resources)).toMatchObject([
      { key: `node-pool/nodes/${region}`, scaling: { min: 2, max: 4 }, runtime: { kind } },
    ]);
  });

  test("with another start script is replicas", async () => {
    const resources = await group({}, Buffer.from("#!/bin/bash\necho hello").toString("base64"));
    expect(partsBy(nodePoolReader, resources)).toEqual([]);
    expect(partsBy(instanceGroupReader, resources)).toHaveLength(1);
  });
});
