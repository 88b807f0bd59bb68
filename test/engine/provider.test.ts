import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { ProviderClient, urnOf } from "./harness/provider-client";
import { serve, type ServedCloud } from "./provider/service";
import { UNKNOWN, type Properties } from "./provider/values";

const GROUP = "aws:lb/targetGroup:TargetGroup";
const TOPIC = "aws:sns/topic:Topic";
const EIP = "aws:ec2/eip:Eip";

const group = {
  name: "web-1a2b3c4",
  port: 8080,
  protocol: "HTTP",
  targetType: "ip",
  vpcId: "vpc-1",
  healthCheck: { interval: 10, timeout: 5 },
};

// It needs no engine: a client speaks to it.
describe("what poses as AWS", () => {
  let served: ServedCloud;
  let client: ProviderClient;
  beforeEach(async () => {
    served = await serve();
    client = new ProviderClient(served.port);
  });
  afterEach(() => {
    client.end();
    served.stop();
  });

  /** That many topics at once: of each, whether it was made. */
  const topics = async (many: number): Promise<readonly (string | true)[]> => {
    const asked = Array.from({ length: many }, (_, index) => client.create(TOPIC, `t${index}`, { name: `t${index}` }));
    const ended = await Promise.allSettled(asked);
    return ended.map((each) => (each.status === "fulfilled" ? true : String(each.reason)));
  };

  test("Check refuses what AWS refuses, and nothing else", async () => {
    expect(await client.check(GROUP, "web", group)).toEqual([]);
    const refused = await client.check(GROUP, "web", { ...group, healthCheck: { interval: 301, timeout: 5 } });
    expect(refused.length).toBeGreaterThan(0);
    expect(await client.check("aws:new/thing:Thing", "one", {})).toEqual([
      "aws:new/thing:Thing: test/engine/provider/answers.ts has no row for it",
    ]);
  });

  test("Diff knows what cannot change in place", async () => {
    expect(await client.diff(GROUP, group, group)).toEqual({ differ: [], replace: [] });
    expect(await client.diff(GROUP, group, { ...group, deregistrationDelay: 30 })).toEqual({
      differ: ["deregistrationDelay"],
      replace: [],
    });
    expect(await client.diff(GROUP, group, { ...group, port: 80 })).toEqual({ differ: ["port"], replace: ["port"] });
  });

  test("a strategy changes in place by a forced deployment, and neither comes nor goes so", async () => {
    const SERVICE = "aws:ecs/service:Service";
    const strategy = (weight: number, forceNewDeployment = true) => ({
      name: "web",
      desiredCount: 2,
      capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight }],
      ...(forceNewDeployment ? { forceNewDeployment } : {}),
    });
    const replaced = async (olds: Properties, news: Properties) => (await client.diff(SERVICE, olds, news)).replace;
    expect(await replaced(strategy(1), strategy(2))).toEqual([]);
    expect(await replaced(strategy(1, false), strategy(2, false))).toEqual(["capacityProviderStrategies"]);
    const launched = { name: "web", desiredCount: 2, launchType: "FARGATE" };
    expect(await replaced(launched, strategy(1))).toEqual(["launchType", "capacityProviderStrategies"]);
    expect(await replaced(strategy(1), launched)).toContain("capacityProviderStrategies");
  });

  test("a service may not name providers that its cluster has not, nor may they go before it", async () => {
    const SETS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
    const task = await client.create("aws:ecs/taskDefinition:TaskDefinition", "web", {
      family: "web",
      containerDefinitions: "[]",
    });
    const asked = {
      name: "web",
      cluster: "arn:aws:ecs:us-east-1:123456789012:cluster/main",
      taskDefinition: task.outputs["arn"] ?? "",
      desiredCount: 2,
      capacityProviderStrategies: [
        { capacityProvider: "FARGATE", weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 1 },
      ],
    };
    const service = () => client.create("aws:ecs/service:Service", "web", asked);
    await expect(service()).rejects.toThrow("The specified capacity provider 'FARGATE' was not found");
    const set = { clusterName: "main", capacityProviders: ["FARGATE", "FARGATE_SPOT"] };
    const { id } = await client.create(SETS, "main", set);
    await service();
    expect(() => served.cloud.delete(SETS, urnOf(SETS, "main"), id, {})).toThrow("is in use and cannot be removed");
  });

  test("a create that is only previewed knows no id and no ARN, and makes nothing", async () => {
    const { id, outputs } = await client.create(TOPIC, "one", { name: "one" }, true);
    expect({ id, outputs }).toEqual({ id: "", outputs: { name: "one", arn: UNKNOWN } });
    expect(served.cloud.things).toEqual([]);
  });

  test("the k-th create fails, and no other", async () => {
    served.cloud.arrange({ failAt: 3 });
    expect(await topics(5)).toEqual([true, true, expect.stringContaining("create 3 was arranged to fail"), true, true]);
    expect(served.cloud.things).toHaveLength(4);
  });

  test("one create is throttled for a while, and the others go past it", async () => {
    served.cloud.arrange({ throttleAt: 2, throttledTimes: 4 });
    expect(await topics(5)).toEqual([true, true, true, true, true]);
    expect(served.cloud.mishaps.throttledTimes).toBe(0);
    expect(served.cloud.journal.at(-1)).toBe(`create ${urnOf(TOPIC, "t1")}`);
  });

  test("one create is throttled for longer than the provider tries: it fails alone", async () => {
    served.cloud.arrange({ throttleAt: 2, throttledTimes: 5 });
    expect(await topics(3)).toEqual([true, expect.stringContaining("ThrottlingException"), true]);
  });

  test("a quota is reached, and holds no longer once it is raised", async () => {
    for (let index = 0; index < 5; index++) await client.create(EIP, `e${index}`, { domain: "vpc" });
    await expect(client.create(EIP, "e5", { domain: "vpc" })).rejects.toThrow("LimitExceeded: 5 of aws:ec2/eip:Eip");
    served.cloud.quotas[EIP] = 6;
    expect((await client.create(EIP, "e5", { domain: "vpc" })).id).toMatch(/^eipalloc-/);
  });

  test("what drifted is read as it is now, and what is gone as gone", async () => {
    const { id } = await client.create(TOPIC, "one", { name: "one", displayName: "ours" });
    served.cloud.drift(urnOf(TOPIC, "one"), { displayName: "theirs" });
    expect(await client.read(TOPIC, "one", id)).toEqual({ name: "one", displayName: "theirs" });
    served.cloud.vanish(urnOf(TOPIC, "one"));
    expect(await client.read(TOPIC, "one", id)).toBeNull();
  });
});

test("it knows nothing of catalog, components or policies, by any way round", () => {
  const root = path.join(__dirname, "../..");
  const seen = new Set<string>();
  const read = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import|require)\s*\(?\s*"(\.[^"]+)"/g))
      read(path.resolve(path.dirname(file), `${from}.ts`));
  };
  const own = path.join(__dirname, "provider");
  for (const file of readdirSync(own)) read(path.join(own, file));
  const folders = new Set([...seen].map((file) => path.dirname(path.relative(root, file))));
  expect([...folders].sort()).toEqual(["test/engine/provider", "test/runner"]);
});
