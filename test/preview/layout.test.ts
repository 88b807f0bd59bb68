import fc from "fast-check";
import { columnsOf, ends, hanging, wrapped } from "../../preview/layout";

const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "-", "ü"), maxLength: 400 });

describe("text on a screen", () => {
  test("never leaves its width, and loses no letter", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 120 }), (words, width) => {
        const lines = wrapped(words, width);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(words.replaceAll(" ", ""));
      }),
    );
  });

  test("holds its width beside any lead", () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 20, max: 100 }),
        (lead, words, indent, columns) => {
          const lines = hanging(lead, words, Math.min(indent, columns - 12), columns);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
          expect(lines.join("").replaceAll(" ", "")).toBe((lead + words).replaceAll(" ", ""));
        },
      ),
    );
  });

  test("an end of a line inside a text is shown, and ends none of ours", () => {
    expect(hanging("  b\n", "exit 0\n\n  rules", 8)).toEqual(["  b\\n   exit 0\\n\\n  rules"]);
    expect(ends("a\nb", "c\td")).toEqual([expect.stringMatching(/^a\\nb +c\\u0009d$/)]);
    expect(columnsOf([["a\nb", "c"]])).toEqual(["a\\nb  c"]);
    expect(wrapped("a\nb", 2)).toEqual(["a\\", "nb"]);
  });

  test("a lead that leaves no room keeps its place from the left", () => {
    expect(hanging(`  replicas   ${"a".repeat(30)}  3`, "1 CPU", 12, 40)).toEqual([
      "  replicas",
      "  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  3",
      "          1 CPU",
    ]);
  });

  test("hangs under itself", () => {
    expect(hanging("  cost", "one two three four", 8, 16)).toEqual([
      "  cost  one two",
      "        three",
      "        four",
    ]);
  });

  test("stands at both ends where it fits in 100 columns, else below", () => {
    expect(ends("left", "right", 12)).toEqual(["left   right"]);
    expect(ends("left", "right", 11)).toEqual(["left  right"]);
    expect(ends("left", "right", 10)).toEqual(["left", "  right"]);
  });

  test("aligns columns, figures to the right", () => {
    expect(
      columnsOf(
        [
          ["a", "1"],
          ["bb", "22"],
        ],
        [1],
      ),
    ).toEqual(["a    1", "bb  22"]);
  });
});
