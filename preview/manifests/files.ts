import { lstatSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { counted } from "../figures";
import { textOfFile } from "../json-in-text";
import { Problem, firstLine } from "../problem";

/** A file that may hold manifests. */
export interface ManifestFile {
  /** From the folder that was named, with `/`; of a single file its name. */
  readonly name: string;
  readonly text: string;
}

/** What is not read of a folder, and why. */
export interface NotRead {
  readonly file: string;
  readonly why: string;
}

/** Whether a text that no name tells of is a manifest: its first lines that are not chatter say so. */
export function areManifests(text: string): boolean {
  const start = text.slice(0, LOOKED_AT);
  return /^\s*\{/.test(start)
    ? /^\s*\{\s*"(apiVersion|kind)"\s*:\s*"/.test(start) ||
        (/"apiVersion"\s*:\s*"/.test(start) && !/"(deployment|steps|checkpoint|reports)"\s*:/.test(start))
    : /^(- )?\s*(apiVersion|kind)\s*:/m.test(start);
}

/** Characters: a comment of a chart may be long. */
const LOOKED_AT = 20_000;

/** MB of manifests that are read at once: more is refused, rather than read for minutes. */
const MOST_MB = 64;
const MB = 1_000_000;
const MANIFEST = /\.(ya?ml|json)$/i;
/** Folders that hold what others have written. */
const ELSEWHERE = new Set(["node_modules"]);

/**
 * The YAML and JSON files of a folder, recursively, in the order of their names; hidden ones are nobody's manifests. A single file
 * is read whatever its name.
 * @throws Problem where there are none, or more than is read
 */
export function manifestFiles(path: string): {
  readonly files: readonly ManifestFile[];
  readonly notRead: readonly NotRead[];
} {
  if (!statSync(path).isDirectory()) {
    const size = statSync(path).size;
    requireSize(path, size);
    return { files: [{ name: basename(path), text: textOf(path) }], notRead: [] };
  }
  const notRead: NotRead[] = [];
  const names: string[] = [];
  let size = 0;
  const visit = (folder: string): void => {
    for (const name of listed(join(path, folder))) {
      if (name.startsWith(".") || ELSEWHERE.has(name)) continue;
      const inner = folder === "" ? name : `${folder}/${name}`;
      const link = lstatSync(join(path, inner)).isSymbolicLink();
      const there = statSync(join(path, inner), { throwIfNoEntry: false });
      if (there?.isDirectory() === true) {
        // It may lead above itself.
        if (link) notRead.push({ file: inner, why: "a link to a folder: name that folder itself" });
        else visit(inner);
      } else if (MANIFEST.test(name)) {
        if (there === undefined) notRead.push({ file: inner, why: "a link to nothing" });
        else if (!there.isFile()) notRead.push({ file: inner, why: "no file: a pipe, a socket or a device" });
        else {
          size += there.size;
          names.push(inner);
        }
      }
    }
  };
  visit("");
  requireSize(path, size);
  if (names.length === 0 && notRead.length === 0)
    throw new Problem(`${path} holds no .yaml, .yml or .json file: --from takes a folder of manifests`);
  return { files: names.map((name) => ({ name, text: textOf(join(path, name)) })), notRead };
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new Problem(`${folder} cannot be read: ${firstLine(error)}`);
  }
}

function textOf(path: string): string {
  try {
    return textOfFile(readFileSync(path));
  } catch (error) {
    throw new Problem(`${path} cannot be read: ${firstLine(error)}`);
  }
}

function requireSize(path: string, bytes: number): void {
  if (bytes <= MOST_MB * MB) return;
  throw new Problem(
    `${path} holds ${counted(Math.ceil(bytes / MB), "MB", "MB")} of manifests; at most ${MOST_MB} MB are read at once: name the folders one by one`,
  );
}
