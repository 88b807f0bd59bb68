import { certainPlan } from "../../capacity";
import { requestOf } from "../../capacity/request";
import type { LogChoice, LogRouter, Plan, Request, ServiceWorkload } from "../../model";
import { given, said, withFacts } from "./a-stack";

const router: LogRouter = {
  type: "fluentbit",
  image: "registry.example.com/router:3",
  cpuMillis: 125,
  memoryMiB: 128,
  options: { Name: "datadog", Host: "intake.example.com" },
};
type Input = Parameters<typeof given>[0];
const asked = (input: Input): Request => {
  const found = requestOf(given(input));
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  return found.request;
};
const planned = (request: Request): Plan => {
  const result = certainPlan({ ...request, chosen: { ...request.chosen, quotas: { fargateVcpus: 4000 } } });
  return result.ok ? result.plan : result.partial;
};
const groupOf = (request: Request, workload = "embedding") => {
  const part = planned(request).parts.find((each) => each.kind === "replica-group" && each.workload === workload);
  if (part?.kind !== "replica-group") throw new Error("no group");
  return part;
};
const logsOf = (input: Input, workload?: string) => groupOf(asked(input), workload).logs;
const withLogs = (logs: LogChoice): Input => withFacts("embedding", { logs });

describe("where lines go", () => {
  test("to a group that is made, unless somebody says else", () => {
    expect(logsOf({})).toEqual({ kind: "group", keepDays: 30 });
    expect(logsOf(withLogs("create"))).toEqual({ kind: "group", keepDays: 30 });
    expect(logsOf(withLogs("none"))).toBeNull();
  });

  test("to a group that exists: by its name in the stack's region, by its ARN in its own", () => {
    expect(logsOf(withLogs({ existing: { group: "/shared/services" } }))).toEqual({
      kind: "existing",
      group: "/shared/services",
      region: "us-east-1",
    });
    const arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/shared/services:*";
    expect(logsOf(withLogs({ existing: { group: arn } }))).toEqual({
      kind: "existing",
      group: "/shared/services",
      region: "eu-west-1",
    });
  });

  test("the YAML's workload before the system's, that before the YAML as a whole, that before the environment", () => {
    const environment = { logs: "none" as const };
    const yaml = { logs: { existing: { group: "/a" } } };
    const kindOf = (input: Input) => logsOf(input)?.kind ?? "none";
    expect(kindOf({ environment })).toBe("none");
    expect(logsOf({ environment }, "storage-server")).toBeNull();
    expect(kindOf({ environment, yaml })).toBe("existing");
    expect(kindOf({ ...withLogs({ router }), environment, yaml })).toBe("router");
    expect(
      kindOf({ ...withLogs({ router }), environment, yaml: { ...yaml, workloads: { embedding: { logs: "create" } } } }),
    ).toBe("group");
  });

  test("explain says where each was said", () => {
    const from = (input: Input) => asked(input).settings.find(({ key }) => key === "workloads.embedding.logs")?.from;
    expect(from({})).toBeUndefined();
    expect(from({ environment: { logs: "none" } })).toBe("environment");
    expect(from({ yaml: { logs: "none" } })).toBe("yaml");
    expect(from(withLogs("none"))).toBe("system");
    expect(from({ yaml: { workloads: { embedding: { logs: "none" } } } })).toBe("yaml");
  });
});

describe("a router", () => {
  test("is a sidecar that the service waits for, and that ends the replica", () => {
    const group = groupOf(asked(withLogs({ router })));
    expect(group.logs).toEqual({ kind: "router", router: "log-router", output: "datadog", keepDays: 30 });
    expect(group.sidecars).toMatchObject([
      { name: "log-router", cpuMillis: 125, memoryMiB: 128, essential: true, awaited: "started" },
    ]);
    const checked = { ...router, health: { command: "curl -f localhost:2020" } };
    expect(groupOf(asked(withLogs({ router: checked }))).sidecars[0]?.awaited).toBe("healthy");
  });

  test("is counted in the size: 896 and 128 MiB fill one GiB, one more the next", () => {
    const size = (memoryMiB: number) =>
      groupOf(asked(withFacts("embedding", { logs: { router }, cpuMillis: 375, memoryMiB }))).size;
    expect(size(896)).toEqual({ cpuMillis: 500, memoryMiB: 1024 });
    expect(size(897)).toEqual({ cpuMillis: 500, memoryMiB: 2048 });
  });

  test.each([
    ["Name in any letters", { type: "fluentbit", options: { name: "s3" } }, "s3"],
    ["@type of fluentd", { type: "fluentd", options: { "@type": "kafka", Name: "s3" } }, "kafka"],
    ["its file alone", { type: "fluentbit", options: {}, configFile: "/extra.conf" }, null],
  ] as const)("sends where %s says", (_, change, output) => {
    expect(logsOf(withLogs({ router: { ...router, ...change } }))).toMatchObject({ output });
  });

  test("needs no endpoint for logs; a group of the region may", () => {
    const endpoints = (logs: LogChoice) => {
      const facts: Partial<ServiceWorkload> = { logs, logBytesPerRequest: 100_000 };
      const request = asked({ ...withFacts("embedding", facts), environment: { logs } });
      const network = planned(request).parts.find((part) => part.kind === "network");
      return network?.kind === "network" ? network.endpoints.map(({ service }) => service) : [];
    };
    expect(endpoints("create")).toContain("logs");
    expect(endpoints({ existing: { group: "/a" } })).toContain("logs");
    expect(endpoints({ router })).not.toContain("logs");
    expect(endpoints("none")).not.toContain("logs");
  });
});

const at = "systems.embedding.workloads.embedding";
test.each([
  ["a word that is none", { logs: "off" }, `${at}.logs`, "create, none"],
  [
    "a router without an image",
    { logs: { router: { options: { Name: "s3" } } } },
    `${at}.logs.router.image`,
    "text that",
  ],
  ["a group with a space", { logs: { existing: { group: "my logs" } } }, `${at}.logs`, "the name of a log group"],
  [
    "a number among options",
    { logs: { router: { ...router, options: { Name: "s3", Port: 443 } } } },
    `${at}.logs.router.options.Port`,
    "text",
  ],
  [
    "a router that is told nothing",
    { logs: { router: { ...router, options: {} } } },
    `${at}.logs.router.options`,
    "says where",
  ],
  [
    "an option twice",
    { logs: { router: { ...router, secretOptions: { Host: { existing: "/a" } } } } },
    `${at}.logs.router.secretOptions.Host`,
    "the options set the same",
  ],
  [
    "a buffer beyond what ECS takes",
    { logs: { router: { ...router, options: { ...router.options, "log-driver-buffer-limit": "536870912" } } } },
    `${at}.logs.router.options.log-driver-buffer-limit`,
    "lines from 0 to 536870911",
  ],
  [
    "the router's port",
    { logs: { router }, ports: [24_224] },
    `${at}.ports[0]`,
    "the router of its logs listens there",
  ],
  [
    "a secret in plain sight",
    { logs: { router: { ...router, options: { Name: "datadog", apikey: "0123456789" } } } },
    `${at}.logs.router.options.apikey`,
    "secretOptions: { apikey: { existing } }",
  ],
  [
    "a sidecar of the router's name",
    { logs: { router }, sidecars: { "log-router": { image: "a", cpuMillis: 1, memoryMiB: 6 } } },
    `${at}.sidecars.log-router`,
    "the router of the service's logs is called so",
  ],
])("%s is a mistake", (_, facts, key, words) => {
  const mistakes = said(given(withFacts("embedding", facts)));
  expect(mistakes).toContain(key);
  expect(mistakes).toContain(words);
});

test("a secret in plain sight is not printed", () => {
  const options = { splunk_token: "0123456789", Host: "intake.example.com" };
  const mistakes = said(given(withLogs({ router: { ...router, options } })));
  expect(mistakes.split("\n")).toHaveLength(2);
  expect(mistakes).not.toContain("0123456789");
});

test.each(["536870911", "0"])("a buffer of %s lines is none", (lines) => {
  const options = { ...router.options, "log-driver-buffer-limit": lines };
  expect(logsOf(withLogs({ router: { ...router, options } }))).toMatchObject({ output: "datadog" });
});

test("without NAT a router reaches AWS' own logs and buckets alone, and is told where it was said", () => {
  const network = { create: true, nat: "none" } as const;
  const images = Object.fromEntries(
    ["embedding", "storage-server"].map((name) => [name, `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}:1`]),
  );
  const near = { ...router, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/router:3" };
  const input = (options: LogRouter["options"]) =>
    given({ yaml: { images }, environment: { network, logs: { router: { ...near, options } } } });
  expect(said(input(router.options))).toContain("environments.prod.logs.router.options");
  expect(said(input(router.options))).toContain("only cloudwatch, cloudwatch_logs, s3 are reached");
  expect(requestOf(input({ Name: "s3", bucket: "logs" })).ok).toBe(true);
});
