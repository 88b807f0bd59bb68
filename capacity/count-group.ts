import type { Infeasible, Needed, Reason, ReplicaGroup } from "../model";
import { partKey, wordOfWorkload } from "../model";
import { shareOfYear } from "../availability";
import type { ServiceDemand } from "./service-demand";
import { needsOf, sizeOf } from "./group-plan";
import { sidecarsTake } from "./sidecar-plan";
import type { Context } from "./context";
import { ownQueues } from "./own-queues";
import { plannerOf } from "./planners";
import { beyondStatedMost } from "./stated-most";
import { spotReasons, spotShareOf } from "./spot-plan";
import { scalingLaw } from "./scaling-law";
import { type Counted, countReplicas, leastAtMean, untilCaughtUp } from "./replicas";
import type { GroupCount } from "./group-count";

export type GroupCounted =
  { readonly ok: true; readonly group: GroupCount } | { readonly ok: false; readonly infeasible: Infeasible };

/**
 * Floor, ceiling, size and surge of one service, each with its reason; or the limit that forbids them.
 * @param roomy what stands at the floor has room for what a burst adds
 */
export function countGroup(
  context: Context,
  demand: ServiceDemand,
  budget: number | null,
  roomy: boolean,
): GroupCounted {
  const { request, catalog, failures } = context;
  const part = partKey("replica-group", demand.workload, request.region);
  const size = sizeOf(request, demand, catalog);
  if (!size) return { ok: false, infeasible: tooLarge(context, demand, part) };
  const lag = plannerOf(request.target).scalerLag(context, demand, roomy);
  const repairMinutes = failures.replicaRepairMinutes + (detectSeconds(demand) + demand.startSeconds.high) / 60;
  const ask = (erlangs: number, asked = demand): Counted =>
    countReplicas({
      demand: asked,
      request,
      erlangs,
      replicaUnavailability: Math.min(1, shareOfYear(failures.replicaFailuresPerYear, repairMinutes)),
      zoneUnavailability: failures.zoneUnavailability,
      lag,
      budget,
    });
  const peak = ask(demand.erlangs.high);
  if (!peak.ok) return { ok: false, infeasible: notCarried(part, peak) };
  const floor = request.chosen.elastic ? ask(demand.meanErlangsHigh) : peak;
  if (!floor.ok) return { ok: false, infeasible: notCarried(part, floor) };
  const beyond = beyondStatedMost(request, part, demand.workload, floor.count, "replicas");
  if (beyond !== null) return { ok: false, infeasible: beyond };
  const ceiling = ceilingOf(context, demand, part, floor.count, peak.count);
  const limits = groupLimits(context, demand);
  const exceeded = limits.find((limit) => floor.count > limit.value);
  if (exceeded) {
    return {
      ok: false,
      infeasible: {
        part,
        field: "scaling.min",
        asked: floor.count,
        unit: "replicas",
        limit: {
          name: exceeded.name,
          value: exceeded.value,
          source: exceeded.source,
          raisable: exceeded.raisedBy !== null,
        },
        alternatives: [],
      },
    };
  }
  const spotShare = spotShareOf(request, demand);
  const busy = request.chosen.elastic ? demand.meanErlangsHigh : demand.erlangs.high;
  const told = plannerOf(request.target).queues(context, demand);
  const queues = ownQueues(demand, { count: floor.count, size }, (other) => ask(busy, other), told);
  const reason: Reason = {
    part,
    field: "scaling.min",
    value: floor.count,
    unit: "replicas",
    binding: floor.binding.by,
    needed: floor.needed,
    combined: request.chosen.elastic
      ? `${floor.combined}; elastic: the floor carries the mean, and the burst until the scaler has caught up`
      : floor.combined,
    ...(queues === undefined ? {} : { ownQueues: queues }),
  };
  return {
    ok: true,
    group: {
      demand,
      size,
      need: floor.need,
      count: floor.count,
      max: ceiling.value,
      surge: catalog.surge(floor.count, request.chosen.surgeShare),
      spotShare,
      onDemand: peak.stands,
      replicasAtMean: leastAtMean(demand, request),
      reasons: [
        reason,
        ceiling,
        ...spotReasons(request, part, spotShare, peak, { min: floor.count, max: ceiling.value }),
        sizeReason(part, demand, size, catalog.sellsSizes),
      ],
    },
  };
}

/** The same where what stands at the floor has no room for what a burst adds. Where no wait is tolerated the floor carries a burst whatever the lag: its words alone differ. */
export function countedWithoutRoom(context: Context, group: GroupCount, budget: number | null): GroupCounted {
  const { request } = context;
  const { demand } = group;
  if (request.load.burst.toleratedWaitSeconds > 0) return countGroup(context, demand, budget, false);
  const because = untilCaughtUp(request, plannerOf(request.target).scalerLag(context, demand, false));
  const reasons = group.reasons.map((reason) =>
    reason.field === "scaling.min"
      ? { ...reason, needed: reason.needed.map((each) => (each.by === "burst" ? { ...each, because } : each)) }
      : reason,
  );
  return { ok: true, group: { ...group, reasons } };
}

/** Interval x failures of the probe that will be emitted. */
export function detectSeconds(demand: ServiceDemand): number {
  const { health } = demand.facts.probes;
  return (health.intervalSeconds ?? 30) * (health.failures ?? 3);
}

interface GroupLimit {
  readonly name: string;
  readonly value: number;
  readonly source: Needed["source"];
  readonly raisedBy: string | null;
}

/** Limits on the replicas of one group: those of its balancer or registry, and of the group itself, as raised by the environment. */
function groupLimits({ catalog, request }: Context, demand: ServiceDemand): readonly GroupLimit[] {
  const raised = request.chosen.quotas;
  const { replicasPerGroup, targetsPerBalancer, registryReplicas } = catalog.quotas;
  const behind =
    demand.behind !== "registry"
      ? { ...targetsPerBalancer, value: raised.targetsPerGroup ?? targetsPerBalancer.value }
      : registryReplicas;
  return [behind, { ...replicasPerGroup, value: raised.tasksPerService ?? replicasPerGroup.value }];
}

/** The scaler's ceiling: the count for the peak, times the burst, within the limits. */
function ceilingOf(context: Context, demand: ServiceDemand, part: Reason["part"], floor: number, peak: number): Reason {
  const { request } = context;
  const burst = Math.ceil(peak * request.load.burst.factor * (1 - 1e-12));
  const limits = groupLimits(context, demand);
  const stated = request.replicas[demand.workload]?.max;
  const quota = Math.min(stated ?? Infinity, ...limits.map((limit) => limit.value));
  const law = demand.facts.scalingLaw;
  const lawfulMost = law === undefined ? Infinity : Math.floor(scalingLaw({ ...law, single: 1 }).peakReplicas);
  const wanted = Math.min(Math.max(burst, floor + 1), Math.max(floor, lawfulMost));
  const needed: Needed[] = [
    {
      by: "burst",
      value: burst,
      label: "approx",
      source: { title: "load.burst.factor", date: "stated" },
      because: `${request.load.burst.factor}x the ${peak} that carry the peak`,
    },
    ...(stated === undefined
      ? []
      : [
          {
            by: "quota" as const,
            value: stated,
            label: "exact" as const,
            source: { title: "the stack's YAML", date: "stated" },
            because: `replicas.${wordOfWorkload(request, demand.workload)}.max: at most`,
          },
        ]),
    {
      by: "floor",
      value: floor + 1,
      label: "exact",
      source: { title: "a ceiling above the floor", date: "stated" },
      because: "room for the scaler to add one",
    },
    ...limits.map((limit) => ({
      by: "quota" as const,
      value: limit.value,
      label: "exact" as const,
      source: limit.source,
      because: `${limit.name}: at most`,
    })),
  ];
  return {
    part,
    field: "scaling.max",
    value: Math.max(floor, Math.min(wanted, quota)),
    unit: "replicas",
    binding: wanted > quota ? "quota" : burst > floor ? "burst" : "floor",
    needed,
    combined: "burst over the peak's count, never above a limit",
  };
}

function sizeReason(part: Reason["part"], demand: ServiceDemand, size: ReplicaGroup["size"], sold: boolean): Reason {
  const beside = sidecarsTake(demand.facts);
  const names = Object.keys(demand.facts.sidecars ?? {}).sort();
  return {
    part,
    field: "size.memoryMiB",
    value: size.memoryMiB,
    unit: "MiB",
    binding: "memory",
    needed: [
      {
        by: "memory",
        value: demand.facts.memoryMiB,
        label: "exact",
        source: { title: "memoryMiB of the workload", date: "stated" },
        because: `${sold ? "least size sold that holds it" : "what its container asks for"}, with ${size.cpuMillis / 1000} vCPU`,
      },
      ...(names.length === 0
        ? []
        : [
            {
              by: "sidecars" as const,
              value: beside.memoryMiB,
              label: "exact" as const,
              source: { title: "memoryMiB and cpuMillis of its sidecars", date: "stated" },
              because: `added for ${names.join(", ")}, with ${beside.cpuMillis / 1000} vCPU`,
            },
          ]),
    ],
    combined: sold
      ? "the least size that the target sells"
      : "all containers of a pod together; any size may be asked for",
  };
}

function tooLarge(context: Context, demand: ServiceDemand, part: Reason["part"]): Infeasible {
  const { catalog, request } = context;
  const memoryMiB = request.sizes[demand.workload]?.memoryMiB ?? needsOf(demand).memoryMiB;
  if (catalog.leastSize({ cpuMillis: 1, memoryMiB }) !== null) return tooFast(context, demand, part);
  const largest =
    [244, 120, 60, 30, 16, 8, 4, 2, 1]
      .map((gib) => gib * 1024)
      .find((mib) => catalog.leastSize({ cpuMillis: 1, memoryMiB: mib }) !== null) ?? 0;
  return {
    part,
    field: "size",
    asked: memoryMiB,
    unit: "MiB",
    limit: {
      name: `largest replica that ${request.target} sells`,
      value: largest,
      source: { title: "catalog sizes", date: "2026-11-20" },
      raisable: false,
    },
    alternatives: [],
  };
}

/** More CPU than one replica can have, with memory that would fit. */
function tooFast({ catalog, request }: Context, demand: ServiceDemand, part: Reason["part"]): Infeasible {
  const asked = request.sizes[demand.workload]?.cpuMillis ?? needsOf(demand).cpuMillis;
  const largest =
    [32_000, 16_000, 8_000, 4_000, 2_000, 1_000].find(
      (cpuMillis) => catalog.leastSize({ cpuMillis, memoryMiB: 1 }) !== null,
    ) ?? 0;
  return {
    part,
    field: "size",
    asked: asked / 1000,
    unit: "vCPU a replica",
    limit: {
      name: `largest replica that ${request.target} sells, in vCPU`,
      value: largest / 1000,
      source: { title: "catalog sizes", date: "2026-11-20" },
      raisable: false,
    },
    alternatives: [],
  };
}

function notCarried(part: Reason["part"], refusal: Extract<Counted, { readonly ok: false }>): Infeasible {
  return {
    part,
    field: refusal.field,
    asked: refusal.asked,
    unit: refusal.field === "latency" ? "share of responses beyond" : "erlangs",
    limit: {
      name: refusal.because,
      value: refusal.limit,
      source: {
        title: refusal.field === "latency" ? "service time and its variation" : "scaling law of the workload",
        date: "stated",
      },
      raisable: false,
    },
    alternatives: [],
  };
}
