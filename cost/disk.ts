import { at, isUnknown, numberAt } from "../model";
import type { PartKey, Range } from "../model";
import type { PriceItem } from "../catalog/aws/price-row";
import { Bill, scaled } from "./bill";

/** What a gp3 volume brings without being billed for it. */
const GP3 = { iops: 3000, mbPerSecond: 125 } as const;

/** EBS types whose price is known somewhere, and the item of a GB. */
const perGb: Readonly<Record<string, PriceItem>> = {
  gp2: "ebs-gp2-gb-month",
  gp3: "ebs-gp3-gb-month",
  io2: "ebs-io2-gb-month",
  st1: "ebs-st1-gb-month",
  sc1: "ebs-sc1-gb-month",
};

/** `volumes` disks of one kind for a month: storage, and the speed beyond what the type brings. `disk` is a volume's or a machine's reading of one. */
export function billDisk(bill: Bill, part: PartKey, region: string, disk: unknown, volumes: Range): void {
  const type = at(disk, "type");
  const gib = at(disk, "gib");
  const open = [type, gib].find(isUnknown);
  if (open !== undefined) return bill.unpricedFor(part, "disk", open);
  const name = type.known && typeof type.value === "string" ? type.value : "";
  const item = perGb[name];
  if (item === undefined) return bill.unpriced(part, `disk ${name}`, "no price known for its type");
  const size = numberAt(disk, "gib") ?? 0;
  bill.add(part, region, item, scaled(volumes, size));
  const iops = speed(bill, part, disk, "iops");
  const throughput = speed(bill, part, disk, "mbPerSecond");
  if (name === "gp3") {
    if (iops > GP3.iops) bill.add(part, region, "ebs-gp3-iops-month", scaled(volumes, iops - GP3.iops));
    if (throughput > GP3.mbPerSecond)
      bill.add(part, region, "ebs-gp3-mbps-month", scaled(volumes, throughput - GP3.mbPerSecond));
  }
  // Tiers are each volume's own.
  if (name === "io2" && iops > 0) bill.addEach(part, region, "ebs-io2-iops-month", iops, volumes);
}

/** 0: what the type brings. */
function speed(bill: Bill, part: PartKey, disk: unknown, field: "iops" | "mbPerSecond"): number {
  const leaf = at(disk, field);
  if (!leaf.known) bill.unpricedFor(part, `disk ${field}`, leaf);
  return leaf.known && typeof leaf.value === "number" ? leaf.value : 0;
}
