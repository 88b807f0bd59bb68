import { nameOfUrn, type Part, type Resource } from "../../model";

/** Tags say nothing that a reader may use. */
const TAGS = new Set(["tags", "tagsAll", "labels"]);

/**
 * What a reader may see, and no more: custom resources' type, inputs, dependencies and protection. Components are gone with
 * all references to them, tags and labels too; logical names are renamed one to one (equal names stay equal) and URNs with them.
 */
export function strip(resources: readonly Resource[]): readonly Resource[] {
  const custom = resources.filter((resource) => resource.custom);
  const names = new Map<string, string>();
  // Backwards, so that an order that hangs on names comes out another way.
  for (const { name } of [...custom].sort((a, b) => (a.name < b.name ? 1 : -1)))
    if (!names.has(name)) names.set(name, `n${names.size}`);
  const urns = new Map(
    custom.map(({ urn, type, name }, index) => [
      urn,
      `urn:pulumi:s${custom.length - index}::p::${type}::${names.get(name) ?? ""}`,
    ]),
  );
  const renamed = (list: readonly string[]) => list.flatMap((urn) => urns.get(urn) ?? []).sort();
  return custom.map((resource) => {
    const urn = urns.get(resource.urn) ?? "";
    const provider = resource.provider === undefined ? undefined : urns.get(resource.provider);
    return {
      ...resource,
      ...(provider === undefined ? {} : { provider }),
      urn,
      name: nameOfUrn(urn),
      parent: null,
      inputs: Object.fromEntries(Object.entries(resource.inputs).filter(([key]) => !TAGS.has(key))),
      dependencies: renamed(resource.dependencies),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).flatMap(([property, list]) =>
          renamed(list).length > 0 ? [[property, renamed(list)]] : [],
        ),
      ),
    };
  });
}

/** Properties that hold another Part's key. */
const KEYS = new Set(["key", "part", "watches", "peer", "replicaOf"]);

interface Renaming {
  readonly keys: readonly (readonly [string, string])[];
  readonly workloads: readonly (readonly [string, string])[];
}

/**
 * Whether what was read is what was planned, up to a one-to-one renaming of keys and of workloads that is the same everywhere.
 * `read` is taken as `plain()` leaves it. The answer is what stands against it; undefined where nothing does.
 */
export function differs(planned: readonly Part[], read: readonly unknown[]): string | undefined {
  if (planned.length !== read.length) return `${planned.length} planned, ${read.length} read`;
  const paired = pair(planned, read, { keys: [], workloads: [] });
  return paired === undefined
    ? `no pairing of\n${JSON.stringify(planned, undefined, 1)}\nwith\n${JSON.stringify(read, undefined, 1)}`
    : undefined;
}

function pair(planned: readonly unknown[], read: readonly unknown[], renaming: Renaming): Renaming | undefined {
  const [first, ...rest] = planned;
  if (planned.length === 0) return renaming;
  for (const [index, candidate] of read.entries()) {
    const unified = unify(first, candidate, "", renaming);
    const whole = unified && pair(rest, [...read.slice(0, index), ...read.slice(index + 1)], unified);
    if (whole !== undefined) return whole;
  }
  return undefined;
}

function unify(a: unknown, b: unknown, property: string, renaming: Renaming): Renaming | undefined {
  if (typeof a === "string" && typeof b === "string") {
    if (KEYS.has(property)) return bind(a, b, renaming, "keys");
    if (property === "workload") return bind(a, b, renaming, "workloads");
  }
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null)
    return Object.is(a, b) ? renaming : undefined;
  if (Array.isArray(a) !== Array.isArray(b)) return undefined;
  const entries = Object.entries(a);
  if (entries.length !== Object.keys(b).length) return undefined;
  let here: Renaming | undefined = renaming;
  for (const [key, value] of entries) {
    if (!Object.hasOwn(b, key)) return undefined;
    here = here && unify(value, (b as Record<string, unknown>)[key], key, here);
  }
  return here;
}

function bind(a: string, b: string, renaming: Renaming, table: keyof Renaming): Renaming | undefined {
  const known = renaming[table].find(([from, to]) => from === a || to === b);
  if (known !== undefined) return known[0] === a && known[1] === b ? renaming : undefined;
  return { ...renaming, [table]: [...renaming[table], [a, b]] };
}
