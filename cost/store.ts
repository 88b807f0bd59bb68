import { numberAt, type Range, type ReadPart, type Store } from "../model";
import type { Bill, Context } from "./bill";
import { billSnapshots, billVolumes, placeOf } from "./cluster-volumes";

/** Volumes and snapshots of a store's members; its pods are carried by nodes, which are billed as a pool. */
export function billStore(bill: Bill, part: ReadPart<Store>, context: Context): void {
  const place = placeOf(bill, part, context);
  if (place === undefined) return;
  billVolumes(bill, part, ["volume"], membersOf(part, context.demand.get(part.key)?.replicasAtMean), place);
  billSnapshots(bill, part, place);
}

/** Members at the floor, over the day and at the ceiling: a claim that is kept is paid for after its member has gone. */
function membersOf(part: ReadPart<Store>, mean: number | undefined): Range | undefined {
  const count = numberAt(part, "scaling", "count");
  if (count !== undefined) return { min: count, expected: count, max: count };
  const [min, max] = [numberAt(part, "scaling", "min"), numberAt(part, "scaling", "max")];
  if (min === undefined || max === undefined) return undefined;
  return { min, expected: Math.min(max, Math.max(min, mean ?? min)), max };
}
