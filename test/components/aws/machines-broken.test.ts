import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { awsReaders } from "../../../components/aws/read";
import { costOf } from "../../../cost";
import { resourceGraph, type Resource, type Value } from "../../../model";
import { judge } from "../../../policies";
import { recordIn } from "./a-program";

/** One of each kind of machine, joined to each other. */
const everything = recordIn(({ vpc, subnets }) => {
  const ids = subnets.map(({ id }) => id);
  const target = new aws.lb.TargetGroup("web", { port: 80, vpcId: vpc.id });
  const balancer = new aws.lb.LoadBalancer("web", { subnets: ids });
  new aws.lb.Listener("web", {
    loadBalancerArn: balancer.arn,
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
  });
  const template = new aws.ec2.LaunchTemplate("web", {
    imageId: "ami-1",
    instanceType: "m5.large",
    metadataOptions: { httpTokens: "required" },
    networkInterfaces: [{ associatePublicIpAddress: "true" }],
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 30, volumeType: "gp3" } }],
  });
  const group = (name: string) =>
    new aws.autoscaling.Group(name, {
      minSize: 2,
      maxSize: 4,
      vpcZoneIdentifiers: ids,
      targetGroupArns: name === "web" ? [target.arn] : [],
      mixedInstancesPolicy: {
        instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 50 },
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: template.id },
          overrides: [{ instanceType: "m5.large" }, { instanceType: "m6i.large" }],
        },
      },
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 90 } },
    });
  const web = group("web");
  new aws.autoscaling.Policy("web", { autoscalingGroupName: web.name, policyType: "TargetTrackingScaling" });
  new aws.autoscaling.Schedule("web", { autoscalingGroupName: web.name, scheduledActionName: "x", minSize: 3 });
  const provider = new aws.ecs.CapacityProvider("nodes", {
    autoScalingGroupProvider: { autoScalingGroupArn: group("nodes").arn },
  });
  const task = new aws.ecs.TaskDefinition("app", {
    family: "app",
    containerDefinitions: JSON.stringify([{ name: "app", image: "app", cpu: 1, memory: 4 }]),
  });
  new aws.ecs.Service("app", {
    taskDefinition: task.arn,
    capacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }],
    schedulingStrategy: "DAEMON",
  });
  const server = new aws.ec2.Instance("one", { ami: "ami-1", instanceType: "t3.small", subnetId: ids[0] ?? "" });
  const other = new aws.lb.TargetGroup("one", { port: 80, vpcId: vpc.id });
  new aws.lb.TargetGroupAttachment("one", { targetGroupArn: other.arn, targetId: server.id });
  const address = new aws.ec2.Eip("one", { instance: server.id });
  new aws.ec2.EipAssociation("one", { allocationId: address.id, instanceId: server.id });
  const volume = new aws.ebs.Volume("data", { availabilityZone: "eu-west-1a", size: 10, type: "io2", iops: 100 });
  new aws.ec2.VolumeAttachment("data", { volumeId: volume.id, instanceId: server.id, deviceName: "/dev/sdf" });
  const cluster = new aws.eks.Cluster("main", { roleArn: "r", version: "1.33", vpcConfig: { subnetIds: ids } });
  new aws.eks.NodeGroup("pool", {
    clusterName: cluster.name,
    nodeRoleArn: "r",
    subnetIds: ids,
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
    launchTemplate: { id: template.id, version: "1" },
  });
});

const later = { $unknown: "after-deploy" } as const;
const junk = fc.oneof(fc.constant(later as Value), fc.jsonValue() as fc.Arbitrary<Value>);
const change = fc.record({ at: fc.nat(), property: fc.nat(), value: junk, cut: fc.boolean(), gone: fc.boolean() });

function broken(
  resources: readonly Resource[],
  changes: readonly { at: number; property: number; value: Value; cut: boolean; gone: boolean }[],
): readonly Resource[] {
  const left = new Map(resources.map((resource) => [resource.urn, resource]));
  for (const { at, property, value, cut, gone } of changes) {
    const resource = resources[at % resources.length];
    if (resource === undefined) continue;
    const keys = Object.keys(resource.inputs);
    const inputs = { ...resource.inputs, [keys[property % Math.max(1, keys.length)] ?? "any"]: value };
    if (gone) left.delete(resource.urn);
    else left.set(resource.urn, { ...resource, inputs, ...(cut ? { propertyDependencies: {} } : {}) });
  }
  return [...left.values()];
}

test("whatever a program says of its machines, it is read, priced and judged without a throw", async () => {
  const resources = await everything;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 10 }), (changes) => {
      const graph = resourceGraph(broken(resources, changes));
      const reads = awsReaders.map((reader) => reader.read(graph));
      const parts = reads.flatMap((read) => read.parts);
      const cost = costOf(parts, null);
      for (const amount of Object.values(cost.perMonthUsd)) expect(Number.isFinite(amount)).toBe(true);
      const subject = { parts, resources: graph.resources, graph, plan: null, basis: null, cost, availability: null };
      judge({ ...subject, conflicts: [], baseline: null, asOf: "2026-11-21" });
    }),
    { numRuns: 300 },
  );
});

test("a count that no sum holds is named, and leaves the others' sum alone", async () => {
  const resources = await everything;
  const countOf = (minSize: number) => {
    const graph = resourceGraph(
      resources.map((each) =>
        each.type.endsWith(":Group") && each.name === "web" ? { ...each, inputs: { ...each.inputs, minSize } } : each,
      ),
    );
    return costOf(
      awsReaders.flatMap((reader) => reader.read(graph).parts),
      null,
    );
  };
  const said = ({ unpriced }: ReturnType<typeof costOf>) => unpriced.map(({ why }) => why);
  expect(said(countOf(4))).not.toContain("more than can be counted");
  const beyond = countOf(1e305);
  expect(said(beyond)).toContain("more than can be counted");
  expect(beyond.perMonthUsd.expected).toBeGreaterThan(0);
  expect(beyond.partial).toBe(true);
});

test("untouched, each kind is there once, and each of its resources is read", async () => {
  const resources = await everything;
  const graph = resourceGraph(resources);
  const reads = awsReaders.map((reader) => reader.read(graph));
  const keys = reads.flatMap(({ parts }) => parts.map(({ key }) => key));
  expect(keys.filter((key) => /^(replica-group|node-pool|cluster|volume|address)/.test(key)).sort()).toEqual([
    "address/one/eu-west-1",
    "cluster/main/eu-west-1",
    "node-pool/nodes/eu-west-1",
    "node-pool/pool/eu-west-1",
    "replica-group/app/eu-west-1",
    "replica-group/one/eu-west-1",
    "replica-group/web/eu-west-1",
    "volume/data/eu-west-1",
  ]);
  const claimed = new Set(reads.flatMap(({ claims }) => claims.map(({ urn }) => urn)));
  expect(
    graph.resources
      .filter(({ custom, urn, type }) => custom && !type.startsWith("pulumi:") && !claimed.has(urn))
      .map(({ name, type }) => `${type} ${name}`),
  ).toEqual(["aws:lb/targetGroup:TargetGroup one"]);
});
