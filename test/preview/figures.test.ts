import fc from "fast-check";
import { figure, minutes, nines, objective, percentChange, shown, shownPair, usd } from "../../preview/figures";

describe("nines", () => {
  test("are never printed where they are not there: the figure is at most the availability", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.999, noNaN: true }), (unavailability) => {
        const printed = Number(nines(unavailability).replace(" %", ""));
        // In unavailability, where doubles still tell the two apart.
        expect(100 - printed).toBeGreaterThanOrEqual(unavailability * 100 * (1 - 2e-9) - 1e-13);
      }),
    );
  });

  test("lose less than a tenth of what is lost by rounding", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.05, noNaN: true }), (unavailability) => {
        const printed = Number(nines(unavailability).replace(" %", ""));
        expect(100 - printed).toBeLessThanOrEqual(unavailability * 100 * 1.11 + 1e-13);
      }),
    );
  });

  test.each([
    [1e-4, "99.99 %"],
    [1.01e-4, "99.989 %"],
    [1.00001e-4, "99.989 %"],
    [9e-5, "99.991 %"],
    [8.99e-5, "99.991 %"],
    [5e-3, "99.50 %"],
    [0.02, "98.00 %"],
    [1e-5, "99.999 %"],
    [0, "100 %"],
    [1, "0 %"],
  ])("of unavailability %p read %p", (unavailability, text) => {
    expect(nines(unavailability)).toBe(text);
  });

  test("an objective is printed as asked", () => {
    expect([objective(0.9999), objective(0.99), objective(0.99995)]).toEqual(["99.99 %", "99 %", "99.995 %"]);
  });
});

test("figures have thousands separators, dollars no cents from ten on, minutes the digits that help", () => {
  expect(figure(1234567)).toBe("1,234,567");
  expect([usd(1611.4), usd(9.999), usd(3), usd(0.25)]).toEqual(["1,611", "10.00", "3", "0.25"]);
  expect([minutes(98.28), minutes(9.96), minutes(0.034), minutes(0.001), minutes(0)]).toEqual([
    "98",
    "10",
    "0.03",
    "under 0.01",
    "0",
  ]);
  expect([percentChange(1.66), percentChange(-0.031), percentChange(0.00001)]).toEqual([
    "+166 %",
    "-3.1 %",
    "no change",
  ]);
});

test("what is not known is said in words", () => {
  expect([shown({ $unknown: "secret" }), shown({ $unknown: "after-deploy" }), shown(null)]).toEqual([
    "a secret",
    "known after deploy",
    "nothing",
  ]);
});

describe("two values side by side", () => {
  test("short ones as they are; long ones by what tells them apart", () => {
    expect(shownPair(66, 90)).toEqual(["66", "90"]);
    const image = "registry.example.com/embedding@sha256:";
    expect(shownPair(`${image}${"a".repeat(64)}`, `${image}${"b".repeat(64)}`, 20)).toEqual([
      "...a256:aaaaaaaaa...",
      "...a256:bbbbbbbbb...",
    ]);
  });

  test("never longer than asked, and different where the values are", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.string({ maxLength: 80 }),
        fc.string({ maxLength: 80 }),
        (head, a, b) => {
          const pair = shownPair(`${head}-${a}`, `${head}-${b}`, 32);
          for (const text of pair) expect(text.length).toBeLessThanOrEqual(32);
          const bare = (text: string): string => text.replaceAll(/\s+/g, " ");
          expect(pair[0] === pair[1]).toBe(bare(`${head}-${a}`) === bare(`${head}-${b}`));
        },
      ),
    );
  });
});
