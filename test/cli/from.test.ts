import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nameOfUrn, type Report, type Resource } from "../../model";
import { workings } from "../../preview/workings";
import { exportOf, previewOf } from "../preview/a-document";
import { configured, recordStack, shipped } from "../stacks";
import { asOf, complaints, nines, reportsOf, type Ran } from "./a-project";

const prod = shipped.find((file) => file.stack === "embedding-prod")!;
let base: string;
/** A folder that is no project. */
let folder: string;

function from(...args: readonly string[]): Ran {
  return nines(["preview", ...args, ...asOf], folder, join(base, "tmp"));
}

function write(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content, null, 4));
  return name;
}

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "nines-from-"));
  folder = join(base, "elsewhere");
  mkdirSync(join(base, "tmp"));
  mkdirSync(folder);
  write("state.json", exportOf((await recordStack(prod)).resources));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("--from a stack export, in a folder that is no project", () => {
  test("is reported as the stack is", () => {
    const ran = from("--from", "state.json");
    expect(complaints(ran)).toBe("");
    expect(ran.status).toBe(0);
    expect(ran.output).toMatch(/^embedding-prod +aws us-east-1, 3 zones/m);
    expect(ran.output).toMatch(/^ +replicas +embedding +\d+ to \d+ +\d+\|\d+\|\d+ /m);
    expect(ran.output).toMatch(/^ {2}cost +USD\/month +2,\d{3} expected/m);
    expect(ran.output).toMatch(/^ {2}nines +99\.\d+ % of 99\.99 % asked/m);
    expect(ran.output).toMatch(/^ {2}stands +\d+ resources: ec2 /m);
    expect(ran.output).not.toMatch(/^ {2}(create|differs|conflict|unread) /m);
  });

  test("says where it comes from, and holds no ciphertext", () => {
    const ran = from("--from", "state.json", "--json");
    const [report] = reportsOf(ran).reports as readonly [Report];
    expect(report).toMatchObject({ stack: "embedding-prod", origin: "state", mismatches: [], conflicts: [] });
    expect(ran.output).not.toContain("v1:");
  });

  test("what is not a file of a program is named, with what is", () => {
    const ran = from("--from", write("other.json", { Resources: {} }));
    expect(ran.status).toBe(1);
    expect(complaints(ran)).toBe(
      "other.json is JSON of another kind (Resources); accepted are the documents of pulumi stack export, of pulumi preview --json, and of nines preview --json, and manifests of Kubernetes",
    );
    expect(complaints(from("--from", "nowhere.json"))).toMatch(
      /^nowhere\.json cannot be read: no such file or directory$/,
    );
    expect(complaints(from("embedding-prod", "--from", "state.json"))).toMatch(/^--from reads one file/);
  });
});

describe("--from an export of which entries cannot be read", () => {
  const urn = (name: string): string => `urn:pulumi:prod::shop::aws:s3/bucket:Bucket::${name}`;
  const bucket = (name: string) => ({ urn: urn(name), type: "aws:s3/bucket:Bucket", custom: true, inputs: {} });
  const of = (name: string, resources: readonly unknown[]): Ran =>
    from("--from", write(name, { version: 3, deployment: { resources } }));

  test("how many they are is said, on the screen and in JSON", () => {
    const ran = of("some.json", [bucket("a"), null, 5, { urn: 5 }, { ...bucket("b"), urn: "x" }]);
    expect(ran.output).toMatch(/^ {2}partial +4 entries of it cannot be read \(no resource, or its urn is none\)/m);
    expect(reportsOf(from("--from", "some.json", "--json")).reports[0]?.file?.unreadable).toBe(4);
    expect(of("one.json", [bucket("a"), null]).output).toMatch(/^ {2}partial +1 entry of it cannot be read /m);
    expect(of("all.json", [bucket("a")]).output).not.toMatch(/^ {2}partial/m);
  });

  test("where none can be read, that is the end", () => {
    const ran = of("none.json", [null, { ...bucket("b"), urn: "x" }]);
    expect([ran.status, complaints(ran)]).toEqual([
      1,
      "none.json has 2 entries and no resource: each needs a urn (urn:pulumi:<stack>::<project>::<type>::<name>)",
    ]);
  });
});

describe("--from beside what it cannot heed", () => {
  test.each([
    [["--config", "aws:region=eu-west-1"], "--config has"],
    [["-C", "."], "--directory has"],
    [["--keep-env", "--timeout", "60"], "--keep-env, --timeout have"],
  ])("%j is refused", (args, which) => {
    const ran = from("--from", "state.json", ...args);
    expect([ran.status, complaints(ran)]).toEqual([
      1,
      `--from reads a file and runs nothing: ${which} no meaning beside it`,
    ]);
  });

  test("a second --from is refused", () => {
    expect(complaints(from("--from", "state.json", "--from", "state.json"))).toMatch(
      /reads one file, and two are named/,
    );
  });

  test("a report was judged already: no demand, no day", () => {
    write("report.json", from("--from", "state.json", "--json").output);
    expect(nines(["preview", "--from", "report.json"], folder, join(base, "tmp")).status).toBe(0);
    expect(complaints(from("--from", "report.json"))).toBe(
      "report.json is a report, judged by its own day: --as-of is for what pulumi writes",
    );
    write("demand.yaml", "objectives: { availability: 0.99, survive: zone }\nworkloads: {}\n");
    expect(
      complaints(nines(["preview", "--from", "report.json", "--demand", "demand.yaml"], folder, join(base, "tmp"))),
    ).toBe("report.json is a report, which was judged already: --demand is for what pulumi writes");
  });
});

test("--from a preview of components alone is reported, as its export is", () => {
  const urn = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";
  const stack = { urn, type: "pulumi:pulumi:Stack", custom: false };
  const ran = from("--from", write("components.json", { steps: [{ op: "create", urn, newState: stack }] }));
  expect(complaints(ran)).toBe("");
  expect(ran.output).toMatch(/^prod .* 0 resources, read from components\.json$/m);
});

describe("--from a preview", () => {
  let resources: readonly Resource[];
  let busier: readonly Resource[];
  const replaces = (resource: Resource, differs: readonly string[]): readonly string[] =>
    differs.filter((property) => workings.replaces(resource.type, property) === true);

  beforeAll(async () => {
    resources = (await recordStack(prod)).resources;
    const load = { requestsPerSecond: { mean: 450, peak: 1050 } };
    const images = {
      ...(prod.config["images"] as object),
      embedding: `registry.example.com/e@sha256:${"7".repeat(64)}`,
    };
    busier = (await recordStack(configured("embedding-prod", { load, images }))).resources;
  });
  const report = (...args: readonly string[]): Report => {
    const ran = from(...args, "--json");
    expect(complaints(ran)).toBe("");
    const [found] = reportsOf(ran).reports;
    if (found === undefined) throw new Error(ran.output);
    return found;
  };
  const listed = ({ changes }: Report): readonly string[] =>
    (changes?.resources ?? []).map(
      ({ op, urn, forcedBy }) => `${op} ${nameOfUrn(urn)}${forcedBy === undefined ? "" : ` by ${forcedBy}`}`,
    );

  test("of what is new: all is created, and nothing is compared", () => {
    const read = report("--from", write("new.json", previewOf(resources)));
    expect(read).toMatchObject({ origin: "preview-json", file: { name: "new.json", unseen: 0 } });
    expect(read.changes).toBeUndefined();
  });

  test.each([false, true])("old and new by itself, with replacement steps: %s", (replacementSteps) => {
    const gone = {
      ...resources.find(({ type }) => type === "aws:sns/topic:Topic")!,
      urn: "urn:pulumi:embedding-prod::nines::aws:sns/topic:Topic::gone",
    };
    const document = previewOf(busier, { before: [...resources, gone], replaces, replacementSteps });
    const read = report("--from", write("preview.json", document));
    const image = listed(read).filter((line) => line.startsWith("replace"));
    expect(image).toEqual(["replace embedding-us-east-1-task by containerDefinitions[0].image"]);
    expect(listed(read)).toEqual(expect.arrayContaining(["delete gone", "update embedding-us-east-1-scaling"]));
    expect(read.changes?.against).toBe("what stands");
    const embedding = read.changes?.replicas.find(({ part }) => part.includes("/embedding/"));
    expect(embedding?.to?.min).toBeGreaterThan(embedding?.from?.min ?? Infinity);
    expect(read.changes?.same).toBe(
      read.resources.length - listed(read).filter((line) => !line.startsWith("delete")).length,
    );
    expect(read.changes?.settings.map(({ key }) => key)).toContain("load.requestsPerSecond.peak");
    expect(read.rules.filter(({ id }) => id === "replicas-not-dropped").map(({ verdict }) => verdict)).toEqual([
      "pass",
      "pass",
    ]);
  });

  test("without what does not change: says so, and what may rest on it is open", () => {
    const document = previewOf(busier, { before: resources, replaces, sames: false });
    const all = previewOf(busier, { before: resources, replaces });
    const ran = from("--from", write("changes.json", document));
    const unseen = all.steps.length - document.steps.length;
    const flat = ran.output.replaceAll(/\s+/g, " ");
    expect(flat).toContain(`partial ${unseen} unchanged resources are not in changes.json: counts and cost`);
    expect(flat).toMatch(/cost USD\/month [\d,.]+( -> [\d,.]+ \([^)]*\))? expected.*?, partial/);
    expect(flat).toContain("nines not known: what is not in view has a part in it");
    expect(flat).toMatch(/rules 0 pass, 0 fail, \d+ undecided/);
    expect(flat).toMatch(/same \d+ resources/);
    expect(ran.status).toBe(0);
    expect(from("--from", "changes.json", "--strict").status).toBe(11);
  });

  test("without what does not change, beside the stack's export: whole again", () => {
    const whole = report("--from", write("all.json", previewOf(busier, { before: resources, replaces })));
    write("changes.json", previewOf(busier, { before: resources, replaces, sames: false }));
    const filled = report("--from", "changes.json", "--against", write("stands.json", exportOf(resources)));
    expect(filled.file?.unseen).toBe(0);
    expect(filled.rules).toEqual(whole.rules);
    expect(filled.changes).toEqual(whole.changes);
    expect(filled.cost).toEqual(whole.cost);
  });

  test("what is ignored is as it was: a failure that rests on it is open", () => {
    const service = resources.find(
      ({ type, name }) => type === "aws:ecs/service:Service" && name === "embedding-us-east-1",
    )!;
    const old = resources.map((each) =>
      each === service ? { ...each, inputs: { ...each.inputs, desiredCount: 100_000 } } : each,
    );
    expect(service.ignoreChanges).toContain("desiredCount");
    for (const document of [previewOf(resources, { before: old }), exportOf(old)]) {
      const read = report("--from", write("old.json", document));
      expect(read.rules.filter(({ verdict }) => verdict === "fail").map(({ id }) => id)).not.toContain(
        "scaler-bounds-agree",
      );
      const open = read.rules.filter(({ id, verdict }) => id === "scaler-bounds-agree" && verdict === "undecided");
      expect(open.map(({ message }) => message).join()).toMatch(
        /as it was before: changes of desiredCount are ignored/,
      );
    }
  });

  test("after what an installation says, and in what a Windows shell writes", () => {
    const text = JSON.stringify(previewOf(resources), null, 4);
    writeFileSync(
      join(folder, "chatter.json"),
      `Installing dependencies...\n{ not this }\n\nadded 1 package\n${text}\nwarning: A new version\n`,
    );
    writeFileSync(join(folder, "windows.json"), Buffer.from(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "utf16le"));
    const plain = report("--from", write("plain.json", previewOf(resources)));
    for (const name of ["chatter.json", "windows.json"]) expect(report("--from", name).rules).toEqual(plain.rules);
  });

  test("that failed, or shows nothing, is refused in a sentence", () => {
    const failed = { ...previewOf(resources), diagnostics: [{ message: "error: it broke\n", severity: "error" }] };
    expect(complaints(from("--from", write("failed.json", failed)))).toBe(
      "failed.json is of a preview that failed, and shows only a part: error: it broke",
    );
    const stack = { urn: "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", type: "pulumi:pulumi:Stack", custom: false };
    const shown = { op: "same", urn: stack.urn, oldState: stack, newState: stack, detailedDiff: null };
    const none = { steps: [shown], duration: 1, changeSummary: { same: 8 } };
    expect(complaints(from("--from", write("none.json", none)))).toBe(
      "none.json shows none of 7 resources, because none changes: run pulumi preview --json --show-sames",
    );
  });
});
