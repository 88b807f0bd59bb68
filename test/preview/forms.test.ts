// One program in three forms: our recording, the document of `pulumi preview --json`, the export of the stack.
import fc from "fast-check";
import type { Report, Resource, RuleResult } from "../../model";
import { reportsOfFile } from "../../preview/from-file";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { recordStack, shipped } from "../stacks";
import { otherCases } from "../policies/deployable-cases";
import { resource } from "../policies/fixture";
import { serviceCases } from "../policies/deployable-service-cases";
import { exportOf, previewOf } from "./a-document";

const asOf = "2026-11-21";

function recordedReport(stack: string, resources: readonly Resource[]): Report {
  return reportOf({ stack, resources, origin: "recorded", asOf }, workings);
}

function fileReport(document: unknown): Report {
  const [report] = reportsOfFile("x.json", JSON.stringify(document, null, 4), { asOf }, workings);
  if (report === undefined) throw new Error("no report");
  return report;
}

/** Rules that compare with what stands: in a preview it is there, in a recording and an export not. */
const comparing = new Set(["replicas-not-dropped", "store-not-replaced", "object-not-replaced"]);

/** Each verdict by rule, Part and what is said of it. */
function verdicts(rules: readonly RuleResult[]): readonly string[] {
  return rules.map(({ id, part, verdict, severity }) => `${id} ${part ?? "stack"} ${verdict} ${severity}`);
}

describe.each(shipped.map((file) => [file.stack, file] as const))("%s", (_, file) => {
  let resources: readonly Resource[];
  let recorded: Report;
  beforeAll(async () => {
    resources = (await recordStack(file)).resources;
    recorded = recordedReport(file.stack, resources);
  });

  test.each([
    ["a preview before the first deploy", () => previewOf(resources)],
    ["a preview of nothing that changes", () => previewOf(resources, { before: resources })],
    ["the export", () => exportOf(resources)],
  ])("%s says what the recording says", (_name, document) => {
    const read = fileReport(document());
    expect(verdicts(read.rules.filter(({ id }) => !comparing.has(id)))).toEqual(verdicts(recorded.rules));
    for (const { id, verdict } of read.rules) if (comparing.has(id)) expect([id, verdict]).toEqual([id, "pass"]);
    expect(read.availability).toEqual(recorded.availability);
    expect(read.cost).toEqual(recorded.cost);
    expect(read.mismatches).toEqual([]);
    expect(read.conflicts).toEqual([]);
    expect(read.resources.map(({ urn, state }) => `${urn} ${state}`)).toEqual(
      recorded.resources.map(({ urn, state }) => `${urn} ${state}`),
    );
  });
});

describe("with what does not change left out", () => {
  test("nothing is decided otherwise, and only what one resource breaks is decided at all", async () => {
    const { resources } = await recordStack(shipped.find(({ stack }) => stack === "embedding-prod")!);
    const recorded = new Set(verdicts(recordedReport("embedding-prod", resources).rules));
    const all = resources.filter(({ custom }) => custom);
    fc.assert(
      fc.property(fc.subarray([...all], { minLength: 1, maxLength: all.length - 1 }), (created) => {
        const before = resources.filter((resource) => !created.includes(resource));
        const read = fileReport(previewOf(resources, { before, sames: false }));
        expect(read.file?.unseen).toBe(before.filter(({ type }) => type !== "pulumi:pulumi:Stack").length);
        expect(read.cost.partial).toBe(true);
        expect(read.availability).toBeNull();
        expect(read.rules.filter(({ verdict }) => verdict === "pass")).toEqual([]);
        const failing = read.rules.filter(({ verdict }) => verdict === "fail");
        for (const verdict of verdicts(failing)) expect(recorded).toContain(verdict);
      }),
      { numRuns: 20 },
    );
  });
});

/** Small programs that nobody planned: each limit of AWS broken, and kept. */
const programs = Object.entries({ ...serviceCases, ...otherCases }).map(
  ([id, cases]) =>
    [
      id,
      cases
        .flat()
        .filter((program): program is readonly Resource[] => !("graph" in program))
        // Of the ones of thousands the first is enough, which breaks the limit: the form is the same in the one that keeps it.
        .filter((program, index) => index === 0 || program.length < 1000),
    ] as const,
);

/** So that all forms know the region. */
const provider = resource("pulumi:providers:aws", { region: "us-east-1" });

describe.each(programs)("programs of others about %s", (id, stacks) => {
  const recordings = stacks.map((program) => {
    const resources = [...program, provider];
    return [resources, recordedReport("stack", resources)] as const;
  });
  const said = (report: Report): readonly string[] =>
    report.rules.map(({ id: rule, part, verdict }) => `${rule} ${part ?? "stack"} ${verdict}`).sort();

  test("a preview says the same", () => {
    for (const [resources, recorded] of recordings)
      expect(said(fileReport(previewOf(resources)))).toEqual(said(recorded));
  });

  test("the export decides nothing otherwise", () => {
    for (const [resources, recorded] of recordings) {
      const exported = new Set(said(fileReport(exportOf(resources))));
      const open = new Set(recorded.rules.flatMap((rule) => (rule.verdict === "undecided" ? [rule.id] : [])));
      const decided = said(recorded).filter((verdict) => !open.has(verdict.split(" ")[0] ?? ""));
      // By a set: some programs have five thousand services, and as many verdicts of each rule.
      expect(decided.filter((verdict) => !exported.has(verdict))).toEqual([]);
      expect([...exported].filter((verdict) => verdict.startsWith(`deployable/${id} `)).length).toBeGreaterThan(0);
    }
  });

  test("beside what is left out, only what one resource breaks is decided", () => {
    for (const [resources, recorded] of recordings) {
      const elsewhere = { ...resources[0]!, urn: `${resources[0]!.urn}-elsewhere` };
      const document = previewOf([...resources, elsewhere], { before: [elsewhere], sames: false });
      const messages = new Set(recorded.rules.map(({ id: rule, message }) => `${rule} ${message}`));
      const decided = fileReport(document).rules.filter(({ verdict }) => verdict !== "undecided");
      expect(decided.filter(({ verdict }) => verdict !== "fail")).toEqual([]);
      expect(decided.filter(({ id: rule, message }) => !messages.has(`${rule} ${message}`))).toEqual([]);
    }
  });
});
