import * as aws from "@pulumi/aws";
import { addressReader } from "../../../components/aws/address.read";
import { instanceGroupReader } from "../../../components/aws/instance-group.read";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import { volumeReader } from "../../../components/aws/volume.read";
import { at, resourceGraph, type Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { partsBy, recordIn, region, type Zones } from "./a-program";

const parts = (resources: readonly Resource[]) => partsBy(instanceGroupReader, resources);
const elsewhere = { known: false, why: "elsewhere" };

/** Two web servers named one by one behind one target group, and a bastion that nothing is sent to. */
function servers({ vpc, subnets }: Zones, second: Partial<aws.ec2.InstanceArgs> = {}): void {
  const target = new aws.lb.TargetGroup("web", { port: 80, protocol: "HTTP", vpcId: vpc.id, region });
  const balancer = new aws.lb.LoadBalancer("web", { subnets: subnets.map(({ id }) => id), region });
  new aws.lb.Listener("web", {
    loadBalancerArn: balancer.arn,
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
    region,
  });
  subnets.forEach((subnet, index) => {
    const server = new aws.ec2.Instance(`web-${index}`, {
      ami: "ami-0abc",
      instanceType: "t3.small",
      subnetId: subnet.id,
      associatePublicIpAddress: false,
      metadataOptions: { httpTokens: "required" },
      rootBlockDevice: { volumeSize: 20, volumeType: "gp3", encrypted: true },
      region,
      ...(index === 1 ? second : {}),
    });
    new aws.lb.TargetGroupAttachment(`web-${index}`, {
      targetGroupArn: target.arn,
      targetId: server.id,
      port: 8080,
      region,
    });
  });
  const bastion = new aws.ec2.Instance("bastion", {
    ami: "ami-0def",
    instanceType: "t4g.nano",
    availabilityZone: `${region}a`,
    associatePublicIpAddress: true,
    ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 5 }],
    region,
  });
  const address = new aws.ec2.Eip("bastion", { domain: "vpc", region });
  new aws.ec2.EipAssociation("bastion", { allocationId: address.id, instanceId: bastion.id, region });
}

describe("instances that are named one by one", () => {
  test("behind one target group are replicas of each other; a lone one is a group of one", async () => {
    expect(parts(await recordIn(servers))).toMatchObject([
      {
        key: `replica-group/bastion/${region}`,
        placement: { kind: "zonal", zones: [`${region}a`], spread: "hard" },
        scaling: { kind: "fixed", count: 1 },
        ports: elsewhere,
        runtime: {
          machine: {
            types: ["t4g.nano"],
            disks: [
              { known: false, why: "no-default-known" },
              { gib: 5, type: "gp2", atRest: false },
            ],
            metadataNeedsToken: { known: false, why: "no-default-known" },
            // It has an elastic address in the place of its own.
            publicAddress: false,
          },
        },
      },
      {
        key: `replica-group/web/${region}`,
        placement: { kind: "zonal", zones: [`${region}a`, `${region}b`], spread: "hard" },
        scaling: { kind: "fixed", count: 2 },
        size: { cpuMillis: 2000, memoryMiB: 2048 },
        ports: [8080],
        drainSeconds: 300,
        rollout: elsewhere,
        image: { reference: "ami-0abc", pinned: true },
        runtime: {
          kind: "instance-group",
          machine: {
            types: ["t3.small"],
            spotShare: 0,
            disks: [{ gib: 20, type: "gp3", iops: null, mbPerSecond: null, atRest: true }],
            metadataNeedsToken: true,
            publicAddress: false,
          },
          healthCheck: "machine",
        },
      },
    ]);
  });

  test("are what their balancer sends to", async () => {
    const [balancer] = loadBalancerReader.read(resourceGraph(await recordIn(servers))).parts;
    expect(at(balancer, "targets", 0, "part")).toMatchObject({ value: `replica-group/web/${region}` });
  });

  test("have each input in the reader's table", async () => {
    expect(checkEveryInput(strip(await recordIn(servers)), instanceGroupReader)).toEqual([]);
  });

  test("that differ say so, field by field", async () => {
    const [, web] = parts(
      await recordIn((zones) =>
        servers(zones, { instanceType: "t3.large", instanceMarketOptions: { marketType: "spot" } }),
      ),
    );
    expect(web).toMatchObject({
      size: { known: false, why: "ambiguous-reference" },
      image: { reference: "ami-0abc" },
      runtime: { machine: { types: { known: false, why: "ambiguous-reference" }, spotShare: 0.5 } },
    });
  });

  test("start from a template where they are silent", async () => {
    const [part] = parts(
      await recordIn(({ subnets: [subnet] }) => {
        const template = new aws.ec2.LaunchTemplate("base", {
          instanceType: "m5.large",
          imageId: "ami-1",
          metadataOptions: { httpTokens: "optional" },
          blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 8, volumeType: "gp2" } }],
        });
        new aws.ec2.Instance("one", {
          instanceType: "m5.xlarge",
          subnetId: subnet?.id ?? "",
          launchTemplate: { id: template.id },
        });
      }),
    );
    expect(part).toMatchObject({
      size: { cpuMillis: 4000 },
      image: { reference: "ami-1" },
      runtime: { machine: { types: ["m5.xlarge"], metadataNeedsToken: false, disks: [{ gib: 8, type: "gp2" }] } },
    });
  });

  test("that are not known say why, and never throw", async () => {
    const [part] = parts(
      await recordIn(({ vpc }) => {
        new aws.ec2.Instance("dark", { ami: vpc.id, instanceType: vpc.id, subnetId: "subnet-1" });
      }),
    );
    expect(part).toMatchObject({
      placement: { zones: [elsewhere] },
      size: { known: false, why: "after-deploy" },
      image: { reference: { known: false, why: "after-deploy" } },
    });
  });
});

describe("volumes and addresses", () => {
  const program = ({ subnets: [subnet] }: Zones): void => {
    const volume = new aws.ebs.Volume("data", {
      availabilityZone: `${region}a`,
      size: 100,
      type: "gp3",
      iops: 4000,
      throughput: 200,
      encrypted: true,
      region,
    });
    new aws.ec2.VolumeAttachment("data", { volumeId: volume.id, instanceId: "i-1", deviceName: "/dev/sdf", region });
    new aws.ebs.Volume("bare", { availabilityZone: `${region}b`, snapshotId: "snap-1", region });
    const taken = new aws.ec2.Eip("nat", { domain: "vpc", region });
    new aws.ec2.NatGateway("nat", { subnetId: subnet?.id ?? "", allocationId: taken.id, region });
    new aws.ec2.Eip("kept", { domain: "vpc", region });
  };

  test("are Parts of their own, but for what a gateway takes", async () => {
    const resources = await recordIn(program);
    expect(partsBy(volumeReader, resources)).toMatchObject([
      { key: `volume/bare/${region}`, gib: { known: false }, type: "gp2", iops: null, atRest: false },
      {
        key: `volume/data/${region}`,
        placement: { kind: "zonal", zones: [`${region}a`] },
        gib: 100,
        type: "gp3",
        iops: 4000,
        mbPerSecond: 200,
        atRest: true,
      },
    ]);
    expect(partsBy(addressReader, resources)).toMatchObject([{ key: `address/kept/${region}` }]);
    expect(checkEveryInput(strip(resources), volumeReader)).toEqual([]);
    expect(checkEveryInput(strip(resources), addressReader)).toEqual([]);
  });

  test("are encrypted where the account encrypts all by itself", async () => {
    const resources = await recordIn((zones) => {
      program(zones);
      new aws.ebs.EncryptionByDefault("all", { enabled: true });
    });
    expect(partsBy(volumeReader, resources)).toMatchObject([{ atRest: true }, { atRest: true }]);
  });
});
