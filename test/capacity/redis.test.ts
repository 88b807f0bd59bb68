import fc from "fast-check";
import { bytesPerEntry, redisShards } from "../../capacity";

const sizes = fc.record({
  keyBytes: fc.integer({ min: 0, max: 100_000 }),
  valueBytes: fc.integer({ min: 0, max: 100_000 }),
  hasTtl: fc.boolean(),
});

describe("bytesPerEntry", () => {
  test("never falls with a longer key or an expiry, holds what it stores, and the system's allocator takes no less", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 1000 }), (entry, more) => {
        const bytes = bytesPerEntry(entry);
        expect(bytes).toBeGreaterThan(entry.keyBytes + entry.valueBytes);
        expect(bytesPerEntry({ ...entry, keyBytes: entry.keyBytes + more })).toBeGreaterThanOrEqual(bytes);
        expect(bytesPerEntry({ ...entry, hasTtl: true })).toBeGreaterThanOrEqual(bytes);
        expect(bytesPerEntry({ ...entry, allocator: "system" })).toBeGreaterThanOrEqual(bytes);
      }),
    );
  });

  test("never falls with a longer value, whether embedded or not", () => {
    fc.assert(
      fc.property(sizes, fc.constantFrom("bundled" as const, "system" as const), (entry, allocator) => {
        const bytes = bytesPerEntry({ ...entry, allocator });
        expect(bytesPerEntry({ ...entry, valueBytes: entry.valueBytes + 1, allocator })).toBeGreaterThanOrEqual(bytes);
      }),
    );
  });

  test("the table's share is 8 to 16 B, and its largest is the default", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 2 ** 40 }), (entry, entries) => {
        const without = bytesPerEntry(entry) - (entry.hasTtl ? 32 : 16);
        const share = (bytesPerEntry({ ...entry, entries }) - without) / (entry.hasTtl ? 2 : 1);
        expect(share).toBeGreaterThanOrEqual(8 - 1e-6);
        expect(share).toBeLessThan(16 + 1e-6);
      }),
    );
  });

  // Measured: Redis 7.2.6 as its project builds it, and Debian's 7.0.15; a million keys, 2^20 buckets: 8.39 B each.
  test.each([
    [16, 16, "bundled", 96.44],
    [32, 19, "bundled", 112.39],
    [32, 19, "system", 136.5],
  ] as const)("%i + %i B, %s: %d B as measured, within 0.1 %", (keyBytes, valueBytes, allocator, measured) => {
    const bytes = bytesPerEntry({ keyBytes, valueBytes, hasTtl: false, entries: 1_000_000, allocator });
    expect(Math.abs(bytes / measured - 1)).toBeLessThan(0.001);
  });

  // By hand: 24 entry + J(16 + 2) = 24 key + J(19 + 16 + 1) = 40 value + 8 x 2^20 / 10^6.
  test("by hand: a million keys of 16 + 16 B", () => {
    expect(bytesPerEntry({ keyBytes: 16, valueBytes: 16, hasTtl: false, entries: 1_000_000 })).toBeCloseTo(
      88 + 8.388608,
      9,
    );
    // With an expiry the second table: 24 + 8.39 more.
    expect(bytesPerEntry({ keyBytes: 16, valueBytes: 16, hasTtl: true, entries: 1_000_000 })).toBeCloseTo(
      112 + 16.777216,
      9,
    );
  });

  // MEMORY USAGE in Redis' own documentation leaves the table's share (16 B here) out.
  test.each([
    [0, 0, 56],
    [3, 3, 56],
    [4, 5, 64],
    [4, 100, 160],
  ])("MEMORY USAGE of %i + %i B is %i", (keyBytes, valueBytes, bytes) => {
    expect(bytesPerEntry({ keyBytes, valueBytes, hasTtl: false }) - 16).toBe(bytes);
    expect(bytesPerEntry({ keyBytes, valueBytes, hasTtl: false, allocator: "bundled" }) - 16).toBe(bytes);
  });

  test("values are embedded up to 44 B; string headers grow at 32, 256 and 65,536 B", () => {
    const value = (valueBytes: number): number =>
      bytesPerEntry({ keyBytes: 0, valueBytes, hasTtl: false }) - 16 - 24 - 8;
    expect(value(44)).toBe(64);
    expect(value(45)).toBe(16 + 56); // 45 + 1 + 3 = 49
    const key = (keyBytes: number): number => bytesPerEntry({ keyBytes, valueBytes: 0, hasTtl: false }) - 16 - 24 - 24;
    expect(key(30)).toBe(32); // 30 + 2
    expect(key(31)).toBe(40); // 31 + 2 = 33
    expect(key(32)).toBe(40); // 32 + 4
    expect(key(252)).toBe(256); // 252 + 4
    expect(key(253)).toBe(320); // 257: a quarter of 256 more
    expect(key(255)).toBe(320);
    expect(key(65_530)).toBe(65_536); // 65,530 + 6
    expect(key(65_531)).toBe(81_920); // 65,537: a quarter of 65,536 more
  });

  test("a table has a power of two of buckets: exactly one each at 2^20, nearly two just above", () => {
    const share = (entries: number): number =>
      bytesPerEntry({ keyBytes: 16, valueBytes: 16, hasTtl: false, entries }) - 88;
    expect(share(2 ** 20)).toBe(8);
    expect(share(2 ** 20 + 1)).toBeCloseTo(16, 4);
    expect(share(1)).toBe(8);
  });

  test.each([
    [{ keyBytes: -1 }, "keyBytes"],
    [{ keyBytes: 1.5 }, "keyBytes"],
    [{ valueBytes: NaN }, "valueBytes"],
    [{ entries: 0 }, "entries"],
    [{ entries: 2.5 }, "entries"],
    [{ entries: Infinity }, "entries"],
    [{ allocator: "libc" as never }, "allocator"],
  ])("refuses %j", (change, name) => {
    const call = () => bytesPerEntry({ keyBytes: 1, valueBytes: 1, hasTtl: false, ...change });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(new RegExp(`^${name}: `));
  });
});

const load = {
  bytes: 10e9,
  usableBytesPerNode: 4e9,
  fragmentation: 1,
  operationsPerSecond: 1000,
  operationsPerShard: 100_000,
  clustered: true,
};

describe("redisShards", () => {
  test("holds the bytes and the operations, and one fewer does not", () => {
    const any = fc.record({
      bytes: fc.double({ min: 0, max: 1e13, noNaN: true }),
      usableBytesPerNode: fc.double({ min: 1e8, max: 1e11, noNaN: true }),
      fragmentation: fc.double({ min: 1, max: 2, noNaN: true }),
      operationsPerSecond: fc.double({ min: 0, max: 1e7, noNaN: true }),
      operationsPerShard: fc.double({ min: 1e4, max: 1e6, noNaN: true }),
      clustered: fc.boolean(),
    });
    fc.assert(
      fc.property(any, fc.double({ min: 1, max: 3, noNaN: true }), (given, factor) => {
        const { shards, binding } = redisShards(given);
        const holds = (n: number): boolean =>
          given.bytes * given.fragmentation <= n * given.usableBytesPerNode * (1 + 1e-9);
        const carries = (n: number): boolean => given.operationsPerSecond <= n * given.operationsPerShard * (1 + 1e-9);
        const least = given.clustered ? 3 : 1;
        expect(holds(shards) && carries(shards) && shards >= least).toBe(true);
        if (binding === "memory" && given.bytes > 0) expect(holds(shards - 1)).toBe(false);
        if (binding === "operations") expect(carries(shards - 1)).toBe(false);
        if (binding === "minimum") expect(shards).toBe(least);
        expect(redisShards({ ...given, bytes: given.bytes * factor }).shards).toBeGreaterThanOrEqual(shards);
        expect(
          redisShards({ ...given, operationsPerSecond: given.operationsPerSecond * factor }).shards,
        ).toBeGreaterThanOrEqual(shards);
        expect(
          redisShards({ ...given, usableBytesPerNode: given.usableBytesPerNode * factor }).shards,
        ).toBeLessThanOrEqual(shards);
      }),
    );
  });

  test.each([
    [{}, 3, "memory"], // 2.5 -> 3, which the minimum equals
    [{ bytes: 8e9 }, 3, "minimum"], // 2
    [{ bytes: 12e9 }, 3, "memory"], // 3 exactly
    [{ bytes: 12.001e9 }, 4, "memory"],
    [{ fragmentation: 1.3 }, 4, "memory"], // 13 / 4
    [{ operationsPerSecond: 300_001 }, 4, "operations"],
    [{ clustered: false, bytes: 4e9 }, 1, "memory"],
    [{ clustered: false, bytes: 0, operationsPerSecond: 10 }, 1, "operations"],
    [{ clustered: false, bytes: 0, operationsPerSecond: 0 }, 1, "minimum"],
    [{ clustered: true, bytes: 0, operationsPerSecond: 0 }, 3, "minimum"],
    [{ bytes: 40e9, operationsPerSecond: 1e6 }, 10, "memory"],
    [{ bytes: 4e9, fragmentation: 1.1, usableBytesPerNode: 1.1e9 }, 4, "memory"], // 4.4 / 1.1 is 4
  ] as const)("%j: %i by %s", (change, shards, binding) => {
    expect(redisShards({ ...load, ...change })).toEqual({ shards, binding });
  });

  test.each([
    [{ bytes: -1 }, "bytes"],
    [{ bytes: NaN }, "bytes"],
    [{ usableBytesPerNode: 0 }, "usableBytesPerNode"],
    [{ fragmentation: 0.99 }, "fragmentation"],
    [{ operationsPerSecond: -1 }, "operationsPerSecond"],
    [{ operationsPerShard: 0 }, "operationsPerShard"],
    [{ operationsPerShard: Infinity }, "operationsPerShard"],
  ])("refuses %j", (change, name) => {
    expect(() => redisShards({ ...load, ...change })).toThrow(RangeError);
    expect(() => redisShards({ ...load, ...change })).toThrow(new RegExp(`^${name}: `));
  });
});
