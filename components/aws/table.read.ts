import {
  readsTogether,
  isUnknownValue,
  unknown,
  type Claim,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Table,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asText, inside, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";
import { capacityOf, policiesOf, scalersOf } from "./table-capacity.read";
import { tableInputs } from "./table-inputs.read";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";

/** Reads DynamoDB tables with their copies in other regions and the scalers of provisioned capacity. */
export const tableReader: PartReader = { read, inputs: tableInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(TABLE).map((table) => readTable(graph, table));
  return readsTogether(reads);
}

function readTable(graph: ResourceGraph, table: Resource): Read {
  const key = keyOf("table", graph, table);
  const scalers = scalersOf(graph, table);
  const copies = graph.referrers(table, "globalTableArn", REPLICA);
  const part: ReadPart<Table> = {
    kind: "table",
    key,
    workload: wordOf(graph, table),
    region: regionOf(graph, table),
    placement: { kind: "regional" },
    ...capacityOf(table, scalers),
    replicaRegions: readReplicas(graph, table, copies),
    pointInTimeRecovery: leafWithDefault(table, ["pointInTimeRecovery", "enabled"], asFlag),
    deletionProtection: leafWithDefault(table, ["deletionProtectionEnabled"], asFlag),
    runtime: { kind: "dynamodb" },
  };
  const claims = [table, ...copies, ...scalers].map(({ urn }): Claim => ({ urn, part: key, carries: "fields" }));
  const nothing = policiesOf(graph, scalers).map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" }));
  return { parts: [part], claims: [...nothing, ...claims], conflicts: [] };
}

function readReplicas(graph: ResourceGraph, table: Resource, copies: readonly Resource[]) {
  const given = valueAt(table, "replicas");
  if (isUnknownValue(given)) return unknown(table.urn, "replicas", given.$unknown);
  const named = listOf(given).map((row) =>
    leafOf(inside(row, "regionName"), { urn: table.urn, property: "replicas.regionName" }, asText),
  );
  const regions = new Map<string, Leaf<string>>();
  for (const leaf of [...named, ...copies.map((copy) => regionOf(graph, copy))])
    regions.set(leaf.known ? leaf.value : `\uffff${leaf.urn}`, leaf);
  return [...regions.keys()].sort().flatMap((region) => regions.get(region) ?? []);
}
