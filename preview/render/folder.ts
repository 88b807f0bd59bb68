import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { counted, figure } from "../figures";
import { Problem, firstLine } from "../problem";
import { MARK, type RenderedFile } from "./files";

/** Named in a sentence; of more the number is enough. */
const SHOWN = 3;

/**
 * Writes a folder of files, whole or not at all: beside, then in place of what stands there. What an earlier render wrote gives way;
 * what somebody else did is kept with `force`, and refused without.
 * @throws Problem
 */
export function writeFolder(to: string, files: readonly RenderedFile[], force: boolean): void {
  const folder = existsSync(to) ? realpathSync(to) : resolve(to);
  const here = relative(folder, realpathSync(process.cwd()));
  if (here === "" || !here.startsWith(".."))
    throw new Problem(
      `${to} is the folder that you are in, or above it, and would be put in place as a whole: name one below or beside`,
    );
  const heads = new Set(files.map(({ text }) => headOf(text)));
  const others = existsSync(folder) ? foreignFiles(folder, heads) : [];
  if (others.length > 0 && !force)
    throw new Problem(
      `${to} holds ${counted(others.length, "file")} that no render of this wrote (${named(others)}): nothing was written; name another folder, or keep them with --force`,
    );
  const taken = others.filter((other) => files.some(({ path }) => path === other || path.startsWith(`${other}/`)));
  if (taken.length > 0)
    throw new Problem(
      `${to} holds ${counted(taken.length, "file")} of others under names of this render (${named(taken)}): nothing was written; move them, or name another folder`,
    );
  try {
    put(folder, files, others);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`${to} cannot be written: ${firstLine(error)}`);
  }
}

function named(paths: readonly string[]): string {
  const more = paths.length > SHOWN ? ` and ${figure(paths.length - SHOWN)} more` : "";
  return `${paths.slice(0, SHOWN).join(", ")}${more}`;
}

/** The line that says which render wrote a file: another stack's is somebody else's. */
function headOf(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}

function put(folder: string, files: readonly RenderedFile[], others: readonly string[]): void {
  const above = dirname(folder);
  mkdirSync(above, { recursive: true });
  const beside = mkdtempSync(join(above, `.${basename(folder)}-`));
  const [whole, former] = [join(beside, "new"), join(beside, "old")];
  try {
    const made = new Set<string>();
    mkdirSync(whole);
    for (const { path, text } of files) {
      const file = join(whole, path);
      if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
      made.add(dirname(file));
      writeFileSync(file, text, { flag: "wx" });
    }
    const there = existsSync(folder);
    if (there) renameSync(folder, former);
    try {
      renameSync(whole, folder);
    } catch (error) {
      if (there) renameSync(former, folder);
      throw error;
    }
    for (const path of others) keep(join(former, path), join(folder, path));
  } catch (error) {
    // What is somebody else's lies there still: it is not ours to take away.
    if (existsSync(former)) throw new Problem(`${firstLine(error)}: what stood in ${folder} is in ${former}`);
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
  rmSync(beside, { recursive: true, force: true });
}

function keep(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

/** Files below a folder that no render with these heads wrote, and links, whatever they lead to. @throws Problem where it is no folder */
function foreignFiles(folder: string, heads: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const visit = (inner: string): void => {
    for (const entry of readdirSync(inner, { withFileTypes: true })) {
      const path = join(inner, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!entry.isFile() || !isOurs(path, heads)) found.push(relative(folder, path).split(sep).join("/"));
    }
  };
  try {
    visit(folder);
  } catch (error) {
    throw new Problem(`${folder} cannot be read: ${firstLine(error)}`);
  }
  return found.sort();
}

function isOurs(path: string, heads: ReadonlySet<string>): boolean {
  const start = Buffer.alloc(Math.max(MARK.length, ...[...heads].map((head) => Buffer.byteLength(head))) + 1);
  const file = openSync(path, "r");
  try {
    const text = start.toString("utf8", 0, readSync(file, start, 0, start.length, 0));
    return text.startsWith(MARK) && heads.has(headOf(text));
  } finally {
    closeSync(file);
  }
}
