import type { Broker, Network, PartKind, Placement, ReadPart, Search } from "../model";
import { count, finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

function each<K extends PartKind>(
  kind: K,
  check: (part: ReturnType<typeof partsOf<K>>[number]) => Finding,
): Rule["check"] {
  return (subject) => partsOf(subject.parts, kind).map(check);
}

/** Judges a leaf that must be on. */
function on(part: ReadPart, path: string, says: readonly [on: string, off: string], fix: string): Finding {
  return onValue<boolean>(part, path, (ok) => ({ ok, message: ok ? says[0] : says[1], fix }));
}

const tableRecovers: Rule = {
  id: "table-recovers",
  title: "A table can be wound back",
  about: "A wrong write is copied to every zone and region at once; only a past state undoes it.",
  severity: inProd,
  peers: ["CKV_AWS_28", "AWS-0024", "cdk-nag DDB3"],
  check: each("table", (table) =>
    on(
      table,
      "pointInTimeRecovery",
      ["point-in-time recovery on", "point-in-time recovery off"],
      "turn pointInTimeRecovery on",
    ),
  ),
};

const tableProtected: Rule = {
  id: "table-deletion-protected",
  title: "A table cannot be deleted by a slip",
  about: "One wrong destroy or replacement takes the data with it.",
  severity: inProd,
  peers: ["Security Hub DynamoDB.6*"],
  check: each("table", (table) =>
    on(
      table,
      "deletionProtection",
      ["deletion protection on", "deletion protection off"],
      "turn deletionProtectionEnabled on",
    ),
  ),
};

const searchOverZones: Rule = {
  id: "search-over-zones",
  title: "A search cluster keeps copies apart by zone",
  about: "Without zone awareness a shard and its copy may stand in one zone and be lost with it.",
  severity: inProd,
  peers: ["cdk-nag OS7"],
  check: each("search", (search) =>
    onValue<number>(search, "awareZones", (zones) => ({
      ok: zones >= 2,
      message: zones >= 2 ? `copies apart in ${count(zones, "zone")}` : "zone awareness off",
      fix: "turn zoneAwarenessEnabled on, with two or three zones",
    })),
  ),
};

const searchManaged: Rule = {
  id: "search-managers",
  title: "Three nodes or more only manage a search cluster",
  about: "Managers that also hold data elect under its load; fewer than three cannot outvote one that is cut off.",
  severity: inProd,
  peers: ["CKV_AWS_318", "cdk-nag OS4"],
  check: each("search", (search) =>
    onValue<Search["managers"]>(search, "managers", (managers) => ({
      ok: managers !== null && managers.count >= 3,
      message: managers === null ? "no dedicated managers" : count(managers.count, "dedicated manager"),
      fix: "turn dedicatedMasterEnabled on, with a count of 3",
    })),
  ),
};

const searchEncrypted: Rule = {
  id: "search-encrypted",
  title: "A search cluster is encrypted at rest, between its nodes and to its callers",
  about: "What was indexed stands in it in the clear, on disks and on wires between zones.",
  severity: beyondDev,
  peers: ["CKV_AWS_5", "CKV_AWS_6", "CKV_AWS_83", "AWS-0048", "AWS-0043", "AWS-0046"],
  check: each("search", (search) =>
    onValue<Search["security"]>(search, "security", ({ atRest, betweenNodes, tlsOnly }) => {
      const missing = [
        ...(atRest ? [] : ["at rest"]),
        ...(betweenNodes ? [] : ["between nodes"]),
        ...(tlsOnly ? [] : ["to callers"]),
      ];
      return {
        ok: missing.length === 0,
        message: missing.length === 0 ? "encrypted throughout" : `not encrypted ${missing.join(", ")}`,
        fix: "turn encryptAtRest, nodeToNodeEncryption and domainEndpointOptions.enforceHttps on",
      };
    }),
  ),
};

const brokerOverZones: Rule = {
  id: "broker-over-zones",
  title: "Brokers stand in two zones or more",
  about: "A partition has its copies in other zones only where brokers are.",
  severity: inProd,
  peers: [],
  check: each("broker", (broker) =>
    onValue<Placement>(broker, "placement", (placement) => {
      const zones = placement.kind === "zonal" ? placement.zones.length : 0;
      return {
        ok: placement.kind === "regional" || zones >= 2,
        message: placement.kind === "regional" ? "zones are the provider's business" : `in ${count(zones, "zone")}`,
        fix: "give clientSubnets in three zones",
      };
    }),
  ),
};

const brokerEncrypted: Rule = {
  id: "broker-encrypted-in-transit",
  title: "Brokers speak TLS alone",
  about: "Messages cross zones on shared wires.",
  severity: beyondDev,
  peers: ["CKV_AWS_81", "AWS-0073"],
  check: each("broker", (broker) =>
    onValue<Broker["security"]["inTransit"]>(broker, "security.inTransit", (ok) => ({
      ok,
      message: ok ? "TLS alone" : "takes or sends messages in the clear",
      fix: "set encryptionInTransit.clientBroker to TLS and inCluster to true",
    })),
  ),
};

const filesEncrypted: Rule = {
  id: "file-system-encrypted",
  title: "A file system is encrypted at rest",
  about: "Encryption cannot be turned on later.",
  severity: beyondDev,
  peers: ["CKV_AWS_42", "AWS-0037", "cdk-nag EFS1"],
  check: each("file-system", (files) =>
    on(files, "atRest", ["encryption at rest on", "encryption at rest off"], "turn encrypted on"),
  ),
};

const filesBackedUp: Rule = {
  id: "file-system-backups",
  title: "A file system is backed up",
  about: "A wrong delete is a delete in every zone.",
  severity: inProd,
  peers: ["Config efs-in-backup-plan*", "Security Hub EFS.2*"],
  check: each("file-system", (files) =>
    on(files, "backups", ["backed up", "no backups"], "add an efs.BackupPolicy, or select it in a backup plan"),
  ),
};

const filesMounted: Rule = {
  id: "file-system-mounted-in-zones",
  title: "A file system has a mount target in every zone of its network",
  about: "Machines of a zone without one lose their files together with another zone.",
  severity: inProd,
  peers: [],
  check: (subject: Subject) =>
    partsOf(subject.parts, "file-system").map((files): Finding => {
      const placement = valueAt(files, "placement");
      if (placement.known && (placement.value as Placement).kind === "zonal")
        return finding(files.key, {
          ok: false,
          message: "kept in one zone",
          fix: "leave availabilityZoneName out",
        });
      const mounts = valueAt(files, "mountZones");
      if (!mounts.known) return undecided(files.key, "mountZones", mounts);
      const has = mounts.value as readonly string[];
      const missing = zonesOfNetwork(subject).filter((zone) => !has.includes(zone));
      return finding(files.key, {
        ok: has.length >= 2 && missing.length === 0,
        message: `mount targets in ${has.join(", ")}${missing.length === 0 ? "" : `, none in ${missing.join(", ")}`}`,
        fix: "add an efs.MountTarget for a subnet of each zone",
      });
    }),
};

/** Zones of the one network of the program; of several nobody says which is meant. */
function zonesOfNetwork(subject: Subject): readonly string[] {
  const [network, ...others] = partsOf(subject.parts, "network");
  if (network === undefined || others.length > 0) return [];
  const subnets = valueAt(network, "subnets");
  if (!subnets.known) return [];
  const tiers = (subnets.value as Network["subnets"]).filter(({ tier }) => tier === "private");
  return [...new Set(tiers.map(({ zone }) => zone))];
}

/** Tables, search clusters, brokers and file systems. */
export const dataRules: readonly Rule[] = [
  tableRecovers,
  tableProtected,
  searchOverZones,
  searchManaged,
  searchEncrypted,
  brokerOverZones,
  brokerEncrypted,
  filesEncrypted,
  filesBackedUp,
  filesMounted,
];
