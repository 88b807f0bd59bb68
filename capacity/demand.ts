import type {
  Behind,
  CacheWorkload,
  Interval,
  Request,
  ServiceWorkload,
  Source,
  StoreWorkload,
  Workload,
} from "../model";
import { interval } from "../model";
import type { Assumptions } from "./assumptions";
import { batched } from "./service-time";

/** What reaches one service, and how long each request holds a slot. */
export interface ServiceDemand {
  readonly workload: string;
  readonly facts: ServiceWorkload;
  readonly entry: boolean;
  readonly behind: Behind;
  /** One queue for all replicas, as a door that sends to the least busy one makes it; else one a replica. */
  readonly pooled: boolean;
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

export interface CacheDemand {
  readonly workload: string;
  readonly facts: CacheWorkload;
  /** Look-ups and writes a second at the peak, high. */
  readonly operationsPerSecond: number;
  readonly callers: readonly string[];
}

/** What reaches a store, all of its members together. */
export interface StoreDemand {
  readonly workload: string;
  readonly facts: StoreWorkload;
  readonly entry: boolean;
  /** Requests a second at the peak, reads and writes. */
  readonly peakPerSecond: Interval;
  readonly meanPerSecond: number;
}

export interface SystemDemand {
  readonly services: readonly ServiceDemand[];
  readonly caches: readonly CacheDemand[];
  readonly stores: readonly StoreDemand[];
}

const stated = (request: Request): Source => ({
  title: `stack ${request.stack} and system ${request.system}, as stated`,
  date: "stated",
});
const assumedHere: Source = { title: "no measurement given: assumed", date: "2026-11-21" };

/** Workloads in the order of calls: every caller before its callees. The request has no cycle. */
export function callOrder(workloads: Readonly<Record<string, Workload>>): readonly string[] {
  const order: string[] = [];
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const workload = workloads[name];
    if (workload?.kind === "service") Object.keys(workload.calls ?? {}).forEach(visit);
    order.unshift(name);
  };
  Object.keys(workloads).sort().forEach(visit);
  return order;
}

/** How requests come to a workload's replicas. What a target reaches in one way only, the request says already (request-reach.ts). */
function behindOf({ workloads, existing }: Counting, workload: string): Behind {
  const facts = workloads[workload];
  if (facts?.kind !== "service" || (facts.reachedBy ?? "balancer") !== "balancer") return "registry";
  return Object.hasOwn(existing.balancers, workload) ? "existing-balancer" : "balancer";
}

/** Services and stores that nobody calls: where the load arrives. */
export function entries(workloads: Readonly<Record<string, Workload>>): readonly string[] {
  const called = new Set(
    Object.values(workloads).flatMap((workload) =>
      workload.kind === "service" ? Object.keys(workload.calls ?? {}) : [],
    ),
  );
  return Object.entries(workloads)
    .filter(([name, workload]) => workload.kind !== "cache" && !called.has(name))
    .map(([name]) => name);
}

/** Expected tries of a call when a share of tries fails and at most `tries` are made: (1 - p^tries) / (1 - p). */
export function expectedTries(failingShare: number, tries: number): number {
  return failingShare === 0 ? 1 : (1 - failingShare ** tries) / (1 - failingShare);
}

/** Follows the load from the entry through the calls: rates, tries, cache hits, batches. Counts are from high; money from mid. */
export function systemDemand(request: Request, assumptions: Assumptions): SystemDemand {
  const { load, workloads } = request;
  const from = stated(request);
  const peak = assumptions.asked(
    "load.peak",
    "requests/s",
    load.uncertainty > 0
      ? {
          low: load.requestsPerSecond.peak * (1 - load.uncertainty),
          mid: load.requestsPerSecond.peak,
          high: load.requestsPerSecond.peak * (1 + load.uncertainty),
        }
      : load.requestsPerSecond.peak,
    "highest minute of RequestCount at the balancer in the last 15 days (CloudWatch keeps minutes no longer), divided by 60",
    from,
  );
  const mean = assumptions.asked(
    "load.mean",
    "requests/s",
    load.requestsPerSecond.mean,
    "sum of RequestCount over 30 days, divided by their 2,592,000 seconds",
    from,
  ).mid;
  const peaks = new Map<string, Interval>();
  const means = new Map<string, number>();
  const statedPeaks = new Map<string, number>();
  const entryNames = entries(workloads);
  for (const name of entryNames) {
    peaks.set(name, peak);
    means.set(name, mean);
    statedPeaks.set(name, request.load.requestsPerSecond.peak);
  }
  const services: ServiceDemand[] = [];
  const operations = new Map<string, { perSecond: number; callers: string[] }>();
  for (const name of callOrder(workloads)) {
    const facts = workloads[name];
    if (facts?.kind !== "service") continue;
    const reached = peaks.get(name) ?? { low: 0, mid: 0, high: 0 };
    const meanReached = means.get(name) ?? 0;
    const onceTried = statedPeaks.get(name) ?? 0;
    services.push({
      ...serviceDemand(request, name, facts, reached, meanReached, entryNames.includes(name), assumptions, from),
      statedPeakPerSecond: onceTried,
    });
    for (const [callee, call] of Object.entries(facts.calls ?? {})) {
      const called = workloads[callee];
      if (called?.kind === "cache") {
        const use = operations.get(callee) ?? { perSecond: 0, callers: [] };
        // A look-up for each call, and a write for each miss: at most two operations.
        use.perSecond += reached.high * call.perRequest * 2;
        use.callers.push(name);
        operations.set(callee, use);
        continue;
      }
      const failing = failingTries(name, callee, called, call.tries ?? 1, assumptions);
      const before = peaks.get(callee) ?? { low: 0, mid: 0, high: 0 };
      const times = (share: number): number => call.perRequest * expectedTries(share, call.tries ?? 1);
      peaks.set(callee, {
        low: before.low + reached.low * times(failing.low),
        mid: before.mid + reached.mid * times(failing.mid),
        high: before.high + reached.high * times(failing.high),
      });
      statedPeaks.set(callee, (statedPeaks.get(callee) ?? 0) + onceTried * call.perRequest);
      means.set(callee, (means.get(callee) ?? 0) + meanReached * times(failing.mid));
    }
  }
  // Where there is no service, the load is the cache's own: its callers are in no plan.
  const alone = services.length === 0 ? peak.high * 2 : 0;
  const stores = Object.entries(workloads).flatMap(([workload, facts]): StoreDemand[] =>
    facts.kind === "store"
      ? [
          {
            workload,
            facts,
            entry: entryNames.includes(workload),
            peakPerSecond: peaks.get(workload) ?? { low: 0, mid: 0, high: 0 },
            meanPerSecond: means.get(workload) ?? 0,
          },
        ]
      : [],
  );
  const caches = Object.entries(workloads).flatMap(([workload, facts]) =>
    facts.kind === "cache"
      ? [
          {
            workload,
            facts,
            operationsPerSecond: operations.get(workload)?.perSecond ?? alone,
            callers: operations.get(workload)?.callers ?? [],
          },
        ]
      : [],
  );
  return { services, caches, stores };
}

/** Share of tries that fail; none are counted where a call is tried once. */
export function failingTries(
  caller: string,
  callee: string,
  called: Workload | undefined,
  tries: number,
  assumptions: Assumptions,
): Interval {
  if (tries <= 1) return { low: 0, mid: 0, high: 0 };
  const success = called?.kind === "service" ? called.criteria?.successShare : undefined;
  return assumptions.asked(
    `${caller}.calls.${callee}.failingShare`,
    "share of tries",
    { low: 0, mid: 0.01, high: success === undefined ? 0.05 : Number((1 - success).toPrecision(12)) },
    `in ${caller}'s logs: tries after the first, divided by all tries`,
    success === undefined
      ? assumedHere
      : { title: `high: ${callee}'s own criterion of success; low and mid assumed`, date: "2026-11-21" },
  );
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
    facts.serviceTimeVariation === undefined ? assumedHere : from,
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
      facts[what] === undefined ? assumedHere : from,
    ).mid;
  return {
    workload: name,
    facts,
    entry,
    behind,
    // Controllers of an Ingress send to one replica after the other.
    pooled: behind === "balancer" && !(kubernetes !== null && "ingress" in kubernetes.door),
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
