import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expectGolden, nines } from "./golden";

const asOf = ["--as-of", "2026-11-21"];

describe("what a user sees", () => {
  test.each([
    ["preview.txt", ["preview", ...asOf]],
    ["preview-dev.json", ["preview", "embedding-dev", "--json", ...asOf]],
    ["preview.md", ["preview", "--markdown", ...asOf]],
    ["explain-prod.txt", ["explain", "embedding-prod", ...asOf]],
    ["policies.txt", ["policies"]],
  ])("%s", (name, args) => {
    const ran = nines(args);
    // What takes longer than a second is said on the error stream.
    expect(ran.errors.split("\n").filter((line) => line !== "" && !line.endsWith(" ..."))).toEqual([]);
    expect(ran.status).toBe(0);
    expectGolden(name, ran.output);
  });

  test("no line of a screen is wider than 100 columns", () => {
    for (const args of [["preview", ...asOf], ["explain", "embedding-prod", ...asOf]]) {
      for (const line of nines(args).output.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  test("the README's screen is the preview of embedding-prod", () => {
    const file = path.join(__dirname, "../../README.md");
    const screen = nines(["preview", "embedding-prod", ...asOf]).output.trimEnd();
    const block = /(<!-- screen: .*-->\n```text\n)[^]*?(```\n)/;
    if (process.env["NINES_GOLDENS"] === "write") writeFileSync(file, readFileSync(file, "utf8").replace(block, (_, open: string, close: string) => `${open}${screen}\n${close}`));
    expect(readFileSync(file, "utf8")).toContain(`\n${screen}\n`);
  });

  test("the README opens with the two lines that a fresh machine runs, and CI runs the second", () => {
    const readme = readFileSync(path.join(__dirname, "../../README.md"), "utf8");
    const lines = readme.split("\n").filter((line) => line.startsWith("npm ci"));
    const all = "npm ci && npm test && npm run test:processes";
    expect(lines).toEqual(["npm ci && npm run preview", all]);
    expect(readFileSync(path.join(__dirname, "../../.ci/run"), "utf8")).toContain(all);
  });
});
