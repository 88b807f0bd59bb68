import {
  isProviderType,
  isRecord,
  isUnknownValue,
  nameOfUrn,
  type Mistake,
  type Resource,
  type Value,
} from "../../model";

/** An object as it is written to a file. */
export interface RenderedObject {
  /** Name of the cluster's provider; all are of one where there is only one. */
  readonly cluster: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** null: none is given, or its kind has none. */
  readonly namespace: string | null;
  readonly name: string;
  readonly content: Content;
}

export interface Content {
  readonly [key: string]: Value;
}

/** What a stack would put into clusters. */
export interface Rendered {
  readonly objects: readonly RenderedObject[];
  /** Where an object cannot be written, all at once. */
  readonly mistakes: readonly Mistake[];
  /** Secrets whose values are not to be written, by title. */
  readonly secrets: readonly string[];
  /** Types of what is in no cluster. */
  readonly others: readonly string[];
}

const PREFIX = "kubernetes:";
/** What stands for many objects, which only a cluster or its own plugin makes of it. */
const OPAQUE = /^kubernetes:(helm\.sh|helm|yaml|kustomize)[:/]/;
const PATCH = /Patch$/;
/** For Pulumi's own engine: nobody else reads them. */
const OWN_ANNOTATION = "pulumi.com/";

/** The objects among recorded resources, in the order of cluster, namespace, kind and name. */
export function renderedObjects(stack: string, resources: readonly Resource[]): Rendered {
  const objects: RenderedObject[] = [];
  const mistakes: Mistake[] = [];
  const secrets: string[] = [];
  const others: string[] = [];
  const providers = new Map(resources.filter(({ type }) => isProviderType(type)).map((each) => [each.urn, each]));
  const identities = new Set<string>();
  for (const resource of resources) {
    const { type, urn, inputs } = resource;
    if (isProviderType(type) || !(resource.custom || resource.remote === true)) continue;
    if (!type.startsWith(PREFIX)) {
      others.push(type);
      continue;
    }
    const slip = (key: string, given: unknown, allowed: string, fix: string): Mistake => ({
      stack,
      file: `the program of ${stack}`,
      key: `${nameOfUrn(urn)} ${key}`,
      given,
      allowed,
      fix,
    });
    if (OPAQUE.test(type) || (PATCH.test(type) && type.includes("/"))) {
      const what = PATCH.test(type)
        ? "it changes an object of somebody else, and is none"
        : "what it makes is known to its plugin alone";
      mistakes.push(slip("type", type, what, "write its objects, or keep it out of the stack that is rendered"));
      continue;
    }
    const { apiVersion, kind } = spelt(type, inputs["apiVersion"]);
    const content = withoutOwn({ ...inputs, apiVersion, kind });
    const { name, namespace } = isRecord(content["metadata"]) ? content["metadata"] : {};
    if (
      kind === "Secret" &&
      apiVersion === "v1" &&
      unknownIn([content["data"] ?? null, content["stringData"] ?? null]).length > 0
    ) {
      secrets.push(
        `${typeof namespace === "string" ? `${namespace}/` : ""}${typeof name === "string" ? name : nameOfUrn(urn)}`,
      );
      continue;
    }
    const unknown = unknownIn(content);
    for (const { path, why } of unknown)
      mistakes.push(
        why === "secret"
          ? slip(
              path,
              undefined,
              "a secret is written to no file",
              "take it from a Secret of the cluster (valueFrom.secretKeyRef)",
            )
          : slip(
              path,
              undefined,
              "its value is known only after a deploy",
              "give it as text: files are written before anything is there",
            ),
      );
    if (unknown.length > 0) continue;
    if (typeof name !== "string" || name === "") {
      mistakes.push(slip("metadata.name", undefined, "Pulumi would make up a name, which no file can hold", "name it"));
      continue;
    }
    const object = {
      cluster: clusterOf(resource, providers),
      apiVersion,
      kind,
      namespace: typeof namespace === "string" && namespace !== "" ? namespace : null,
      name,
      content,
    };
    const identity = [object.cluster, apiVersion.split("/").slice(0, -1).join(), kind, object.namespace, name].join(
      " ",
    );
    if (identities.has(identity))
      mistakes.push(slip("metadata.name", name, `another ${kind} has that name`, "name one of them otherwise"));
    identities.add(identity);
    objects.push(object);
  }
  return { objects: objects.sort(inOrder), mistakes, secrets: secrets.sort(), others };
}

/** `apps/v1` and `Deployment` of `kubernetes:apps/v1:Deployment`; the core group has no name in an object. As written, where it is. */
function spelt(type: string, written: Value | undefined): { readonly apiVersion: string; readonly kind: string } {
  const [, group = "", kind = ""] = type.split(":");
  return { apiVersion: typeof written === "string" ? written : group.replace(/^core\//, ""), kind };
}

function inOrder(a: RenderedObject, b: RenderedObject): number {
  const [one, other] = [a, b].map(({ cluster, namespace, kind, name, apiVersion }) =>
    [cluster, namespace ?? "", kind, name, apiVersion].join("\0"),
  ) as [string, string];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Paths of what is not known. */
function unknownIn(value: Value, path = ""): readonly { readonly path: string; readonly why: string }[] {
  if (isUnknownValue(value)) return [{ path, why: value.$unknown }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value))
    return (value as readonly Value[]).flatMap((each, index) => unknownIn(each, `${path}[${index}]`));
  return Object.entries(value as Content).flatMap(([key, inner]) =>
    unknownIn(inner, path === "" ? key : `${path}.${key}`),
  );
}

function withoutOwn(content: Content): Content {
  const { metadata } = content;
  if (!isRecord(metadata) || !isRecord(metadata["annotations"])) return content;
  const { annotations, ...rest } = metadata;
  const kept = Object.entries(annotations).filter(([key]) => !key.startsWith(OWN_ANNOTATION));
  return { ...content, metadata: kept.length === 0 ? rest : { ...rest, annotations: Object.fromEntries(kept) } };
}

/** The context that its provider names, or the provider's own name; empty: the default one. */
function clusterOf({ provider }: Resource, providers: ReadonlyMap<string, Resource>): string {
  if (provider === undefined) return "";
  const found = providers.get(provider)?.inputs["context"];
  return typeof found === "string" && found !== "" ? found : nameOfUrn(provider);
}
