import type { Address, ReadPart, Volume } from "../model";
import { Bill, HOURS_PER_MONTH, steady } from "./bill";
import { billDisk } from "./disk";

/** A month of a volume: its storage, and its speed beyond what the type brings. */
export function billVolume(bill: Bill, part: ReadPart<Volume>): void {
  const region = bill.value<string>(part, "disk", "region");
  if (region !== undefined) billDisk(bill, part.key, region, part, steady(1));
}

/** A month of an address, used or not. */
export function billAddress(bill: Bill, part: ReadPart<Address>): void {
  const region = bill.value<string>(part, "public-ipv4-hour", "region");
  if (region !== undefined) bill.add(part.key, region, "public-ipv4-hour", steady(HOURS_PER_MONTH));
}
