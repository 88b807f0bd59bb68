import { kubernetesLags, kubernetesLimits } from "../../catalog/kubernetes";
import type { Infeasible, Request, Store, StoreWorkload, WorkloadDemand } from "../../model";
import { partKey } from "../../model";
import { configMapsOf } from "./config-maps";
import type { Context } from "../context";
import type { StoreDemand } from "../demand";
import { pullSecretsOf } from "../registries";
import { imageOf } from "../sidecar-plan";
import {
  countStore,
  type StoreCount,
  type StorePlanned,
  type StoreRates,
  storeRates,
  tooManyWrites,
} from "../store-count";
import { beyondStatedMost } from "../stated-most";
import { clusterOfRequest } from "./cluster-of-request";
import { nodeMaker } from "./karpenter";
import { nodeRoomOf } from "./nodes";
import { podScaling } from "./pod-scaling";
import { replicaProbes } from "./probes";
import { volumeClass } from "./volume-class";

/** From the end's announcement to the stop signal, seconds: Services forget a member meanwhile. */
const STOP_DELAY_SECONDS = 10;
const MIN_READY_SECONDS = 10;
const DRAIN_SECONDS = 30;

/** Members of a store as a StatefulSet: everything that cost, availability or a rule reads. */
export function planStore(context: Context, demand: StoreDemand): StorePlanned {
  const { request } = context;
  const rates = storeRates(context, demand);
  const writes = tooManyWrites(request, demand, rates);
  const counted = countStore(request, demand, rates);
  const fits = tooLarge(request, demand.workload, demand.facts);
  const most = counted.ok
    ? beyondStatedMost(
        request,
        partKey("store", demand.workload, request.region),
        demand.workload,
        counted.counted.count,
        "members",
      )
    : null;
  const room = counted.ok && fits === null ? beyondCluster(request, demand, counted.counted.count) : null;
  const refused = [writes, fits, room, most, counted.ok ? null : counted.infeasible].filter((each) => each !== null);
  if (refused.length > 0 || !counted.ok) return { ok: false, infeasible: refused };
  const part = memberPart(request, demand, rates, counted.counted);
  return {
    ok: true,
    part,
    reasons: [counted.counted.reason],
    demand: demandOfStore(context, demand, rates, counted.counted),
  };
}

function sizeOfMember(request: Request, workload: string, facts: StoreWorkload): Store["size"] {
  const wish = request.sizes[workload];
  return {
    cpuMillis: Math.ceil(wish?.cpuMillis ?? facts.cpuMillis ?? 1000),
    memoryMiB: Math.ceil(wish?.memoryMiB ?? facts.memoryMiB),
  };
}

function tooLarge(request: Request, workload: string, facts: StoreWorkload): Infeasible | null {
  const { allocatable, machine } = nodeRoomOf(clusterOfRequest(request));
  const size = sizeOfMember(request, workload, facts);
  const part = partKey("store", workload, request.region);
  for (const [key, unit] of [
    ["memoryMiB", "MiB a member"],
    ["cpuMillis", "thousandths of a core a member"],
  ] as const) {
    if (size[key] <= allocatable[key]) continue;
    const source = { title: `allocatable of ${machine}, catalog/kubernetes/allocatable.ts`, date: "2026-11-21" };
    const name = `what a pod can have of a ${machine}; take a larger machine in environment ${request.environment}`;
    return {
      part,
      field: `size.${key}`,
      asked: size[key],
      unit,
      limit: { name, value: allocatable[key], source, raisable: true },
      alternatives: [],
    };
  }
  return null;
}

/** More members than one cluster holds, as pods or by the nodes that carry them, at the ceiling that the stack states; null: it holds them. */
function beyondCluster(request: Request, { workload, facts }: StoreDemand, count: number): Infeasible | null {
  const members = Math.max(count, request.replicas[workload]?.max ?? count);
  const { allocatable } = nodeRoomOf(clusterOfRequest(request));
  const size = sizeOfMember(request, workload, facts);
  const perNode = Math.min(
    Math.floor(allocatable.cpuMillis / size.cpuMillis),
    Math.floor(allocatable.memoryMiB / size.memoryMiB),
    allocatable.pods,
  );
  const { podsPerCluster, nodesPerCluster } = kubernetesLimits;
  const nodes = Math.ceil(members / perNode);
  for (const [asked, unit, limit] of [
    [members, "members", podsPerCluster],
    [nodes, "nodes for its members", nodesPerCluster],
  ] as const)
    if (asked > limit.value)
      return {
        part: partKey("store", workload, request.region),
        field: members > count ? "scaling.max" : "scaling.min",
        asked,
        unit,
        limit: { ...limit, raisable: false },
        alternatives: [],
      };
  return null;
}

function memberPart(request: Request, demand: StoreDemand, rates: StoreRates, counted: StoreCount): Store {
  const { facts, workload } = demand;
  const { count } = counted;
  const cluster = clusterOfRequest(request);
  const size = sizeOfMember(request, workload, facts);
  const kept = cluster.secretStore === null ? ("cluster" as const) : ("external" as const);
  const { rest, grpc, metrics } = facts.ports;
  const named = (name: string, port: number | undefined) => (port === undefined ? [] : [{ name, port }]);
  return {
    kind: "store",
    key: partKey("store", workload, request.region),
    workload,
    region: request.region,
    topology: { kind: "leader-follower", replication: "asynchronous", batchMs: facts.replicationBatchMs },
    placement: {
      kind: "zonal",
      zones: [...request.zones].sort(),
      // A volume binds a member to its zone: with a soft spread all could be bound to one.
      spread: request.zones.length > 1 && count > 1 ? "hard" : "best-effort",
    },
    // It scales only where the stack says how far.
    scaling: podScaling(request, {
      count,
      max: request.replicas[workload]?.max ?? count,
      memoryShare: facts.memoryShare ?? 0.8,
    }),
    size,
    ports: [...named("rest", rest), ...named("grpc", grpc), ...named("metrics", metrics)],
    probes: replicaProbes(facts, rates.startSeconds),
    drainSeconds: facts.drainSeconds ?? DRAIN_SECONDS,
    image: imageOf(request, request.images[workload] ?? ""),
    sidecars: [],
    ...configMapsOf(facts),
    ...pullSecretsOf(request, [request.images[workload] ?? ""]),
    environment: Object.entries(facts.environment ?? {})
      .map(([name, value]) => ({ name, value }))
      .sort(byName),
    secrets: Object.entries(facts.secrets ?? {})
      .map(([name, reference]) => ({ name, store: "create" in reference ? kept : ("cluster" as const) }))
      .sort(byName),
    volume: volumeOf(request, workload, facts),
    peers: { name: `${workload}-headless`, notReadyToo: true },
    leaderService: facts.leader ?? false,
    // Ordered, a member that is lost with its zone would hold back every member after it.
    ordered: false,
    snapshots: snapshotsOf(request, facts),
    runtime: {
      kind: "stateful-set",
      cpuLimitMillis: facts.limits?.cpuMillis ?? null,
      memoryLimitMiB: Math.max(size.memoryMiB, facts.limits?.memoryMiB ?? 0),
      // One at a time, whatever the autoscaler has made of the count; a member alone would block every drain.
      disruptionMaxUnavailable: request.tier === "dev" || count < 2 ? null : 1,
      hosts: count > 1 ? "preferred" : "any",
      minReadySeconds: MIN_READY_SECONDS,
      stopDelaySeconds: STOP_DELAY_SECONDS,
    },
  };
}

function volumeOf(request: Request, workload: string, facts: StoreWorkload): Store["volume"] {
  const chosen = volumeClass(request, workload);
  return {
    gib: facts.volumeGiB,
    ...chosen,
    retained: true,
    // What the class of the store's own says; another's class says it itself.
    outlivesClaim: chosen.bindsLate === null ? null : (facts.keepVolumes ?? request.tier === "prod"),
  };
}

function snapshotsOf(request: Request, { snapshots }: StoreWorkload): Store["snapshots"] {
  if (snapshots === undefined) return null;
  const { everyHours, keepDays, kind } = snapshots;
  if (kind === "volume-snapshot" && !clusterOfRequest(request).has.includes("volume-snapshots")) return null;
  return { everyHours, keepDays, kind };
}

function demandOfStore(
  { assumptions, request }: Context,
  demand: StoreDemand,
  rates: StoreRates,
  { need, atMean }: StoreCount,
): WorkloadDemand {
  const { health } = demand.facts.probes;
  const busy = (perSecond: number) => perSecond / rates.perMember;
  return {
    workload: demand.workload,
    part: partKey("store", demand.workload, request.region),
    requestsPerSecond: { mean: rates.readsPerSecond.mean, peak: rates.readsPerSecond.peak },
    erlangs: {
      low: busy(rates.readsPerSecond.mean),
      mid: busy(rates.readsPerSecond.peak),
      high: busy(rates.readsPerSecond.high),
    },
    need,
    replicasAtMean: atMean,
    requestBytes: 0,
    responseBytes: 0,
    logBytesPerRequest: 0,
    startSeconds: rates.startSeconds,
    entry: demand.entry,
    callsLeave: false,
    behind: "registry",
    detectSeconds: (health.intervalSeconds ?? 30) * (health.failures ?? 3),
    existingCaches: [],
    store: {
      writesPerSecond: { mean: rates.writesPerSecond.mean, peak: rates.writesPerSecond.peak },
      readsPerSecondPerMember: rates.perMember,
      writesPerSecondPerLeader: rates.perLeader,
      replicationLagMs: rates.replicationLagMs,
      electionSeconds: rates.electionSeconds,
      copyMiBPerSecond: rates.copyMiBPerSecond,
      reschedule: {
        givenUpSeconds: assumptions.known(kubernetesLags.nodeGivenUpSeconds).mid,
        nodeSeconds: 0,
        nodeMadeSeconds: assumptions.known(kubernetesLags.nodeSeconds[nodeMaker(clusterOfRequest(request))]).mid,
        volumeSeconds: assumptions.known(kubernetesLags.volumeMovedSeconds).mid,
      },
    },
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
