import type { Basis, PartKey, ReadPart } from "../model";
import { isUnknown, listAt, numberAt, plain, textAt } from "../model";
import { divisionOf, standsWithoutSpot } from "../catalog";
import { shareOfYear } from "./downtime";
import { rescheduleSeconds } from "./store-recovery";

/** What availability needs and no resource tells. */
export type Told = Pick<Basis, "calls" | "demand" | "failures">;

/** Replicas of a workload that the entry needs, as they stand. */
export interface Group {
  readonly key: PartKey;
  readonly workload: string;
  readonly need: number;
  readonly replicas: number;
  readonly byZone: ReadonlyMap<string, number>;
  readonly detectSeconds: number;
  readonly balanced: boolean;
  /** Fewest tries that any required caller makes, each on another replica. */
  readonly tries: number;
  readonly callsLeave: boolean;
  readonly startSeconds: number;
  /** Of a store's member, which comes back as itself, with its volume. @default - another takes its place */
  readonly rescheduleSeconds?: number;
}

/** Round-robin DNS without a probe: clients leave a dead address after the record's time to live. */
const REGISTRY_SECONDS = 60;

/** @returns null where its count or zones cannot be read, or where it has enough only with Spot */
export function readGroup(parts: readonly ReadPart[], basis: Told, key: PartKey): Group | null {
  const part = parts.find((each) => each.key === key);
  const demand = basis.demand.find((each) => each.part === key);
  if (!part || !demand) return null;
  const running = standing(part, demand.need);
  const zones = listAt(part, "placement", "zones")?.map(plain);
  if (running === undefined || !zones || zones.some((zone) => typeof zone !== "string") || zones.length === 0)
    return null;
  if (restsOnSpot(part, demand.need)) return null;
  const replicas = textAt(part, "placement", "spread") === "one-each" ? Math.min(running, zones.length) : running;
  const byZone = evenly(replicas, zones.map(String));
  const probe = balancerProbe(parts, key);
  const unread = demand.behind === "existing-balancer";
  const tries = basis.calls.filter((call) => call.to === key && call.required).map((call) => call.tries);
  return {
    key,
    workload: demand.workload,
    need: demand.need,
    replicas,
    byZone,
    detectSeconds: probe ?? (unread ? demand.detectSeconds : (containerProbe(part) ?? REGISTRY_SECONDS)),
    balanced: probe !== undefined || unread,
    tries: tries.length === 0 ? 1 : Math.min(...tries),
    callsLeave: demand.callsLeave,
    startSeconds: demand.startSeconds,
    ...(demand.store === undefined ? {} : { rescheduleSeconds: rescheduleSeconds(demand, demand.store) }),
  };
}

/** So many in each zone, the first of them with one more. */
export function evenly(count: number, zones: readonly string[]): ReadonlyMap<string, number> {
  const least = Math.floor(count / zones.length);
  return new Map(zones.map((zone, i) => [zone, i < count % zones.length ? least + 1 : least]));
}

/** Replicas that run at the peak and are promised: what is taken back at two minutes' notice, all at once, is not. */
function standing(part: ReadPart, need: number): number | undefined {
  const running = atThePeak(part, need);
  const division = divisionOf(part);
  return running === undefined || isUnknown(division) ? undefined : standsWithoutSpot(running, division);
}

/** Has a group as many as its peak needs only with Spot? How often all of that is gone nobody says. */
export function restsOnSpot(group: ReadPart, need: number): boolean {
  return (atThePeak(group, need) ?? 0) >= need && (standing(group, need) ?? need) < need;
}

/** Least that a scaler leaves of a group or a store, or the fixed number; undefined where it is not known. */
export function floorAt(part: ReadPart): number | undefined {
  return numberAt(part, "scaling", "min") ?? numberAt(part, "scaling", "count");
}

/** Replicas that run at the peak: the floor, or as many as are needed where the scaler may run them. */
function atThePeak(part: ReadPart, need: number): number | undefined {
  const floor = numberAt(part, "scaling", "min");
  if (floor === undefined) return numberAt(part, "scaling", "count");
  return Math.max(floor, Math.min(need, numberAt(part, "scaling", "max") ?? floor));
}

/** Seconds until the balancer takes a dead replica out: interval x failures, of the probe that is built. */
function balancerProbe(parts: readonly ReadPart[], key: PartKey): number | undefined {
  for (const part of parts) {
    if (part.kind !== "load-balancer" && part.kind !== "balancer-route") continue;
    for (const target of listAt(part, "targets") ?? []) {
      if (textAt(target, "part") !== key) continue;
      return product(numberAt(target, "probe", "intervalSeconds"), numberAt(target, "probe", "failures"));
    }
  }
  return undefined;
}

function containerProbe(part: ReadPart): number | undefined {
  const [probe] = listAt(part, "probes") ?? [];
  return probe === undefined ? undefined : product(numberAt(probe, "intervalSeconds"), numberAt(probe, "failures"));
}

function product(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}

/** One replica down: found, and another started in its place. */
export function replicaUnavailability(group: Group, basis: Told): number {
  return Math.min(1, shareOfYear(basis.failures.replicaFailuresPerYear, repairMinutes(group, basis)));
}

/** From the loss of a replica until another is in its place; of a store's member until it is there again. */
export function repairMinutes(group: Group, { failures }: Told): number {
  if (group.rescheduleSeconds !== undefined) return group.rescheduleSeconds / 60;
  return failures.replicaRepairMinutes + (group.detectSeconds + group.startSeconds) / 60;
}
