import type { CacheAcross, CacheWorkload, FailureModel, Request } from "../model";
import { partKey, requestsByRegion } from "../model";
import { roleOfCache } from "./cache-plan";
import type { SystemDemand } from "./demand";

/** Entries that do not expire and that replicas rely on come from writers; all others from the services that miss them. */
function filledByWriters(facts: CacheWorkload): boolean {
  return roleOfCache(facts) === "capacity-cache" && facts.expires === false;
}

/** What each cache has in the regions that take over: copies of one primary, or nothing of what the first has. Caches that are there already are their owners'. */
export function acrossRegions(request: Request, demand: SystemDemand): readonly CacheAcross[] {
  const regions = requestsByRegion(request).map(({ region }) => region);
  if (regions.length < 2) return [];
  return demand.caches
    .filter(({ workload }) => !Object.hasOwn(request.existing.caches, workload))
    .map(({ workload, facts, callers }): CacheAcross => {
      const asked = copiesAsked(request, workload);
      const writers = filledByWriters(facts);
      if (asked === null)
        return {
          workload,
          kind: "cold",
          entries: facts.entries,
          required: roleOfCache(facts) === "capacity-cache",
          warmSeconds: writers ? null : facts.entries / lookUps(demand, workload),
        };
      const { primary, lagSeconds, promoteMinutes } = asked;
      return {
        workload,
        kind: "copied",
        primary: partKey("redis-cache", workload, primary),
        copies: regions.filter((each) => each !== primary).map((each) => partKey("redis-cache", workload, each)),
        lagSeconds,
        promoteMinutes,
        filledBy: writers ? [] : callers,
      };
    });
}

/** What is asked of the copies of a cache; null: each region has a cache of its own. */
export function copiesAsked({ copies }: Request, workload: string): Request["copies"][string] | null {
  return Object.hasOwn(copies, workload) ? (copies[workload] ?? null) : null;
}

/** Look-ups a second on average. */
function lookUps({ services }: SystemDemand, cache: string): number {
  return services.reduce(
    (sum, { facts, meanPerSecond }) => sum + meanPerSecond * (facts.calls?.[cache]?.perRequest ?? 0),
    0,
  );
}

/**
 * The failure model of regions whose caches are cold when they take over. Where replicas rely on entries that only writers bring, no other
 * region stands in for the first: nobody says that it has them. Where look-ups bring them, it does so once they have, at the earliest.
 */
export function untilWarm(failures: FailureModel, across: readonly CacheAcross[]): FailureModel {
  const { betweenRegions, ...rest } = failures;
  const cold = across.flatMap((each) => (each.kind === "cold" && each.required ? [each.warmSeconds] : []));
  if (betweenRegions === undefined || cold.length === 0) return failures;
  if (cold.includes(null)) return rest;
  const { failoverSeconds } = betweenRegions;
  const warm = Math.max(...cold.map((seconds) => seconds ?? 0));
  return {
    ...rest,
    betweenRegions: {
      ...betweenRegions,
      failoverSeconds: failoverSeconds === null ? null : failoverSeconds + warm,
      warmSeconds: warm,
    },
  };
}
