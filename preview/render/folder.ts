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
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { counted } from "../figures";
import { Problem, firstLine } from "../problem";
import { besideAt, clear, keepOthers, leadsTo, mendCutOff, namesOf, prefixOf, writePlan } from "./cut-off";
import { MARK, type RenderedFile } from "./files";

/**
 * Writes a folder of files, whole or not at all: beside, then in place of what stands there. What an earlier render wrote gives way;
 * what somebody else did is kept with `force`, and refused without. What an earlier render was cut off in is brought to an end first.
 * @returns what was brought to an end, in words
 * @throws Problem
 */
export function writeFolder(to: string, files: readonly RenderedFile[], force: boolean): readonly string[] {
  const folder = existsSync(to) ? realpathSync(to) : leadsTo(to);
  const here = relative(folder, realpathSync(process.cwd()));
  if (here === "" || !here.startsWith(".."))
    throw new Problem(
      `${to} is the folder that you are in, or above it, and would be put in place as a whole: name one below or beside`,
    );
  const mended = brought(folder);
  const heads = new Set(files.map(({ text }) => headOf(text)));
  const others = existsSync(folder) ? foreignFiles(folder, heads) : [];
  if (others.length > 0 && !force)
    throw new Problem(
      `${to} holds ${counted(others.length, "file")} that no render of this wrote (${namesOf(others)}): nothing was written; name another folder, or keep them with --force`,
    );
  const taken = others.filter((other) => files.some(({ path }) => path === other || path.startsWith(`${other}/`)));
  if (taken.length > 0)
    throw new Problem(
      `${to} holds ${counted(taken.length, "file")} of others under names of this render (${namesOf(taken)}): nothing was written; move them, or name another folder`,
    );
  try {
    put(folder, files, others);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`${to} cannot be written: ${firstLine(error)}`);
  }
  return mended;
}

function brought(folder: string): readonly string[] {
  try {
    return mendCutOff(folder);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`what an earlier render into ${folder} left cannot be brought to an end: ${firstLine(error)}`);
  }
}

/** The line that says which render wrote a file: another stack's is somebody else's. */
function headOf(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}

function put(folder: string, files: readonly RenderedFile[], others: readonly string[]): void {
  mkdirSync(dirname(folder), { recursive: true });
  const beside = besideAt(mkdtempSync(prefixOf(folder)));
  const { whole, former } = beside;
  try {
    const made = new Set<string>();
    mkdirSync(whole);
    writePlan(beside, folder, others);
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
    keepOthers(beside, folder, others);
  } catch (error) {
    // What is somebody else's lies there still: it is not ours to take away.
    if (existsSync(former)) throw new Problem(`${firstLine(error)}: what stood in ${folder} is in ${former}`);
    clear(beside);
    throw error;
  }
  clear(beside);
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
