import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { explainText } from "../../preview/explain";
import { markdownOf } from "../../preview/markdown";
import { mistakesText } from "../../preview/mistakes";
import { previewStack } from "../../preview/stack";
import { stackFile } from "../../preview/stack-files";
import { textOf } from "../../preview/text";
import { workings } from "../../preview/workings";
import { environments } from "../../stacks/environments";
import { systems } from "../../stacks/systems";

const file = "stacks/Pulumi.embedding-prod.yaml";
const sound = readFileSync(join(__dirname, "../..", file));
const SECRET = "v1:x0S0SNkBcn4EYLJw:bm90IHRvIGJlIHNlZW4=";

/**
 * From the bytes of a file to all that is printed of it: a screen, or mistakes, never half of each and never a throw. The program
 * is an empty one: what a plan builds is tested elsewhere.
 */
async function printedOf(bytes: Uint8Array): Promise<readonly string[]> {
  const read = stackFile("embedding-prod", file, Buffer.from(bytes).toString("utf8"));
  const found = await previewStack(
    read,
    { systems, environments, program: () => () => ({}) },
    { project: "nines", asOf: "2026-11-21", baseline: null },
    workings,
  );
  if (!found.ok) {
    expect(found.mistakes.length).toBeGreaterThan(0);
    return [mistakesText(found.mistakes)];
  }
  return [
    textOf(found.report),
    explainText(found.report),
    markdownOf({ schema: 1, reports: [found.report], removed: [], mistakes: [] }),
  ];
}

/** What a terminal would obey instead of showing: control characters but the end of a line, and turns of direction. */
const OBEYED = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;

/** What a file may say by itself, and is then echoed: a number beyond all bounds is Infinity in YAML too. */
const SAID = /\de[+-]?\d{3}|\.inf|\.nan|undefined|nan|infinity/i;

async function holds(bytes: Uint8Array): Promise<void> {
  const said = SAID.test(Buffer.from(bytes).toString("utf8"));
  const [screen = "", ...others] = await printedOf(bytes);
  expect(screen).toMatch(/^(\d+ mistakes? in stacks\/|embedding-prod )/);
  for (const text of [screen, ...others]) {
    expect(text).not.toMatch(/\[object |^ {4}at /m);
    if (!said) expect(text).not.toMatch(/undefined|NaN|Infinity/);
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(OBEYED);
  }
  for (const line of screen.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
}

describe("whatever bytes a stack's file holds", () => {
  test("the sound file is a screen, and one byte of a key makes it a mistake", async () => {
    expect((await printedOf(sound))[0]).toMatch(/^embedding-prod /);
    const slip = Buffer.from(sound.toString().replace("nines:load:", "nines:lode:"));
    expect((await printedOf(slip))[0]).toContain("did you mean nines:load?");
  });

  test("a key without its namespace, or out of its place, is told with every other mistake, each by its line", async () => {
    const slipped = `config:
  nines:system: embedding
  environment: prod
  nines:target: aws
  nines:region: us-east-1
  load:
    requestsPerSecond: { mean: 400, peak: 100 }
  nines:lode: 3
  strange: 1
nines:images:
  embedding: "registry.example.com/Embedding"
  storage-server: "registry.example.com/storage-server:1"
stuff: 3
`;
    const [screen = ""] = await printedOf(Buffer.from(slipped));
    const told = [...screen.matchAll(/^ {2}line (\d+):\d+ +(\S+)/gm)].map(([, line, key]) => `${line} ${key}`);
    expect(told).toEqual([
      "3 environment",
      "6 load",
      "7 nines:load.requestsPerSecond.peak",
      "8 nines:lode",
      "9 strange",
      "10 nines:images",
      "11 nines:images.embedding",
      "13 stuff",
    ]);
    expect(screen).toMatch(/nines:images\n +stands beside config:; move it below, two spaces in/);
  });

  test("bytes out of nowhere", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), holds), { numRuns: 200 });
  });

  test("the sound file with bytes overwritten, cut out, doubled, or put in", async () => {
    const change = fc.record({
      at: fc.nat({ max: sound.length }),
      length: fc.nat({ max: 20 }),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc
          .constantFrom(
            "\t",
            "\0",
            "\r",
            "\ufeff",
            "\u2028",
            "\u202e",
            "\x1b[31m",
            "\x9b31m",
            '"\\e[2J": 1\n',
            "&a ",
            "*a",
            "<<: *a",
            "!!js/function ",
            "1e999",
            "-",
            ".nan",
            `{ secure: ${SECRET} }`,
          )
          .map((text) => Buffer.from(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) =>
        holds(
          changes.reduce<Buffer>(
            (bytes, { at, length, bytes: put }) =>
              Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + length)]),
            sound,
          ),
        ),
      ),
      { numRuns: 300 },
    );
  });
});
