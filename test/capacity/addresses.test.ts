import fc from "fast-check";
import { subnetsOf } from "../../capacity/addresses";

const region = "us-east-1";
const zonesOf = (letters: readonly string[]) => letters.map((letter) => `${region}${letter}`);
const letters = ["a", "b", "c", "d", "e", "f", "g", "h"];

function fitting(addressRange: string, chosen: readonly string[]) {
  const addressed = subnetsOf({ addressRange, zones: zonesOf(chosen) });
  if (!addressed.ok) throw new Error(`${addressRange} does not hold ${chosen.join()}`);
  return addressed.subnets;
}

/** First and last address of a range, as numbers. */
function span(addressRange: string): readonly [number, number] {
  const [address = "", prefix = ""] = addressRange.split("/");
  const first = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}

const anyRange = fc.tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 16 })).map(([first, second, prefix]) => {
  const address = Math.floor((first * 256 + second) / 2 ** (16 - prefix)) * 2 ** (16 - prefix);
  return `${Math.floor(address / 256)}.${address % 256}.0.0/${prefix}`;
});
const anyLetters = fc.subarray(letters, { minLength: 1 });

describe("subnets of a network", () => {
  test("stay where they are when a zone is added", () => {
    fc.assert(
      fc.property(anyRange, anyLetters, fc.constantFrom(...letters), (addressRange, chosen, added) => {
        const before = fitting(addressRange, chosen);
        const after = fitting(addressRange, [...new Set([...chosen, added])].sort());
        expect(after).toEqual(expect.arrayContaining([...before]));
        expect(after).toHaveLength(2 * new Set([...chosen, added]).size);
      }),
    );
  });

  test("lie inside the range and meet no other", () => {
    fc.assert(
      fc.property(anyRange, anyLetters, (addressRange, chosen) => {
        const [first, last] = span(addressRange);
        const spans = fitting(addressRange, chosen)
          .map((subnet) => span(subnet.addressRange))
          .sort(([a], [b]) => a - b);
        spans.forEach(([from, to], index) => {
          expect(from).toBeGreaterThan(index === 0 ? first - 1 : (spans[index - 1]?.[1] ?? 0));
          expect(to).toBeLessThanOrEqual(last);
        });
      }),
    );
  });

  test("do not hang on the order of the zones, and are sorted by tier, then zone", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(letters, { minLength: 1 }), (chosen) => {
        const subnets = fitting("10.0.0.0/16", chosen);
        expect(subnets).toEqual(fitting("10.0.0.0/16", [...chosen].sort()));
        const order = subnets.map(({ tier, zone }) => `${tier} ${zone}`);
        expect(order).toEqual([...order].sort());
      }),
    );
  });

  test("are one /20 a zone and tier: private from the start, public from the middle of a /16", () => {
    // Zone c is third: private block 2 is 2 x 16 = 32, public block 8 + 2 = 10 is 160.
    expect(fitting("10.0.0.0/16", ["a", "c"])).toEqual([
      { zone: "us-east-1a", tier: "private", addressRange: "10.0.0.0/20" },
      { zone: "us-east-1c", tier: "private", addressRange: "10.0.32.0/20" },
      { zone: "us-east-1a", tier: "public", addressRange: "10.0.128.0/20" },
      { zone: "us-east-1c", tier: "public", addressRange: "10.0.160.0/20" },
    ]);
  });

  test("a /16 holds the eight zones a to h, and not a ninth", () => {
    const subnets = fitting("10.0.0.0/16", letters);
    expect(subnets.at(-1)?.addressRange).toBe("10.0.240.0/20");
    expect(subnetsOf({ addressRange: "10.0.0.0/16", zones: zonesOf(["i"]) })).toEqual({
      ok: false,
      asked: 17,
      fits: 16,
    });
    // A larger range has the room, and still no place for a ninth private block.
    expect(subnetsOf({ addressRange: "10.0.0.0/8", zones: zonesOf(["i"]) }).ok).toBe(false);
  });

  test("a /17 holds no public block, a /20 is one block, and both are refused with what is asked", () => {
    expect(subnetsOf({ addressRange: "10.0.0.0/17", zones: zonesOf(["a"]) })).toEqual({ ok: false, asked: 9, fits: 8 });
    expect(subnetsOf({ addressRange: "10.0.0.0/20", zones: zonesOf(["a", "b"]) })).toEqual({
      ok: false,
      asked: 10,
      fits: 1,
    });
    expect(subnetsOf({ addressRange: "10.0.0.0/21", zones: zonesOf(["a"]) })).toEqual({ ok: false, asked: 9, fits: 0 });
  });

  test("start at the range's own first address", () => {
    expect(fitting("10.1.77.9/16", ["a"]).map(({ addressRange }) => addressRange)).toEqual([
      "10.1.0.0/20",
      "10.1.128.0/20",
    ]);
  });

  test.each(["10.0.0.0", "10.0.0/16", "10.0.0.256/16", "10.0.0.0/33", "fd00::/8", ""])(
    "%p is no range",
    (addressRange) => {
      expect(() => subnetsOf({ addressRange, zones: zonesOf(["a"]) })).toThrow(RangeError);
    },
  );

  test("a zone ends in a letter", () => {
    expect(() => subnetsOf({ addressRange: "10.0.0.0/16", zones: ["use1-az1"] })).toThrow(RangeError);
  });
});
