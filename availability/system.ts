import type { Availability, PartKey, ReadPart } from "../model";
import { addedUp, type Cause, computed, lasting, rates } from "./cause";
import { dependencies, neededCaches } from "./dependencies";
import { MINUTES_PER_YEAR } from "./downtime";
import { readGroup, replicaUnavailability, type Group, type Told } from "./group";
import { leaderCauses } from "./leader";
import { replicaCauses } from "./replica-causes";
import { rolloutCause } from "./rollouts";
import { zonal } from "./zonal";

const MINUTES_PER_WEEK = 10_080;

/**
 * Expected availability of the entry in one region, at its peak, of the parts as they are: each cause once, largest first.
 * @returns null where a required group's count or zones cannot be read, or where it has enough replicas only with Spot: then it is not known
 */
export function availabilityOfRegion(parts: readonly ReadPart[], basis: Told): Availability | null {
  const found = causesOfRegion(parts, basis);
  if (found === null) return null;
  const servedFraction = found.groups.reduce(
    (share, group) => share * served(group, basis),
    1 - basis.failures.regionUnavailability,
  );
  return { ...addedUp(found.causes), label: "assumed", servedFraction };
}

/** What keeps a region from serving, one by one. */
export function causesOfRegion(
  parts: readonly ReadPart[],
  basis: Told,
): { readonly causes: readonly Cause[]; readonly groups: readonly Group[] } | null {
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
  const { deploys, regionUnavailability } = failures;
  const causes: readonly Cause[] = [
    {
      cause: "deploys",
      unavailability:
        alone.length > 0
          ? 0
          : (deploys.perWeek * deploys.failureShare * deploys.minutes * deploys.exposedShare) / MINUTES_PER_WEEK,
      label: "assumed",
      source: failures.deploysMeasured ? { title: "the environment's own deploy practice", date: "stated" } : rates,
    },
    {
      cause: "region",
      unavailability: regionUnavailability,
      label: "assumed",
      source: rates,
      seconds: lasting(regionUnavailability, failures.betweenRegions?.regionEventsPerYear),
      // The door is gone with it.
      seen: { byDoor: 0, byChecks: regionUnavailability, byConnections: regionUnavailability },
    },
    ...replicaCauses(parts, basis, groups, neededCaches(parts, required, alone)),
    {
      cause: "failover",
      unavailability: groups.reduce((sum, group) => sum + failover(group, basis), 0),
      label: "approx",
      source: computed(
        "failures x detection time of the probes that are emitted x share of traffic that still goes there",
      ),
      seconds: Math.min(...groups.map(({ detectSeconds }) => detectSeconds)),
    },
    ...dependencies(parts, groups, required, basis, alone),
    ...leaderCauses(parts, basis, required),
    rolloutCause(parts, basis, required),
  ];
  return { causes, groups };
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
