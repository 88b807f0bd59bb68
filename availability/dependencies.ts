import { listAt, plain, textAt, type PartKey, type ReadPart } from "../model";
import { cacheDownSeconds, primariesOf } from "./cache-takeover";
import { type Cause, lasting, rates } from "./cause";
import { shareOfYear } from "./downtime";
import type { Group, Told } from "./group";
import { serviceLevelOf } from "./service-level";

/** A balancer in one zone that sends to replicas in others: its zone takes all of them along. AWS lets a network load balancer be so. */
function standsAlone(balancer: ReadPart, groups: readonly Group[]): boolean {
  if (balancer.kind !== "load-balancer") return false;
  const [zone, ...others] = (listAt(balancer, "placement", "zones") ?? []).map(plain);
  if (typeof zone !== "string" || others.length > 0) return false;
  const targets = new Set((listAt(balancer, "targets") ?? []).map((target) => textAt(target, "part")));
  return groups.some(({ key, byZone }) => targets.has(key) && [...byZone.keys()].some((other) => other !== zone));
}

/** Caches without which nothing is answered: those that carry what their origin does not, and one that stands for itself. */
export function neededCaches(
  parts: readonly ReadPart[],
  required: ReadonlySet<PartKey>,
  alone: readonly ReadPart[],
): readonly ReadPart[] {
  return parts.filter(
    (part) =>
      part.kind === "redis-cache" &&
      required.has(part.key) &&
      (alone.includes(part) || textAt(part, "role") !== "latency-cache"),
  );
}

/** Balancer, way out and cache: each unique one once. */
export function dependencies(
  parts: readonly ReadPart[],
  groups: readonly Group[],
  required: ReadonlySet<PartKey>,
  basis: Told,
  alone: readonly ReadPart[],
): readonly Cause[] {
  const { failures } = basis;
  const { betweenRegions } = failures;
  const found: Cause[] = [];
  if (groups.some((group) => group.balanced)) {
    // ALB and NLB have one rate: the entries that it was counted from tell of both.
    const alone = parts.some((part) => standsAlone(part, groups)) ? failures.zoneUnavailability : 0;
    const unavailability = failures.balancerUnavailability + alone;
    const seconds = lasting(failures.balancerUnavailability, betweenRegions?.balancerEventsPerYear);
    const seen = { byDoor: 0, byChecks: unavailability, byConnections: unavailability };
    found.push({ cause: "balancer", unavailability, label: "assumed", source: rates, seconds, seen });
  }
  if (groups.some((group) => group.callsLeave)) {
    const natZones = parts.filter((part) => part.kind === "network").flatMap((part) => listAt(part, "natZones") ?? []);
    const alone = natZones.length === 1 && groups.some((group) => group.byZone.size > 1);
    found.push({
      cause: "NAT",
      unavailability: failures.natUnavailability + (alone ? failures.zoneUnavailability : 0),
      label: "assumed",
      source: rates,
      seconds: lasting(failures.natUnavailability, betweenRegions?.natEventsPerYear),
    });
  }
  const caches = neededCaches(parts, required, alone);
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
  const existingDown = shareOfYear(
    existing.size * failures.cacheNodeFailuresPerYear,
    failures.cacheFailoverSeconds / 60,
  );
  const cacheDown = caches.reduce(
    (sum, part) =>
      sum + shareOfYear(primariesOf(part) * failures.cacheNodeFailuresPerYear, cacheDownSeconds(part, failures) / 60),
    existingDown,
  );
  const cacheSeconds = [
    ...caches.map((part) => cacheDownSeconds(part, failures)),
    ...(existing.size === 0 ? [] : [failures.cacheFailoverSeconds]),
  ];
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
    found.push({
      cause: "cache",
      unavailability: cacheDown,
      label: "assumed",
      source: rates,
      seconds: Math.min(...cacheSeconds),
    });
  return found;
}
