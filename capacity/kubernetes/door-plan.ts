import { gatewayDefaults, handOn, ingressClasses } from "../../catalog/kubernetes";
import type { BalancerTarget, Listener, LoadBalancer, PartKey, Request, RequestedCluster } from "../../model";
import { partKey } from "../../model";
import { drainSecondsOf } from "../balancer-plan";
import type { GroupCount } from "../group-count";
import { ownNameOf } from "../own-name";
import { clusterOfRequest } from "./cluster-of-request";
import { replicaProbes } from "./probes";

/** Seconds that a caller's connection may be idle: below what the clouds' own balancers before the door wait, 350 s at the least. */
const IDLE_SECONDS = 60;
/** Healthy replicas below which a door sends to all: none at all, so that a check that is wrong of all of them does not end everything. */
const PANIC_BELOW = 0.01;
/** Requests in flight that the door lets through: so many times what the peak has, and never less than Envoy's own limit. */
const REQUESTS_ALLOWANCE = 4;
const LEAST_REQUESTS = 1024;
/** Doors are asked by name, with TLS. */
const DOOR_PORT = 443;

/** The front door of a service that is reached by a balancer: a Gateway or an Ingress, as the environment says. */
export function planDoor(request: Request, counted: GroupCount, group: PartKey): LoadBalancer | null {
  const { demand } = counted;
  if (demand.behind !== "balancer") return null;
  const { workload, facts } = demand;
  const cluster = clusterOfRequest(request);
  const domain = demand.entry ? request.domain : null;
  const common = {
    kind: "load-balancer" as const,
    key: partKey("load-balancer", workload, request.region),
    workload,
    region: request.region,
    scope: "regional" as const,
    // What stands in the zones is the controller's and the cloud's; neither is in any object here.
    placement: { kind: "regional" as const },
    targets: targetsOf(request, counted, group),
    zonalShift: false,
    domain:
      domain === null
        ? null
        : {
            name: domain.name,
            ownName: request.regions.length < 2 ? null : ownNameOf(domain.name, request.region),
            // Route 53's records are then the failover's own, and nobody else may write them.
            record: cluster.has.includes("external-dns") && request.failover?.dns !== "route53",
            certificate: certificateOf(cluster),
          },
  };
  const secure: readonly Listener[] = [
    { port: 80, tlsFloor: null, redirects: true },
    { port: 443, tlsFloor: "1.2", redirects: false },
  ];
  const { door } = cluster;
  if ("ingress" in door) {
    const { className } = door.ingress;
    const facts = ingressClasses[className];
    return {
      ...common,
      exposure: null,
      listeners: domain === null ? [{ port: 80, tlsFloor: null, redirects: false }] : secure,
      routing: facts?.routing ?? "round-robin",
      ejection: null,
      protection: {
        deletion: request.protect,
        logs: facts?.logs ?? false,
        dropsInvalidHeaders: facts?.dropsInvalidHeaders ?? false,
        rateLimitPerSecond: null,
      },
      idleTimeoutSeconds: facts?.idleSeconds ?? IDLE_SECONDS,
      runtime: { kind: "ingress", className },
    };
  }
  const ejection = ejectionOf(request, counted);
  const { idleSeconds } = gatewayDefaults.istio;
  const envoy = door.gateway === "envoy-gateway";
  return {
    ...common,
    exposure: facts.exposure ?? "private",
    listeners: domain === null ? [{ port: facts.port, tlsFloor: null, redirects: false }] : secure,
    routing: "least-outstanding",
    ejection,
    protection: { deletion: request.protect, logs: true, dropsInvalidHeaders: true, rateLimitPerSecond: null },
    // What callers' connections wait for is no object's of Istio.
    idleTimeoutSeconds: envoy ? IDLE_SECONDS : idleSeconds,
    runtime: {
      kind: "gateway-api",
      implementation: door.gateway,
      panicBelow: envoy || ejection !== null ? PANIC_BELOW : 0,
      mostRequests: Math.max(LEAST_REQUESTS, Math.ceil(demand.erlangs.high * REQUESTS_ALLOWANCE)),
    },
  };
}

/**
 * The region's own pods first, and then what the door hands on to: doors of the other regions, or with Istio their pods, for there a mesh spans the clusters. None of
 * the two tells one other region from another, so these have no order among themselves.
 */
function targetsOf(request: Request, counted: GroupCount, group: PartKey): readonly BalancerTarget[] {
  const own = targetOf(counted, group, clusterOfRequest(request));
  const implementation = handsOnBy(request, counted);
  if (implementation === null) return [own];
  const { workload } = counted.demand;
  const others = request.regions.filter((region) => region !== request.region).sort();
  const priority = handOn[implementation].levels;
  return [
    own,
    ...others.map((region) =>
      implementation === "istio"
        ? { ...own, part: partKey("replica-group", workload, region), priority }
        : { ...own, part: partKey("load-balancer", workload, region), port: DOOR_PORT, priority },
    ),
  ];
}

/** Whose door hands requests on to other regions; null: this one does not. */
function handsOnBy(request: Request, { demand }: GroupCount): "envoy-gateway" | "istio" | null {
  const { door } = clusterOfRequest(request);
  return demand.entry && request.failover?.doors === true && "gateway" in door ? door.gateway : null;
}

/** Envoy Gateway asks replicas itself; the others send to pods that pass their readiness probe. */
function targetOf({ demand }: GroupCount, group: PartKey, { door }: RequestedCluster): BalancerTarget {
  const { facts } = demand;
  const { health } = facts.probes;
  const ready = replicaProbes(facts, demand.startSeconds.high).find(({ role }) => role === "readiness");
  if (ready === undefined) throw new RangeError(`${group}: pods have a readiness probe`);
  const asks = "gateway" in door && door.gateway === "envoy-gateway";
  return {
    part: group,
    port: facts.port,
    weight: 1,
    priority: 1,
    probe: {
      ...ready,
      role: "balancer",
      // No door runs a command in a pod.
      ...(asks && ready.check.kind === "command" ? { check: { kind: "tcp" } } : {}),
      ...(asks ? { successes: health.successes ?? 2 } : {}),
    },
    drainSeconds: drainSecondsOf(demand),
  };
}

/** Out after as many failures as the health check allows, and asked again at its interval. As many at once as a zone holds, at least one. */
function ejectionOf(request: Request, counted: GroupCount): LoadBalancer["ejection"] {
  const { demand, count } = counted;
  const elsewhere = handsOnBy(request, counted) !== null;
  // Nobody else could take what a lone replica is spared.
  if (count < 2 && !elsewhere) return null;
  const { health } = demand.facts.probes;
  const percent = Math.max(Math.ceil(100 / count), Math.ceil(100 / request.zones.length));
  return {
    failures: health.failures ?? 3,
    seconds: health.intervalSeconds ?? 30,
    // Where others can take all, all may be out: with a part of them out most requests would stay, whatever the others answer.
    maxShare: elsewhere ? 1 : Math.min(percent, 50) / 100,
  };
}

function certificateOf({ certificate }: RequestedCluster): "created" | "existing" {
  return certificate !== null && "issuer" in certificate ? "created" : "existing";
}
