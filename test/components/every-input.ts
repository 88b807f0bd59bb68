import {
  isUnknownValue,
  plain,
  resourceGraph,
  type InputTable,
  type PartReader,
  type Read,
  type Resource,
  type Value,
} from "../../model";

interface Leaf {
  /** Positions and property names, with documents entered: "json" marks the step into one. */
  readonly steps: readonly (string | number | typeof DOCUMENT)[];
  readonly value: Value;
}

const DOCUMENT = Symbol("document");

/**
 * Holds a reader to its table: every input of every resource that it claims is either named there with the field that it sets,
 * and then changing it (or taking it away) changes that field of what is read, or makes a conflict about it; or is ignored with
 * a reason. Where a path stands in several resources of a type, one of them must show it: a rollback that is switched off
 * hides what else is said of it. The answer is one sentence for each input that is neither; empty when all is well.
 */
export function checkEveryInput(
  resources: readonly Resource[],
  reader: PartReader,
  before: ReadonlySet<string> = new Set(),
): readonly string[] {
  const read = (all: readonly Resource[]): Read => reader.read(resourceGraph(all), before);
  const original = read(resources);
  const claimed = new Set(original.claims.map((claim) => claim.urn));
  const problems = new Set<string>();
  const shown = new Map<string, boolean>();
  for (const resource of resources.filter(({ urn }) => claimed.has(urn))) {
    for (const leaf of leavesOf(resource.inputs)) {
      const path = pathOf(leaf.steps);
      const entry = entryOf(reader.inputs[resource.type], path);
      if (entry === undefined) problems.add(`${resource.type} ${path} is in no table`);
      else if (entry.ignored === "") problems.add(`${resource.type} ${path} is ignored without a reason`);
      if (entry?.field === undefined) continue;
      const { field } = entry;
      const claim = `${resource.type} ${path}: changing it does not change ${field}`;
      if (shown.get(claim) === true) continue;
      const said = sayings(original, field);
      const tells = (mutant: Resource) =>
        differ(said, sayings(read(resources.map((each) => (each === resource ? mutant : each))), field));
      shown.set(claim, tells(changed(resource, leaf)) || tells(removed(resource, leaf)));
    }
  }
  return [...problems, ...[...shown].flatMap(([claim, seen]) => (seen ? [] : [claim]))].sort();
}

/** The longest entry that covers a path. */
function entryOf(
  table: InputTable[string] | undefined,
  path: string,
): { readonly field?: string; readonly ignored?: string } | undefined {
  if (table === undefined) return undefined;
  const covers = (entry: string) =>
    entry === "*" || path === entry || path.startsWith(`${entry}.`) || path.startsWith(`${entry}[]`);
  const longest = [...Object.keys(table.fields), ...Object.keys(table.ignored)]
    .filter(covers)
    .sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return undefined;
  const field = table.fields[longest];
  return field === undefined ? { ignored: table.ignored[longest] ?? "" } : { field };
}

/** What is read of a field. */
interface Sayings {
  readonly values: string;
  readonly conflicts: number;
}

function sayings(read: Read, field: string): Sayings {
  return {
    values: JSON.stringify(read.parts.map((part) => pluck(plain(part), field.split(".")))),
    conflicts: read.conflicts.filter((conflict) => conflict.field === field).length,
  };
}

function differ(before: Sayings, after: Sayings): boolean {
  return before.values !== after.values || after.conflicts > before.conflicts;
}

function pluck(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return value;
  // An unknown that stands in the way is what is there.
  if ((value as { known?: unknown }).known === false) return value;
  return pluck((value as Record<string, unknown>)[step], rest);
}

function leavesOf(value: Value, steps: Leaf["steps"] = []): readonly Leaf[] {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return leavesOf(JSON.parse(value) as Value, [...steps, DOCUMENT]);
    } catch {
      return [{ steps, value }];
    }
  }
  if (typeof value !== "object" || value === null || isUnknownValue(value)) return [{ steps, value }];
  if (Array.isArray(value))
    return (value as readonly Value[]).flatMap((inner, index) => leavesOf(inner, [...steps, index]));
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...steps, key]));
}

function pathOf(steps: Leaf["steps"]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === "symbol") return path;
    if (typeof step === "number") return `${path}[]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}

/** Another value of the same sort. A reference becomes a text that refers to nothing here. */
function changed(resource: Resource, leaf: Leaf): Resource {
  const refers = isUnknownValue(leaf.value) || leaf.steps.length === 1;
  return mutated(resource, leaf, other(leaf.value), refers);
}

function removed(resource: Resource, leaf: Leaf): Resource {
  return mutated(resource, leaf, undefined, leaf.steps.length === 1);
}

function other(value: Value): Value {
  if (typeof value === "number") return value * 2 + 7;
  if (typeof value === "boolean") return !value;
  return typeof value === "string" ? `${value}x` : "refers-to-nothing-here";
}

function mutated(resource: Resource, leaf: Leaf, value: Value | undefined, dropsReferences: boolean): Resource {
  const [top] = leaf.steps;
  const propertyDependencies = Object.fromEntries(
    Object.entries(resource.propertyDependencies).filter(([property]) => !(dropsReferences && property === top)),
  );
  return { ...resource, inputs: put(resource.inputs, leaf.steps, value) as Resource["inputs"], propertyDependencies };
}

function put(here: Value, steps: Leaf["steps"], value: Value | undefined): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === "symbol") return JSON.stringify(put(JSON.parse(String(here)) as Value, rest, value));
  if (typeof step === "number") {
    const list = here as readonly Value[];
    const inner = put(list[step] ?? null, rest, value);
    return [...list.slice(0, step), ...(inner === undefined ? [] : [inner]), ...list.slice(step + 1)];
  }
  const record = here as Readonly<Record<string, Value>>;
  const inner = put(record[step] ?? null, rest, value);
  const others = Object.fromEntries(Object.entries(record).filter(([key]) => key !== step));
  return inner === undefined ? others : { ...others, [step]: inner };
}
