import * as aws from "@pulumi/aws";
import { replicaGroupReader } from "../../../components/aws/replica-group.read";
import { costOf } from "../../../cost";
import { resourceGraph, type Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { partsBy, recordIn, region, type Zones } from "./a-program";

interface Given {
  readonly service?: Partial<aws.ecs.ServiceArgs>;
  readonly task?: Partial<aws.ecs.TaskDefinitionArgs>;
  /** How the machines get into the cluster. */
  readonly by?: "provider" | "default" | "script" | "nothing";
}

/** A service on machines of a group, in its own words. */
function program({ subnets }: Zones, { service, task, by = "provider" }: Given = {}): void {
  const cluster = new aws.ecs.Cluster("shop", { name: "shop", region });
  const template = new aws.ec2.LaunchTemplate("node", {
    instanceType: "m5.large",
    ...(by === "script" ? { userData: Buffer.from("echo ECS_CLUSTER=shop").toString("base64") } : {}),
  });
  const group = new aws.autoscaling.Group("nodes", {
    minSize: 3,
    maxSize: 9,
    desiredCapacity: 4,
    vpcZoneIdentifiers: subnets.map(({ id }) => id),
    launchTemplate: { id: template.id },
    region,
  });
  const provider =
    by === "provider" || by === "default"
      ? new aws.ecs.CapacityProvider("nodes", { autoScalingGroupProvider: { autoScalingGroupArn: group.arn }, region })
      : undefined;
  if (by === "default" && provider !== undefined)
    new aws.ecs.ClusterCapacityProviders("shop", {
      clusterName: cluster.name,
      capacityProviders: [provider.name],
      defaultCapacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }],
      region,
    });
  const definition = new aws.ecs.TaskDefinition("web", {
    family: "web",
    containerDefinitions: JSON.stringify([
      {
        name: "web",
        image: "web@sha256:00",
        cpu: 256,
        memory: 1024,
        memoryReservation: 512,
        portMappings: [{ containerPort: 80 }],
      },
      { name: "agent", image: "agent@sha256:00", cpu: 128, memory: 128 },
    ]),
    region,
    ...task,
  });
  new aws.ecs.Service("web", {
    cluster: cluster.arn,
    taskDefinition: definition.arn,
    desiredCount: 6,
    ...(by === "provider" && provider !== undefined
      ? { capacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }] }
      : {}),
    region,
    ...service,
  });
}

const parts = async (given: Given = {}) =>
  partsBy(replicaGroupReader, await recordIn((zones) => program(zones, given)));

describe("an ECS service on machines", () => {
  test("runs in the zones of the machines, as large as its containers together", async () => {
    expect(await parts()).toMatchObject([
      {
        key: `replica-group/web/${region}`,
        placement: { kind: "zonal", zones: [`${region}a`, `${region}b`], spread: "hard" },
        scaling: { kind: "fixed", count: 6 },
        // 256 + 128 of 1,024 units; 512 MiB that are reserved, and 128.
        size: { cpuMillis: 375, memoryMiB: 640 },
        ports: [80],
        runtime: { kind: "ecs-ec2", machines: `node-pool/nodes/${region}`, daemon: false },
      },
    ]);
  });

  test("has each input in the reader's table", async () => {
    const spread = [{ type: "spread", field: "attribute:ecs.availability-zone" }];
    const resources = await recordIn((zones) =>
      program(zones, { service: { orderedPlacementStrategies: spread, availabilityZoneRebalancing: "ENABLED" } }),
    );
    // Weights count only where some of it is Spot, which on machines the machines say.
    expect(checkEveryInput(strip(resources), replicaGroupReader)).toEqual([
      "aws:ecs/service:Service capacityProviderStrategies[].weight: changing it does not change runtime",
    ]);
  });

  test.each([
    ["the cluster's default strategy", "default"],
    ["the cluster's name in their start script", "script"],
  ] as const)("finds its machines by %s", async (_, by) => {
    expect(await parts({ by })).toMatchObject([{ runtime: { machines: `node-pool/nodes/${region}` } }]);
  });

  test("whose machines are not here says so, and its cost as well", async () => {
    const resources = await recordIn((zones) => program(zones, { by: "nothing" }));
    expect(partsBy(replicaGroupReader, resources)).toMatchObject([
      { runtime: { machines: null }, placement: { known: false, why: "elsewhere" } },
    ]);
    const { unpriced } = costOf(replicaGroupReader.read(resourceGraph(resources)).parts, null);
    expect(unpriced).toContainEqual({
      part: `replica-group/web/${region}`,
      item: "machines",
      why: "outside this program",
    });
  });

  test("on machines of this program costs nothing beside them", async () => {
    const resources = await recordIn((zones) => program(zones));
    const { lines, unpriced } = costOf(replicaGroupReader.read(resourceGraph(resources)).parts, null);
    expect([lines, unpriced]).toEqual([[], []]);
  });

  test("that is a daemon runs one a machine", async () => {
    expect(await parts({ service: { schedulingStrategy: "DAEMON", desiredCount: undefined } })).toMatchObject([
      { scaling: { kind: "range", min: 3, max: 9, initial: 4 }, runtime: { daemon: true } },
    ]);
    const [dark] = await parts({ by: "nothing", service: { schedulingStrategy: "DAEMON" } });
    expect(dark).toMatchObject({ scaling: { known: false, why: "elsewhere" } });
  });

  test("that packs its machines first, or does not move back, is spread as far as it goes", async () => {
    const packed = [{ type: "binpack", field: "memory" }];
    expect(await parts({ service: { orderedPlacementStrategies: packed } })).toMatchObject([
      { placement: { spread: "best-effort" } },
    ]);
    expect(await parts({ service: { availabilityZoneRebalancing: "DISABLED" } })).toMatchObject([
      { placement: { spread: "best-effort" } },
    ]);
  });

  test("with a size of the whole task has that", async () => {
    expect(await parts({ task: { cpu: "512", memory: "1024" } })).toMatchObject([
      { size: { cpuMillis: 500, memoryMiB: 1024 } },
    ]);
  });
});

test("a service in a cluster whose default is Fargate is on Fargate", async () => {
  const resources: readonly Resource[] = await recordIn(() => {
    const cluster = new aws.ecs.Cluster("shop", { region });
    new aws.ecs.ClusterCapacityProviders("shop", {
      clusterName: cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategies: [
        { capacityProvider: "FARGATE", weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 1 },
      ],
      region,
    });
    new aws.ecs.Service("web", { cluster: cluster.arn, desiredCount: 2, region });
  });
  expect(partsBy(replicaGroupReader, resources)).toMatchObject([{ runtime: { kind: "ecs-fargate", spotShare: 0.5 } }]);
});
