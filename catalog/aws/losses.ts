// What goes with a resource of AWS that is deleted or replaced: a replacement makes a second one, moves no data to it, and deletes the first
// (Pulumi, How pulumi up works). What is kept of the first is AWS' own: DeleteReplicationGroup, DeleteDBInstance, DeleteDBCluster, DynamoDB's point-in-time
// recovery (a backup for 35 days), DeleteBucket and DeleteVolume (https://docs.aws.amazon.com), read 2026-11-22.
import { isRecord, isUnknownValue, type Inputs, type Loss, type Value } from "../../model";
import type { ForceNewType } from "./force-new";

/** What is lost with one; undefined: nothing. */
type Lost = (gone: Inputs, after: Inputs | undefined) => Loss | undefined;

/**
 * What runs replicas under a name that nothing else may have meanwhile: where the program gives the name and keeps it, Pulumi deletes the old
 * one before it makes the new one (pulumi-terraform-bridge, as commonly known: a name that it did not make itself).
 */
const namedReplicas: Lost = ({ name }, after) =>
  name !== undefined && !isUnknownValue(name) && name === after?.name
    ? grave("an outage: its name stays, so the old one is deleted before the new one is made")
    : undefined;

const copiedAnew: Loss = { what: "a copy of another: no data is lost, and it is copied anew", grave: false };

/** Data that belongs to one service: stores and caches. */
const stores = {
  "aws:elasticache/replicationGroup:ReplicationGroup": (gone, after) =>
    grave(`${lastSnapshotOf("what it holds", gone)}${startOf(after, ["snapshotName", "snapshotArns"])}`),
  "aws:elasticache/cluster:Cluster": (gone, after) =>
    given(gone.replicationGroupId)
      ? copiedAnew
      : grave(`${lastSnapshotOf("what it holds", gone)}${startOf(after, ["snapshotName", "snapshotArns"])}`),
  "aws:elasticache/serverlessCache:ServerlessCache": (_, after) =>
    grave(`what it holds is gone${startOf(after, ["snapshotArnsToRestores"])}`),
  "aws:rds/instance:Instance": databaseLoss,
  "aws:rds/cluster:Cluster": databaseLoss,
  "aws:dynamodb/table:Table": (gone, after) => {
    const { pointInTimeRecovery } = gone;
    const kept = isRecord(pointInTimeRecovery) && pointInTimeRecovery.enabled === true;
    const data = `its items are deleted${kept ? "; a backup of it as it was stays 35 days" : ", and no backup is made of them"}`;
    return refusedBy("deletionProtectionEnabled", gone) ?? grave(`${data}${startOf(after, ["restoreSourceName"])}`);
  },
  "aws:efs/fileSystem:FileSystem": (_, after) => grave(`its files are deleted${startOf(after, [])}`),
  "aws:msk/cluster:Cluster": (_, after) => grave(`its topics and what they hold are deleted${startOf(after, [])}`),
  "aws:msk/serverlessCluster:ServerlessCluster": (_, after) =>
    grave(`its topics and what they hold are deleted${startOf(after, [])}`),
  "aws:opensearch/domain:Domain": (_, after) => grave(`its indices are deleted${startOf(after, [])}`),
  "aws:ebs/volume:Volume": (gone, after) =>
    grave(
      `its data is gone${gone.finalSnapshot === true ? "; a last snapshot of it is taken" : ", without a last snapshot"}${startOf(after, ["snapshotId"])}`,
    ),
} as const satisfies Partial<Record<ForceNewType, Lost>>;

/** What else holds something, or serves. */
const others = {
  "aws:s3/bucket:Bucket": ({ forceDestroy }, after) =>
    grave(
      forceDestroy === true
        ? `every object in it is deleted (forceDestroy)${startOf(after, [])}`
        : `AWS refuses to delete it while it holds objects${startOf(after, [])}`,
    ),
  "aws:sqs/queue:Queue": (_, after) => grave(`messages that wait in it are gone${startOf(after, [])}`),
  "aws:cloudwatch/logGroup:LogGroup": ({ skipDestroy }) =>
    skipDestroy === true ? undefined : { what: "its log events are deleted", grave: false },
  "aws:ecs/service:Service": namedReplicas,
  "aws:autoscaling/group:Group": namedReplicas,
} as const satisfies Partial<Record<ForceNewType, Lost>>;

const table: Readonly<Record<string, Lost>> = { ...stores, ...others };

/** What is lost with a resource that is deleted, or replaced by what comes after; undefined: nothing beyond itself. */
export function lostOnAws(type: string, gone: Inputs, after?: Inputs): Loss | undefined {
  return Object.hasOwn(table, type) ? table[type]?.(gone, after) : undefined;
}

/** Does it keep a service's data: a database, a table, a cache, a disk? */
export function isStoreOnAws(type: string): boolean {
  return Object.hasOwn(stores, type);
}

function databaseLoss(gone: Inputs, after: Inputs | undefined): Loss {
  if (given(gone.replicateSourceDb) || given(gone.replicationSourceIdentifier)) return copiedAnew;
  const refused = refusedBy("deletionProtection", gone);
  if (refused !== undefined) return refused;
  const backups = gone.deleteAutomatedBackups === false ? "; automated backups stay" : ", its automated backups too";
  if (gone.skipFinalSnapshot !== true && !given(gone.finalSnapshotIdentifier))
    return grave(
      "the provider refuses to delete it without finalSnapshotIdentifier, and the deploy ends half-way with both there",
    );
  const data =
    gone.skipFinalSnapshot === true
      ? `its data is gone without a last snapshot${backups}`
      : lastSnapshotOf("its data", gone);
  return grave(`${data}${startOf(after, ["snapshotIdentifier", "restoreToPointInTime", "s3Import"])}`);
}

function refusedBy(input: string, gone: Inputs): Loss | undefined {
  return gone[input] === true
    ? grave(`AWS refuses to delete it (${input}), and the deploy ends half-way with both there`)
    : undefined;
}

function lastSnapshotOf(what: string, { finalSnapshotIdentifier }: Inputs): string {
  if (!given(finalSnapshotIdentifier)) return `${what} is gone without a last snapshot`;
  const name = typeof finalSnapshotIdentifier === "string" ? ` (${finalSnapshotIdentifier})` : "";
  return `${what} is gone, a last snapshot of it is taken${name}`;
}

/** How the one that takes its place starts; nothing where none does. */
function startOf(after: Inputs | undefined, restored: readonly string[]): string {
  if (after === undefined) return "";
  const from = restored.find((input) => given(after[input]));
  return from === undefined ? "; the new one starts empty" : `; the new one starts from its ${from}`;
}

function given(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}

function grave(what: string): Loss {
  return { what, grave: true };
}
