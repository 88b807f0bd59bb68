import fc from "fast-check";
import { requestOf } from "../../capacity/request";
import type { Given } from "../../capacity/given";
import { embedding, storageServer, vectors } from "./a-request";
import { images } from "./a-stack";

/** A sound stack of three workloads in two regions of Kubernetes, as it is written. */
const sound = {
  yaml: {
    system: "embedding",
    environment: "prod",
    target: "kubernetes",
    regions: ["us-east-1", "us-west-2"],
    load: { requestsPerSecond: { mean: 400, peak: 1000 }, burst: { factor: 1.5 } },
    objectives: { survive: "zone", availability: 0.999 },
    images: { ...images },
    sizes: { embedding: { cpuMillis: 1000, memoryMiB: 4096 } },
    replicas: { embedding: { min: 3, max: 90 } },
    headroom: "largest",
    utilisationCeiling: 0.7,
    elastic: false,
    waivers: [{ rule: "image-pinned", reason: "for the day", until: "2027-03-31" }],
  },
  system: {
    objectives: { availability: 0.9999, latency: { percentile: 95, withinMs: 100 }, survive: "zone" },
    workloads: { "storage-server": storageServer, embedding, vectors },
  },
  environment: {
    tier: "prod",
    regions: {
      "us-east-1": { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
      "us-west-2": { zones: ["us-west-2a", "us-west-2b", "us-west-2c"] },
    },
    network: { create: true, nat: "per-zone" },
    kubernetes: {
      clusters: { "us-east-1": { context: "east" }, "us-west-2": { context: "west" } },
      nodes: { platform: "eks", machine: "m7i.large" },
      has: ["gateway-api", "metrics-server", "network-policy"],
    },
    alerts: { emails: ["oncall@example.com"] },
  },
};

type Step = string | number;
interface Slip {
  /** Where in what is asked; a key that is written otherwise has `to` and no value. */
  readonly at: readonly [keyof typeof sound, ...Step[]];
  readonly value?: unknown;
  readonly to?: string;
  /** The keys of the mistakes that tell it. */
  readonly keys: readonly string[];
}

const environment = (key: string): string => `environments.prod.${key}`;

/** Slips of every sort, no two of them at one place. */
const slips: readonly Slip[] = [
  { at: ["yaml", "target"], value: "kubernetess", keys: ["nines:target"] },
  { at: ["yaml", "regions", 1], value: "us-west-9", keys: ["nines:regions[1]"] },
  { at: ["yaml", "load", "requestsPerSecond", "peak"], value: 200, keys: ["nines:load.requestsPerSecond.peak"] },
  { at: ["yaml", "load", "burst", "factor"], value: 0.5, keys: ["nines:load.burst.factor"] },
  { at: ["yaml", "objectives", "survive"], value: "zonee", keys: ["nines:objectives.survive"] },
  { at: ["yaml", "objectives", "availability"], value: 99.9, keys: ["nines:objectives.availability"] },
  { at: ["yaml", "images", "embedding"], value: "web@sha256:12", keys: ["nines:images.embedding"] },
  { at: ["yaml", "sizes", "embedding", "memoryMiB"], value: 16, keys: ["nines:sizes.embedding.memoryMiB"] },
  { at: ["yaml", "replicas", "embedding", "max"], value: 2, keys: ["nines:replicas.embedding.max"] },
  { at: ["yaml", "headroom"], value: "bigest", keys: ["nines:headroom"] },
  { at: ["yaml", "utilisationCeiling"], value: 1.4, keys: ["nines:utilisationCeiling"] },
  { at: ["yaml", "elastic"], value: "yes", keys: ["nines:elastic"] },
  { at: ["yaml", "waivers", 0, "until"], value: "2026-13-01", keys: ["nines:waivers[0].until"] },
  // A name that no workload has, and beside it what is wrong with what it holds.
  {
    at: ["yaml", "copies"],
    value: { vectorss: { address: "redis-copies", tls: { secret: "x" }, lagSeconds: 1, promoteMinutes: 5 } },
    keys: ["nines:copies.vectorss", "nines:copies.vectorss.address"],
  },
  {
    at: ["environment", "kubernetes", "nodes", "platform"],
    value: "ekss",
    keys: [environment("kubernetes.nodes.platform")],
  },
  {
    at: ["environment", "kubernetes", "nodes", "machine"],
    value: "m7i.lrage",
    keys: [environment("kubernetes.nodes.machine")],
  },
  { at: ["environment", "kubernetes", "has", 1], value: "metric-server", keys: [environment("kubernetes.has[1]")] },
  {
    at: ["environment", "kubernetes", "clusters", "us-west-2", "context"],
    value: "east",
    keys: [environment("kubernetes.clusters.us-west-2.context")],
  },
  {
    at: ["environment", "regions", "us-east-1", "zones", 2],
    value: "us-east-1z",
    keys: [environment("regions.us-east-1.zones[2]")],
  },
  { at: ["environment", "network", "nat"], value: "perzone", keys: [environment("network.nat")] },
  {
    at: ["system", "workloads", "vectors", "hitRatio"],
    value: 1.5,
    keys: ["systems.embedding.workloads.vectors.hitRatio"],
  },
];
/** Keys that are written otherwise: what they hold is checked all the same. */
const misspelt: readonly Slip[] = [
  { at: ["yaml", "load"], to: "laod", keys: ["nines:laod"] },
  { at: ["yaml", "replicas"], to: "replica", keys: ["nines:replica"] },
];

function changed(value: unknown, [step, ...deeper]: readonly Step[], slip: Slip): unknown {
  if (step === undefined) return slip.value;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === step ? changed(each, deeper, slip) : each));
  const entries = Object.entries(value as Record<string, unknown>);
  if (slip.to !== undefined && deeper.length === 0)
    return Object.fromEntries(entries.map(([key, inner]) => [key === step ? slip.to : key, inner]));
  if (!entries.some(([key]) => key === step)) entries.push([String(step), undefined]);
  return Object.fromEntries(entries.map(([key, inner]) => [key, key === step ? changed(inner, deeper, slip) : inner]));
}

function asked(made: readonly Slip[]): Given {
  const all = made.reduce<unknown>((value, slip) => changed(value, slip.at, slip), sound) as typeof sound;
  return {
    stack: "embedding-prod",
    file: "stacks/Pulumi.embedding-prod.yaml",
    config: Object.fromEntries(Object.entries(all.yaml).map(([key, value]) => [`nines:${key}`, value])),
    systems: { embedding: all.system } as unknown as Given["systems"],
    environments: { prod: all.environment } as unknown as Given["environments"],
  };
}

function keysOf(made: readonly Slip[]): readonly string[] {
  const result = requestOf(asked(made));
  return result.ok ? [] : result.mistakes.map(({ key }) => key).sort();
}

const expected = (made: readonly Slip[]): readonly string[] => [...new Set(made.flatMap(({ keys }) => keys))].sort();

test("the stack is sound before", () => expect(keysOf([])).toEqual([]));

test.each(slips.map((slip) => [slip.at.join("."), slip] as const))("%s is told", (_, slip) => {
  expect(keysOf([slip])).toEqual(expected([slip]));
});

test("all of them, in three files and of every sort, are told at once", () => {
  expect(keysOf(slips)).toEqual(expected(slips));
  expect(expected(slips)).toHaveLength(22);
});

test("a slip hides no other: whichever are made together, each is told, and nothing else is", () => {
  fc.assert(
    fc.property(fc.subarray([...slips]), (made) => {
      expect(keysOf(made)).toEqual(expected(made));
    }),
    { numRuns: 60 },
  );
});

test("what a misspelt key holds is told in the same run, by the key as it is written", () => {
  const made = [...slips, ...misspelt];
  const written = expected(made).map((key) =>
    key.replace("nines:load.", "nines:laod.").replace("nines:replicas.", "nines:replica."),
  );
  expect(keysOf(made)).toEqual([...written].sort());
  expect(keysOf([...misspelt])).toEqual(["nines:laod", "nines:replica"]);
});

test("a slip below another slip below another is told", () => {
  const below: readonly Slip[] = [
    { at: ["yaml", "load", "burst"], to: "brst", keys: ["nines:laod.brst"] },
    { at: ["yaml", "load"], to: "laod", keys: ["nines:laod"] },
    { at: ["yaml", "objectives", "survive"], value: "zonee", keys: ["nines:objectvies.survive"] },
    { at: ["yaml", "objectives"], to: "objectvies", keys: ["nines:objectvies"] },
  ];
  expect(keysOf(below)).toEqual(expected(below));
});

const required = {
  "storage-server": ["port", "serviceTimeMs", "memoryMiB", "startSeconds", "probes"],
  embedding: ["port", "serviceTimeMs", "startSeconds", "probes"],
  vectors: ["entries", "keyBytes", "valueBytes", "hitRatio"],
} as const;
const missing: readonly Slip[] = Object.entries(required).flatMap(([name, facts]) =>
  facts.map((fact): Slip => {
    const keys = [`systems.embedding.workloads.${name}.${fact}`];
    return { at: ["system", "workloads", name, fact], value: undefined, keys };
  }),
);

test("a workload that lacks facts is checked all the same: whatever lacks hides no slip, and makes none", () => {
  for (const slip of missing) expect(keysOf([slip])).toEqual(slip.keys);
  const others = slips.filter(({ keys }) => !keys.some((key) => key.endsWith("hitRatio")));
  fc.assert(
    fc.property(fc.subarray([...missing], { minLength: 1 }), fc.subarray([...others]), (lacking, made) => {
      expect(keysOf([...lacking, ...made])).toEqual(expected([...lacking, ...made]));
    }),
    { numRuns: 60 },
  );
});

test("a size that the target does not sell is told beside the fact that lacks", () => {
  const aws: readonly Slip[] = [
    { at: ["yaml", "target"], value: "aws", keys: [] },
    { at: ["yaml", "regions"], value: ["us-east-1"], keys: [] },
    { at: ["yaml", "sizes", "embedding"], value: { cpuMillis: 2000, memoryMiB: 2048 }, keys: [] },
    { at: ["system", "workloads", "embedding", "startSeconds"], value: undefined, keys: [] },
  ];
  expect(keysOf(aws)).toEqual(["nines:sizes.embedding", "systems.embedding.workloads.embedding.startSeconds"]);
});

test("without objectives the workloads are checked all the same", () => {
  const lacking: Slip = { at: ["system", "objectives"], value: undefined, keys: ["systems.embedding.objectives"] };
  const size = slips.filter(({ at }) => at[1] === "sizes");
  expect(keysOf([lacking, ...size])).toEqual(expected([lacking, ...size]));
});

test("what may be another word altogether is not put right", () => {
  const known = keysOf([{ at: ["environment", "kubernetes", "nodes", "platform"], value: "aks", keys: [] }]);
  expect(known).toEqual([environment("kubernetes.nodes.platform")]);
});
