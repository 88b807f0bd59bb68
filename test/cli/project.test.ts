import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asOf } from "../../cli/as-of";
import { projectOf, selected } from "../../cli/project";
import { stackFile } from "../../preview/stack-files";

const file = (stack: string, system: string, environment: string) =>
  stackFile(
    stack,
    `stacks/Pulumi.${stack}.yaml`,
    `config:\n  nines:system: ${system}\n  nines:environment: ${environment}\n`,
  );
const files = [
  file("embedding-dev", "embedding", "dev"),
  file("embedding-prod", "embedding", "prod"),
  file("search-prod", "search", "prod"),
];
const names = (list: readonly { readonly stack: string }[]): readonly string[] => list.map((each) => each.stack);

describe("which stacks", () => {
  test("all, the named in their order and once, or those that pass every filter", () => {
    expect(names(selected(files, [], []))).toEqual(["embedding-dev", "embedding-prod", "search-prod"]);
    expect(names(selected(files, ["search-prod", "embedding-dev", "search-prod"], []))).toEqual([
      "search-prod",
      "embedding-dev",
    ]);
    const system = { key: "system", value: "embedding" } as const;
    const prod = { key: "environment", value: "prod" } as const;
    expect(names(selected(files, [], [prod]))).toEqual(["embedding-prod", "search-prod"]);
    expect(names(selected(files, [], [system, prod]))).toEqual(["embedding-prod"]);
  });

  test("a name that is not there gets the nearest, or all; a filter that nothing passes, and no stack at all, are said", () => {
    expect(() => selected(files, ["embeding-prod"], [])).toThrow(
      "there is no stack embeding-prod; did you mean embedding-prod?",
    );
    expect(() => selected(files, ["x"], [])).toThrow(
      "there is no stack x; there are embedding-dev, embedding-prod, search-prod",
    );
    expect(() => selected(files, [], [{ key: "system", value: "none" }])).toThrow("no stack has system=none");
    expect(() => selected([], [], [])).toThrow("there is no stack");
  });
});

describe("the project", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "nines-test-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("is that of the first Pulumi.yaml there or above", () => {
    writeFileSync(join(root, "Pulumi.yaml"), "name: mine\nruntime: nodejs\n");
    mkdirSync(join(root, "a", "b"), { recursive: true });
    expect(projectOf(join(root, "a", "b"))).toEqual({ root, name: "mine" });
  });

  test.each([
    ["runtime: nodejs\n", /says no name$/],
    ["name: [\n", /cannot be read: /],
    ["", /says no name$/],
  ])("with %j is refused in a sentence", (text, sentence) => {
    writeFileSync(join(root, "Pulumi.yaml"), text);
    expect(() => projectOf(root)).toThrow(sentence);
  });
});

describe("--as-of", () => {
  test.each(["2026-08-17", "2024-02-29"])("%s is a day", (text) => expect(asOf(text)).toBe(text));
  test.each(["2026-13-01", "2025-02-29", "today", "2026-8-17", "", "2026-08-17T00:00"])("%j is none", (text) => {
    expect(() => asOf(text)).toThrow("needs a date such as 2026-08-17");
  });
});
