import fc from "fast-check";
import { stringify } from "yaml";
import type { Value } from "../../../model";
import { plainText } from "../../../preview/render/plain-text";

const byLibrary = (value: Value): string =>
  stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });

/** It leaves a value to the library, or writes the same bytes. */
function agrees(value: Value): void {
  const plain = plainText(value);
  if (plain !== undefined) expect(plain).toBe(byLibrary(value));
}

/** Of what words, numbers, dates and marks of YAML are made. */
const PIECES = [
  ...Array.from("ayeno01279xTZmMGKiE+-_.,:;/@~?#&*!|>%'\"`{}[]()$=<\\ \n\t"),
  ": ",
  " #",
  "- ",
  "yes",
  "null",
  "off",
  "1e3",
  "500m",
  "4Gi",
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom(
    "registry.example.com/web:1.2.3",
    "http://web.shop:8080/live",
    "topology.kubernetes.io/zone",
    "512Mi",
    "RollingUpdate",
    "a".repeat(200),
  ),
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e21, 2 ** 53));
const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe("YAML of what is plain", () => {
  test("is what the library writes, or left to it", () => {
    fc.assert(fc.property(fc.dictionary(text, value, { noNullPrototype: true }), agrees), { numRuns: 500 });
  });

  test("of a single text or key, too", () => {
    fc.assert(
      fc.property(text, (each) => {
        agrees({ a: each });
        agrees({ [each]: "a" });
        agrees({ a: [each] });
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    [
      "an object",
      {
        kind: "Service",
        spec: { ports: [{ name: "http", port: 80 }], selector: {}, ips: [], clusterIP: null, publish: true },
      },
      "kind: Service\nspec:\n  ports:\n    - name: http\n      port: 80\n  selector: {}\n  ips: []\n  clusterIP: null\n  publish: true\n",
    ],
    ["lists in lists", { a: [["b", "c"], [], [{ d: 1 }]] }, "a:\n  - - b\n    - c\n  - []\n  - - d: 1\n"],
    [
      "an image, a quantity, a path",
      { a: "r.example.com/web:1.2.3", b: "500m", c: "/live" },
      "a: r.example.com/web:1.2.3\nb: 500m\nc: /live\n",
    ],
  ])("%s is plain", (_, given, written) => {
    expect(plainText(given)).toBe(written);
  });

  test.each([
    "yes",
    "N",
    "Off",
    "null",
    "1",
    "1e3",
    "E9",
    "e-9",
    "0x1F",
    "1.5",
    "010",
    "2026-11-21",
    "12:30",
    "a: b",
    "a #b",
    "a:",
    " a",
    "a ",
    "a  b",
    "",
    "~",
    "-",
    "- a",
    "{a}",
    "it's",
    "a\nb",
    "a\tb",
  ])("%j is left to the library", (each) => {
    expect(plainText({ a: each })).toBeUndefined();
    expect(plainText({ [each]: "a" })).toBeUndefined();
  });
});
