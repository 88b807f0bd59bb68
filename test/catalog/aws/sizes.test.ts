import fc from "fast-check";
import {
  cpuMillisOf,
  cpuUnitsOf,
  fargateMemoryChoicesMiB,
  fargateSells,
  fargateSizes,
  leastFargateSize,
} from "../../../catalog/aws";

const need = fc.record({
  cpuMillis: fc.integer({ min: 0, max: 40_000 }),
  memoryMiB: fc.integer({ min: 0, max: 300_000 }),
});
const largest = { cpuMillis: 32_000, memoryMiB: 244 * 1024 };

describe("Fargate's sizes", () => {
  test("the least size is sold, holds what is asked, and is null exactly beyond the largest", () => {
    fc.assert(
      fc.property(need, (asked) => {
        const size = leastFargateSize(asked);
        if (size === null) return asked.cpuMillis > largest.cpuMillis || asked.memoryMiB > largest.memoryMiB;
        return (
          fargateSells(size.cpuUnits, size.memoryMiB) &&
          cpuMillisOf(size.cpuUnits) >= asked.cpuMillis &&
          size.memoryMiB >= asked.memoryMiB
        );
      }),
    );
  });

  test("it never shrinks when more is asked", () => {
    fc.assert(
      fc.property(need, fc.integer({ min: 0, max: 5_000 }), (asked, more) => {
        const small = leastFargateSize(asked)?.cpuUnits ?? Infinity;
        const large =
          leastFargateSize({ cpuMillis: asked.cpuMillis + more, memoryMiB: asked.memoryMiB + more })?.cpuUnits ??
          Infinity;
        return large >= small;
      }),
    );
  });

  test("millis and units are exact for every size that is sold", () => {
    expect(fargateSizes.map(({ cpuUnits }) => cpuMillisOf(cpuUnits))).toEqual([
      250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000,
    ]);
    for (const { cpuUnits } of fargateSizes) expect(cpuUnitsOf(cpuMillisOf(cpuUnits))).toBe(cpuUnits);
  });

  test.each([
    [256, 512, true],
    [256, 1536, false],
    [256, 2048, true],
    [256, 3072, false],
    [2048, 2048, false],
    [2048, 3072, false],
    [2048, 4096, true],
    [2048, 16_384, true],
    [2048, 17_408, false],
    [8192, 20_480, true],
    [8192, 21_504, false],
    [16_384, 122_880, true],
    [32_768, 61_440, true],
    [32_768, 65_536, false],
    [300, 1024, false],
  ])("%d units with %d MiB: %s", (units, memory, sold) => {
    expect(fargateSells(units, memory)).toBe(sold);
  });

  test("choices in full, and none for a CPU that is not sold", () => {
    expect(fargateMemoryChoicesMiB(8192).map((mib) => mib / 1024)).toEqual([
      16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60,
    ]);
    expect(fargateMemoryChoicesMiB(32_768).map((mib) => mib / 1024)).toEqual([60, 120, 244]);
    expect(fargateMemoryChoicesMiB(300)).toEqual([]);
  });

  // 8 vCPU and 21 GB: sold in steps of 4 GB, so 24.
  test("8 vCPU with 21 GB becomes 24 GB; 250 millis with 3 GB takes the next CPU", () => {
    expect(leastFargateSize({ cpuMillis: 8000, memoryMiB: 21 * 1024 })).toEqual({
      cpuUnits: 8192,
      memoryMiB: 24 * 1024,
    });
    expect(leastFargateSize({ cpuMillis: 250, memoryMiB: 3 * 1024 })).toEqual({ cpuUnits: 512, memoryMiB: 3 * 1024 });
  });

  test("impossible asks are refused by name", () => {
    expect(() => leastFargateSize({ cpuMillis: -1, memoryMiB: 1 })).toThrow(/cpuMillis/);
    expect(() => leastFargateSize({ cpuMillis: 1, memoryMiB: Number.NaN })).toThrow(/memoryMiB/);
  });
});
