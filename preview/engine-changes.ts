import type { Changes, Report, ResourceChange } from "../model";
import type { EngineStep, PreviewDocument } from "./preview-document";
import { lostWith, standingBefore } from "./resource-changes";

/**
 * Changes as the engine decided them: it asked the provider, and we know inputs alone. What we add is how a property differs.
 * @param found What we see between old and new.
 */
export function engineChanges(
  found: Changes,
  document: Pick<PreviewDocument, "steps" | "unseen">,
  before: Report,
  after: Report,
): Changes {
  const ours = new Map(found.resources.map((change) => [change.urn, change]));
  const old = new Map(before.resources.map((resource) => [resource.urn, resource]));
  const now = new Map(after.resources.map((resource) => [resource.urn, resource]));
  const standing = standingBefore(before.resources, after.resources);
  const resources: ResourceChange[] = [];
  for (const [urn, step] of [...document.steps].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const resource = now.get(urn) ?? old.get(urn);
    if (resource === undefined || step.op === "same") continue;
    const known = ours.get(urn);
    const properties =
      step.op === "create" || step.op === "import" || step.op === "delete"
        ? []
        : propertiesOf(step, known, old.get(urn)?.inputs, now.get(urn)?.inputs);
    const forced = forcing(step, properties);
    const forcedBy = step.op === "replace" ? (forced[0]?.path ?? step.replaces[0]) : undefined;
    const gone = step.op === "replace" || step.op === "delete" ? old.get(urn) : undefined;
    const note =
      resource.protect && step.op !== "create" && step.op !== "import" && step.op !== "update"
        ? known?.note
        : undefined;
    resources.push({
      urn,
      type: resource.type,
      op: step.op,
      ...(forcedBy === undefined ? {} : { forcedBy }),
      properties: properties.map((each) => {
        const { path, from, to } = each;
        return { path, from, to, ...(forced.includes(each) ? { forces: true } : {}) };
      }),
      ...(gone === undefined ? {} : lostWith(standing, gone, step.op === "replace" ? now.get(urn) : undefined)),
      ...(note === undefined ? {} : { note }),
    });
  }
  const changed = resources.filter(({ op }) => op !== "delete").length;
  return { ...found, resources, same: after.resources.length - changed + document.unseen };
}

/** Ours where we see them; of the others the engine tells the property alone. */
function propertiesOf(
  step: EngineStep,
  known: ResourceChange | undefined,
  from: Report["resources"][number]["inputs"] | undefined,
  to: Report["resources"][number]["inputs"] | undefined,
): ResourceChange["properties"] {
  const seen = known?.properties ?? [];
  const missing = [...new Set([...step.differs, ...step.replaces])].filter(
    (property) =>
      !seen.some(({ path }) => path.split(/[.[]/)[0] === property) &&
      (property in (from ?? {}) || property in (to ?? {})),
  );
  return [...seen, ...missing.map((path) => ({ path, from: from?.[path] ?? null, to: to?.[path] ?? null }))];
}

/** What forces it, by its whole path where we see it; where the engine names a property alone, what of it the catalog knows to replace. */
function forcing(step: EngineStep, properties: ResourceChange["properties"]): ResourceChange["properties"] {
  if (step.op !== "replace") return [];
  const named = properties.filter(({ path }) => step.replaces.some((reason) => touch(path, reason)));
  const known = named.filter(({ forces }) => forces === true);
  return known.length > 0 ? known : named;
}

function touch(path: string, reason: string): boolean {
  return [path, reason].some((outer) => {
    const inner = outer === path ? reason : path;
    return inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  });
}
