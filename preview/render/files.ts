import { stringify } from "yaml";
import { isRecord, type Value } from "../../model";
import type { RenderedObject } from "./objects";
import { plainText } from "./plain-text";

/** A file to be written, relative to the folder that is asked for. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
}

/** First line of whatever is written: it tells what may be written over. */
export const MARK = "# Written by nines render";

/** Where a person looks first. */
const FIRST = ["apiVersion", "kind", "metadata", "name", "namespace", "type"];

/** One object a file: `namespace/kind-name.yaml`, in a folder of its cluster where there are several. Sorted by path. */
export function filesOf(stack: string, objects: readonly RenderedObject[]): readonly RenderedFile[] {
  const several = new Set(objects.map(({ cluster }) => cluster)).size > 1;
  const named = objects.map((object) => ({ object, path: pathOf(object, several) }));
  const counts = new Map<string, number>();
  for (const { path } of named) counts.set(path, (counts.get(path) ?? 0) + 1);
  const taken = new Set<string>();
  return named
    .map(({ object, path }) => ({
      path: free((counts.get(path) ?? 0) > 1 ? pathOf(object, several, true) : path, taken),
      text: textOf(stack, object.content),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** An object, or a file of kustomize, as YAML: the same bytes for the same content, whichever order it came in. */
export function textOf(stack: string, content: Value): string {
  // As Kubernetes reads it, YAML of the first days: what would there be a boolean or octal stands in quotes.
  const sorted = ordered(content);
  return `${MARK} ${stack}: changes belong there\n${plainText(sorted) ?? stringify(sorted, { version: "1.1", lineWidth: 0 })}`;
}

function pathOf(
  { cluster, namespace, apiVersion, kind, name }: RenderedObject,
  several: boolean,
  withGroup = false,
): string {
  const group = withGroup && apiVersion.includes("/") ? `.${apiVersion.slice(0, apiVersion.indexOf("/"))}` : "";
  const file = `${kind.toLowerCase()}${group}-${name}.yaml`;
  return [...(several ? [cluster === "" ? "default" : cluster] : []), ...(namespace === null ? [] : [namespace]), file]
    .map(asFileName)
    .join("/");
}

/** Names that differ only in what no file name has: in the order of their objects. */
function free(path: string, taken: Set<string>): string {
  let found = path;
  for (let next = 2; taken.has(found); next += 1) found = path.replace(/\.yaml$/, `-${next}.yaml`);
  taken.add(found);
  return found;
}

/** Letters that every file system takes; roles have colons, contexts slashes. */
function asFileName(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._-]/g, "_").replace(/^\.+/, "_");
}

function ordered(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(ordered);
  if (!isRecord(value)) return value;
  const rank = (key: string): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key] ?? null)]));
}
