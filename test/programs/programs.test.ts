import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Report, Reports } from "../../model";
import { textOf } from "../../preview/text";
import { expectGolden, nines } from "../goldens/golden";
import { billed } from "./billed";

/** By style; the stack is the one that each has a file of. */
const programs = [
  "web-components",
  "crosswalk",
  "embedding-by-hand",
  "esm",
  "plain-js",
  "outputs",
  "regions",
  "references",
  "dynamic",
] as const;

function previewed(program: string): Report {
  const folder = join(__dirname, program);
  const ran = nines(["preview", "-C", folder, "--json", "--as-of", "2026-11-21"]);
  const { reports, mistakes } = JSON.parse(ran.output) as Reports;
  expect(mistakes).toEqual([]);
  expect(reports).toHaveLength(1);
  return reports[0]!;
}

const reports = new Map<string, Report>();

describe.each(programs)("%s", (program) => {
  let report: Report;
  beforeAll(() => {
    report = previewed(program);
    reports.set(program, report);
  });

  test("is shown as it is, what nobody reads among it", () => {
    expectGolden(`programs/${program}.txt`, `${textOf(report)}\n`);
  });

  test("has no availability: nobody said what it must carry", () => {
    expect(report.availability).toBeNull();
    expect(report.planned).toBeNull();
  });
});

test("of all that AWS bills by itself at least 80 % is read; how much of each program, in a golden", () => {
  const rows = [...reports].map(([program, { resources, cost }]) => {
    const bills = resources.filter(({ type }) => billed.has(type));
    const read = (list: Report["resources"]): number => list.filter(({ state }) => state === "read").length;
    return { program, all: resources.length, read: read(resources), bills: bills.length, billsRead: read(bills), cost };
  });
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
  expect(rows).toHaveLength(programs.length);
  expect(sum((row) => row.billsRead) / sum((row) => row.bills)).toBeGreaterThanOrEqual(0.8);
  const lines = rows.map(({ program, all, read, bills, billsRead, cost }) => {
    const usd = `${Math.round(cost.perMonthUsd.expected)} USD/month${cost.partial ? ", partial" : ""}`;
    return `${program}: ${read} of ${all} resources read; ${billsRead} of ${bills} that are billed; ${usd}`;
  });
  expectGolden("programs/read.txt", `${lines.join("\n")}\n`);
});

test("fails: the failure is a sentence with its place, and nothing is reported", () => {
  const ran = nines(["preview", "-C", join(__dirname, "fails"), "--as-of", "2026-11-21"]);
  expect([ran.status, ran.output.trim()]).toEqual([1, "exit 1"]);
  // What it is doing is said after a second, before or after that it fails.
  const said = ran.errors.split("\n").filter((line) => !line.endsWith(" ..."));
  expectGolden("programs/fails.txt", said.join("\n").replaceAll(join(__dirname, "fails"), "FOLDER"));
});

test("the README's screen of a program is the preview of web-components", () => {
  const file = join(__dirname, "../../README.md");
  const block = /(<!-- screen of a program: .*-->\n```text\n)[^]*?(```\n)/;
  const screen = nines(["preview", "-C", join(__dirname, "web-components"), "--as-of", "2026-11-21"]).output.trimEnd();
  if (process.env["NINES_GOLDENS"] === "write") {
    const readme = readFileSync(file, "utf8");
    writeFileSync(
      file,
      readme.replace(block, (_, open: string, close: string) => `${open}${screen}\n${close}`),
    );
  }
  expect(readFileSync(file, "utf8")).toContain(`\n${screen}\n`);
});
