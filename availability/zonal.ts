import { probability, wholeAtLeast } from "../model/argument";
import { atOrAbove, below, binomial } from "./binomial";
import { availabilityBeside, type UpAndDown } from "./k-of-n";

/** Replicas in zones that fail as a whole, in a region that fails as a whole. */
export interface Zonal {
  /** Whole numbers, at least 0, one a zone, at least one zone. */
  readonly replicasPerZone: readonly number[];
  /** Replicas that carry the load, whole, at least 0. May be more than there are: then availability is 0. */
  readonly need: number;
  /** Of one replica while its zone is up, 0 to 1. */
  readonly replicaAvailability: number;
  /** Of one zone while the region is up, 0 to 1. */
  readonly zoneAvailability: number;
  /** What fails in all zones at once, 0 to 1. */
  readonly regionAvailability: number;
}

/** Counts of one zone: down with all its replicas, or up with some of them. */
function zoneMasses(replicas: number, zone: number, up: number): readonly number[] {
  return binomial(replicas, up, 1 - up).map((mass, count) => zone * mass + (count === 0 ? 1 - zone : 0));
}

/**
 * Plain loops over one array of numbers: the planner asks for a thousand of these in a plan. Of thousands of replicas all but some
 * hundred counts are too unlikely to be a number: only those that are one are met with each other.
 */
function convolve(left: readonly number[], right: readonly number[]): readonly number[] {
  const out = new Float64Array(left.length + right.length - 1);
  const there = right.flatMap((mass, count) => (mass === 0 ? [] : [count]));
  for (let i = 0; i < left.length; i += 1) {
    const a = left[i] ?? 0;
    if (a === 0) continue;
    for (const j of there) out[i + j] = (out[i + j] ?? 0) + a * (right[j] ?? 0);
  }
  return Array.from(out);
}

/**
 * At least `need` replicas are up, where a zone takes all of its replicas with it.
 *
 * servedFraction is region x E[min(1, up / need)]: a partial outage is not a full one. Unavailability is summed from the lower tail;
 * it is 0 only where nothing can fail.
 * @throws RangeError that names the argument
 */
export function zonal(question: Zonal): UpAndDown & { readonly servedFraction: number } {
  const need = wholeAtLeast("need", question.need, 0);
  const up = probability("replicaAvailability", question.replicaAvailability);
  const zone = probability("zoneAvailability", question.zoneAvailability);
  const region = probability("regionAvailability", question.regionAvailability);
  if (question.replicasPerZone.length === 0) throw new RangeError("replicasPerZone: at least one zone; got none");
  const bySize = new Map<number, readonly number[]>();
  const masses = question.replicasPerZone
    .map((replicas, i) => {
      const known = bySize.get(replicas) ?? zoneMasses(wholeAtLeast(`replicasPerZone[${i}]`, replicas, 0), zone, up);
      bySize.set(replicas, known);
      return known;
    })
    .reduce(convolve, [1]);
  if (need === 0) return { availability: region, unavailability: 1 - region, servedFraction: region };
  const least = zone < 1 || up < 1 ? Number.MIN_VALUE : 0;
  const down = need >= masses.length ? 1 : Math.max(least, below(masses, need));
  const unavailability = Math.max(least, 1 - region + region * down);
  const served = masses.reduce((sum, mass, count) => sum + mass * Math.min(1, count / need), 0);
  return {
    availability: availabilityBeside(unavailability, region * atOrAbove(masses, need)),
    unavailability,
    servedFraction: region * Math.min(1, served),
  };
}
