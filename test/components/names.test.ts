import fc from "fast-check";
import { physicalName } from "../../components/names";
import { transformed } from "../../components/transform";

describe("physicalName", () => {
  test("joins words that fit as they are", () => {
    expect(physicalName(["embedding-prod", "storage-server"], 32)).toBe("embedding-prod-storage-server");
    expect(physicalName(["Shop.Prod", "a_b"], 32)).toBe("shop-prod-a-b");
  });

  test("keeps a name of exactly the limit and cuts one that is longer by one", () => {
    expect(physicalName(["a".repeat(20)], 20)).toBe("a".repeat(20));
    expect(physicalName(["a".repeat(21)], 20)).toMatch(/^a{12}-[0-9a-f]{7}$/);
  });

  test("stays within the limit and the alphabet, and is the same each time", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.-]*[A-Za-z0-9][A-Za-z0-9_.-]*$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.integer({ min: 9, max: 64 }), (words, limit) => {
        const name = physicalName(words, limit);
        expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        expect(name.length).toBeLessThanOrEqual(limit);
        expect(physicalName(words, limit)).toBe(name);
      }),
    );
  });

  test("keeps long names apart that begin alike", () => {
    expect(physicalName(["embedding-production", "one"], 20)).not.toBe(
      physicalName(["embedding-production", "two"], 20),
    );
  });

  test("refuses what leaves no name", () => {
    expect(() => physicalName(["--"], 20)).toThrow(RangeError);
    expect(() => physicalName(["a"], 8)).toThrow(RangeError);
  });
});

describe("transformed", () => {
  test("lays properties over, or asks the function, or leaves alone", () => {
    expect(transformed({ a: 1, b: 2 }, { b: 3 })).toEqual({ a: 1, b: 3 });
    expect(transformed({ a: 1, b: 2 }, (args) => ({ ...args, a: args.b }))).toEqual({ a: 2, b: 2 });
    expect(transformed({ a: 1 }, undefined)).toEqual({ a: 1 });
  });
});
