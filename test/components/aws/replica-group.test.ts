import type { Resource } from "../../../model";
import { everyAlert, group, topic } from "./parts";
import { record, stack, type SystemUnderTest } from "./system";

const connected = group("ranker", {
  registry: { kind: "service-connect", name: "ranker" },
  scaling: { kind: "fixed", count: 3 },
  rollout: { surge: 3, unavailable: 0, rollsBack: true, watchesAlarms: false },
});
const whole: SystemUnderTest = {
  groups: [connected, group("embedding")],
  alerts: everyAlert("embedding", "ranker"),
  topic,
  balanced: "embedding",
};

function of(resources: readonly Resource[], type: string, name: string): Resource {
  const found = resources.find((resource) => resource.type === type && resource.name === name);
  if (found === undefined)
    throw new Error(
      `no ${type} ${name} among ${resources
        .filter((each) => each.type === type)
        .map((each) => each.name)
        .join()}`,
    );
  return found;
}

const SERVICE = "aws:ecs/service:Service";
const service = (resources: readonly Resource[], workload: string) => of(resources, SERVICE, `${workload}-us-east-1`);

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: unknown;
}
const statements = (policy: Resource): readonly Statement[] =>
  (JSON.parse(String(policy.inputs["policy"])) as { Statement: readonly Statement[] }).Statement;

const onSpot = (spotShare: number, replicas?: number, on: "on-demand" | "spot" = "on-demand") => ({
  kind: "ecs-fargate" as const,
  architecture: "arm64" as const,
  spotShare,
  ...(replicas === undefined ? {} : { base: { replicas, on } }),
  rebalancing: true,
});

describe("a replica group", () => {
  test("leaves the count to its scaler, and keeps a fixed one", async () => {
    const resources = await record(whole);
    expect(service(resources, "embedding").ignoreChanges).toEqual(["desiredCount"]);
    expect(service(resources, "ranker").ignoreChanges).toEqual([]);
    expect(resources.filter((resource) => resource.type === "aws:appautoscaling/target:Target")).toHaveLength(1);
  });

  test("starts after its listener, its permissions, its secrets, the alarms that watch its rollout, and what it calls", async () => {
    const resources = await record(whole);
    const { dependencies } = service(resources, "embedding");
    const before = [
      of(resources, "aws:lb/listener:Listener", "embedding-us-east-1-listener"),
      of(resources, "aws:iam/rolePolicy:RolePolicy", "embedding-us-east-1-execution"),
      of(resources, "aws:ssm/parameter:Parameter", "embedding-us-east-1-WIRE_URL"),
      of(resources, "aws:secretsmanager/secret:Secret", "embedding-us-east-1-NEW_KEY"),
      of(resources, "aws:cloudwatch/metricAlarm:MetricAlarm", "embedding-server-errors-us-east-1"),
      service(resources, "ranker"),
    ];
    expect(before.map(({ urn }) => urn).filter((urn) => !dependencies.includes(urn))).toEqual([]);
  });

  test("names each address and secret, and holds no value of one", async () => {
    const resources = await record(whole);
    const [container] = JSON.parse(
      String(
        of(resources, "aws:ecs/taskDefinition:TaskDefinition", "embedding-us-east-1-task").inputs[
          "containerDefinitions"
        ],
      ),
    ) as [{ secrets: unknown; environment: unknown }];
    expect(container.secrets).toEqual([
      { name: "NEW_KEY", valueFrom: `/aws/reference/secretsmanager/${stack}/embedding/NEW_KEY` },
      { name: "NEW_TOKEN", valueFrom: `/${stack}/embedding/NEW_TOKEN` },
      { name: "OLD_KEY", valueFrom: "arn:aws:secretsmanager:us-east-1:123456789012:secret:OLD_KEY-AbCdEf" },
      { name: "OLD_TOKEN", valueFrom: "/elsewhere/OLD_TOKEN" },
      { name: "WIRE_URL", valueFrom: `/${stack}/embedding/WIRE_URL` },
    ]);
    expect(of(resources, "aws:ssm/parameter:Parameter", "embedding-us-east-1-NEW_TOKEN").ignoreChanges).toEqual([
      "value",
    ]);
    // Nobody has filled the new secrets yet: waiting for replicas would fail the first deployment.
    expect(service(resources, "embedding").inputs["waitForSteadyState"]).toBe(false);
  });

  test("gives the running container what was asked and no more", async () => {
    const resources = await record(whole);
    expect(statements(of(resources, "aws:iam/rolePolicy:RolePolicy", "embedding-us-east-1-task"))).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::models/*"] },
    ]);
  });

  test("pulls with a permission only from ECR", async () => {
    const elsewhere = group("embedding", {
      image: { reference: "registry.example.com/a:1", pinned: false },
      secrets: [],
    });
    const resources = await record({ ...whole, groups: [connected, elsewhere] });
    const actions = (name: string) =>
      JSON.stringify(of(resources, "aws:iam/rolePolicy:RolePolicy", name).inputs["policy"]);
    expect(actions("embedding-us-east-1-execution")).not.toContain("ecr:");
    const own = await record(whole);
    // Its document holds ARNs that are known after the deployment.
    expect(of(own, "aws:iam/rolePolicy:RolePolicy", "embedding-us-east-1-execution").inputs["policy"]).toEqual({
      $unknown: "after-deploy",
    });
  });

  test("lets in the balancer and its callers, nobody else", async () => {
    const resources = await record(whole);
    const rules = resources.filter(
      (resource) => resource.type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    );
    expect(rules.map(({ name, inputs }) => [name, inputs["fromPort"], inputs["cidrIpv4"] ?? null])).toEqual([
      ["embedding-us-east-1-from-balancer", 8888, null],
      ["embedding-us-east-1-into-ranker", 8888, null],
    ]);
  });

  test("on Spot in part names both providers by base and weight, and no launch type", async () => {
    const resources = await record({ ...whole, groups: [connected, group("embedding", { runtime: onSpot(0.75, 4) })] });
    const { inputs, dependencies } = service(resources, "embedding");
    expect(inputs["capacityProviderStrategies"]).toEqual([
      { capacityProvider: "FARGATE", weight: 1, base: 4 },
      { capacityProvider: "FARGATE_SPOT", weight: 3 },
    ]);
    expect([inputs["launchType"], inputs["forceNewDeployment"]]).toEqual([undefined, true]);
    // Until the cluster has them a service may not name them, and as long as one does they may not go.
    const providers = of(
      resources,
      "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
      "shop-us-east-1-capacity",
    );
    expect(providers.inputs).toMatchObject({ capacityProviders: ["FARGATE", "FARGATE_SPOT"] });
    expect(dependencies).toContain(providers.urn);
    const other = service(resources, "ranker");
    expect([other.inputs["launchType"], other.inputs["forceNewDeployment"]]).toEqual(["FARGATE", undefined]);
    expect(other.dependencies).not.toContain(providers.urn);
  });

  test.each([
    [0.5, 1, 1],
    [0.001, 999, 1],
    [0.999, 1, 999],
    [0.4, 3, 2],
    [0.333, 667, 333],
  ])("a share of %d is %d to %d", async (share, onDemand, spot) => {
    const resources = await record({ ...whole, groups: [connected, group("embedding", { runtime: onSpot(share) })] });
    expect(service(resources, "embedding").inputs["capacityProviderStrategies"]).toEqual([
      { capacityProvider: "FARGATE", weight: onDemand },
      { capacityProvider: "FARGATE_SPOT", weight: spot },
    ]);
  });

  test.each([
    [
      "a surge that ECS cannot do",
      {
        scaling: { kind: "fixed", count: 150 },
        rollout: { surge: 2, unavailable: 0, rollsBack: true, watchesAlarms: false },
      },
      /ECS can surge/,
    ],
    [
      "rebalancing without surge",
      { rollout: { surge: 0, unavailable: 1, rollsBack: true, watchesAlarms: false } },
      /surge must be at least 1/,
    ],
    ["nothing but Spot", { runtime: onSpot(1) }, /something must stand, got 1/],
    ["less than no Spot", { runtime: onSpot(-0.001) }, /0 to below 1/],
    ["a share that no weights divide by", { runtime: onSpot(1 / 3) }, /in steps of 0.001/],
    ["a base without Spot", { runtime: onSpot(0, 2) }, /beside a share of Spot/],
    ["a base of Spot", { runtime: onSpot(0.5, 2, "spot") }, /On-Demand beside a share/],
    ["a base of none", { runtime: onSpot(0.5, 0) }, /from 1 to 100000, got 0/],
    ["a base beyond what ECS counts", { runtime: onSpot(0.5, 100_001) }, /got 100001/],
    ["a part of a replica for a base", { runtime: onSpot(0.5, 1.5) }, /whole number/],
    [
      "a zone without subnet",
      { placement: { kind: "zonal", zones: ["us-east-1f"], spread: "hard" } },
      /us-east-1f has no private subnet/,
    ],
    [
      "a readiness probe",
      {
        probes: [
          {
            role: "readiness",
            check: { kind: "tcp" },
            intervalSeconds: 5,
            timeoutSeconds: 2,
            failures: 3,
            successes: 1,
          },
        ],
      },
      /probes/,
    ],
    [
      "spread that rebalancing does not keep",
      { placement: { kind: "zonal", zones: ["us-east-1a"], spread: "best-effort" } },
      /spread/,
    ],
  ] as const)("refuses %s before anything is made of it", async (_, change, message) => {
    await expect(record({ ...whole, groups: [connected, group("embedding", change as never)] })).rejects.toThrow(
      message,
    );
  });
});
