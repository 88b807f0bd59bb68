import type { ReplicaGroup, Request, Scaling } from "../model";
import { partKey } from "../model";
import type { TargetCatalog } from "../catalog";
import { drainSecondsOf } from "./balancer-plan";
import type { ServiceDemand } from "./service-demand";
import { existingPlace } from "./existing";
import type { GroupCount } from "./group-count";
import { planSpot } from "./spot-plan";
import { planLogs } from "./log-plan";
import { storeOf } from "./secret-store";
import { imageOf, planSidecars, sidecarsTake } from "./sidecar-plan";

/** Size of one replica: what the stack says, else what the workload and its sidecars need, rounded up to what the target sells; null: nothing sold holds it. */
export function sizeOf(
  request: Request,
  demand: ServiceDemand,
  catalog: TargetCatalog,
): { readonly cpuMillis: number; readonly memoryMiB: number } | null {
  const wish = request.sizes[demand.workload];
  const needs = needsOf(demand);
  return catalog.leastSize({
    cpuMillis: wish?.cpuMillis ?? needs.cpuMillis,
    memoryMiB: wish?.memoryMiB ?? needs.memoryMiB,
  });
}

/** What one replica needs: its own container, and the sidecars. */
export function needsOf({ facts, slots }: Pick<ServiceDemand, "facts" | "slots">): ReplicaGroup["size"] {
  const beside = sidecarsTake(facts);
  return {
    cpuMillis: (facts.cpuMillis ?? 1000 * slots) + beside.cpuMillis,
    memoryMiB: facts.memoryMiB + beside.memoryMiB,
  };
}

/** The group as counted: everything that cost, availability or a rule reads. */
export function planGroup(
  request: Request,
  demand: ServiceDemand,
  counted: Pick<GroupCount, "count" | "max" | "surge" | "spotShare" | "onDemand">,
  size: ReplicaGroup["size"],
): ReplicaGroup {
  const { facts, workload } = demand;
  const image = request.images[workload] ?? "";
  const wired = wiring(request, demand);
  const plainEnvironment = { ...facts.environment, ...wired.environment };
  const secrets = [
    ...Object.entries(facts.secrets ?? {}).map(([name, reference]) => ({ name, store: storeOf(reference) })),
    ...wired.secrets,
  ];
  const reached = facts.reachedBy ?? "balancer";
  return {
    kind: "replica-group",
    key: partKey("replica-group", workload, request.region),
    workload,
    region: request.region,
    placement: { kind: "zonal", zones: [...request.zones].sort(), spread: "hard" },
    scaling: scalingOf(request, demand, counted),
    size,
    ports: [facts.port, ...(facts.ports ?? [])],
    probes: facts.probes.health.command === undefined ? [] : [containerProbe(facts.probes.health.command, demand)],
    rollout: {
      surge: counted.surge,
      unavailable: 0,
      rollsBack: true,
      watchesAlarms: reached === "service-connect" || demand.behind === "balancer",
    },
    drainSeconds: drainSecondsOf(demand),
    image: imageOf(request, image),
    sidecars: planSidecars(request, facts),
    environment: Object.entries(plainEnvironment)
      .map(([name, value]) => ({ name, value }))
      .sort(byName),
    secrets: secrets.sort(byName),
    logs: planLogs(request, facts),
    registry: reached === "balancer" ? null : { kind: reached, name: workload },
    runtime: {
      kind: "ecs-fargate",
      architecture: request.chosen.architecture,
      ...planSpot(counted.spotShare, counted.onDemand),
      rebalancing: true,
    },
  };
}

/** The floor, the ceiling, and what moves the count between them. */
function scalingOf(
  request: Request,
  demand: ServiceDemand,
  { count, max }: { readonly count: number; readonly max: number },
): Scaling {
  const floorRate = request.chosen.elastic ? demand.meanPerSecond : demand.peakPerSecond.high;
  const signals = [
    { metric: "cpu" as const, target: Math.round(request.chosen.utilisationCeiling * 100) },
    { metric: "memory" as const, target: Math.round((demand.facts.criteria?.memoryShare ?? 0.9) * 100) },
    // At the rate that the floor is counted for, the floor is what the scaler asks for: it adds above, and never below.
    ...(demand.behind !== "registry"
      ? [{ metric: "requests" as const, target: Math.max(1, Math.floor((floorRate * 60) / count)) }]
      : []),
  ];
  return { kind: "range", min: count, max, initial: count, signals, schedule: [] };
}

function containerProbe(command: string, { facts }: ServiceDemand): ReplicaGroup["probes"][number] {
  const { health } = facts.probes;
  return {
    role: "liveness",
    check: { kind: "command", command },
    intervalSeconds: health.intervalSeconds ?? 30,
    timeoutSeconds: health.timeoutSeconds ?? 5,
    failures: health.failures ?? 3,
    successes: 1,
  };
}

/**
 * Addresses of callees. What is there already, and a registry's name, are known beforehand and stand in plain sight; a balancer's or cache's is known after deploy, and
 * reaches the container as a parameter.
 */
function wiring({ stack, workloads, existing }: Request, demand: ServiceDemand) {
  const environment: Record<string, string> = {};
  const secrets: { name: string; store: "secret-manager" | "parameter" }[] = [];
  for (const [name, { to, as }] of Object.entries(demand.facts.wires ?? {})) {
    const callee = workloads[to];
    const place = as === "token" ? undefined : existingPlace(existing, to);
    if (place !== undefined && as !== "token") {
      environment[name] = place[as];
      continue;
    }
    if (callee?.kind === "service" && (callee.reachedBy ?? "balancer") !== "balancer") {
      const address = `${callee.reachedBy === "cloud-map" ? registryName(stack, to) : to}:${callee.port}`;
      environment[name] = as === "urls" ? `http://${address}` : address;
    } else {
      secrets.push({ name, store: as === "token" ? "secret-manager" : "parameter" });
    }
  }
  return { environment, secrets };
}

/** Name that a private DNS registry gives a workload of a stack. */
export function registryName(stack: string, workload: string): string {
  return `${workload}.${stack}.internal`;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
