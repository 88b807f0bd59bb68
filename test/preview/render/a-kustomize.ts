import { posix } from "node:path";
import { parse } from "yaml";
import type { RenderedFile } from "../../../preview/render/files";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever YAML holds
type Json = Record<string, any>;

/** What kustomize makes of an overlay, as far as overlays of ours go: base, JSON patches, namespace, prefix, in its order. */
export function built(files: readonly RenderedFile[], folder: string): readonly Json[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const load = (path: string): Json => parse(texts.get(path) ?? missing(path), { version: "1.1" }) as Json;
  const kustomization = load(`${folder}/kustomization.yaml`);
  const objects: Json[] = (kustomization["resources"] as readonly string[]).flatMap((path) => {
    const whole = posix.join(folder, path);
    return path.endsWith(".yaml") ? [load(whole)] : [...built(files, whole)];
  });
  for (const { path, target } of (kustomization["patches"] ?? []) as readonly Json[]) {
    const aimed = objects.filter((object) => isTarget(object, target as Json));
    if (aimed.length !== 1) throw new Error(`${String(path)} is of ${aimed.length} objects`);
    for (const step of load(posix.join(folder, path as string)) as unknown as readonly Json[]) applied(aimed[0]!, step);
  }
  const { namespace, namePrefix = "" } = kustomization as { readonly namespace?: string; readonly namePrefix?: string };
  for (const { kind, metadata } of objects) {
    if (namespace !== undefined && kind === "Namespace") metadata["name"] = namespace;
    else if (namespace !== undefined && !/^(Cluster|PriorityClass|StorageClass)/.test(kind))
      metadata["namespace"] = namespace;
    if (kind !== "Namespace") metadata["name"] = `${namePrefix}${metadata["name"] as string}`;
  }
  return objects;
}

function missing(path: string): never {
  throw new Error(`${path} is not there`);
}

function isTarget({ apiVersion, kind, metadata }: Json, { group = "", version, kind: wanted, name }: Json): boolean {
  const spelt = group === "" ? version : `${group as string}/${version as string}`;
  return apiVersion === spelt && kind === wanted && new RegExp(`^${name as string}$`).test(metadata["name"] as string);
}

/** RFC 6902, for keys of objects and places in lists. */
function applied(object: Json, { op, path, value }: Json): void {
  const steps = (path as string)
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = steps.pop()!;
  const holder = steps.reduce((inner, step) => inner[step] as Json, object);
  if ((op === "add") === last in holder) throw new Error(`${op as string} ${path as string}`);
  if (op === "remove") Reflect.deleteProperty(holder, last);
  else holder[last] = value;
}
