import { comparePlanned } from "../../../policies";
import { plain, resourceGraph, type KubernetesChoice, type System } from "../../../model";
import { readersOf, readParts } from "../../../components/readers";
import { configured, type RecordedStack, recordStack, tables } from "../../stacks";
import { checkEveryInput } from "../every-input";
import { differs, strip } from "../strip";

const embedding = tables.systems["embedding"]!;
const prod = tables.environments["prod"]!;

const cluster: KubernetesChoice = {
  clusters: { "us-east-1": { context: "prod-us-east-1" } },
  nodes: {
    platform: "other",
    machine: "metal",
    allocatable: { cpuMillis: 15_800, memoryMiB: 60_000, pods: 110 },
    perHourUsd: 0.8,
  },
};
const existing = {
  vectors: { address: "cache.example.internal:6379", tls: true, tokenSecretName: "shared-cache/token" },
};

const on =
  (choice: Partial<KubernetesChoice>, system: System = embedding, config: Readonly<Record<string, unknown>> = {}) =>
  () =>
    recordStack(configured("embedding-prod", { target: "kubernetes", existing, ...config }), {
      systems: { embedding: system },
      environments: { prod: { ...prod, kubernetes: { ...cluster, ...choice } } },
    });

const sidecars = {
  proxy: {
    image: `registry.example.com/proxy@sha256:${"c".repeat(64)}`,
    cpuMillis: 250,
    memoryMiB: 128,
    ports: [9901],
    environment: { LEVEL: "info" },
    secrets: { CERTIFICATE: { existing: "shared/certificate" } },
    health: { command: "curl -f localhost:9901/ready" },
    awaited: "healthy" as const,
  },
  agent: { image: "registry.example.com/agent:1.2", cpuMillis: 50, memoryMiB: 64, essential: true },
  model: {
    image: "registry.example.com/fetch:3",
    cpuMillis: 100,
    memoryMiB: 64,
    essential: false,
    awaited: "done" as const,
    command: ["fetch", "/model"],
  },
};

function besides(): System {
  const facts = embedding.workloads["embedding"]!;
  if (facts.kind !== "service") throw new Error("embedding is a service");
  const richer = {
    ...facts,
    sidecars,
    secrets: { API_KEY: { create: "secret-manager" as const }, OTHER: { existing: "team/other" } },
    limits: { cpuMillis: 4000, memoryMiB: 8192 },
    probes: {
      health: { path: "/health/ready", intervalSeconds: 10, timeoutSeconds: 2, failures: 3, successes: 1 },
      live: { path: "/health/live", intervalSeconds: 10, timeoutSeconds: 2 },
      startup: { path: "/health/startup", intervalSeconds: 5 },
    },
    drainSeconds: 25,
  };
  return { ...embedding, workloads: { ...embedding.workloads, embedding: richer } };
}

const stacks: readonly (readonly [string, () => Promise<RecordedStack>])[] = [
  ["prod", on({})],
  ["prod with sidecars, secrets and limits", on({}, besides())],
  [
    "prod with secrets of a store, in a namespace that is there, without metrics",
    on(
      {
        secretStore: { kind: "ClusterSecretStore", name: "vault" },
        namespace: { existing: "serving" },
        has: ["external-secrets"],
        priorityClass: "serving",
        serviceAccounts: {
          embedding: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/e" } },
        },
      },
      besides(),
    ),
  ],
];

/** Inputs whose effect one stack cannot show, and the others do. */
const shownElsewhere: readonly string[] = [
  "kubernetes:apps/v1:Deployment spec.template.spec.containers[].name: changing it does not change sidecars",
];

describe.each(stacks)("%s", (name, record) => {
  let recorded: RecordedStack;
  beforeAll(async () => {
    recorded = await record();
  });

  test("what is built reads back as what was planned", () => {
    const own = readParts("kubernetes", resourceGraph(recorded.resources)).parts;
    expect(comparePlanned(recorded.plan.parts, own).mismatches).toEqual([]);
    const read = readParts("kubernetes", resourceGraph(strip(recorded.resources))).parts.map(plain);
    expect(differs(recorded.plan.parts, read)).toBeUndefined();
  });

  test("with its names, each Part comes back under its own key", () => {
    const read = readParts("kubernetes", resourceGraph(recorded.resources)).parts.map(({ key }) => key);
    expect([...read].sort()).toEqual(recorded.plan.parts.map(({ key }) => key).sort());
  });

  test("no input conflicts with another", () => {
    expect(readParts("kubernetes", resourceGraph(recorded.resources)).conflicts).toEqual([]);
  });

  test("each resource is claimed by one reader and no more", () => {
    const claimed = readParts("kubernetes", resourceGraph(recorded.resources)).claims.map(({ urn }) => urn);
    expect([...claimed].sort()).toEqual([...new Set(claimed)].sort());
    const custom = recorded.resources
      .filter(({ custom: own, type }) => own && !type.startsWith("pulumi:providers:"))
      .map(({ urn }) => urn);
    expect(custom.filter((urn) => !claimed.includes(urn))).toEqual([]);
  });

  test("each input is in its reader's table: it changes its field, makes a conflict, or is ignored for a reason", () => {
    const stripped = strip(recorded.resources);
    const claimed = new Set<string>();
    const problems = readersOf("kubernetes").flatMap((reader) => {
      const before = new Set(claimed);
      for (const { urn } of reader.read(resourceGraph(stripped), before).claims) claimed.add(urn);
      return checkEveryInput(stripped, reader, before);
    });
    expect(problems.filter((problem) => name !== "prod" || !shownElsewhere.includes(problem))).toEqual([]);
  });

  test("names are stable: another recording registers the same", async () => {
    expect((await record()).resources.map(({ urn }) => urn)).toEqual(recorded.resources.map(({ urn }) => urn));
  });
});
