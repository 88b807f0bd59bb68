import type { BalancerTarget, Listener, LoadBalancer, PartKey, Request } from "../model";
import { partKey } from "../model";
import type { ServiceDemand } from "./service-demand";

/** Seconds that a replica may take to end its requests: from no new ones to the kill. */
export function drainSecondsOf(demand: ServiceDemand): number {
  return demand.facts.drainSeconds ?? 30;
}

/** The replicas as a balancer's target: probed by the workload's own health settings. */
export function targetOf(demand: ServiceDemand, part: PartKey): BalancerTarget {
  const { facts } = demand;
  const { health } = facts.probes;
  return {
    part,
    port: facts.port,
    weight: 1,
    priority: 1,
    probe: {
      role: "balancer",
      check: { kind: "http", path: health.path ?? "/" },
      intervalSeconds: health.intervalSeconds ?? 30,
      timeoutSeconds: health.timeoutSeconds ?? 5,
      failures: health.failures ?? 3,
      successes: health.successes ?? 2,
    },
    drainSeconds: drainSecondsOf(demand),
  };
}

/** The front door of a service that is reached by a balancer; the entry's has the domain and TLS where the environment has one. */
export function planBalancer(request: Request, demand: ServiceDemand, target: PartKey): LoadBalancer {
  const { workload, facts } = demand;
  const domain = demand.entry ? request.domain : null;
  const listeners: readonly Listener[] = domain
    ? [
        { port: 80, tlsFloor: null, redirects: true },
        { port: 443, tlsFloor: "1.2", redirects: false },
      ]
    : [{ port: facts.port, tlsFloor: null, redirects: false }];
  return {
    kind: "load-balancer",
    key: partKey("load-balancer", workload, request.region),
    workload,
    region: request.region,
    scope: "regional",
    placement: { kind: "zonal", zones: [...request.networkZones].sort(), spread: "hard" },
    exposure: facts.exposure ?? "private",
    listeners,
    targets: [targetOf(demand, target)],
    routing: "least-outstanding",
    ejection: null,
    protection: {
      deletion: request.protect,
      logs: request.tier !== "dev",
      dropsInvalidHeaders: true,
      rateLimitPerSecond: null,
    },
    zonalShift: true,
    idleTimeoutSeconds: 60,
    domain: domain
      ? { name: domain.name, ownName: null, record: true, certificate: domain.certificate ? "existing" : "created" }
      : null,
    runtime: { kind: "alb" },
  };
}
