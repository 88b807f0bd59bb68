import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Inputs } from "../../../model";
import { awsDefaults, defaultOf, forceNew, replaces } from "../../../catalog/aws";

const modules = join(__dirname, "../../../node_modules/@pulumi");
const texts = new Map<string, string>();
function text(path: string): string {
  const found = texts.get(path) ?? (existsSync(path) ? readFileSync(path, "utf8") : "");
  texts.set(path, found);
  return found;
}

/** Body of one interface in a declaration file, or "" . */
function interfaceOf(declarations: string, name: string): string {
  const start = declarations.search(new RegExp(`^( *)(?:export )?interface ${name} \\{`, "m"));
  if (start < 0) return "";
  const indent = /^ */.exec(declarations.slice(start))?.[0] ?? "";
  return declarations.slice(start, declarations.indexOf(`\n${indent}}`, start));
}

/** Does the resource of that type token have an input at that path, by the SDK's own declarations? */
function hasInput(token: string, path: string): boolean {
  const [provider = "", middle = "", name = ""] = token.split(":");
  const file = provider === "aws" ? `${middle}.d.ts` : `${middle.replace("index/", "")}.d.ts`;
  let body = interfaceOf(text(join(modules, provider, file)), `${name}Args`);
  return path
    .replaceAll("[]", "")
    .split(".")
    .every((segment) => {
      const property = new RegExp(`^\\s*${segment}\\??: (.*)$`, "m").exec(body)?.[1];
      if (property === undefined) return false;
      const nested = /inputs\.(\w+)\.(\w+)/.exec(property);
      if (nested !== null) {
        const inputs = text(join(modules, provider, "types/input.d.ts"));
        const namespace = inputs.indexOf(`export declare namespace ${nested[1]} {`);
        body = interfaceOf(inputs.slice(namespace, inputs.indexOf("\n}", namespace)), nested[2] ?? "");
      }
      return true;
    });
}

describe("replacing inputs", () => {
  test("the check itself finds an invented input and an invented type", () => {
    expect(hasInput("aws:ecs/service:Service", "launchType")).toBe(true);
    expect(hasInput("aws:ecs/service:Service", "launchTypo")).toBe(false);
    expect(hasInput("aws:servicediscovery/service:Service", "dnsConfig.dnsRecords[].type")).toBe(true);
    expect(hasInput("aws:servicediscovery/service:Service", "dnsConfig.dnsRecords[].typo")).toBe(false);
    expect(hasInput("aws:ecs/servant:Servant", "name")).toBe(false);
  });

  test("every type and path is declared by the SDK", () => {
    const all = Object.entries(forceNew).flatMap(([token, { inputs, conditional }]) =>
      [...inputs, ...(conditional ?? []).map(({ input }) => input)].map((path) => [token, path] as const),
    );
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter(([token, path]) => !hasInput(token, path))).toEqual([]);
  });

  test("every AWS type with a region input is replaced with it", () => {
    const regional = Object.keys(forceNew).filter((token) => hasInput(token, "region"));
    expect(regional.filter((token) => replaces(token, "region") !== true)).toEqual([]);
    expect(
      Object.keys(forceNew)
        .filter((token) => !regional.includes(token))
        .sort(),
    ).toEqual([
      "aws:cloudfront/distribution:Distribution",
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "aws:route53/healthCheck:HealthCheck",
      "aws:route53/record:Record",
      "random:index/randomId:RandomId",
      "random:index/randomPassword:RandomPassword",
    ]);
  });

  test.each([
    ["aws:ecs/service:Service", "launchType", true],
    ["aws:ecs/service:Service", "desiredCount", false],
    ["aws:ecs/service:Service", "deploymentController.type", true],
    ["aws:ecs/service:Service", "deploymentController", true],
    ["aws:ecs/service:Service", "capacityProviderStrategies[0].weight", "sometimes"],
    ["aws:lb/targetGroup:TargetGroup", "port", true],
    ["aws:lb/targetGroup:TargetGroup", "healthCheck.port", false],
    ["aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions", true],
    ["aws:servicediscovery/service:Service", "dnsConfig.dnsRecords[1].type", true],
    ["aws:servicediscovery/service:Service", "dnsConfig.dnsRecords[1].ttl", false],
    ["aws:route53/healthCheck:HealthCheck", "requestInterval", true],
    ["aws:route53/healthCheck:HealthCheck", "failureThreshold", false],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "nodeType", false],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "engineVersion", "sometimes"],
    ["aws:made/up:Up", "name", null],
    ["constructor", "name", null],
  ] as const)("%s %s: %s", (token, path, expected) => {
    expect(replaces(token, path)).toBe(expected);
  });
});

describe("inputs that replace in some cases: decided where both sides are known", () => {
  const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
  const later = { $unknown: "after-deploy" } as const;
  const service = "aws:ecs/service:Service";
  const strategy = (weight: number, rest: Inputs = {}): Inputs => ({
    capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight }],
    ...rest,
  });
  const forced = { forceNewDeployment: true };
  test.each<[string, string, Inputs, Inputs, boolean | "sometimes"]>([
    [service, "capacityProviderStrategies[0].weight", strategy(1), strategy(2), true],
    [service, "capacityProviderStrategies[0].weight", strategy(1, forced), strategy(2, forced), false],
    [service, "capacityProviderStrategies[0].weight", strategy(1), strategy(2, forced), false],
    [service, "capacityProviderStrategies", { launchType: "FARGATE" }, strategy(2, forced), true],
    [service, "capacityProviderStrategies", strategy(2, forced), forced, true],
    [service, "capacityProviderStrategies", { capacityProviderStrategies: [] }, strategy(2, forced), true],
    [service, "capacityProviderStrategies", strategy(2), { capacityProviderStrategies: later }, "sometimes"],
    [
      service,
      "capacityProviderStrategies[0].weight",
      strategy(1),
      strategy(2, { forceNewDeployment: later }),
      "sometimes",
    ],
    [
      cache,
      "engineVersion",
      { engine: "valkey", engineVersion: "8.0" },
      { engine: "valkey", engineVersion: "7.2" },
      true,
    ],
    [
      cache,
      "engineVersion",
      { engine: "valkey", engineVersion: "7.2" },
      { engine: "valkey", engineVersion: "8.0" },
      false,
    ],
    [
      cache,
      "engineVersion",
      { engine: "redis", engineVersion: "7.1" },
      { engine: "redis", engineVersion: "7.0" },
      true,
    ],
    [
      cache,
      "engineVersion",
      { engine: "redis", engineVersion: "7.1" },
      { engine: "valkey", engineVersion: "7.2" },
      "sometimes",
    ],
    [
      cache,
      "engineVersion",
      { engine: "redis", engineVersion: "7.1" },
      { engine: "redis", engineVersion: later },
      "sometimes",
    ],
    [cache, "engine", { engine: "valkey" }, { engine: "redis" }, true],
    [cache, "engine", { engine: "redis" }, { engine: "valkey" }, false],
    [cache, "transitEncryptionEnabled", {}, { engineVersion: "6.2" }, true],
    [cache, "transitEncryptionEnabled", {}, { engineVersion: "7.0" }, "sometimes"],
    [cache, "transitEncryptionEnabled", {}, { engineVersion: "7.1" }, false],
    [cache, "nodeGroupConfigurations[0].slots", {}, {}, "sometimes"],
    ["aws:ssm/parameter:Parameter", "tier", { tier: "Advanced" }, { tier: "Standard" }, true],
    ["aws:ssm/parameter:Parameter", "tier", { tier: "Standard" }, { tier: "Advanced" }, false],
    ["aws:ec2/vpc:Vpc", "instanceTenancy", {}, { instanceTenancy: "dedicated" }, true],
    ["aws:ec2/vpc:Vpc", "instanceTenancy", { instanceTenancy: "dedicated" }, {}, false],
    ["aws:ec2/vpcEndpoint:VpcEndpoint", "privateDnsEnabled", {}, { vpcEndpointType: "Interface" }, false],
    ["aws:ec2/vpcEndpoint:VpcEndpoint", "privateDnsEnabled", {}, {}, true],
    // What an absent input means, said or no longer said.
    ["aws:elasticache/replicationGroup:ReplicationGroup", "port", {}, { port: 6379 }, false],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "port", { port: 6379 }, {}, false],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "port", {}, { port: 6380 }, true],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "port", { port: 6379 }, { port: 6380 }, true],
  ])("%s %s from %j to %j: %s", (type, path, before, after, expected) => {
    expect(replaces(type, path, { before, after })).toBe(expected);
  });
});

describe("defaults", () => {
  test("every path is an input that the SDK declares; only JSON documents and parameters are not inputs", () => {
    const all = Object.entries(awsDefaults).flatMap(([token, rows]) =>
      Object.keys(rows).map((path) => [token, path] as const),
    );
    expect(all.length).toBeGreaterThan(80);
    expect(
      all.filter(([token, path]) => !/^containerDefinitions|^parameters\./.test(path) && !hasInput(token, path)),
    ).toEqual([]);
  });

  test("the provider's own, where they differ from AWS's", () => {
    const group = "aws:lb/targetGroup:TargetGroup";
    expect([
      defaultOf(group, "healthCheck.healthyThreshold")?.value,
      defaultOf(group, "healthCheck.unhealthyThreshold")?.value,
    ]).toEqual([3, 3]);
    expect(defaultOf(group, "deregistrationDelay")).toMatchObject({ value: 300, by: "provider" });
  });

  test("encryption at rest follows the engine, and an unknown default is null", () => {
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    expect(defaultOf(cache, "atRestEncryptionEnabled")?.value).toBe(false);
    expect(defaultOf(cache, "atRestEncryptionEnabled", { engine: "valkey" })?.value).toBe(true);
    expect(defaultOf(cache, "nodeType")).toBeNull();
    expect(defaultOf(cache, "toString")).toBeNull();
    expect(defaultOf("aws:made/up:Up", "name")).toBeNull();
  });
});
