import fc from "fast-check";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { MARK, type RenderedFile } from "../../../preview/render/files";
import { writeFolder } from "../../../preview/render/folder";

const fs = jest.requireActual<typeof import("node:fs")>("node:fs");
const changing = ["mkdirSync", "mkdtempSync", "writeFileSync", "renameSync", "rmSync"] as const;

let base: string;
beforeEach(() => {
  base = fs.mkdtempSync(join(tmpdir(), "nines-cut-"));
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(base, { recursive: true, force: true });
});

const file = (path: string, text: string): RenderedFile => ({
  path,
  text: `${MARK} shop: changes belong there\n${text}`,
});

function tree(): Readonly<Record<string, string>> {
  const entries = fs.readdirSync(base, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(base, path), fs.readFileSync(path, "utf8")];
    }),
  );
}

/** Ends as a kill does: the step at hand half done where it can be, and nothing after it. @returns whether the work was cut off */
function killedAt(step: number, work: () => void): boolean {
  let steps = 0;
  for (const name of changing) {
    const real = fs[name] as (...given: readonly unknown[]) => unknown;
    const killed = (...given: readonly unknown[]): unknown => {
      steps += 1;
      if (steps < step) return real(...given);
      const [path, text] = given as [string, string];
      if (steps === step && name === "writeFileSync") real(path, text.slice(0, text.length / 2));
      if (steps === step && name === "rmSync" && fs.existsSync(path)) takeHalf(path);
      throw new Error("killed");
    };
    jest.spyOn(fs, name).mockImplementation(killed as never);
  }
  try {
    work();
  } catch {
    // Nobody is there to see it.
  }
  jest.restoreAllMocks();
  return steps >= step;
}

function takeHalf(folder: string): void {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files.slice(0, Math.ceil(files.length / 2))) fs.unlinkSync(join(parentPath, name));
}

const HIDDEN = /^\.out-/;
const others = { "README.md": "ours\n", "sub/notes.txt": "by hand\n", "sub/deep/more.txt": "too\n" };

function before(ours: readonly RenderedFile[], theirs: Readonly<Record<string, string>>): string {
  const to = join(base, "out");
  if (ours.length > 0) writeFolder(to, ours, true);
  for (const [path, text] of Object.entries(theirs)) {
    fs.mkdirSync(join(to, path, ".."), { recursive: true });
    fs.writeFileSync(join(to, path), text);
  }
  return to;
}

const underOut = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`out/${path}`, text]));

test("killed at any step: files of others are somewhere, and the next render has all of them and leaves nothing beside", () => {
  const ours = fc.constantFrom<readonly RenderedFile[]>(
    [],
    [file("a.yaml", "a: 1\n")],
    [file("a.yaml", "a: 1\n"), file("sub/b.yaml", "b: 1\n")],
  );
  const theirs = fc.subarray(Object.entries(others)).map((entries) => Object.fromEntries(entries));
  fc.assert(
    fc.property(
      ours,
      theirs,
      fc.integer({ min: 1, max: 24 }),
      fc.integer({ min: 1, max: 24 }),
      (was, kept, step, again) => {
        fs.rmSync(base, { recursive: true, force: true });
        fs.mkdirSync(base);
        const to = before(was, kept);
        const next = [file("c.yaml", "c: 1\n"), file("sub/d.yaml", "d: 1\n")];
        const write = (): readonly string[] => writeFolder(to, next, true);
        killedAt(step, write);
        // And once more, while it mends what the first left.
        killedAt(again, write);
        const texts = Object.values(tree());
        for (const text of Object.values(kept)) expect(texts.filter((each) => each === text)).toEqual([text]);
        const leftover = fs.readdirSync(base).some((name) => HIDDEN.test(name));
        const said = write();
        expect(said.length > 0).toBe(leftover);
        expect(tree()).toEqual(
          underOut({ ...kept, ...Object.fromEntries(next.map(({ path, text }) => [path, text])) }),
        );
        expect(fs.readdirSync(base)).toEqual(["out"]);
      },
    ),
    { numRuns: 40 },
  );
});

/** What the render after says, for each step at which the first was killed. */
function saidAfter(step: number): readonly string[] {
  fs.rmSync(base, { recursive: true, force: true });
  fs.mkdirSync(base);
  const to = before([file("a.yaml", "a: 1\n")], { "README.md": "ours\n" });
  if (!killedAt(step, () => writeFolder(to, [file("c.yaml", "c: 1\n")], true))) return ["done"];
  return writeFolder(to, [file("c.yaml", "c: 1\n")], true).map((text) => text.replace(to, "out"));
}

test("what was cut off where is said", () => {
  const said = new Set(Array.from({ length: 20 }, (_, index) => saidAfter(index + 1)).flat());
  expect([...said]).toEqual([
    "an earlier render into out was cut off before it changed anything",
    "an earlier render into out was cut off half-way; what stood there is back",
    "an earlier render into out was cut off half-way; 1 file of others put back (README.md)",
    "an earlier render into out was cut off at its end",
    "done",
  ]);
});

/** Cut off between its two renames. */
function halfWay(): { readonly to: string; readonly beside: string } {
  const to = before([file("a.yaml", "a: 1\n")], { "README.md": "ours\n" });
  for (let step = 1; fs.existsSync(to); step += 1)
    killedAt(step, () => writeFolder(to, [file("c.yaml", "c: 1\n")], true));
  const [beside = ""] = fs.readdirSync(base).filter((name) => HIDDEN.test(name));
  return { to, beside: join(base, beside) };
}

test("a folder that was made anew meanwhile is not written over", () => {
  const { to, beside } = halfWay();
  fs.mkdirSync(to);
  fs.writeFileSync(join(to, "README.md"), "anew\n");
  const there = tree();
  expect(() => writeFolder(to, [file("c.yaml", "c: 1\n")], true)).toThrow(
    `${to} was made anew since a render was cut off: what stood there before is in ${beside}/old`,
  );
  expect(tree()).toEqual(there);
});

test("a render that is still at work is waited for", () => {
  const { to, beside } = halfWay();
  const plan = join(beside, "render.json");
  const planned = JSON.parse(fs.readFileSync(plan, "utf8")) as object;
  fs.writeFileSync(plan, JSON.stringify({ ...planned, process: process.ppid }));
  const there = tree();
  expect(() => writeFolder(to, [file("c.yaml", "c: 1\n")], true)).toThrow(
    `is being written by process ${process.ppid}`,
  );
  expect(tree()).toEqual(there);
});

test("hidden folders of others stay as they are", () => {
  const to = join(base, "out");
  for (const [folder, name, text] of [
    [".out-abc", "a.txt", "a"],
    [".out-abcdef", "a.txt", "a"],
    [".out-cached", "render.json", JSON.stringify({ folder: "out-", process: 1, others: [] })],
    [".out-longer-name", "render.json", "{"],
  ] as const) {
    fs.mkdirSync(join(base, folder));
    fs.writeFileSync(join(base, folder, name), text);
  }
  const there = tree();
  expect(writeFolder(to, [file("c.yaml", "c: 1\n")], false)).toEqual([]);
  expect(tree()).toEqual({ ...there, "out/c.yaml": file("", "c: 1\n").text });
});
