import type { ReadPart, Supporting, SupportingService } from "../model";
import type { PriceItem } from "../catalog/aws/price-row";
import { price } from "../catalog/aws/prices";
import { supportingBills } from "../catalog/aws/supporting";
import { type Bill, steady } from "./bill";

/** What stands beside a system: so much a month for each, and by use what the table names. */
export function billSupporting(bill: Bill, part: ReadPart<Supporting>): void {
  const service = bill.value<SupportingService>(part, "supporting", "service");
  if (service === undefined) return;
  const { steady: standing, byUse } = supportingBills[service];
  for (const [item, perUnit] of standing) {
    const units = bill.value<number>(part, item, "units");
    const region = regionFor(bill, part, item);
    if (units !== undefined && units > 0 && region !== undefined)
      bill.add(part.key, region, item, steady(units * perUnit));
  }
  for (const [item, why] of byUse) bill.unpriced(part.key, item, why);
}

/** What has one price everywhere needs no region. */
function regionFor(bill: Bill, part: ReadPart<Supporting>, item: PriceItem): string | undefined {
  if (!part.region.known && price(item, "global") !== null) return "global";
  return bill.value<string>(part, item, "region");
}
