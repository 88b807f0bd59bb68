// What a change replaces, as the change itself says: the screen and these rules have one source (preview/resource-changes.ts), so that
// what is shown as a replacement is judged as one, whatever forces it.
import { isStore } from "../catalog/replacing";
import { nameOfUrn, type PartKey, type Resource, type ResourceChange } from "../model";
import { growthByClaims } from "./grown-claims";
import { advised, count, finding } from "./finding";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

const SET = "kubernetes:apps/v1:StatefulSet";
/** Providers whose losses are known. */
const KNOWN = /^(kubernetes|aws):/;
/** So many of the inputs that force it are named. */
const NAMED = 3;

export const notReplaced: Rule = {
  id: "store-not-replaced",
  title: "No change replaces a store or a cache",
  about:
    "A named object's members are all stopped before the first of the new ones starts; a database, a table or a cache of a provider is made anew, without its data.",
  severity: beyondDev,
  peers: [],
  check: (subject) => {
    const { baseline, resources } = subject;
    if (baseline === null) return [];
    const parts = partsOfResources(subject);
    const changes = new Map(baseline.changes.map((change) => [change.urn, change]));
    return resources.flatMap((resource): readonly Finding[] => {
      const { type, urn, custom } = resource;
      const part = parts.get(urn) ?? null;
      const change = changes.get(urn);
      if (!isStore(type) || !custom || change?.op === "create" || change?.op === "import") return [];
      if (change?.op === "replace") return [replaced(change, part, growthOf(resource, change))];
      // What is no Part here may be one of another system.
      return part === null
        ? []
        : [finding(part, { ok: true, message: `${named(urn, type)} is not replaced`, fix: "" })];
    });
  },
};

export const objectsNotReplaced: Rule = {
  id: "object-not-replaced",
  title: "No change deletes what serves, or holds data, to make it anew",
  about:
    "An object that keeps its name is deleted before it is made again: callers meet nothing meanwhile, and a claim's data goes with it.",
  severity: inProd,
  peers: [],
  check: (subject) => {
    const { baseline, resources } = subject;
    if (baseline === null) return [];
    const objects = resources.filter(({ type, custom }) => custom && KNOWN.test(type) && !isStore(type));
    if (objects.length === 0) return [];
    const parts = partsOfResources(subject);
    const found = baseline.changes
      // What takes another name stands before the old one goes: a ConfigMap by its contents.
      .filter(({ op, type, loss }) => op === "replace" && !isStore(type) && loss !== undefined)
      .map((change) => replaced(change, parts.get(change.urn) ?? null));
    if (found.length > 0) return found;
    return [
      finding(null, {
        ok: true,
        message: `none of ${count(objects.length, "resource")} is deleted to be made anew`,
        fix: "",
      }),
    ];
  },
};

function partsOfResources({ claims = [] }: Subject): ReadonlyMap<string, PartKey | null> {
  return new Map(claims.map(({ urn, part }) => [urn, part]));
}

function growthOf(resource: Resource, { type, properties }: ResourceChange): string | undefined {
  return type === SET ? growthByClaims(resource, properties) : undefined;
}

/** The engine says so itself of one resource, so it stands whatever else there is. */
function replaced(change: ResourceChange, part: PartKey | null, growth?: string): Finding {
  const { urn, type, loss, properties, forcedBy } = change;
  const forcing = properties.filter(({ forces }) => forces === true).map(({ path }) => path);
  const fields = forcing.length > 0 ? forcing : forcedBy === undefined ? [] : [forcedBy];
  const more = fields.length - NAMED;
  const listed = [...fields.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(", ");
  const what = loss === undefined ? "" : `; ${loss.what}`;
  const found: Finding = {
    ...finding(part, {
      ok: false,
      message: `${named(urn, type)} is replaced, forced by ${listed === "" ? "what nobody names" : listed}${what}`,
      ...(growth === undefined ? fixOf(change, fields) : { fix: growth }),
    }),
    alone: true,
  };
  return type !== SET && loss?.grave !== true ? advised(found) : found;
}

function fixOf({ type, properties }: ResourceChange, fields: readonly string[]) {
  const moved = properties.find(({ path, forces }) => forces === true && path === "metadata.namespace");
  if (type === SET && moved !== undefined) {
    const [from, to] = [moved.from, moved.to].map((each) => (typeof each === "string" ? each : "default"));
    const move = `or build a second store in ${to ?? ""}, copy the data over, and waive this for the day of the move`;
    return { fix: `keep nines:namespace: ${from ?? ""}; ${move}`, fixByHand: `keep namespace ${from ?? ""}; ${move}` };
  }
  const keep = `leave ${fields.length === 1 ? (fields[0] ?? "it") : "these"} as ${fields.length === 1 ? "it is" : "they are"}`;
  if (!isStore(type))
    return {
      fix: `${keep}; or make another beside it, move over and take this one away; or waive it, for a time when it may stop`,
    };
  if (type !== SET)
    return {
      fix: `${keep}; or build a second one beside it, copy the data over and take this one away; or waive it, for a time when it may be empty`,
    };
  const claims = fields.some((each) => each.startsWith("spec.volumeClaimTemplates"))
    ? "grow the claims themselves, which a new template leaves as they are"
    : keep;
  const rest = "build a second store and move over; or waive it, for a time when it may stop";
  return {
    fix: `${claims}; ${rest}`,
    fixByHand: `${claims}; first deploy the annotation pulumi.com/deletionPropagationPolicy: orphan, so that its pods stay; ${rest}`,
  };
}

function named(urn: string, type: string): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} ${nameOfUrn(urn)}`;
}
