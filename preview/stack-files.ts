import { nearest, printable, withoutCiphertext, type Mistake } from "../model";

import { firstLine } from "./problem";
import { STACKS, type StackFolder } from "./stack-folder";
import { yamlDocument } from "./yaml-document";

/** One `Pulumi.<stack>.yaml`. */
export interface StackFile {
  readonly stack: string;
  /** Relative to the project. */
  readonly file: string;
  /** By key without the namespace `nines:`; a `secure:` value is `{$unknown: "secret"}`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where a key stands (`nines:load.requestsPerSecond.peak`; the namespace may be left out); of a key that is absent, what holds it. */
  readonly locate: (key: string) => { readonly line: number; readonly column: number } | undefined;
  /** Of the file itself; where there are any, config may lack something. */
  readonly mistakes: readonly Mistake[];
  /** Keys of `config` that stand without their namespace, or beside `config:`; each is among the mistakes. @default - none */
  readonly strays?: readonly string[];
}

const NAMESPACE = "nines:";
const FILE = /^Pulumi\.(.+)\.ya?ml$/;
/** What Pulumi itself keeps in the file. */
const TOP_LEVEL = ["config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/** Every stack's file, sorted by stack. Two files of one stack are a mistake of both. */
export function stackFiles(folder: StackFolder): readonly StackFile[] {
  const found = folder.files
    .map((file) => ({ file, stack: FILE.exec(file.slice(STACKS.length + 1))?.[1] }))
    .filter((each): each is { file: string; stack: string } => each.stack !== undefined);
  return found
    .map(({ file, stack }) => {
      const parsed = stackFile(stack, file, folder.read(file) ?? "");
      const twin = found.find((other) => other.stack === stack && other.file !== file);
      if (twin === undefined) return parsed;
      const mistake: Mistake = {
        stack,
        file,
        key: `stack ${stack}`,
        given: undefined,
        allowed: `${twin.file} is of the same stack`,
        fix: "delete or rename one of them",
      };
      return { ...parsed, mistakes: [...parsed.mistakes, mistake] };
    })
    .sort((a, b) => (a.stack < b.stack ? -1 : a.stack > b.stack ? 1 : 0));
}

/** Reads one file. Never throws: what cannot be read is a mistake with line and column. */
export function stackFile(stack: string, file: string, text: string): StackFile {
  try {
    const found = parsed(stack, file, text);
    return { ...found, mistakes: found.mistakes.map(withoutSecret) };
  } catch (error) {
    // The parser gives up on documents nested without end, and on aliases that unfold without end.
    const mistake = {
      stack,
      file,
      key: "YAML",
      given: undefined,
      allowed: `this cannot be read: ${firstLine(error)}`,
      fix: "check the file",
    };
    return { stack, file, config: {}, locate: () => undefined, mistakes: [mistake] };
  }
}

/** A slip of indentation may make ciphertext part of a key; it is not shown there either. */
function withoutSecret(mistake: Mistake): Mistake {
  const { key, given, allowed, fix } = mistake;
  return {
    ...mistake,
    key: withoutCiphertext(key),
    given: given === undefined ? undefined : printable(given),
    allowed: withoutCiphertext(allowed),
    fix: withoutCiphertext(fix),
  };
}

function parsed(stack: string, file: string, text: string): StackFile {
  const none = { stack, file, config: {}, locate: () => undefined };
  const read = yamlDocument(text);
  if (!read.ok) return { ...none, mistakes: read.slips.map((slip) => ({ stack, file, ...slip })) };
  const { content, locate } = read;
  const mistakes: Mistake[] = [];
  if (!isObject(content)) {
    const given = content === null ? undefined : content;
    return {
      ...none,
      mistakes: [
        {
          stack,
          file,
          key: "config",
          given,
          allowed: "needs a mapping with config:",
          fix: `write config: and below it ${NAMESPACE}system: ...`,
        },
      ],
    };
  }
  const at = (key: string): { line?: number; column?: number } => locate(key.split(".")) ?? {};
  // What stands in the wrong place is read as if it stood in the right one: it hides no other mistake.
  const strays = new Map<string, readonly string[]>();
  for (const key of Object.keys(content)) {
    if (TOP_LEVEL.includes(key)) continue;
    const own = key.startsWith(NAMESPACE);
    if (own) strays.set(key, [key]);
    mistakes.push({
      stack,
      file,
      // A key that holds dots or colons is one step.
      ...(locate([key]) ?? {}),
      key,
      given: undefined,
      allowed: own ? "stands beside config:" : "unknown key",
      fix: own ? "move it below, two spaces in" : `did you mean ${nearest(key, TOP_LEVEL) ?? "config"}?`,
    });
  }
  const given = content["config"] ?? {};
  if (!isObject(given)) {
    return {
      ...none,
      mistakes: [
        ...mistakes,
        {
          stack,
          file,
          ...at("config"),
          key: "config",
          given,
          allowed: "needs a mapping",
          fix: `write ${NAMESPACE}system: ... below it`,
        },
      ],
    };
  }
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith(NAMESPACE)) config[key.slice(NAMESPACE.length)] = holdsSecret(value) ? SECRET : value;
    else if (!key.includes(":")) {
      mistakes.push({
        stack,
        file,
        ...at(`config.${key}`),
        key,
        given: undefined,
        allowed: "a key of configuration has a namespace",
        fix: `did you mean ${NAMESPACE}${key}?`,
      });
      strays.set(`${NAMESPACE}${key}`, ["config", key]);
    }
  }
  for (const [key, place] of strays) {
    const name = key.slice(NAMESPACE.length);
    if (Object.hasOwn(config, name)) strays.delete(key);
    else {
      const value = place.length === 1 ? content[key] : given[name];
      config[name] = holdsSecret(value) ? SECRET : value;
    }
  }
  return {
    stack,
    file,
    config,
    locate: (key) => {
      const path = key.startsWith(NAMESPACE) ? key : `${NAMESPACE}${key}`;
      const [first = "", ...steps] = path.split(/[.[\]]+/).filter((step) => step !== "");
      return locate([...(strays.get(first) ?? ["config", first]), ...steps]);
    },
    mistakes,
    strays: [...strays.keys()],
  };
}

/** Pulumi treats the whole value of a key as secret where any part of it is; it is never decrypted and never printed. */
const SECRET = { $unknown: "secret" };

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isObject(value)) return false;
  return (Object.keys(value).length === 1 && "secure" in value) || Object.values(value).some(holdsSecret);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Configuration as Pulumi hands it to a program: scalars as text, all else as JSON, secrets by their keys and without their values. */
export function pulumiConfig(file: StackFile): {
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
} {
  const entries = Object.entries(file.config).map(([key, value]) => [`${NAMESPACE}${key}`, value] as const);
  return {
    config: Object.fromEntries(entries.map(([key, value]) => [key, asText(value)])),
    secretKeys: entries.filter(([, value]) => value === SECRET).map(([key]) => key),
  };
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : JSON.stringify(value);
}
