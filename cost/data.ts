import type { Broker, FileSystem, ReadPart, Search } from "../model";
import { Bill, HOURS_PER_MONTH, steady } from "./bill";

type Nodes = { readonly count?: unknown; readonly type?: unknown; readonly diskGib?: unknown };

/** Nodes of a search cluster and the disks of its data nodes. */
export function billSearch(bill: Bill, part: ReadPart<Search>): void {
  const region = bill.value<string>(part, "search-node-hour", "region");
  if (region === undefined) return;
  for (const sort of ["data", "managers", "warm"] as const) {
    const nodes = bill.value<Nodes | null>(part, `search-node-hour of ${sort}`, sort);
    if (nodes === undefined || nodes === null) continue;
    const { count, type } = nodes;
    if (typeof count === "number" && typeof type === "string")
      bill.add(part.key, region, `search-node-hour:${bare(type)}`, steady(count * HOURS_PER_MONTH));
    else bill.unpriced(part.key, `search-node-hour of ${sort}`, "count or type is not known");
  }
  billDisks(bill, part, region);
}

function billDisks(bill: Bill, part: ReadPart<Search>, region: string): void {
  const count = bill.value<number>(part, "search disks", "data", "count");
  const gib = bill.value<number>(part, "search disks", "data", "diskGib");
  const type = bill.value<string>(part, "search disks", "data", "diskType");
  if (count === undefined || gib === undefined || type === undefined || gib === 0) return;
  if (type === "gp2") bill.add(part.key, region, "opensearch-gp2-gb-month", steady(count * gib));
  else bill.unpriced(part.key, `opensearch-${type}-gb-month`, `no price known in ${region}`);
}

/** m7g.large of m7g.large.search and m7g.large.elasticsearch. */
function bare(type: string): string {
  return type.replace(/\.(search|elasticsearch)$/, "");
}

/** Brokers and their disks; a serverless cluster is billed by use. */
export function billBroker(bill: Bill, part: ReadPart<Broker>): void {
  const region = bill.value<string>(part, "broker-hour", "region");
  const brokers = bill.value<Nodes | null>(part, "broker-hour", "brokers");
  if (region === undefined || brokers === undefined) return;
  if (brokers === null) return bill.unpriced(part.key, "msk serverless", "no price known, and it needs demand");
  const { count, type, diskGib } = brokers;
  if (typeof count === "number" && typeof type === "string")
    bill.add(part.key, region, `broker-hour:${type}`, steady(count * HOURS_PER_MONTH));
  else bill.unpriced(part.key, "broker-hour", "count or type is not known");
  if (typeof count !== "number" || typeof diskGib !== "number")
    bill.unpriced(part.key, "msk-storage-gb-month", "count or size of disks is not known");
  else if (diskGib > 0) bill.add(part.key, region, "msk-storage-gb-month", steady(count * diskGib));
  else bill.unpriced(part.key, "msk storage", "needs demand");
}

/** Throughput that is paid for whether it is used; what is stored is billed by use. */
export function billFileSystem(bill: Bill, part: ReadPart<FileSystem>): void {
  const region = bill.value<string>(part, "efs-provisioned-mbps-month", "region");
  const paid = bill.value<number | null>(part, "efs-provisioned-mbps-month", "provisionedMbPerSecond");
  if (region !== undefined && typeof paid === "number")
    bill.add(part.key, region, "efs-provisioned-mbps-month", steady(paid));
  bill.unpriced(part.key, "efs storage", "needs demand");
}
