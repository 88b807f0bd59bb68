import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expectGolden } from "../goldens/golden";
import { nines, packed, root, run, tsc, type Packed } from "./packed";

// Packed once for all: the compiler takes longer than everything else here.
let made: Packed;
beforeAll(() => void (made = packed()));
afterAll(() => made.remove());

const folders = ["model", "catalog", "capacity", "availability", "components", "cost", "policies", "preview", "cli"];

function below(folder: string, ends: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ends))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}

/** A project that holds these files, with the package and of its neighbours what `wants` lets in. */
function project(name: string, files: Readonly<Record<string, string>>, wants?: (name: string) => boolean): string {
  const folder = path.join(made.temporary, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  made.install(folder, wants);
  return folder;
}

describe("the packed library", () => {
  test("holds each source compiled, with its types, and nothing else", () => {
    const compiled = folders
      .flatMap((folder) => below(folder, ".ts"))
      .flatMap((source) => [source.replace(/\.ts$/, ".js"), source.replace(/\.ts$/, ".d.ts")]);
    const pack = ["PulumiPolicy.yaml", "index.js", "package.json"].map((file) => `policy-pack/${file}`);
    const rest = [
      "LICENSE",
      "README.md",
      "package.json",
      "stack.schema.json",
      "demand.schema.json",
      ...below("templates", ""),
    ];
    expect(made.files).toEqual([...compiled, ...pack, ...rest].sort());
  });

  test("its manifest can be published, and asks nobody for an SDK that they do not import", () => {
    const folder = project("manifest", {}, () => false);
    const manifest = JSON.parse(readFileSync(path.join(folder, "node_modules/nines/package.json"), "utf8")) as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >;
    expect(manifest).not.toHaveProperty("private");
    expect(manifest).not.toHaveProperty("scripts");
    expect(Object.keys(manifest["dependencies"]!).filter((name) => name.startsWith("@pulumi/"))).toEqual([]);
    const peers = Object.keys(manifest["peerDependencies"]!);
    expect(peers).toEqual([
      "@pulumi/pulumi",
      "@pulumi/aws",
      "@pulumi/kubernetes",
      "@pulumi/random",
      "@pulumi/policy",
      "@swc/core",
    ]);
    expect(manifest["peerDependenciesMeta"]).toEqual(
      Object.fromEntries(peers.map((peer) => [peer, { optional: true }])),
    );
  });

  test("plans where no SDK is installed, from CommonJS and from a module", () => {
    const program = `
      const digest = "a".repeat(64);
      const system = defineSystem({
        objectives: { availability: 0.999, survive: "zone" },
        workloads: { web: service({ port: 80, serviceTimeMs: 30, cpuMillis: 500, memoryMiB: 1024, startSeconds: 10, probes: { health: { path: "/" } } }) },
      });
      const environment = {
        tier: "prod", regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1b"] } }, network: { create: true, nat: "one" },
        alerts: { emails: ["oncall@example.com"] }, quotas: { fargateVcpus: 40 },
      };
      const asked = requestOf({
        stack: "web-prod", file: "here", systems: { web: system }, environments: { prod: environment },
        config: { system: "web", environment: "prod", target: "aws", load: { requestsPerSecond: { mean: 40, peak: 120 } }, images: { web: "r.example.com/web@sha256:" + digest } },
      });
      const planned = plan(asked.request);
      console.log(planned.ok, planned.plan.parts.find((part) => part.kind === "replica-group").scaling.min, typeof aws.limits, rules.length > 50);
    `;
    const folder = project(
      "bare",
      {
        "program.cjs": `const { defineSystem, service, requestOf, plan } = require("nines"); const { aws } = require("nines/catalog"); const { rules } = require("nines/policies");${program}`,
        "program.mjs": `import { defineSystem, service, requestOf, plan } from "nines"; import { aws } from "nines/catalog"; import { rules } from "nines/policies";${program}`,
      },
      (name) => name === "zod",
    );
    for (const file of ["program.cjs", "program.mjs"]) {
      // 3.6 busy slots need four replicas, and four must be left in one zone of two.
      expect(run(folder, process.execPath, [file])).toEqual({ code: 0, stdout: "true 8 object true\n", stderr: "" });
    }
  });

  const consumer = `
    import { plan, requestOf, type Survive } from "nines";
    import { aws as known } from "nines/catalog";
    import { Service, type ServiceArgs } from "nines/aws";
    import { Service as OnKubernetes, type ServiceArgs as WordsOfKubernetes } from "nines/kubernetes";
    import { deploy } from "nines/deploy";
    import { rules } from "nines/policies";
    export const survive: Survive = "zone";
    // @ts-expect-error -- types are there: this is none of them
    export const typo: Survive = "galaxy";
    // @ts-expect-error -- a service says more than that
    export const args: ServiceArgs = { port: 80 };
    // @ts-expect-error -- nor is this all of one on Kubernetes
    export const pods: WordsOfKubernetes = { port: 80 };
    export const held = [plan, requestOf, known.limits, Service, OnKubernetes, deploy, rules];
  `;

  test.each([
    ["node16", "node16", ["consumer.mts", "consumer.cts"]],
    ["commonjs", "node10", ["consumer.ts"]],
  ])("types are found by module %s with resolution %s from %j", (module, moduleResolution, consumers) => {
    const folder = project(`types-${module}`, Object.fromEntries(consumers.map((file) => [file, consumer])));
    const found = tsc(
      folder,
      ...["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--types", "node"],
      ...["--module", module, "--moduleResolution", moduleResolution, ...consumers],
    );
    expect(found.stdout).toBe("");
    expect(found.code).toBe(0);
  });
});

function folder(name: string): string {
  const project = path.join(made.temporary, name);
  mkdirSync(project);
  made.install(project);
  return project;
}

const files = (project: string): readonly string[] =>
  readdirSync(project, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => path.relative(project, path.join(entry.parentPath, entry.name)))
    .sort();

describe("nines init", () => {
  test("writes a project that type-checks and previews at once", () => {
    const project = folder("My Shop");
    const written = nines(project, "init");
    expect(written).toMatchObject({ code: 0, stderr: "" });
    expect(files(project)).toEqual([
      ".github/workflows/preview.yml",
      ".gitignore",
      "Pulumi.yaml",
      "README.md",
      "package.json",
      "stacks/Pulumi.web-prod.yaml",
      "stacks/environments/index.ts",
      "stacks/environments/prod.ts",
      "stacks/index.ts",
      "stacks/systems/index.ts",
      "stacks/systems/web.ts",
      "tsconfig.json",
    ]);
    for (const file of files(project)) expect(written.stdout).toContain(file);
    const manifest = JSON.parse(readFileSync(path.join(project, "package.json"), "utf8")) as {
      readonly name: string;
      readonly main: string;
      readonly dependencies: Readonly<Record<string, string>>;
    };
    expect([manifest.name, manifest.main]).toEqual(["my-shop", "stacks/index.ts"]);
    expect(JSON.stringify(manifest)).not.toContain("__");
    expect(manifest).not.toHaveProperty("exports");
    expect(readFileSync(path.join(project, "README.md"), "utf8").split("\n").length).toBeLessThanOrEqual(11);
    expect(readFileSync(path.join(project, "stacks/Pulumi.web-prod.yaml"), "utf8")).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/node_modules\/nines\/stack\.schema\.json\n/,
    );

    expect(tsc(project)).toEqual({ code: 0, stdout: "", stderr: "" });
    const preview = nines(project, "preview", "--as-of", "2026-11-21");
    expectGolden("init.txt", preview.stdout);
    expect(preview.code).toBe(0);
  });

  test("refuses to overwrite, names each file that is there, and writes nothing", () => {
    const project = folder("taken");
    writeFileSync(path.join(project, "README.md"), "mine");
    mkdirSync(path.join(project, "stacks"));
    writeFileSync(path.join(project, "stacks/index.ts"), "mine");
    writeFileSync(path.join(project, "other.txt"), "mine");
    const refused = nines(project, "init");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toBe(
      "README.md, stacks/index.ts are there already: nothing was written; run nines init in an empty folder\n",
    );
    expect(files(project)).toEqual(["README.md", "other.txt", "stacks/index.ts"]);
  });
});

const examples = path.join(root, "examples");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;

/** An example as a user has it: the packed library, and of the SDKs those that it lists. */
function installed(example: string): string {
  const folder = path.join(made.temporary, example);
  cpSync(path.join(examples, example), folder, { recursive: true });
  const { dependencies, devDependencies } = manifestOf(folder);
  const sdks = Object.keys({ ...dependencies, ...devDependencies });
  expect(sdks).not.toContain("@swc/core");
  // What packages bring along lies beside them; an SDK that is not listed is not there.
  made.install(
    folder,
    (name) => name !== "@pulumi" && name !== "@swc",
    sdks.filter((name) => name.startsWith("@pulumi/")),
  );
  return folder;
}

/** Holds a block of the README against a text; `npm run goldens` writes it. */
function expectInReadme(marker: string, language: string, text: string): void {
  const file = path.join(root, "README.md");
  const open = `<!-- ${marker}: npm run goldens writes it -->\n\`\`\`${language}\n`;
  const readme = readFileSync(file, "utf8");
  const from = readme.indexOf(open) + open.length;
  const held = readme.slice(from, readme.indexOf("\n```", from));
  if (process.env["NINES_GOLDENS"] === "write")
    writeFileSync(file, readme.slice(0, from) + text + readme.slice(from + held.length));
  else expect(held).toBe(text);
}

test("the examples are those that are held here", () => {
  expect(readdirSync(examples).sort()).toEqual(["gitops", "kubernetes-service", "platform", "service"]);
});

test("their versions of what the library needs are the library's own", () => {
  const own = manifestOf(root);
  for (const example of readdirSync(examples)) {
    const { dependencies, devDependencies } = manifestOf(path.join(examples, example));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      const ours = name === "nines" ? "^0.1.0" : (own.dependencies[name] ?? own.devDependencies[name]);
      expect({ name, version }).toEqual({ name, version: ours });
    }
  }
});

describe("examples/service", () => {
  test("is fifteen lines at most", () => {
    const program = readFileSync(path.join(examples, "service/index.ts"), "utf8");
    const lines = program.slice(program.indexOf("const web")).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  test("type-checks, and previews as its golden", () => {
    const folder = installed("service");
    expect(tsc(folder)).toEqual({ code: 0, stdout: "", stderr: "" });
    const preview = nines(folder, "preview", "-C", folder, "--as-of", "2026-11-21");
    expectGolden("example-service.txt", preview.stdout);
    expectInReadme("screen of examples/service", "text", preview.stdout.trimEnd());
    expectInReadme(
      "program of examples/service",
      "ts",
      readFileSync(path.join(examples, "service/index.ts"), "utf8").trimEnd(),
    );
    expect(preview.code).toBe(0);
  });
});

describe("examples/kubernetes-service", () => {
  test("is fifteen lines at most", () => {
    const program = readFileSync(path.join(examples, "kubernetes-service/index.ts"), "utf8");
    const lines = program.slice(program.indexOf("const web")).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  test("type-checks, and previews as its golden", () => {
    const folder = installed("kubernetes-service");
    expect(tsc(folder)).toEqual({ code: 0, stdout: "", stderr: "" });
    const preview = nines(folder, "preview", "-C", folder, "--as-of", "2026-11-21");
    expectGolden("example-kubernetes-service.txt", preview.stdout);
    expect(preview.code).toBe(0);
  });
});

test("examples/gitops holds what is rendered of its program, without the SDKs of AWS", () => {
  const folder = installed("gitops");
  const held = path.join(examples, "gitops/manifests");
  const to = path.join(folder, "manifests");
  expect(nines(folder, "render", "prod", "-C", folder, "--to", to)).toMatchObject({ code: 0 });
  if (process.env["NINES_GOLDENS"] === "write") {
    rmSync(held, { recursive: true, force: true });
    cpSync(to, held, { recursive: true });
  }
  const texts = (at: string) => files(at).map((file) => [file, readFileSync(path.join(at, file), "utf8")]);
  expect(texts(to)).toEqual(texts(held));
  expect(files(held).length).toBeGreaterThan(5);
});

describe("examples/platform", () => {
  test("type-checks, and previews as its golden: what is shared is in one stack's cost alone", () => {
    const folder = installed("platform");
    expect(tsc(folder)).toEqual({ code: 0, stdout: "", stderr: "" });
    const preview = nines(folder, "preview", "-C", folder, "--as-of", "2026-11-21");
    expectGolden("example-platform.txt", preview.stdout);
    expect(preview.code).toBe(0);
  });

  test("two services of one priority are told before the deploy", () => {
    const folder = path.join(made.temporary, "platform");
    const file = path.join(folder, "Pulumi.orders.yaml");
    const config = readFileSync(file, "utf8");
    writeFileSync(file, config.replace('"priority": 20', '"priority": 10'));
    const preview = nines(folder, "preview", "-C", folder, "orders", "web", "--as-of", "2026-11-21");
    expect(preview.code).toBe(5);
    expect(preview.stdout.replaceAll(/\s+/g, " ")).toContain(
      "balancer route orders: priority 10 on the listener, as balancer-route/web/us-east-1 of stack web",
    );
  });
});
