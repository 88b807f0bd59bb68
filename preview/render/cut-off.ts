import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { counted, figure } from "../figures";
import { Problem } from "../problem";

/** Named in a sentence; of more the number is enough. */
const SHOWN = 3;
/** What mkdtemp puts behind a prefix. */
const RANDOM = /^[A-Za-z0-9]{6}$/;

/** A folder beside the one that is written: what is new, what stood there, and what a render that was cut off must still do. */
interface Beside {
  readonly path: string;
  readonly whole: string;
  readonly former: string;
  readonly plan: string;
}

/** What a render is about to do, written before it does any of it. */
interface Planned {
  /** The folder's name: that of the hidden one may be another's with a shorter name. */
  readonly folder: string;
  readonly process: number;
  /** Files of others, which go from what stood there into what is new. */
  readonly others: readonly string[];
}

/** The start of its name. */
export const prefixOf = (folder: string): string => join(dirname(folder), `.${basename(folder)}-`);

export function besideAt(path: string): Beside {
  return { path, whole: join(path, "new"), former: join(path, "old"), plan: join(path, "render.json") };
}

export function writePlan({ plan }: Beside, folder: string, others: readonly string[]): void {
  const planned: Planned = { folder: basename(folder), process: process.pid, others };
  writeFileSync(plan, JSON.stringify(planned));
}

/** The plan goes last: without it nobody knows what the rest is. */
export function clear({ path, whole, former }: Beside): void {
  rmSync(whole, { recursive: true, force: true });
  rmSync(former, { recursive: true, force: true });
  rmSync(path, { recursive: true, force: true });
}

/** Moves files of others from what stood there; those that stand in its place already were moved before. @throws Problem where somebody else's does */
export function keepOthers({ former }: Beside, folder: string, others: readonly string[]): readonly string[] {
  const left = others.filter((path) => isThere(join(former, path)));
  const again = left.filter((path) => isThere(join(folder, path)));
  if (again.length > 0)
    throw new Problem(`${namesOf(again)} stood in ${folder} before and are there anew: compare them with ${former}`);
  for (const path of left) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    renameSync(join(former, path), join(folder, path));
  }
  return left;
}

/**
 * Brings to an end what earlier renders into a folder were cut off in: back where nothing new stands yet, else on.
 * @returns what was done, in words
 * @throws Problem where that is not for us to decide, or another render is at work
 */
export function mendCutOff(folder: string): readonly string[] {
  const above = dirname(folder);
  const prefix = basename(prefixOf(folder));
  const names = existsSync(above) ? readdirSync(above).filter((name) => name.startsWith(prefix)) : [];
  return names.sort().flatMap((name) => {
    if (!RANDOM.test(name.slice(prefix.length))) return [];
    const beside = besideAt(join(above, name));
    const planned = plannedIn(beside);
    // Cut off before it had written down what it would do: it had not done any of it.
    if (planned === null && isBarelyBegun(beside)) return cleared(beside, folder, "before it changed anything");
    return planned?.folder === basename(folder) ? mend(beside, folder, planned) : [];
  });
}

/** Nothing in it but what a render makes first. */
function isBarelyBegun({ path, whole, plan }: Beside): boolean {
  const found = readdirSync(path);
  return (
    found.every((name) => name === basename(whole) || name === basename(plan)) &&
    (!found.includes(basename(whole)) || readdirSync(whole).length === 0)
  );
}

function mend(beside: Beside, folder: string, planned: Planned): readonly string[] {
  const { whole, former } = beside;
  if (planned.process !== process.pid && isAlive(planned.process))
    throw new Problem(
      `${folder} is being written by process ${planned.process}: wait for it; if that is no render, end what it left in ${beside.path} by hand`,
    );
  if (!existsSync(former))
    return cleared(beside, folder, existsSync(whole) ? "before it changed anything" : "at its end");
  if (existsSync(whole)) {
    if (existsSync(folder))
      throw new Problem(`${folder} was made anew since a render was cut off: what stood there before is in ${former}`);
    renameSync(former, folder);
    return cleared(beside, folder, "half-way; what stood there is back");
  }
  const kept = keepOthers(beside, folder, planned.others);
  const back =
    kept.length === 0
      ? "at its end"
      : `half-way; ${counted(kept.length, "file")} of others put back (${namesOf(kept)})`;
  return cleared(beside, folder, back);
}

function cleared(beside: Beside, folder: string, when: string): readonly string[] {
  clear(beside);
  return [`an earlier render into ${folder} was cut off ${when}`];
}

function plannedIn({ plan }: Beside): Planned | null {
  try {
    const { folder, process: id, others } = JSON.parse(readFileSync(plan, "utf8")) as Record<string, unknown>;
    if (typeof folder !== "string" || typeof id !== "number" || !Array.isArray(others)) return null;
    return { folder, process: id, others: others.filter((path) => typeof path === "string") };
  } catch {
    return null;
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Links count, whatever they lead to. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Where a folder is written: of a link where it leads, though nothing is there yet. */
export function leadsTo(to: string): string {
  try {
    return resolve(dirname(resolve(to)), readlinkSync(to));
  } catch {
    return resolve(to);
  }
}

export function namesOf(paths: readonly string[]): string {
  const more = paths.length > SHOWN ? ` and ${figure(paths.length - SHOWN)} more` : "";
  return `${paths.slice(0, SHOWN).join(", ")}${more}`;
}
