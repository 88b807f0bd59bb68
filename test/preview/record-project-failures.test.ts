import { RecordingError } from "../../preview/record";
import { MissingConfiguration } from "../../preview/foreign/ending";
import { foreignProject } from "../../preview/foreign/project-file";
import { stackConfig } from "../../preview/foreign/stack-config";
import { aProgram, type AProgram } from "./a-program";

let program: AProgram | undefined;
afterEach(() => program?.delete());

const ES_MODULE = { "package.json": '{ "type": "module" }' };

async function problems(files: Readonly<Record<string, string>>, timeoutSeconds = 60): Promise<readonly string[]> {
  program = aProgram(files);
  const failed: unknown = await program.record("dev", { timeoutSeconds }).catch((error: unknown) => error);
  if (!(failed instanceof RecordingError)) throw new Error(`it should be refused, and is not: ${String(failed)}`);
  return failed.problems;
}

const BUCKET = `const aws = require("@pulumi/aws");`;

describe("a program that fails is told in a sentence", () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      "a slip of syntax, in TypeScript",
      { "index.ts": "export const a = 1;\nconst x = {;\n" },
      /^TSError: ⨯ Unable to compile TypeScript: index\.ts\(2,12\): error TS1136: Property assignment expected\.$/,
    ],
    [
      "a slip of syntax, in JavaScript",
      { "index.js": "const a = 1;\nconst x = {;\n" },
      /^SyntaxError: Unexpected token ';' \(index\.js:2\)$/,
    ],
    [
      "a slip of syntax, in an ES module",
      { ...ES_MODULE, "index.js": "export const a = 1;\nconst x = {;\n" },
      /^SyntaxError: Unexpected token ';'$/,
    ],
    [
      "a throw",
      { "index.ts": `\nconst f = (): void => {\n  throw new Error("the moon is full");\n};\nf();\n` },
      /^the moon is full \(index\.ts:3\)$/,
    ],
    ["a slip of types", { "index.js": "let x;\nx.y();\n" }, /^TypeError: Cannot read .* \(index\.js:2\)$/],
    ["what is no error", { "index.js": `throw "just text";` }, /^just text$/],
    [
      "a rejection",
      { "index.js": `module.exports = async () => { throw new Error("late"); };` },
      /^late \(index\.js:1\)$/,
    ],
    [
      "a throw in a value's apply",
      { "index.js": `require("@pulumi/pulumi").output(1).apply(() => { throw new Error("bad"); });` },
      /^bad \(index\.js:1\)$/,
    ],
    [
      "a module that is not there",
      { "index.js": `require("@pulumi/nope");` },
      /^Cannot find module '@pulumi\/nope' \(index\.js:1\); is it installed\?$/,
    ],
    ["no main file", {}, /^its main file .*\/index\.js is not there$/],
    [
      "a main file that is not built",
      { "package.json": '{ "main": "out/index.js", "scripts": { "build": "tsc" } }' },
      /^its main file out\/index\.js, as package\.json names it, is not there; is it built\?$/,
    ],
    [
      "TypeScript as an ES module, without a loader",
      { ...ES_MODULE, "index.ts": "export const a = 1;" },
      /^TypeError: Unknown file extension ".ts" .*; a module in TypeScript needs a loader: install tsx and write options: \{ nodeargs: "--import tsx" \} /,
    ],
    [
      "an exit in the middle that claims success",
      { "index.js": `new (require("@pulumi/random").RandomId)("a", { byteLength: 1 }); process.exit(0);` },
      /^it ends itself \(process\.exit\) before it is done/,
    ],
    [
      "an exit that says why",
      { "index.js": `console.log("no licence"); process.exit(3);` },
      /^it ends itself \(process\.exit\) with exit code 3: no licence$/,
    ],
    [
      "a value that never comes",
      { "index.js": "module.exports = () => new Promise(() => {});" },
      /^it waits for a value that never comes, so it never gets to its end$/,
    ],
    ["a signal", { "index.js": `process.kill(process.pid, "SIGKILL");` }, /^it was killed and says nothing$/],
    [
      "two resources of one name",
      { "index.js": `${BUCKET}\nnew aws.s3.Bucket("a");\nnew aws.s3.Bucket("a");` },
      /^two resources of type aws:s3\/bucket:Bucket are called "a" \(urn:.*\): give one of them another name$/,
    ],
  ])("%s", async (_, files, sentence) => {
    const [first, ...others] = await problems(files);
    expect(first).toMatch(sentence);
    expect(others).toEqual([]);
  });

  test("a message of five million letters is cut, and says how much is left out", async () => {
    const [said = ""] = await problems({ "index.js": `throw new Error("x".repeat(5_000_000));` });
    expect(said).toMatch(/^x{2000} \.\.\. \(4,998,000 more characters left out\)( \(index\.js:1\))?$/);
  });

  test("one that does not end is ended, also where it never yields", async () => {
    const why = /^it does not end within 2 s, before its first resource: .*\(--timeout SECONDS\)$/;
    expect(await problems({ "index.js": "setInterval(() => {}, 1000);" }, 2)).toEqual([expect.stringMatching(why)]);
    program?.delete();
    expect(await problems({ "index.js": "for (;;) {}" }, 2)).toEqual([expect.stringMatching(why)]);
  });

  test("what Pulumi.yaml declares and nobody gives is told as a mistake of that file, where the stack has none", () => {
    program = aProgram({ "Pulumi.yaml": "name: shop\nruntime: nodejs\nconfig:\n  size:\n    type: integer\n" });
    const configured = stackConfig(foreignProject(program.root), "dev", {});
    expect(configured).toMatchObject({ ok: false, mistakes: [{ file: "Pulumi.yaml", key: "shop:size" }] });
  });

  test("missing configuration is told by its key", async () => {
    program = aProgram({ "index.js": `new (require("@pulumi/pulumi").Config)().requireNumber("size");` });
    const failed: unknown = await program.record().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(MissingConfiguration);
    expect((failed as MissingConfiguration).keys).toEqual(["shop:size"]);
    await program.record("dev", { config: { size: "3" } });
  });

  test("nothing installed", async () => {
    program = aProgram({ "index.js": "", "yarn.lock": "" }, { installed: false });
    await expect(program.record()).rejects.toThrow(
      `${program.root} has no node_modules, so its program cannot run: run yarn install in ${program.root}`,
    );
  });
});
