import {
  readsTogether,
  known,
  unknown,
  type Claim,
  type FileSystem,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, asText, leafAt, leafWithDefault } from "./leaf.read";
import { SUBNET } from "./subnets.read";
import { firewallsOf, surroundingInputs } from "./surroundings.read";

const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
const MOUNT_TARGET = "aws:efs/mountTarget:MountTarget";
const BACKUP_POLICY = "aws:efs/backupPolicy:BackupPolicy";
const SELECTION = "aws:backup/selection:Selection";
const ACCESS_POINT = "aws:efs/accessPoint:AccessPoint";
const POLICY = "aws:efs/fileSystemPolicy:FileSystemPolicy";
const PROPERTY = "fileSystemId";

const inputs: InputTable = {
  ...surroundingInputs,
  [FILE_SYSTEM]: {
    fields: {
      availabilityZoneName: "placement",
      throughputMode: "provisionedMbPerSecond",
      provisionedThroughputInMibps: "provisionedMbPerSecond",
      encrypted: "atRest",
      region: "region",
    },
    ignored: {
      creationToken: "a name",
      kmsKeyId: "which key; no Part holds it",
      lifecyclePolicies: "where what is seldom asked for is kept; billed by use",
      performanceMode: "how it is tuned; no Part holds it",
      protection: "of copies",
      tags: "tags are read by nobody",
    },
  },
  [MOUNT_TARGET]: {
    fields: { fileSystemId: "mountZones", subnetId: "mountZones" },
    ignored: {
      securityGroups: "who may reach whom; no Part holds it",
      ipAddress: "an address",
      ipAddressType: "an address",
      ipv6Address: "an address",
      region: "the file system's",
    },
  },
  [BACKUP_POLICY]: {
    fields: { fileSystemId: "backups", backupPolicy: "backups" },
    ignored: { region: "the file system's" },
  },
  [ACCESS_POINT]: {
    fields: {},
    ignored: {
      fileSystemId: "who may reach what",
      posixUser: "who may reach what",
      rootDirectory: "who may reach what",
      region: "the file system's",
      tags: "tags are read by nobody",
    },
  },
  [POLICY]: {
    fields: {},
    ignored: {
      fileSystemId: "who may reach what",
      policy: "who may reach what",
      bypassPolicyLockoutSafetyCheck: "who may reach what",
      region: "the file system's",
    },
  },
};

/** Reads EFS file systems with their mount targets and backups. */
export const fileSystemReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(FILE_SYSTEM).map((files) => readFiles(graph, files));
  return readsTogether(reads);
}

function readFiles(graph: ResourceGraph, files: Resource): Read {
  const key = keyOf("file-system", graph, files);
  const mounts = graph.referrers(files, PROPERTY, MOUNT_TARGET);
  const policies = graph.referrers(files, PROPERTY, BACKUP_POLICY);
  const zone = leafAt<string | null>(files, ["availabilityZoneName"], asText, { default: null });
  const part: ReadPart<FileSystem> = {
    kind: "file-system",
    key,
    workload: wordOf(graph, files),
    region: regionOf(graph, files),
    placement: !zone.known
      ? zone
      : zone.value === null
        ? { kind: "regional" }
        : { kind: "zonal", zones: [{ ...zone, value: zone.value }], spread: known("best-effort", files.urn) },
    mountZones: readMountZones(graph, files, mounts),
    provisionedMbPerSecond: readThroughput(files),
    atRest: leafWithDefault(files, ["encrypted"], asFlag),
    backups: readBackups(graph, files, policies, zone),
    runtime: { kind: "efs" },
  };
  const nothing = [
    ...mounts.flatMap((mount) => firewallsOf(graph, mount, "securityGroups")),
    ...graph.referrers(files, PROPERTY, ACCESS_POINT),
    ...graph.referrers(files, PROPERTY, POLICY),
  ];
  return {
    parts: [part],
    claims: [
      ...nothing.map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" })),
      ...[files, ...mounts, ...policies].map(({ urn }): Claim => ({ urn, part: key, carries: "fields" })),
    ],
    conflicts: [],
  };
}

/** A file system that nothing in the program mounts may be mounted elsewhere. */
function readMountZones(graph: ResourceGraph, files: Resource, mounts: readonly Resource[]) {
  if (mounts.length === 0) return unknown(files.urn, "mountTargets", "elsewhere");
  const zones = new Map<string, Leaf<string>>();
  for (const mount of mounts) {
    const [subnet] = graph.referenced(mount, "subnetId", SUBNET);
    const zone =
      subnet === undefined ? unknown(mount.urn, "subnetId", "elsewhere") : leafAt(subnet, ["availabilityZone"], asText);
    zones.set(zone.known ? zone.value : `\uffff${zone.urn}`, zone);
  }
  return [...zones.keys()].sort().flatMap((zone) => zones.get(zone) ?? []);
}

function readThroughput(files: Resource): Leaf<number | null> {
  const mode = leafWithDefault(files, ["throughputMode"], asText);
  if (!mode.known) return mode;
  return mode.value === "provisioned"
    ? leafAt<number | null>(files, ["provisionedThroughputInMibps"], asNumber)
    : { ...mode, value: null };
}

/** Its own policy, or a plan of AWS Backup that selects it; one in a single zone is backed up unless its policy says no. */
function readBackups(
  graph: ResourceGraph,
  files: Resource,
  policies: readonly Resource[],
  zone: Leaf<string | null>,
): Leaf<boolean> {
  if (graph.referrers(files, "resources", SELECTION).length > 0) return known(true, files.urn);
  const [policy] = policies;
  if (policy !== undefined)
    return leafAt(policy, ["backupPolicy", "status"], (status) =>
      status === "ENABLED" ? true : status === "DISABLED" ? false : undefined,
    );
  return zone.known ? known(zone.value !== null, files.urn, "default") : zone;
}
