import { listAt, numberAt, plain, textAt, type PartKey, type ReadPart } from "../model";
import { primariesOf, sharesOfZoneEvent, takeoverOf } from "./cache-takeover";
import { evenly, type Told } from "./group";
import { majority } from "./quorum";

/** Members of a cache that go with their zones: fewer than are needed, and nobody is led to a primary. */
export interface CacheStanding {
  readonly key: PartKey;
  readonly need: number;
  readonly byZone: ReadonlyMap<string, number>;
  /** Of the time in which they are gone with their zones the share until somebody else goes on, 0 to 1. */
  readonly share: number;
}

/**
 * Of a group that Sentinels watch: the majority that elects, in whose place a person may promote, and one member that can be promoted. Of one that nobody elects for:
 * its primary, until a person promotes a replica elsewhere, or the primary itself runs elsewhere; by itself with a volume, or as a cloud's node, it waits for its zone.
 * Of what a cloud elects for, and of a copy, which any member is read of: one member. Where no zones are known only what stands alone is told: it is in one of them.
 */
export function cacheStandings(part: ReadPart, failures: Told["failures"]): readonly CacheStanding[] {
  const { untilNext, untilBack } = sharesOfZoneEvent(part, failures);
  const primaries = primariesOf(part);
  const takeover = takeoverOf(part);
  const there = (each: CacheStanding | null): readonly CacheStanding[] => (each === null ? [] : [each]);
  const zones = listAt(part, "placement", "zones")?.length ?? 0;
  // Who runs in another zone needs one that is up.
  const anywhere = untilBack < 1 ? there(standing(part, ["placement"], zones, 1, 1)) : [];
  if (takeover === "nobody") {
    const alone = standing(part, ["placement"], primaries, primaries, untilNext);
    return [...there(alone ?? inSomeZone(part, untilNext)), ...anywhere];
  }
  const replicas = numberAt(part, "topology", "replicas") ?? 0;
  const members = [...there(standing(part, ["placement"], 1 + replicas, 1, untilBack)), ...anywhere];
  if (takeover === "by hand") return [...there(standing(part, ["placement"], 1, 1, untilNext)), ...members];
  const sentinels = electsPrimary(part) ? numberAt(part, "runtime", "sentinels", "count") : undefined;
  // Over several zones a cloud's own election, and who is only read, go on in any of them.
  if (sentinels === undefined) return zones === 1 ? members : [];
  const electing = ["runtime", "sentinels", "placement"];
  return [...there(standing(part, electing, sentinels, sentinelsToElect(part, sentinels), untilNext)), ...members];
}

function standing(
  part: ReadPart,
  path: readonly string[],
  count: number,
  need: number,
  share: number,
): CacheStanding | null {
  const zones = listAt(part, ...path, "zones")?.map(plain) ?? [];
  if (zones.length === 0 || zones.some((zone) => typeof zone !== "string")) return null;
  const byZone = evenly(podsIn(part, path, count, zones.length), zones.map(String));
  return { key: part.key, need, byZone, share };
}

/** What is by itself is in one zone, whichever that is. */
function inSomeZone(part: ReadPart, share: number): CacheStanding | null {
  if (textAt(part, "placement", "kind") !== "zonal") return null;
  return { key: part.key, need: 1, byZone: new Map([[`the zone of ${part.key}`, 1]]), share };
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
