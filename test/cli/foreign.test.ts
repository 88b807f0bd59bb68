import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aProgram, type AProgram } from "../preview/a-program";
import { asOf, complaints, git, nines, reportsOf, type Ran } from "./a-project";

const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config();
const zones = aws.getAvailabilityZonesOutput();
const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const subnets = [0, 1].map((index) => new aws.ec2.Subnet(\`private-\${index}\`, { vpcId: vpc.id, cidrBlock: \`10.0.\${index}.0/24\`, availabilityZone: zones.names[index] }));
const cluster = new aws.ecs.Cluster("shop");
const task = new aws.ecs.TaskDefinition("web", { family: "web", cpu: "512", memory: "1024", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], containerDefinitions: JSON.stringify([{ name: "web", image: "nginx:1.27" }]) });
new aws.ecs.Service("web", { cluster: cluster.arn, desiredCount: config.requireNumber("replicas"), launchType: "FARGATE", taskDefinition: task.arn, networkConfiguration: { subnets: subnets.map((subnet) => subnet.id) } });
new aws.iot.Thing("fridge", { name: config.get("fridge") ?? "fridge" });
`;

let program: AProgram;
let temporary: string;
const run = (...args: readonly string[]): Ran =>
  nines(["preview", "-C", program.root, ...args, ...asOf], tmpdir(), temporary);

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "nines-foreign-"));
  program = aProgram({
    "index.ts": PROGRAM,
    "Pulumi.small.yaml": "config:\n  aws:region: eu-west-1\n  shop:replicas: 2\n",
    "Pulumi.big.yaml": "config:\n  aws:region: us-east-1\n  shop:replicas: 6\n",
    ".gitignore": "node_modules\n",
  });
  git(program.root, ["init", "--quiet"]);
  git(program.root, ["add", "--all"]);
  git(program.root, ["commit", "--quiet", "--message", "as it was"]);
});
afterAll(() => {
  program.delete();
  rmSync(temporary, { recursive: true });
});

test("one screen a stack, from a folder elsewhere, and the table of both", () => {
  const ran = run();
  expect(complaints(ran)).toBe("");
  expect(ran.status).toBe(5);
  const [big = "", small = ""] = ran.output.split(/\n\n(?=small )/);
  expect(big).toMatch(/^big {3}aws us-east-1 +7 resources, recorded by running it$/m);
  expect(small).toMatch(/^small {3}aws eu-west-1 +7 resources, recorded by running it$/m);
  expect(big).toMatch(/^ {2}replicas {3}web {2}6 {2}3\|3$/m);
  expect(big).toMatch(/^ {2}nines {6}not known: nobody said the demand \(--demand FILE\)$/m);
  expect(big).toMatch(/^ {2}unread {5}1 resource in no figure above: iot thing$/m);
  expect(big).toMatch(/^ {2}stand-ins {2}no provider was asked; answered by stand-ins: getAvailabilityZones$/m);
  expect(ran.output).toMatch(/^big .*\n-+\n|^total /m);
});

test("the same in JSON and markdown, with how much of it is read", () => {
  const [report] = reportsOf(run("small", "--json")).reports;
  expect(report).toMatchObject({
    stack: "small",
    planned: null,
    origin: "recorded",
    availability: null,
    coverage: { resources: 7, read: 6, billed: 2, billedRead: 1, priced: 1 },
    run: {
      calls: [{ token: "aws:index/getAvailabilityZones:getAvailabilityZones", count: 1, answered: true }],
      reads: [],
    },
  });
  expect(run("small", "--markdown").output).toContain("| small | web 2 |");
});

describe("old -> new", () => {
  test("against a git ref, which is run the same way, and a report", () => {
    const report = `${program.root}-report.json`;
    writeFileSync(report, run("small", "--json").output);
    program.write("Pulumi.small.yaml", "config:\n  aws:region: eu-west-1\n  shop:replicas: 4\n");
    try {
      for (const baseline of ["HEAD", report]) {
        const { output } = run("small", "--against", baseline);
        expect(output).toMatch(/^ {2}replicas {3}web {2}2 -> 4 {2}1\|1 -> 2\|2$/m);
        expect(output).toMatch(/^ {2}update +ecs service web {3}desiredCount 2 -> 4$/m);
        expect(output).toMatch(/^ {2}same +6 resources$/m);
      }
    } finally {
      git(program.root, ["checkout", "--quiet", "."]);
      rmSync(report);
    }
  });

  test("a ref that is not there, or holds no such project, is said", () => {
    expect(complaints(run("--against", "nope"))).toBe("nope is neither a file nor a ref of this repository");
  });
});

describe("what is refused", () => {
  test("missing configuration is listed, all of it, with the flag that gives it: exit 2", () => {
    program.write("more.ts", "");
    program.write("Pulumi.small.yaml", "config:\n  aws:region: eu-west-1\n");
    program.write("index.ts", `${PROGRAM}\nconfig.requireBoolean("wide"); new pulumi.Config("team").require("name");`);
    const ran = run("small");
    git(program.root, ["checkout", "--quiet", "."]);
    expect(ran.output).toMatch(/^3 mistakes in Pulumi\.small\.yaml$/m);
    for (const key of ["shop:replicas", "shop:wide", "team:name"])
      expect(ran.output).toContain(`add --config ${key}=<value>`);
    expect(ran.status).toBe(2);
  });

  test("an encrypted value that must be more than text is told, each, with what would stand for it: exit 2", () => {
    const reads = `const c = new (require("@pulumi/pulumi").Config)(); c.requireSecretObject("o"); c.requireSecretNumber("n"); c.requireBoolean("b"); c.requireSecret("t");`;
    const secure = (key: string): string => `  shop:${key}:\n    secure: v1:AAAA:BBBB\n`;
    const mine = aProgram({
      "index.js": reads,
      "Pulumi.dev.yaml": `config:\n${["o", "n", "b", "t"].map(secure).join("")}`,
    });
    const ran = nines(["preview", "-C", mine.root], tmpdir(), temporary);
    mine.delete();
    expect(ran.status).toBe(2);
    expect(ran.output).toMatch(/^3 mistakes in Pulumi\.dev\.yaml$/m);
    expect(ran.output.replaceAll(/\s+/g, " ")).toContain(
      "the value is encrypted, which nobody can read offline, and the program wants an object; give one that stands for it: --config shop:o={}",
    );
    for (const given of ["shop:n=0", "shop:b=true"]) expect(ran.output).toContain(`--config ${given}`);
    expect(ran.output).not.toContain("AAAA");
  });

  test.each<[readonly string[], RegExp]>([
    [["smal"], /^there is no stack smal; did you mean small\?$/],
    [["--filter", "system=a"], /^--filter is for stacks with a system and an environment; name the stacks/],
    [["--config", "region"], /needs key=value, for example aws:region=us-east-1/],
    [["--timeout", "0"], /needs seconds, more than 0 and at most 86400/],
  ])("%j: exit 1", (args, sentence) => {
    const ran = run(...args);
    expect(complaints(ran)).toMatch(sentence);
    expect(ran.status).toBe(1);
  });

  test("a folder that is not there, a program of another language, and --config in place of a file", () => {
    const gone = nines(["preview", "-C", "/nowhere"], tmpdir(), temporary);
    expect(gone.errors).toBe("there is no folder /nowhere\n");
    const python = join(program.root, "python");
    mkdirSync(python);
    writeFileSync(join(python, "Pulumi.yaml"), "name: a\nruntime: python\n");
    expect(nines(["preview", "-C", python], tmpdir(), temporary).errors).toMatch(
      /\/Pulumi\.yaml is of runtime python; nines runs projects of runtime nodejs, and reads what pulumi preview --json prints/,
    );
    rmSync(python, { recursive: true });
    const other = aProgram({ "index.js": `exports.size = new (require("@pulumi/pulumi").Config)().require("size");` });
    const ran = nines(["preview", "-C", other.root, "--config", "size=3"], tmpdir(), temporary);
    other.delete();
    expect(complaints(ran)).toBe(`${other.root} has no Pulumi.<stack>.yaml: run as stack dev`);
    expect(ran.status).toBe(0);
  });
});

describe("a component of nines in somebody's program that refuses its arguments", () => {
  const library = join(__dirname, "..", "..", "dist/components/aws/library");
  const service = (over: string): string => `
const { Service } = require(${JSON.stringify(library)});
new Service("web", {
  image: "registry.example.com/web@sha256:${"a".repeat(64)}", port: 8080, health: "/healthz", serviceTimeMs: 30,
  load: { requestsPerSecond: { mean: 40, peak: 120 } }, alerts: { emails: ["oncall@example.com"] },
  network: { create: true, nat: "one", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] }, ${over} });`;
  const refused = (over: string, ...args: readonly string[]): Ran => {
    const mine = aProgram({ "index.js": service(over), "Pulumi.dev.yaml": "config: {}\n" });
    try {
      return nines([...args, "-C", mine.root], tmpdir(), temporary);
    } finally {
      mine.delete();
    }
  };

  test("every mistake is told, a line each, with what to do: exit 2", () => {
    const wrong =
      'port: 80800, health: "healthz", sice: 1, cache: { entries: 0, keyBytes: 40, valueBytes: 500 }, logDays: 31,';
    const ran = refused(wrong, "preview");
    expect(ran.status).toBe(2);
    expect(ran.output).toMatch(/^5 mistakes in Service "web" of dev\n\n/);
    expect([...ran.output.matchAll(/^ +(\S+) {3}got (\S+)$/gm)].map(([, key, got]) => `${key} ${got}`).sort()).toEqual([
      "cache.entries 0",
      "health.path healthz",
      "logDays 31",
      "port 80800",
      "sice 1",
    ]);
    expect(ran.output).toMatch(/^ +unknown argument; did you mean size\?$/m);
  });

  test("a plan that cannot be had says limit and what does plan in lines of their own: exit 10", () => {
    for (const command of ["preview", "explain"]) {
      const ran = refused("quotas: { fargateVcpus: 1 },", command);
      expect(ran.status).toBe(10);
      expect(complaints(ran)).toMatch(
        /^dev: Service "web" cannot be planned\n {2}replica-group\/web\S+ needs .*\n {4}plans: quotas\.fargateVcpus: \d+ .*$/,
      );
    }
  });
});

describe("several components of nines in one program", () => {
  const library = (target: string): string => join(__dirname, "..", "..", "dist/components", target, "library");
  const kubernetes = `
const { Cache, Service, Store } = require(${JSON.stringify(library("kubernetes"))});
const where = { zones: ["us-east-1a", "us-east-1b", "us-east-1c"], nodes: { platform: "eks", machine: "m7i.large" },
  load: { requestsPerSecond: { mean: 40, peak: 120 } } };
const image = "registry.example.com/web@sha256:${"a".repeat(64)}";
const service = { image, port: 8080, health: "/ready", serviceTimeMs: 30, ...where };
const store = { image, memoryMiB: 1024, readsPerSecondPerMember: 13000, writesPerSecondPerLeader: 7000, writeShare: 0.05, replicationBatchMs: 100,
  replicationLagMs: 200, startSeconds: 20, volumeGiB: 100, probes: { health: { path: "/ready" } }, ...where };`;
  let other: AProgram | undefined;
  afterEach(() => other?.delete());
  const preview = (program: string): Ran => {
    other = aProgram({ "index.js": program, "Pulumi.dev.yaml": "config: {}\n" });
    return nines(["preview", "-C", other.root], tmpdir(), temporary);
  };

  test("tell what is wrong with each at once, and nothing that follows from another's: exit 2", () => {
    const ran = preview(`${kubernetes}
const db = new Store("db", { ...store, ports: { rest: 80800 } });
const carts = new Cache("carts", { ...where, entries: 0, keyBytes: 40, valueBytes: 500 });
const right = new Service("right", { ...service, environment: { DB: db.url, CARTS: carts.url }, reaches: [db, carts] });
const secrets = { PASSWORD: { existing: carts.passwordSecret } };
const web = new Service("web", { ...service, health: "healthz", secrets, environment: { RIGHT: right.url, HOST: carts.address } });
module.exports = { url: web.url, address: db.addresses.rest, cost: web.costPerMonthUsd + carts.replicas };`);
    expect(ran.output).toMatch(
      /^1 mistake in Store "db" of dev\n\n[^]*^1 mistake in Cache "carts" of dev\n\n[^]*^1 mistake in Service "web" of dev\n\n/m,
    );
    expect(ran.output.match(/^ +\S+ {3}got .*$/gm)?.map((line) => line.trim())).toEqual([
      "ports.rest   got 80800",
      "entries   got 0",
      "health.path   got healthz",
    ]);
    expect(ran.status).toBe(2);
  });

  test("and which cannot be planned, with what does plan", () => {
    const ran = preview(`
const { Cache, Service } = require(${JSON.stringify(library("aws"))});
const network = { create: true, nat: "one", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] };
const where = { network, alerts: { emails: ["oncall@example.com"] }, load: { requestsPerSecond: { mean: 40, peak: 120 } } };
const service = { image: "registry.example.com/web@sha256:${"a".repeat(64)}", port: 8080, health: "/healthz", serviceTimeMs: 30, ...where };
const narrow = new Service("narrow", { ...service, quotas: { fargateVcpus: 1 } });
const carts = new Cache("carts", { ...where, entries: -1, keyBytes: 40, valueBytes: 500, callers: [narrow.url] });
new Service("web", { ...service, port: 0, environment: { NARROW: narrow.url, CARTS: carts.endpoint, TOKEN: carts.tokenSecretName } });`);
    expect(ran.output).toMatch(/^1 mistake in Cache "carts" of dev\n[^]*^1 mistake in Service "web" of dev\n/m);
    expect(complaints(ran)).toMatch(/^dev: Service "narrow" cannot be planned\n {2}replica-group\/narrow\S+ needs /);
    expect(ran.status).toBe(2);
  });
});

describe("a stack without a file", () => {
  let other: AProgram | undefined;
  afterEach(() => other?.delete());
  const preview = (...args: readonly string[]): Ran =>
    nines(["preview", "-C", other?.root ?? "", ...args, ...asOf], tmpdir(), temporary);

  test("at a ref, where it has one today, is a stack that was not there", () => {
    other = aProgram({ "index.js": `new (require("@pulumi/aws").sns.Topic)("a");`, ".gitignore": "node_modules\n" });
    const { root } = other;
    git(root, ["init", "--quiet"]);
    git(root, ["add", "--all"]);
    git(root, ["commit", "--quiet", "--message", "without a stack"]);
    expect(preview("--against", "HEAD").output).toMatch(/^dev .* against HEAD \(nothing changes\)$/m);
    other.write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
    const { output } = preview("--against", "HEAD");
    expect(output).toMatch(/^dev .* against HEAD, which has no such stack$/m);
    expect(output).toMatch(/^ {2}create +sns topic a$/m);
  });

  test("is not told of a file that is not there", () => {
    other = aProgram({ "index.js": `exports.size = new (require("@pulumi/pulumi").Config)().require("size");` });
    expect(preview().output).toMatch(/^1 mistake in stack dev, which has no file$/m);
  });

  test("that throws has its sentence in JSON", () => {
    other = aProgram({ "index.js": `throw new Error("the moon is full");` });
    const ran = preview("--json");
    expect(reportsOf(ran)).toMatchObject({
      reports: [],
      mistakes: [],
      problems: ["dev: the program fails: the moon is full (index.js:1)"],
    });
    expect(ran.status).toBe(1);
  });

  test("that names a provider is counted alike in its title and in its list", () => {
    other = aProgram({
      "index.js": `const aws = require("@pulumi/aws"); const provider = new aws.Provider("own", { region: "eu-west-1" }); new aws.sns.Topic("a", {}, { provider });`,
    });
    expect(preview().output).toMatch(/ 1 resource, recorded by running it$[^]*^ {2}create +1 resource: sns topic$/m);
  });

  test("whose file is broken is told where, and no more", () => {
    other = aProgram({ "index.js": "", "Pulumi.dev.yaml": "config:\n  a: 1\n b: 2\n" });
    expect(complaints(preview())).toMatch(/Pulumi\.dev\.yaml cannot be read: .*[^:]$/);
  });
});
