import { at, isUnknown, listAt } from "../model";
import { divided, divisionOfMachines } from "../catalog";
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
  const found = divisionOfMachines(part, path);
  if (isUnknown(found)) bill.unpricedFor(part.key, "share of Spot", found);
  const division = isUnknown(found) ? { spotShare: 0 } : found;
  const onDemand: Range = {
    min: divided(machines.min, division).onDemand,
    expected: divided(machines.expected, division).onDemand,
    max: divided(machines.max, division).onDemand,
  };
  const spot = divided(machines.max, division).spot;
  if (!type.known || typeof type.value !== "string") bill.value(part, "machine-hour", ...path, "types", "0");
  else if (onDemand.max > 0 || spot === 0)
    bill.add(part.key, region, `machine-hour:${type.value}`, scaled(onDemand, HOURS_PER_MONTH));
  if (spot > 0) {
    const beyond = division.base === undefined ? "" : ` beyond ${division.base.replicas}`;
    const share = `${Math.round(division.spotShare * 100)} %${beyond} on Spot`;
    bill.unpriced(part.key, "machine-hour on Spot", `${share}, whose price moves`);
  }
  const disks = listAt(part, ...path, "disks");
  if (disks === undefined) bill.value(part, "disk", ...path, "disks");
  for (const disk of disks ?? []) {
    if (isUnknown(disk)) bill.unpricedFor(part.key, "disk", disk);
    else billDisk(bill, part.key, region, disk, machines);
  }
  const address = bill.value<boolean>(part, "public-ipv4-hour", ...path, "publicAddress");
  if (address === true) bill.add(part.key, region, "public-ipv4-hour", scaled(machines, HOURS_PER_MONTH));
}
