// What becomes of each resource between what stands and what is to be: the one answer that the screen shows and rules judge.
import {
  isRecord,
  isUnknownValue,
  nameOfUrn,
  type Inputs,
  type PropertyChange,
  type ReportedResource,
  type ResourceChange,
  type Value,
} from "../model";
import { lossOf, namespacesGone } from "../catalog/replacing";
import { inputsBeside } from "./provider-region";
import { isSameAmount } from "./same-amount";
import { valueDiff, type UnknownAgainstKnown } from "./value-diff";

/**
 * Does a change of that input replace a resource of that Pulumi type? sometimes: only in a case that inputs do not tell.
 * null: nothing is known of the type. Answered by the catalog (`replaces` of catalog/replacing).
 * @param change Its inputs before and after, where both are there.
 */
export type Replaces = (
  type: string,
  path: string,
  change?: { readonly before: Inputs; readonly after: Inputs },
) => boolean | "sometimes" | null;

/** Per URN, sorted by URN; a resource that stays as it is is not among them. */
export function resourceChanges(
  before: readonly ReportedResource[],
  after: readonly ReportedResource[],
  replaces: Replaces,
  unknowns: UnknownAgainstKnown = "differs",
): readonly ResourceChange[] {
  const old = new Map(before.map((resource) => [resource.urn, resource]));
  const changes = new Map<string, ResourceChange>();
  const standing = standingBefore(before, after);
  const formers = new Map<string, ReportedResource>();
  for (const resource of after) {
    const former = formerOf(resource, old);
    if (former === undefined) {
      changes.set(resource.urn, madeOrTaken(resource));
      continue;
    }
    old.delete(former.urn);
    formers.set(resource.urn, former);
    const change = changeOf(former, resource, standing, replaces, unknowns);
    if (change !== null) changes.set(resource.urn, change);
  }
  for (const gone of old.values()) {
    const note = gone.protect
      ? "protected: Pulumi refuses to delete it until protect is taken off and deployed"
      : undefined;
    const change = {
      urn: gone.urn,
      type: gone.type,
      op: "delete",
      properties: [],
      ...lostWith(standing, gone),
    } as const;
    changes.set(gone.urn, withNote(change, note));
  }
  followReplacements(after, changes, replaces, (resource) => {
    const former = formers.get(resource.urn);
    return former === undefined ? {} : lostWith(standing, former, resource);
  });
  return [...changes.values()].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
}

/** What stands before a change. */
export interface Standing {
  readonly resources: readonly ReportedResource[];
  readonly namespacesGone: ReadonlySet<string>;
}

export function standingBefore(before: readonly ReportedResource[], after: readonly ReportedResource[]): Standing {
  return { resources: before, namespacesGone: namespacesGone(before, after) };
}

/**
 * What goes with a resource that is deleted or replaced.
 * @param after what takes its place; absent: nothing
 */
export function lostWith(
  standing: Standing,
  gone: ReportedResource,
  after?: ReportedResource,
): Pick<ResourceChange, "loss"> {
  const going = { namespaces: standing.namespacesGone, ...(after === undefined ? {} : { after }) };
  const loss = lossOf(gone, standing.resources, going);
  return loss === undefined ? {} : { loss };
}

/** What the resource was: under its own URN, else under the first alias that something stands under. */
function formerOf(
  { urn, aliases = [] }: ReportedResource,
  old: ReadonlyMap<string, ReportedResource>,
): ReportedResource | undefined {
  return [urn, ...aliases].flatMap((each) => old.get(each) ?? [])[0];
}

/** New in the stack: made, or there already and taken in. */
function madeOrTaken({ urn, type, importId }: ReportedResource): ResourceChange {
  if (importId === undefined) return { urn, type, op: "create", properties: [] };
  const note = `${importId} is taken in; Pulumi refuses where it is not as the inputs say`;
  return { urn, type, op: "import", properties: [], note };
}

function changeOf(
  before: ReportedResource,
  after: ReportedResource,
  standing: Standing,
  replaces: Replaces,
  unknowns: UnknownAgainstKnown,
): ResourceChange | null {
  const change = { before: inputsBeside(before, after), after: inputsBeside(after, before) };
  const keys = [...new Set([...Object.keys(change.before), ...Object.keys(change.after)])].sort();
  const all = keys.flatMap((key) => valueDiff(change.before[key], change.after[key], key, unknowns));
  const properties = all.filter(
    (change) => !covers(after.ignoreChanges, change.path) && !isSameAmount(after.type, change),
  );
  if (properties.length === 0) return null;
  const { urn, type } = after;
  const decided: Replaces = (ofType, path) => replaces(ofType, path, change);
  const forced = (path: string): boolean => decided(type, path) === true || covers(after.replaceOnChanges, path);
  const forcedBy = properties.find((change) => forced(change.path))?.path;
  if (forcedBy === undefined)
    return withNote({ urn, type, op: "update", properties }, updateNote(type, properties, decided));
  const marked = properties.map((each) => (forced(each.path) ? { ...each, forces: true as const } : each));
  const replaced = {
    urn,
    type,
    op: "replace",
    forcedBy,
    properties: marked,
    ...lostWith(standing, before, after),
  } as const;
  return withNote(replaced, replaceNote(after, all));
}

/** An update that may turn out to be a replacement says so. */
function updateNote(type: string, properties: readonly PropertyChange[], replaces: Replaces): string | undefined {
  const doubtful = properties.find((change) => replaces(type, change.path) === "sometimes");
  if (doubtful !== undefined) return `${doubtful.path} replaces it in some cases`;
  const foreign = properties.find((change) => replaces(type, change.path) === null);
  return foreign === undefined ? undefined : "whether that replaces it is not known here";
}

/** A new resource starts at the counts that its scaler owned: said, since an ignored input is not among the changes. */
function replaceNote(after: ReportedResource, all: readonly PropertyChange[]): string | undefined {
  if (after.protect) return "protected: Pulumi refuses to replace it until protect is taken off and deployed";
  const owned = after.ignoreChanges.filter((path) => after.inputs[path] !== undefined);
  const starts = owned.map((path) => `${path} ${JSON.stringify(after.inputs[path])}`).join(", ");
  const changed = all.some((change) => covers(owned, change.path)) ? " (changed)" : "";
  return owned.length === 0 ? undefined : `starts again at ${starts}${changed}`;
}

/**
 * A replacement gets a new id, so whatever takes it for an input that cannot change in place is replaced too;
 * whatever takes it for another input is updated: a service starts its tasks anew. What is ignored, or is known and the same, is left alone.
 */
function followReplacements(
  after: readonly ReportedResource[],
  changes: Map<string, ResourceChange>,
  replaces: Replaces,
  lost: (resource: ReportedResource) => Pick<ResourceChange, "loss">,
): void {
  const replaced = (urns: readonly string[]): string | undefined =>
    urns.find((urn) => changes.get(urn)?.op === "replace");
  const taken = (resource: ReportedResource, forces: boolean): readonly [string, string] | undefined => {
    for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
      const from = replaced(urns);
      if (from === undefined || covers(resource.ignoreChanges, property)) continue;
      const forced = replaces(resource.type, property) === true || covers(resource.replaceOnChanges, property);
      if (forces ? forced : holdsUnknown(resource.inputs[property])) return [property, nameOfUrn(from)];
    }
    return undefined;
  };
  for (let grown = true; grown;) {
    grown = false;
    for (const resource of after) {
      const known = changes.get(resource.urn);
      if (known !== undefined && known.op !== "update") continue;
      const found = taken(resource, true);
      if (found === undefined) continue;
      const [property, from] = found;
      const { urn, type } = resource;
      const note = `takes ${property} from ${from}, which is replaced`;
      const properties = known?.properties ?? [];
      changes.set(urn, { urn, type, op: "replace", forcedBy: property, properties, ...lost(resource), note });
      grown = true;
    }
  }
  for (const resource of after) {
    const found = changes.has(resource.urn) ? undefined : taken(resource, false);
    if (found === undefined) continue;
    const note = `takes ${found[0]} from ${found[1]}, which is replaced`;
    changes.set(resource.urn, { urn: resource.urn, type: resource.type, op: "update", properties: [], note });
  }
}

function holdsUnknown(value: Value | undefined): boolean {
  if (isUnknownValue(value)) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(holdsUnknown);
  return isRecord(value) && Object.values(value).some(holdsUnknown);
}

function withNote(change: ResourceChange, note: string | undefined): ResourceChange {
  return note === undefined ? change : { ...change, note };
}

/** One of the paths is the changed path or lies above it. Positions in lists do not count; `*` covers all. */
function covers(paths: readonly string[], changed: string): boolean {
  const steps = words(changed);
  return paths.some((path) => path === "*" || words(path).every((word, index) => word === steps[index]));
}

function words(path: string): readonly string[] {
  return path
    .replaceAll(/\[[^\]]*\]/g, "")
    .split(".")
    .filter((word) => word !== "" && !/^\d+$/.test(word));
}
