import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as model from "../../model";
import { loadTables, requireFreshBuild } from "../../preview/load-stacks";
import { folderAtRef, folderOnDisk } from "../../preview/stack-folder";

const files = {
  "stacks/systems/one.ts": `import { defineSystem, type System } from "../../model";\nexport const one: System = defineSystem({ objectives: { availability: 0.99, survive: "zone" }, workloads: {} });\n`,
  "stacks/systems/index.ts": `import { one } from "./one";\nimport * as model from "../../model";\nexport const systems = { one, model } as const;\n`,
  "stacks/environments/index.ts": `import facts from "./facts.json";\nexport const environments: Record<string, unknown> = { dev: facts };\n`,
  "stacks/environments/facts.json": `{ "tier": "dev" }`,
  "stacks/index.ts": `import { systems } from "./systems";\nexport = () => systems.one;\n`,
  "stacks/Pulumi.one-dev.yaml": "config: {}\n",
};

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "nines-test-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(changes: Readonly<Record<string, string>>, at = root): void {
  for (const [path, text] of Object.entries(changes)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
}

function git(...args: readonly string[]): void {
  execFileSync(
    "git",
    ["-C", root, "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...args],
    { stdio: "ignore" },
  );
}

describe("loading stacks/", () => {
  test("reads tables, data files and the program; imports of the library find this library", () => {
    write(files);
    const tables = loadTables(folderOnDisk(root));
    expect(tables.systems["one"]).toEqual({ objectives: { availability: 0.99, survive: "zone" }, workloads: {} });
    expect(tables.systems["model"]).toHaveProperty("partKey", model.partKey);
    expect(tables.environments).toEqual({ dev: { tier: "dev" } });
    expect(tables.program()()).toBe(tables.systems["one"]);
  });

  test("a second load finds the cache, and a change does not", () => {
    write(files);
    expect(loadTables(folderOnDisk(root)).environments).toEqual({ dev: { tier: "dev" } });
    write({ "stacks/systems/one.ts": files["stacks/systems/one.ts"].replace("0.99", "0.5") });
    expect(loadTables(folderOnDisk(root)).systems["one"]).toMatchObject({ objectives: { availability: 0.5 } });
    expect(loadTables(folderOnDisk(root)).systems["one"]).toMatchObject({ objectives: { availability: 0.5 } });
  });

  test.each([
    ["stacks/systems/one.ts", "const = 3;", /^stacks\/systems\/one\.ts does not parse: line 1: /],
    ["stacks/systems/one.ts", "throw new Error('no\\nway');", /^stacks\/systems\/one\.ts cannot be loaded: no$/],
    ["stacks/systems/index.ts", "import './two';", /^stacks\/systems\/index\.ts imports \.\/two, which is not there$/],
    ["stacks/systems/index.ts", "export const x = 1;", /exports no table called systems$/],
    [
      "stacks/systems/index.ts",
      "import 'no-such-package-here';",
      /^stacks\/systems\/index\.ts cannot be loaded: Cannot find module/,
    ],
  ])("%s with %j is one sentence", (path, text, sentence) => {
    write({ ...files, [path]: text });
    expect(() => loadTables(folderOnDisk(root))).toThrow(sentence);
  });

  test("a program that is no function is said", () => {
    write({ ...files, "stacks/index.ts": "export const x = 1;" });
    expect(() => loadTables(folderOnDisk(root)).program()).toThrow(/must end in: export = /);
  });

  test("no stacks/ is said", () => {
    expect(() => folderOnDisk(root)).toThrow(/has no stacks\/ folder$/);
  });
});

describe("stacks/ of a git ref", () => {
  test("is that commit's, beside the one on disk, and leaves nothing behind", () => {
    write(files);
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "one");
    write({ "stacks/environments/facts.json": `{ "tier": "prod" }` });
    const before = loadTables(folderAtRef(root, "HEAD"));
    expect(before.environments).toEqual({ dev: { tier: "dev" } });
    expect(loadTables(folderOnDisk(root)).environments).toEqual({ dev: { tier: "prod" } });
    expect(folderAtRef(root, "HEAD").files).toEqual(Object.keys(files).sort());
    expect(execFileSync("git", ["-C", root, "status", "--short"], { encoding: "utf8" })).toBe(
      " M stacks/environments/facts.json\n?? node_modules/\n",
    );
  });

  test("a project below the repository's root has its own stacks/", () => {
    write(files, join(root, "deep"));
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "one");
    expect(loadTables(folderAtRef(join(root, "deep"), "HEAD")).environments).toEqual({ dev: { tier: "dev" } });
  });

  test("no repository, no such ref, a shallow clone: a sentence each; no stacks/ there: no files", () => {
    expect(() => folderAtRef(root, "HEAD")).toThrow(/is in no git repository, so HEAD cannot be read/);
    write({ "README.md": "x" });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "one");
    expect(folderAtRef(root, "HEAD").files).toEqual([]);
    expect(() => folderAtRef(root, "nope")).toThrow(/^nope is neither a file nor a ref/);
    expect(() => folderAtRef(root, "--output=x")).toThrow(/^--output=x is neither a file nor a ref/);
    write(files);
    git("add", ".");
    git("commit", "-qm", "two");
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${root}`, join(root, "clone")], { stdio: "ignore" });
    expect(() => folderAtRef(join(root, "clone"), "HEAD~1")).toThrow(
      /^this is a shallow clone without HEAD~1: fetch more/,
    );
  });
});

describe("compiled code", () => {
  const at = (path: string, seconds: number): void => utimesSync(join(root, path), seconds, seconds);
  test("older than its sources is refused, with what to run; newer is not", () => {
    write({ "model/a.ts": "", "dist/model/a.js": "" });
    at("model/a.ts", 1000);
    at("dist/model/a.js", 1001);
    expect(() => requireFreshBuild(join(root, "dist"))).not.toThrow();
    at("model/a.ts", 1002);
    expect(() => requireFreshBuild(join(root, "dist"))).toThrow("model/a.ts is newer than dist/: run npm run build");
    write({ "dist/.built": "" });
    expect(() => requireFreshBuild(join(root, "dist"))).not.toThrow();
  });
  test("sources run as they are", () => {
    expect(() => requireFreshBuild(root)).not.toThrow();
  });
});
