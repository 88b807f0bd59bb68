import * as fc from "fast-check";
import { certainPlan, requestOf } from "../../capacity";
import { catalogOf } from "../../catalog";
import { clusterItems, clusterPrices, gkeRegions, type ClusterItem } from "../../catalog/kubernetes";
import { costOf } from "../../cost";
import {
  asReading,
  type Cost,
  type Environment,
  type KubernetesChoice,
  type NodeChoice,
  type System,
} from "../../model";
import { configured, tables } from "../stacks";

const prod = tables.environments["prod"]!;
const kubernetes = prod.kubernetes!;
const metal: NodeChoice = {
  platform: "other",
  machine: "metal",
  allocatable: { cpuMillis: 15_800, memoryMiB: 60_000, pods: 110 },
  perHourUsd: 0.8,
};
const gke: NodeChoice = { platform: "gke", machine: "e2-standard-8" };
const prices = (...stated: readonly (readonly [item: string, usd: number])[]) => ({
  prices: stated.map(([item, usd]) => ({ item, usd, note: "contract" })),
});

/** Of the features, as planned. */
const USABLE_MIB = 854;

interface Asked {
  readonly stack: "vectordb-prod" | "model-serving-prod";
  readonly choice?: Partial<KubernetesChoice>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly environment?: Partial<Environment>;
  readonly systems?: Readonly<Record<string, System>>;
  /** Copies, as the stack asks for them. @default false */
  readonly withCopies?: boolean;
  /** Its names, and who is on the internet, as the stack says. @default false */
  readonly asShipped?: boolean;
}

function requested({
  stack,
  choice = {},
  config = {},
  environment = {},
  systems = {},
  withCopies = false,
  asShipped = false,
}: Asked) {
  // Who leads callers, and to what is on the internet, each test says by itself.
  const { copies, domain, failover, workloads, ...rest } = configured(stack, {}).config;
  const led = asShipped ? { domain, failover } : {};
  const plain = { ...rest, ...(asShipped || stack === "vectordb-prod" ? { workloads } : {}), ...led };
  const file = configured(stack, config);
  return requestOf({
    stack,
    file: file.file,
    config: {
      ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
      ...config,
      ...(withCopies && copies !== undefined ? { copies } : {}),
    },
    systems: { ...tables.systems, ...systems },
    environments: { prod: { ...prod, ...environment, kubernetes: { ...kubernetes, ...choice } } },
  });
}

function costed(asked: Asked): Cost {
  const found = requested(asked);
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  const planned = certainPlan(found.request);
  if (!planned.ok) throw new Error(JSON.stringify(planned.infeasible));
  return costOf(
    planned.plan.parts.map((part) => asReading(part)),
    planned.plan,
  );
}

/** A month's USD of an item in us-east-1: floor, expected, ceiling. */
function monthly({ lines }: Cost, item: string): readonly number[] | undefined {
  const own = lines.filter((line) => line.item === item && line.part.endsWith("us-east-1"));
  if (own.length === 0) return undefined;
  return (["min", "expected", "max"] as const).map((end) =>
    Number(own.reduce((sum, { perMonthUsd }) => sum + perMonthUsd[end], 0).toFixed(4)),
  );
}
const unpriced = (cost: Cost) =>
  cost.unpriced.filter(({ part }) => part.endsWith("us-east-1")).map(({ item, why }) => `${item}: ${why}`);
const published = {
  choice: { certificate: { secret: "door-tls" } },
  environment: { domain: { name: "models.example.com", zone: { existing: { id: "Z0123456789" } } } },
} as const;
const inRegion = (region: string) => ({
  choice: { nodes: gke, clusters: { [region]: { context: "c" } }, ...published.choice },
  environment: {
    regions: { [region]: { zones: ["a", "b", "c"].map((zone) => `${region}-${zone}`) } },
    ...published.environment,
  },
});

/** The entry on the internet. */
function exposed(): System {
  const system = tables.systems["model-serving"]!;
  const facts = system.workloads["model-server"]!;
  if (facts.kind !== "service") throw new Error("model-server is a service");
  return { ...system, workloads: { ...system.workloads, "model-server": { ...facts, exposure: "internet" } } };
}

describe("what stands beside nodes, worked by hand", () => {
  test("prod stacks as they are shipped have a price for all of it", () => {
    expect(costed({ stack: "vectordb-prod", asShipped: true }).unpriced).toEqual([]);
    // Its doors hand on to each other: what they hand on is billed where it is asked for.
    expect(costed({ stack: "model-serving-prod", withCopies: true, asShipped: true }).unpriced).toEqual([]);
  });

  test("what a door hands on to other regions: all of its requests and their answers, an hour a month", () => {
    const handed = (asked: Omit<Asked, "stack">) => {
      const { lines } = costed({ stack: "model-serving-prod", asShipped: true, ...asked });
      return lines.filter(({ part, item }) => part.startsWith("load-balancer") && item === "between-regions-gb");
    };
    const lines = handed({});
    // The first region's alone: the others have no callers. 20 a second of 1 KiB and 4 KiB, as the system leaves them.
    expect(lines.map(({ part }) => part)).toEqual(["load-balancer/model-server/us-east-1"]);
    expect(lines[0]).toMatchObject({
      unit: "GB, of requests that are handed on, if all are for an hour a month",
      unitUsd: 0.02,
      usage: true,
    });
    expect(lines[0]?.quantity.expected).toBeCloseTo((20 * (1024 + 4096) * 3600) / 1024 ** 3, 6);
    expect(handed({ config: { failover: { dns: "route53", doors: false } } })).toEqual([]);
  });

  test("copies of a cache: a balancer that leads two of them in, and all that it may hold once a day to each", () => {
    const cost = costed({ stack: "model-serving-prod", withCopies: true });
    const cache = { ...cost, lines: cost.lines.filter(({ part }) => part.startsWith("redis-cache")) };
    expect(monthly(cache, "balancer-hour")).toEqual([16.425, 16.425, 16.425]);
    const [sent] = cache.lines.filter(({ item }) => item === "between-regions-gb");
    const gib = USABLE_MIB / 1024;
    expect(sent?.quantity.expected).toBeCloseTo(gib * 2 * (730 / 24), 6);
    expect(sent).toMatchObject({ unitUsd: 0.02, unit: "GB, if all that it may hold is written once a day" });
  });

  test("a store on EKS: 3 to 10 volumes of 100 GiB of gp3, and 28 snapshots of one of them", () => {
    const cost = costed({ stack: "vectordb-prod" });
    expect(monthly(cost, "volume-gb-month")).toEqual([24, 24, 80]);
    // The first holds 100 GiB, each of the other 27 what changed: 5. At 0.05.
    expect(monthly(cost, "snapshot-gb-month")).toEqual([11.75, 11.75, 11.75]);
    expect(cost.lines.find(({ item }) => item === "snapshot-gb-month")?.unit).toBe(
      "GB-month, if 5 % changes between two",
    );
  });

  test("a store on GKE: balanced disks and their snapshots", () => {
    const cost = costed({
      stack: "vectordb-prod",
      ...inRegion("europe-west4"),
      config: { region: "europe-west4" },
    });
    const of = (item: string) => cost.lines.find((line) => line.item === item)?.perMonthUsd.min;
    expect(of("volume-gb-month")).toBeCloseTo(300 * 0.11, 9);
    expect(of("snapshot-gb-month")).toBeCloseTo(235 * 0.053, 9);
    expect(cost.unpriced).toEqual([]);
  });

  test("a door on EKS inside the network: a balancer's hours and units; 20 requests/s and 5 KiB each way", () => {
    const cost = costed({ stack: "model-serving-prod" });
    expect(monthly(cost, "balancer-hour")).toEqual([16.425, 16.425, 16.425]);
    const units = (20 * 5120 * 3600) / 1024 ** 3;
    expect(monthly(cost, "balancer-unit-hour")?.[1]).toBeCloseTo(units * 730 * 0.006, 3);
    expect(monthly(cost, "balancer-address-hour")).toBeUndefined();
    expect(monthly(cost, "internet-out-gb")).toBeUndefined();
    // A region that waits serves nobody: hours alone.
    expect(cost.lines.filter(({ item }) => item === "balancer-hour")).toHaveLength(3);
    expect(cost.lines.filter(({ item }) => item === "balancer-unit-hour")).toHaveLength(1);
  });

  test("on the internet: an address in each zone, and what goes out", () => {
    const cost = costed({ stack: "model-serving-prod", systems: { "model-serving": exposed() }, ...published });
    expect(monthly(cost, "balancer-address-hour")).toEqual([10.95, 10.95, 10.95]);
    expect(monthly(cost, "internet-out-gb")?.[1]).toBeCloseTo(((20 * 4096 * 730 * 3600) / 1024 ** 3) * 0.09, 3);
  });

  test("a door on GKE: a forwarding rule, data both ways, and no address", () => {
    const cost = costed({
      stack: "model-serving-prod",
      systems: { "model-serving": exposed() },
      ...inRegion("us-central1"),
      config: { regions: ["us-central1"], objectives: { survive: "zone", availability: 0.999 } },
    });
    const of = (item: string) =>
      cost.lines.filter((line) => line.item === item).map((line) => line.perMonthUsd.expected);
    expect(of("balancer-hour")).toEqual([730 * 0.025]);
    expect(of("balancer-gb")[0]).toBeCloseTo(((20 * 5120 * 730 * 3600) / 1024 ** 3) * 0.008, 6);
    expect(of("internet-out-gb")[0]).toBeCloseTo(((20 * 4096 * 730 * 3600) / 1024 ** 3) * 0.12, 6);
    expect([...of("balancer-unit-hour"), ...of("balancer-address-hour")]).toEqual([]);
    expect(cost.unpriced).toEqual([]);
  });

  test("volumes of a cache: three members' files of 4 GiB, and a GiB for each of three Sentinels", () => {
    // 15 GiB at 0.08.
    expect(monthly(costed({ stack: "model-serving-prod" }), "volume-gb-month")).toEqual([1.2, 1.2, 1.2]);
  });

  test("a cluster that is there: its fee and its nodes' disks are named beside the bill, and are in no total", () => {
    const beside = (asked: Asked) =>
      (costed(asked).beside ?? []).map(({ part, item, usd, unit }) => [part.split("/")[2], item, usd, unit]);
    const [fee, disks] = ["the cluster's own fee", "its nodes' own disks"];
    expect(beside({ stack: "vectordb-prod" })).toEqual([
      ["us-east-1", fee, 73, "month"],
      ["us-east-1", disks, 0.08, "GiB-month"],
    ]);
    expect(costed({ stack: "vectordb-prod" }).partial).toBe(false);
    expect(beside({ stack: "vectordb-prod", ...inRegion("europe-west4"), config: { region: "europe-west4" } })).toEqual(
      [
        ["europe-west4", fee, 73, "month"],
        ["europe-west4", disks, 0.11, "GiB-month"],
      ],
    );
    // What EKS asks elsewhere was not found.
    expect(beside({ stack: "model-serving-prod" })).toContainEqual(["eu-west-1", fee, null, "month"]);
    expect(beside({ stack: "vectordb-prod", choice: { nodes: metal } })).toEqual([]);
  });

  test("behind an Ingress: the controller's balancer is its owner's; an Application Load Balancer is the Ingress' own", () => {
    const by = (className: string) =>
      costed({ stack: "model-serving-prod", choice: { door: { ingress: { className } } } });
    expect(unpriced(by("haproxy"))).toEqual([]);
    expect(monthly(by("haproxy"), "balancer-hour")).toBeUndefined();
    expect(monthly(by("alb"), "alb-hour")).toEqual([16.425, 16.425, 16.425]);
    expect(unpriced(by("traefik"))).toEqual(["balancer-hour: what class traefik makes is not known"]);
  });
});

describe("a user's own prices", () => {
  const own = prices(["volume-gb-month", 0.2], ["snapshot-gb-month", 0.1], ["balancer-hour", 1]);

  test("machines of one's own: nothing is priced but what the user says", () => {
    const choice = { nodes: metal };
    expect(unpriced(costed({ stack: "vectordb-prod", choice }))).toEqual([
      "volume-gb-month: what volumes of their class cost is not told; prices of the stack or the demand file may say it",
      "snapshot-gb-month: no price known in us-east-1; prices of the stack or the demand file may say it",
    ]);
    expect(unpriced(costed({ stack: "model-serving-prod", choice }))).toEqual([
      "balancer-hour: no price known in us-east-1; prices of the stack or the demand file may say it",
      "volume-gb-month: what volumes of their class cost is not told; prices of the stack or the demand file may say it",
    ]);
    const store = costed({ stack: "vectordb-prod", choice, config: own });
    expect(store.unpriced).toEqual([]);
    expect([monthly(store, "volume-gb-month"), monthly(store, "snapshot-gb-month")]).toEqual([
      [60, 60, 200],
      [23.5, 23.5, 23.5],
    ]);
    const door = costed({ stack: "model-serving-prod", choice, config: own });
    expect(door.unpriced).toEqual([]);
    expect(monthly(door, "balancer-hour")).toEqual([730, 730, 730]);
  });

  test("where nobody says whose cluster it is, that is what is missing: no price is", () => {
    const found = requested({ stack: "vectordb-prod" });
    const planned = found.ok ? certainPlan(found.request) : found;
    if (!planned.ok) throw new Error("no plan");
    const { nodes, ...untold } = planned.plan;
    expect(nodes).toBeDefined();
    const parts = planned.plan.parts.filter(({ kind }) => kind === "store").map((part) => asReading(part));
    expect(unpriced(costOf(parts, untold))).toEqual([
      "nodes: what a node holds and costs is not told",
      "volume-gb-month: whose cluster it is nobody says: --demand FILE with cluster",
      "snapshot-gb-month: whose cluster it is nobody says: --demand FILE with cluster",
    ]);
  });

  test("a class of another's is priced by the user alone, wherever it stands", () => {
    const choice = { storageClass: "fast" };
    expect(unpriced(costed({ stack: "vectordb-prod", choice }))).toEqual([
      "volume-gb-month: what volumes of their class cost is not told; prices of the stack or the demand file may say it",
    ]);
    expect(monthly(costed({ stack: "vectordb-prod", choice, config: own }), "volume-gb-month")).toEqual([60, 60, 200]);
  });

  test("stand above the catalog, for one region or for all", () => {
    const config = { prices: [{ item: "balancer-hour", region: "us-east-1", usd: 1, note: "contract" }] };
    const found = costed({ stack: "model-serving-prod", config }).lines.filter(({ item }) => item === "balancer-hour");
    expect(found.map(({ unitUsd, grade }) => [unitUsd, grade]).sort()).toEqual([
      [0.0225, "B"],
      [0.0252, "C"],
      [1, "own"],
    ]);
  });

  test("an item that no cluster has is refused, with those that it has", () => {
    const problems = (item: string) => catalogOf("kubernetes").priceProblems([{ item, usd: 1, note: "x" }]);
    expect(problems("volume-gb-month")).toEqual([]);
    expect(problems("volumes-gb-month")).toEqual([
      {
        index: 0,
        key: "item",
        given: "volumes-gb-month",
        allowed: expect.stringMatching(
          `^on a cluster one of ${Object.keys(clusterItems).join(", ")}, dns-health-check-aws-month`,
        ),
        fix: "did you mean volume-gb-month?",
      },
    ]);
    expect(problems("machine-hour:m7i.large")[0]?.fix).toBe(
      "a node's hour is kubernetes.nodes.perHourUsd in the environment",
    );
    expect(problems("nat-hour")[0]?.allowed).toContain("balancer-hour");
    expect(requested({ stack: "vectordb-prod", config: prices(["nat-hour", 1]) }).ok).toBe(false);
  });

  test("law: whatever is stated is what is taken, whoever runs the nodes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(clusterItems) as ClusterItem[])),
        fc.constantFrom("eks" as const, "gke" as const, "other" as const),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (item, platform, usd) => {
          const found = clusterPrices(item, platform, "us-east-1", [{ item, usd, note: "x" }]);
          expect(found).toMatchObject([{ usd, grade: "own", unit: clusterItems[item] }]);
        },
      ),
    );
  });
});

test("every region of GKE has prices of disks and of what leads to a door, positive, with a source; another has none", () => {
  for (const region of gkeRegions)
    for (const item of ["balancer-hour", "balancer-gb", "volume-gb-month", "snapshot-gb-month"] as const) {
      const [row, ...more] = clusterPrices(item, "gke", region);
      expect(more).toEqual([]);
      expect(row?.usd).toBeGreaterThan(0);
      expect(row?.source.date).toMatch(/^2026-\d\d-\d\d$/);
    }
  expect(clusterPrices("volume-gb-month", "gke", "us-east-1")).toEqual([]);
  // The Netherlands and Mumbai, as others read them: 0.028 and 0.03.
  expect(clusterPrices("balancer-hour", "gke", "europe-west4")[0]?.usd).toBeCloseTo(0.0275, 9);
  expect(clusterPrices("balancer-hour", "gke", "asia-south1")[0]?.usd).toBeCloseTo(0.03, 9);
});
