import { isRecord, type Value } from "../../model";
import { Problem } from "../problem";
import { filesOf, textOf, type RenderedFile } from "./files";
import { patchBetween } from "./json-patch";
import type { Content, RenderedObject } from "./objects";

/** One environment's objects, and the overlay that they become. */
export interface Variant {
  readonly stack: string;
  /** As its stack says it: `dev`. */
  readonly environment: string;
  readonly objects: readonly RenderedObject[];
}

/** Folder names that a reader of GitOps expects. */
const folders: Readonly<Record<string, string>> = {
  dev: "development",
  stage: "staging",
  prod: "production",
};

/** What no namespace holds, as kustomize knows it: whatever else has none it would give one. By group and kind. */
const CLUSTER_WIDE = new Set([
  "/Namespace",
  "/Node",
  "/PersistentVolume",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
  "flowcontrol.apiserver.k8s.io/FlowSchema",
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
  "networking.k8s.io/IngressClass",
  "node.k8s.io/RuntimeClass",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/CSIDriver",
  "storage.k8s.io/StorageClass",
]);
/** Whose names kustomize leaves alone, whatever the prefix. */
const UNPREFIXED = new Set(["Namespace", "CustomResourceDefinition", "APIService"]);

/** An object without what its overlay puts back: the prefix of its name, and its namespace. */
interface Bare {
  readonly key: string;
  readonly object: RenderedObject;
}

interface Overlay {
  readonly folder: string;
  readonly stack: string;
  readonly namespace: string | null;
  readonly prefix: string;
  readonly bare: readonly Bare[];
}

/**
 * `base/` with what all environments have, `overlays/<environment>/` with what is its own: a kustomize build of each is the flat render of
 * its stack. What differs is a JSON patch, which means the same for every kind.
 * @throws Problem where objects are of several namespaces or clusters, which one overlay cannot be
 */
export function overlayFiles(variants: readonly Variant[]): readonly RenderedFile[] {
  const overlays = variants.map(overlayOf);
  // The one that a reader of the base has in mind.
  const model = overlays.find(({ folder }) => folder === "production") ?? overlays.at(-1);
  if (model === undefined) return [];
  const shared = new Set(
    model.bare
      .map(({ key }) => key)
      .filter((key) => overlays.every(({ bare }) => bare.some((each) => each.key === key))),
  );
  const base = model.bare.filter(({ key }) => shared.has(key));
  const files = named(model.stack, base);
  return [
    ...files.map(({ path, text }) => ({ path: `base/${path}`, text })),
    kustomization(model.stack, "base", { resources: files.map(({ path }) => path) }),
    ...overlays.flatMap((overlay) => filesOfOverlay(overlay, base, shared)),
  ].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function overlayOf({ stack, environment, objects }: Variant): Overlay {
  const clusters = new Set(objects.map(({ cluster }) => cluster));
  if (clusters.size > 1)
    refuse(
      stack,
      `objects of ${clusters.size} clusters (${[...clusters]
        .map((each) => (each === "" ? "the default one" : each))
        .sort()
        .join(", ")})`,
    );
  const namespaces = [...new Set(objects.flatMap(({ namespace }) => namespace ?? []))].sort();
  if (namespaces.length > 1) refuse(stack, `objects in ${namespaces.length} namespaces (${namespaces.join(", ")})`);
  for (const { namespace, apiVersion, kind, name } of objects)
    if (namespace === null && !CLUSTER_WIDE.has(`${groupOf(apiVersion)}/${kind}`))
      refuse(stack, `${kind} ${name} without a namespace, and kustomize would give it one`);
  const [namespace = null] = namespaces;
  for (const { kind, name } of objects)
    if (kind === "Namespace" && name !== namespace)
      refuse(stack, `the Namespace ${name} beside its own, and kustomize would call both by one name`);
  const prefixed = objects.filter(({ kind }) => !UNPREFIXED.has(kind));
  const own = `${environment}-`;
  const prefix = prefixed.length > 0 && prefixed.every(({ name }) => name.startsWith(own)) ? own : "";
  const bare = objects.map((object) => bareOf(object, namespace, prefix));
  return { folder: folders[environment] ?? environment, stack, namespace, prefix, bare };
}

function refuse(stack: string, has: string): never {
  throw new Problem(`${stack} has ${has}: an overlay is of one namespace in one cluster; leave --layout out`);
}

function bareOf(object: RenderedObject, namespace: string | null, prefix: string): Bare {
  const { apiVersion, kind, content } = object;
  // The overlay's namespace is its own namespace object's name.
  const isHome = kind === "Namespace" && object.name === namespace;
  const name = UNPREFIXED.has(kind) ? object.name : object.name.slice(prefix.length);
  const metadata = { ...withoutKey(content["metadata"], "namespace"), name };
  const bare = { ...object, namespace: null, name, content: { ...content, metadata } };
  return { key: [apiVersion, kind, isHome ? "" : name].join(" "), object: bare };
}

function filesOfOverlay(
  { folder, stack, namespace, prefix, bare }: Overlay,
  base: readonly Bare[],
  shared: ReadonlySet<string>,
): readonly RenderedFile[] {
  const own = new Map(bare.map((each) => [each.key, each]));
  const added = named(
    stack,
    bare.filter(({ key }) => !shared.has(key)),
  );
  const patched = base.flatMap(({ key, object }) => {
    const then = own.get(key)?.object;
    const steps = then === undefined ? [] : patchBetween(nameless(object.content), nameless(then.content));
    return steps.length === 0 ? [] : [{ object, steps }];
  });
  const patches = patched.map(({ object, steps }) => ({
    file: `patch-${fileOf(stack, object)}`,
    text: textOf(stack, steps),
    target: targetOf(object),
  }));
  const within = `overlays/${folder}`;
  return [
    ...added.map(({ path, text }) => ({ path: `${within}/${path}`, text })),
    ...patches.map(({ file, text }) => ({ path: `${within}/${file}`, text })),
    kustomization(stack, within, {
      resources: ["../../base", ...added.map(({ path }) => path)],
      ...(namespace === null ? {} : { namespace }),
      ...(prefix === "" ? {} : { namePrefix: prefix }),
      ...(patches.length === 0 ? {} : { patches: patches.map(({ file, target }) => ({ path: file, target })) }),
    }),
  ];
}

/** The overlay names its namespace object itself. */
function nameless(content: Content): Content {
  return { ...content, metadata: withoutKey(content["metadata"], "name") };
}

function withoutKey(value: Value | undefined, key: string): Content {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([each]) => each !== key)) : {};
}

/** kustomize reads names as patterns. */
function targetOf({ apiVersion, kind, name }: RenderedObject): Content {
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  return { ...(group === "" ? {} : { group }), version, kind, name: name.replaceAll(".", "\\.") };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

function named(stack: string, bare: readonly Bare[]): readonly RenderedFile[] {
  return filesOf(
    stack,
    bare.map(({ object }) => object),
  );
}

function fileOf(stack: string, object: RenderedObject): string {
  return filesOf(stack, [object])[0]?.path ?? "";
}

function kustomization(stack: string, folder: string, content: Content): RenderedFile {
  const whole = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", ...content };
  return { path: `${folder}/kustomization.yaml`, text: textOf(stack, whole) };
}
