import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { parse } from "yaml";
import { Problem, firstLine } from "../problem";
import { requireEnd } from "../yaml-document";

/** A Pulumi project that nines knows nothing of, as its Pulumi.yaml says. */
export interface ForeignProject {
  /** Absolute; holds Pulumi.yaml. */
  readonly root: string;
  readonly name: string;
  /** Where the program runs, and what of it: Pulumi's `main`. */
  readonly folder: string;
  readonly entry: string;
  readonly typescript: boolean;
  /** For Node itself, before the program. */
  readonly nodeArgs: readonly string[];
  /** Absolute; absent: the folder's own tsconfig.json, where there is one. */
  readonly tsconfig?: string;
  /** What its owner installs with. */
  readonly packageManager: string;
  /** Absolute; holds Pulumi.<stack>.yaml. */
  readonly stackFolder: string;
  /** The block `config:` of Pulumi.yaml as it stands. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Pulumi.yaml of a folder that holds one. */
export function projectFile(root: string): string | undefined {
  return ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].map((name) => join(root, name)).find((path) => existsSync(path));
}

/**
 * Reads what the project says of itself.
 * @throws Problem where it is no Node program, or its file cannot be read
 */
export function foreignProject(root: string): ForeignProject {
  const file = projectFile(root);
  if (file === undefined) throw new Problem(`there is no Pulumi.yaml in ${root}`);
  const content = contentOf(file);
  const { name, runtime } = content;
  if (typeof name !== "string" || name === "") throw new Problem(`${file} says no name`);
  const options = isObject(runtime) && isObject(runtime["options"]) ? runtime["options"] : {};
  requireNode(file, isObject(runtime) ? runtime["name"] : runtime);
  const { folder, entry } = program(root, file, content["main"]);
  const tsconfig = text(options["tsconfig"]);
  const config = content["config"];
  return {
    root,
    name,
    folder,
    entry,
    typescript: options["typescript"] !== false && options["typescript"] !== "false",
    nodeArgs: words(text(options["nodeargs"]) ?? ""),
    ...(tsconfig === undefined ? {} : { tsconfig: tsconfigPath(root, folder, file, tsconfig) }),
    packageManager: text(options["packagemanager"]) ?? packageManager(root),
    // Older files gave the folder under `config`.
    stackFolder: join(root, text(content["stackConfigDir"]) ?? text(config) ?? ""),
    config: isObject(config) ? config : {},
  };
}

function contentOf(file: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
    requireEnd(content);
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${firstLine(error)}`);
  }
  if (!isObject(content)) throw new Problem(`${file} says no name`);
  return content;
}

function requireNode(file: string, runtime: unknown): void {
  if (runtime === "nodejs") return;
  if (typeof runtime !== "string") throw new Problem(`${file} says no runtime; nines runs projects of runtime nodejs`);
  throw new Problem(
    `${file} is of runtime ${runtime}; nines runs projects of runtime nodejs, and reads what pulumi preview --json prints of any other`,
  );
}

/** As Pulumi takes `main`: a folder runs in itself, a file in the folder that holds it. */
function program(root: string, file: string, main: unknown): { readonly folder: string; readonly entry: string } {
  if (main === undefined || main === null || main === "") return { folder: root, entry: "." };
  if (typeof main !== "string") throw new Problem(`${file}: main is no path`);
  const path = isAbsolute(main) ? main : resolve(root, main);
  if (relative(root, path).startsWith("..")) throw new Problem(`${file}: main ${main} lies outside of the project`);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Problem(`${file}: main ${main} is not there`);
  return found.isDirectory() ? { folder: path, entry: "." } : { folder: dirname(path), entry: basename(path) };
}

function tsconfigPath(root: string, folder: string, file: string, given: string): string {
  const found = [resolve(folder, given), resolve(root, given)].find((path) => existsSync(path));
  if (found === undefined) throw new Problem(`${file}: tsconfig ${given} is not there`);
  return found;
}

const lockFiles: readonly (readonly [string, string])[] = [
  ["yarn.lock", "yarn"],
  ["pnpm-lock.yaml", "pnpm"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

function packageManager(root: string): string {
  return lockFiles.find(([lock]) => existsSync(join(root, lock)))?.[1] ?? "npm";
}

/** Words as a shell parts them: quotes keep spaces. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replaceAll(/["']/g, ""));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
