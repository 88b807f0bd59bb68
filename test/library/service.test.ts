import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Subnet, Vpc } from "@pulumi/aws/ec2";
import { Repository } from "@pulumi/aws/ecr";
import { Provider } from "@pulumi/aws/provider";
import { Topic } from "@pulumi/aws/sns";
import { Service, type ExistingServiceNetwork, type ServiceArgs } from "../../components/aws/library";
import { readParts } from "../../components/readers";
import { plansIn, resourceGraph, type Part, type Plan, type Resource } from "../../model";
import { comparePlanned } from "../../policies";
import { judgeStack } from "../../policies/pack-stack";
import { least, ofType, one, recordProgram, recordService, refused } from "./a-service";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;

function planned(resources: readonly Resource[]): Plan {
  const [found, ...others] = plansIn(resources);
  if (found === undefined || others.length > 0) throw new Error("one plan is expected");
  return found.plan;
}

/** What was registered, against what was planned. */
function differences(resources: readonly Resource[]) {
  const { parts, conflicts } = readParts("aws", resourceGraph(resources));
  return { ...comparePlanned(planned(resources).parts, parts), conflicts };
}

describe("a service in any program", () => {
  test("twelve lines are planned, built, alarmed and read back as planned", async () => {
    const { resources, outputs } = await recordService(least);
    expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
    const plan = planned(resources);
    // 120/s x 30 ms are 3.6 busy slots: four and headroom, and a zone of three may go.
    expect(outputs).toMatchObject({ replicas: 6, url: { $unknown: "after-deploy" } });
    expect(outputs["availability"]).toBe(1 - plan.availability!.unavailability);
    expect(outputs["availability"]).toBeGreaterThan(0.999);
    expect(one(resources, "aws:ecs/service:Service").inputs["desiredCount"]).toBe(6);
    expect(ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm")).toHaveLength(9);
  });

  test("its cost is what its Parts cost by themselves", async () => {
    const { resources, outputs } = await recordService(least);
    const { costOf } = await import("../../cost");
    const { parts } = readParts("aws", resourceGraph(resources));
    expect(outputs["costPerMonthUsd"]).toBeCloseTo(costOf(parts, planned(resources)).perMonthUsd.expected, 1);
  });

  test("the plan is the component's own input, and its settings say that they are arguments or defaults", async () => {
    const { resources } = await recordService(least);
    const [found] = plansIn(resources);
    expect(found?.component).toBe("urn:pulumi:prod::shop::nines:aws:Service::web");
    const from = new Map(found?.plan.settings.map((setting) => [setting.key, setting.from]));
    expect([from.get("load.requestsPerSecond.peak"), from.get("utilisationCeiling")]).toEqual(["argument", "default"]);
    expect([from.get("objectives.availability"), from.get("workloads.web.startSeconds")]).toEqual([
      "default",
      "default",
    ]);
    expect([from.get("workloads.web.probes"), from.get("sizes.web.memoryMiB")]).toEqual(["argument", "argument"]);
    expect(new Set(from.values())).toEqual(new Set(["argument", "default"]));
  });

  test("everything is below it, carries its tags, and takes the provider that it was given", async () => {
    const { resources } = await recordProgram(() => {
      const provider = new Provider("elsewhere", { region: "us-east-1" });
      new Service("web", { ...least, tags: { team: "shop" } }, { providers: { aws: provider }, protect: true });
    });
    const taggable = resources.filter((resource) => resource.inputs["tags"] !== undefined);
    expect(taggable.length).toBeGreaterThan(25);
    for (const { inputs } of taggable)
      expect(inputs["tags"]).toMatchObject({ team: "shop", "nines:system": "web", "nines:stack": "shop-prod" });
    expect(ofType(resources, "pulumi:providers:aws")).toHaveLength(1);
    for (const { urn, custom, type } of resources)
      if (custom && !type.startsWith("pulumi:")) expect(urn).toContain("nines:aws:Service$");
  });

  test("a cache beside it is built, wired and read back", async () => {
    const { resources } = await recordService({
      ...least,
      cache: { entries: 200_000, keyBytes: 40, valueBytes: 500 },
    });
    expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
    expect(planned(resources).parts.map(({ key }) => key)).toContain("redis-cache/web-cache/us-east-1");
    const document = String(one(resources, "aws:ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]);
    expect(document).toContain("CACHE_URL");
    expect(document).toContain("CACHE_TOKEN");
  });

  test("two services stand in one program", async () => {
    const { resources } = await recordProgram(() => {
      new Service("web", least);
      new Service("api", { ...least, port: 9000 });
    });
    expect(plansIn(resources).map(({ plan }) => plan.system)).toEqual(["api", "web"]);
    const names = ofType(resources, "aws:ecs/cluster:Cluster").map(({ inputs }) => inputs["name"]);
    expect(names.sort()).toEqual(["shop-prod-api", "shop-prod-web"]);
  });

  test("sidecars stand in its size, read back as planned, and their slips are told by argument", async () => {
    const proxy = { image: `registry.example.com/proxy@sha256:${"b".repeat(64)}`, cpuMillis: 125, memoryMiB: 128 };
    const { resources } = await recordService({ ...least, sidecars: { proxy: { ...proxy, awaited: "started" } } });
    expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
    const task = one(resources, "aws:ecs/taskDefinition:TaskDefinition").inputs;
    expect([task["cpu"], task["memory"]]).toEqual(["512", "1024"]);
    const containers = JSON.parse(String(task["containerDefinitions"])) as readonly { readonly name: string }[];
    expect(containers.map(({ name }) => name)).toEqual(["web", "proxy"]);
    const wrong = { proxy: { ...proxy, memoryMiB: 1 } };
    expect(await refused(() => recordService({ ...least, sidecars: wrong }))).toMatch(
      /^1 mistake in .*\n {2}sidecars\.proxy\.memoryMiB {3}got 1\n/,
    );
  });

  test("a transform that changes its argument and returns nothing is taken, as Pulumi takes it", async () => {
    const { resources } = await recordService({
      ...least,
      transform: {
        loadBalancer: {
          loadBalancer: (args) => {
            args.idleTimeout = 120;
          },
        },
        cluster: { cluster: () => {} },
      },
    } as ServiceArgs);
    const balancer = one(resources, "aws:lb/loadBalancer:LoadBalancer").inputs;
    expect([balancer["idleTimeout"], balancer["loadBalancerType"]]).toEqual([120, "application"]);
    expect(one(resources, "aws:ecs/cluster:Cluster").inputs["name"]).toBe("shop-prod-web");
  });

  test("a transform has the last word on one child", async () => {
    const { resources } = await recordService({
      ...least,
      transform: { loadBalancer: { loadBalancer: { idleTimeout: 120 } }, cluster: { cluster: { name: "mine" } } },
    });
    expect(one(resources, "aws:lb/loadBalancer:LoadBalancer").inputs["idleTimeout"]).toBe(120);
    expect(one(resources, "aws:ecs/cluster:Cluster").inputs["name"]).toBe("mine");
  });
});

describe("ids that are known only after deploy", () => {
  const program =
    (subnets: (ids: readonly pulumi.Output<string>[]) => Pick<ExistingServiceNetwork, "privateSubnetIds" | "zones">) =>
    () => {
      const vpc = new Vpc("main", { cidrBlock: "10.0.0.0/16" });
      const ids = zones.map((zone) => new Subnet(`private-${zone}`, { vpcId: vpc.id, availabilityZone: zone }).id);
      const topic = new Topic("oncall");
      new Service("web", {
        ...least,
        network: { existing: { vpcId: vpc.id, ...subnets(ids) } },
        alerts: { topicArn: topic.arn },
        environment: { MODE: "fast", QUEUE_URL: vpc.arn },
      });
    };
  const forms = {
    "by zone": (ids: readonly pulumi.Output<string>[]) => ({
      privateSubnetIds: Object.fromEntries(zones.map((zone, index) => [zone, ids[index]!])),
    }),
    "as a list": (ids: readonly pulumi.Output<string>[]) => ({ privateSubnetIds: ids, zones }),
    "as one Output": (ids: readonly pulumi.Output<string>[]) => ({ privateSubnetIds: pulumi.all([...ids]), zones }),
  };

  test.each(Object.entries(forms))("subnets %s reach the service", async (_, form) => {
    const { resources } = await recordProgram(program(form));
    const service = one(resources, "aws:ecs/service:Service");
    const from = service.propertyDependencies["networkConfiguration"]!.map((urn) => urn.split("::").at(-1));
    expect(from).toEqual(expect.arrayContaining(zones.map((zone) => `private-${zone}`)));
    expect(planned(resources).zones).toEqual(zones);
  });

  test("ids that are text stand in the zones that are named: rules decide where the program holds no subnet", async () => {
    const privateSubnetIds = { "us-east-1a": "subnet-0a", "us-east-1b": "subnet-0b", "us-east-1c": "subnet-0c" };
    const { resources } = await recordService({
      ...least,
      network: { existing: { vpcId: "vpc-0a", privateSubnetIds } },
    });
    expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
    expect(planned(resources).subnetZones).toEqual({
      "subnet-0a": "us-east-1a",
      "subnet-0b": "us-east-1b",
      "subnet-0c": "us-east-1c",
    });
  });

  test("no placeholder is registered or said, and what is not known is not hidden", async () => {
    const { resources } = await recordProgram(program(forms["by zone"]));
    expect(JSON.stringify(resources)).not.toMatch(/(vpc|subnet)-0000000|known-after-deploy/);
    expect(planned(resources).settings).toContainEqual({
      key: "network.existing",
      value: { $unknown: "after-deploy" },
      from: "argument",
    });
    const alarm = ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm")[0]!;
    expect(alarm.propertyDependencies["alarmActions"]).toEqual(["urn:pulumi:prod::shop::aws:sns/topic:Topic::oncall"]);
  });

  test("a variable that is not known yet reaches the container as an encrypted parameter; the document stays readable", async () => {
    const { resources } = await recordProgram(program(forms["by zone"]));
    const parameter = one(resources, "aws:ssm/parameter:Parameter");
    expect(parameter.inputs).toMatchObject({ name: "/shop-prod/web/QUEUE_URL", type: "SecureString" });
    const document = String(one(resources, "aws:ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]);
    const [container] = JSON.parse(document) as {
      readonly environment: readonly unknown[];
      readonly secrets: readonly unknown[];
    }[];
    expect(container?.environment).toContainEqual({ name: "MODE", value: "fast" });
    expect(container?.secrets).toEqual([{ name: "QUEUE_URL", valueFrom: "/shop-prod/web/QUEUE_URL" }]);
    // The component waits, and so do the replicas below it.
    expect(one(resources, "nines:aws:ReplicaGroup").dependencies).toContain(parameter.urn);
  });
});

describe("an image that the program builds", () => {
  const built = (reference: (repository: Repository) => pulumi.Input<string>, over: Partial<ServiceArgs> = {}) =>
    recordProgram(() => {
      const repository = new Repository("web");
      new Service("web", { ...least, ...over, image: reference(repository) });
    });
  const later = ({ repositoryUrl }: Repository) => pulumi.interpolate`${repositoryUrl}@sha256:${"b".repeat(64)}`;
  const judged = (resources: readonly Resource[], rule: string) =>
    judgeStack(resources, "2026-11-21").flatMap(({ id, verdict }) => (id === rule ? [verdict] : []));

  test("is planned without: its replicas, size and cost are those of one that is text", async () => {
    const { resources } = await built(later);
    const text = (await recordService(least)).resources;
    const { parts, settings } = planned(resources);
    const bare = (part: Part) => ({ ...part, image: null });
    expect(parts.map(bare)).toEqual(planned(text).parts.map(bare));
    expect(settings.find(({ key }) => key === "images.web")?.value).toEqual({ $unknown: "after-deploy" });
    expect(JSON.stringify(resources)).not.toMatch(/known-after-deploy/);
    expect(differences(resources).mismatches).toEqual([]);
    expect(judged(resources, "image-pinned")).toEqual(["undecided"]);
    const task = one(resources, "aws:ecs/taskDefinition:TaskDefinition");
    expect(task.inputs["containerDefinitions"]).toEqual({ $unknown: "after-deploy" });
    const repository = "urn:pulumi:prod::shop::aws:ecr/repository:Repository::web";
    expect(task.propertyDependencies["containerDefinitions"]).toEqual([repository]);
    // Who may pull it is known with it.
    const policies = ofType(resources, "aws:iam/rolePolicy:RolePolicy").map(
      (each) => each.propertyDependencies["policy"],
    );
    expect(policies).toContainEqual(expect.arrayContaining([repository]));
  });

  test("that is known after all is read and judged as any other", async () => {
    const ecr = `123456789012.dkr.ecr.us-east-1.amazonaws.com/web@sha256:${"b".repeat(64)}`;
    const { resources } = await built(() => pulumi.output(ecr));
    expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
    expect(judged(resources, "image-pinned")).toEqual(["pass"]);
    expect(String(one(resources, "aws:ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"])).toContain(
      ecr,
    );
  });

  test("must be text where a registry asks who pulls", async () => {
    const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf";
    const message = await refused(() => built(later, { registries: { "registry.example.com": { secretArn } } }));
    expect(message).toMatch(/^1 mistake in .*\n {2}image {3}got an Output/);
  });
});

test("its lines go through a router that is told so, and registries are asked as they want to be", async () => {
  const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf";
  const { resources } = await recordService({
    ...least,
    registries: { "registry.example.com": { secretArn } },
    logs: {
      router: {
        type: "fluentbit",
        image: "public.ecr.aws/router:3",
        cpuMillis: 125,
        memoryMiB: 64,
        options: { Name: "splunk", Host: "intake.example.com", Port: "8088" },
        permissions: [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::our-logs/*"] }],
      },
    },
  });
  const task = one(resources, "aws:ecs/taskDefinition:TaskDefinition").inputs;
  // Of one replica, the router included.
  expect([task["cpu"], task["memory"]]).toEqual(["512", "1024"]);
  const document = String(task["containerDefinitions"]);
  const [web, router] = JSON.parse(document) as {
    readonly repositoryCredentials?: object;
    readonly logConfiguration: { readonly logDriver: string };
  }[];
  expect(web?.repositoryCredentials).toEqual({ credentialsParameter: secretArn });
  expect([web?.logConfiguration.logDriver, router?.logConfiguration.logDriver]).toEqual(["awsfirelens", "awslogs"]);
  const policy = resources.find(({ type, name }) => type.endsWith(":RolePolicy") && name.endsWith("-task"));
  expect(String(policy?.inputs["policy"])).toContain("s3:PutObject");
  const out = ofType(resources, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
  expect(out.map(({ inputs }) => inputs["fromPort"])).toEqual(expect.arrayContaining([443, 8088]));
});

test("a group of the program that it is told of by name is somebody else's: read back as planned", async () => {
  const { resources } = await recordProgram(() => {
    new LogGroup("shared", { name: "/shared/services", retentionInDays: 90, region: "us-east-1" });
    new Service("web", { ...least, logs: { existing: { group: "/shared/services" } } });
  });
  expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
});

describe("where it stands", () => {
  const there = (region: string) =>
    ({
      ...least,
      network: { create: true, nat: "one", zones: [`${region}a`, `${region}b`] },
    }) as ServiceArgs;

  test("the region is the argument, else the zones', else the configuration's", async () => {
    const regionOf = async (args: ServiceArgs, config = {}): Promise<string> =>
      planned((await recordService(args, {}, config)).resources).region;
    expect(await regionOf({ ...there("eu-west-1"), region: "eu-west-1" }, { "aws:region": "us-east-1" })).toBe(
      "eu-west-1",
    );
    expect(await regionOf(there("eu-west-1"), { "aws:region": "us-east-1" })).toBe("eu-west-1");
  });

  test("every resource that has a region says it, whatever the provider's", async () => {
    const { resources } = await recordService(there("eu-west-1"), {}, { "aws:region": "us-east-1" });
    const said = resources.flatMap(({ inputs }) => (inputs["region"] === undefined ? [] : [inputs["region"]]));
    expect(new Set(said)).toEqual(new Set(["eu-west-1"]));
    expect(said.length).toBeGreaterThan(40);
  });
});

describe("mistakes", () => {
  test("of the lines' router, by argument", async () => {
    const router = { type: "vector", image: "a", cpuMillis: 1, memoryMiB: 64, options: { Name: "s3" } };
    const message = await refused(() => recordService({ ...least, logs: { router } } as unknown as ServiceArgs));
    expect(message).toContain("logs.router.type");
    expect(message).toContain("one of fluentbit, fluentd");
  });

  test("all at once, by argument, before anything is registered", async () => {
    const message = await refused(() =>
      recordService({
        ...least,
        port: 80_800,
        health: "healthz",
        load: { requestsPerSecond: { mean: 400, peak: 120 } },
        cache: { entries: 0, keyBytes: 40, valueBytes: 500 },
        alerts: { emails: [] },
        sice: 1,
      } as unknown as ServiceArgs),
    );
    expect(message).toMatch(/^6 mistakes in Service "web"\n/);
    const keys = [...message.matchAll(/^ {2}(\S+) {3}got/gm)].map(([, key]) => key);
    expect(keys.sort()).toEqual(
      ["alerts.emails", "cache.entries", "health.path", "load.requestsPerSecond.peak", "port", "sice"].sort(),
    );
    expect(message).not.toMatch(/nines:|environments\.|systems\./);
  });

  test("what the plan needs cannot be an Output, and is told once", async () => {
    const message = await refused(() =>
      recordService({
        ...least,
        port: pulumi.output(8080) as unknown as number,
        load: { requestsPerSecond: { mean: 40, peak: pulumi.output(1) as unknown as number } },
      }),
    );
    expect(message).toMatch(/^2 mistakes/);
    expect(message).toMatch(/port {3}got an Output/);
    expect(message).toMatch(/load\.requestsPerSecond\.peak {3}got an Output/);
  });

  test("a list of subnets says no zone, and a list of another length fits none", async () => {
    const subnets = ["subnet-0a", "subnet-0b"];
    const existing = { vpcId: "vpc-0a", privateSubnetIds: subnets };
    const message = await refused(() => recordService({ ...least, region: "us-east-1", network: { existing } }));
    expect(message).toMatch(/^1 mistake in .*\n {2}network\.existing\.zones {3}got nothing/);
    const short = await refused(() => recordService({ ...least, network: { existing: { ...existing, zones } } }));
    expect(short).toMatch(/network\.existing\.privateSubnetIds {3}got 2 subnets/);
  });

  test("a size that nobody sells is told with those that are sold", async () => {
    const message = await refused(() => recordService({ ...least, size: { cpuMillis: 500, memoryMiB: 100_000 } }));
    expect(message).toMatch(/^1 mistake in Service "web"\n {2}size {3}got /);
  });

  test("an infeasible plan says the limit and what would plan", async () => {
    const message = await refused(() => recordService({ ...least, quotas: { fargateVcpus: 1 } }));
    expect(message).toMatch(/^Service "web" cannot be planned/);
    expect(message).toMatch(/plans: /);
  });
});
