import type { CacheWorkload, Interval, Request, Source, StoreWorkload } from "../model";
import type { Assumptions } from "./assumptions";
import { callOrder, entries } from "./call-order";
import { type ServiceDemand, serviceDemand } from "./service-demand";
import { expectedTries, failingTries } from "./tries";

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
