import { failoverSecondsOf } from "../../availability";
import { certainPlan } from "../../capacity";
import { costOf } from "../../cost";
import { asReading, type Addon, type DnsFailover, type Plan } from "../../model";
import { configured, tables } from "../stacks";
import { requestOf } from "../../capacity/request";

const prod = tables.environments["prod"]!;
const cluster = prod.kubernetes!;

/** Predictions in regions, led to by a failover. */
function planned(
  failover: object | undefined,
  changes: object = {},
  platform: "eks" | "other" = "eks",
  has?: readonly Addon[],
): Plan {
  const file = configured("model-serving-prod", {
    domain: { name: "model.example.com", zone: { existing: { id: "Z0123456789" } } },
    callersMoveSeconds: undefined,
    failover: failover,
    workloads: { "model-server": { exposure: "internet" } },
    ...changes,
  });
  const asked = requestOf({
    stack: file.stack,
    file: file.file,
    config: Object.fromEntries(Object.entries(file.config).filter(([, value]) => value !== undefined)),
    systems: tables.systems,
    environments: {
      prod: {
        ...prod,
        kubernetes: {
          ...cluster,
          nodes:
            platform === "eks"
              ? cluster.nodes
              : { platform, machine: "metal", allocatable: { cpuMillis: 15_800, memoryMiB: 56_000, pods: 110 } },
          certificate: { secret: "door-tls" },
          ...(has === undefined ? {} : { has }),
        },
      },
    },
  });
  if (!asked.ok) throw new Error(JSON.stringify(asked.mistakes, undefined, 1));
  const found = certainPlan(asked.request);
  return found.ok ? found.plan : found.partial;
}

const failoverOf = (plan: Plan): DnsFailover => {
  const found = plan.parts.filter((part): part is DnsFailover => part.kind === "dns-failover");
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe("records of Route 53", () => {
  const plan = planned({ dns: "route53" });

  test("lead to each region's own name in the stack's order, asked as its door asks its replicas", () => {
    const part = failoverOf(plan);
    expect(part).toMatchObject({
      key: "dns-failover/model-server/us-east-1",
      name: "model.example.com",
      ttlSeconds: 60,
      runtime: { kind: "route53" },
    });
    expect(part.targets.map(({ part: door, name, priority }) => [door, name, priority])).toEqual([
      ["load-balancer/model-server/us-east-1", "us-east-1.model.example.com", 1],
      ["load-balancer/model-server/us-west-2", "us-west-2.model.example.com", 2],
      ["load-balancer/model-server/eu-west-1", "eu-west-1.model.example.com", 3],
    ]);
    expect(part.targets[1]?.check).toEqual({
      protocol: "https",
      name: "us-west-2.model.example.com",
      port: 443,
      path: "/health/ready",
      intervalSeconds: 30,
      failures: 3,
      matchesText: false,
      measuresLatency: false,
    });
  });

  test("are none where DNS leads nobody", () => {
    for (const failover of [undefined, { dns: "none" }])
      expect(planned(failover).parts.filter(({ kind }) => kind === "dns-failover")).toEqual([]);
  });
});

test("external-dns leads by weights, which know two levels, as long as the first one's balancer has healthy targets", () => {
  const has = ["gateway-api", "external-dns"] as const;
  const plan = planned({ dns: "external-dns" }, {}, "eks", has);
  const part = failoverOf(plan);
  expect(part).toMatchObject({ runtime: { kind: "external-dns" }, ttlSeconds: 60 });
  expect(part.targets.map(({ priority, check, followsBalancer }) => [priority, check, followsBalancer])).toEqual([
    [1, null, true],
    [2, null, true],
    [2, null, true],
  ]);
  // Three checks of the balancer that fail, 10 s apart, and a minute that resolvers keep its addresses.
  expect(failoverSecondsOf(asReading(part))).toBe(90);
  expect(plan.failures.betweenRegions).toMatchObject({ failoverSeconds: 90, foundBy: "connections" });
  const deaf = part.targets.map((target) => ({ ...target, followsBalancer: false }));
  expect(failoverSecondsOf(asReading({ ...part, targets: deaf }))).toBeNull();
});

describe("the time until callers are led to the next region", () => {
  // Checks in a row that fail, and a minute that resolvers keep the old answer.
  test.each([
    [{ dns: "route53" }, 150],
    [{ dns: "route53", checkSeconds: 10 }, 90],
    [{ dns: "route53", checkSeconds: 10, failures: 1 }, 70],
    [{ dns: "route53", failures: 10 }, 360],
  ])("%j: %d s", (failover, seconds) => {
    const plan = planned(failover);
    expect(plan.failures.betweenRegions).toMatchObject({ failoverSeconds: seconds, foundBy: "checks" });
    expect(failoverSecondsOf(asReading(failoverOf(plan)))).toBe(seconds);
    expect(plan.assumptions.find(({ name }) => name === "DNS leads callers to the next region")?.mid).toBe(seconds);
  });

  test("is the callers' own where they move by themselves, and none where nobody moves them", () => {
    const own = planned({ dns: "none" }, { callersMoveSeconds: 45 });
    expect(own.failures.betweenRegions).toMatchObject({ failoverSeconds: 45, foundBy: "callers" });
    expect(planned(undefined).failures.betweenRegions).toBeUndefined();
  });

  test("is nobody's where doors alone hand on: they stand in for ill replicas, and nobody for a region", () => {
    const plan = planned({ dns: "none" });
    expect(plan.failures.betweenRegions).toMatchObject({ failoverSeconds: null, foundBy: "checks" });
    const causes = plan.availability?.lostTo.map(({ cause }) => cause) ?? [];
    expect(causes).toContain("region");
    expect(causes).toContain("handing on between regions");
    expect(causes).not.toContain("moving between regions");
  });

  test("of records as read is that of the slowest place with another behind it; unknown where one of these is asked by nobody", () => {
    const part = failoverOf(planned({ dns: "route53" }));
    const [first, second, third] = part.targets;
    const seconds = (targets: DnsFailover["targets"]) => failoverSecondsOf(asReading({ ...part, targets }));
    const slow = { ...second!, check: { ...second!.check!, failures: 5 } };
    expect(seconds([first!, slow, third!])).toBe(210);
    // The last one's check turns nobody away.
    expect(seconds([first!, second!, { ...third!, check: null }])).toBe(150);
    expect(seconds([first!, { ...second!, check: null }, third!])).toBeNull();
    // Of places that all take callers, each must be found gone.
    const even = [first!, second!].map((target) => ({ ...target, priority: 1 }));
    expect(seconds(even)).toBe(150);
    expect(seconds([even[0]!, { ...even[1]!, check: null }])).toBeNull();
  });
});

describe("what the checks cost a month, USD", () => {
  const usd = (plan: Plan) =>
    costOf(
      plan.parts.map((part) => asReading(part)),
      plan,
    )
      .lines.filter(({ item }) => item.startsWith("dns-"))
      .reduce((sum, line) => sum + line.perMonthUsd.expected, 0);

  test("three of 0.50 before nodes of EKS, each with HTTPS for 1; the short interval is 1 more", () => {
    expect(usd(planned({ dns: "route53" }))).toBeCloseTo(3 * 1.5, 10);
    expect(usd(planned({ dns: "route53", checkSeconds: 10 }))).toBeCloseTo(3 * 2.5, 10);
  });

  test("of places that are not AWS's 0.75, and 2 for HTTPS", () => {
    expect(usd(planned({ dns: "route53" }, {}, "other"))).toBeCloseTo(3 * 2.75, 10);
  });

  test("an own price stands in the catalog's place, and no price of nodes does", () => {
    const prices = [{ item: "dns-health-check-aws-month", usd: 0, note: "the first fifty are free for us" }];
    expect(usd(planned({ dns: "route53" }, { prices: prices }))).toBeCloseTo(3, 10);
    expect(() => planned({ dns: "route53" }, { prices: [{ item: "nat-hour", usd: 1, note: "no" }] })).toThrow(
      /on a cluster one of .*dns-health-check-aws-month/,
    );
  });
});
