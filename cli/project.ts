import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { nearest } from "../model/nearest";
import { Problem, firstLine } from "../preview/problem";
import { projectFile } from "../preview/foreign/project-file";
import type { StackFile } from "../preview/stack-files";
import { STACKS } from "../preview/stack-folder";

/** A Pulumi project on disk. */
export interface Project {
  readonly root: string;
  readonly name: string;
}

/** The project of a folder: the first Pulumi.yaml there or above. */
export function projectOf(folder: string): Project {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there === undefined) throw new Problem(`there is no folder ${folder}`);
  if (!there.isDirectory()) throw new Problem(`${folder} is a file; -C takes a folder`);
  for (let root = folder; ; root = dirname(root)) {
    const file = projectFile(root);
    if (file !== undefined) return { root, name: nameIn(file) };
    if (dirname(root) === root)
      throw new Problem(`there is no Pulumi.yaml in ${folder} or above: run nines inside a project`);
  }
}

/** Whether a project's stacks/ holds what nines plans from; any other is run as it is. */
export function isOwn(root: string): boolean {
  return ["systems", "environments"].some((table) => existsSync(join(root, STACKS, table, "index.ts")));
}

function nameIn(file: string): string {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${firstLine(error)}`);
  }
  const name = typeof content === "object" && content !== null && "name" in content ? content.name : undefined;
  if (typeof name !== "string" || name === "") throw new Problem(`${file} says no name`);
  return name;
}

/** `system=embedding`, `environment=prod`. */
export interface Filter {
  readonly key: "system" | "environment";
  readonly value: string;
}

/** A test of one stack by its configuration. */
export function passes(filters: readonly Filter[]): (file: StackFile) => boolean {
  return (file) => filters.every(({ key, value }) => file.config[key] === value);
}

/**
 * The stacks that were named, in that order, or all; then those that pass every filter.
 * @throws Problem that names the nearest stack, or says which there are
 */
export function selected(
  files: readonly StackFile[],
  names: readonly string[],
  filters: readonly Filter[],
): readonly StackFile[] {
  const known = [...new Set(files.map((file) => file.stack))];
  if (known.length === 0) throw new Problem("there is no stack: write stacks/Pulumi.<stack>.yaml");
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new Problem(
      `there is no stack ${name}; ${near === undefined ? `there are ${known.join(", ")}` : `did you mean ${near}?`}`,
    );
  }
  const wanted =
    names.length === 0 ? files : [...new Set(names)].flatMap((name) => files.filter((file) => file.stack === name));
  const found = wanted.filter(passes(filters));
  if (found.length > 0) return found;
  throw new Problem(
    `no stack has ${filters.map(({ key, value }) => `${key}=${value}`).join(" and ")}${meant(wanted, filters)}`,
  );
}

/** The nearest value that some stack has, for the first filter that no stack passes alone. */
function meant(files: readonly StackFile[], filters: readonly Filter[]): string {
  const alone = filters.find((filter) => !files.some(passes([filter])));
  if (alone === undefined) return "";
  const known = files.map((file) => file.config[alone.key]).filter((value) => typeof value === "string");
  const near = nearest(alone.value, [...new Set(known)]);
  return near === undefined ? "" : `; did you mean ${near}?`;
}
