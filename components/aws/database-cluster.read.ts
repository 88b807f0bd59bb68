import {
  readsTogether,
  known,
  unknown,
  type Claim,
  type Database,
  type Leaf,
  type PartKey,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { clusterInputs } from "./database-cluster-inputs.read";
import { CLUSTER, machinesOf, MEMBER, membersOf, readClusterPlacement, readUnits } from "./database-members.read";
import { INSTANCE } from "./database-source.read";
import { readTls } from "./database-tls.read";
import { readBackups, SUBNET_GROUP } from "./database.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, asText, leafAt, leafWithDefault, mapLeaf, valueAt } from "./leaf.read";
import { firewallsOf, passwordsOf } from "./surroundings.read";

const PARAMETER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const MEMBER_PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";
const GLOBAL = "aws:rds/globalCluster:GlobalCluster";

/** Reads Aurora clusters with their instances, and RDS clusters of a writer and two readable standbys. */
export const databaseClusterReader: PartReader = { read, inputs: clusterInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(CLUSTER).map((cluster) => readCluster(graph, cluster));
  return readsTogether(reads);
}

function readCluster(graph: ResourceGraph, cluster: Resource): Read {
  const key = keyOf("database", graph, cluster);
  const engine = leafAt(cluster, ["engine"], asText);
  const version = leafAt<string | null>(cluster, ["engineVersion"], asText, { default: null });
  const aurora = !engine.known || engine.value.startsWith("aurora");
  const members = membersOf(graph, cluster);
  const machines = machinesOf(cluster, members, aurora);
  const part: ReadPart<Database> = {
    kind: "database",
    key,
    workload: wordOf(graph, cluster),
    region: regionOf(graph, cluster),
    engine: { name: engine, version },
    topology: Array.isArray(machines)
      ? { kind: "cluster", members: known(aurora ? Math.max(1, members.length) : 3, cluster.urn) }
      : unknown(cluster.urn, "clusterMembers", "elsewhere"),
    replicaOf: readCopied(graph, cluster),
    placement: readClusterPlacement(graph, cluster, members, aurora),
    machines,
    units: readUnits(cluster, members),
    storage: aurora ? auroraStorage(cluster) : ownStorage(cluster),
    backups: readBackups(cluster),
    security: {
      atRest: readAtRest(cluster),
      inTransit: readTls(
        graph,
        cluster,
        { property: "dbClusterParameterGroupName", type: PARAMETER_GROUP },
        engine,
        version,
      ),
      public: readPublic(cluster, members, aurora),
    },
    deletion: {
      protected: leafWithDefault(cluster, ["deletionProtection"], asFlag),
      finalSnapshot: mapLeaf(leafWithDefault(cluster, ["skipFinalSnapshot"], asFlag), (skipped) => !skipped),
    },
    runtime: { kind: aurora ? "aurora" : "rds" },
  };
  return { parts: [part], claims: claimsOf(graph, cluster, members, key), conflicts: [] };
}

/** What a secondary of a global cluster, which names no first user, copies is in another region. */
function readCopied(graph: ResourceGraph, cluster: Resource): Leaf<PartKey | null> {
  const property = "replicationSourceIdentifier";
  const given = valueAt(cluster, property);
  if (given !== undefined && given !== "") {
    const [source, ...others] = [CLUSTER, INSTANCE].flatMap((type) => graph.referenced(cluster, property, type));
    if (source === undefined || others.length > 0)
      return unknown(cluster.urn, property, source === undefined ? "elsewhere" : "ambiguous-reference");
    return known(keyOf("database", graph, source), cluster.urn);
  }
  const follows =
    valueAt(cluster, "globalClusterIdentifier") !== undefined &&
    valueAt(cluster, "masterUsername") === undefined &&
    !restored(cluster);
  return follows ? unknown(cluster.urn, "globalClusterIdentifier", "elsewhere") : known(null, cluster.urn, "default");
}

function restored(cluster: Resource): boolean {
  return ["snapshotIdentifier", "restoreToPointInTime"].some((property) => valueAt(cluster, property) !== undefined);
}

/** A copy is encrypted as its source is. */
function readAtRest(cluster: Resource): Leaf<boolean> {
  const copied = [
    "replicationSourceIdentifier",
    "globalClusterIdentifier",
    "snapshotIdentifier",
    "restoreToPointInTime",
  ];
  const from = copied.find((property) => valueAt(cluster, property) !== undefined);
  if (valueAt(cluster, "storageEncrypted") === undefined && from !== undefined)
    return unknown(cluster.urn, from, "elsewhere");
  return leafWithDefault(cluster, ["storageEncrypted"], asFlag);
}

/** One storage of all members, which grows by itself. */
function auroraStorage(cluster: Resource): ReadPart<Database>["storage"] {
  const none = known(null, cluster.urn, "default");
  const type = leafAt(cluster, ["storageType"], asText, { default: "" });
  return { gib: none, maxGib: none, type: mapLeaf(type, (word) => (word === "" ? "aurora" : word)), iops: none };
}

function ownStorage(cluster: Resource): ReadPart<Database>["storage"] {
  return {
    gib: leafAt<number | null>(cluster, ["allocatedStorage"], asNumber),
    maxGib: known(null, cluster.urn, "default"),
    type: leafAt(cluster, ["storageType"], asText, { default: "io1" }),
    iops: leafAt<number | null>(cluster, ["iops"], asNumber, { default: null }),
  };
}

/** One member with a public address is enough. */
function readPublic(cluster: Resource, members: readonly Resource[], aurora: boolean): Leaf<boolean> {
  if (aurora && members.length === 0) return unknown(cluster.urn, "clusterMembers", "elsewhere");
  const each = members.map((member) => leafWithDefault(member, ["publiclyAccessible"], asFlag));
  return (
    each.find((leaf) => leaf.known && leaf.value) ??
    each.find((leaf) => !leaf.known) ??
    each[0] ??
    known(false, cluster.urn, "default")
  );
}

function claimsOf(
  graph: ResourceGraph,
  cluster: Resource,
  members: readonly Resource[],
  part: PartKey,
): readonly Claim[] {
  const groups = [cluster, ...members].flatMap((each) => graph.referenced(each, "dbSubnetGroupName", SUBNET_GROUP));
  const fields = [
    cluster,
    ...graph.ofType(MEMBER).filter((member) => members.includes(member)),
    ...groups,
    ...graph.referenced(cluster, "dbClusterParameterGroupName", PARAMETER_GROUP),
  ];
  const nothing = [
    ...firewallsOf(graph, cluster, "vpcSecurityGroupIds"),
    ...passwordsOf(graph, cluster, "masterPassword"),
    ...members.flatMap((member) => graph.referenced(member, "dbParameterGroupName", MEMBER_PARAMETER_GROUP)),
    ...graph.referenced(cluster, "globalClusterIdentifier", GLOBAL),
  ];
  return [
    ...nothing.map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
    ...fields.map(({ urn }): Claim => ({ urn, part, carries: "fields" })),
  ];
}
