import { bareResource, isRecord, looksSecret, type Resource, type Value } from "../../model";
import { urnOf } from "../urns";

/** Stands for stack and project in URNs: an object is the same in whichever folder it lies, so that two folders can be compared. */
const STACK_OF_MANIFESTS = "manifests";

/** An object of Kubernetes as it is written, and where. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** null: none is written. */
  readonly namespace: string | null;
  readonly name: string;
  readonly content: { readonly [key: string]: Value };
  /** Of the document that holds it. */
  readonly path: readonly string[];
}

/** A list's items, and their items; whatever else a document holds is its only object. */
export function objectsOf(
  content: Value,
  path: readonly string[] = [],
): readonly (readonly [Value, readonly string[]])[] {
  if (!isRecord(content)) return [[content, path]];
  const { kind, apiVersion, items } = content;
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) return [[content, path]];
  const inner = kind.slice(0, -"List".length);
  return (items as readonly Value[]).flatMap((item, index) => {
    // A typed list says once what its items are.
    const whole =
      isRecord(item) && inner !== ""
        ? { ...(apiVersion === undefined ? {} : { apiVersion }), kind: inner, ...item }
        : item;
    return objectsOf(whole, [...path, "items", String(index)]);
  });
}

/** What a document says it is; null: nothing of Kubernetes. */
export function kubernetesObject(content: Value, path: readonly string[]): KubernetesObject | null {
  if (!isRecord(content)) return null;
  const { apiVersion, kind, metadata } = content;
  if (typeof apiVersion !== "string" || apiVersion === "" || typeof kind !== "string" || kind === "") return null;
  const { name, generateName, namespace } = isRecord(metadata) ? metadata : {};
  return {
    apiVersion,
    kind,
    namespace: typeof namespace === "string" && namespace !== "" ? namespace : null,
    // Of what the cluster names, the part that is known.
    name: typeof name === "string" ? name : typeof generateName === "string" ? `${generateName}*` : "",
    content,
    path,
  };
}

/** `apps` of `apps/v1`; the core group's is empty. An object keeps its identity when its version changes. */
function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** What no two objects of a cluster share. */
export function identityOf({ apiVersion, kind, namespace, name }: KubernetesObject): string {
  return [groupOf(apiVersion), kind, namespace ?? "", name].join(" ");
}

/** `Deployment shop/web`. */
export function titleOf({ kind, namespace, name }: Pick<KubernetesObject, "kind" | "namespace" | "name">): string {
  return `${kind} ${namespace === null ? "" : `${namespace}/`}${name}`;
}

/** The object as a recording would have it: the type as Pulumi spells it, the inputs as written. */
export function resourceOf(object: KubernetesObject): Resource {
  const { apiVersion, kind, namespace, name, content } = object;
  const type = `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`;
  // Two colons would end the name.
  const whole = `${namespace === null ? "" : `${namespace}/`}${name}`.replaceAll("::", "%3A%3A");
  return bareResource({
    urn: urnOf({ stack: STACK_OF_MANIFESTS, project: STACK_OF_MANIFESTS, type, name: whole, parent: "" }),
    type,
    name: whole,
    inputs: kind === "Secret" && apiVersion === "v1" ? withoutSecrets(content) : withoutLastApplied(content),
  });
}

/** What is shorter, and called like no secret, is found elsewhere by chance: a user, a host. */
const LEAST_LETTERS = 12;

/** What a Secret holds, as it is written and as it reads. */
export function heldBy({ kind, apiVersion, content }: KubernetesObject): readonly string[] {
  if (kind !== "Secret" || apiVersion !== "v1") return [];
  const texts = (held: Value | undefined): readonly (readonly [string, string])[] =>
    isRecord(held)
      ? Object.entries(held).flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : []))
      : [];
  const data = texts(content["data"]);
  const read = data.map(([key, value]) => [key, Buffer.from(value, "base64").toString().trim()] as const);
  return [...texts(content["stringData"]), ...data, ...read]
    .filter(([key, value]) => value.length >= LEAST_LETTERS || looksSecret(key, value) !== null)
    .map(([, value]) => value);
}

/** kubectl keeps the whole of what was applied in it. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** It repeats the object, secrets among it, and is nobody's word. */
function withoutLastApplied(content: KubernetesObject["content"]): KubernetesObject["content"] {
  const { metadata } = content;
  const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
  if (!isRecord(metadata) || !isRecord(annotations) || !(LAST_APPLIED in annotations)) return content;
  const rest = Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED));
  return { ...content, metadata: { ...metadata, annotations: rest } };
}

/** What a Secret holds goes nowhere: its keys stay. */
function withoutSecrets(content: KubernetesObject["content"]): KubernetesObject["content"] {
  const hidden = (held: Value | undefined): Value =>
    isRecord(held) ? Object.fromEntries(Object.keys(held).map((key) => [key, { $unknown: "secret" }])) : null;
  const { metadata } = content;
  const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
  return {
    ...content,
    ...("data" in content ? { data: hidden(content["data"]) } : {}),
    ...("stringData" in content ? { stringData: hidden(content["stringData"]) } : {}),
    ...(isRecord(metadata) && isRecord(annotations) && LAST_APPLIED in annotations
      ? { metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: { $unknown: "secret" } } } }
      : {}),
  };
}
