import { at, isUnknown, listAt } from "../model";
import type { Range, ReadPart } from "../model";
import { Bill, HOURS_PER_MONTH, scaled } from "./bill";
import { billDisk } from "./disk";

/** Hours, disks and addresses of the machines of a Part, which stand at `path` in it; the first type is the one that is bought. */
export function billMachines(
  bill: Bill,
  part: ReadPart,
  region: string,
  path: readonly string[],
  machines: Range,
): void {
  const type = at(part, ...path, "types", 0);
  const spotShare = bill.value<number>(part, "share of Spot", ...path, "spotShare") ?? 0;
  const hours = scaled(machines, HOURS_PER_MONTH);
  if (!type.known || typeof type.value !== "string") bill.value(part, "machine-hour", ...path, "types", "0");
  else if (spotShare < 1) bill.add(part.key, region, `machine-hour:${type.value}`, scaled(hours, 1 - spotShare));
  if (spotShare > 0)
    bill.unpriced(part.key, "machine-hour on Spot", `${Math.round(spotShare * 100)} % on Spot, whose price moves`);
  const disks = listAt(part, ...path, "disks");
  if (disks === undefined) bill.value(part, "disk", ...path, "disks");
  for (const disk of disks ?? []) {
    if (isUnknown(disk)) bill.unpricedFor(part.key, "disk", disk);
    else billDisk(bill, part.key, region, disk, machines);
  }
  const address = bill.value<boolean>(part, "public-ipv4-hour", ...path, "publicAddress");
  if (address === true) bill.add(part.key, region, "public-ipv4-hour", hours);
}
