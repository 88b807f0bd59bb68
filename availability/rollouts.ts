import { numberAt, type Basis, type PartKey, type ReadPart } from "../model";
import type { Cause } from "./cause";
import { shareOfYear, WEEKS_PER_YEAR } from "./downtime";
import { floorAt } from "./group";
import { restartSeconds } from "./leader";

/**
 * Every rollout that takes away more than the peak can spare: until the new ones are ready, fewer run than are needed. One that takes all at
 * once (Recreate) does so once; one by one it lasts as many turns as there are.
 */
export function rolloutCause(
  parts: readonly ReadPart[],
  { demand, failures }: Pick<Basis, "demand" | "failures">,
  required: ReadonlySet<PartKey>,
): Cause {
  const seconds = demand.reduce((sum, each) => {
    const part = required.has(each.part) ? parts.find(({ key }) => key === each.part) : undefined;
    // Where one member takes the writes, its restart is told as the leader's.
    if (part === undefined || (each.store?.writesPerSecond.peak ?? 0) > 0) return sum;
    return sum + turns(part, each.need) * restartSeconds(part, each);
  }, 0);
  return {
    cause: "rollouts",
    unavailability: shareOfYear(failures.deploys.perWeek * WEEKS_PER_YEAR, seconds / 60),
    label: "approx",
    source: {
      title: "each rollout takes away more than the peak can spare, until the new ones are ready: drain and start",
      date: "2026-11-22",
    },
  };
}

/** Turns of a rollout in which fewer run than are needed; none where enough stay, or where it is not known. */
function turns(part: ReadPart, need: number): number {
  const count = floorAt(part);
  // Members of a set go one by one.
  const unavailable = part.kind === "store" ? 1 : numberAt(part, "rollout", "unavailable");
  if (count === undefined || unavailable === undefined || unavailable === 0 || count === 0) return 0;
  if (unavailable >= count) return 1;
  // Already too few: no rollout is to blame.
  if (count - unavailable >= need || count < need) return 0;
  return Math.ceil(count / (unavailable + (numberAt(part, "rollout", "surge") ?? 0)));
}
