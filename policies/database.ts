import type { Database } from "../model";
import { count, onValue, partsOf, valueAt } from "./finding";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

type ReadDatabase = ReturnType<typeof partsOf<"database">>[number];

function eachDatabase(check: (database: ReadDatabase) => Finding): (subject: Subject) => readonly Finding[] {
  return (subject) => partsOf(subject.parts, "database").map(check);
}

/** Read copies are made again from their source: what keeps data safe is asked of the source alone. */
function eachSource(check: (database: ReadDatabase) => Finding): (subject: Subject) => readonly Finding[] {
  return (subject) =>
    partsOf(subject.parts, "database").flatMap((database): readonly Finding[] => {
      const copied = valueAt(database, "replicaOf");
      // A copy of what is not known is a copy all the same.
      return copied.known && copied.value === null ? [check(database)] : [];
    });
}

/** What takes over: standbys, or the other members of a cluster. */
function othersOf(topology: Database["topology"]): number {
  if (topology.kind === "single") return 0;
  return topology.kind === "standby" ? topology.standbys : topology.members - 1;
}

const failsOver: Rule = {
  id: "database-fails-over",
  title: "A database fails over by itself",
  about: "Without a standby or a second member, the loss of one machine or zone is an outage until another is made.",
  severity: inProd,
  peers: ["CKV_AWS_157", "cdk-nag RDS3", "Config rds-multi-az-support", "Config rds-cluster-multi-az-enabled*"],
  check: eachSource((database) =>
    onValue<Database["topology"]>(database, "topology", (topology) => {
      const others = othersOf(topology);
      return {
        ok: others >= 1,
        message: others >= 1 ? `${count(others, "machine")} to take over` : "nothing to take over",
        fix: "set multiAz, or give the cluster a second instance",
      };
    }),
  ),
};

const overZones: Rule = {
  id: "database-over-zones",
  title: "A database that fails over does so to another zone",
  about: "Members that can only stand in one zone are lost together with it.",
  severity: inProd,
  peers: ["Config rds-cluster-multi-az-enabled*"],
  check: (subject) =>
    partsOf(subject.parts, "database").flatMap((database): readonly Finding[] => {
      const topology = valueAt(database, "topology");
      // Nothing takes over, or nobody knows: another rule says so.
      if (!topology.known || othersOf(topology.value as Database["topology"]) < 1) return [];
      return [
        onValue<Database["placement"]>(database, "placement", (placement) => {
          const zones = placement.kind === "zonal" ? new Set(placement.zones).size : null;
          return {
            ok: zones === null ? placement.kind === "regional" : zones >= 2,
            message: zones === null ? "zones are the provider's business" : `can stand in ${count(zones, "zone")}`,
            fix: "give its subnet group subnets in two or more zones, and its members different ones",
          };
        }),
      ];
    }),
};

const deletionProtected: Rule = {
  id: "database-deletion-protected",
  title: "A database cannot be deleted by a slip",
  about: "One wrong destroy or replacement takes the data with it.",
  severity: inProd,
  peers: ["CKV_AWS_139", "CKV_AWS_293", "AWS-0177", "AWS-0343", "cdk-nag RDS10"],
  check: eachSource((database) =>
    onValue<boolean>(database, "deletion.protected", (ok) => ({
      ok,
      message: `deletion protection ${ok ? "on" : "off"}`,
      fix: "turn deletionProtection on",
    })),
  ),
};

/** Security Hub asks for a week of backups: what breaks on a Friday night is found on Monday. */
const WEEK = 7;

const backedUp: Rule = {
  id: "database-backups",
  title: "A database is backed up, and a week of it is kept",
  about: "A wrong write is copied to every standby; only a backup from before it undoes it.",
  severity: inProd,
  peers: ["CKV_AWS_133", "AWS-0077", "cdk-nag RDS13", "Security Hub RDS.11*"],
  check: eachSource((database) =>
    onValue<Database["backups"]>(database, "backups", (kept) => ({
      ok: kept !== null && kept.keepDays >= WEEK,
      message: kept === null ? "no backups" : `backups kept ${count(kept.keepDays, "day")}`,
      fix: `set backupRetentionPeriod to ${WEEK} or more`,
      // Some are better than none.
      ...(kept !== null && kept.keepDays < WEEK ? { severity: "advisory" } : {}),
    })),
  ),
};

const encryptedAtRest: Rule = {
  id: "database-encrypted-at-rest",
  title: "A database is encrypted at rest",
  about: "Snapshots hold all that it holds, and encryption cannot be turned on later.",
  severity: beyondDev,
  peers: ["CKV_AWS_16", "AWS-0080"],
  check: eachDatabase((database) =>
    onValue<boolean>(database, "security.atRest", (ok) => ({
      ok,
      message: `encryption at rest ${ok ? "on" : "off"}`,
      fix: "turn storageEncrypted on (what stands must be restored from an encrypted copy of its snapshot)",
    })),
  ),
};

const notPublic: Rule = {
  id: "database-not-public",
  title: "A database has no public address",
  about: "A password is then all that stands between the internet and the data.",
  severity: beyondDev,
  peers: ["CKV_AWS_17", "AWS-0180", "cdk-nag RDS2"],
  check: eachDatabase((database) =>
    onValue<boolean>(database, "security.public", (open) => ({
      ok: !open,
      message: open ? "has a public address" : "no public address",
      fix: "turn publiclyAccessible off",
    })),
  ),
};

const tlsEnforced: Rule = {
  id: "database-tls-enforced",
  title: "A database refuses connections without TLS",
  about: "Passwords and rows cross zones on shared wires.",
  severity: inProd,
  peers: ["CKV2_AWS_69"],
  check: eachDatabase((database) =>
    onValue<boolean>(database, "security.inTransit", (ok) => ({
      ok,
      message: ok ? "refuses connections without TLS" : "takes connections without TLS",
      fix: "set rds.force_ssl (PostgreSQL, SQL Server) or require_secure_transport (MySQL, MariaDB) to 1 in its parameter group",
    })),
  ),
};

export const databaseRules: readonly Rule[] = [
  failsOver,
  overZones,
  deletionProtected,
  backedUp,
  encryptedAtRest,
  notPublic,
  tlsEnforced,
];
