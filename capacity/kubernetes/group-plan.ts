import { configMapsOf } from "./config-maps";
import type { ReplicaGroup, Request, ServiceWorkload } from "../../model";
import { partKey } from "../../model";
import { copiesAsked } from "../across-regions";
import { drainSecondsOf } from "../balancer-plan";
import type { ServiceDemand } from "../service-demand";
import { existingPlace } from "../existing";
import type { GroupCount } from "../group-count";
import { pullSecretsOf } from "../registries";
import { imageOf, planSidecars } from "../sidecar-plan";
import { podScaling } from "./pod-scaling";
import { replicaProbes } from "./probes";
import { clusterOfRequest } from "./cluster-of-request";

/** From the end's announcement to the stop signal, seconds: endpoints and balancers forget a pod meanwhile. */
const STOP_DELAY_SECONDS = 10;
/** A new pod must stay ready for so long before it counts as there. */
const MIN_READY_SECONDS = 5;

/** The group as pods: everything that cost, availability or a rule reads. */
export function planPods(request: Request, counted: GroupCount): ReplicaGroup {
  const { demand, size, count } = counted;
  const { facts, workload } = demand;
  const wired = wiring(request, demand);
  const kept = clusterOfRequest(request).secretStore === null ? ("cluster" as const) : ("external" as const);
  return {
    kind: "replica-group",
    key: partKey("replica-group", workload, request.region),
    workload,
    region: request.region,
    placement: {
      kind: "zonal",
      zones: [...request.zones].sort(),
      spread: ["zone", "region"].includes(request.chosen.objectives.survive) ? "hard" : "best-effort",
    },
    scaling: podScaling(request, {
      count,
      max: counted.max,
      memoryShare: facts.criteria?.memoryShare ?? 0.9,
    }),
    size,
    ports: portsOf(facts),
    probes: replicaProbes(facts, demand.startSeconds.high),
    // Nobody rolls a Deployment back: one that does not come up stands still, and the update fails.
    rollout: { surge: counted.surge, unavailable: 0, rollsBack: false, watchesAlarms: false },
    drainSeconds: drainSecondsOf(demand),
    image: imageOf(request, request.images[workload] ?? ""),
    sidecars: planSidecars(request, facts).map((sidecar) => ({
      ...sidecar,
      // Each container starts anew by itself; what is to end first runs before all others.
      essential: sidecar.awaited !== "done",
      secrets: sidecar.secrets.map(({ name }) => ({ name, store: "cluster" as const })),
    })),
    ...configMapsOf(facts),
    ...pullSecretsOf(request, imagesOf(request, workload, facts)),
    environment: Object.entries({ ...facts.environment, ...wired.environment })
      .map(([name, value]) => ({ name, value }))
      .sort(byName),
    secrets: [
      ...Object.entries(facts.secrets ?? {}).map(([name, reference]) => ({
        name,
        store: "create" in reference ? kept : ("cluster" as const),
      })),
      // A cache of the stack's own keeps its token where the stack's secrets are kept; of another it is a Secret that is there.
      ...wired.secrets.map(({ name, own }) => ({ name, store: own ? kept : ("cluster" as const) })),
    ].sort(byName),
    // The nodes keep the last lines of each container; what collects them is the cluster's own, and nothing of it is built here.
    logs: null,
    registry: { kind: "cluster-ip", name: workload },
    runtime: {
      kind: "kubernetes",
      cpuLimitMillis: facts.limits?.cpuMillis ?? null,
      memoryLimitMiB: Math.max(ownMemoryMiB(size.memoryMiB, facts), facts.limits?.memoryMiB ?? 0),
      disruptionMaxUnavailable: disruptionOf(count, counted.need),
      hosts: "preferred",
      minReadySeconds: MIN_READY_SECONDS,
      stopDelaySeconds: STOP_DELAY_SECONDS,
    },
  };
}

/** Its own, where it is known beforehand, and those beside it. */
function imagesOf({ images }: Request, workload: string, { sidecars = {} }: ServiceWorkload): readonly string[] {
  return [images[workload] ?? "", ...Object.values(sidecars).map(({ image }) => image)];
}

/** Its own first; Prometheus reads one of them, or one more. */
function portsOf({ port, ports = [], metrics }: ServiceWorkload): readonly number[] {
  return [...new Set([port, ...ports, ...(metrics?.port === undefined ? [] : [metrics.port])])];
}

/** Memory of the service's own container: what the sidecars that run beside it leave. */
function ownMemoryMiB(memoryMiB: number, { sidecars = {} }: ServiceWorkload): number {
  return Object.values(sidecars)
    .filter(({ awaited }) => awaited !== "done")
    .reduce((left, sidecar) => left - sidecar.memoryMiB, memoryMiB);
}

/** Pods that a drain may take at once: what stands above the need, at least one; no budget for a pod alone, which would block every drain. */
export function disruptionOf(count: number, need: number): number | null {
  if (count < 2) return null;
  return Math.max(1, Math.min(count - need, Math.floor(count / 2)));
}

/** Addresses of callees are names inside the cluster, known beforehand; a cache's token is a key of a Secret. */
function wiring(request: Request, { facts }: ServiceDemand) {
  const environment: Record<string, string> = {};
  const secrets: { readonly name: string; readonly own: boolean }[] = [];
  for (const [name, { to, as }] of Object.entries(facts.wires ?? {})) {
    if (as === "token") {
      secrets.push({ name, own: existingPlace(request.existing, to) === undefined });
      continue;
    }
    const place = existingPlace(request.existing, to);
    const callee = request.workloads[to];
    if (place !== undefined) environment[name] = place[as];
    else if (callee?.kind === "service")
      environment[name] = as === "urls" ? `http://${to}:${callee.port}` : `${to}:${callee.port}`;
    else {
      const scheme = copiesAsked(request, to) === null ? "redis" : "rediss";
      environment[name] = as === "urls" ? `${scheme}://${to}:${CACHE_PORT}` : `${to}:${CACHE_PORT}`;
    }
  }
  return { environment, secrets };
}

const CACHE_PORT = 6379;

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
