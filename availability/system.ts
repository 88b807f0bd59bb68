import type { Availability, Basis, Label, PartKey, ReadPart, Source } from "../model";
import { isUnknown, listAt, numberAt, plain, textAt } from "../model";
import { divisionOf, standsWithoutSpot } from "../catalog";
import { failoverSeconds, sentinelTiming } from "../catalog/kubernetes/sentinel";
import { downtimeMinutesPerYear } from "./downtime";
import { kOfN } from "./k-of-n";
import { leaderCauses } from "./leader";
import { serviceLevelOf } from "./service-level";
import { zonal } from "./zonal";

/** What availability needs and no resource tells. */
export type Told = Pick<Basis, "calls" | "demand" | "failures">;

interface Group {
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
}

const MINUTES_PER_YEAR = 525_600;
const MINUTES_PER_WEEK = 10_080;
/** Round-robin DNS without a probe: clients leave a dead address after the record's time to live. */
const REGISTRY_SECONDS = 60;

const computed = (title: string): Source => ({ title, date: "2026-11-21" });
const rates: Source = { title: "failure rates of catalog/failures.ts, listed as assumptions", date: "2026-11-21" };

/**
 * Expected availability of the entry in one region, at its peak, of the parts as they are: each cause once, largest first.
 * Zones are shared by all groups, so they are enumerated together; unavailability is summed, never subtracted from one.
 * @returns null where a required group's count or zones cannot be read, or where it has enough replicas only with Spot: then it is not known
 */
export function availabilityOfRegion(parts: readonly ReadPart[], basis: Told): Availability | null {
  // Without a workload that calls, a cache stands for itself: whatever its role, it is what is asked for.
  const alone = basis.demand.length === 0 ? parts.filter(({ kind }) => kind === "redis-cache") : [];
  const required = new Set([...requiredParts(basis), ...alone.map(({ key }) => key)]);
  const groups: Group[] = [];
  for (const demand of basis.demand) {
    if (!required.has(demand.part)) continue;
    const group = readGroup(parts, basis, demand.part);
    if (!group) return null;
    groups.push(group);
  }
  const { failures } = basis;
  const together = (replicasFail: boolean): number =>
    groupsDown(
      groups,
      failures.zoneUnavailability,
      replicasFail ? (group) => replicaUnavailability(group, basis) : () => 0,
    );
  // Fewer than the peak needs with nothing lost: no zone and no machine is to blame.
  const short = groups.some((group) => group.replicas < group.need);
  const zones = short ? 0 : together(false);
  const all = short ? 0 : together(true);
  const beta = groups.reduce((sum, group) => sum + failures.betaReplica * replicaUnavailability(group, basis), 0);
  const { deploys } = failures;
  const causes: { cause: string; unavailability: number; label: Label; source: Source }[] = [
    {
      cause: "deploys",
      unavailability:
        alone.length > 0
          ? 0
          : (deploys.perWeek * deploys.failureShare * deploys.minutes * deploys.exposedShare) / MINUTES_PER_WEEK,
      label: "assumed",
      source: failures.deploysMeasured ? { title: "the environment's own deploy practice", date: "stated" } : rates,
    },
    { cause: "region", unavailability: failures.regionUnavailability, label: "assumed", source: rates },
    {
      cause: "too few replicas",
      unavailability: short ? 1 : 0,
      label: "exact",
      source: computed("the peak needs more than run at it"),
    },
    {
      cause: "zones",
      unavailability: zones + alone.filter(inOneZone).length * failures.zoneUnavailability,
      label: "assumed",
      source: computed("zones and replicas enumerated together (system.ts)"),
    },
    {
      cause: "replicas",
      unavailability: Math.max(0, all - zones),
      label: "assumed",
      source: computed("k of n over the zones that are up (k-of-n.ts)"),
    },
    {
      cause: "common cause",
      unavailability: beta,
      label: "assumed",
      source: computed("beta factor of replicas that fail together"),
    },
    {
      cause: "failover",
      unavailability: groups.reduce((sum, group) => sum + failover(group, basis), 0),
      label: "approx",
      source: computed(
        "failures x detection time of the probes that are emitted x share of traffic that still goes there",
      ),
    },
    ...dependencies(parts, groups, required, basis, alone),
    ...leaderCauses(parts, basis, required),
  ];
  const lostTo = causes
    .filter((cause) => cause.unavailability > 0)
    .map(({ cause, unavailability, label, source }) => ({
      cause,
      minutesPerYear: downtimeMinutesPerYear(Math.min(1, unavailability)),
      label,
      source,
    }))
    .sort((a, b) => b.minutesPerYear - a.minutesPerYear || (a.cause < b.cause ? -1 : 1));
  const unavailability = Math.min(
    1,
    causes.reduce((sum, cause) => sum + cause.unavailability, 0),
  );
  const servedFraction = groups.reduce(
    (share, group) => share * served(group, basis),
    1 - failures.regionUnavailability,
  );
  return { unavailability, lostTo, label: "assumed", servedFraction };
}

function inOneZone(part: ReadPart): boolean {
  return listAt(part, "placement", "zones")?.length === 1;
}

/** The entry, and all that it requires at any depth, each once. */
function requiredParts(basis: Told): ReadonlySet<PartKey> {
  const required = new Set<PartKey>();
  const visit = (part: PartKey): void => {
    if (required.has(part)) return;
    required.add(part);
    for (const call of basis.calls) if (call.from === part && call.required) visit(call.to);
  };
  for (const demand of basis.demand) if (demand.entry) visit(demand.part);
  return required;
}

function readGroup(parts: readonly ReadPart[], basis: Told, key: PartKey): Group | null {
  const part = parts.find((each) => each.key === key);
  const demand = basis.demand.find((each) => each.part === key);
  if (!part || !demand) return null;
  const running = standing(part, demand.need);
  const zones = listAt(part, "placement", "zones")?.map(plain);
  if (running === undefined || !zones || zones.some((zone) => typeof zone !== "string") || zones.length === 0)
    return null;
  if (restsOnSpot(part, demand.need)) return null;
  const replicas = textAt(part, "placement", "spread") === "one-each" ? Math.min(running, zones.length) : running;
  const least = Math.floor(replicas / zones.length);
  const byZone = new Map(zones.map((zone, i) => [String(zone), i < replicas % zones.length ? least + 1 : least]));
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
  };
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
function replicaUnavailability(group: Group, { failures }: Told): number {
  const minutes = failures.replicaRepairMinutes + (group.detectSeconds + group.startSeconds) / 60;
  return Math.min(1, (failures.replicaFailuresPerYear * minutes) / MINUTES_PER_YEAR);
}

/** Probability that any group has fewer replicas than it needs: over every set of zones that may be down. */
function groupsDown(
  groups: readonly Group[],
  zoneUnavailability: number,
  replicaDown: (group: Group) => number,
): number {
  const zones = [...new Set(groups.flatMap((group) => [...group.byZone.keys()]))];
  let sum = 0;
  for (let down = 0; down < 2 ** zones.length; down += 1) {
    let probability = 1;
    zones.forEach((_, i) => {
      probability *= (down >> i) & 1 ? zoneUnavailability : 1 - zoneUnavailability;
    });
    let up = 1;
    let fails = 0;
    for (const group of groups) {
      const left = zones.reduce(
        (count, zone, i) => ((down >> i) & 1 ? count : count + (group.byZone.get(zone) ?? 0)),
        0,
      );
      const own = left < group.need ? 1 : kOfN(group.need, left, 1 - replicaDown(group)).unavailability;
      fails += up * own;
      up *= 1 - own;
    }
    sum += probability * fails;
  }
  return sum;
}

/** Requests that still go to what is dead until the probe has found it; further tries go elsewhere. */
function failover(group: Group, { failures }: Told): number {
  const minutes = group.detectSeconds / 60;
  const zones = group.byZone.size;
  // A dead replica has 1/n of the traffic, and n replicas may die: n cancels. Another try goes to one of the other n - 1.
  const replicas = group.tries > 1 && group.replicas > 1 ? 0 : failures.replicaFailuresPerYear * minutes;
  // A dead zone has 1/Z of the traffic, and Z zones may die. Each further try meets it again with 1/Z.
  const zone = failures.zoneEventsPerYear * minutes * (1 / zones) ** (group.tries - 1);
  return (replicas + zone) / MINUTES_PER_YEAR;
}

function served(group: Group, basis: Told): number {
  return zonal({
    replicasPerZone: [...group.byZone.values()],
    need: group.need,
    replicaAvailability: 1 - replicaUnavailability(group, basis),
    zoneAvailability: 1 - basis.failures.zoneUnavailability,
    regionAvailability: 1,
  }).servedFraction;
}

/** A balancer in one zone that sends to replicas in others: its zone takes all of them along. AWS lets a network load balancer be so. */
function standsAlone(balancer: ReadPart, groups: readonly Group[]): boolean {
  if (balancer.kind !== "load-balancer") return false;
  const [zone, ...others] = (listAt(balancer, "placement", "zones") ?? []).map(plain);
  if (typeof zone !== "string" || others.length > 0) return false;
  const targets = new Set((listAt(balancer, "targets") ?? []).map((target) => textAt(target, "part")));
  return groups.some(({ key, byZone }) => targets.has(key) && [...byZone.keys()].some((other) => other !== zone));
}

/** Balancer, way out and cache: each unique one once. */
function dependencies(
  parts: readonly ReadPart[],
  groups: readonly Group[],
  required: ReadonlySet<PartKey>,
  basis: Told,
  alone: readonly ReadPart[],
) {
  const { failures } = basis;
  const found: { cause: string; unavailability: number; label: Label; source: Source }[] = [];
  if (groups.some((group) => group.balanced)) {
    // ALB and NLB have one rate: the entries that it was counted from tell of both.
    const alone = parts.some((part) => standsAlone(part, groups)) ? failures.zoneUnavailability : 0;
    const unavailability = failures.balancerUnavailability + alone;
    found.push({ cause: "balancer", unavailability, label: "assumed", source: rates });
  }
  if (groups.some((group) => group.callsLeave)) {
    const natZones = parts.filter((part) => part.kind === "network").flatMap((part) => listAt(part, "natZones") ?? []);
    const alone = natZones.length === 1 && groups.some((group) => group.byZone.size > 1);
    found.push({
      cause: "NAT",
      unavailability: failures.natUnavailability + (alone ? failures.zoneUnavailability : 0),
      label: "assumed",
      source: rates,
    });
  }
  const caches = parts.filter(
    (part) =>
      part.kind === "redis-cache" &&
      required.has(part.key) &&
      (alone.includes(part) || textAt(part, "role") !== "latency-cache"),
  );
  const existing = new Set(
    basis.demand
      .filter((demand) => required.has(demand.part))
      .flatMap((demand) =>
        demand.existingCaches.flatMap(({ part, role }) =>
          role === "capacity-cache" && required.has(part) ? [part] : [],
        ),
      ),
  );
  // Of an existing cache nothing is read: one node that fails over is assumed.
  const existingDown =
    (existing.size * failures.cacheNodeFailuresPerYear * (failures.cacheFailoverSeconds / 60)) / MINUTES_PER_YEAR;
  const cacheDown = caches.reduce((sum, part) => {
    const standby =
      textAt(part, "topology", "failover") === "automatic" || (numberAt(part, "topology", "replicasPerShard") ?? 0) > 0;
    const minutes = standby ? cacheFailoverSeconds(part, failures) / 60 : failures.replicaRepairMinutes;
    return (
      sum +
      ((numberAt(part, "topology", "shards") ?? 1) * failures.cacheNodeFailuresPerYear * minutes) / MINUTES_PER_YEAR
    );
  }, existingDown);
  for (const part of parts) {
    const level = required.has(part.key) ? serviceLevelOf(part) : undefined;
    if (level === undefined) continue;
    const title = `${level.source.title}: ${level.percent} % for ${level.scope}; promised, not measured`;
    found.push({
      cause: `${part.kind} ${part.workload}`,
      unavailability: 1 - level.percent / 100,
      label: "assumed",
      source: { ...level.source, title },
    });
  }
  if (caches.length + existing.size > 0)
    found.push({ cause: "cache", unavailability: cacheDown, label: "assumed", source: rates });
  return found;
}

/** Of members watched by Sentinels what they are set to says it, at most; of a managed cache what is known of its sort. */
function cacheFailoverSeconds(part: ReadPart, failures: Told["failures"]): number {
  const downAfterSeconds = numberAt(part, "runtime", "downAfterSeconds");
  const minReplicasToWrite = numberAt(part, "runtime", "minReplicasToWrite");
  if (downAfterSeconds === undefined || minReplicasToWrite === undefined) return failures.cacheFailoverSeconds;
  const timing = { ...sentinelTiming, downAfterMs: downAfterSeconds * 1000, minReplicasToWrite };
  return failoverSeconds(timing, "silence").high;
}
