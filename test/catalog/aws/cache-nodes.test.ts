import {
  cacheNodePrice,
  cacheNodes,
  cacheNodesByPrice,
  parameterGroupFamily,
  regionsWithPrices,
  usableBytes,
} from "../../../catalog/aws";

describe("ElastiCache nodes", () => {
  test("every node has a price in us-east-1 for both engines, and its figures agree with each other", () => {
    expect(cacheNodes.size).toBe(24);
    for (const node of cacheNodes.values()) {
      for (const engine of ["redis", "valkey"] as const) {
        const priced = cacheNodePrice(node.name, engine, "us-east-1");
        // m6g stops at xlarge in the prices, r6g at 4xlarge.
        if (["cache.m6g.2xlarge", "cache.m6g.4xlarge", "cache.r6g.8xlarge"].includes(node.name))
          expect(priced).toBeNull();
        else expect(priced).not.toBeNull();
      }
      expect(node.maxmemoryBytes / 2 ** 30 / node.memoryGiB).toBeCloseTo(1, 2);
      expect(node.burstable).toBe(node.name.startsWith("cache.t"));
    }
  });

  test("a node of r7g.large keeps 75 % of its maxmemory for data", () => {
    const node = cacheNodes.get("cache.r7g.large");
    expect(node).toMatchObject({
      vcpus: 2,
      memoryGiB: 13.07,
      maxmemoryBytes: 14_037_181_030,
      clientLimit: 65_000,
      baselineGbps: 0.937,
      burstGbps: 12.5,
    });
    if (node === undefined) return;
    expect(usableBytes(node)).toBe(10_527_885_772);
    expect(usableBytes(node, 0)).toBe(node.maxmemoryBytes);
    expect(() => usableBytes(node, 100)).toThrow(RangeError);
  });

  // t3.micro: 402653184 of 536870912 as AWS states it.
  test("a micro keeps 402,653,184 bytes and 20,000 clients; no network figure is made up for t3", () => {
    const node = cacheNodes.get("cache.t3.micro");
    expect(node === undefined ? null : usableBytes(node)).toBe(402_653_184);
    expect(node).toMatchObject({ clientLimit: 20_000, baselineGbps: null });
  });

  test("are ordered by price, cheapest first, in every region", () => {
    for (const region of regionsWithPrices()) {
      const listed = cacheNodesByPrice("valkey", region);
      const prices = listed.map((row) => row.price.usd);
      expect(prices).toEqual([...prices].sort((a, b) => a - b));
      expect(listed.length).toBeGreaterThanOrEqual(18);
    }
    expect(cacheNodesByPrice("valkey", "us-east-1")[0]?.node.name).toBe("cache.t4g.micro");
    expect(cacheNodesByPrice("valkey", "mars-north-1")).toEqual([]);
  });

  test.each([
    ["redis", "6.2", "redis6.x"],
    ["redis", "7.1", "redis7"],
    ["redis", "7.1.0", null],
    ["redis", "8.0", null],
    ["valkey", "7.2", "valkey7"],
    ["valkey", "7.1", null],
    ["valkey", "8.1", "valkey8"],
    ["valkey", "8.1.0", null],
    ["valkey", "9.0", "valkey9"],
  ] as const)("%s %s has the family %s", (engine, version, family) => {
    expect(parameterGroupFamily(engine, version)).toBe(family);
  });
});
