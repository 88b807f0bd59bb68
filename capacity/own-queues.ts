import type { OwnQueues, ReplicaGroup } from "../model";
import type { ServiceDemand } from "./service-demand";
import type { QueuesTold } from "./part-planner";
import type { Counted } from "./replicas";

/**
 * So many times the replicas of one queue for all, at the least, are worth a line of the preview. Below it the difference is within what is not
 * known anyway (a variation that is off by a quarter moves split queues as far); what each queue needs is in explain at any rate.
 */
export const WORTH_SAYING = 1.5;
/** Slots of a replica, times those that it has: no machine is asked for that nobody has. */
const LARGER = [2, 3, 4, 6, 8, 12, 16];

/**
 * What one queue for all replicas would need, and what fewer replicas of more slots, as much larger, would: where that is much less; else undefined.
 * @param count replicas of `size` with a queue for each
 * @param ask the same count of another demand, which is the same but for its queues
 */
export function ownQueues(
  demand: ServiceDemand,
  { count, size }: { readonly count: number; readonly size: ReplicaGroup["size"] },
  ask: (demand: ServiceDemand) => Counted,
  { holds, ...told }: QueuesTold,
): OwnQueues | undefined {
  if (demand.pooled) return undefined;
  const shared = ask({ ...demand, pooled: true });
  if (!shared.ok || count < shared.count * WORTH_SAYING) return undefined;
  const most = shared.count * demand.slots * WORTH_SAYING;
  let larger: OwnQueues["larger"] = null;
  for (const times of LARGER) {
    if (!holds({ cpuMillis: size.cpuMillis * times, memoryMiB: size.memoryMiB * times })) break;
    const slots = demand.slots * times;
    const counted = ask({ ...demand, slots });
    if (!counted.ok || counted.count >= count) continue;
    larger = { slots, replicas: counted.count };
    if (slots * counted.count < most) break;
  }
  return { replicas: shared.count, larger, ...told };
}
