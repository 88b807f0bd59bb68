import type { Cdn, ReadPart } from "../model";
import { type Bill, BYTES_PER_GB, type Context, SECONDS_PER_MONTH, steady } from "./bill";

/** Callers of every continent pay their own price; where they are no program says: the price of North America, which is the least. */
const WHERE = "global";

/** Requests and bytes out of a distribution. What it fetches from AWS origins is free; the free tier is the account's, and not taken off. */
export function billCdn(bill: Bill, part: ReadPart<Cdn>, context: Context): void {
  const demand = context.demand.get(part.key);
  if (demand === undefined) {
    for (const item of ["cdn-out-gb", "cdn-https-10000"]) bill.unpriced(part.key, item, "needs demand");
    return;
  }
  const requests = demand.requestsPerSecond.mean * SECONDS_PER_MONTH;
  bill.add(part.key, WHERE, "cdn-out-gb", steady((requests * demand.responseBytes) / BYTES_PER_GB), true);
  bill.add(part.key, WHERE, "cdn-https-10000", steady(requests / 10_000), true);
}
