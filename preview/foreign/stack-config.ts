import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import type { Mistake } from "../../model";
import { Problem, firstLine } from "../problem";
import { requireEnd } from "../yaml-document";
import type { ForeignProject } from "./project-file";

/** What a program is configured with, as Pulumi hands it over: by full key, objects as JSON. */
export interface StackConfig {
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** Stands for a secret, which nobody here can decrypt; read back as unknown wherever it comes out again. */
export const SECRET = "[secret]";
const FILE = /^Pulumi\.(.+)\.(?:ya?ml|json)$/;

/** The stacks that have a file, sorted. */
export function stacksOf(project: ForeignProject): readonly string[] {
  return [...stackFilesOf(project).keys()].sort();
}

function stackFilesOf(project: ForeignProject): ReadonlyMap<string, string> {
  let names: readonly string[] = [];
  try {
    names = readdirSync(project.stackFolder);
  } catch {
    // A project may have no stack yet.
  }
  return new Map(
    names.flatMap((name) => {
      const stack = FILE.exec(name)?.[1];
      return stack === undefined ? [] : [[stack, join(project.stackFolder, name)] as const];
    }),
  );
}

/** Pulumi.yaml's own block, then the stack's file, then what the command line gives (`aws:region`, or `size` of the project's own). */
export function stackConfig(
  project: ForeignProject,
  stack: string,
  given: Readonly<Record<string, string>>,
): { readonly ok: true; readonly config: StackConfig } | { readonly ok: false; readonly mistakes: readonly Mistake[] } {
  const config: Record<string, string> = {};
  const secret = new Set<string>();
  const wanted = new Set<string>();
  for (const [key, said] of Object.entries(project.config)) {
    const full = fullKey(project, key);
    const value = isObject(said) && ("default" in said || "value" in said) ? (said["value"] ?? said["default"]) : said;
    if (isObject(said) && said["secret"] === true) secret.add(full);
    if (isDeclaration(said) && value === said) wanted.add(full);
    else put(config, secret, full, value);
  }
  const file = stackFilesOf(project).get(stack);
  if (file !== undefined) {
    for (const [key, value] of Object.entries(configIn(file))) put(config, secret, fullKey(project, key), value);
  }
  for (const [key, value] of Object.entries(given)) config[fullKey(project, key)] = value;
  const missing = [...wanted].filter((key) => config[key] === undefined);
  if (missing.length > 0) {
    const place = file === undefined ? "Pulumi.yaml" : relative(project.root, file);
    return { ok: false, mistakes: missing.map((key) => missingConfig(stack, place, key)) };
  }
  return { ok: true, config: { config, secretKeys: [...secret] } };
}

/** The file of a stack, for a person; a stack may have none. */
export function stackFileName(project: ForeignProject, stack: string): string {
  const file = stackFilesOf(project).get(stack);
  return file === undefined ? `stack ${stack}, which has no file` : relative(project.root, file);
}

/** A key that the program cannot do without. */
export function missingConfig(stack: string, file: string, key: string): Mistake {
  return {
    stack,
    file,
    key,
    given: undefined,
    allowed: "the program needs it, and nobody gives it",
    fix: `add --config ${key}=<value>, or write it to Pulumi.${stack}.yaml`,
  };
}

/** A key whose value is of the kind that the program wants, for all that anyone knows: it is encrypted. */
export function encryptedConfig(
  stack: string,
  { key, kind }: { readonly key: string; readonly kind: string },
): Mistake {
  return {
    stack,
    file: `Pulumi.${stack}.yaml`,
    key,
    given: "secure: ...",
    allowed: `the value is encrypted, which nobody can read offline, and the program wants ${kind === "object" ? "an object" : `a ${kind}`}`,
    fix: `give one that stands for it: --config ${key}=${standIn(kind)}`,
  };
}

/** The least value of a kind. */
export function standIn(kind: string): string {
  return kind === "boolean" ? "true" : kind === "object" ? "{}" : "0";
}

/** `{type: string, description: ...}`: what the project wants, without a value. */
function isDeclaration(said: unknown): boolean {
  return isObject(said) && ("type" in said || "description" in said || "secret" in said);
}

function put(config: Record<string, string>, secret: Set<string>, key: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (holdsSecret(value)) secret.add(key);
  const open = withoutSecrets(value);
  config[key] = typeof open === "string" ? open : JSON.stringify(open);
}

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isObject(value) && (isSecret(value) || Object.values(value).some(holdsSecret));
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  if (isSecret(value)) return SECRET;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

function isSecret(value: Readonly<Record<string, unknown>>): boolean {
  return "secure" in value && Object.keys(value).length === 1;
}

function configIn(file: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
    requireEnd(content);
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${firstLine(error)}`);
  }
  const config = isObject(content) ? content["config"] : undefined;
  return isObject(config) ? config : {};
}

/** A key without a namespace is the project's own. */
function fullKey(project: ForeignProject, key: string): string {
  return key.includes(":") ? key : `${project.name}:${key}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
