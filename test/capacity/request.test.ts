import fc from "fast-check";
import { requestOf } from "../../capacity";
import { given, images, mistakesOf, request, said, withFacts } from "./a-stack";

const setting = (key: string, input = given()) => request(input).settings.find((each) => each.key === key);

describe("defaults", () => {
  test("of a sound prod stack", () => {
    const { chosen, load, protect, logDays, network, zones, networkZones } = request(given());
    expect(chosen).toEqual({
      objectives: { availability: 0.9999, latency: { percentile: 95, withinMs: 100 }, survive: "zone" },
      deploys: null,
      budget: null,
      quotas: {},
      registries: {},
      spotShare: 0,
      architecture: "x86_64",
      utilisationCeiling: 0.7,
      headroom: "largest",
      elastic: false,
      surgeShare: 1,
      minReplicas: 2,
      zones: 3,
      replicaDropShare: 0.5,
    });
    expect(load).toEqual({
      requestsPerSecond: { mean: 400, peak: 1000 },
      burst: { factor: 1.5, toleratedWaitSeconds: 0 },
      uncertainty: 0,
    });
    expect({ protect, logDays }).toEqual({ protect: true, logDays: 30 });
    expect(network).toEqual({
      create: true,
      nat: "per-zone",
      addressRange: "10.0.0.0/16",
      flowLogDays: 30,
      endpoints: "cheaper",
    });
    expect(zones).toEqual(networkZones);
  });

  test("dev: one replica, no protection, no flow logs; staging: two replicas", () => {
    const dev = request(given({ environment: { tier: "dev" } }));
    expect([dev.chosen.minReplicas, dev.protect, dev.network]).toEqual([
      1,
      false,
      expect.objectContaining({ flowLogDays: null }),
    ]);
    expect(request(given({ environment: { tier: "staging" } })).chosen.minReplicas).toBe(2);
  });

  test("replicas stand in the first zones, the network in all", () => {
    const two = request(given({ yaml: { zones: 2 } }));
    expect(two.zones).toEqual(["us-east-1a", "us-east-1b"]);
    expect(two.networkZones).toHaveLength(3);
  });

  test("null for the flow logs and the budget says none, and is not the default", () => {
    const none = request(
      given({
        environment: { network: { create: true, nat: "one", flowLogDays: null }, budget: { perMonthUsd: 9 } },
        yaml: { budget: null },
      }),
    );
    expect([none.network, none.chosen.budget]).toEqual([expect.objectContaining({ flowLogDays: null }), null]);
  });
});

describe("precedence", () => {
  const choices = {
    utilisationCeiling: fc.double({ min: 0.1, max: 1, noNaN: true }),
    headroom: fc.constantFrom("largest", "product"),
    elastic: fc.boolean(),
    architecture: fc.constantFrom("x86_64", "arm64"),
    surgeShare: fc.double({ min: 0.1, max: 2, noNaN: true }),
    minReplicas: fc.integer({ min: 1, max: 9 }),
    zones: fc.integer({ min: 2, max: 3 }),
    replicaDropShare: fc.double({ min: 0, max: 1, noNaN: true }),
    budget: fc.option(fc.record({ perMonthUsd: fc.integer({ min: 1 }) }), { nil: null }),
    deploys: fc.record({
      perWeek: fc.nat(),
      failureShare: fc.constant(0.1),
      minutes: fc.nat(),
      exposedShare: fc.constant(1),
    }),
  };

  test("the YAML goes before the environment, and the environment before the default, each saying where from", () => {
    fc.assert(
      fc.property(
        fc.record(choices, { requiredKeys: [] }),
        fc.record(choices, { requiredKeys: [] }),
        (yaml, environment) => {
          const { chosen, settings } = request(given({ yaml, environment }));
          for (const key of Object.keys(choices) as (keyof typeof choices)[]) {
            const from = key in yaml ? "yaml" : key in environment ? "environment" : "default";
            const found = settings.find((each) => each.key === key);
            expect(found).toEqual({ key, value: chosen[key], from });
            if (from !== "default") expect(chosen[key]).toEqual((from === "yaml" ? yaml : environment)[key]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("objectives are merged key by key: system < environment < YAML", () => {
    const input = given({
      yaml: { objectives: { availability: 0.99 } },
      environment: { objectives: { availability: 0.999, survive: "replica" } },
    });
    expect(request(input).chosen.objectives).toEqual({
      availability: 0.99,
      latency: { percentile: 95, withinMs: 100 },
      survive: "replica",
    });
    expect(["availability", "survive", "latency"].map((key) => setting(`objectives.${key}`, input)?.from)).toEqual([
      "yaml",
      "environment",
      "system",
    ]);
  });

  test("quotas are merged key by key", () => {
    const input = given({
      yaml: { quotas: { elasticIps: 9 } },
      environment: { quotas: { elasticIps: 7, fargateVcpus: 240 } },
    });
    expect(request(input).chosen.quotas).toEqual({ elasticIps: 9, fargateVcpus: 240 });
    expect([setting("quotas.elasticIps", input)?.from, setting("quotas.fargateVcpus", input)?.from]).toEqual([
      "yaml",
      "environment",
    ]);
  });

  test("a workload's fact from the YAML stands over the system's; its variables are merged by name", () => {
    const facts = withFacts("embedding", { environment: { A: "1", B: "2" } });
    const input = given({
      ...facts,
      yaml: { workloads: { embedding: { serviceTimeMs: 30, environment: { B: "3" } }, vectors: { hitRatio: 0.5 } } },
    });
    const { workloads } = request(input);
    expect(workloads["embedding"]).toMatchObject({
      serviceTimeMs: 30,
      memoryMiB: 2048,
      environment: { A: "1", B: "3" },
    });
    expect(workloads["vectors"]).toMatchObject({ hitRatio: 0.5 });
    expect([
      setting("workloads.embedding.serviceTimeMs", input)?.from,
      setting("workloads.embedding.memoryMiB", input)?.from,
    ]).toEqual(["yaml", "system"]);
  });

  test("settings are sorted, and each key stands once", () => {
    const keys = request(given()).settings.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)].sort());
  });
});

describe("configuration as text", () => {
  test("as Pulumi hands it out gives the same request", () => {
    const input = given({
      yaml: {
        zones: 2,
        elastic: true,
        budget: null,
        deploys: { perWeek: 1, failureShare: 0, minutes: 0, exposedShare: 0 },
      },
    });
    const text = Object.fromEntries(
      Object.entries(input.config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    expect(requestOf({ ...input, config: text })).toEqual(requestOf(input));
  });

  test("keys may stand without their namespace; those of others are left alone", () => {
    const bare = Object.fromEntries(
      Object.entries(given().config).map(([key, value]) => [key.slice("nines:".length), value]),
    );
    expect(
      requestOf({ ...given(), config: { ...bare, "aws:region": "x", "other:key": { secure: "v1:xyz" } } }),
    ).toEqual(requestOf(given()));
  });
});

describe("several mistakes", () => {
  const input = given({
    yaml: {
      lode: 1,
      load: { requestsPerSecond: { mean: 400, peak: 200 } },
      images: { embedding: images.embedding },
      sizes: { embedding: { cpuMillis: 2000, memoryMiB: 2048 } },
      budget: { secure: "v1:hidden" },
      elastic: "maybe",
    },
    environment: { regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1a"] } }, logDays: 31 },
    ...withFacts("vectors", { hitRatio: 1.5 }),
  });

  test("come at once, from schema and meaning, YAML, system and environment", () => {
    expect(
      mistakesOf(input)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(
      [
        "environments.prod.logDays",
        "environments.prod.regions.us-east-1.zones",
        "environments.prod.regions.us-east-1.zones[1]",
        "nines:budget",
        "nines:elastic",
        "nines:images.storage-server",
        "nines:load.requestsPerSecond.peak",
        "nines:lode",
        "nines:sizes.embedding",
        "systems.embedding.workloads.vectors.hitRatio",
      ].sort(),
    );
  });

  test("each says its stack and file, and its line where somebody knows it, by line", () => {
    const lines: Readonly<Record<string, number>> = { "nines:lode": 3, "nines:budget": 2, "nines:elastic": 9 };
    const found = mistakesOf({
      ...input,
      locate: (key) => (lines[key] === undefined ? undefined : { line: lines[key], column: 3 }),
    });
    expect(found.slice(0, 3).map(({ key, line, column }) => [key, line, column])).toEqual([
      ["nines:budget", 2, 3],
      ["nines:lode", 3, 3],
      ["nines:elastic", 9, 3],
    ]);
    expect(found.find(({ key }) => key.endsWith("hitRatio"))).toMatchObject({
      stack: "embedding-prod",
      file: "stacks/systems/embedding.ts",
    });
    expect(found.find(({ key }) => key.endsWith("logDays"))).toMatchObject({ file: "stacks/environments/prod.ts" });
  });

  test("one wrong value is one mistake: nothing is said of what it holds, or of what holds it", () => {
    expect(said(given({ yaml: { load: { requestsPerSecond: { mean: 400 } } } }))).toBe(
      "nines:load.requestsPerSecond.peak | nothing | a number above 0 | Requests a second in the busiest minutes, for example 1000",
    );
    expect(said(given({ yaml: { images: 5 } }))).toMatch(/^nines:images \| 5 \| a mapping by name \| [^\n]*$/);
    expect(said(given(withFacts("embedding", { port: "8888" })))).toBe(
      'systems.embedding.workloads.embedding.port | "8888" | a whole number from 1 to 65535 | write it without quotes',
    );
  });

  test("a misspelt key is not also a missing one", () => {
    const { "nines:load": load, ...rest } = given().config;
    expect(said({ ...given(), config: { ...rest, "nines:lode": load } })).toMatch(
      /^nines:lode \| .* \| unknown key \| did you mean nines:load\?$/,
    );
  });
});
