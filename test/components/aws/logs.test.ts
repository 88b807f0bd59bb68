import * as aws from "@pulumi/aws";
import { replicaGroupReader } from "../../../components/aws/replica-group.read";
import { plain, resourceGraph, type ReplicaGroup, type Resource } from "../../../model";
import { recordForeign } from "./foreign-program";
import { group, routerSidecar, topic } from "./parts";
import { record, region, stack } from "./system";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

interface Container {
  readonly name: string;
  readonly user?: string;
  readonly dependsOn?: readonly object[];
  readonly firelensConfiguration?: object;
  readonly logConfiguration?: { readonly logDriver: string; readonly options: Readonly<Record<string, string>> };
}

async function built(logs: ReplicaGroup["logs"], sidecars: ReplicaGroup["sidecars"] = []) {
  const part = group("embedding", {
    logs,
    sidecars,
    image: { reference: "registry.example.com/a:1", pinned: false },
    secrets: [],
    rollout: { surge: 6, unavailable: 0, rollsBack: true, watchesAlarms: false },
  });
  const resources = await record({ groups: [part], alerts: [], topic, balanced: "embedding" });
  const task = resources.find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition");
  const policy = resources.find(
    ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === `embedding-${region}-execution`,
  );
  return {
    containers: JSON.parse(String(task?.inputs["containerDefinitions"])) as readonly Container[],
    groups: resources.filter(({ type }) => type === GROUP).map(({ inputs }) => inputs["name"]),
    execution: policy?.inputs["policy"],
  };
}

describe("lines of a replica group", () => {
  test("go to no group that is made where an existing one takes them: its own region, a stream of whose they are", async () => {
    const logs = { kind: "existing", group: "/shared/services", region: "eu-west-1" } as const;
    const { containers, groups, execution } = await built(logs);
    expect(groups).toEqual([]);
    expect(containers.map(({ logConfiguration }) => logConfiguration)).toEqual([
      {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "/shared/services",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "embedding",
          mode: "non-blocking",
          "max-buffer-size": "25m",
        },
      },
    ]);
    expect(JSON.parse(String(execution))).toMatchObject({
      Statement: [
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: ["arn:aws:logs:eu-west-1:*:log-group:/shared/services:*"],
        },
      ],
    });
  });

  test("of none are written nowhere, and nobody may write them", async () => {
    const { containers, groups, execution } = await built(null, [routerSidecar("proxy")]);
    expect(groups).toEqual([]);
    expect(containers.map(({ logConfiguration }) => logConfiguration)).toEqual([undefined, undefined]);
    expect(execution).toBeUndefined();
  });

  test("go through the router, its own to a group; it is waited for, runs as ECS wants it, and its secrets may be read", async () => {
    const logs = { kind: "router", router: "log-router", output: "datadog", keepDays: null } as const;
    const { containers, execution } = await built(logs, [routerSidecar("log-router"), routerSidecar("proxy")]);
    expect(containers.map(({ name, logConfiguration }) => [name, logConfiguration?.logDriver])).toEqual([
      ["embedding", "awsfirelens"],
      ["log-router", undefined],
      ["proxy", "awsfirelens"],
    ]);
    const [main, router] = containers;
    expect(main?.dependsOn).toContainEqual({ containerName: "log-router", condition: "START" });
    expect(main?.logConfiguration).toEqual({
      logDriver: "awsfirelens",
      options: { Name: "datadog", "log-driver-buffer-limit": "2097152" },
      secretOptions: [{ name: "apikey", valueFrom: expect.stringContaining("apikey") as string }],
    });
    expect([router?.user, router?.firelensConfiguration]).toEqual(["0", { type: "fluentbit" }]);
    expect(String(execution)).toContain("secretsmanager:GetSecretValue");
    expect(String(execution)).not.toContain("logs:");
    const kept = await built({ ...logs, output: null, keepDays: 7 }, [routerSidecar("log-router")]);
    expect(kept.groups).toEqual([`/${stack}/embedding`]);
    expect(kept.containers[1]?.logConfiguration?.options["awslogs-group"]).toBe(`/${stack}/embedding`);
    expect(kept.containers[1]?.firelensConfiguration).toEqual({
      type: "fluentd",
      options: { "config-file-type": "file", "config-file-value": "/extra.conf" },
    });
  });

  test("go through no router that is not there", async () => {
    const logs = { kind: "router", router: "log-router", output: "s3", keepDays: 7 } as const;
    await expect(built(logs)).rejects.toThrow("the router log-router is none of its sidecars");
  });
});

describe("lines of a task that nines did not write", () => {
  const read = async (containers: readonly object[], beside: () => unknown = () => undefined) => {
    const resources: readonly Resource[] = await recordForeign(() => {
      beside();
      const task = new aws.ecs.TaskDefinition("web", {
        family: "web",
        cpu: "256",
        memory: "512",
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        containerDefinitions: JSON.stringify(containers),
        region,
      });
      new aws.ecs.Service("web", { launchType: "FARGATE", taskDefinition: task.arn, desiredCount: 2, region });
    });
    const { parts, conflicts } = replicaGroupReader.read(resourceGraph(resources));
    return { logs: (plain(parts[0]) as { readonly logs: unknown }).logs, conflicts };
  };
  const web = { name: "web", image: "web:1", portMappings: [{ containerPort: 80 }] };
  const to = (logDriver: string, options: object) => ({ ...web, logConfiguration: { logDriver, options } });
  const kept = () => new aws.cloudwatch.LogGroup("web", { name: "/web", retentionInDays: 7, region });
  const router = (more: object) => ({ name: "log_router", image: "router:1", ...more });

  test.each<[string, readonly object[], (() => unknown) | undefined, unknown]>([
    ["nowhere", [web], undefined, null],
    [
      "to a group of the program",
      [to("awslogs", { "awslogs-group": "/web", "awslogs-region": region })],
      kept,
      { kind: "group", keepDays: 7 },
    ],
    [
      "to a group that is elsewhere",
      [to("awslogs", { "awslogs-group": "/web", "awslogs-region": region })],
      undefined,
      { kind: "existing", group: "/web", region },
    ],
    [
      "to a group without its region",
      [to("awslogs", { "awslogs-group": "/web" })],
      undefined,
      { kind: "existing", group: "/web", region: { known: false, why: "no-default-known" } },
    ],
    ["to somebody else's driver", [to("splunk", {})], undefined, { known: false, why: "elsewhere" }],
    [
      "through a router, in any letters, whose own lines go to the group",
      [
        to("awsfirelens", { name: "s3" }),
        router({
          firelensConfiguration: { type: "fluentbit" },
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/web", "awslogs-region": region } },
        }),
      ],
      kept,
      { kind: "router", router: "log_router", output: "s3", keepDays: 7 },
    ],
    [
      "through a router whose own lines go nowhere",
      [to("awsfirelens", { "@type": "kafka" }), router({ firelensConfiguration: { type: "fluentd" } })],
      undefined,
      { kind: "router", router: "log_router", output: "kafka", keepDays: null },
    ],
    [
      "through a router whose own lines go to a group that is elsewhere",
      [
        to("awsfirelens", {}),
        router({
          firelensConfiguration: { type: "fluentbit" },
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/web", "awslogs-region": region } },
        }),
      ],
      undefined,
      { kind: "router", router: "log_router", output: null, keepDays: { known: false, why: "elsewhere" } },
    ],
    [
      "through a router that is not there",
      [to("awsfirelens", { Name: "s3" })],
      undefined,
      { known: false, why: "unreadable" },
    ],
  ])("%s", async (_, containers, beside, logs) => {
    const found = await read(containers, beside);
    if (logs === null) expect(found.logs).toBeNull();
    else expect(found.logs).toMatchObject(logs as object);
    expect(found.conflicts).toEqual([]);
  });

  test("to a group of another region is a conflict: lines are lost", async () => {
    const { conflicts } = await read([to("awslogs", { "awslogs-group": "/web", "awslogs-region": "eu-west-1" })], kept);
    expect(conflicts.map(({ field, says }) => [field, says.map(({ value }) => value)])).toEqual([
      ["logs", ["eu-west-1", region]],
    ]);
  });
});
