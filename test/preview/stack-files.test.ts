import fc from "fast-check";
import { pulumiConfig, stackFile, stackFiles } from "../../preview/stack-files";
import type { StackFolder } from "../../preview/stack-folder";

const yaml = `# a comment
config:
  nines:system: embedding
  nines:environment: prod
  nines:load:
    requestsPerSecond: { mean: 400, peak: 200 }
  nines:images:
    embedding: "x@sha256:00"
  nines:waivers:
    - rule: budget
      reason: sale
  nines:minReplicas: 2
  nines:token:
    secure: AAABAKx
  aws:region: eu-west-1
`;

function folder(files: Readonly<Record<string, string>>): StackFolder {
  return { root: "/p", files: Object.keys(files).sort(), read: (path) => files[path] };
}

describe("a stack's YAML", () => {
  const file = stackFile("embedding-prod", "stacks/Pulumi.embedding-prod.yaml", yaml);

  test.each([
    ["config:\n  nines:zones: 2\n  nines:zones: 3\n", "nines:zones"],
    ['config:\n  "nines:zones": 2\n  "nines:zones" : 3\n', "nines:zones"],
    ["config:\n  nines:load: { requestsPerSecond: 1, requestsPerSecond: 2 }\n", "requestsPerSecond"],
  ])("names a key that stands twice: %j", (text, key) => {
    const [mistake, ...more] = stackFile("twice", "stacks/Pulumi.twice.yaml", text).mistakes;
    expect(more).toEqual([]);
    expect(mistake).toMatchObject({
      allowed: `broken here: ${key} stands here a second time`,
      fix: "keep one of the two",
    });
  });

  test("keeps its own namespace, with types", () => {
    expect(file.mistakes).toEqual([]);
    expect(file.config).toEqual({
      system: "embedding",
      environment: "prod",
      load: { requestsPerSecond: { mean: 400, peak: 200 } },
      images: { embedding: "x@sha256:00" },
      waivers: [{ rule: "budget", reason: "sale" }],
      minReplicas: 2,
      token: { $unknown: "secret" },
    });
  });

  test("finds each key's line and column, with and without the namespace; of an absent key, what holds it", () => {
    expect(file.locate("nines:load.requestsPerSecond.peak")).toEqual({ line: 6, column: 37 });
    expect(file.locate("load.requestsPerSecond.peak")).toEqual({ line: 6, column: 37 });
    expect(file.locate("nines:waivers[0].reason")).toEqual({ line: 11, column: 7 });
    expect(file.locate("nines:waivers.0.until")).toEqual({ line: 10, column: 7 });
    expect(file.locate("nines:sizes")).toEqual({ line: 2, column: 1 });
  });

  test("becomes what Pulumi hands over: text, JSON, secrets by key", () => {
    const { config, secretKeys } = pulumiConfig(file);
    expect(config["nines:minReplicas"]).toBe("2");
    expect(JSON.parse(config["nines:load"] ?? "")).toEqual({ requestsPerSecond: { mean: 400, peak: 200 } });
    expect(secretKeys).toEqual(["nines:token"]);
  });

  test("a secret below a key makes the whole key secret, and is nowhere", () => {
    const nested = stackFile("a", "f", "config:\n  nines:images:\n    a: x\n    b: {secure: AAABAKx}\n");
    expect(nested.config).toEqual({ images: { $unknown: "secret" } });
    expect(JSON.stringify([nested, pulumiConfig(nested)])).not.toContain("AAABAKx");
  });

  test("that is broken says where", () => {
    const [mistake] = stackFile("a", "f", "config:\n  nines:system: [a\n  nines:x: 1\n").mistakes;
    expect(mistake).toMatchObject({ stack: "a", file: "f", key: "YAML" });
    expect(mistake?.line).toBeGreaterThanOrEqual(2);
    expect(mistake?.column).toBeGreaterThanOrEqual(1);
  });

  test.each([
    ["config:\n  nines:a: 1\n  nines:a: 2\n", { line: 3, column: 3, fix: "keep one of the two" }],
    ["confg:\n  nines:a: 1\n", { line: 1, column: 1, key: "confg", fix: "did you mean config?" }],
    ["config:\n  load: 1\n", { line: 2, column: 3, key: "load", fix: "did you mean nines:load?" }],
    ["config: 3\n", { line: 1, key: "config", given: 3 }],
    ["just text", { key: "config", given: "just text" }],
    ["", { key: "config" }],
  ])("%j is a mistake with its place", (text, expected) => {
    expect(stackFile("a", "f", text).mistakes).toMatchObject([expected]);
  });

  test("two files of one stack are a mistake of both", () => {
    const [one, two] = stackFiles(
      folder({
        "stacks/Pulumi.a.yaml": yaml,
        "stacks/Pulumi.a.yml": yaml,
        "stacks/index.ts": "",
        "stacks/x/Pulumi.b.yaml": yaml,
      }),
    );
    expect([one?.mistakes[0]?.allowed, two?.mistakes[0]?.allowed]).toEqual([
      "stacks/Pulumi.a.yml is of the same stack",
      "stacks/Pulumi.a.yaml is of the same stack",
    ]);
  });

  test("never throws, whatever bytes it holds", () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.from(raw).toString("utf8"));
    const nearly = fc
      .array(
        fc.constantFrom(
          "config:",
          "\n",
          "  ",
          "nines:a",
          ": ",
          "[",
          "]",
          "{",
          "}",
          "&x ",
          "*x",
          "- ",
          "!!int ",
          "<<: ",
          '"',
          "|",
          "secure",
          "\t",
        ),
        { maxLength: 30 },
      )
      .map((words) => words.join(""));
    fc.assert(
      fc.property(fc.oneof(bytes, nearly), (text) => {
        const read = stackFile("a", "f", text);
        for (const mistake of read.mistakes) expect(mistake.line ?? 1).toBeGreaterThanOrEqual(1);
        pulumiConfig(read);
        read.locate("nines:a.b.c");
      }),
      { numRuns: 500 },
    );
    expect(stackFile("a", "f", `config:\n  nines:a: ${"[".repeat(20_000)}`).mistakes.length).toBeGreaterThan(0);
  });
});
