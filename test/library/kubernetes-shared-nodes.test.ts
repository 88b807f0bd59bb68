import { Provider } from "@pulumi/kubernetes/provider";
import { Cache, Service, Store, type ServiceArgs } from "../../components/kubernetes/library";
import { numberAt, plansIn, type Basis, type Report, type Resource } from "../../model";
import { judgeStack } from "../../policies/pack-stack";
import { explainText } from "../../preview/explain";
import { reportOf } from "../../preview/report";
import { textOf } from "../../preview/text";
import { workings } from "../../preview/workings";
import { ofType, recordProgram } from "./a-service";

const asOf = "2026-11-21";
const region = "us-east-1";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const nodes = { platform: "eks", machine: "m7i.xlarge" } as const;

const least: ServiceArgs = {
  image: `registry.example.com/web@sha256:${"a".repeat(64)}`,
  port: 8080,
  health: "/ready",
  load: { requestsPerSecond: { mean: 40, peak: 120 } },
  serviceTimeMs: 30,
  size: { cpuMillis: 500, memoryMiB: 1024 },
  zones,
  nodes,
};

const db = {
  image: least.image,
  ports: { rest: 8080, grpc: 9090, metrics: 9091 },
  memoryMiB: 1024,
  readsPerSecondPerMember: 13_000,
  writesPerSecondPerLeader: 7_000,
  writeShare: 0.05,
  replicationBatchMs: 100,
  replicationLagMs: 200,
  startSeconds: 20,
  volumeGiB: 100,
  probes: { health: { path: "/ready" } },
  load: { requestsPerSecond: { mean: 4_000, peak: 12_000 } },
  zones,
  nodes,
};

const reported = (resources: readonly Resource[]): Report =>
  reportOf({ stack: "prod", resources, origin: "recorded", asOf }, workings);

/** What is said of the same objects where nobody registered a plan, and a demand file says which nodes there are. */
const asManifests = (resources: readonly Resource[]): Report => {
  const [{ plan }] = plansIn(resources) as [ReturnType<typeof plansIn>[number]];
  const basis: Basis = { ...plan, demand: [], nodes: { [region]: { ...plan.nodes![region]!, pool: "nodes" } } };
  const objects = resources.filter(({ type }) => !type.startsWith("nines:"));
  return reportOf({ stack: "objects", resources: objects, origin: "manifests", asOf, stated: () => basis }, workings);
};

const poolsOf = ({ built }: Report) => built.filter(({ kind }) => kind === "node-pool");
const countsOf = (report: Report) =>
  poolsOf(report).map((pool) => [pool.key, numberAt(pool, "scaling", "min"), numberAt(pool, "scaling", "max")]);
const nodeLines = ({ cost }: Report) => cost.lines.filter(({ part }) => part.startsWith("node-pool/"));

describe("three services, a cache and a store in one cluster", () => {
  let resources: readonly Resource[];
  let together: Report;
  beforeAll(async () => {
    ({ resources } = await recordProgram(() => {
      for (const name of ["web", "api", "jobs"]) new Service(name, least);
      new Cache("sessions", {
        entries: 200_000,
        keyBytes: 40,
        valueBytes: 500,
        load: { requestsPerSecond: { mean: 400, peak: 1200 } },
        zones,
        nodes,
      });
      new Store("db", db);
    }));
    together = reported(resources);
  });

  test("stand on nodes that all share: as many, at the same price, as the same objects without a plan need", () => {
    const objects = asManifests(resources);
    expect(countsOf(together)).toEqual([["node-pool/nodes/us-east-1", 6, 7]]);
    expect(countsOf(together)).toEqual(countsOf(objects));
    expect(nodeLines(together)).toEqual(nodeLines(objects));
    // 6 m7i.xlarge at 0.2016 USD an hour.
    expect(nodeLines(together)[0]?.perMonthUsd.expected).toBeCloseTo(6 * 730 * 0.2016, 6);
  });

  test("also where each kind of resource has its package's default provider: the password of a cache is in no cluster", () => {
    const byEngine = resources.map((each): Resource => {
      const provider = `urn:pulumi:prod::shop::pulumi:providers:${each.type.split(":")[0] ?? ""}::default`;
      return each.type.startsWith("nines:") ? each : { ...each, provider };
    });
    expect(byEngine.map(({ type }) => type)).toContain("random:index/randomPassword:RandomPassword");
    expect(countsOf(reported(byEngine))).toEqual(countsOf(together));
  });

  test("are built as planned, in the plan that is shown and by the rule", () => {
    expect(together.mismatches).toEqual([]);
    const judged = together.rules.filter(({ id }) => id === "built-as-planned");
    expect(judged.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    const planned = together.planned?.ok === true ? together.planned.plan.parts : [];
    expect(planned.filter(({ kind }) => kind === "node-pool").map(({ key }) => key)).toEqual([
      "node-pool/nodes/us-east-1",
    ]);
  });

  test("each says what it would need alone, and what of the bill falls to it; these add up", () => {
    const [shared] = together.sharedNodes!;
    const alone = new Map(
      plansIn(resources).map(({ plan }) => [plan.system, plan.parts.find(({ kind }) => kind === "node-pool")]),
    );
    for (const each of shared!.among) {
      const pool = alone.get(each.system);
      expect(each.alone).toEqual({ min: numberAt(pool, "scaling", "min"), max: numberAt(pool, "scaling", "max") });
    }
    const sum = (of: (each: (typeof shared & object)["among"][number]) => number) =>
      shared!.among.reduce((all, each) => all + of(each), 0);
    expect(sum(({ alone: { min } }) => min)).toBeGreaterThan(6);
    expect(sum(({ perMonthUsd }) => perMonthUsd!.expected)).toBeCloseTo(
      nodeLines(together)[0]!.perMonthUsd.expected,
      6,
    );
    const systems = together.systems!.reduce((all, { perMonthUsd }) => all + perMonthUsd.expected, 0);
    expect(systems).toBeCloseTo(together.cost.perMonthUsd.expected, 6);
  });

  test("on the screen and explained: one pool, who needs how much of it, and no pool of anybody's own", () => {
    const said = /shared 6 to 7 nodes for 5 systems, which would need 15 apart: sessions 3, pays 177; api 3, pays 177/;
    for (const text of [textOf(together), explainText(together)]) {
      expect(text.replaceAll(/\s+/g, " ")).toMatch(said);
      expect(text).not.toContain("web-nodes");
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  test("rules see the shared nodes once, and in the engine's pack the same", () => {
    const key = ({ id, part, verdict, message }: Report["rules"][number]) =>
      [id, part ?? "", verdict, message].join(" | ");
    const said = together.rules.map(key);
    expect(together.rules.filter(({ id }) => id === "zone-loss-finds-room")).toHaveLength(1);
    expect(judgeStack(resources, asOf).map(key).sort()).toEqual([...said].sort());
  });
});

test("a member of a store whose node is lost finds room on nodes that others need for a rollout", async () => {
  const { resources } = await recordProgram(() => {
    new Service("web", { ...least, size: { cpuMillis: 3000, memoryMiB: 1024 }, surgeShare: 1 });
    new Store("db", db);
  });
  const report = reported(resources);
  const alone = plansIn(resources).find(({ plan }) => plan.system === "db")!.plan;
  const shared = report.planned?.ok === true ? report.planned.plan.demand : [];
  const waits = (demand: typeof shared) => demand.flatMap(({ store }) => store?.reschedule.nodeSeconds ?? []);
  expect([waits(alone.demand), waits(shared)]).toEqual([[210], [0]]);
  const together = report.systems!.find(({ name }) => name === "db")!.availability!;
  expect(together.unavailability).toBeLessThan(alone.availability!.unavailability);
});

describe("what is not shared", () => {
  test("nodes of another cluster, of another region, of another machine, or of another price", async () => {
    const { resources } = await recordProgram(() => {
      const east = new Provider("east", { context: "east" });
      const again = new Provider("again", { context: "east" });
      const west = new Provider("west", { context: "west" });
      new Service("a", least, { provider: east });
      new Service("b", least, { provider: again });
      new Service("c", least, { provider: west });
      new Service("d", { ...least, nodes: { ...nodes, perHourUsd: 0.1 } }, { provider: west });
      new Service("e", { ...least, nodes: { platform: "eks", machine: "c7i.xlarge" } }, { provider: east });
      new Service("f", { ...least, zones: ["us-west-2a", "us-west-2b", "us-west-2c"] }, { provider: east });
    });
    const report = reported(resources);
    expect(report.sharedNodes?.map(({ part, among }) => [part, among.map(({ system }) => system)])).toEqual([
      ["node-pool/nodes/us-east-1", ["a", "b"]],
    ]);
    expect(poolsOf(report).map(({ workload, key }) => [workload, key.split("/")[2]])).toEqual([
      ["c-nodes", "us-east-1"],
      ["d-nodes", "us-east-1"],
      ["e-nodes", "us-east-1"],
      ["f-nodes", "us-west-2"],
      ["nodes", "us-east-1"],
    ]);
    expect(report.mismatches).toEqual([]);
  });

  test("nodes of two clusters are called by their providers, Karpenter's pools together hold what their cluster needs, at the price that is stated", async () => {
    const own = { ...nodes, perHourUsd: 0.1, karpenter: { nodeClass: "default" } };
    const { resources } = await recordProgram(() => {
      for (const context of ["blue", "green"]) {
        const provider = new Provider(context, { context });
        for (const name of ["web", "api"]) new Service(`${context}-${name}`, { ...least, nodes: own }, { provider });
      }
    });
    const report = reported(resources);
    expect(poolsOf(report).map(({ workload }) => workload)).toEqual(["nodes-blue", "nodes-green"]);
    expect(nodeLines(report).map(({ grade, unitUsd }) => [grade, unitUsd])).toEqual([
      ["own", 0.1],
      ["own", 0.1],
    ]);
    expect(ofType(resources, "kubernetes:karpenter.sh/v1:NodePool")).toHaveLength(4);
    expect(report.rules.filter(({ id }) => id === "karpenter-limits-hold").map(({ verdict }) => verdict)).toEqual([
      "pass",
      "pass",
    ]);
    expect(report.mismatches).toEqual([]);
  });

  test("nodes that pods ask for by a label, or whose taint they bear", async () => {
    const asking = (spec: object): ServiceArgs => ({
      ...least,
      transform: {
        replicaGroup: {
          deployment: (args) => {
            const { spec: own } = args as unknown as {
              readonly spec: { readonly template: { readonly spec: object } };
            };
            const template = { ...own.template, spec: { ...own.template.spec, ...spec } };
            return { ...args, spec: { ...own, template } } as unknown as typeof args;
          },
        },
      },
    });
    const batch = asking({ nodeSelector: { pool: "batch" } });
    const gpu = asking({ tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }] });
    const { resources } = await recordProgram(() => {
      new Service("web", least);
      new Service("night", batch);
      new Service("model", gpu);
      new Service("api", asking({ nodeSelector: { "kubernetes.io/arch": "amd64" } }));
      new Service("day", batch);
    });
    const report = reported(resources);
    expect(report.sharedNodes?.map(({ part, among }) => [part, among.map(({ system }) => system)])).toEqual([
      ["node-pool/nodes-m7i.xlarge/us-east-1", ["api", "web"]],
      ["node-pool/nodes-m7i.xlarge-2/us-east-1", ["day", "night"]],
    ]);
    const sum = (all: Report, end: "min" | "max") =>
      poolsOf(all).reduce((total, pool) => total + (numberAt(pool, "scaling", end) ?? 0), 0);
    const objects = asManifests(resources);
    expect(poolsOf(objects)).toHaveLength(1);
    for (const end of ["min", "max"] as const) expect(sum(report, end)).toBe(sum(objects, end));
    expect(report.mismatches).toEqual([]);
  });
});
