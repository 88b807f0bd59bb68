import type { Call, Plan, ReplicaGroup, Request, Workload } from "../model";
import { partKey } from "../model";
import { roleOfCache } from "./cache-plan";
import { existingCachesOf } from "./existing";
import { detectSeconds } from "./count-group";
import type { GroupCount } from "./group-count";

const carriedBy = { service: "replica-group", cache: "redis-cache", store: "store" } as const;

/** The Part that carries a workload. */
function carrierOf(request: Request, workload: string): ReplicaGroup["key"] {
  return partKey(carriedBy[request.workloads[workload]?.kind ?? "service"], workload, request.region);
}

function reliedOn(facts: Workload | undefined): boolean {
  return facts?.kind === "cache" && roleOfCache(facts) === "capacity-cache";
}

/** Who calls whom in one region. */
export function callsOf(request: Request): readonly Call[] {
  return Object.entries(request.workloads).flatMap(([from, facts]) =>
    facts.kind === "service"
      ? Object.entries(facts.calls ?? {}).map(([to, call]) => ({
          from: carrierOf(request, from),
          to: carrierOf(request, to),
          perRequest: call.perRequest,
          tries: call.tries ?? 1,
          // Replicas are counted with its hits: whatever the call says, they fail without it.
          required: (call.required ?? true) || reliedOn(request.workloads[to]),
        }))
      : [],
  );
}

/** What a service must carry in one region, as a plan tells it. */
export function demandOf(request: Request, { demand, need, replicasAtMean }: GroupCount): Plan["demand"][number] {
  return {
    workload: demand.workload,
    part: carrierOf(request, demand.workload),
    requestsPerSecond: { mean: demand.meanPerSecond, peak: demand.peakPerSecond.mid },
    erlangs: demand.erlangs,
    need,
    replicasAtMean,
    requestBytes: demand.requestBytes,
    responseBytes: demand.responseBytes,
    logBytesPerRequest: demand.logBytesPerRequest,
    startSeconds: demand.startSeconds.high,
    ...(demand.facts.restMemoryMiB === undefined ? {} : { restMemoryMiB: demand.facts.restMemoryMiB }),
    entry: demand.entry,
    callsLeave: demand.facts.callsLeave ?? false,
    behind: demand.behind,
    detectSeconds: detectSeconds(demand),
    existingCaches: existingCachesOf(request, demand.facts).map(({ workload, ...facts }) => ({
      part: carrierOf(request, workload),
      ...facts,
    })),
  };
}

/** What a region that waits for another's loss serves meanwhile: nothing, with all that it needs then. */
export function waiting(demand: Plan["demand"][number]): Plan["demand"][number] {
  return {
    ...demand,
    requestsPerSecond: { ...demand.requestsPerSecond, mean: 0 },
    replicasAtMean: 0,
  };
}
