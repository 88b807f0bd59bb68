import {
  readsTogether,
  type Claim,
  type Database,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { known } from "../../model";
import { databaseInputs } from "./database-inputs.read";
import { copiedPart, inherited, INSTANCE, isCopy, sourceOf, type SourceDatabase } from "./database-source.read";
import { readTls } from "./database-tls.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, asText, leafAt, leafWithDefault, mapLeaf, valueAt } from "./leaf.read";
import { zonesOfGroup } from "./subnet-group.read";
import { firewallsOf, passwordsOf } from "./surroundings.read";

export const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";

/** Reads RDS instances, read replicas among them. */
export const databaseReader: PartReader = { read, inputs: databaseInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(INSTANCE).map((instance) => readInstance(graph, instance));
  return readsTogether(reads);
}

function readInstance(graph: ResourceGraph, instance: Resource): Read {
  const source = sourceOf(graph, instance);
  const key = keyOf("database", graph, instance);
  const engine = inherited(instance, source, ["engine"], asText);
  const version = mapLeaf(
    inherited(instance, source, ["engineVersion"], asText, null),
    (given): string | null => given,
  );
  const multi = leafWithDefault(instance, ["multiAz"], asFlag);
  const type = leafAt(instance, ["instanceClass"], asText);
  const part: ReadPart<Database> = {
    kind: "database",
    key,
    workload: wordOf(graph, instance),
    region: regionOf(graph, instance),
    engine: { name: engine, version },
    topology: !multi.known
      ? multi
      : multi.value
        ? { kind: "standby", standbys: { ...multi, value: 1 } }
        : { kind: "single" },
    replicaOf: copiedPart(graph, instance, source),
    placement: readPlacement(graph, instance, source),
    machines: [{ type, count: mapLeaf(multi, (on) => (on ? 2 : 1)) }],
    units: known(null, instance.urn),
    storage: {
      gib: mapLeaf(inherited(instance, source, ["allocatedStorage"], asNumber), (gib): number | null => gib),
      maxGib: mapLeaf(leafAt(instance, ["maxAllocatedStorage"], asNumber, { default: 0 }), (gib) =>
        gib > 0 ? gib : null,
      ),
      type: inherited(instance, source, ["storageType"], asText),
      iops: mapLeaf(inherited(instance, source, ["iops"], asNumber, null), (iops): number | null => iops),
    },
    backups: readBackups(instance),
    security: {
      atRest: inherited(instance, source, ["storageEncrypted"], asFlag),
      inTransit: readInTransit(graph, instance, source, engine, version),
      public: leafWithDefault(instance, ["publiclyAccessible"], asFlag),
    },
    deletion: {
      protected: leafWithDefault(instance, ["deletionProtection"], asFlag),
      finalSnapshot: mapLeaf(leafWithDefault(instance, ["skipFinalSnapshot"], asFlag), (skipped) => !skipped),
    },
    runtime: { kind: "rds" },
  };
  return { parts: [part], claims: claimsOf(graph, instance, key), conflicts: [] };
}

/** A lone instance stands in one zone of its group's subnets, which the program may name; a standby in another of them. */
function readPlacement(
  graph: ResourceGraph,
  instance: Resource,
  source: SourceDatabase,
): ReadPart<Database>["placement"] {
  const multi = leafWithDefault(instance, ["multiAz"], asFlag);
  const spread = mapLeaf(multi, (on) => (on ? ("hard" as const) : ("best-effort" as const)));
  const named = valueAt(instance, "availabilityZone");
  if (named !== undefined && multi.known && !multi.value)
    return { kind: "zonal", zones: [leafAt(instance, ["availabilityZone"], asText)], spread };
  const holder = holderOf(graph, instance, source, "dbSubnetGroupName");
  return { kind: "zonal", zones: zonesOfGroup(graph, holder, "dbSubnetGroupName", SUBNET_GROUP), spread };
}

function readInTransit(
  graph: ResourceGraph,
  instance: Resource,
  source: SourceDatabase,
  engine: Leaf<string>,
  version: Leaf<string | null>,
): Leaf<boolean> {
  const group = { property: "parameterGroupName", type: PARAMETER_GROUP };
  const holder = holderOf(graph, instance, source, group.property);
  // A copy of what is elsewhere has its source's group.
  if (source.kind === "elsewhere" && isCopy(instance) && valueAt(holder, group.property) === undefined)
    return source.why;
  return readTls(graph, holder, group, engine, version);
}

/** A copy in the same region has its source's groups where it names none. */
function holderOf(graph: ResourceGraph, instance: Resource, source: SourceDatabase, property: string): Resource {
  if (valueAt(instance, property) !== undefined || source.kind !== "here") return instance;
  const [own, other] = [regionOf(graph, instance), regionOf(graph, source.database)];
  if (own.known && other.known && own.value !== other.value) return instance;
  return holderOf(graph, source.database, source.beyond, property);
}

/** A backup a day; 0 days: none is kept. */
export function readBackups(resource: Resource): ReadPart<Database>["backups"] {
  const days = leafWithDefault(resource, ["backupRetentionPeriod"], asNumber);
  if (!days.known) return days;
  return days.value > 0 ? { keepDays: days } : { ...days, value: null };
}

function claimsOf(graph: ResourceGraph, instance: Resource, part: Claim["part"]): readonly Claim[] {
  const fields = [
    instance,
    ...graph.referenced(instance, "dbSubnetGroupName", SUBNET_GROUP),
    ...graph.referenced(instance, "parameterGroupName", PARAMETER_GROUP),
  ];
  const nothing = [
    ...firewallsOf(graph, instance, "vpcSecurityGroupIds"),
    ...passwordsOf(graph, instance, "password"),
    ...graph.referenced(instance, "optionGroupName", "aws:rds/optionGroup:OptionGroup"),
  ];
  return [
    ...nothing.map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
    ...fields.map(({ urn }): Claim => ({ urn, part, carries: "fields" })),
  ];
}
