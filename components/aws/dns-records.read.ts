import type { PartKey, Resource, ResourceGraph } from "../../model";
import { RECORD } from "./dns-failover-inputs.read";
import { asNumber, asText, inside, listOf, valueAt } from "./leaf.read";

/** Doors by their resources, as the reader of a target's doors knows them. */
type Doors = ReadonlyMap<string, PartKey>;

/** What is known of the records of a program. */
export interface Records {
  readonly graph: ResourceGraph;
  /** Records of each name of which one answers. */
  readonly sets: ReadonlyMap<string, readonly Resource[]>;
  /** Other records, by name. */
  readonly plain: ReadonlyMap<string, Resource>;
  readonly doors: Doors;
}

/** Lower case, without the root's dot. */
export const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, "");
const nameOf = (record: Resource): string | undefined => {
  const name = asText(record.inputs["name"] ?? null);
  return name === undefined ? undefined : canonical(name);
};

const LEADING = ["A", "CNAME", "AAAA"];

function isChosen(record: Resource): boolean {
  return (
    valueAt(record, "failoverRoutingPolicies") !== undefined || valueAt(record, "weightedRoutingPolicies") !== undefined
  );
}

/** Of a name that has addresses of both sorts, both are in it. */
export function setsOf(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  const sets = new Map<string, Resource[]>();
  for (const record of graph.ofType(RECORD).filter(isChosen)) {
    const name = nameOf(record);
    if (name === undefined || !LEADING.includes(asText(record.inputs["type"] ?? null) ?? "")) continue;
    const there = sets.get(name);
    if (there === undefined) sets.set(name, [record]);
    else there.push(record);
  }
  return new Map([...sets].filter(([, records]) => records.some(mayTurn)));
}

/** Weights by themselves divide callers, and lead nobody from one place to another. */
function mayTurn(record: Resource): boolean {
  return (
    valueAt(record, "failoverRoutingPolicies") !== undefined ||
    valueAt(record, "healthCheckId") !== undefined ||
    weightOf(record) === 0
  );
}

/** undefined: of a record without weights. */
export function weightOf(record: Resource): number | undefined {
  return asNumber(inside(valueAt(record, "weightedRoutingPolicies"), 0, "weight") ?? null);
}

export function plainRecords(graph: ResourceGraph): ReadonlyMap<string, Resource> {
  return new Map(
    graph.ofType(RECORD).flatMap((record) => {
      const name = nameOf(record);
      return name === undefined || isChosen(record) ? [] : [[name, record] as const];
    }),
  );
}

/** The name that a record leads to, and the door, where one is behind it. */
export interface Led {
  readonly name: string | undefined;
  readonly door: PartKey | undefined;
  /** The record on the way. */
  readonly by: Resource | undefined;
}

export function leadsTo({ graph, sets, plain, doors }: Records, record: Resource): Led {
  const own = ["records", "aliases"].flatMap((property) => record.propertyDependencies[property] ?? []);
  const values = [
    ...listOf(valueAt(record, "records")),
    ...listOf(valueAt(record, "aliases")).map((each) => inside(each, "name") ?? null),
  ];
  const [written] = values.flatMap((value) => (typeof value === "string" ? [canonical(value)] : []));
  const [through] = own.flatMap((urn) => {
    const other = graph.byUrn(urn);
    return other?.type === RECORD ? (nameOf(other) ?? []) : [];
  });
  const name = written ?? through;
  const door = own.flatMap((urn) => doors.get(urn) ?? [])[0];
  const by = name === undefined || sets.has(name) ? undefined : plain.get(name);
  if (by === undefined) return { name, door, by };
  const [behind] = ["records", "aliases"]
    .flatMap((property) => by.propertyDependencies[property] ?? [])
    .flatMap((urn) => doors.get(urn) ?? []);
  return { name, door: door ?? behind, by };
}
