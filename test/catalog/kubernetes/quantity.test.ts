import fc from "fast-check";
import {
  bytes,
  cpuMillis,
  cpuText,
  lacksUnit,
  meansMillis,
  memoryMiB,
  memoryText,
  sameAmount,
} from "../../../catalog/kubernetes/quantity";

describe("quantities of Kubernetes", () => {
  test.each([
    ["0.5", 500],
    ["500m", 500],
    [2, 2000],
    ["1e3", 1_000_000],
    ["1E-1", 100],
    [".25", 250],
    ["1.", 1000],
    ["0.1m", 1],
    ["1100u", 2],
    ["1k", 1_000_000],
    ["+1", 1000],
  ])("cpu %s is %d thousandths, rounded up", (given, millis) => expect(cpuMillis(given)).toBe(millis));

  test.each([
    ["128974848", 123],
    ["129e6", 129e6 / 2 ** 20],
    ["123Mi", 123],
    ["4Gi", 4096],
    ["4G", 3814.697265625],
    ["2Ti", 2 * 1024 * 1024],
    ["0.5Gi", 512],
    ["1E", 1e18 / 2 ** 20],
    ["1E3", 1000 / 2 ** 20],
    [0, 0],
  ])("memory %s is %d MiB", (given, mebibytes) => expect(memoryMiB(given)).toBe(mebibytes));

  test.each(["", "1 Gi", "512MB", "1gb", "2Kb", "half", "1,5", "0x10", "1e", ".", "1mi", "--1", "NaN", "1e999"])(
    "%j is none",
    (given) => expect([cpuMillis(given), bytes(given), memoryMiB(given)]).toEqual([undefined, undefined, undefined]),
  );

  test("a suffix is only another spelling of its power", () => {
    const suffixes = [
      ["k", 3],
      ["M", 6],
      ["G", 9],
      ["T", 12],
    ] as const;
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom(...suffixes), (n, [suffix, power]) => {
        expect(bytes(`${n}${suffix}`)).toBe(bytes(`${n}e${power}`));
        expect(bytes(`${n}${suffix}`)).toBe(n * 10 ** power);
        expect(bytes(`${n}${suffix}`)).toBeLessThanOrEqual(bytes(`${n}${suffix.toUpperCase()}i`)!);
      }),
    );
  });

  test("thousandths survive their own spelling, and more is never less", () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (a, b) => {
        expect(cpuMillis(`${a}m`)).toBe(a);
        expect(cpuMillis((a / 1000).toFixed(3))).toBe(a);
        expect(cpuMillis(`${Math.max(a, b)}u`)!).toBeGreaterThanOrEqual(cpuMillis(`${Math.min(a, b)}u`)!);
      }),
    );
  });
});

describe("amounts as the API server writes them", () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 });

  test("mean what they were written from, and only the same amount is the same", () => {
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        expect(cpuMillis(cpuText(one))).toBe(one);
        expect(memoryMiB(memoryText(one))).toBe(one);
        expect(sameAmount(cpuText(one), `${other}m`)).toBe(one === other);
        expect(sameAmount(memoryText(one), `${other}Mi`)).toBe(one === other);
      }),
    );
  });

  test.each([
    [cpuText(999), "999m"],
    [cpuText(1000), "1"],
    [cpuText(1500), "1500m"],
    [memoryText(1023), "1023Mi"],
    [memoryText(1024), "1Gi"],
    [memoryText(1536), "1536Mi"],
    [memoryText(0), "0Mi"],
  ])("%s", (text, expected) => expect(text).toBe(expected));

  test("what is no amount is the same as nothing", () => {
    expect(sameAmount("4G", "4Gi")).toBe(false);
    expect(sameAmount("much", "much")).toBe(false);
  });
});

describe("slips of the unit", () => {
  test.each([
    ["1000", 4096, true],
    [250, 1024, true],
    ["50", 3199, true],
    ["50", 3200, false],
    ["49", 64, false],
    ["1000m", 4096, false],
    ["193", undefined, true],
    ["192", undefined, false],
    ["180", 700 * 1024, false],
    ["0.5", 64, false],
  ])("cpu %s beside %s MiB means thousandths: %s", (given, mebibytes, means) =>
    expect(meansMillis(given, mebibytes)).toBe(means),
  );

  test.each([
    ["512", true],
    ["128m", true],
    ["1048575", true],
    ["1048576", false],
    ["0", false],
    ["1Mi", false],
    ["much", false],
  ])("memory %s lacks its unit: %s", (given, lacks) => expect(lacksUnit(given)).toBe(lacks));
});
