import type { Context } from "../context";
import type { ServiceDemand } from "../service-demand";
import type { QueuesTold } from "../part-planner";

/** Callers of a registry choose by themselves, and how a balancer that is there chooses is not read. */
export function taskQueues({ catalog }: Context, { behind, facts, workload }: ServiceDemand): QueuesTold {
  const holds: QueuesTold["holds"] = (size) => catalog.leastSize(size) !== null;
  if (behind === "existing-balancer")
    return {
      because: "how a balancer that is there chooses is not read",
      instead: `one of its own (without existing.${workload})`,
      holds,
    };
  const because =
    facts.reachedBy === "service-connect"
      ? "Service Connect sends to one after the other"
      : "callers draw addresses, busy or not";
  return { because, instead: "reachedBy: balancer", holds };
}
