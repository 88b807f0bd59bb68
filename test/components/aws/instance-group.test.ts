import * as aws from "@pulumi/aws";
import { instanceGroupReader } from "../../../components/aws/instance-group.read";
import { nodePoolReader } from "../../../components/aws/node-pool.read";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import { at, resourceGraph, type Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { partsBy, recordIn, region, type Zones } from "./a-program";

const parts = (resources: readonly Resource[]) => partsBy(instanceGroupReader, resources);

/** A web tier as many programs have it: a template, a group in two zones, a balancer, a scaler. */
function web(
  { vpc, subnets }: Zones,
  given: {
    readonly template?: Partial<aws.ec2.LaunchTemplateArgs>;
    readonly group?: Partial<aws.autoscaling.GroupArgs>;
  } = {},
): aws.autoscaling.Group {
  const firewall = new aws.ec2.SecurityGroup("web", { vpcId: vpc.id, region });
  const template = new aws.ec2.LaunchTemplate("web", {
    imageId: "ami-0abc",
    instanceType: "m7g.large",
    vpcSecurityGroupIds: [firewall.id],
    metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeSize: 30, volumeType: "gp3", encrypted: "true", iops: 4000, throughput: 250 },
      },
    ],
    region,
    ...given.template,
  });
  const targetGroup = new aws.lb.TargetGroup("web", {
    port: 8080,
    protocol: "HTTP",
    vpcId: vpc.id,
    deregistrationDelay: 60,
    healthCheck: { path: "/health" },
    region,
  });
  const balancer = new aws.lb.LoadBalancer("web", { subnets: subnets.map(({ id }) => id), region });
  new aws.lb.Listener("web", {
    loadBalancerArn: balancer.arn,
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    region,
  });
  const group = new aws.autoscaling.Group("web", {
    minSize: 2,
    maxSize: 6,
    desiredCapacity: 3,
    vpcZoneIdentifiers: subnets.map(({ id }) => id),
    targetGroupArns: [targetGroup.arn],
    healthCheckType: "ELB",
    healthCheckGracePeriod: 120,
    launchTemplate: { id: template.id, version: "$Latest" },
    instanceRefresh: {
      strategy: "Rolling",
      preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 140, autoRollback: true },
    },
    region,
    ...given.group,
  });
  new aws.autoscaling.Policy("cpu", {
    autoscalingGroupName: group.name,
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      targetValue: 60,
    },
    region,
  });
  new aws.autoscaling.Schedule("morning", {
    autoscalingGroupName: group.name,
    scheduledActionName: "morning",
    recurrence: "0 6 * * 1-5",
    minSize: 4,
    region,
  });
  return group;
}

const elsewhere = { known: false, why: "elsewhere" };

describe("an auto-scaling group", () => {
  test("reads as a replica group of machines", async () => {
    expect(parts(await recordIn(web))).toEqual([
      {
        kind: "replica-group",
        key: `replica-group/web/${region}`,
        workload: "web",
        region,
        placement: { kind: "zonal", zones: [`${region}a`, `${region}b`], spread: "best-effort" },
        scaling: {
          kind: "range",
          min: 2,
          max: 6,
          initial: 3,
          signals: [{ metric: "cpu", target: 60 }],
          schedule: [{ cron: "0 6 * * 1-5", min: 4, max: 6 }],
        },
        size: { cpuMillis: 2000, memoryMiB: 8192 },
        ports: [8080],
        probes: [],
        // 140 % of 3 are 4.2, rounded down; 90 % are 2.7, rounded up.
        rollout: { surge: 1, unavailable: 0, rollsBack: true, watchesAlarms: false },
        drainSeconds: 60,
        image: { reference: "ami-0abc", pinned: true },
        environment: expect.objectContaining(elsewhere),
        sidecars: [],
        secrets: expect.objectContaining(elsewhere),
        logs: expect.objectContaining(elsewhere),
        registry: null,
        runtime: {
          kind: "instance-group",
          machine: {
            types: ["m7g.large"],
            spotShare: 0,
            disks: [{ gib: 30, type: "gp3", iops: 4000, mbPerSecond: 250, atRest: true }],
            metadataNeedsToken: true,
            publicAddress: false,
          },
          healthCheck: "balancer",
          autohealingDelaySeconds: 120,
        },
      },
    ]);
  });

  test("has each input in the reader's table", async () => {
    expect(checkEveryInput(strip(await recordIn(web)), instanceGroupReader)).toEqual([]);
  });

  test("is what its balancer sends to", async () => {
    const [balancer] = loadBalancerReader.read(resourceGraph(await recordIn(web))).parts;
    expect(at(balancer, "targets", 0, "part")).toMatchObject({ value: `replica-group/web/${region}` });
    expect(at(balancer, "targets", 0, "port")).toMatchObject({ value: 8080 });
  });

  test("is found by an attachment as well, from both sides", async () => {
    const resources = await recordIn((given) => {
      const target = new aws.lb.TargetGroup("late", { port: 90, vpcId: given.vpc.id, region });
      const group = web(given, { group: { targetGroupArns: [] } });
      new aws.autoscaling.Attachment("late", {
        autoscalingGroupName: group.name,
        lbTargetGroupArn: target.arn,
        region,
      });
    });
    expect(parts(resources)).toMatchObject([{ ports: [90], drainSeconds: 300 }]);
    expect(checkEveryInput(strip(resources), instanceGroupReader)).toEqual([]);
  });

  test("with nothing that moves it is fixed where its bounds meet; without a refresh its rollout is elsewhere", async () => {
    const [part] = parts(
      await recordIn(({ subnets }) => {
        const template = new aws.ec2.LaunchTemplate("lone", { instanceType: "t3.micro", name: "lone" });
        new aws.autoscaling.Group("lone", {
          minSize: 2,
          maxSize: 2,
          vpcZoneIdentifiers: subnets.slice(0, 1).map(({ id }) => id),
          launchTemplate: { name: template.name },
        });
      }),
    );
    expect(part).toMatchObject({
      scaling: { kind: "fixed", count: 2 },
      placement: { zones: [`${region}a`] },
      size: { cpuMillis: 2000, memoryMiB: 1024 },
      ports: elsewhere,
      rollout: elsewhere,
      image: { reference: { known: false }, pinned: { known: false } },
      runtime: {
        healthCheck: "machine",
        autohealingDelaySeconds: 300,
        machine: {
          disks: [{ known: false, why: "no-default-known" }],
          metadataNeedsToken: { known: false, why: "no-default-known" },
        },
      },
    });
  });

  test.each([
    ["what it is asked to have", { desiredCapacity: 3 }, { kind: "fixed", count: 3 }],
    ["its least, where nothing is asked", {}, { kind: "fixed", count: 2 }],
    [
      "its bounds, where the asked is beyond them",
      { desiredCapacity: 7 },
      { kind: "range", min: 2, max: 6, initial: 7 },
    ],
  ])("with bounds apart that nothing moves has %s", async (_, given, scaling) => {
    const lone = (more: Partial<aws.autoscaling.GroupArgs>) =>
      recordIn(() => {
        const template = new aws.ec2.LaunchTemplate("lone", { instanceType: "t3.micro", name: "lone" });
        new aws.autoscaling.Group("lone", {
          minSize: 2,
          maxSize: 6,
          availabilityZones: ["us-east-1a"],
          launchTemplate: { name: template.name },
          ...given,
          ...more,
        });
      });
    expect(parts(await lone({}))).toMatchObject([{ scaling }]);
    // The autoscaler of a cluster moves it without a word in this program.
    const tags = [{ key: "kubernetes.io/cluster/main", value: "owned", propagateAtLaunch: true }];
    expect(partsBy(nodePoolReader, await lone({ tags }))).toMatchObject([
      { scaling: { kind: "range", min: 2, max: 6 } },
    ]);
  });

  test("of mixed machines says how much beyond its base is Spot, and a size only where all have the same", async () => {
    const mixed = (types: readonly string[], base: number) =>
      recordIn((given) => {
        const template = new aws.ec2.LaunchTemplate("mixed", { instanceType: "m5.large" });
        new aws.autoscaling.Group("mixed", {
          minSize: 4,
          maxSize: 8,
          availabilityZones: ["us-east-1b", "us-east-1a"],
          mixedInstancesPolicy: {
            instancesDistribution: { onDemandBaseCapacity: base, onDemandPercentageAboveBaseCapacity: 25 },
            launchTemplate: {
              launchTemplateSpecification: { launchTemplateId: template.id },
              overrides: types.map((instanceType) => ({ instanceType })),
            },
          },
        });
        void given;
      }).then((resources) => parts(resources)[0]);
    expect(await mixed(["m6i.large", "m7g.large"], 0)).toMatchObject({
      placement: { zones: ["us-east-1a", "us-east-1b"] },
      size: { cpuMillis: 2000, memoryMiB: 8192 },
      runtime: { machine: { types: ["m6i.large", "m7g.large"], spotShare: 0.75 } },
    });
    expect(await mixed([], 1)).toMatchObject({
      runtime: { machine: { types: ["m5.large"], spotShare: 0.75, onDemandBase: 1 } },
    });
    expect(await mixed(["m6i.large", "m6i.xlarge"], 0)).toMatchObject({
      size: { cpuMillis: { known: false, why: "ambiguous-reference" } },
    });
  });

  test("that the program does not know says why, and never throws", async () => {
    const [part] = parts(
      await recordIn(() => {
        const later = new aws.ec2.Vpc("other", {}).id;
        new aws.autoscaling.Group("dark", {
          minSize: later.apply(Number),
          maxSize: 3,
          vpcZoneIdentifiers: [later],
          launchTemplate: { id: later },
        });
      }),
    );
    expect(part).toMatchObject({
      scaling: { kind: "range", min: { known: false, why: "after-deploy" }, max: 3 },
      placement: elsewhere,
      size: elsewhere,
      runtime: { machine: { types: [elsewhere], disks: elsewhere } },
    });
  });

  test("that carries containers of a cluster is no replica group", async () => {
    const resources = await recordIn((given) => {
      const group = web(given);
      new aws.ecs.CapacityProvider("machines", { autoScalingGroupProvider: { autoScalingGroupArn: group.arn } });
    });
    expect(parts(resources)).toEqual([]);
  });
});
