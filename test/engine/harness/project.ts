import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import { parse, stringify } from "yaml";

const root = path.join(__dirname, "../../..");

/** A folder that the engine can run in over and over. */
export interface ProjectFolder {
  readonly folder: string;
  /** Where the engine keeps its state. */
  readonly backend: string;
  remove(): void;
}

/** A temporary copy of the shipped project. */
export interface Project extends ProjectFolder {
  /** Writes a stack's configuration: keys without their namespace. */
  configure(stack: string, config: Readonly<Record<string, unknown>>): void;
  /** Says something else in a file of stacks/: a piece of its text in another's place. */
  amend(file: string, from: string, to: string): void;
}

/**
 * What `pulumi up` needs, and no more: the shipped Pulumi.yaml with two providers named in it, stacks/ transpiled once, the
 * library as links into dist/. A provider is a line of shell that says the port of a server in this process and stays: the
 * engine starts it as a plugin, one for each provider of the program, and all of them speak to one cloud, which the test holds
 * in its hand.
 */
export function projectCopy(port: number): Project {
  const folder = mkdtempSync(path.join(tmpdir(), "nines-engine-"));
  const pulumi = parse(readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as Readonly<Record<string, unknown>>;
  const plugins = pluginsOf(folder, port);
  // stacks/ is transpiled here: the engine need not do it anew in each run. test/runner runs it as it is shipped.
  const runtime = { name: "nodejs", options: { typescript: false } };
  write(folder, "Pulumi.yaml", stringify({ ...pulumi, runtime, plugins }));
  write(folder, "package.json", JSON.stringify({ name: "nines", private: true, main: "stacks/index.js" }));
  transpile(path.join(root, "stacks"), path.join(folder, "stacks"));
  for (const name of ["components", "model"]) symlinkSync(path.join(root, "dist", name), path.join(folder, name));
  mkdirSync(path.join(folder, "node_modules/@pulumi"), { recursive: true });
  symlinkSync(path.join(root, "node_modules/@pulumi/pulumi"), path.join(folder, "node_modules/@pulumi/pulumi"));
  return {
    ...projectFolder(folder),
    configure: (stack, config) => {
      const file = path.join(folder, "stacks", `Pulumi.${stack}.yaml`);
      const keys = Object.entries(config).map(([key, value]) => [`nines:${key}`, value] as const);
      writeFileSync(file, stringify({ ...kept(file), config: Object.fromEntries(keys) }));
    },
    amend: (file, from, to) => {
      const source = readFileSync(path.join(root, "stacks", file), "utf8");
      if (!source.includes(from)) throw new Error(`stacks/${file} does not say ${from}`);
      put(path.join(folder, "stacks", file), source.replace(from, to));
    },
  };
}

export function projectFolder(folder: string): ProjectFolder {
  mkdirSync(path.join(folder, "state"));
  return {
    folder,
    backend: `file://${path.join(folder, "state")}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the engine itself keeps in a stack's file: the salt of its passphrase. */
function kept(file: string): Readonly<Record<string, unknown>> {
  try {
    return parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** What a Pulumi.yaml says of the two providers; they lie in the project's folder. */
export function pluginsOf(folder: string, port: number): object {
  return { providers: ["aws", "random"].map((name) => ({ name, path: plugin(folder, name, port) })) };
}

function plugin(folder: string, name: string, port: number): string {
  const home = path.join(folder, "providers", name);
  mkdirSync(home, { recursive: true });
  const file = path.join(home, `pulumi-resource-${name}`);
  writeFileSync(file, `#!/bin/sh\necho ${port}\nexec sleep 3600\n`);
  chmodSync(file, 0o755);
  return home;
}

function transpile(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    if (entry.isDirectory()) transpile(source, path.join(to, entry.name));
    if (!entry.name.endsWith(".ts")) continue;
    put(path.join(to, entry.name), readFileSync(source, "utf8"));
  }
}

/** A file of stacks/ as it is, for nines, and transpiled, for the engine. */
function put(file: string, source: string): void {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  writeFileSync(file, source);
  writeFileSync(file.replace(/\.ts$/, ".js"), code);
}

function write(folder: string, name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}
