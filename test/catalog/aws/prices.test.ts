import {
  cacheNodeItem,
  checkPriceOverrides,
  isPriceItem,
  price,
  type PriceItem,
  priceItems,
  priceRows,
  priceSources,
  priceTiers,
  priceUnits,
  regionsWithPrices,
  sourceOfPrice,
} from "../../../catalog/aws";

const usd = (item: PriceItem, region: string) => price(item, region)?.usd ?? null;
const rows = priceRows();

describe("laws of the price rows", () => {
  test("every price is positive, in a unit, dated, graded, and has a source", () => {
    expect(rows.length).toBeGreaterThan(250);
    for (const row of rows) {
      expect(row.usd).toBeGreaterThan(0);
      expect(row.unit).not.toBe("");
      expect(row.date).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
      expect(Object.keys(priceSources)).toContain(row.source);
      expect(["A", "B", "C", "D"]).toContain(row.grade);
    }
  });

  test("no item, region and tier comes twice, and tiers go up to an open end at falling prices", () => {
    const seen = rows.map((row) => `${row.item} ${row.region} ${row.upTo ?? "open"}`);
    expect(new Set(seen).size).toBe(seen.length);
    for (const row of rows) {
      const tiers = priceTiers(row.item, row.region);
      for (const [index, tier] of tiers.entries()) {
        const next = tiers[index + 1];
        if (next === undefined) continue;
        expect(tier.upTo).toBeLessThan(next.upTo ?? Infinity);
        expect(next.usd).toBeLessThan(tier.usd);
      }
    }
  });

  test("every item with a unit has a price somewhere", () => {
    expect(Object.keys(priceUnits).filter((item) => !isPriceItem(item))).toEqual([]);
  });

  test("what is derived says derived in its source", () => {
    const derived = rows.filter((row) => row.grade === "D");
    expect(derived.length).toBeGreaterThan(5);
    for (const row of derived) expect(sourceOfPrice(row).title).toMatch(/^Derived|\/ 730/);
  });

  test("Valkey is 0.8 x Redis for every node and region that has both", () => {
    const redis = rows.filter((row) => row.item.startsWith("cache-node-hour:redis:"));
    expect(redis.length).toBe(20 * 2 + 20 + 19 * 2 + 3 * 2);
    for (const row of redis) {
      const valkey = usd(row.item.replace(":redis:", ":valkey:") as PriceItem, row.region);
      expect(valkey).toBeCloseTo(0.8 * row.usd, 6);
    }
  });

  test("Fargate ARM is 0.8 x x86 to the last digit that is billed", () => {
    for (const region of regionsWithPrices()) {
      expect(
        Math.abs((usd("fargate-arm-vcpu-hour", region) ?? NaN) - 0.8 * (usd("fargate-x86-vcpu-hour", region) ?? NaN)),
      ).toBeLessThan(1e-5);
      expect(
        Math.abs((usd("fargate-arm-gb-hour", region) ?? NaN) - 0.8 * (usd("fargate-x86-gb-hour", region) ?? NaN)),
      ).toBeLessThan(1e-5);
    }
  });

  test("us-west-2 equals us-east-1 wherever it has a row", () => {
    const west = rows.filter((row) => row.region === "us-west-2");
    expect(west.length).toBeGreaterThan(50);
    for (const row of west)
      expect([row.item, priceTiers(row.item, "us-east-1").find((tier) => tier.upTo === row.upTo)?.usd]).toEqual([
        row.item,
        row.usd,
      ]);
  });
});

describe("prices as they were read", () => {
  test.each([
    ["fargate-x86-vcpu-hour", "us-east-1", 0.04048, "A"],
    ["fargate-x86-gb-hour", "eu-central-1", 0.00511, "A"],
    ["fargate-arm-vcpu-hour", "eu-central-1", 0.03725, "D"],
    ["fargate-arm-vcpu-hour", "us-west-2", 0.03238, "D"],
    ["alb-hour", "ap-northeast-1", 0.0243, "A"],
    ["nat-hour", "eu-central-1", 0.052, "A"],
    ["nat-gb", "eu-west-1", 0.048, "D"],
    ["composite-alarm-month", "us-east-1", 0.5, "C"],
    ["logs-ingest-gb", "us-east-1", 0.5, "B"],
    ["cache-node-hour:redis:cache.r7g.large", "eu-west-1", 0.243, "A"],
    ["cache-node-hour:valkey:cache.r7g.large", "eu-west-1", 0.1944, "A"],
    ["cache-node-hour:valkey:cache.t4g.micro", "ap-northeast-1", 0.02, "A"],
    ["cache-node-hour:valkey:cache.r7g.8xlarge", "us-west-2", 2.7928, "A"],
    ["cache-node-hour:valkey:cache.t3.micro", "us-east-1", 0.0136, "D"],
  ] as const)("%s in %s is %d (%s)", (item, region, expected, grade) => {
    expect(price(item, region)).toMatchObject({ usd: expected, grade });
  });

  test("what was not found is null, never a guess", () => {
    const missing: readonly (readonly [PriceItem, string])[] = [
      ["nat-gb", "eu-central-1"],
      ["alb-lcu-hour", "eu-central-1"],
      ["alb-lcu-hour", "us-west-2"],
      ["nlb-nlcu-hour", "ap-northeast-1"],
      ["fargate-storage-gb-hour", "eu-west-1"],
      ["interface-endpoint-gb", "eu-west-1"],
      ["logs-ingest-gb", "eu-central-1"],
      [cacheNodeItem("redis", "cache.c7gn.large"), "eu-central-1"],
      [cacheNodeItem("redis", "cache.r8g.large"), "us-east-1"],
      ["alb-hour", "mars-north-1"],
    ];
    expect(missing.filter(([item, region]) => price(item, region) !== null)).toEqual([]);
  });

  test("an item with one price everywhere is found from every region, and a regional one is not", () => {
    expect(price("hosted-zone-month", "eu-west-1")).toMatchObject({ usd: 0.5, region: "global" });
    expect(price("kms-key-month", "eu-west-1")).toBeNull();
  });

  test("internet traffic has four tiers, dearer in Tokyo", () => {
    expect(priceTiers("internet-out-gb", "us-east-1").map((row) => row.usd)).toEqual([0.09, 0.085, 0.07, 0.05]);
    expect(priceTiers("internet-out-gb", "us-east-1").map((row) => row.upTo)).toEqual([
      10_240,
      51_200,
      153_600,
      undefined,
    ]);
    expect(usd("internet-out-gb", "ap-northeast-1")).toBe(0.114);
  });

  test("a region can be priced when it has Fargate, ALB, NAT and cache rows", () => {
    expect(regionsWithPrices()).toEqual(["ap-northeast-1", "eu-central-1", "eu-west-1", "us-east-1", "us-west-2"]);
  });
});

describe("a user's own prices", () => {
  const note = "enterprise discount 2026";

  test("replace the row, all its tiers, and say so", () => {
    const overrides = [{ item: "internet-out-gb", region: "us-east-1", usd: 0.03, note }];
    expect(priceTiers("internet-out-gb", "us-east-1", overrides)).toEqual([
      {
        item: "internet-out-gb",
        region: "us-east-1",
        unit: "GB",
        usd: 0.03,
        source: "own",
        grade: "own",
        date: "undated",
        note,
      },
    ]);
    const row = price("internet-out-gb", "us-east-1", overrides);
    expect(row === null ? null : sourceOfPrice(row).title).toBe(`your own price: ${note}`);
    expect(price("internet-out-gb", "eu-west-1", overrides)).toMatchObject({ usd: 0.09, source: "infracost-transfer" });
  });

  test("without a region hold everywhere, and one for the region wins", () => {
    const overrides = [
      { item: "logs-ingest-gb", usd: 0.4, note },
      { item: "logs-ingest-gb", region: "eu-central-1", usd: 0.6, note, date: "2026-10" },
    ];
    expect(price("logs-ingest-gb", "eu-west-1", overrides)?.usd).toBe(0.4);
    expect(price("logs-ingest-gb", "eu-central-1", overrides)).toMatchObject({ usd: 0.6, date: "2026-10" });
  });

  test("are checked all at once, with the nearest names", () => {
    const mistakes = checkPriceOverrides([
      { item: "alb-hours", usd: 0.02, note },
      { item: "nat-hour", region: "us-east1", usd: -1, note },
      { item: "nat-hour", usd: Number.NaN, note },
      { item: "nat-hour", region: "us-east-1", usd: 0, note },
    ]);
    expect(mistakes.map(({ index, key }) => [index, key])).toEqual([
      [0, "item"],
      [1, "region"],
      [1, "usd"],
      [2, "usd"],
    ]);
    expect(mistakes[0]?.fix).toContain("alb-hour");
    expect(mistakes[1]?.fix).toContain("us-east-1");
    expect(priceItems()).toContain("alb-hour");
  });
});
