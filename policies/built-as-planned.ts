import { isLeaf, isPlannedKind, isUnknown, plain, plansIn } from "../model";
import type { Image, Part, PartKey, Plan, ReadPart, Resource, Unknown } from "../model";
import { finding, undecided } from "./finding";
import { beyondDev } from "./rule";
import type { Finding, Rule } from "./rule";

export interface Mismatch {
  readonly key: PartKey;
  /** Dotted; "" for a Part that is missing or was not planned. */
  readonly field: string;
  readonly planned: unknown;
  readonly built: unknown;
}

interface Compared {
  readonly mismatches: readonly Mismatch[];
  /** Fields that are planned and cannot be read. */
  readonly unread: readonly { readonly key: PartKey; readonly unknown: Unknown; readonly field: string }[];
}

/** Compares by key, field by field: what differs, and what cannot be read. Keys of `built` are the plan's. What stands beside a system and is never planned is no difference. */
export function comparePlanned(planned: readonly Part[], built: readonly ReadPart[]): Compared {
  const mismatches: Mismatch[] = [];
  const unread: { key: PartKey; unknown: Unknown; field: string }[] = [];
  const byKey = new Map(built.map((part) => [part.key, part]));
  const wanted = new Set<PartKey>();
  for (const part of planned) {
    wanted.add(part.key);
    const found = byKey.get(part.key);
    if (found === undefined) mismatches.push({ key: part.key, field: "", planned: part.kind, built: null });
    else walk(part, found, "", part.key, mismatches, unread);
  }
  for (const part of built)
    if (!wanted.has(part.key) && isPlannedKind(part.kind))
      mismatches.push({ key: part.key, field: "", planned: null, built: part.kind });
  return { mismatches, unread };
}

function walk(
  planned: unknown,
  built: unknown,
  field: string,
  key: PartKey,
  out: Mismatch[],
  unread: { key: PartKey; unknown: Unknown; field: string }[],
): void {
  if (isHandedOver(planned, field)) return;
  if (isUnknown(built)) {
    unread.push({ key, unknown: built, field });
    return;
  }
  const value = isLeaf(built) && built.known ? built.value : built;
  if (!isTree(value) || !isTree(planned) || Array.isArray(planned) !== Array.isArray(value)) {
    if (!Object.is(planned, value)) out.push({ key, field, planned, built: plain(value) });
    return;
  }
  if (Array.isArray(planned) && Array.isArray(value) && planned.length !== value.length) {
    out.push({ key, field, planned, built: plain(value) });
    return;
  }
  const [a, b] = [planned as Record<string, unknown>, value as Record<string, unknown>];
  for (const name in a) walk(a[name], b[name], field === "" ? name : `${field}.${name}`, key, out, unread);
  for (const name in b)
    if (!(name in a)) walk(undefined, b[name], field === "" ? name : `${field}.${name}`, key, out, unread);
}

/** Of an image or a listener that the program hands over nothing was planned. */
function isHandedOver(planned: unknown, field: string): boolean {
  if (field === "listener") return planned === null;
  return field === "image" && isTree(planned) && (planned as Partial<Image>).reference === "";
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Components of a program that planned Parts of the same names: what one of them built cannot be told from what another did. Fewer than two: none. */
export function namesakesOf(plan: Plan, resources: readonly Resource[]): readonly string[] {
  const own = new Set(plan.parts.map(({ key }) => key));
  const alike = plansIn(resources).filter(
    (other) => other.plan.system === plan.system && other.plan.parts.some(({ key }) => own.has(key)),
  );
  return alike.length < 2 ? [] : alike.map(({ component }) => component);
}

const compared = new WeakMap<Plan, { readonly parts: readonly ReadPart[]; readonly result: Compared }>();

function compareOnce(plan: Plan, parts: readonly ReadPart[]): Compared {
  const known = compared.get(plan);
  if (known?.parts === parts) return known.result;
  const result = comparePlanned(plan.parts, parts);
  compared.set(plan, { parts, result });
  return result;
}

const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

const builtAsPlanned: Rule = {
  id: "built-as-planned",
  title: "What was registered is what was planned",
  about:
    "Cost and availability were weighed for the plan; a transform, or another program's hand, can undo what they rest on.",
  severity: beyondDev,
  peers: [],
  check: ({ plan, parts, resources }) => {
    if (plan === null) return [];
    const namesakes = namesakesOf(plan, resources);
    if (namesakes.length > 0) {
      const message = `${namesakes.length} components are called ${plan.system}: their physical names collide`;
      return [finding(null, { ok: false, message, fix: "give each a name of its own" })];
    }
    const { mismatches, unread } = compareOnce(plan, parts);
    const wrong = mismatches.map(({ key, field, planned, built }): Finding => {
      const message =
        field !== ""
          ? `${field}: ${shown(planned)} planned, ${shown(built)} built`
          : built === null
            ? "planned, and not built"
            : "built, and not planned";
      return finding(key, { ok: false, message, fix: "change the system or the stack instead of the resource" });
    });
    const open = unread.map(({ key, field, unknown }) => undecided(key, field, unknown));
    const told = new Set([...mismatches, ...unread].map(({ key }) => key));
    const right = parts
      .filter(({ key, kind }) => isPlannedKind(kind) && !told.has(key))
      .map(({ key }) => finding(key, { ok: true, message: "as planned", fix: "" }));
    return [...wrong, ...open, ...right];
  },
};

export const builtRules: readonly Rule[] = [builtAsPlanned];
