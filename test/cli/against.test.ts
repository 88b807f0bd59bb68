import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nameOfUrn, type Changes, type Report, type Resource } from "../../model";
import { textOf } from "../../preview/text";
import { aProject, asOf, complaints, git, nines, reportsOf, type AProject } from "./a-project";

const PROD = "stacks/Pulumi.embedding-prod.yaml";

let project: AProject;
beforeAll(() => {
  project = aProject();
  project.git("init", "--quiet", "--initial-branch", "main");
  project.commit();
});
afterAll(() => project.delete());

function against(ref: string, ...more: readonly string[]): { readonly report: Report; readonly changes: Changes } {
  const ran = project.nines("preview", "embedding-prod", "--against", ref, "--json", ...asOf, ...more);
  expect(complaints(ran)).toBe("");
  const [report] = reportsOf(ran).reports;
  if (report?.changes === undefined) throw new Error(ran.output.slice(0, 2000));
  return { report, changes: report.changes };
}

/** `update ecs service name`, with what forces it. */
function listed(changes: Changes): readonly string[] {
  return changes.resources.map(
    ({ op, type, urn, forcedBy }) =>
      `${op} ${type.slice(type.lastIndexOf(":") + 1)} ${nameOfUrn(urn)}${forcedBy === undefined ? "" : ` by ${forcedBy}`}`,
  );
}

function changed<T>(edit: () => void, look: () => T): T {
  edit();
  try {
    return look();
  } finally {
    project.git("checkout", "--quiet", "--", "stacks");
    project.git("clean", "--quiet", "--force", "-d", "stacks");
  }
}

describe("against a commit", () => {
  test("nothing that did not change is listed", () => {
    const { changes, report } = against("HEAD");
    expect(changes.resources).toEqual([]);
    expect(changes.settings).toEqual([]);
    expect(changes.same).toBe(report.resources.length);
    expect(changes.perMonthUsd.from).toEqual(changes.perMonthUsd.to);
    const text = project.nines("preview", "embedding-prod", "--against", "main", ...asOf).output;
    expect(text).toMatch(/^embedding-prod .* against main \(nothing changes\)$/m);
    expect(text).toMatch(new RegExp(`^ {2}same +${changes.same} resources$`, "m"));
    expect(text).not.toMatch(/^ {2}(create|update|replace|delete|setting) /m);
    expect(text).not.toContain("->");
  });

  test("a load that grows: replicas, cost and nines old and new, and only what carries them", () => {
    const { report, changes } = changed(
      () => project.edit(PROD, "mean: 400, peak: 1000", "mean: 500, peak: 1400"),
      () => against("HEAD"),
    );
    const text = textOf(report);
    expect(changes.settings).toEqual([
      { key: "load.requestsPerSecond.mean", from: 400, to: 500 },
      { key: "load.requestsPerSecond.peak", from: 1000, to: 1400 },
    ]);
    const embedding = changes.replicas.find((each) => each.part.includes("/embedding/"));
    expect(embedding?.to?.min).toBeGreaterThan(embedding?.from?.min ?? Infinity);
    const vectors = changes.replicas.find((each) => each.part.includes("/vectors/"));
    expect(vectors?.to).toEqual(vectors?.from);
    expect(changes.perMonthUsd.to.expected).toBeGreaterThan(changes.perMonthUsd.from?.expected ?? Infinity);
    expect(changes.unavailability.from).not.toBeNull();
    expect(changes.unavailability.to).toBe(report.availability?.unavailability);
    expect([...new Set(listed(changes).map((line) => line.split(" ").slice(0, 2).join(" ")))].sort()).toEqual([
      "update MetricAlarm",
      "update Policy",
      "update Target",
    ]);
    expect(changes.same).toBe(report.resources.length - changes.resources.length);
    const [from, to] = [embedding?.from?.min, embedding?.to?.min];
    expect(text).toMatch(
      new RegExp(
        `^ {2}update +appautoscaling target embedding-us-east-1-scaling .*minCapacity\\s+${from} -> ${to}$`,
        "m",
      ),
    );
    expect(text).toMatch(
      new RegExp(`embedding +${from} -> ${to}, up to \\d+ +\\d+\\|\\d+\\|\\d+ -> \\d+\\|\\d+\\|\\d+ `),
    );
    expect(text).toMatch(/cost +USD\/month +2,\d{3} -> \d,\d{3} \(\+\d+ %\) expected/);
    expect(text).toMatch(/vectors +2 .*unchanged/);
  });

  test("an image replaces its task definition, and the service that runs it is updated", () => {
    const { report, changes } = changed(
      () => project.edit(PROD, "6f1d2a9c", "00000000"),
      () => against("HEAD"),
    );
    const text = textOf(report);
    expect(listed(changes)).toEqual([
      "update Service embedding-us-east-1",
      "replace TaskDefinition embedding-us-east-1-task by containerDefinitions[0].image",
    ]);
    expect(changes.resources[0]?.note).toMatch(/^takes taskDefinition from embedding-us-east-1-task/);
    expect(changes.perMonthUsd.to).toEqual(changes.perMonthUsd.from);
    // The digests' ends tell them apart: their beginnings are the same.
    expect(text.replaceAll(/\s+/g, " ")).toMatch(/image \S*6f1d2a9c\S* -> \S*00000000\S*/);
  });

  test("a cache with fewer entries gets another node, in place", () => {
    const { changes } = changed(
      () => project.edit("stacks/systems/embedding.ts", "entries: 2_000_000", "entries: 500_000"),
      () => against("HEAD"),
    );
    const node = changes.resources.find((each) => each.type === "aws:elasticache/replicationGroup:ReplicationGroup");
    expect(node?.op).toBe("update");
    expect(node?.properties.map((each) => each.path)).toContain("nodeType");
    expect(listed(changes).filter((line) => /^(create|delete|replace)/.test(line))).toEqual([]);
  });

  test("a stack that is new, one that is gone, and the others untouched", () => {
    const ran = changed(
      () => {
        project.stack("embedding-new");
        project.remove("stacks/Pulumi.embedding-staging.yaml");
      },
      () => project.nines("preview", "--filter", "system=embedding", "--against", "HEAD", "--json", ...asOf),
    );
    const { reports, removed } = reportsOf(ran);
    expect(removed).toEqual(["embedding-staging"]);
    const of = (stack: string) => reports.find((report) => report.stack === stack);
    expect(of("embedding-dev")?.changes?.resources).toEqual([]);
    const created = of("embedding-new");
    expect(new Set(created?.changes?.resources.map((each) => each.op))).toEqual(new Set(["create"]));
    expect(created?.changes?.resources).toHaveLength(created?.resources.length ?? 0);
    expect(created?.changes?.perMonthUsd.from).toBeNull();
    expect(created?.changes?.against).toBe("HEAD, which has no such stack");
  });

  test("a baseline that could not be planned is said, and is no reason to refuse", () => {
    const broken = changed(
      () => project.edit(PROD, "mean: 400", "mean: -4"),
      () => {
        project.git("commit", "--quiet", "--all", "--message", "a mistake");
        return project.git("rev-parse", "HEAD").trim();
      },
    );
    project.git("reset", "--quiet", "--hard", "HEAD~1");
    expect(against(broken).changes.against).toBe(`${broken}, which could not be planned`);
  });
});

describe("a ref that cannot be read is one sentence", () => {
  const sentence = (folder: string, ref: string): string => {
    const ran = nines(["preview", "embedding-dev", "--against", ref, ...asOf], folder, project.temporary);
    expect(ran.status).toBe(1);
    expect(ran.output).toBe("");
    expect(complaints(ran).split("\n")).toHaveLength(1);
    return complaints(ran);
  };

  test("it does not exist, or is an option", () => {
    expect(sentence(project.root, "nope")).toBe("nope is neither a file nor a ref of this repository");
    expect(sentence(project.root, "--output=x")).toMatch(/^--output=x is neither a file nor a ref/);
    expect(readdirSync(project.root).sort()).toEqual(
      [".git", ".gitignore", "Pulumi.yaml", "node_modules", "package.json", "stacks"].sort(),
    );
    expect(project.git("status", "--porcelain")).toBe("");
  });

  test("no repository, a shallow clone", () => {
    const bare = aProject();
    expect(sentence(bare.root, "HEAD")).toMatch(
      /is in no git repository, so HEAD cannot be read; --against also takes a file$/,
    );
    bare.delete();

    project.commit();
    const clone = join(project.root, "..", "clone");
    git(project.root, ["clone", "--quiet", "--depth", "1", `file://${project.root}`, clone]);
    expect(sentence(clone, "HEAD~1")).toMatch(/^this is a shallow clone without HEAD~1: fetch more of it/);
  });

  test("a commit without stacks/, as before a project's first: every stack is new", () => {
    const tree = git(project.root, ["hash-object", "-t", "tree", "-w", "/dev/null"]).trim();
    const empty = git(project.root, ["commit-tree", tree, "-m", "nothing"]).trim();
    const ran = project.nines("preview", "embedding-prod", "--against", empty, ...asOf);
    expect(complaints(ran)).toBe("");
    expect(ran.status).toBe(0);
    expect(ran.output.replaceAll(/\s+/g, " ")).toContain(`${empty}, which has no such stack`);
  });
});

describe("against a file", () => {
  const file = (name: string, text: string): string => {
    mkdirSync(join(project.root, "..", "files"), { recursive: true });
    const path = join(project.root, "..", "files", name);
    writeFileSync(path, text);
    return path;
  };

  test("a report: nothing changed; then a load", () => {
    const printed = project.nines("preview", "embedding-dev", "embedding-prod", "--json", ...asOf).output;
    const base = file("base.json", printed);
    expect(against(base).changes).toMatchObject({ against: "base.json", resources: [], settings: [] });
    const { changes } = changed(
      () => project.edit(PROD, "peak: 1000", "peak: 1400"),
      () => against(base),
    );
    expect(changes.settings.map((each) => each.key)).toEqual(["load.requestsPerSecond.peak"]);
  });

  test("an exported state: what is known there and not yet here is no change; what a provider filled in neither", () => {
    const { report } = against("HEAD");
    const base = file("state.json", JSON.stringify(exported(report)));
    const same = against(base);
    expect(listed(same.changes)).toEqual([]);
    expect(same.changes.same).toBe(report.resources.length);
    const { changes } = changed(
      () => project.edit(PROD, "6f1d2a9c", "00000000"),
      () => against(base),
    );
    expect(listed(changes)).toEqual([
      "update Service embedding-us-east-1",
      "replace TaskDefinition embedding-us-east-1-task by containerDefinitions[0].image",
    ]);
  });

  test("neither of them, and an empty stack", () => {
    const told = (path: string): string => {
      const ran = project.nines("preview", "embedding-dev", "--against", path, ...asOf);
      expect(ran.status).toBe(1);
      return complaints(ran);
    };
    expect(told(file("x.json", "{}"))).toMatch(
      /x\.json is an empty document; accepted are .* pulumi stack export, .* pulumi preview --json, .* nines preview --json, and manifests of Kubernetes$/,
    );
    expect(told(file("x.txt", "hello"))).toMatch(/x\.txt is not JSON; accepted are/);
    expect(told(file("half.json", '{"schema":1,"reports":[{"stack":"embedding-dev"}]}'))).toMatch(
      /is a report of which something is missing; accepted are/,
    );
    expect(told(file("none.json", '{"version":3,"deployment":{"resources":[]}}'))).toMatch(
      /is of a stack without resources$/,
    );
  });
});

/** As `pulumi stack export` has it: every unknown by now a value, defaults marked, ids and outputs beside. */
function exported(report: Report) {
  const resources = report.resources.map((resource: Resource) => ({
    urn: resource.urn,
    type: resource.type,
    custom: true,
    id: `id-${resource.name}`,
    inputs: { ...(settled(resource.inputs) as object), __defaults: ["filledIn"], filledIn: 1 },
    outputs: { arn: "arn:aws:x" },
    parent: resource.parent,
    dependencies: resource.dependencies,
    propertyDependencies: resource.propertyDependencies,
  }));
  return { version: 3, deployment: { manifest: {}, resources } };
}

function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== "object" || value === null) return value;
  if ("$unknown" in value) return "sg-0123456789";
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settled(inner)]));
}
