import { listAt, numberAt, type Basis, type PartKey, type ReadPart, type WorkloadDemand } from "../model";
import type { Cause } from "./cause";
import { shareOfYear, WEEKS_PER_YEAR } from "./downtime";
import { floorAt } from "./group";
import { rescheduleSeconds } from "./store-recovery";

/**
 * Writes wait for the one member that takes them: while it is started anew elsewhere, while its zone is gone, and while a rollout restarts it.
 * A store that takes no writes loses nothing. With an election each of them lasts as long as that.
 */
export function leaderCauses(
  parts: readonly ReadPart[],
  { demand, failures }: Pick<Basis, "demand" | "failures">,
  required: ReadonlySet<PartKey>,
): readonly Cause[] {
  return demand.flatMap((each): readonly Cause[] => {
    const part = parts.find(({ key }) => key === each.part);
    const { store } = each;
    if (part === undefined || store === undefined || !required.has(each.part) || store.writesPerSecond.peak === 0)
      return [];
    const elected = store.electionSeconds;
    const lost = anyIsNeeded(part, each.need)
      ? 0
      : shareOfYear(failures.replicaFailuresPerYear, (elected ?? rescheduleSeconds(each, store)) / 60);
    const zone = goesWithItsZone(part, each.need)
      ? 0
      : elected === null
        ? failures.zoneUnavailability
        : shareOfYear(failures.zoneEventsPerYear, elected / 60);
    const restarts = shareOfYear(failures.deploys.perWeek * WEEKS_PER_YEAR, restartSeconds(part, each) / 60);
    const date = "2026-11-21";
    const how =
      elected === null
        ? "member 0 takes the writes, and runs elsewhere only once its node is given up; its volume keeps it in its zone"
        : "another member takes the writes after an election";
    return [
      {
        cause: `leader of ${each.workload}`,
        unavailability: lost + zone,
        label: "assumed",
        source: { title: how, date },
        seconds: elected ?? rescheduleSeconds(each, store),
      },
      {
        cause: `rollouts of ${each.workload}`,
        unavailability: restarts,
        label: "approx",
        source: { title: "each rollout restarts the leader once: its drain and its start", date },
        seconds: restartSeconds(part, each),
      },
    ];
  });
}

/** Without any one member too few are left to answer reads, or none: that is told of the replicas already. */
function anyIsNeeded(part: ReadPart, need: number): boolean {
  return membersOf(part) - 1 < need;
}

function membersOf(part: ReadPart): number {
  return floorAt(part) ?? 0;
}

/** Without the leader's zone too few members are left to answer reads: that is told of the zones already. */
function goesWithItsZone(part: ReadPart, need: number): boolean {
  const count = membersOf(part);
  const zones = listAt(part, "placement", "zones")?.length ?? 0;
  return zones > 0 && count - Math.ceil(count / zones) < need;
}

/** From the leader's stop to its first passed probe; or to the election of another. */
export function restartSeconds(part: ReadPart, { store, startSeconds }: WorkloadDemand): number {
  const drain = (numberAt(part, "drainSeconds") ?? 0) + (numberAt(part, "runtime", "stopDelaySeconds") ?? 0);
  return store?.electionSeconds ?? drain + startSeconds;
}
