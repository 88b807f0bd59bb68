import { markdownOf } from "../../preview/markdown";
import { aProject, asOf, complaints, reportsOf, type AProject, type Ran } from "./a-project";

let project: AProject;
let json: Ran;
let text: Ran;
beforeAll(() => {
  project = aProject();
  json = project.nines("preview", "--json", ...asOf);
  text = project.nines("preview", ...asOf);
});
afterAll(() => project.delete());

const systems = ["embedding", "model-serving", "vectordb"];
const all = ["dev", "staging", "prod"].flatMap((environment) => systems.map((system) => `${system}-${environment}`));

describe("what is printed", () => {
  test("JSON alone on standard output, in one shape, whatever takes long", () => {
    const reports = reportsOf(json);
    expect(Object.keys(reports)).toEqual(["schema", "reports", "removed", "mistakes"]);
    expect(reports).toMatchObject({ schema: 1, removed: [], mistakes: [] });
    for (const report of reports.reports) {
      expect(report).toMatchObject({
        schema: 1,
        asOf: "2026-11-21",
        origin: "recorded",
        planned: { ok: true },
        mismatches: [],
      });
      expect(Object.keys(report)).toEqual(
        expect.arrayContaining(["stack", "built", "conflicts", "cost", "availability", "rules", "resources"]),
      );
      expect(report.changes).toBeUndefined();
    }
    expect(json.status).toBe(0);
    expect(complaints(json)).toBe("");
    expect(json.errors).toMatch(/^((embedding|model-serving|vectordb)-\w+ \.\.\.\n)*$/);
    expect(new Set(json.errors.split("\n")).size).toBe(json.errors.split("\n").length);
  });

  test("stacks stand dev, staging, prod; the table sums them up; the last line is the exit code", () => {
    expect(reportsOf(json).reports.map((report) => report.stack)).toEqual(all);
    const lines = text.output.trimEnd().split("\n");
    const table = lines.slice(lines.findIndex((line) => /^stack +replicas/.test(line)));
    const rows = table.map((line) => line.split(" ")[0] ?? "").filter((name) => /-(dev|staging|prod)$/.test(name));
    expect(rows).toEqual(all);
    const total = reportsOf(json).reports.reduce((sum, report) => sum + report.cost.perMonthUsd.expected, 0);
    expect(table.find((line) => line.startsWith("total"))).toContain(Math.round(total).toLocaleString("en-US"));
    expect(lines.at(-1)).toBe("exit 0");
  });

  test("what would be created takes at most four lines a stack", () => {
    const blocks = text.output.split("\n\n").filter((block) => /^ {2}create /.test(block));
    expect(blocks).toHaveLength(all.length);
    for (const block of blocks) expect(block.split("\n").length).toBeLessThanOrEqual(4);
  });

  test("a comment: tagged, below 60,000 characters, its folds closed", () => {
    const comment = markdownOf(reportsOf(json));
    expect(comment.startsWith("<!-- nines preview -->\n")).toBe(true);
    expect(comment.length).toBeLessThan(60_000);
    expect(comment.match(/<details>/g)).toHaveLength(all.length);
    expect(comment.match(/<\/details>/g)).toHaveLength(all.length);

    const { output, status } = project.nines("preview", "embedding-dev", "vectordb-dev", "--markdown", ...asOf);
    expect(status).toBe(0);
    const reports = reportsOf(json).reports.filter(({ stack }) => /^(embedding|vectordb)-dev$/.test(stack));
    expect(output.trimEnd()).toBe(markdownOf({ ...reportsOf(json), reports }).trimEnd());
  });

  test.each([
    [
      ["--filter", "environment=prod"],
      ["embedding-prod", "model-serving-prod", "vectordb-prod"],
    ],
    [["--filter", "system=embedding", "--filter", "environment=dev"], ["embedding-dev"]],
    [["embedding-staging", "--filter", "system=embedding"], ["embedding-staging"]],
    // As they were named.
    [
      ["vectordb-dev", "embedding-dev"],
      ["vectordb-dev", "embedding-dev"],
    ],
  ])("%j, and the same is said of each as beside all others", (args, stacks) => {
    const { reports } = reportsOf(project.nines("preview", ...args, "--json", ...asOf));
    const beside = new Map(reportsOf(json).reports.map((report) => [report.stack, report]));
    expect(reports.map((report) => report.stack)).toEqual(stacks);
    expect(reports).toEqual(stacks.map((stack) => beside.get(stack)));
  });
});

describe("explain", () => {
  test("each number, its rivals, its sources; settings; demand; assumptions; the next nine", () => {
    const { output, status } = project.nines("explain", "embedding-prod", ...asOf);
    expect(status).toBe(0);
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    expect(output).toMatch(/^embedding scaling\.min = \d+ replicas +\d+\|\d+\|\d+ +binding: /m);
    for (const constraint of ["zone loss", "burst", "utilisation", "objective", "latency", "rollout"])
      expect(output).toMatch(new RegExp(`^ {2}${constraint} +\\d+ `, "m"));
    for (const label of ["exact", "approx", "assumed"]) expect(output).toMatch(new RegExp(`\\[${label}: \\S`));
    // The seed's own rule, (1,000 / 50) and a quarter of it on top.
    expect(output).toMatch(/^ {2}seed +25 +20 active \+ 5 failover$/m);
    expect(output).toMatch(/^ {2}combined as +the largest/m);
    expect(output).toMatch(/^next nine +99\.999 %/m);
    expect(output).toMatch(/^ {2}load\.requestsPerSecond\.peak +yaml +1,000$/m);
    expect(output).toMatch(/^ {2}quotas\.fargateVcpus +environment +300$/m);
    expect(output).toMatch(/^ {2}objectives\.availability +system +0\.9999$/m);
    expect(output).toMatch(/^ {2}at demand +low +mid +high$/m);
    expect(output).toMatch(/^ {2}way out \(NAT\)/m);
    expect(output).toMatch(/\* per-zone$/m);
    const effects = [...output.matchAll(/^ {6}moves +([\d,.]+) USD\/month/gm)].map(([, money = ""]) =>
      Number(money.replaceAll(",", "")),
    );
    expect(effects.length).toBeGreaterThan(10);
    expect(effects).toEqual([...effects].sort((a, b) => b - a));
    expect(output.match(/^ {6}to measure: \S/gm)?.length).toBe(effects.length);
  });
});

test("policies names each rule, and where it is mandatory", () => {
  const { output, status } = project.nines("policies");
  expect(status).toBe(0);
  expect(output).toMatch(/^budget +mandatory/m);
  expect(output).toMatch(/\d+ rules; a waiver needs a reason and an end date$/m);
});
