import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../model";
import { exportOf } from "../preview/a-document";
import { recordStack, shipped } from "../stacks";
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
      "other.json is JSON of another kind (Resources); accepted are the documents of pulumi stack export, of pulumi preview --json, and of nines preview --json",
    );
    expect(complaints(from("--from", "nowhere.json"))).toMatch(/^nowhere\.json cannot be read: ENOENT/);
    expect(complaints(from("embedding-prod", "--from", "state.json"))).toMatch(/^--from reads one file/);
  });
});
