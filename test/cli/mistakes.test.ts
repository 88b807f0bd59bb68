import type { Mistake } from "../../model";
import { aProject, asOf, complaints, reportsOf, type AProject, type Ran } from "./a-project";

const SECRET = "v1:x0S0SNkBcn4EYLJw:bm90IHRvIGJlIHNlZW4=";

const stacks: Readonly<Record<string, Parameters<AProject["stack"]>[1]>> = {
  "unknown-key": { yaml: "  nines:lode: 3\n" },
  "negative-load": { from: /mean: 400/, to: "mean: -4" },
  "peak-below-mean": { from: /peak: 1000/, to: "peak: 200" },
  "unsold-memory": { yaml: "  nines:sizes:\n    embedding: { cpuMillis: 2000, memoryMiB: 2048 }\n" },
  "one-zone": { yaml: "  nines:zones: 1\n" },
  "min-above-max": { yaml: "  nines:replicas:\n    embedding: { min: 5, max: 3 }\n" },
  "low-above-high": { yaml: "  nines:workloads:\n    vectors: { hitRatio: { low: 0.6, mid: 0.4, high: 0.2 } }\n" },
  "short-interval": { system: "hasty" },
  "no-prices": { environment: "elsewhere", from: /region: us-east-1/, to: "region: eu-north-9" },
  "no-hosted-zone": { environment: "nameless" },
  "broken-yaml": { from: /peak: 1000 }/, to: "peak: 1000" },
  "secret-budget": { yaml: `  nines:budget:\n    secure: ${SECRET}\n` },
  several: {
    from: /mean: 400, peak: 1000/,
    to: "mean: 400, peak: 200",
    yaml: "  nines:sizes:\n    embedding: { cpuMillis: 2000, memoryMiB: 2048 }\n  nines:lode: 3\n",
  },
  twice: {},
};

let project: AProject;
let printed: Ran;
let data: Ran;
let screen: string;
beforeAll(() => {
  project = aProject();
  project.edit(
    "stacks/environments/index.ts",
    "{ dev, staging, prod }",
    `{
  dev,
  staging,
  prod,
  elsewhere: { ...prod, regions: { "eu-north-9": { zones: ["eu-north-9a", "eu-north-9b", "eu-north-9c"] } } },
  nameless: { ...prod, domain: { name: "a.example.com" } as never },
}`,
  );
  const hasty = project.read("stacks/systems/embedding.ts").replaceAll("intervalSeconds: 30", "intervalSeconds: 5");
  project.write("stacks/systems/hasty.ts", hasty);
  project.edit("stacks/systems/index.ts", "= { embedding,", '= { embedding, hasty: require("./hasty").embedding,');
  for (const [name, change] of Object.entries(stacks)) project.stack(name, change);
  project.write("stacks/Pulumi.twice.yml", project.read("stacks/Pulumi.twice.yaml"));
  const names = [...Object.keys(stacks), "embedding-dev"];
  printed = project.nines("preview", ...names, ...asOf);
  data = project.nines("preview", ...names, "--json", ...asOf);
  screen = printed.output.replaceAll(/\s+/g, " ");
});
afterAll(() => project.delete());

const of = (stack: string): readonly Mistake[] => reportsOf(data).mistakes.filter((each) => each.stack === stack);

describe("a mistake", () => {
  test.each<readonly [string, RegExp, number | undefined]>([
    ["unknown-key", /^nines:lode \| 3 \| unknown key \| did you mean nines:load\?$/, 12],
    ["negative-load", /^nines:load\.requestsPerSecond\.mean \| -4 \| .*above 0/, 8],
    ["peak-below-mean", /^nines:load\.requestsPerSecond\.peak \| 200 \| needs at least the mean, 400 \| swapped\?$/, 8],
    [
      "unsold-memory",
      /^nines:sizes\.embedding \| .* \| Fargate sells 2 vCPU with 4096 to 16384 MiB in steps of 1024/,
      13,
    ],
    ["one-zone", /^nines:zones \| 1 \| to survive a zone needs at least 2 zones \| add a zone/, 12],
    ["min-above-max", /^nines:replicas\.embedding\.max \| 3 \| needs at least min, 5 \| swapped\?$/, 13],
    ["low-above-high", /^nines:workloads\.vectors\.hitRatio.* \| .* \| .*low.*(mid|high)/, 13],
    [
      "no-prices",
      /^environments\.elsewhere\.regions\.eu-north-9 \| .* \| regions with prices are .*us-east-1/,
      undefined,
    ],
    ["no-hosted-zone", /^environments\.nameless\.domain\.zone \| .*hosted zone/, undefined],
    ["broken-yaml", /^YAML \| nothing \| broken here: /, 9],
    ["secret-budget", /^nines:budget \| .*secret.* \| is secret, and must be plain/, 12],
  ])("%s: key, value, what is allowed, and the fix, in its line", (stack, sentence, line) => {
    const [mistake, ...more] = of(stack);
    if (mistake === undefined) throw new Error(`${stack} has no mistake`);
    expect(more).toEqual([]);
    const { key, given, allowed, fix } = mistake;
    expect(`${key} | ${given === undefined ? "nothing" : JSON.stringify(given)} | ${allowed} | ${fix}`).toMatch(
      sentence,
    );
    expect(mistake.line).toBe(line);
    expect(screen).toContain(key);
    expect(screen).toContain(`${allowed}; ${fix}`.replaceAll(/\s+/g, " "));
  });

  test("a probe's interval that is not above its timeout, of each workload", () => {
    expect(
      of("short-interval")
        .map((each) => each.key)
        .sort(),
    ).toEqual([
      "systems.hasty.workloads.embedding.probes.health.intervalSeconds",
      "systems.hasty.workloads.storage-server.probes.health.intervalSeconds",
    ]);
    for (const mistake of of("short-interval")) expect(`${mistake.allowed} ${mistake.fix}`).toMatch(/timeout/);
  });

  test("two files of one stack: both are named", () => {
    expect(of("twice").map((each) => [each.file, each.allowed])).toEqual([
      ["stacks/Pulumi.twice.yaml", "stacks/Pulumi.twice.yml is of the same stack"],
      ["stacks/Pulumi.twice.yml", "stacks/Pulumi.twice.yaml is of the same stack"],
    ]);
  });

  test("several of one file stand together, by line", () => {
    const [, block = ""] = /^3 mistakes in stacks\/Pulumi\.several\.yaml\n\n([^]*?)\n\n/m.exec(printed.output) ?? [];
    const lines = [...block.matchAll(/^ {2}line (\d+):\d+ +(\S+)/gm)].map(([, line, key]) => `${line} ${key}`);
    expect(lines).toEqual(["8 nines:load.requestsPerSecond.peak", "13 nines:sizes.embedding", "14 nines:lode"]);
  });

  test("none silences another stack, each screen stays in 100 columns, and a secret is never printed", () => {
    expect(reportsOf(data).reports.map((report) => report.stack)).toEqual(["embedding-dev"]);
    expect(printed.output).toMatch(/^embedding-dev +aws us-east-1/m);
    expect(printed.output.trimEnd().split("\n").at(-1)).toBe("exit 2");
    for (const line of printed.output.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    for (const ran of [printed, data]) {
      expect(ran.output + ran.errors).not.toContain(SECRET);
      expect(complaints(ran)).toBe("");
      expect(ran.status).toBe(2);
    }
  });

  test("an objective that cannot be met is no mistake: it is refused with what can be had, which does plan", () => {
    project.stack("dreamer", { yaml: "  nines:objectives: { availability: 0.999999 }\n" });
    const ran = project.nines("preview", "dreamer", ...asOf);
    expect(ran.status).toBe(10);
    const [, nines] = /these plan: objectives\.availability: ([\d.]+)/.exec(ran.output.replaceAll(/\s+/g, " ")) ?? [];
    project.stack("dreamer", { yaml: `  nines:objectives: { availability: ${nines} }\n` });
    expect(project.nines("preview", "dreamer", ...asOf).status).toBe(0);
  });
});
