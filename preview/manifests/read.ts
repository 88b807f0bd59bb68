import { isRecord, printable, textOf, type Mistake, type Resource, type Value } from "../../model";
import { oneLine } from "../../model/visible";
import { counted } from "../figures";
import { amountSlips, type ObjectSlip } from "./amounts";
import { documentsIn, type ManifestDocument, type Place } from "./documents";
import type { ManifestFile, NotRead } from "./files";
import { hookOf } from "./hooks";
import { nameSlips } from "./names";
import { heldBy, identityOf, kubernetesObject, objectsOf, resourceOf, titleOf, type KubernetesObject } from "./objects";
import { shapeSlips } from "./shapes";
import { isKustomization, kustomizeBuild, patchesIn, strangerOf, toolOf } from "./strangers";

/** What files of manifests hold. */
export interface Manifests {
  readonly resources: readonly Resource[];
  /** All of them; where there are any, nothing is to be said of the objects. */
  readonly mistakes: readonly Mistake[];
  /** Files, or documents of them, that are no objects of a cluster. */
  readonly notRead: readonly NotRead[];
  /** Objects that run once at a release, by title and moment: nothing keeps them running. */
  readonly hooks: readonly string[];
  /** What Secrets hold: no resource has it, and where else it stands it is shown to nobody. */
  readonly secrets: readonly string[];
}

interface Found {
  readonly secrets: Set<string>;
  readonly objects: Map<string, Standing>;
  readonly resources: Resource[];
  readonly mistakes: Mistake[];
  readonly notRead: NotRead[];
  readonly hooks: string[];
  /** Objects that two files hold: one mistake tells of all that these two share. */
  readonly twice: Map<string, { readonly first: Mistake; more: number }>;
  /** Folders that kustomize builds. */
  readonly kustomized: ReadonlySet<string>;
}

interface Standing {
  readonly file: string;
  /** Found only when it is asked for. */
  readonly line: () => number;
}

/** Reads manifests into resources, as a recording of them would hold them. Runs nothing and asks nobody. */
export function manifestsIn(files: readonly ManifestFile[]): Manifests {
  const found: Found = {
    objects: new Map(),
    resources: [],
    mistakes: [],
    notRead: [],
    hooks: [],
    twice: new Map(),
    secrets: new Set(),
    kustomized: new Set(files.filter(({ name }) => isKustomization(name)).map(({ name }) => folderOf(name))),
  };
  const patches = patchesIn(files.map(({ name, text }) => ({ name, documents: () => [...documentsIn(text)] })));
  for (const file of files) {
    const documents = [...documentsIn(file.text)];
    const why = strangerOf(file, documents, patches);
    if (why !== null) found.notRead.push({ file: file.name, why: oneLine(why) });
    else for (const document of documents) readDocument(file.name, document, found);
  }
  const repeated = [...found.twice.values()].map(({ first, more }) =>
    more === 0 ? first : { ...first, fix: `${first.fix}; the two share ${counted(more, "more object")}` },
  );
  const { resources, notRead, hooks, secrets } = found;
  return { resources, mistakes: [...found.mistakes, ...repeated], notRead, hooks, secrets: [...secrets] };
}

function readDocument(file: string, document: ManifestDocument, found: Found): void {
  for (const { line, column, allowed, fix } of document.slips ?? [])
    found.mistakes.push({ stack: "", file, line, column, key: "YAML", given: undefined, allowed, fix });
  if (!document.ok) return;
  if (document.content === null || document.content === undefined) return;
  for (const [content, path] of objectsOf(document.content as Value)) {
    const place = (inner: readonly string[]): Place =>
      path.length + inner.length === 0 ? { line: document.line, column: 1 } : document.locate([...path, ...inner]);
    const object = kubernetesObject(content, path);
    if (object === null) found.mistakes.push(noObject(file, content, place([])));
    else readObject(file, object, place, found);
  }
}

function noObject(file: string, content: Value, place: Place): Mistake {
  const keys = typeof content === "object" && content !== null ? Object.keys(content).slice(0, 4).join(", ") : content;
  const missing = ["apiVersion", "kind"].filter((key) => isRecord(content) && !(key in content)).join(" and ");
  const given = keys === "" ? undefined : printable(missing === "" ? keys : `${textOf(keys)} without ${missing}`);
  const allowed = "among objects of Kubernetes each says its apiVersion and kind";
  return { stack: "", file, ...place, key: "document", given, allowed, fix: "add them, or take it out" };
}

function readObject(
  file: string,
  object: KubernetesObject,
  place: (path: readonly string[]) => Place,
  found: Found,
): void {
  const tool = toolOf(object.apiVersion, object.kind);
  if (tool !== null) {
    found.notRead.push({ file, why: oneLine(`${titleOf(object).trim()} is ${tool}`) });
    return;
  }
  const slips = [...nameSlips(object), ...shapeSlips(object), ...amountSlips(object.content)];
  found.mistakes.push(...slips.map((slip) => mistakeOf(file, object, slip, place(slip.path))));
  if (object.name === "") return;
  const identity = identityOf(object);
  const line = (): number => place([]).line;
  const before = found.objects.get(identity);
  if (before !== undefined) return sayTwice(object, before, { file, line }, found);
  found.objects.set(identity, { file, line });
  for (const value of heldBy(object)) found.secrets.add(value);
  const hook = hookOf(object);
  if (hook === null) found.resources.push(resourceOf(object));
  else found.hooks.push(oneLine(hook));
}

function mistakeOf(file: string, object: KubernetesObject, slip: ObjectSlip, place: Place): Mistake {
  const { path, given, allowed, fix } = slip;
  const key = `${titleOf(object).trim()} ${path.slice(-3).join(".")}`;
  return { stack: "", file, ...place, key, given: given === null ? undefined : printable(given), allowed, fix };
}

function sayTwice(
  object: KubernetesObject,
  before: Standing,
  { file, line }: Standing,
  { twice, kustomized }: Found,
): void {
  // Two folders that are each a whole (environments, clusters) are told of once.
  const [one, other] = [folderOf(before.file), folderOf(file)];
  const files = one === other ? `${before.file}\n${file}` : `${one}\n${other}`;
  const known = twice.get(files);
  if (known !== undefined) {
    known.more += 1;
    return;
  }
  const same = before.file === file;
  const there = same ? `in line ${before.line()} already` : `in ${before.file} too, line ${before.line()}`;
  const built = [one, other].find((folder) => kustomized.has(folder));
  const fix = same
    ? "keep one of the two"
    : built !== undefined
      ? `read what ${kustomizeBuild(built)} prints, of one folder at a time`
      : "keep one of the two; where both are right, read their folders one by one";
  const first = {
    stack: "",
    file,
    line: line(),
    key: titleOf(object),
    given: undefined,
    allowed: `it is ${there}`,
    fix,
  };
  twice.set(files, { first, more: 0 });
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}
