import type { Queue, ReadPart } from "../model";
import { costAssumptions } from "./assumptions";
import { type Bill, type Context, SECONDS_PER_MONTH, steady } from "./bill";

/** A queue costs nothing while nothing is sent: each request is billed, a million at a time. What a dead-letter queue takes is a share of nothing that is known, and is left out. */
export function billQueue(bill: Bill, part: ReadPart<Queue>, context: Context): void {
  const region = bill.value<string>(part, "queue", "region");
  const ordered = bill.value<boolean>(part, "queue", "ordered");
  if (region === undefined || ordered === undefined) return;
  if (part.isDeadLetter.known && part.isDeadLetter.value) return;
  const item = ordered ? "sqs-fifo-million" : "sqs-standard-million";
  const demand = context.demand.get(part.key);
  if (demand === undefined) return bill.unpriced(part.key, item, "needs demand");
  const requests = demand.requestsPerSecond.mean * SECONDS_PER_MONTH * costAssumptions.requestsPerMessage.value;
  bill.add(part.key, region, item, steady(requests / 1e6), true);
}
