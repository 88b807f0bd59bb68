import type { Report, Resource } from "../model";
import { inputsFromWire } from "./wire";

/** What a file given to `--against` holds. */
export type BaselineFile =
  /** Printed by `nines preview --json`. */
  | { readonly kind: "reports"; readonly reports: readonly Report[] }
  /** From `pulumi stack export`. */
  | { readonly kind: "state"; readonly stack: string; readonly resources: readonly Resource[] };

/**
 * Reads a Report, Reports, or the export of a stack.
 * @returns undefined where the text is none of them.
 */
export function baselineFile(text: string): BaselineFile | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(content)) return undefined;
  if (content["schema"] === 1) {
    const listed: unknown = "reports" in content ? content["reports"] : [content];
    return Array.isArray(listed) && listed.every(isReport) ? { kind: "reports", reports: listed } : undefined;
  }
  const deployment = content["deployment"];
  if (!isObject(deployment)) return undefined;
  const listed: unknown = deployment["resources"] ?? [];
  if (!Array.isArray(listed)) return undefined;
  const resources = listed.filter(isObject).filter(stands).map(resourceFromState);
  return { kind: "state", stack: resources[0]?.urn.split("::")[0]?.replace("urn:pulumi:", "") ?? "", resources };
}

/** Enough of one to compare with; what a report of ours holds below that is ours. */
function isReport(content: unknown): content is Report {
  if (!isObject(content) || typeof content["stack"] !== "string" || !isObject(content["cost"])) return false;
  return isObject(content["cost"]["perMonthUsd"]) && Array.isArray(content["built"]) && isObjects(content["resources"]);
}

function isObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => isObject(each) && isObject(each["inputs"]));
}

/** Not waiting to be deleted, and not one that the stack only reads. */
function stands(state: Readonly<Record<string, unknown>>): boolean {
  return state["delete"] !== true && state["external"] !== true && typeof state["urn"] === "string";
}

function resourceFromState(state: Readonly<Record<string, unknown>>): Resource {
  const urn = String(state["urn"]);
  const inputs = state["inputs"];
  const byProperty = state["propertyDependencies"];
  return {
    urn,
    type: typeof state["type"] === "string" ? state["type"] : (urn.split("::")[2] ?? ""),
    name: urn.slice(urn.lastIndexOf("::") + 2),
    custom: state["custom"] === true,
    inputs: inputsFromWire(isObject(inputs) ? withoutDefaults(inputs) : {}),
    parent: typeof state["parent"] === "string" && state["parent"] !== "" ? state["parent"] : null,
    dependencies: texts(state["dependencies"]),
    propertyDependencies: Object.fromEntries(
      Object.entries(isObject(byProperty) ? byProperty : {})
        .map(([property, urns]) => [property, texts(urns)] as const)
        .filter(([, urns]) => urns.length > 0),
    ),
    protect: state["protect"] === true,
    ignoreChanges: texts(state["ignoreChanges"]),
    deleteBeforeReplace: state["deleteBeforeReplace"] === true,
    replaceOnChanges: texts(state["replaceOnChanges"]),
  };
}

/** State marks what the provider filled in (`__defaults`): no program asked for it. */
function withoutDefaults(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
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

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string").sort() : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
