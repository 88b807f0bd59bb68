import { listAt, numberAt, plain, textAt, type PartKey, type ReadPart } from "../model";
import { evenly } from "./group";

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
  if (textAt(part, "topology", "failover") !== "automatic" || textAt(part, "crossRegion", "kind") === "async")
    return [];
  const sentinels = numberAt(part, "runtime", "sentinels", "count");
  const replicas = numberAt(part, "topology", "replicas");
  if (sentinels === undefined || replicas === undefined) return [];
  const majority = Math.floor(sentinels / 2) + 1;
  const agreed = numberAt(part, "runtime", "quorum") ?? 0;
  return [
    standing(part, ["runtime", "sentinels", "placement"], sentinels, Math.max(majority, agreed)),
    standing(part, ["placement"], 1 + replicas, 1),
  ].filter((each) => each !== null);
}

function standing(part: ReadPart, path: readonly string[], count: number, need: number): CacheStanding | null {
  const zones = listAt(part, ...path, "zones")?.map(plain) ?? [];
  if (zones.length === 0 || zones.some((zone) => typeof zone !== "string")) return null;
  const most = textAt(part, ...path, "spread") === "one-each" ? Math.min(count, zones.length) : count;
  return { key: part.key, need, byZone: evenly(most, zones.map(String)) };
}
