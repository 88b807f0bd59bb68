import type { Function, ReadPart } from "../model";
import { type Bill, type Context, SECONDS_PER_MONTH, steady } from "./bill";
import { loggedGb } from "./replica-group";

/** Comes with each function, and is not billed (AWS Lambda pricing, ephemeral storage). */
const FREE_DISK_MIB = 512;

/** Calls, their seconds times memory, warm copies and logs of a function. Free calls are the account's, and are not taken off. */
export function billFunction(bill: Bill, part: ReadPart<Function>, context: Context): void {
  const region = bill.value<string>(part, "function", "region");
  const memoryMiB = bill.value<number>(part, "function", "memoryMiB");
  const architecture = bill.value<string>(part, "function", "architecture");
  const warm = bill.value<number>(part, "provisioned concurrency", "provisionedConcurrency") ?? 0;
  if (region === undefined || memoryMiB === undefined || architecture === undefined) return;
  const gb = memoryMiB / 1024;
  const chip = architecture === "arm64" ? "arm" : "x86";
  if (warm > 0) {
    if (chip === "x86") bill.unpriced(part.key, "provisioned concurrency", "no price known for x86");
    else bill.add(part.key, region, "lambda-arm-provisioned-gb-second", steady(warm * gb * SECONDS_PER_MONTH));
  }
  const demand = context.demand.get(part.key);
  if (demand === undefined) {
    for (const item of ["lambda-requests-million", `lambda-${chip}-gb-second`, "logs-ingest-gb"])
      bill.unpriced(part.key, item, "needs demand");
    return;
  }
  const calls = demand.requestsPerSecond.mean * SECONDS_PER_MONTH;
  bill.add(part.key, region, "lambda-requests-million", steady(calls / 1e6), true);
  bill.add(part.key, region, "logs-ingest-gb", steady(loggedGb(demand)), true);
  // Busy slots at the peak, carried down to the mean, are the seconds of a second that calls run.
  const { mean, peak } = demand.requestsPerSecond;
  const busy = peak > 0 ? (demand.erlangs.mid * mean) / peak : 0;
  if (warm > 0) bill.unpriced(part.key, `lambda-${chip}-gb-second`, "which calls find a warm copy nobody says");
  else bill.add(part.key, region, `lambda-${chip}-gb-second`, steady(busy * gb * SECONDS_PER_MONTH), true);
  const diskMiB = bill.value<number>(part, "lambda-disk-gb-second", "diskMiB");
  if (diskMiB !== undefined && diskMiB > FREE_DISK_MIB)
    bill.add(
      part.key,
      region,
      "lambda-disk-gb-second",
      steady((busy * (diskMiB - FREE_DISK_MIB) * SECONDS_PER_MONTH) / 1024),
      true,
    );
}
