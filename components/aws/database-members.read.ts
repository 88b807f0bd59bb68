import {
  isUnknownValue,
  known,
  unknown,
  type Database,
  type Leaf,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { SUBNET_GROUP } from "./database.read";
import { asNumber, asText, leafAt, leafOf, listOf, valueAt } from "./leaf.read";
import { zonesOfGroup } from "./subnet-group.read";

export const CLUSTER = "aws:rds/cluster:Cluster";
export const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const SERVERLESS = "db.serverless";

/** Instances of a cluster: those that refer to it, and those that spell out its identifier. */
export function membersOf(graph: ResourceGraph, cluster: Resource): readonly Resource[] {
  const name = valueAt(cluster, "clusterIdentifier");
  const referring = new Set(graph.referrers(cluster, "clusterIdentifier", MEMBER));
  return graph.ofType(MEMBER).filter((member) => {
    if (referring.has(member)) return true;
    return typeof name === "string" && name !== "" && valueAt(member, "clusterIdentifier") === name;
  });
}

/** Of an RDS cluster three machines of one type; of Aurora what its instances are; its first, now gone, serverless mode has none. */
export function machinesOf(
  cluster: Resource,
  members: readonly Resource[],
  aurora: boolean,
): ReadPart<Database>["machines"] {
  if (!aurora) return [{ type: leafAt(cluster, ["dbClusterInstanceClass"], asText), count: known(3, cluster.urn) }];
  if (valueAt(cluster, "engineMode") === "serverless")
    return [{ type: known("serverless v1", cluster.urn), count: known(1, cluster.urn) }];
  if (members.length === 0) return unknown(cluster.urn, "clusterMembers", "elsewhere");
  const byType = new Map<string, { readonly type: Leaf<string>; readonly count: Leaf<number> }>();
  for (const member of members) {
    const type = leafAt(member, ["instanceClass"], asText);
    const word = type.known ? type.value : `\uffff${member.urn}`;
    const before = byType.get(word);
    const count = known((before?.count.known === true ? before.count.value : 0) + 1, cluster.urn);
    byType.set(word, { type: before?.type ?? type, count });
  }
  return [...byType.keys()].sort().flatMap((word) => byType.get(word) ?? []);
}

/** What serverless members move between; null where none of them is one. */
export function readUnits(cluster: Resource, members: readonly Resource[]): ReadPart<Database>["units"] {
  const first = valueAt(cluster, "engineMode") === "serverless";
  const types = members.map((member) => leafAt(member, ["instanceClass"], asText));
  const serverless = first || types.some((type) => type.known && type.value === SERVERLESS);
  if (!serverless) return types.find((type) => !type.known) ?? known(null, cluster.urn, "default");
  const block = first ? "scalingConfiguration" : "serverlessv2ScalingConfiguration";
  return {
    min: leafAt(cluster, [block, "minCapacity"], asNumber),
    max: leafAt(cluster, [block, "maxCapacity"], asNumber),
  };
}

/**
 * Where members stand: in the zones that the program gives them; else somewhere among the subnets of their group, or the zones
 * of the cluster's storage. An RDS cluster keeps its three apart.
 */
export function readClusterPlacement(
  graph: ResourceGraph,
  cluster: Resource,
  members: readonly Resource[],
  aurora: boolean,
): ReadPart<Database>["placement"] {
  const named = members.map((member) => leafAt(member, ["availabilityZone"], asText));
  const apart = !aurora || (named.length > 0 && named.every((zone) => zone.known));
  const spread = known(apart ? ("hard" as const) : ("best-effort" as const), cluster.urn);
  if (aurora && apart) {
    const zones = new Map(named.map((zone) => [zone.known ? zone.value : zone.urn, zone]));
    return { kind: "zonal", zones: [...zones.keys()].sort().flatMap((zone) => zones.get(zone) ?? []), spread };
  }
  return { kind: "zonal", zones: zonesOfCluster(graph, cluster), spread };
}

function zonesOfCluster(graph: ResourceGraph, cluster: Resource) {
  const grouped = zonesOfGroup(graph, cluster, "dbSubnetGroupName", SUBNET_GROUP);
  const given = valueAt(cluster, "availabilityZones");
  if (Array.isArray(grouped) || given === undefined) return grouped;
  if (isUnknownValue(given)) return unknown(cluster.urn, "availabilityZones", given.$unknown);
  const zones = listOf(given).map((zone) => leafOf(zone, { urn: cluster.urn, property: "availabilityZones" }, asText));
  const order = (zone: Leaf<string>): string => (zone.known ? zone.value : "\uffff");
  return zones.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}
