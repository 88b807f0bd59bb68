import fc from "fast-check";
import { holdsAny } from "../../preview/held";

test("a text holds one of many as if each were looked for", () => {
  const word = fc.stringMatching(/^[ab]{0,16}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), word, word, (held, before, after) => {
      const holds = holdsAny(held);
      for (const text of [before, before + after, `${before}${held[0] ?? ""}${after}`])
        expect(holds(text)).toBe(held.some((each) => text.includes(each)));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["--token=hunter2", true],
  ["hunter", false],
  ["postgres://a-password-of-20", true],
  ["postgres://a-password-of-19", false],
])("%s", (text, holds) => expect(holdsAny(["hunter2", "a-password-of-20"])(text)).toBe(holds));
