import type { Bucket, ReadPart } from "../model";
import type { Bill, Context } from "./bill";

/** A bucket is billed by what it holds and how often it is asked; no program says either. */
export function billBucket(bill: Bill, part: ReadPart<Bucket>, { demand }: Context): void {
  const region = bill.value<string>(part, "bucket", "region");
  if (region === undefined) return;
  bill.unpriced(part.key, "s3-standard-gb-month", "how much it holds no program says");
  if (demand.get(part.key) === undefined) bill.unpriced(part.key, "s3 requests", "needs demand");
}
