import type { Resource } from "../model";
import { withDefaultProviders } from "./foreign/default-providers";
import { isManaged, isObject, resourceFromState, stands } from "./state-resources";

/** What the engine says that it would do with one resource. */
export interface EngineStep {
  readonly op: "same" | "create" | "import" | "update" | "replace" | "delete";
  /** Properties that force a replacement. */
  readonly replaces: readonly string[];
  /** Properties that differ. */
  readonly differs: readonly string[];
}

/** The document of `pulumi preview --json` (display.PreviewDigest). */
export interface PreviewDocument {
  /** What would stand. */
  readonly after: readonly Resource[];
  /** What stands now, as far as the document shows it. */
  readonly before: readonly Resource[];
  readonly steps: ReadonlyMap<string, EngineStep>;
  /** Unchanged resources that it leaves out: without --show-sames it has none of them. */
  readonly unseen: number;
  /** What the engine or the program complained of. */
  readonly errors: readonly string[];
}

export function isPreviewDocument(content: Readonly<Record<string, unknown>>): boolean {
  if (Array.isArray(content["steps"]))
    return content["steps"].every((step) => isObject(step) && typeof step["urn"] === "string");
  return isObject(content["changeSummary"]) || Array.isArray(content["diagnostics"]);
}

/** The engine's operations by what becomes of the resource; those that are not here leave it alone. */
const operations: Readonly<Record<string, EngineStep["op"]>> = {
  same: "same",
  create: "create",
  import: "import",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  "import-replacement": "replace",
  "delete-replaced": "replace",
  delete: "delete",
  refresh: "same",
};

/**
 * Steps as resources before and after. A replacement comes as one step, or as three with --show-replacement-steps; a resource that an
 * earlier replacement left behind is deleted beside the one that stands; with --refresh one resource has two steps.
 */
export function previewDocument(content: Readonly<Record<string, unknown>>): PreviewDocument {
  const before = new Map<string, Resource>();
  const after = new Map<string, Resource>();
  const steps = new Map<string, EngineStep>();
  const listed = Array.isArray(content["steps"]) ? content["steps"].filter(isObject) : [];
  let same = 0;
  for (const step of listed) {
    if (step["op"] === "same") same += 1;
    const op = operations[String(step["op"])];
    const [old, now] = [step["oldState"], step["newState"]];
    // What is deleted for good may be what an earlier replacement left behind, beside the one that stands.
    if (op === undefined || (op === "delete" && !stands(old))) continue;
    const urn = String(step["urn"]);
    if (isManaged(old) && !before.has(urn)) before.set(urn, resourceFromState(old));
    if (isManaged(now)) after.set(urn, resourceFromState(now));
    const known = steps.get(urn);
    const said = { op, replaces: texts(step["replaceReasons"]), differs: texts(step["diffReasons"]) };
    if (known === undefined || known.op === "same" || (op === "replace" && known.replaces.length === 0))
      steps.set(urn, said);
    else if (known.op === "delete") steps.set(urn, { ...said, op: "create" });
  }
  const summary = content["changeSummary"];
  const counted = isObject(summary) && typeof summary["same"] === "number" ? summary["same"] : 0;
  return {
    before: provided(before, content["config"]),
    after: provided(after, content["config"]),
    steps,
    unseen: Math.max(0, counted - same),
    errors: errorsOf(content["diagnostics"]),
  };
}

/** The providers that an engine adds are not among the steps: configuration says what they hold. */
function provided(listed: ReadonlyMap<string, Resource>, config: unknown): readonly Resource[] {
  const resources = [...listed.values()].map((resource): Resource => {
    const { provider, ...rest } = resource;
    return provider === undefined || listed.has(provider) ? resource : rest;
  });
  const [stack = "", project = ""] = resources[0]?.urn.replace(/^urn:pulumi:/, "").split("::") ?? [];
  const texts = Object.entries(isObject(config) ? config : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return withDefaultProviders(resources, { stack, project, config: Object.fromEntries(texts) });
}

function errorsOf(diagnostics: unknown): readonly string[] {
  if (!Array.isArray(diagnostics)) return [];
  return diagnostics
    .filter(isObject)
    .filter((each) => each["severity"] === "error")
    .map((each) => String(each["message"]).trim());
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
