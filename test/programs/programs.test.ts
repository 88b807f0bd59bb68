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

describe.each(programs)("%s", (program) => {
  let report: Report;
  beforeAll(() => {
    report = previewed(program);
  });

  test("is shown as it is, what nobody reads among it", () => {
    expectGolden(`programs/${program}.txt`, `${textOf(report)}\n`);
  });

  test("of its billed resources at least 80 % are read", () => {
    const priced = report.resources.filter(({ type }) => billed.has(type));
    const read = priced.filter(({ state }) => state === "read");
    expect(priced.length).toBeGreaterThan(0);
    expect(read.length / priced.length).toBeGreaterThanOrEqual(0.8);
  });

  test("has no availability: nobody said what it must carry", () => {
    expect(report.availability).toBeNull();
    expect(report.planned).toBeNull();
  });
});

test("fails: the failure is a sentence with its place, and nothing is reported", () => {
  const ran = nines(["preview", "-C", join(__dirname, "fails"), "--as-of", "2026-11-21"]);
  expect([ran.status, ran.output.trim()]).toEqual([1, "exit 1"]);
  expectGolden("programs/fails.txt", ran.errors.replaceAll(join(__dirname, "fails"), "FOLDER"));
});
