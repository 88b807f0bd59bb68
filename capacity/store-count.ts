import type { Infeasible, Needed, PartKey, Reason, Request, Source, Store, WorkloadDemand } from "../model";
import { membersAsked, partKey } from "../model";
import { unmeasured } from "./assumptions";
import type { Context } from "./context";
import type { StoreDemand } from "./demand";
import { majority } from "../availability/quorum";

/** A store as a Part with its reasons and what it must take; or every limit that forbids it. */
export type StorePlanned =
  | { readonly ok: true; readonly part: Store; readonly reasons: readonly Reason[]; readonly demand: WorkloadDemand }
  | { readonly ok: false; readonly infeasible: readonly Infeasible[] };

/** Rates of a store at the peak: demand high, what a member does low. */
export interface StoreRates {
  readonly readsPerSecond: { readonly mean: number; readonly peak: number; readonly high: number };
  readonly writesPerSecond: { readonly mean: number; readonly peak: number; readonly high: number };
  readonly perMember: number;
  readonly perLeader: number;
  readonly startSeconds: number;
  readonly replicationLagMs: number;
  readonly electionSeconds: number | null;
  readonly copyMiBPerSecond: number;
}

const oneLeader: Source = {
  title: "leader and followers: each write goes through the one leader, and more members take no more of them",
  date: "2026-11-21",
};
const lostZone: Source = { title: "largest zone gone: members - ceil(members / zones)", date: "2026-11-21" };
const stated: Source = { title: "system and stack, as stated", date: "stated" };
const tiers: Source = {
  title: "1 in dev, 2 in staging, 3 in prod: a majority of three outlives one",
  date: "2026-11-21",
};
export const COPY_MIB_PER_SECOND = 50;
const TIER_FLOOR = { dev: 1, staging: 2, prod: 3 } as const;

/** What reaches the store, and what its members do, each as it is believed. */
export function storeRates({ assumptions, request }: Context, demand: StoreDemand): StoreRates {
  const { facts, workload } = demand;
  const from: Source = { title: `system ${request.system}, as stated`, date: "stated" };
  const ask = (name: string, unit: string, value: Parameters<typeof assumptions.asked>[2], how: string, by = from) =>
    assumptions.asked(`${workload}.${name}`, unit, value, how, by);
  const share = ask(
    "writeShare",
    "share of requests",
    facts.writeShare ?? 0,
    "count of writes in a day's requests, divided by all",
    facts.writeShare === undefined ? unmeasured : from,
  );
  const perMember = ask(
    "readsPerSecondPerMember",
    "requests/s",
    facts.readsPerSecondPerMember,
    "load test of one member with reads alone, until its latency doubles",
  );
  const perLeader = ask(
    "writesPerSecondPerLeader",
    "writes/s",
    facts.writesPerSecondPerLeader,
    "load test of one member with writes alone, until its latency doubles",
  );
  const start = ask(
    "startSeconds",
    "s",
    facts.startSeconds,
    "from the container's start to Ready, with its data on the volume",
  );
  const lag = ask(
    "replicationLagMs",
    "ms",
    facts.replicationLagMs,
    "the followers' own metric of lag, its highest minute in a week",
  );
  const copy = ask(
    "copyMiBPerSecond",
    "MiB/s",
    facts.copyMiBPerSecond ?? COPY_MIB_PER_SECOND,
    "add a member to a full store and divide its volume's use by the time until it is ready",
    facts.copyMiBPerSecond === undefined ? unmeasured : from,
  );
  const election =
    facts.electionSeconds === undefined
      ? null
      : ask(
          "electionSeconds",
          "s",
          facts.electionSeconds,
          "kill the leader and take the time to the next accepted write",
        );
  const { peakPerSecond: peak, meanPerSecond: mean } = demand;
  return {
    readsPerSecond: {
      mean: mean * (1 - share.mid),
      peak: peak.mid * (1 - share.mid),
      high: peak.high * (1 - share.low),
    },
    writesPerSecond: { mean: mean * share.mid, peak: peak.mid * share.mid, high: peak.high * share.high },
    perMember: perMember.low,
    perLeader: perLeader.low,
    startSeconds: start.high,
    replicationLagMs: lag.high,
    electionSeconds: election?.high ?? null,
    copyMiBPerSecond: copy.low,
  };
}

export interface StoreCount {
  readonly count: number;
  /** Members that answer the reads of the peak. */
  readonly need: number;
  /** Members that the mean needs. */
  readonly atMean: number;
  readonly reason: Reason;
}

/** Members that a loss of the fullest zone leaves, as evenly spread as it goes. */
export function leftAfterZone(members: number, zones: number): number {
  return members - Math.ceil(members / zones);
}

/** Are those that a zone leaves a majority of all? */
function keepsMajority(members: number, zones: number): boolean {
  return leftAfterZone(members, zones) >= majority(members);
}

/** The least members that hold. */
function leastMembers(from: number, holds: (members: number) => boolean, most = 10_000): number | null {
  for (let members = from; members <= most; members += 1) if (holds(members)) return members;
  return null;
}

/** How many members: reads, what must be survived, a majority, what is stated, and the tier's floor; the largest of them. */
export function countStore(
  request: Request,
  demand: StoreDemand,
  rates: StoreRates,
): { readonly ok: true; readonly counted: StoreCount } | { readonly ok: false; readonly infeasible: Infeasible } {
  const { workload, facts } = demand;
  const key = partKey("store", workload, request.region);
  const { utilisationCeiling: ceiling, objectives } = request.chosen;
  const zones = request.zones.length;
  const carry = (perSecond: number, share: number): number =>
    Math.max(1, Math.ceil(perSecond / (rates.perMember * share)));
  const need = carry(rates.readsPerSecond.high, ceiling);
  const figure = (value: number): string => Math.round(value).toLocaleString("en-US");
  const needed: Needed[] = [
    {
      by: "utilisation",
      value: need,
      label: "exact",
      source: stated,
      because: `${figure(rates.readsPerSecond.high)} reads/s at the peak, ${figure(rates.perMember)} a member, ${Math.round(ceiling * 100)} % of its CPU`,
    },
    {
      by: "burst",
      value: carry(rates.readsPerSecond.high * request.load.burst.factor, 1),
      label: "exact",
      source: stated,
      because: `${request.load.burst.factor} times the peak on all of their CPU: a new member copies the data before it helps`,
    },
  ];
  if (objectives.survive === "replica")
    needed.push({
      by: "replica-loss",
      value: need + 1,
      label: "exact",
      source: lostZone,
      because: `one member gone, and ${need} are left to answer the reads at ${Math.round(ceiling * 100)} % of their CPU`,
    });
  if (objectives.survive === "zone" || objectives.survive === "region") {
    const reads = leastMembers(need, (members) => leftAfterZone(members, zones) >= need) ?? need;
    needed.push({
      by: "zone-loss",
      value: reads,
      label: "exact",
      source: lostZone,
      because: `the fullest of ${zones} zones gone, and ${leftAfterZone(reads, zones)} are left to answer the reads at ${Math.round(ceiling * 100)} % of their CPU; ${need} must`,
    });
    // By itself, unless the reads ask for a number that has none.
    const keep = leastMembers(keepsMajority(reads, zones) ? 1 : reads, (members) => keepsMajority(members, zones));
    if (keep === null) return { ok: false, infeasible: noMajority(key, zones) };
    needed.push({
      by: "quorum",
      value: keep,
      label: "exact",
      source: lostZone,
      because: `${majority(keep)} of ${keep} are a majority, and ${leftAfterZone(keep, zones)} are left after a zone`,
    });
  }
  const asked = membersAsked(facts.members);
  if (asked !== undefined)
    needed.push({
      by: "stated",
      value: asked,
      label: "exact",
      source: stated,
      because: typeof facts.members === "string" ? `members: ${facts.members}` : `members: ${asked}`,
    });
  needed.push({
    by: "floor",
    value: Math.max(request.replicas[workload]?.min ?? 1, TIER_FLOOR[request.tier]),
    label: "exact",
    source: tiers,
    because: `floor of ${request.tier}`,
  });
  // What one asks for may be a number that the others do not hold at: of four members a zone takes two.
  const least = Math.max(...needed.map(({ value }) => value));
  const quorum = objectives.survive === "zone" || objectives.survive === "region";
  const count = leastMembers(least, (members) => !quorum || keepsMajority(members, zones)) ?? least;
  const binding = needed.find(({ value }) => value === least)?.by ?? "floor";
  const atMean = Math.min(count, carry(rates.readsPerSecond.mean, ceiling));
  return {
    ok: true,
    counted: {
      count,
      need,
      atMean: Math.max(1, atMean),
      reason: {
        part: key,
        field: "scaling.min",
        value: count,
        unit: "replicas",
        binding: count > least ? "quorum" : binding,
        needed,
        combined: "the largest, and no number whose majority a zone takes",
      },
    },
  };
}

function noMajority(part: PartKey, zones: number): Infeasible {
  return {
    part,
    field: "zones",
    asked: 3,
    unit: "zones",
    limit: {
      name: "zones of which none holds half of the members: with two, one of them does",
      value: zones,
      source: lostZone,
      raisable: true,
    },
    alternatives: [],
  };
}

/** More writes than the one leader takes; null: it takes them. */
export function tooManyWrites(request: Request, demand: StoreDemand, rates: StoreRates): Infeasible | null {
  const most = rates.perLeader * request.chosen.utilisationCeiling;
  if (rates.writesPerSecond.high <= most) return null;
  return {
    part: partKey("store", demand.workload, request.region),
    field: "writes",
    asked: Math.ceil(rates.writesPerSecond.high),
    unit: "writes/s",
    limit: {
      name: `one leader, which takes ${Math.round(rates.perLeader).toLocaleString("en-US")} writes/s, at ${Math.round(request.chosen.utilisationCeiling * 100)} % of its CPU`,
      value: Math.floor(most),
      source: oneLeader,
      raisable: false,
    },
    alternatives: [],
  };
}
