import { cpSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aProject, asOf, complaints, nines, reportsOf, type AProject } from "./a-project";

let project: AProject;
beforeAll(() => {
  project = aProject();
  // Beside the system: a target group whose name is known only after deploy.
  project.edit(
    "stacks/index.ts",
    /^export = .*$/m,
    `import { TargetGroup } from "@pulumi/aws/lb";
import { getStack } from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random";
const other = () => new TargetGroup("other", { name: new RandomPet("name").id, port: 80, protocol: "HTTP", vpcId: "vpc-1", region: "us-east-1" });
export = () => (getStack() === "undecided" && other(), deploy({ systems, environments }));`,
  );
  project.stack("over-budget", { yaml: "  nines:budget: { perMonthUsd: 100 }\n" });
  project.stack("unpinned", { from: /embedding@sha256:\w+"/, to: 'embedding:latest"' });
  project.stack("unraised", { yaml: "  nines:quotas: { fargateVcpus: 6 }\n" });
  project.stack("mistaken", { yaml: "  nines:lode: 1\n" });
  project.stack("undecided");
});
afterAll(() => project.delete());

describe("exit 1, in a sentence", () => {
  test.each([
    [["preview", "embeding-prod"], /^there is no stack embeding-prod; did you mean embedding-prod\?$/],
    [
      ["explain"],
      /^explain takes one stack; there are embedding-dev, embedding-prod, .*: nines explain embedding-dev$/,
    ],
    [["preview", "-C", "Pulumi.yaml"], /Pulumi\.yaml is a file; -C takes a folder$/],
    [["preview", "--from", "nope.json"], /^nope\.json cannot be read: no such file or directory$/],
    [["explain", "nope"], /^there is no stack nope; there are embedding-dev, .*$/],
    [["preview", "--agianst", "HEAD"], /unknown option '--agianst'[^]*--against/],
    [["previw"], /unknown command 'previw'[^]*preview/],
    [["preview", "--as-of", "2026-02-30"], /needs a date such as 2026-08-17/],
    [["preview", "--filter", "sistem=embedding"], /needs system=<name> or environment=<name>/],
    [["preview", "--filter", "environment=prd"], /^no stack has environment=prd; did you mean prod\?$/],
    [["preview", "--json", "--markdown"], /'--json' cannot be used with option '--markdown'/],
  ])("%j", (args, sentence) => {
    const ran = project.nines(...args);
    expect(complaints(ran)).toMatch(sentence);
    expect(ran.output).toBe("");
    expect(ran.status).toBe(1);
  });

  test("no project, and a project without stacks", () => {
    expect(nines(["preview"], project.temporary, project.temporary)).toEqual({
      output: "",
      errors: `there is no Pulumi.yaml in ${project.temporary} or above: run nines inside a project\n`,
      status: 1,
    });
    const bare = join(project.root, "bare");
    mkdirSync(bare);
    writeFileSync(join(bare, "Pulumi.yaml"), "name: bare\n");
    expect(nines(["preview"], bare, project.temporary).errors).toBe(
      `${bare}/Pulumi.yaml says no runtime; nines runs projects of runtime nodejs\n`,
    );
    mkdirSync(join(bare, "stacks", "systems"), { recursive: true });
    writeFileSync(join(bare, "stacks", "systems", "index.ts"), "");
    expect(nines(["preview"], bare, project.temporary).errors).toBe(
      "there is no stack: write stacks/Pulumi.<stack>.yaml\n",
    );
    rmSync(bare, { recursive: true });
  });

  test("compiled code that is older than its sources", () => {
    const copy = join(project.root, "..", "copy");
    cpSync(join(__dirname, "../../dist"), join(copy, "dist"), { recursive: true });
    symlinkSync(join(__dirname, "../../node_modules"), join(copy, "node_modules"));
    mkdirSync(join(copy, "capacity"));
    const source = join(copy, "capacity", "newer.ts");
    writeFileSync(source, "");
    const run = () =>
      nines(["preview", "embedding-dev", ...asOf], project.root, project.temporary, join(copy, "dist/cli/index.js"));
    utimesSync(source, new Date("2020-01-01"), new Date("2020-01-01"));
    expect(run().status).toBe(0);
    utimesSync(source, new Date("2100-01-01"), new Date("2100-01-01"));
    expect(run()).toEqual({
      output: "",
      errors: "capacity/newer.ts is newer than dist/: run npm run build\n",
      status: 1,
    });
  });

  test("a program that throws, while the others are reported", () => {
    const program = project.read("stacks/index.ts");
    project.write(
      "stacks/index.ts",
      `import { getStack } from "@pulumi/pulumi";
import { deploy } from "../components";
import { environments } from "./environments";
import { systems } from "./systems";
export = () => {
  console.log("a program may talk");
  if (getStack() === "embedding-staging") throw new Error("the cupboard is bare");
  return deploy({ systems, environments });
};
`,
    );
    const ran = project.nines("preview", "embedding-staging", "embedding-dev", "mistaken", "--json", ...asOf);
    project.write("stacks/index.ts", program);
    expect(complaints(ran)).toContain("embedding-staging: the program fails: the cupboard is bare");
    expect(reportsOf(ran).reports.map((report) => report.stack)).toEqual(["embedding-dev"]);
    expect(reportsOf(ran).mistakes.map((mistake) => mistake.stack)).toEqual(["mistaken"]);
    expect(ran.status).toBe(1);
  });

  test.each([
    [
      "throws when it loads",
      'throw new Error("no such luck");',
      "stacks/systems/embedding.ts cannot be loaded: no such luck",
    ],
    ["does not parse", "const = 1;", "stacks/systems/embedding.ts does not parse: line 1: "],
  ])("a file of stacks/ that %s", (_, text, sentence) => {
    const system = project.read("stacks/systems/embedding.ts");
    project.write("stacks/systems/embedding.ts", text);
    const ran = project.nines("preview", "embedding-dev");
    project.write("stacks/systems/embedding.ts", system);
    expect(ran.errors).toContain(sentence);
    expect(ran.errors.trim().split("\n")).toHaveLength(1);
    expect(ran.status).toBe(1);
  });
});

describe("a machine whose kubeconfig has not the context that a stack names", () => {
  const before = process.env["KUBECONFIG"];
  const file = (name: string, contexts: readonly string[]): string => {
    const entries = contexts.map((context) => `{ name: ${context}, context: { cluster: c, user: u } }`).join(", ");
    project.write(name, `{ clusters: [{ name: c, cluster: {} }], users: [], contexts: [${entries}] }\n`);
    return join(project.root, name);
  };
  const preview = (kubeconfig: string, ...more: readonly string[]) => {
    process.env["KUBECONFIG"] = kubeconfig;
    return project.nines("preview", "vectordb-dev", ...more, ...asOf);
  };
  afterAll(() => {
    if (before === undefined) delete process.env["KUBECONFIG"];
    else process.env["KUBECONFIG"] = before;
  });

  test.each([
    [
      "is not there",
      ["dev-us-east-2"],
      /got dev-us-east-1\n.* has no context of this name\n +did you mean dev-us-east-2\? /,
    ],
    [
      "is there twice",
      ["dev-us-east-1", "dev-us-east-1"],
      /has context dev-us-east-1 twice, and kubectl refuses the whole file/,
    ],
  ])("%s: previewed all the same, and told; exit 2 with --strict", (_, contexts, sentence) => {
    const kubeconfig = file("config.yaml", contexts);
    const ran = preview(kubeconfig);
    expect(ran.output.trimEnd().split("\n").at(-1)).toBe("exit 0");
    expect(complaints(ran)).toMatch(/^vectordb-dev: pulumi up from this machine would be refused\n/);
    expect(complaints(ran)).toMatch(sentence);
    expect(preview(kubeconfig, "--strict").status).toBe(2);
  });

  test("a machine without a kubeconfig, and one that has it, are told nothing", () => {
    for (const kubeconfig of [join(project.root, "nowhere"), file("good.yaml", ["dev-us-east-1"])]) {
      const ran = preview(kubeconfig, "--strict");
      expect(complaints(ran)).toBe("");
      expect(ran.status).toBe(0);
    }
  });
});

describe("exit 5, 10, 11 and 2", () => {
  test("a mandatory rule that fails says what was seen and the fix", () => {
    const ran = project.nines("preview", "over-budget", "unpinned", ...asOf);
    expect(ran.output).toMatch(/^ {2}FAIL +budget .* of 100 USD\/month/m);
    expect(ran.output).toMatch(/^ {2}FAIL +image-pinned .*registry\.example\.com\/embedding:latest/m);
    expect(ran.output.match(/^ +fix: /gm)).toHaveLength(2);
    expect(ran.output.trimEnd().split("\n").at(-1)).toBe("exit 5");
    expect(ran.status).toBe(5);
  });

  test("a quota that was not raised: limit, source, and what can be had, which does plan", () => {
    const ran = project.nines("preview", "unraised", ...asOf);
    expect(ran.status).toBe(10);
    const text = ran.output.replaceAll(/\s+/g, " ");
    expect(text).toContain("unraised cannot be planned");
    expect(text).toMatch(/6 at most: Fargate On-Demand vCPUs in us-east-1 \(.*\d{4}-\d{2}-\d{2}; can be raised\)/);
    const [, vcpus] = /these plan: quotas\.fargateVcpus: (\d+)/.exec(text) ?? [];
    expect(Number(vcpus)).toBeGreaterThan(6);
    project.stack("raised", { yaml: `  nines:quotas: { fargateVcpus: ${vcpus} }\n` });
    expect(project.nines("preview", "raised", ...asOf).status).toBe(0);
    project.stack("raised", { yaml: `  nines:quotas: { fargateVcpus: ${Number(vcpus) - 1} }\n` });
    const explained = project.nines("explain", "raised", ...asOf);
    expect(explained.status).toBe(10);
    expect(explained.output).toMatch(/^raised cannot be planned$/m);
    project.remove("stacks/Pulumi.raised.yaml");
  });

  test("what cannot be decided counts with --strict alone", () => {
    expect(project.nines("preview", "undecided", ...asOf).status).toBe(0);
    const ran = project.nines("preview", "undecided", "--strict", ...asOf);
    expect(ran.output).toMatch(/^ {2}open /m);
    expect(ran.status).toBe(11);
  });

  test("of several stacks the first of 2, 10, 5, 11", () => {
    const status = (...stacks: readonly string[]) =>
      project.nines("preview", ...stacks, "--strict", "--json", ...asOf).status;
    expect(status("undecided", "over-budget")).toBe(5);
    expect(status("undecided", "over-budget", "unraised")).toBe(10);
    expect(status("over-budget", "unraised", "mistaken")).toBe(2);
  });
});
