import { relative } from "node:path";
import { shortened } from "../problem";

/** What a program had logged as an error, as one sentence: what was thrown and where, without frames and colours. */
export function failureSentence(logged: string, folder: string): string {
  const lines = plain(logged).split("\n");
  const framed = lines.findIndex((line) => /^\s+at /.test(line));
  const told = (framed === -1 ? lines : lines.slice(0, framed))
    .filter((line) => !/^Running program '.*' failed with an unhandled exception:$/.test(line.trim()))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[\^~]+$/.test(line));
  const stack = told.findIndex((line) => line === "Require stack:");
  if (stack !== -1) told.length = stack;
  const place = framed === -1 ? undefined : placeIn(lines.slice(framed), folder);
  const said = sentence(told, folder);
  const shown = shortened(said);
  return (place === undefined || shown.includes(place) ? shown : `${shown} (${place})`) + hint(said);
}

/** package.json names a file that nobody wrote, or built. */
const MAIN = /Cannot find module '([^']+)'\. Please verify that the package\.json has a valid "main" entry/;

/** Node's `<file>:<line>` and the line of source that stand before a syntax error's own words; the words alone, else. */
function sentence(told: readonly string[], folder: string): string {
  const [first = "", ...rest] = told;
  const place = /^(?:file:\/\/)?(\/.*:\d+)$/.exec(first)?.[1];
  const error = rest.find((line) => /^\w*Error\b/.test(line));
  if (place !== undefined && error !== undefined) return `${named(error)} (${short(place, folder)})`;
  if (first === "") return "it says nothing";
  const main = MAIN.exec(first)?.[1];
  if (main !== undefined)
    return `its main file ${short(main, folder)}, as package.json names it, is not there; is it built?`;
  // What follows an error's message is what Node shows of its properties.
  const message = told
    .slice(0, 8)
    .filter((line) => !/^[{}\]]|^\w+: .*,$|^code: |^\[errors\]/.test(line) || line === first);
  return named(message.join(" ").replace(/ \{$/, ""));
}

/** What to do about slips that are common. */
function hint(text: string): string {
  if (/Unknown file extension "\.m?ts"/.test(text))
    return '; a module in TypeScript needs a loader: install tsx and write options: { nodeargs: "--import tsx" } under runtime in Pulumi.yaml';
  if (/Cannot find (module|package) '[^./]/.test(text)) return "; is it installed?";
  return "";
}

/** The SDK explains at length that the program's main file is not there. */
export function missingEntry(printed: string): string | undefined {
  if (!/failed to locate the entry point for your program/.test(printed)) return undefined;
  const build = /build script associated with it \('([^']*)'\)/.exec(printed)?.[1];
  if (build !== undefined) return `its main file is not there; it has a build script (${build}): run that first`;
  const file = /Your program's 'main' file \((.*?)\) does not exist/.exec(printed)?.[1];
  return file === undefined ? "its main file is not there" : `its main file ${file} is not there`;
}

/** `Error: no` says no more than `no`; a TypeError says what kind of slip it is. */
function named(message: string): string {
  return message.replace(/^Error: /, "").replaceAll(/\s+/g, " ");
}

/** The first frame that is the program's own. */
function placeIn(frames: readonly string[], folder: string): string | undefined {
  for (const frame of frames) {
    const path = /\(?((?:file:\/\/)?\/[^()]+?:\d+):\d+\)?$/.exec(frame.trim())?.[1];
    if (path === undefined || path.includes("node_modules")) continue;
    const place = short(path, folder);
    if (!place.startsWith("..")) return place;
  }
  return undefined;
}

function short(path: string, folder: string): string {
  return relative(folder, path.replace(/^file:\/\//, ""));
}

/** Without the terminal's colours. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- terminal colours
  return text.replaceAll(/\u001b\[[0-9;]*m/g, "");
}

/** The key whose value is not of the kind that the program wants (a boolean, a number, an object), that kind, and the value. */
export interface Mistyped {
  readonly key: string;
  readonly kind: string;
  readonly value: string;
}

export function mistyped(problems: readonly string[]): Mistyped | undefined {
  const [, key = "", value = "", kind = ""] =
    /Configuration '([^']+)' value '(.*)' is not a valid (?:JSON )?(\w+)/.exec(problems.join("\n")) ?? [];
  return key === "" ? undefined : { key, kind, value };
}

/** Keys of configuration that the program asked for and did not get. */
export function missingKeys(logged: readonly string[]): readonly string[] {
  const found = logged.flatMap((text) =>
    [...plain(text).matchAll(/Missing required configuration variable '([^']+)'/g)].map((match) => match[1] ?? ""),
  );
  return [...new Set(found)].filter((key) => key !== "");
}
