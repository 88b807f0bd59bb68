import { wordOfWorkload, type Label, type Needed, type Request, type Source } from "../model";
import { binding, combineHeadroom, combinations } from "./combine";
import type { ServiceDemand } from "./service-demand";
import { leastReplicasForBurst } from "./autoscaling";
import { least, SEARCH_CEILING } from "./least";
import type { ScalerLagTold } from "./part-planner";
import { leastServers } from "./queueing";
import { replicasToSurviveZones } from "./headroom";
import { responseShareBeyond, serviceBeyond } from "./service-time";
import { scalingLaw } from "./scaling-law";
import { leastWithin, spreadOverZones } from "./zone-count";

const erlangC: Source = {
  title: "Erlang-C response tail (queueing.ts), one queue for all replicas: least outstanding requests",
  date: "1917",
};
/** Where each request takes the less busy of two that are drawn, it waits longer than in one queue for all: that is the lower bound. */
const drawnQueues: Source = {
  title:
    "Erlang-C response tail, one queue for all replicas, the lower bound: a Gateway's Envoy takes the less busy of two that it draws, and each proxy counts its own requests alone",
  date: "1917",
};
const splitQueues: Source = {
  title: "Erlang-C response tail, one queue a replica, drawn at random: the safe bound, of round robin too",
  date: "1917",
};
/** Why a balancer that could share one queue is counted as if it did not. */
const UNREAD = "an existing target group's algorithm is not read, so one queue a replica: round robin, the safe bound";
const unreadQueues: Source = { title: `Erlang-C response tail; ${UNREAD}`, date: "1917" };
const spread: Source = { title: "Allen-Cunneen wait and gamma service time (service-time.ts)", date: "1990" };
const chosen = (what: string): Source => ({ title: what, date: "stated" });
const staticStability: Source = {
  title: "AWS Builders' Library, static stability using availability zones",
  url: "https://aws.amazon.com/builders-library/static-stability-using-availability-zones",
  date: "2026-11-20",
};

/** What a count of replicas is held against. */
export interface CountQuestion {
  readonly demand: ServiceDemand;
  readonly request: Request;
  /** Busy slots that the count must carry. */
  readonly erlangs: number;
  readonly replicaUnavailability: number;
  readonly zoneUnavailability: number;
  readonly lag: ScalerLagTold;
  /** Unavailability that this group may cause by replicas and zones; null: no share is left, other causes use it all. */
  readonly budget: number | null;
}

/** Why a burst needs replicas of its own, in words. */
export function untilCaughtUp({ load }: Pick<Request, "load">, { seconds, words }: ScalerLagTold): string {
  return `${load.burst.factor}x until the scaler has caught up: ${Math.round(seconds)} s (${words})`;
}

/** Counts, or the constraint that no count meets. */
export type Counted =
  | {
      readonly ok: true;
      readonly need: number;
      readonly count: number;
      /** Of the count: what keeps the latency, what must be survived and the objective by itself; the rest is room. */
      readonly stands: number;
      readonly needed: readonly Needed[];
      readonly binding: Needed;
      readonly combined: string;
    }
  | {
      readonly ok: false;
      readonly field: "latency" | "scaling-law";
      readonly asked: number;
      readonly limit: number;
      readonly because: string;
    };

/** The latency objective that a service is held to: its own, else the system's. */
export function latencyOf(
  demand: ServiceDemand,
  request: Request,
): { readonly percentile: number; readonly withinMs: number } | undefined {
  return demand.facts.latency ?? request.chosen.objectives.latency;
}

type Latency = NonNullable<ServiceDemand["facts"]["latency"]>;

interface Carrying {
  /** Least replicas within the latency objective and below full use. */
  readonly replicas: number;
  readonly label: Label;
  readonly source: Source;
  readonly because: string;
}

/**
 * Least replicas that carry `erlangs` with nothing lost; undefined where the scaling law's peak is below.
 * @param pooled One queue for all replicas, as least-outstanding routing makes it; else one a replica.
 */
export function carrying(
  demand: ServiceDemand,
  latency: Latency | undefined,
  erlangs: number,
  pooled = demand.pooled,
): Carrying | undefined {
  const unread = demand.behind === "existing-balancer";
  const law = demand.facts.scalingLaw ? scalingLaw({ ...demand.facts.scalingLaw, single: 1 }) : undefined;
  // Contention makes each request take longer by the throughput that is missing.
  const stretch = (n: number): number => (law ? n / law.throughput(n) : 1);
  const within = (n: number): boolean => {
    const busy = erlangs * stretch(n);
    const servers = pooled ? n * demand.slots : demand.slots;
    const offered = pooled ? busy : busy / n;
    if (servers <= offered) return false;
    if (!latency) return true;
    const beyond = responseShareBeyond(
      latency.withinMs - demand.batchWaitMs,
      servers,
      offered,
      demand.workedMs * stretch(n),
      demand.variation,
    );
    return beyond <= 1 - latency.percentile / 100;
  };
  const because = latency
    ? `P(response > ${latency.withinMs} ms) <= ${Number((100 - latency.percentile).toPrecision(6))} % at ${erlangs.toFixed(1)} erlangs (high)`
    : `fewer busy slots than slots at ${erlangs.toFixed(1)} erlangs (high)`;
  const exact = demand.variation === 1;
  const split = unread ? unreadQueues : splitQueues;
  const source = exact
    ? pooled
      ? demand.drawsTwo
        ? drawnQueues
        : erlangC
      : split
    : unread
      ? { ...spread, title: `${spread.title}; ${UNREAD}` }
      : spread;
  const label: Label = exact && pooled && !demand.drawsTwo ? "exact" : "approx";
  if (law) {
    const peak = Math.min(SEARCH_CEILING, Math.floor(law.peakReplicas));
    for (let n = 1; n <= peak; n += 1) if (within(n)) return { replicas: n, label: "approx", source, because };
    return undefined;
  }
  if (pooled && exact && latency) {
    const share = latency.percentile / 100;
    const responseWithinMs = latency.withinMs - demand.batchWaitMs;
    const servers = leastServers(erlangs, { responseWithinMs, share, serviceTimeMs: demand.workedMs });
    return { replicas: Math.max(1, Math.ceil(servers / demand.slots)), label, source, because };
  }
  return { replicas: least(1, within), label, source, because };
}

/** Weighs every constraint on the count of one service, and combines them. */
export function countReplicas(question: CountQuestion): Counted {
  const { demand, request, erlangs } = question;
  const { chosen: choices, zones } = request;
  const latency = latencyOf(demand, request);
  if (latency) {
    const withinMs = latency.withinMs - demand.batchWaitMs;
    const own = withinMs <= 0 ? 1 : serviceBeyond(withinMs, demand.workedMs, demand.variation);
    const allowed = 1 - latency.percentile / 100;
    if (own >= allowed) {
      const because = `the service time's own spread already puts ${(own * 100).toPrecision(3)} % beyond ${latency.withinMs} ms; ${(allowed * 100).toPrecision(3)} % are allowed`;
      return { ok: false, field: "latency", asked: allowed, limit: own, because };
    }
  }
  const carried = carrying(demand, latency, erlangs);
  if (!carried) {
    const peak = scalingLaw({
      ...(demand.facts.scalingLaw ?? { contention: 0, coherency: 0 }),
      single: 1,
    }).peakReplicas;
    return {
      ok: false,
      field: "scaling-law",
      asked: erlangs,
      limit: Math.floor(peak),
      because: `more than ${Math.floor(peak)} replicas lower the throughput, and those do not carry ${erlangs.toFixed(1)} erlangs`,
    };
  }
  const need = carried.replicas;
  // Where replicas get in each other's way, what one alone would carry takes more of them; none of it is to be had beyond the law's peak.
  const law = demand.facts.scalingLaw ? scalingLaw({ ...demand.facts.scalingLaw, single: 1 }) : undefined;
  const peakReplicas = law === undefined ? Infinity : Math.max(1, Math.floor(law.peakReplicas));
  const lawful = (alone: number): number => {
    if (law === undefined) return Math.max(1, Math.ceil(alone * (1 - 1e-12)));
    for (let n = 1; n <= Math.min(peakReplicas, SEARCH_CEILING); n += 1)
      if (law.throughput(n) >= alone * (1 - 1e-12)) return n;
    return Infinity;
  };
  const utilisation = lawful(erlangs / (demand.slots * choices.utilisationCeiling));
  if (!Number.isFinite(utilisation)) return beyondPeak(erlangs, peakReplicas);
  const base = Math.max(need, utilisation);
  const underLoss = choices.headroom === "product" ? base : need;
  // Who must survive a region must not move there for the loss of a zone.
  const survive = choices.objectives.survive === "region" ? "zone" : choices.objectives.survive;
  const zoneLoss =
    survive === "zone"
      ? replicasToSurviveZones({ need: underLoss, zones: zones.length, zonesLost: 1 })
      : survive === "replica"
        ? underLoss + 1
        : underLoss;
  const burst = lawful(
    leastReplicasForBurst({
      erlangs,
      slotsPerReplica: demand.slots,
      burstFactor: request.load.burst.factor,
      lagSeconds: question.lag.seconds,
      toleratedWaitSeconds: request.load.burst.toleratedWaitSeconds,
    }),
  );
  const stated = request.replicas[demand.workload]?.min ?? 1;
  const least = Math.max(stated, choices.minReplicas);
  const floor = Math.max(least, survive === "zone" ? zones.length : 1);
  const rollout = need;
  const needed: Needed[] = [
    ...(survive === "zone"
      ? [
          {
            by: "zone-loss" as const,
            value: zoneLoss,
            label: carried.label,
            source: staticStability,
            because: `${lost(zoneLoss, zones.length)}: ${carried.because}`,
          },
        ]
      : survive === "replica"
        ? [
            {
              by: "replica-loss" as const,
              value: zoneLoss,
              label: carried.label,
              source: carried.source,
              because: `one replica lost leaves ${zoneLoss - 1}: ${carried.because}`,
            },
          ]
        : []),
    { by: "latency", value: need, label: carried.label, source: carried.source, because: carried.because },
    {
      by: "utilisation",
      value: utilisation,
      label: "exact",
      source: chosen("utilisationCeiling"),
      because: `${Number((choices.utilisationCeiling * 100).toPrecision(4))} % ceiling, in the normal state`,
    },
    {
      by: "burst",
      value: burst,
      label: "approx",
      source: { title: "fluid bound over the scaler's lag (autoscaling.ts)", date: "2026-11-21" },
      because: untilCaughtUp(request, question.lag),
    },
    {
      by: "rollout",
      value: rollout,
      label: "exact",
      source: chosen("rollout: none unavailable"),
      because: "a rollout starts new replicas before it stops old ones",
    },
    {
      by: "floor",
      value: floor,
      label: "exact",
      source: chosen("minReplicas, and one a zone"),
      because:
        floor > least
          ? "at least one in each zone"
          : stated > choices.minReplicas
            ? `replicas.${wordOfWorkload(request, demand.workload)}.min`
            : "minReplicas",
    },
  ];
  const objective = objectiveReplicas(question, need);
  if (objective) needed.push(objective);
  const headroom = combineHeadroom(choices.headroom, { base, zoneLoss, burst, rollout });
  const count = Math.max(headroom, floor, objective?.value ?? 0);
  if (count > peakReplicas || !Number.isFinite(count)) return beyondPeak(erlangs, peakReplicas);
  const ranked = [...needed].sort((a, b) => b.value - a.value);
  // product: misfortunes come together, and what a burst needs must stand too.
  const promised = Math.max(zoneLoss, survive === "zone" ? zones.length : 1, objective?.value ?? 0);
  const stands = choices.headroom === "product" ? count : Math.min(count, promised);
  return {
    ok: true,
    need,
    count,
    stands,
    needed: ranked,
    binding: binding(ranked),
    combined: combinations[choices.headroom],
  };
}

function beyondPeak(erlangs: number, peakReplicas: number): Counted {
  const because = `more than ${peakReplicas} replicas lower the throughput; the utilisation ceiling, the burst or a lost zone would need more`;
  return { ok: false, field: "scaling-law", asked: erlangs, limit: peakReplicas, because };
}

function lost(replicas: number, zones: number): string {
  const each = spreadOverZones(replicas, zones);
  return `${each.join("|")} less a zone leaves ${replicas - (each[0] ?? 0)}`;
}

/** Least count whose replicas and zones stay within the group's share of the budget; undefined where no count does, or none is set. */
function objectiveReplicas(question: CountQuestion, need: number): Needed | undefined {
  const { budget, request } = question;
  if (budget === null) return undefined;
  const { replicaUnavailability, zoneUnavailability } = question;
  const value = leastWithin({ need, zones: request.zones.length, replicaUnavailability, zoneUnavailability, budget });
  if (value === undefined) return undefined;
  return {
    by: "objective",
    value,
    label: "assumed",
    source: chosen("failure rates of zones and replicas, listed as assumptions"),
    because: `${budget.toExponential(1)} of the budget is left to this group's replicas and zones (zones down ${zoneUnavailability.toExponential(1)})`,
  };
}

/** No fewer replicas than keep slots free at the ceiling. */
export function withinCeiling(demand: ServiceDemand, busy: number, least: number, ceiling: number): number {
  return Math.max(1, least, Math.ceil((busy / (demand.slots * ceiling)) * (1 - 1e-12)));
}

/** Replicas that the mean needs at mid demand: what the scaler would run if it could go below its floor. */
export function leastAtMean(demand: ServiceDemand, request: Request): number {
  const busy = demand.meanErlangs;
  const byLatency = carrying(demand, latencyOf(demand, request), busy)?.replicas ?? 1;
  return withinCeiling(demand, busy, byLatency, request.chosen.utilisationCeiling);
}
