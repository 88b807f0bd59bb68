import {
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Table,
  type Unknown,
} from "../../model";
import { asNumber, asText, inside, leafAt, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";

const SCALER = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";

type Way = "Read" | "Write";
type Units = { readonly min: Leaf<number>; readonly max: Leaf<number> };

/** Scalers of a table and of its indexes: by reference, or by the name that both spell out. */
export function scalersOf(graph: ResourceGraph, table: Resource): readonly Resource[] {
  const referring = new Set(graph.referrers(table, "resourceId", SCALER));
  const name = valueAt(table, "name");
  return graph.ofType(SCALER).filter((scaler) => {
    const id = valueAt(scaler, "resourceId");
    if (typeof id === "string")
      return typeof name === "string" && (id === `table/${name}` || id.startsWith(`table/${name}/index/`));
    return referring.has(scaler);
  });
}

export function policiesOf(graph: ResourceGraph, scalers: readonly Resource[]): readonly Resource[] {
  return scalers.flatMap((scaler) => graph.referrers(scaler, "resourceId", POLICY));
}

/** What is paid for by the hour: of the table and of each index; nothing where it is billed by use. */
export function capacityOf(
  table: Resource,
  scalers: readonly Resource[],
): Pick<ReadPart<Table>, "capacity" | "indexes"> {
  const mode = leafWithDefault(table, ["billingMode"], (value) =>
    value === "PROVISIONED" || value === "PAY_PER_REQUEST" ? value : undefined,
  );
  const given = valueAt(table, "globalSecondaryIndexes");
  const indexes = isUnknownValue(given)
    ? unknown(table.urn, "globalSecondaryIndexes", given.$unknown)
    : listOf(given)
        .map((row) => {
          const name = leafOf(inside(row, "name"), { urn: table.urn, property: "globalSecondaryIndexes.name" }, asText);
          const units = (way: Way): Units | Leaf<null> => {
            if (!mode.known) return mode;
            if (mode.value === "PAY_PER_REQUEST") return known(null, table.urn);
            const property = way === "Read" ? "readCapacity" : "writeCapacity";
            const at = { urn: table.urn, property: `globalSecondaryIndexes.${property}` };
            const own = leafOf(inside(row, property), at, asNumber);
            return scaled(own, indexScaler(table, scalers, name, listOf(given).length, way));
          };
          return { name, read: units("Read"), write: units("Write") };
        })
        .sort((a, b) => order(a.name, b.name));
  if (!mode.known) return { capacity: mode, indexes };
  if (mode.value === "PAY_PER_REQUEST") return { capacity: { kind: "on-demand" }, indexes };
  const units = (way: Way) =>
    scaled(
      leafAt(table, [way === "Read" ? "readCapacity" : "writeCapacity"], asNumber),
      theOnly(table, byDimension(scalers, `dynamodb:table:${way}CapacityUnits`)),
    );
  return { capacity: { kind: "provisioned", read: units("Read"), write: units("Write") }, indexes };
}

function order(a: Leaf<string>, b: Leaf<string>): number {
  const word = (leaf: Leaf<string>): string => (leaf.known ? leaf.value : "\uffff");
  return word(a) < word(b) ? -1 : word(a) > word(b) ? 1 : 0;
}

function byDimension(scalers: readonly Resource[], dimension: string): readonly Resource[] {
  return scalers.filter((scaler) => valueAt(scaler, "scalableDimension") === dimension);
}

/** An index's scaler is told by the end of its id; where that is not there to be read, a lone index is it. */
function indexScaler(
  table: Resource,
  scalers: readonly Resource[],
  name: Leaf<string>,
  indexes: number,
  way: Way,
): Resource | undefined | Unknown {
  const candidates = byDimension(scalers, `dynamodb:index:${way}CapacityUnits`);
  const spelt = candidates.filter((scaler) => {
    const id = valueAt(scaler, "resourceId");
    return typeof id === "string" && name.known && id.endsWith(`/index/${name.value}`);
  });
  if (spelt.length > 0) return theOnly(table, spelt);
  const hidden = candidates.filter((scaler) => typeof valueAt(scaler, "resourceId") !== "string");
  if (hidden.length === 0) return undefined;
  return indexes === 1 ? theOnly(table, hidden) : unknown(table.urn, "globalSecondaryIndexes", "ambiguous-reference");
}

function theOnly(table: Resource, scalers: readonly Resource[]): Resource | undefined | Unknown {
  return scalers.length > 1 ? unknown(table.urn, "readCapacity", "ambiguous-reference") : scalers[0];
}

/** What is written stands only until the scaler's first move. */
function scaled(own: Leaf<number>, scaler: Resource | undefined | Unknown): Units {
  if (scaler === undefined) return { min: own, max: own };
  if ("known" in scaler) return { min: scaler, max: scaler };
  return { min: leafAt(scaler, ["minCapacity"], asNumber), max: leafAt(scaler, ["maxCapacity"], asNumber) };
}
