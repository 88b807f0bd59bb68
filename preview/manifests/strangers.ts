import { isRecord, type Value } from "../../model";
import type { ManifestDocument } from "./documents";
import type { ManifestFile } from "./files";
import { kubernetesObject, objectsOf } from "./objects";

/** What kustomize alone understands. */
const KUSTOMIZATION = /(^|\/)kustomization\.ya?ml$/i;
const RENDER = "helm template writes it out: read that";

/** Kinds that tools read and no cluster holds: what they are. */
const ofTools: readonly (readonly [apiVersion: RegExp, is: string])[] = [
  [/^kustomize\.config\.k8s\.io\//, "kustomize's own"],
  [/^(skaffold|tilt|devspace|okteto)\b/, "of a tool that builds, and of no cluster"],
  [
    /^(kind\.x-k8s\.io|k3d\.io|eksctl\.io|kubeadm\.k8s\.io|kops\.k8s\.io)\//,
    "of a tool that makes clusters, and in none",
  ],
  [
    /^(kubelet\.config|kubeproxy\.config|kubescheduler\.config|apiserver\.config|audit|client\.authentication)\.k8s\.io\//,
    "a setting of the cluster's own programs",
  ],
];

/** Why a whole file is not read; null: it is. */
export function strangerOf(
  file: ManifestFile,
  documents: readonly ManifestDocument[],
  patches: ReadonlyMap<string, string>,
): string | null {
  const { name, text } = file;
  if (KUSTOMIZATION.test(name)) return `kustomize's own: run ${buildOf(name)} and read what it prints`;
  const patched = patches.get(name);
  if (patched !== undefined) return `a patch of ${patched}, and no object by itself: run ${buildOf(patched)}`;
  if (text.includes("\0")) return "it is no text";
  if (text.includes("{{") && documents.some(isTemplate)) {
    const line = text.slice(0, text.indexOf("{{")).split("\n").length;
    return `a template, in line ${line}: ${RENDER}`;
  }
  const broken = documents.find((document) => !document.ok);
  const contents = documents.flatMap((document) => (document.ok ? [document.content] : []));
  if (contents.some(isOfKubernetes)) return null;
  if (broken !== undefined) {
    // It means to be one: then what is broken is for a person to mend.
    if (/\bapiVersion["']?\s*:/.test(text)) return null;
    const [slip] = broken.slips;
    return `neither YAML nor JSON: line ${slip?.line ?? 1}, ${slip?.allowed ?? "broken"}`;
  }
  if (contents.every(isEmpty)) return "it is empty";
  if (/(^|\/)Chart\.ya?ml$/.test(name)) return `a chart's own description: ${RENDER}`;
  if (/(^|\/)values[^/]*\.ya?ml$/.test(name)) return `values of a chart: ${RENDER}`;
  return "nothing of Kubernetes: it says no apiVersion and kind";
}

/** Why one document of a file is not read; null: it is an object of a cluster. */
export function toolOf(apiVersion: string, kind: string): string | null {
  if (apiVersion === "v1" && kind === "Config") return "a kubeconfig, which says who may reach a cluster";
  return ofTools.find(([shape]) => shape.test(apiVersion))?.[1] ?? null;
}

function isOfKubernetes(content: unknown): boolean {
  return objectsOf(content as Value).some(([each, path]) => kubernetesObject(each, path) !== null);
}

/** Nothing, or a list of nothing. */
function isEmpty(content: unknown): boolean {
  return content === null || content === undefined || objectsOf(content as Value).length === 0;
}

/** Braces where YAML has none: a key that is a mapping, a name that is filled in later, or no YAML at all. */
function isTemplate(document: ManifestDocument): boolean {
  if (!document.ok || document.oddKeys) return true;
  const content = document.content as Value;
  if (!isRecord(content)) return false;
  const { apiVersion, kind, metadata } = content;
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  return [apiVersion, kind, name, namespace].some((each) => typeof each === "string" && each.includes("{{"));
}

export function isKustomization(name: string): boolean {
  return KUSTOMIZATION.test(name);
}

/** @param folder "" is the one that was named */
export function kustomizeBuild(folder: string): string {
  return `kustomize build ${folder === "" ? "." : folder}`;
}

function buildOf(kustomization: string): string {
  return kustomizeBuild(kustomization.slice(0, Math.max(0, kustomization.lastIndexOf("/"))));
}

/** Files that a kustomization names as patches or as settings of its own, by name: the kustomization that does. */
export function patchesIn(
  files: readonly { readonly name: string; readonly documents: () => readonly ManifestDocument[] }[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, documents } of files) {
    if (!KUSTOMIZATION.test(name)) continue;
    for (const document of documents()) {
      if (!document.ok || !isRecord(document.content as Value)) continue;
      for (const path of namedBy(document.content as { readonly [key: string]: Value })) {
        const whole = joined(name, path);
        if (whole !== null && !found.has(whole)) found.set(whole, name);
      }
    }
  }
  return found;
}

const LISTS = [
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "replacements",
  "configurations",
  "transformers",
  "generators",
];

function namedBy(kustomization: { readonly [key: string]: Value }): readonly string[] {
  return LISTS.flatMap((list) => {
    const entries = kustomization[list];
    if (!Array.isArray(entries)) return [];
    return (entries as readonly Value[]).flatMap((entry) => {
      const path = isRecord(entry) ? entry["path"] : entry;
      return typeof path === "string" && !path.includes("\n") ? [path] : [];
    });
  });
}

/** A path beside a file; null: it leads out of the folder that is read. */
function joined(file: string, path: string): string | null {
  const steps = file.split("/").slice(0, -1);
  for (const step of path.split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return null;
    } else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
