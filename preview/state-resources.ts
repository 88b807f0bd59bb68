import { isProviderType, nameOfUrn, type Inputs, type Resource } from "../model";
import { inputsFromWire } from "./wire";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A resource of a state (apitype.ResourceV3) that the stack manages: one that it only reads belongs to somebody else. The engine's
 * own providers are among them: they tell the region of all that say none (a report leaves them out).
 */
export function isManaged(state: unknown): state is Fields {
  return isObject(state) && state["external"] !== true && typeof state["urn"] === "string";
}

/** `urn:pulumi:<stack>::<project>::<type>::<name>`; what has none cannot be told from others, nor by its kind. */
export function hasUrn(entry: unknown): entry is Fields {
  return isObject(entry) && typeof entry["urn"] === "string" && /^urn:pulumi:.*::.*::.+::/s.test(entry["urn"]);
}

/** What the engine writes among a provider's inputs: which plugin it loaded. */
const OF_THE_ENGINE: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "pluginChecksums", "__internal"]);

/** One that it manages and that stays: what a replacement left behind waits to be deleted. */
export function stands(state: unknown): state is Fields {
  return isManaged(state) && state["delete"] !== true;
}

/** A resource as state, export and preview write it (apitype.ResourceV3), as a recording would have it. */
export function resourceFromState(state: Fields): Resource {
  const urn = String(state["urn"]);
  const byProperty = state["propertyDependencies"];
  const type = typeof state["type"] === "string" ? state["type"] : typeOfUrn(urn);
  return {
    urn,
    type,
    name: nameOfUrn(urn),
    custom: state["custom"] === true,
    inputs: isProviderType(type) ? without(OF_THE_ENGINE, inputsOf(state["inputs"])) : inputsOf(state["inputs"]),
    parent: typeof state["parent"] === "string" && state["parent"] !== "" ? state["parent"] : null,
    ...providerOf(state["provider"]),
    dependencies: texts(state["dependencies"]),
    propertyDependencies: Object.fromEntries(
      Object.entries(isObject(byProperty) ? byProperty : {})
        .map(([property, urns]) => [property, texts(urns)] as const)
        .filter(([, urns]) => urns.length > 0),
    ),
    protect: state["protect"] === true,
    ignoreChanges: texts(state["ignoreChanges"]),
    // No state says it: it matters while a replacement runs, and is not kept.
    deleteBeforeReplace: false,
    replaceOnChanges: texts(state["replaceOnChanges"]),
  };
}

/** State writes URN and id. */
function providerOf(reference: unknown): Pick<Resource, "provider"> {
  if (typeof reference !== "string" || !reference.includes("::")) return {};
  return { provider: reference.slice(0, reference.lastIndexOf("::")) };
}

/** Inputs without what the provider filled in: it marks that (`__defaults`), and no program asked for it. */
function inputsOf(inputs: unknown): Inputs {
  return inputsFromWire(isObject(inputs) ? withoutDefaults(inputs) : {});
}

function without(keys: ReadonlySet<string>, inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.has(key)));
}

function withoutDefaults(inputs: Fields): Fields {
  const marked = new Set(texts(inputs["__defaults"]));
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([key]) => key !== "__defaults" && !marked.has(key))
      .map(([key, value]) => [key, withoutDefaultsIn(value)]),
  );
}

function withoutDefaultsIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaultsIn);
  return isObject(value) ? withoutDefaults(value) : value;
}

/** The last of the types in a URN: those before it are its parents'. */
function typeOfUrn(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string").sort() : [];
}

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
