import { listAt, numberAt, plain, textAt, type PartKey, type ReadPart } from "../model";
import { evenly } from "./group";
import { majority } from "./quorum";

/** Pods of a cache that go with their zones: fewer than are needed, and nobody is led to a primary. */
export interface CacheStanding {
  readonly key: PartKey;
  readonly need: number;
  readonly byZone: ReadonlyMap<string, number>;
}

/**
 * Of a group that Sentinels watch: the majority that elects, and one member that can be elected. A copy elects nobody and is read by any member; what a cloud
 * runs elects by itself. Where no zones are known nothing is said.
 */
export function cacheStandings(part: ReadPart): readonly CacheStanding[] {
  if (!electsPrimary(part)) return [];
  const sentinels = numberAt(part, "runtime", "sentinels", "count");
  const replicas = numberAt(part, "topology", "replicas");
  if (sentinels === undefined || replicas === undefined) return [];
  return [
    standing(part, ["runtime", "sentinels", "placement"], sentinels, sentinelsToElect(part, sentinels)),
    standing(part, ["placement"], 1 + replicas, 1),
  ].filter((each) => each !== null);
}

function standing(part: ReadPart, path: readonly string[], count: number, need: number): CacheStanding | null {
  const zones = listAt(part, ...path, "zones")?.map(plain) ?? [];
  if (zones.length === 0 || zones.some((zone) => typeof zone !== "string")) return null;
  return { key: part.key, need, byZone: evenly(podsIn(part, path, count, zones.length), zones.map(String)) };
}

/** Does a group elect its own primary? Who is watched by nobody does not, and a copy follows another's. */
export function electsPrimary(part: ReadPart): boolean {
  return textAt(part, "topology", "failover") === "automatic" && textAt(part, "crossRegion", "kind") !== "async";
}

/** Sentinels that must be up to elect one: the majority of them, and as many as must agree that the last is down. */
export function sentinelsToElect(part: ReadPart, sentinels: number): number {
  return Math.max(majority(sentinels), numberAt(part, "runtime", "quorum") ?? 0);
}

/** Pods that find a place in so many zones. @param path to their placement */
export function podsIn(part: ReadPart, path: readonly string[], count: number, zones: number): number {
  return textAt(part, ...path, "spread") === "one-each" ? Math.min(count, zones) : count;
}
