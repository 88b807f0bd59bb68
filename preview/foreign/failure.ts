import { relative } from "node:path";

/** What a program had logged as an error, as one sentence: what was thrown and where, without frames and colours. */
export function failureSentence(logged: string, folder: string): string {
  const lines = plain(logged).split("\n");
  const framed = lines.findIndex((line) => /^\s+at /.test(line));
  const told = (framed === -1 ? lines : lines.slice(0, framed))
    .filter((line) => !/^Running program '.*' failed with an unhandled exception:$/.test(line.trim()))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[\^~]+$/.test(line));
  const place = framed === -1 ? undefined : placeIn(lines.slice(framed), folder);
  const said = sentence(told, folder);
  return place === undefined || said.includes(place) ? said : `${said} (${place})`;
}

/** Node's `<file>:<line>` and the line of source that stand before a syntax error's own words; the words alone, else. */
function sentence(told: readonly string[], folder: string): string {
  const [first = "", ...rest] = told;
  const place = /^(?:file:\/\/)?(\/.*:\d+)$/.exec(first)?.[1];
  const error = rest.find((line) => /^\w*Error\b/.test(line));
  if (place !== undefined && error !== undefined) return `${named(error)} (${short(place, folder)})`;
  if (first === "") return "it says nothing";
  // What follows an error's message is what Node shows of its properties.
  const message = told
    .slice(0, 8)
    .filter((line) => !/^[{}\]]|^\w+: .*,$|^code: |^\[errors\]/.test(line) || line === first);
  return named(message.join(" ").replace(/ \{$/, ""));
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

/** Keys of configuration that the program asked for and did not get. */
export function missingKeys(logged: readonly string[]): readonly string[] {
  const found = logged.flatMap((text) =>
    [...plain(text).matchAll(/Missing required configuration variable '([^']+)'/g)].map((match) => match[1] ?? ""),
  );
  return [...new Set(found)].filter((key) => key !== "");
}
