import * as fc from "fast-check";
import { namespaceQuota, requestOf } from "../../../capacity";
import type { Part, RedisCache, ReplicaGroup, Resource, RuleResult } from "../../../model";
import { reportOf } from "../../../preview/report";
import { workings } from "../../../preview/workings";
import { configured, tables } from "../../stacks";
import { stacks } from "./stacks";

const named = new Map(stacks);
const withQuota = [
  "prod with sidecars, secrets and limits",
  "vectordb-prod with a leader, secrets, copies in an object store and a class of volumes that is there",
];

interface Built {
  readonly resources: readonly Resource[];
  readonly parts: readonly Part[];
  readonly rules: readonly RuleResult[];
}
async function built(name: string): Promise<Built> {
  const { resources, plan } = await named.get(name)!();
  const { rules } = reportOf({ stack: plan.stack, resources, origin: "recorded", asOf: "2026-11-21" }, workings);
  return { resources, parts: plan.parts, rules };
}
const group = async (): Promise<ReplicaGroup> => {
  const { parts } = await built(withQuota[0]!);
  return parts.find((part): part is ReplicaGroup => part.kind === "replica-group")!;
};

describe.each(withQuota)("the quota of %s", (name) => {
  let found: Built;
  beforeAll(async () => {
    found = await built(name);
  });

  test("lets every planned pod in, with a rollout's surge, by the rule that judges others' quotas", () => {
    const judged = found.rules.filter(({ id }) => id === "quota-holds-pods");
    expect(judged.map(({ verdict }) => verdict)).toEqual(["pass", "pass", "pass"]);
  });

  test("stands in the namespace, with a range that gives requests to containers that say none", () => {
    const of = (kind: string) => found.resources.filter(({ type }) => type === `kubernetes:core/v1:${kind}`);
    const [quota, ...more] = of("ResourceQuota");
    expect(more).toEqual([]);
    expect(Object.keys((quota?.inputs["spec"] as { hard: object }).hard)).toEqual([
      "pods",
      "requests.cpu",
      "requests.memory",
    ]);
    expect(of("LimitRange").map(({ inputs }) => inputs["spec"])).toEqual([
      { limits: [{ type: "Container", defaultRequest: { cpu: "50m", memory: "64Mi" } }] },
    ]);
  });
});

test("worked by hand: 4 to 8 pods that roll by 2, a cache, a store with its job", async () => {
  const pods: ReplicaGroup = {
    ...(await group()),
    size: { cpuMillis: 1000, memoryMiB: 512 },
    scaling: { kind: "range", min: 4, max: 8, initial: null, signals: [], schedule: [] },
    rollout: { surge: 2, unavailable: 0, rollsBack: false, watchesAlarms: false },
  };
  // 8, 2 more, and the 2 before them that end.
  expect(namespaceQuota([pods], 0)).toEqual({ pods: 12, cpuMillis: 12_000, memoryMiB: 6144 });
  expect(namespaceQuota([pods], 0.2)).toEqual({ pods: 15, cpuMillis: 14_400, memoryMiB: 7373 });
  const cache = {
    kind: "redis-cache",
    topology: { kind: "replicated", replicas: 2 },
    node: { memoryMiB: 1000 },
  } as RedisCache;
  // 3 members of 1,000m, 3 Sentinels of 50m and 64 MiB, 3 proxies of 100m and 128 MiB with two more.
  expect(namespaceQuota([cache], 0)).toEqual({ pods: 11, cpuMillis: 3650, memoryMiB: 3832 });
  const store = {
    kind: "store",
    size: { cpuMillis: 1000, memoryMiB: 4096 },
    scaling: { kind: "range", min: 3, max: 10 },
    snapshots: { everyHours: 6, keepDays: 7, kind: "volume-snapshot" },
  } as unknown as Part;
  expect(namespaceQuota([store], 0)).toEqual({ pods: 11, cpuMillis: 10_050, memoryMiB: 41_024 });
});

test("law: more pods, larger pods, more surge or more room never make it smaller, and all pods at once always fit", async () => {
  const base = await group();
  const shape = fc.record({
    min: fc.integer({ min: 1, max: 50 }),
    more: fc.nat(100),
    surge: fc.integer({ min: 1, max: 20 }),
    cpuMillis: fc.integer({ min: 1, max: 16_000 }),
    memoryMiB: fc.integer({ min: 1, max: 65_536 }),
  });
  const partOf = ({
    min,
    more,
    surge,
    cpuMillis,
    memoryMiB,
  }: typeof shape extends fc.Arbitrary<infer T> ? T : never) => ({
    ...base,
    size: { cpuMillis, memoryMiB },
    scaling: { kind: "range" as const, min, max: min + more, initial: null, signals: [], schedule: [] },
    rollout: { ...base.rollout, surge },
  });
  fc.assert(
    fc.property(
      fc.array(shape, { maxLength: 6 }),
      shape,
      fc.double({ min: 0, max: 10, noNaN: true }),
      (others, one, room) => {
        const parts = others.map(partOf);
        const less = namespaceQuota(parts, 0);
        const all = namespaceQuota([...parts, partOf(one)], room);
        const count = one.min + one.more + one.surge;
        expect(all.pods).toBeGreaterThanOrEqual(less.pods + count);
        expect(all.cpuMillis).toBeGreaterThanOrEqual(less.cpuMillis + count * one.cpuMillis);
        expect(all.memoryMiB).toBeGreaterThanOrEqual(less.memoryMiB + count * one.memoryMiB);
      },
    ),
  );
});

test("a namespace that is there has its owner's quota", () => {
  const prod = tables.environments["prod"]!;
  const file = configured("embedding-prod", { target: "kubernetes" });
  const kubernetes = { ...prod.kubernetes!, quota: {}, namespace: { existing: "models" } };
  const asked = requestOf({
    stack: "embedding-prod",
    file: file.file,
    config: file.config,
    systems: tables.systems,
    environments: { prod: { ...prod, kubernetes } },
  });
  expect(asked.ok ? [] : asked.mistakes.map(({ key, allowed }) => `${key}: ${allowed}`)).toEqual([
    "environments.prod.kubernetes.quota: a namespace that is there has its owner's quota",
  ]);
});
