import fc from "fast-check";
import { nearest } from "../../model";

test("a name that is there is its own nearest", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.nat(), (names, at) => {
      const name = names[at % names.length] ?? "";
      expect(nearest(name, names)).toBe(name);
    }),
  );
});

test("one slip of the finger in a word of four letters finds it: a letter changed, left out, doubled, or two swapped", () => {
  for (const slip of ["lode", "lad", "loaad", "laod", "LOAD"])
    expect(nearest(slip, ["images", "load", "zones"])).toBe("load");
});

test("half of the letters may differ, not more", () => {
  expect(nearest("abxx", ["abcd"])).toBe("abcd");
  expect(nearest("axxx", ["abcd"])).toBeUndefined();
});

test("of two equally near the first; of none, none; a long text is nobody's slip", () => {
  expect(nearest("cat", ["bat", "hat"])).toBe("bat");
  expect(nearest("cat", [])).toBeUndefined();
  expect(nearest("a".repeat(81), ["a".repeat(80)])).toBeUndefined();
});
