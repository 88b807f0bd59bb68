import { numberAt, textAt, type ReadPart } from "../model";
import { failoverSeconds, sentinelTiming } from "../catalog/kubernetes/sentinel";
import { lasting } from "./cause";
import type { Told } from "./group";

type Failures = Told["failures"];

/** Who goes on in the place of a lost primary; what cannot be read takes over nothing. */
export function takeoverOf(part: ReadPart): "by itself" | "by hand" | "nobody" {
  const others = numberAt(part, "topology", "replicasPerShard") ?? numberAt(part, "topology", "replicas") ?? 0;
  const elects = textAt(part, "topology", "failover") === "automatic" || textAt(part, "topology", "kind") === "sharded";
  // Any member of a copy answers those who read, and nobody there writes.
  if (others > 0 && (elects || textAt(part, "crossRegion", "kind") === "async")) return "by itself";
  return others > 0 ? "by hand" : "nobody";
}

/** Primaries, each of which somebody needs. */
export function primariesOf(part: ReadPart): number {
  return numberAt(part, "topology", "shards") ?? 1;
}

/** One primary down: until another has taken over, or where none does until it is there again. */
export function cacheDownSeconds(part: ReadPart, failures: Failures): number {
  const takeover = takeoverOf(part);
  if (takeover === "by itself") return cacheFailoverSeconds(part, failures);
  const { backSeconds, volumeSeconds, promoteMinutes } = failures.cacheAlone;
  const back = backSeconds + (bringsVolume(part) ? volumeSeconds : 0);
  return takeover === "by hand" ? Math.min(back, promoteMinutes * 60) : back;
}

/**
 * Of the time in which a primary's zone is gone the share in which nobody goes on in another: until a person or the scheduler has seen to it; and the share in which
 * its members run nowhere, 1 where they wait for their zones.
 */
export function sharesOfZoneEvent(
  part: ReadPart,
  failures: Failures,
): { readonly untilNext: number; readonly untilBack: number } {
  const { backSeconds, promoteMinutes } = failures.cacheAlone;
  const event = lasting(failures.zoneUnavailability, failures.zoneEventsPerYear);
  const share = (seconds: number): number => (event === undefined || event === 0 ? 1 : Math.min(1, seconds / event));
  const untilBack = staysInItsZone(part) ? 1 : share(backSeconds);
  return { untilNext: Math.min(untilBack, takeoverOf(part) === "nobody" ? 1 : share(promoteMinutes * 60)), untilBack };
}

/** Is a lost member only ever made anew where it was? A cloud replaces a node in its zone, and a volume is of one; pods without any go elsewhere. */
function staysInItsZone(part: ReadPart): boolean {
  return textAt(part, "runtime", "kind") !== "sentinel" || bringsVolume(part);
}

/** Of a volume whose size is not known, too. */
function bringsVolume(part: ReadPart): boolean {
  return textAt(part, "runtime", "kind") === "sentinel" && numberAt(part, "runtime", "volume", "gib") !== 0;
}

/** Of members watched by Sentinels what they are set to says it, at most; of a managed cache what is known of its sort. */
function cacheFailoverSeconds(part: ReadPart, failures: Failures): number {
  const downAfterSeconds = numberAt(part, "runtime", "downAfterSeconds");
  const minReplicasToWrite = numberAt(part, "runtime", "minReplicasToWrite");
  if (downAfterSeconds === undefined || minReplicasToWrite === undefined) return failures.cacheFailoverSeconds;
  const timing = { ...sentinelTiming, downAfterMs: downAfterSeconds * 1000, minReplicasToWrite };
  return failoverSeconds(timing, "silence").high;
}
