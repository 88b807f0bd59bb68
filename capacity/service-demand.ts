import type { Behind, Interval, Request, ServiceWorkload, Source } from "../model";
import { interval } from "../model";
import { unmeasured, type Assumptions } from "./assumptions";
import { batched } from "./service-time";

/** What reaches one service, and how long each request holds a slot. */
export interface ServiceDemand {
  readonly workload: string;
  readonly facts: ServiceWorkload;
  readonly entry: boolean;
  readonly behind: Behind;
  /** One queue for all replicas, as a door that sends to the least busy one makes it; else one a replica. */
  readonly pooled: boolean;
  /** Of pooled: the less busy of two replicas that are drawn, as each proxy of the door counts its own requests: near one queue, and not it. */
  readonly drawsTwo: boolean;
  readonly slots: number;
  /** Requests a second at the stated peak, each call tried once: what sizing rules are written for. */
  readonly statedPeakPerSecond: number;
  /** Requests a second at the peak, tries counted. */
  readonly peakPerSecond: Interval;
  /** Requests a second on average at mid demand, tries counted. */
  readonly meanPerSecond: number;
  /** Busy slots at the peak, counted as the cache's role says. */
  readonly erlangs: Interval;
  /** Busy slots on average, as counted for the floor of an elastic group: high service time, no hits unless promised. */
  readonly meanErlangsHigh: number;
  /** Busy slots on average at mid demand with the cache's hits: what money follows. */
  readonly meanErlangs: number;
  /** Milliseconds that a request is worked on, high, and those that it waits for its batch: what the percentile is checked with. */
  readonly workedMs: number;
  readonly batchWaitMs: number;
  readonly variation: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly logBytesPerRequest: number;
  readonly startSeconds: Interval;
  readonly warmUpSeconds: number;
}

/** What serviceDemand is given of a request. */
export type Counting = Pick<Request, "workloads" | "existing"> & {
  readonly kubernetes?: Request["kubernetes"];
  readonly chosen: Pick<Request["chosen"], "utilisationCeiling">;
};

/** Busy slots of one service, from what reaches it and how long each request holds a slot. */
export function serviceDemand(
  request: Counting,
  name: string,
  facts: ServiceWorkload,
  peakPerSecond: Interval,
  meanPerSecond: number,
  entry: boolean,
  assumptions: Assumptions,
  from: Source,
): Omit<ServiceDemand, "statedPeakPerSecond"> {
  const time = assumptions.asked(
    `${name}.serviceTimeMs`,
    "ms",
    facts.serviceTimeMs,
    `time one request in a load test with one request in flight; or the workload's own histogram`,
    from,
  );
  const variation = assumptions.asked(
    `${name}.serviceTimeVariation`,
    "standard deviation / mean",
    facts.serviceTimeVariation ?? 1,
    "standard deviation of the same timings, divided by their mean; 1 is an exponential service time",
    facts.serviceTimeVariation === undefined ? unmeasured : from,
  );
  const start = assumptions.asked(
    `${name}.startSeconds`,
    "s",
    facts.startSeconds,
    "from the task's start to its first passed health check, in the service's events",
    from,
  );
  const warm =
    facts.warmUpSeconds === undefined
      ? 0
      : assumptions.asked(
          `${name}.warmUpSeconds`,
          "s",
          facts.warmUpSeconds,
          "response times of a new replica until they are those of the others",
          from,
        ).high;
  const behind = behindOf(request, name);
  const { kubernetes = null } = request;
  const hits = cacheHits(request, name, facts, assumptions, from);
  const ceiling = request.chosen.utilisationCeiling;
  const held = (ms: number): number =>
    facts.batch ? batched(ms, { marginalShare: 0.3, ...facts.batch }, ceiling).heldMs : ms;
  const worked = (ms: number): number =>
    facts.batch ? batched(ms, { marginalShare: 0.3, ...facts.batch }, ceiling).workedMs : ms;
  const counted = {
    low: hits.lookupMs + (1 - hits.counted) * held(time.low),
    mid: hits.lookupMs + (1 - hits.counted) * held(time.mid),
    high: hits.lookupMs + (1 - hits.counted) * held(time.high),
  };
  const bytes = (
    what: "requestBytes" | "responseBytes" | "logBytesPerRequest",
    fallback: number,
    how: string,
  ): number =>
    assumptions.asked(
      `${name}.${what}`,
      "bytes",
      facts[what] ?? fallback,
      how,
      facts[what] === undefined ? unmeasured : from,
    ).mid;
  return {
    workload: name,
    facts,
    entry,
    behind,
    // Controllers of an Ingress send to one replica after the other; proxies of a Gateway are Envoy.
    pooled: behind === "balancer" && !(kubernetes !== null && "ingress" in kubernetes.door),
    drawsTwo: behind === "balancer" && kubernetes !== null && !("ingress" in kubernetes.door),
    slots: facts.slotsPerReplica ?? 1,
    peakPerSecond,
    meanPerSecond,
    erlangs: {
      low: (peakPerSecond.low * counted.low) / 1000,
      mid: (peakPerSecond.mid * counted.mid) / 1000,
      high: (peakPerSecond.high * counted.high) / 1000,
    },
    meanErlangsHigh: (meanPerSecond * counted.high) / 1000,
    meanErlangs: (meanPerSecond * (hits.lookupMs + (1 - hits.mid) * held(time.mid))) / 1000,
    workedMs: hits.lookupMs + worked(time.high),
    batchWaitMs: facts.batch?.waitMs ?? 0,
    variation: variation.high,
    requestBytes: bytes("requestBytes", 1024, "ProcessedBytes and RequestCount of the balancer: bytes in a request"),
    responseBytes: bytes("responseBytes", 4096, "ProcessedBytes and RequestCount of the balancer: bytes in a response"),
    logBytesPerRequest: bytes("logBytesPerRequest", 200, "IncomingBytes of the log group divided by RequestCount"),
    startSeconds: start,
    warmUpSeconds: warm,
  };
}

/** How requests come to a workload's replicas. What a target reaches in one way only, the request says already (request-reach.ts). */
function behindOf({ workloads, existing }: Counting, workload: string): Behind {
  const facts = workloads[workload];
  if (facts?.kind !== "service" || (facts.reachedBy ?? "balancer") !== "balancer") return "registry";
  return Object.hasOwn(existing.balancers, workload) ? "existing-balancer" : "balancer";
}

/**
 * The cache that a service asks. counted: the hits that the count relies on (none for a latency cache, the low ratio for a capacity cache);
 * mid: the hits that money relies on.
 */
function cacheHits(
  request: Counting,
  name: string,
  facts: ServiceWorkload,
  assumptions: Assumptions,
  from: Source,
): { readonly counted: number; readonly mid: number; readonly lookupMs: number } {
  for (const [callee, call] of Object.entries(facts.calls ?? {})) {
    const called = request.workloads[callee];
    if (called?.kind !== "cache") continue;
    const ratio = assumptions.asked(
      `${callee}.hitRatio`,
      "share",
      called.hitRatio,
      `keyspace_hits / (keyspace_hits + keyspace_misses) of the cache over a week; before there is one, count repeated keys in a day of ${name}'s requests`,
      from,
    );
    const reliedOn = called.role === "capacity-cache" ? interval(ratio).low : 0;
    return { counted: reliedOn, mid: ratio.mid, lookupMs: (called.hitMs ?? 1) * call.perRequest };
  }
  return { counted: 0, mid: 0, lookupMs: 0 };
}
