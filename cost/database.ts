import { textAt } from "../model";
import type { Database, ReadPart } from "../model";
import { databaseItem } from "../catalog/aws/prices";
import { Bill, HOURS_PER_MONTH, scaled, steady } from "./bill";

type Machines = readonly { readonly type?: unknown; readonly count?: unknown }[];
type Topology = { readonly kind?: unknown; readonly standbys?: unknown; readonly members?: unknown };

/** Machine hours and storage of a relational database; what hangs on use is named. */
export function billDatabase(bill: Bill, part: ReadPart<Database>): void {
  const region = bill.value<string>(part, "database", "region");
  if (region === undefined) return;
  const engine = bill.value<string>(part, "database-hour", "engine", "name");
  const machines = bill.value<Machines>(part, "database-hour", "machines");
  if (engine !== undefined && machines !== undefined) billMachines(bill, part, region, engine, machines);
  billStorage(bill, part, region);
  const backups = bill.value<object | null>(part, "database backups", "backups");
  if (backups !== undefined && backups !== null) bill.unpriced(part.key, "database backups", "needs demand");
}

function billMachines(bill: Bill, part: ReadPart<Database>, region: string, engine: string, machines: Machines): void {
  for (const { type, count } of machines) {
    if (typeof type !== "string" || typeof count !== "number")
      bill.unpriced(part.key, "database-hour", "machines: their type or count is not known");
    else if (type === "db.serverless") billUnits(bill, part, region, count);
    else bill.add(part.key, region, databaseItem(billedAs(part, engine), type), steady(count * HOURS_PER_MONTH));
  }
}

/** Aurora costs the same for both its engines, and more where I/O is in the price; an RDS cluster has a list of its own. */
function billedAs(part: ReadPart<Database>, engine: string): string {
  if (textAt(part, "runtime", "kind") === "aurora") return isOptimized(part) ? "aurora-iopt1" : "aurora";
  return textAt(part, "topology", "kind") === "cluster" ? `${engine}-multi-az-cluster` : engine;
}

function isOptimized(part: ReadPart<Database>): boolean {
  return textAt(part, "storage", "type") === "aurora-iopt1";
}

/** Serverless members: between the floor and the ceiling of each, the floor expected because nobody says how busy they are. */
function billUnits(bill: Bill, part: ReadPart<Database>, region: string, members: number): void {
  const min = bill.value<number>(part, "aurora-acu-hour", "units", "min");
  const max = bill.value<number>(part, "aurora-acu-hour", "units", "max");
  if (typeof min !== "number" || typeof max !== "number") return;
  const hours = scaled({ min, expected: min, max: Math.max(min, max) }, members * HOURS_PER_MONTH);
  bill.add(part.key, region, isOptimized(part) ? "aurora-iopt1-acu-hour" : "aurora-acu-hour", hours);
}

/** Every standby has a copy of its own. */
function billStorage(bill: Bill, part: ReadPart<Database>, region: string): void {
  const type = bill.value<string>(part, "database storage", "storage", "type");
  const gib = bill.value<number | null>(part, "database storage", "storage", "gib");
  const topology = bill.value<Topology>(part, "database storage", "topology");
  if (type === undefined || gib === undefined || topology === undefined) return;
  if (gib === null) {
    bill.unpriced(part.key, "aurora storage", "needs demand");
    if (!isOptimized(part)) bill.unpriced(part.key, "aurora I/O", "needs demand");
    return;
  }
  const copies = copiesOf(topology);
  if (copies === undefined) bill.unpriced(part.key, "database storage", "topology: is not known");
  else if (type === "gp2" || type === "gp3" || type === "io1")
    bill.add(part.key, region, `rds-${type}-gb-month`, steady(copies * gib));
  else bill.unpriced(part.key, `rds-${type}-gb-month`, `no price known in ${region}`);
  const iops = bill.value<number | null>(part, "rds IOPS", "storage", "iops");
  if (typeof iops === "number") bill.unpriced(part.key, `rds-${type}-iops-month`, `no price known in ${region}`);
}

function copiesOf({ kind, standbys, members }: Topology): number | undefined {
  if (kind === "single") return 1;
  const others = kind === "standby" ? standbys : members;
  if (typeof others !== "number") return undefined;
  return kind === "standby" ? 1 + others : others;
}
