import fc from "fast-check";
import { show } from "../../model";
import { requestOf, type Requested } from "../../capacity/request";
import type { Given } from "../../capacity/given";
import { mistakesText } from "../../preview/mistakes";
import { stackFile } from "../../preview/stack-files";
import { config, environment, given, system } from "../capacity/a-stack";

/** As Pulumi writes it. */
const SECRET = "v1:x0S0SNkBcn4EYLJw:bm90IHRvIGJlIHNlZW4=";

/** What a message says when somebody printed a value that has no text. */
const LEAKS = /undefined|\[object|NaN| {4}at /;

/** Either a request, or mistakes that each can be printed, and hold no secret. */
function holds(result: Requested): void {
  if (result.ok) {
    expect(JSON.stringify(result.request)).not.toContain(SECRET);
    return;
  }
  expect(result.mistakes.length).toBeGreaterThan(0);
  for (const { stack, file, key, given: value, allowed, fix } of result.mistakes) {
    for (const text of [stack, file, key, allowed, fix]) expect(text).toEqual(expect.stringMatching(/./));
    expect(`${key} ${JSON.stringify(value) ?? ""} ${show(value)} ${allowed} ${fix}`).not.toContain(SECRET);
    expect(`${allowed} ${fix}`).not.toMatch(LEAKS);
  }
  expect(mistakesText(result.mistakes)).not.toContain(SECRET);
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    NaN,
    Infinity,
    -Infinity,
    -0,
    0,
    -1,
    1e308,
    "",
    " ",
    "0",
    "true",
    "null",
    "{}",
    "__proto__",
    [],
    {},
    [[]],
    { secure: SECRET },
    [{ secure: SECRET }],
    { a: { secure: SECRET, b: 1 } },
    { $unknown: "secret" },
  ),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    // Values spelt out as texts would be rightly quoted, undefined among them.
    withObjectString: false,
  }),
  fc.double(),
  fc.integer({ min: -5, max: 5 }),
  fc.string(),
);

type Step = readonly (string | number)[];

/** Every path of a value, its own included. */
function paths(value: unknown, path: Step = []): readonly Step[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))];
}

type Change = { readonly kind: "set" | "remove" | "add"; readonly key: string; readonly value: unknown };

function changed(value: unknown, [step, ...rest]: Step, change: Change): unknown {
  if (step !== undefined && typeof value === "object" && value !== null) {
    const inner = (value as Readonly<Record<string, unknown>>)[step];
    if (rest.length === 0 && change.kind === "remove")
      return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
    const next = changed(inner, rest, change);
    return Array.isArray(value)
      ? value.map((each: unknown, index) => (index === Number(step) ? next : each))
      : { ...value, [step]: next };
  }
  if (change.kind === "add" && typeof value === "object" && value !== null && !Array.isArray(value))
    return { ...value, [change.key]: change.value };
  return change.value;
}

/** All that may be said, so that a change can land anywhere. */
const full = {
  config: {
    ...config,
    "nines:region": "us-east-1",
    "nines:sizes": { embedding: { cpuMillis: 1000, memoryMiB: 2048 } },
    "nines:workloads": {
      embedding: { serviceTimeMs: { low: 1, mid: 2, high: 3 }, batch: { size: 2, waitMs: 1 }, environment: { A: "1" } },
      vectors: { hitRatio: 0.5 },
    },
    "nines:prices": [{ item: "nat-hour", region: "us-east-1", usd: 1, note: "x" }],
    "nines:waivers": [{ rule: "zones", reason: "x", until: "2027-01-31" }],
    "nines:objectives": { availability: 0.99, latency: { percentile: 95, withinMs: 100 }, survive: "zone" },
    "nines:quotas": { fargateVcpus: 9 },
    "nines:budget": { perMonthUsd: 9 },
    "nines:zones": 2,
  },
  systems: { embedding: system },
  environments: {
    prod: {
      ...environment,
      domain: {
        name: "a.example.com",
        zone: { existing: { id: "Z1" } },
        certificate: { existing: { arn: "arn:aws:acm:x" } },
      },
      network: { create: true, nat: "none", addressRange: "10.0.0.0/16", flowLogDays: 30, endpoints: ["s3"] },
      deploys: { perWeek: 1, failureShare: 0.1, minutes: 1, exposedShare: 1 },
      tags: { team: "x" },
    },
  },
};

const places = paths(full).filter((path) => path.length > 0);
const change = fc.record({
  kind: fc.constantFrom<Change["kind"]>("set", "remove", "add"),
  key: fc.oneof(fc.string(), fc.constantFrom("lode", "__proto__", "constructor", "secure", "nines:x", "a.b", "0")),
  value: odd,
});

describe("whatever is configured", () => {
  test("near what is sound: a request or mistakes, never a throw, never a secret", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...places), change), { minLength: 1, maxLength: 4 }), (changes) => {
        const input = changes.reduce<unknown>(
          (value, [path, each]) => changed(value, path, each),
          full,
        ) as Partial<Given>;
        const table = (value: unknown) => (typeof value === "object" && value !== null ? value : {});
        holds(
          requestOf({
            ...given(),
            config: table(input.config) as Given["config"],
            systems: table(input.systems) as Given["systems"],
            environments: table(input.environments) as Given["environments"],
          }),
        );
      }),
      { numRuns: 750 },
    );
  });

  test("anything at all under any key", () => {
    const key = fc.oneof(fc.constantFrom(...Object.keys(full.config)), fc.string());
    fc.assert(
      fc.property(fc.dictionary(key, odd), (anything) => holds(requestOf({ ...given(), config: anything }))),
      { numRuns: 500 },
    );
  });

  test("text as Pulumi hands it out", () => {
    const text = fc.oneof(fc.json(), fc.string());
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(full.config)), text), (anything) =>
        holds(requestOf({ ...given(), config: { ...config, ...anything } })),
      ),
      { numRuns: 500 },
    );
  });
});

describe("whatever the file holds", () => {
  const sound = `config:\n  nines:system: embedding\n  nines:environment: prod\n  nines:target: aws\n  nines:load:\n    requestsPerSecond: { mean: 400, peak: 1000 }\n  nines:budget:\n    secure: ${SECRET}\n`;
  const reads = (text: string): void => {
    const file = stackFile("embedding-prod", "stacks/Pulumi.embedding-prod.yaml", text);
    expect(() => mistakesText(file.mistakes)).not.toThrow();
    if (file.mistakes.length === 0) holds(requestOf({ ...given(), ...file }));
  };

  test("raw bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => reads(Buffer.from(bytes).toString("utf8"))),
      { numRuns: 500 },
    );
  });

  test("a sound file with a piece replaced", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "\t",
        "&a ",
        "*a",
        "<<: *a",
        "!!binary ",
        "? ",
        "- ",
        "{",
        "}",
        "[",
        "|",
        ">",
        "---\n",
        "...",
        "%YAML 1.3\n",
        "&a [*a]",
        "\0",
        "\ud800",
      ),
    );
    fc.assert(
      fc.property(fc.nat({ max: sound.length }), fc.nat({ max: 12 }), piece, (at, length, inserted) =>
        reads(sound.slice(0, at) + inserted + sound.slice(at + length)),
      ),
      { numRuns: 750 },
    );
  });

  test("a value that holds itself", () => {
    expect(() => reads("config:\n  nines:system: &a [*a]\n  nines:load: &b { requestsPerSecond: *b }\n")).not.toThrow();
  });
});
