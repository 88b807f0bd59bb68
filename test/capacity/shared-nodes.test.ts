import fc from "fast-check";
import { nodePoolsOf } from "../../capacity/node-pools";
import { sharedPool, type NodeUser } from "../../capacity/shared-nodes";
import { asReading, numberAt, type NodeFacts, type Part } from "../../model";
import { aGroup } from "../preview/a-report";

const region = "us-east-1";
const facts: NodeFacts = {
  pool: "nodes",
  platform: "other",
  machine: "metal",
  allocatable: { cpuMillis: 4000, memoryMiB: 16_000, pods: 20 },
  perHourUsd: 0.1,
};

interface Pods {
  readonly name: string;
  readonly zones: readonly string[];
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly min: number;
  readonly more: number;
  readonly surge: number;
  readonly hosts: "hard" | "preferred" | "any";
}

const group = ({ name, zones, cpuMillis, memoryMiB, min, more, surge, hosts }: Pods): Part => ({
  ...aGroup(name, min, min + more),
  placement: { kind: "zonal", zones, spread: "hard" },
  size: { cpuMillis, memoryMiB },
  rollout: { surge, unavailable: 0, rollsBack: false, watchesAlarms: false },
  runtime: {
    kind: "kubernetes",
    cpuLimitMillis: null,
    memoryLimitMiB: null,
    disruptionMaxUnavailable: 1,
    hosts,
    minReadySeconds: 0,
    stopDelaySeconds: 0,
  },
});

const user = (...pods: readonly Pods[]): NodeUser => ({
  region,
  facts,
  parts: pods.map((each) => asReading(group(each))),
});

const anyPods = (name: string) =>
  fc.record<Pods>({
    name: fc.constant(name),
    zones: fc.constantFrom(["a"], ["a", "b"], ["b", "c"], ["a", "b", "c"]),
    cpuMillis: fc.integer({ min: 100, max: 4000 }),
    memoryMiB: fc.integer({ min: 100, max: 16_000 }),
    min: fc.integer({ min: 0, max: 12 }),
    more: fc.integer({ min: 0, max: 12 }),
    surge: fc.integer({ min: 0, max: 3 }),
    hosts: fc.constantFrom("hard", "preferred", "any"),
  });

const anyUsers = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 5 })
  .chain((sizes) =>
    fc.tuple(
      ...sizes.map((size, at) =>
        fc
          .tuple(...Array.from({ length: size }, (_, index) => anyPods(`s${at}-${index}`)))
          .map((pods) => user(...pods)),
      ),
    ),
  );

const ends = (part: object | undefined) => ({
  min: numberAt(part, "scaling", "min"),
  max: numberAt(part, "scaling", "max"),
});

test("never more nodes together than apart, and whoever shares pays no more than alone", () => {
  fc.assert(
    fc.property(anyUsers, (users) => {
      const { pool, among } = sharedPool(users, "nodes")!;
      const alone = users.map(({ parts }) => ends(nodePoolsOf(parts, { [region]: facts })[0]));
      expect(among.map((each) => each.alone)).toEqual(alone);
      for (const end of ["min", "max"] as const) {
        const nodes = ends(pool)[end]!;
        const apart = alone.map((each) => each[end]!);
        expect(nodes).toBeLessThanOrEqual(apart.reduce((sum, each) => sum + each, 0));
        expect(among.reduce((sum, { share }) => sum + share[end], 0)).toBeCloseTo(1, 9);
        for (const [at, { share }] of among.entries())
          expect(nodes * share[end]).toBeLessThanOrEqual(apart[at]! + 1e-9);
      }
      expect(ends(pool).max).toBeGreaterThanOrEqual(ends(pool).min!);
    }),
    { numRuns: 300 },
  );
});

test("two that half fill a node in each zone share it, and each pays half", () => {
  const half = (name: string): Pods => ({
    name,
    zones: ["a", "b", "c"],
    cpuMillis: 2000,
    memoryMiB: 1000,
    min: 3,
    more: 3,
    surge: 0,
    hosts: "any",
  });
  const [web, api] = [user(half("web")), user(half("api"))];
  const shared = sharedPool([web, api], "nodes")!;
  expect(shared.pool.key).toBe("node-pool/nodes/us-east-1");
  // One of 2,000 each on 4,000 millis in three zones; at the ceilings two each.
  expect(ends(shared.pool)).toEqual({ min: 3, max: 6 });
  expect(shared.among).toEqual([
    { user: web, alone: { min: 3, max: 3 }, share: { min: 0.5, max: 0.5 } },
    { user: api, alone: { min: 3, max: 3 }, share: { min: 0.5, max: 0.5 } },
  ]);
  expect(sharedPool([web], "nodes")).toBeUndefined();
});

test("pods stand in the zones that they name, also where others stand in more", () => {
  const pods = (name: string, zones: readonly string[], min: number): Pods => ({
    name,
    zones,
    cpuMillis: 4000,
    memoryMiB: 1000,
    min,
    more: 0,
    surge: 0,
    hosts: "any",
  });
  const shared = sharedPool([user(pods("web", ["a", "b", "c"], 3)), user(pods("batch", ["c"], 3))], "nodes")!;
  expect(ends(shared.pool)).toEqual({ min: 6, max: 6 });
});

test("pods that cannot be counted share none, and the others do", () => {
  const pods: Pods = {
    name: "web",
    zones: ["a"],
    cpuMillis: 1000,
    memoryMiB: 1000,
    min: 1,
    more: 0,
    surge: 0,
    hosts: "any",
  };
  const large = user({ ...pods, name: "large", cpuMillis: 4001 });
  const users = [user(pods), large, user({ ...pods, name: "api" })];
  expect(sharedPool(users, "nodes")?.among.map((each) => users.indexOf(each.user))).toEqual([0, 2]);
  expect(sharedPool(users.slice(0, 2), "nodes")).toBeUndefined();
});
