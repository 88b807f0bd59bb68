import * as fc from "fast-check";
import type { Part, Plan, Range } from "../../model";
import { asReading, partKey } from "../../model";
import { costOf } from "../../cost";
import { capacityUnits } from "../../cost/balancer-traffic";
import { crossZoneShare } from "../../cost/replica-group";
import {
  alert,
  allParts,
  balancer,
  bucket,
  cdn,
  cache,
  demand,
  group,
  groupKey,
  hidden,
  lambda,
  letters,
  network,
  plan,
  queue,
  topic,
  zones,
} from "../policies/fixture";

const read = (parts: readonly Part[]) => parts.map((part) => asReading(part));
const range = (min: number, max: number) => ({
  kind: "range" as const,
  min,
  max,
  initial: min,
  signals: [],
  schedule: [],
});
const fixed = (count: number) => ({ kind: "fixed" as const, count });
const linesOf = (parts: readonly Part[], from: Plan | null, item: string) =>
  costOf(read(parts), from).lines.filter((line) => line.item === item);
const lineOf = (parts: readonly Part[], from: Plan | null, item: string) => {
  const found = linesOf(parts, from, item);
  expect(found).toHaveLength(1);
  return found[0];
};
const same = (value: number): Range => ({ min: value, expected: value, max: value });
const close = (actual: Range | undefined, expected: Range) => {
  for (const end of ["min", "expected", "max"] as const) expect(actual?.[end]).toBeCloseTo(expected[end], 6);
};

const anyPart: fc.Arbitrary<Part> = fc.oneof(
  fc
    .record({
      min: fc.integer({ min: 1, max: 200 }),
      more: fc.integer({ min: 0, max: 200 }),
      arm: fc.boolean(),
      spotShare: fc.constantFrom(0, 0.3, 1),
      base: fc.option(fc.record({ replicas: fc.nat(300), on: fc.constantFrom("on-demand" as const, "spot" as const) })),
    })
    .map(({ min, more, arm, spotShare, base }) =>
      group({
        scaling: range(min, min + more),
        runtime: {
          kind: "ecs-fargate",
          architecture: arm ? "arm64" : "x86_64",
          spotShare,
          ...(base === null ? {} : { base }),
          rebalancing: true,
        },
      }),
    ),
  fc.constantFrom(
    balancer(),
    balancer({ exposure: "private" }),
    network(),
    network({ natZones: [] }),
    alert(),
    topic(),
  ),
  fc
    .integer({ min: 0, max: 5 })
    .map((replicas) => cache({ topology: { kind: "replicated", replicas, failover: "automatic" } })),
  fc.constant<Part>({
    kind: "dashboard",
    key: partKey("dashboard", "overview", "us-east-1"),
    workload: "overview",
    region: "us-east-1",
    runtime: { kind: "cloudwatch" },
  }),
);
const anyStack = fc.uniqueArray(anyPart, { selector: (part) => part.key, minLength: 1, maxLength: 6 });
const anyPlan = fc
  .record({ mean: fc.double({ min: 0.1, max: 1e5, noNaN: true }), atMean: fc.integer({ min: 1, max: 300 }) })
  .map(({ mean, atMean }) =>
    plan({ demand: [demand({ requestsPerSecond: { mean, peak: mean * 2 }, replicasAtMean: atMean })] }),
  );

describe("laws", () => {
  test("min <= expected <= max, all finite and none negative, and the lines add up to the total", () => {
    fc.assert(
      fc.property(anyStack, fc.option(anyPlan), (parts, from) => {
        const { perMonthUsd, lines } = costOf(read(parts), from);
        for (const { min, expected, max } of [
          perMonthUsd,
          ...lines.flatMap((line) => [line.perMonthUsd, line.quantity]),
        ]) {
          expect(min).toBeGreaterThanOrEqual(0);
          expect(expected).toBeGreaterThanOrEqual(min);
          expect(max).toBeGreaterThanOrEqual(expected);
          expect(Number.isFinite(max)).toBe(true);
        }
        for (const end of ["min", "expected", "max"] as const) {
          expect(lines.reduce((sum, line) => sum + line.perMonthUsd[end], 0)).toBeCloseTo(perMonthUsd[end], 6);
          for (const line of lines) expect(line.quantity[end] * line.unitUsd).toBeCloseTo(line.perMonthUsd[end], 6);
        }
      }),
    );
  });
  test("every part is priced or named as unpriced, and a total that leaves something out says partial", () => {
    fc.assert(
      fc.property(anyStack, fc.option(anyPlan), (parts, from) => {
        const { lines, unpriced, partial } = costOf(read(parts), from);
        const said = new Set([...lines, ...unpriced].map(({ part }) => part));
        // A network without NAT, endpoints or flow logs costs nothing, and has nothing to say.
        for (const { key, kind } of parts) if (kind !== "network") expect(said).toContain(key);
        expect(partial).toBe(unpriced.length > 0);
      }),
    );
  });
  test("more replicas never cost less", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), anyPlan, (count, more, from) => {
        const of = (replicas: number) =>
          costOf(read([group({ scaling: fixed(replicas) }), network()]), from).perMonthUsd.expected;
        expect(of(count + more)).toBeGreaterThanOrEqual(of(count));
        if (more > 0) expect(of(count + more)).toBeGreaterThan(of(count));
      }),
    );
  });
  test("the same parts cost the same", () => {
    expect(costOf(read(allParts), plan())).toEqual(costOf(read(allParts), plan()));
  });
});

describe("worked by hand, us-east-1", () => {
  test("41 replicas of 1 vCPU and 2 GB on Fargate x86", () => {
    // 41 x 730 h = 29,930 vCPU-h x 0.04048 = 1,211.5664; 59,860 GB-h x 0.004445 = 266.0777; together 1,477.6441.
    const { lines, perMonthUsd } = costOf(read([group({ scaling: fixed(41), logs: null })]), null);
    expect(lines.map(({ item, quantity }) => [item, quantity.expected])).toEqual([
      ["fargate-x86-vcpu-hour", 29_930],
      ["fargate-x86-gb-hour", 59_860],
    ]);
    close(perMonthUsd, same(1477.6441));
  });
  test("min and max at the scaler's bounds, expected never below the floor nor above the ceiling", () => {
    const hours = (atMean: number) =>
      lineOf(
        [group({ scaling: range(6, 12) })],
        plan({ demand: [demand({ replicasAtMean: atMean })] }),
        "fargate-x86-vcpu-hour",
      )?.quantity;
    expect(hours(3)).toEqual({ min: 6 * 730, expected: 6 * 730, max: 12 * 730 });
    expect(hours(8)).toEqual({ min: 6 * 730, expected: 8 * 730, max: 12 * 730 });
    expect(hours(20)).toEqual({ min: 6 * 730, expected: 12 * 730, max: 12 * 730 });
  });
  test("ARM is its own item", () => {
    const arm = group({
      scaling: fixed(1),
      runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 0, rebalancing: true },
    });
    close(lineOf([arm], null, "fargate-arm-vcpu-hour")?.perMonthUsd, same(730 * 0.03238));
  });
  describe("Spot, 1 vCPU and 2 GB in us-east-1", () => {
    const onSpot = (spotShare: number, base?: { replicas: number; on: "on-demand" | "spot" }) =>
      group({
        scaling: range(6, 12),
        runtime: {
          kind: "ecs-fargate",
          architecture: "x86_64",
          spotShare,
          ...(base === undefined ? {} : { base }),
          rebalancing: true,
        },
      });
    const hours = (part: Part, item: string, atMean = 8) => {
      const [found] = linesOf([part], plan({ demand: [demand({ replicasAtMean: atMean })] }), item);
      return found === undefined ? null : Object.values(found.quantity).map((quantity) => quantity / 730);
    };

    test("of 6, 8, 12 with a base of 5 and half of the rest", () => {
      const part = onSpot(0.5, { replicas: 5, on: "on-demand" });
      expect(hours(part, "fargate-x86-vcpu-hour")).toEqual([5.5, 6.5, 8.5]);
      expect(hours(part, "fargate-spot-x86-vcpu-hour")).toEqual([0.5, 1.5, 3.5]);
      expect(hours(part, "fargate-spot-x86-gb-hour")).toEqual([1, 3, 7]);
      const [vcpu, gb] = ["fargate-spot-x86-vcpu-hour", "fargate-spot-x86-gb-hour"].map((item) =>
        lineOf([part], plan({ demand: [demand({ replicasAtMean: 8 })] }), item),
      );
      // 1.5 replicas of 730 hours at 0.01291, and 3 GB at 0.00142.
      expect(vcpu).toMatchObject({ unitUsd: 0.01291, grade: "C", unit: "vCPU-hour on Spot, whose price moves" });
      expect(vcpu?.perMonthUsd.expected).toBeCloseTo(14.13645, 6);
      expect(gb).toMatchObject({ unitUsd: 0.00142, grade: "D" });
      expect(gb?.perMonthUsd.expected).toBeCloseTo(3.1098, 6);
      expect(vcpu?.source.title).toContain("it moves");
    });

    test("at the floor nothing where the base is the floor", () => {
      const part = onSpot(0.5, { replicas: 6, on: "on-demand" });
      expect(hours(part, "fargate-spot-x86-vcpu-hour", 1)).toEqual([0, 0, 3]);
    });

    test("none at all where the base is the ceiling", () => {
      const part = onSpot(0.5, { replicas: 12, on: "on-demand" });
      expect(hours(part, "fargate-spot-x86-vcpu-hour")).toBeNull();
      expect(hours(part, "fargate-x86-vcpu-hour")).toEqual([6, 8, 12]);
    });

    test("all of it has no line On-Demand, and a base of Spot is on Spot", () => {
      expect(hours(onSpot(1), "fargate-x86-vcpu-hour")).toBeNull();
      expect(hours(onSpot(1), "fargate-spot-x86-vcpu-hour")).toEqual([6, 8, 12]);
      expect(hours(onSpot(0, { replicas: 7, on: "spot" }), "fargate-spot-x86-vcpu-hour")).toEqual([6, 7, 7]);
    });
  });
  test("logs: 100 requests/s x 200 B, kept 30 days", () => {
    const gb = (100 * 730 * 3600 * 200) / 1024 ** 3;
    close(lineOf([group()], plan(), "logs-ingest-gb")?.perMonthUsd, same(gb * 0.5));
    close(lineOf([group()], plan(), "logs-storage-gb-month")?.perMonthUsd, same(((gb * 30 * 24) / 730) * 0.03));
  });
  test("logs of none, in an existing group, and sent on by a router", () => {
    const gb = (100 * 730 * 3600 * 200) / 1024 ** 3;
    const of = (logs: ReturnType<typeof group>["logs"]) => {
      const built = group({ logs });
      const { lines, unpriced } = costOf(read([built]), plan());
      return {
        lines: lines
          .filter(({ item }) => item.startsWith("logs-"))
          .map(({ item, perMonthUsd }) => [item, perMonthUsd.expected]),
        unpriced: unpriced.filter(({ part, item }) => part === built.key && item.startsWith("logs")),
      };
    };
    expect(of(null)).toEqual({ lines: [], unpriced: [] });
    const existing = of({ kind: "existing", group: "/shared", region: "us-east-1" });
    expect(existing.lines).toEqual([["logs-ingest-gb", expect.closeTo(gb * 0.5, 8)]]);
    expect(existing.unpriced).toEqual([
      {
        part: group().key,
        item: "logs-storage-gb-month",
        why: "how long an existing group keeps them, its owner says",
      },
    ]);
    const routed = of({ kind: "router", router: "log-router", output: "datadog", keepDays: 7 });
    expect(routed.lines).toEqual([]);
    expect(routed.unpriced).toEqual([
      { part: group().key, item: "logs", why: "sent on by log-router: who takes them bills them" },
    ]);
  });
  test("a balancer on the internet: its hours, one address a zone, traffic out by tiers", () => {
    close(lineOf([balancer()], plan(), "alb-hour")?.perMonthUsd, same(730 * 0.0225));
    close(lineOf([balancer()], plan(), "public-ipv4-hour")?.perMonthUsd, same(3 * 730 * 0.005));
    // 1,000 requests/s x 12 KiB are 29.4 TB a month: 10 TB at 0.09, the rest at 0.085.
    const out = (1000 * 730 * 3600 * 12_288) / 1024 ** 3;
    const from = plan({ demand: [demand({ requestsPerSecond: { mean: 1000, peak: 1000 }, responseBytes: 12_288 })] });
    const tiers = linesOf([balancer()], from, "internet-out-gb").map(({ quantity, unitUsd }) => [
      quantity.expected,
      unitUsd,
    ]);
    expect(tiers).toHaveLength(2);
    expect(tiers[0]).toEqual([10_240, 0.09]);
    expect(tiers[1]?.[0]).toBeCloseTo(out - 10_240, 6);
    expect(tiers[1]?.[1]).toBe(0.085);
  });
  test("a private balancer has no address and no traffic out", () => {
    const items = costOf(read([balancer({ exposure: "private" })]), plan()).lines.map(({ item }) => item);
    expect(items).not.toContain("public-ipv4-hour");
    expect(items).not.toContain("internet-out-gb");
  });
  test("two cache nodes, a token and 7 snapshots", () => {
    close(lineOf([cache()], null, "cache-node-hour:valkey:cache.m7g.large")?.perMonthUsd, same(2 * 730 * 0.1264));
    close(lineOf([cache()], null, "secret-month")?.perMonthUsd, same(0.4));
    close(lineOf([cache()], null, "elasticache-backup-gb-month")?.perMonthUsd, same((4900 / 1024) * 7 * 0.085));
  });
  test("a cache of pods costs what its nodes cost, and volumes of a class whose platform says what it is", () => {
    const pods = cache({
      runtime: {
        kind: "sentinel",
        sentinels: null,
        quorum: 2,
        downAfterSeconds: 5,
        minReplicasToWrite: 1,
        volume: { gib: 3, class: "serving-vectors", bindsLate: true },
      },
    });
    const { lines, unpriced } = costOf(read([pods]), null);
    expect(lines).toEqual([]);
    expect(unpriced.map(({ item }) => item)).toEqual(["nodes", "volume-gb-month"]);
    const facts = {
      platform: "other" as const,
      pool: "nodes",
      machine: "m",
      allocatable: { cpuMillis: 1, memoryMiB: 1, pods: 1 },
    };
    const told: Plan = { ...plan(), nodes: { "us-east-1": { ...facts, perHourUsd: 1 } } };
    expect(costOf(read([pods]), told).unpriced.map(({ item }) => item)).toEqual(["volume-gb-month"]);
  });
  test("three NAT gateways with an address each", () => {
    close(lineOf([network()], plan(), "nat-hour")?.perMonthUsd, same(3 * 730 * 0.045));
    close(lineOf([network()], plan(), "public-ipv4-hour")?.perMonthUsd, same(3 * 730 * 0.005));
  });
  test("lines that nobody keeps do not go out through NAT: 100 requests/s x 200 B", () => {
    const out = (logs: ReturnType<typeof group>["logs"]) =>
      lineOf([network({ endpoints: [] }), group({ logs })], plan(), "nat-gb")?.quantity.expected ?? 0;
    const gb = (100 * 730 * 3600 * 200) / 1024 ** 3;
    expect(out(group().logs) - out(null)).toBeCloseTo(gb, 8);
  });
  test("a NAT gateway of the region is billed in each of its three zones; where that has no price it is named", () => {
    const built = network({ natRegional: true });
    // 3 zones x 730 h x 0.045 = 98.55.
    close(lineOf([built], plan(), "nat-regional-hour")?.perMonthUsd, same(98.55));
    close(lineOf([built], plan(), "public-ipv4-hour")?.perMonthUsd, same(3 * 730 * 0.005));
    expect(linesOf([built], plan(), "nat-hour")).toEqual([]);
    const { partial, unpriced } = costOf(read([{ ...built, region: "us-west-2" }]), plan());
    expect(partial).toBe(true);
    expect(unpriced).toContainEqual({ part: built.key, item: "nat-regional-hour", why: "no price known in us-west-2" });
  });
  test("an interface endpoint in three zones; a gateway endpoint is free", () => {
    const built = network({
      natZones: [],
      flowLogs: null,
      endpoints: [
        { service: "logs", kind: "interface", zones: 3 },
        { service: "s3", kind: "gateway", zones: 0 },
      ],
    });
    close(lineOf([built], plan(), "interface-endpoint-hour")?.perMonthUsd, same(3 * 730 * 0.01));
  });
  test("an alarm is billed by its metrics, and under a minute as high resolution", () => {
    close(lineOf([alert({ metrics: 2 })], null, "alarm-metric-month")?.perMonthUsd, same(0.2));
    close(lineOf([alert({ periodSeconds: 10 })], null, "alarm-metric-high-resolution-month")?.perMonthUsd, same(0.3));
    close(lineOf([alert({ periodSeconds: 60 })], null, "alarm-metric-month")?.perMonthUsd, same(0.1));
  });
});

describe("small change, us-east-1", () => {
  const weeks = 365.25 / 12 / 7;
  test("each replica that a deploy starts reads its secrets once: 6 replicas, 5 deploys a week, 2 secrets", () => {
    const secrets = ["A", "B"].map((name) => ({ name, store: "secret-manager" as const }));
    const line = lineOf([group({ secrets })], plan(), "secret-api-10000");
    close(line?.perMonthUsd, same(((6 * 5 * weeks * 2) / 10_000) * 0.05));
    expect(line?.usage).toBe(true);
    expect(linesOf([group({ secrets: [{ name: "A", store: "parameter" }] })], plan(), "secret-api-10000")).toEqual([]);
    expect(linesOf([group({ secrets })], null, "secret-api-10000")).toEqual([]);
  });
  test("an image is stored where AWS keeps it, and nowhere else", () => {
    const from = (registry: string) =>
      linesOf(
        [group({ image: { reference: `${registry}/web@sha256:0c4e`, pinned: true } })],
        plan(),
        "ecr-storage-gb-month",
      );
    const [line] = from("123456789012.dkr.ecr.us-east-1.amazonaws.com");
    close(line?.perMonthUsd, same(0.5 * 0.1));
    expect(from("registry.example.com")).toEqual([]);
    expect(from("public.ecr.aws/docker")).toEqual([]);
  });
  test("access logs are put every 5 minutes by a node in each zone", () => {
    close(lineOf([balancer()], plan(), "s3-put-1000")?.perMonthUsd, same(((12 * 730 * 3) / 1000) * 0.005));
    const silent = balancer({ protection: { ...balancer().protection, logs: false } });
    expect(linesOf([silent], plan(), "s3-put-1000")).toEqual([]);
  });
  test("a planned topic has a key of its own, and its messages are named", () => {
    close(lineOf([topic()], plan(), "kms-key-month")?.perMonthUsd, same(1));
    close(lineOf([topic()], plan(), "sns-publish-million")?.perMonthUsd, same(0));
    expect(linesOf([topic()], plan(), "sns-https-100000")).toEqual([]);
    const pager = topic({ subscriptions: [{ protocol: "https", endpoint: "https://pager.example.com" }] });
    close(lineOf([pager], plan(), "sns-https-100000")?.perMonthUsd, same(0));
    expect(linesOf([topic()], null, "kms-key-month")).toEqual([]);
  });
  test("names of Cloud Map are asked for by each caller every 10 seconds", () => {
    const back = group({
      key: partKey("replica-group", "back", "us-east-1"),
      workload: "back",
      registry: { kind: "cloud-map", name: "back" },
    });
    const calling = plan({ calls: [{ from: groupKey, to: back.key, perRequest: 1, tries: 1, required: true }] });
    // 6 callers x 262,800 queries a month are 1.5768 million; at the ceiling 12.
    close(lineOf([group(), back], calling, "dns-queries-million")?.quantity, {
      min: 1.5768,
      expected: 1.5768,
      max: 3.1536,
    });
    expect(costOf(read([back]), null).unpriced.map(({ item }) => item)).toContain("dns-queries-million");
    expect(linesOf([group(), back], plan(), "dns-queries-million").map(({ perMonthUsd }) => perMonthUsd.max)).toEqual([
      0,
    ]);
  });
  test("a domain's queries are an alias's, and free", () => {
    const named = balancer({
      domain: { name: "web.example.com", ownName: null, record: true, certificate: "created" },
    });
    expect(linesOf([named], plan(), "dns-queries-million")).toEqual([]);
  });
  test("where it has no price it is left out, and makes nothing partial", () => {
    const secrets = [
      { name: "A", store: "parameter" as const },
      { name: "B", store: "secret-manager" as const },
    ];
    const { unpriced } = costOf(read([group({ region: "eu-west-1", secrets })]), plan());
    expect(unpriced.map(({ item }) => item)).not.toContain("secret-api-10000");
    expect(unpriced.map(({ item }) => item)).toContain("secret-month");
  });
});

describe("capacity units: the largest dimension is billed", () => {
  test.each([
    // 250 requests/s are 25 new connections/s (one unit) and 1,500 active (half a unit).
    [{ requestsPerSecond: 250, bytesPerRequest: 0, rulesPerRequest: 0 }, 1, "newConnectionsPerSecond"],
    // 100 requests/s x 1 MiB are 351.6 GB an hour.
    [{ requestsPerSecond: 100, bytesPerRequest: 1024 ** 2, rulesPerRequest: 0 }, 351.5625, "gbPerHour"],
    [{ requestsPerSecond: 250, bytesPerRequest: 0, rulesPerRequest: 40 }, 10, "rulesPerSecond"],
  ] as const)("%j", (traffic, units, binding) => {
    const found = capacityUnits(traffic);
    expect(found.units).toBeCloseTo(units, 9);
    expect(found.binding).toBe(binding);
  });
});

describe("traffic between zones", () => {
  const to = group({ key: partKey("replica-group", "back", "us-east-1"), workload: "back" });
  const calling = (perRequest: number) =>
    plan({
      calls: [{ from: groupKey, to: to.key, perRequest, tries: 1, required: true }],
      demand: [demand(), demand({ workload: "back", part: to.key, requestBytes: 1000, responseBytes: 3000 })],
    });
  test("(Z - 1) / Z of both ways, billed at both ends", () => {
    expect(crossZoneShare(zones, zones)).toBeCloseTo(2 / 3, 12);
    expect(crossZoneShare(["a"], ["a"])).toBe(0);
    expect(crossZoneShare(["a"], ["b"])).toBe(1);
    const gb = (100 * 2 * 730 * 3600 * 4000) / 1024 ** 3;
    close(lineOf([group(), to], calling(2), "cross-zone-gb")?.perMonthUsd, same(((gb * 2) / 3) * 2 * 0.01));
  });
  test("zones that are not known leave it unpriced, by name", () => {
    const { unpriced } = costOf([asReading(group()), hidden(to, "placement")], calling(1));
    expect(unpriced).toContainEqual({ part: groupKey, item: "cross-zone-gb to back", why: "zones are not known" });
  });
});

describe("what is not known is named", () => {
  test("usage of another's program needs a demand; what stands is priced", () => {
    const { lines, unpriced, partial } = costOf(read(allParts), null);
    expect(lines.map(({ item }) => item)).toEqual(
      expect.arrayContaining(["fargate-x86-vcpu-hour", "alb-hour", "nat-hour"]),
    );
    expect(unpriced.filter(({ why }) => why === "needs demand").map(({ item }) => item)).toEqual(
      expect.arrayContaining(["logs", "alb-lcu-hour", "internet-out-gb", "nat-gb"]),
    );
    expect(partial).toBe(true);
  });
  test("a leaf that is known only after the deploy", () => {
    const { unpriced, lines } = costOf([hidden(group(), "size.cpuMillis")], plan());
    expect(unpriced).toContainEqual({
      part: groupKey,
      item: "replicas",
      why: "size.cpuMillis: known only after the deploy",
    });
    expect(lines.map(({ item }) => item)).not.toContain("fargate-x86-vcpu-hour");
  });
  test("a region without a price", () => {
    const { unpriced } = costOf(read([alert({ region: "eu-west-1" })]), null);
    expect(unpriced).toEqual([{ part: alert().key, item: "alarm-metric-month", why: "no price known in eu-west-1" }]);
  });
  test("Spot has a price for x86 in us-east-1 alone, and the rest of the group has one", () => {
    const half = (architecture: "x86_64" | "arm64", where: string) =>
      costOf(
        read([
          group({
            region: where,
            scaling: fixed(2),
            runtime: { kind: "ecs-fargate", architecture, spotShare: 0.5, rebalancing: true },
          }),
        ]),
        plan(),
      );
    expect(half("x86_64", "us-east-1").unpriced.map(({ item }) => item)).toEqual([]);
    expect(half("arm64", "us-east-1")).toMatchObject({
      partial: true,
      unpriced: [{ item: "fargate-spot", why: "no price found for arm64 on Spot" }],
    });
    const ireland = half("x86_64", "eu-west-1");
    expect(ireland.unpriced.filter(({ item }) => item.includes("spot"))).toEqual([
      { part: groupKey, item: "fargate-spot-x86-vcpu-hour", why: "no price known in eu-west-1" },
      { part: groupKey, item: "fargate-spot-x86-gb-hour", why: "no price known in eu-west-1" },
    ]);
    expect(ireland.lines.find(({ item }) => item === "fargate-x86-vcpu-hour")?.quantity.expected).toBe(730);
  });
});

test("a cache's token is one secret, billed with the cache; a group's own secrets are its own", () => {
  const secret = (name: string) => ({ name, store: "secret-manager" as const });
  const from = plan({ calls: [{ from: groupKey, to: cache().key, perRequest: 1, tries: 1, required: false }] });
  const secrets = (parts: readonly Part[], asked: Plan | null) =>
    linesOf(parts, asked, "secret-month").reduce((sum, { quantity }) => sum + quantity.expected, 0);
  expect(secrets([group({ secrets: [secret("CACHE_TOKEN")] }), cache()], from)).toBe(1);
  expect(secrets([group({ secrets: [secret("CACHE_TOKEN"), secret("API_KEY")] }), cache()], from)).toBe(2);
  expect(secrets([group({ secrets: [secret("API_KEY"), { name: "URL", store: "parameter" }] })], null)).toBe(1);
});

test("own prices replace the catalog's, and say so", () => {
  const own = plan({ prices: [{ item: "fargate-x86-vcpu-hour", usd: 0.02, note: "savings plan" }] });
  const line = lineOf([group({ scaling: fixed(10) })], own, "fargate-x86-vcpu-hour");
  expect(line).toMatchObject({ unitUsd: 0.02, grade: "own" });
  close(line?.perMonthUsd, same(146));
});

test("every line says where its price was read, and when", () => {
  for (const line of costOf(read(allParts), plan()).lines) {
    expect(line.source.title).not.toBe("");
    expect(line.source.date).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
  }
});

describe("queues and buckets", () => {
  test("a queue bills three requests a message: 100 a second are 262.8 million messages a month", () => {
    const carried = plan({ demand: [demand({ part: queue().key })] });
    const line = lineOf([queue()], carried, "sqs-standard-million");
    close(line?.quantity, same(100 * 2_628_000 * 3 * 1e-6));
    close(line?.perMonthUsd, same(315.36));
    expect(lineOf([queue({ ordered: true })], carried, "sqs-fifo-million")?.unitUsd).toBe(0.5);
  });
  test("without demand it needs one, and a dead-letter queue costs nothing that is known", () => {
    expect(costOf(read([queue(), letters]), null)).toMatchObject({
      lines: [],
      unpriced: [{ part: queue().key, item: "sqs-standard-million", why: "needs demand" }],
    });
  });
  test("what a bucket holds no program says", () => {
    expect(costOf(read([bucket()]), null).unpriced.map(({ item }) => item)).toEqual([
      "s3-standard-gb-month",
      "s3 requests",
    ]);
  });
});

describe("a network balancer", () => {
  const passing = balancer({ runtime: { kind: "nlb", crossZone: true } });
  test("bills hours, an address a zone, and its units: 20,000 new connections a second are 25", () => {
    const carried = plan({
      demand: [demand({ requestsPerSecond: { mean: 200_000, peak: 200_000 }, requestBytes: 0, responseBytes: 0 })],
    });
    close(lineOf([passing], carried, "nlb-hour")?.perMonthUsd, same(730 * 0.0225));
    close(lineOf([passing], carried, "public-ipv4-hour")?.quantity, same(3 * 730));
    close(lineOf([passing], carried, "nlb-nlcu-hour")?.quantity, same(25 * 730));
  });
  test("needs demand for the rest", () => {
    expect(costOf(read([passing]), null).unpriced.map(({ item }) => item)).toContain("nlb-nlcu-hour");
  });
});

describe("functions", () => {
  // 100 calls a second on average, 300 at the peak that keeps 3 copies busy: one copy is busy on average.
  const carried = plan({ demand: [demand({ part: lambda().key })] });
  test("bill calls and GB-seconds: 262.8 million calls are 52.56 USD, a GB that is always busy 43.80", () => {
    close(lineOf([lambda()], carried, "lambda-requests-million")?.perMonthUsd, same(262.8 * 0.2));
    close(lineOf([lambda()], carried, "lambda-x86-gb-second")?.quantity, same(730 * 3600));
    close(lineOf([lambda()], carried, "lambda-x86-gb-second")?.perMonthUsd, same(43.8000876));
    expect(linesOf([lambda()], carried, "lambda-disk-gb-second")).toEqual([]);
    close(lineOf([lambda({ diskMiB: 1536 })], carried, "lambda-disk-gb-second")?.quantity, same(730 * 3600));
  });
  test("warm copies are billed whether they are called or not; without demand the rest needs it", () => {
    const warm = lambda({ architecture: "arm64", provisionedConcurrency: 2, memoryMiB: 512 });
    close(lineOf([warm], null, "lambda-arm-provisioned-gb-second")?.quantity, same(730 * 3600));
    expect(costOf(read([warm]), null).unpriced.map(({ item }) => item)).toEqual([
      "lambda-requests-million",
      "lambda-arm-gb-second",
      "logs-ingest-gb",
    ]);
    // No price of it was found for x86.
    expect(costOf(read([lambda({ provisionedConcurrency: 1 })]), null).unpriced[0]?.item).toBe(
      "provisioned concurrency",
    );
  });
});

describe("distributions", () => {
  test("bill what goes out and each request: 100 a second of 4 KiB are 1,002.5 GB and 26,280 ten thousands", () => {
    const carried = plan({ demand: [demand({ part: cdn().key })] });
    close(lineOf([cdn()], carried, "cdn-out-gb")?.quantity, same((100 * 2_628_000 * 4096) / 1024 ** 3));
    close(lineOf([cdn()], carried, "cdn-https-10000")?.perMonthUsd, same(262.8));
    expect(costOf(read([cdn()]), null).unpriced.map(({ item }) => item)).toEqual(["cdn-out-gb", "cdn-https-10000"]);
  });
});
