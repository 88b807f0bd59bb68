import { numberAt, type ReadPart, type StoreDemandFacts, type WorkloadDemand } from "../model";

/** One thing that recovery waits for. */
export interface RecoveryStep {
  readonly what: string;
  readonly seconds: number;
}

/** What a store loses and for how long, worked out part by part. */
export interface Recovery {
  readonly scenario:
    "a follower's node is lost" | "the leader's node is lost" | "every member restarts" | "data is wrong";
  /** Until what was lost is served again, seconds; the sum of its steps. */
  readonly rtoSeconds: number;
  readonly steps: readonly RecoveryStep[];
  /** Writes of so many seconds that may be gone, though they were acknowledged; null: nobody says, since no copy is taken. */
  readonly rpoSeconds: number | null;
}

/** How writes come back when the leader's node is lost; undefined: it is no store. */
export function leaderRecovery(part: ReadPart, demand: WorkloadDemand): Recovery | undefined {
  return recoveriesOf(part, demand).find(({ scenario }) => scenario === "the leader's node is lost");
}

/**
 * Recoveries of a store. A follower's loss costs nobody anything that others do not answer; its own return is what is told. A leader's loss stops
 * writes until its node is given up and its volume is elsewhere: nobody else is elected, unless the database does so itself.
 */
export function recoveriesOf(
  part: ReadPart,
  { store, startSeconds, detectSeconds }: WorkloadDemand,
): readonly Recovery[] {
  if (store === undefined) return [];
  const lag = store.replicationLagMs === null ? null : store.replicationLagMs / 1000;
  const batch = (numberAt(part, "topology", "batchMs") ?? 0) / 1000;
  const { givenUpSeconds, nodeSeconds, volumeSeconds } = store.reschedule;
  const elsewhere = [
    { what: "its node is given up", seconds: givenUpSeconds },
    ...(nodeSeconds === 0
      ? []
      : [{ what: "another is made, since no other in its zone has room", seconds: nodeSeconds }]),
    { what: "its volume is attached there", seconds: volumeSeconds },
    { what: "it starts", seconds: startSeconds },
  ];
  const elected = [{ what: "the database elects another", seconds: store.electionSeconds ?? 0 }];
  const everyHours = numberAt(part, "snapshots", "everyHours");
  const gib = numberAt(part, "volume", "gib") ?? 0;
  const told = (
    scenario: Recovery["scenario"],
    steps: readonly RecoveryStep[],
    rpoSeconds: number | null,
  ): Recovery => ({
    scenario,
    steps,
    rpoSeconds,
    rtoSeconds: steps.reduce((sum, { seconds }) => sum + seconds, 0),
  });
  return [
    told("a follower's node is lost", elsewhere, 0),
    told(
      "the leader's node is lost",
      store.electionSeconds === null ? elsewhere : elected,
      // Its volume comes back with it, and with that all that it acknowledged; whoever is elected has only what reached it.
      store.electionSeconds === null ? 0 : lag === null ? null : Math.max(lag, batch),
    ),
    told(
      "every member restarts",
      [
        { what: "all start at once, each with its own volume", seconds: startSeconds },
        { what: "their probes pass", seconds: detectSeconds },
      ],
      0,
    ),
    told(
      "data is wrong",
      [
        { what: "a volume is made of the last snapshot, and a store started on it by hand", seconds: startSeconds },
        { what: "followers copy it", seconds: (gib * 1024) / store.copyMiBPerSecond },
      ],
      everyHours === undefined ? null : everyHours * 3600,
    ),
  ];
}

/** From the loss of a member's node until it answers elsewhere in its zone, seconds. */
export function rescheduleSeconds(
  { startSeconds }: Pick<WorkloadDemand, "startSeconds">,
  { reschedule: { givenUpSeconds, nodeSeconds, volumeSeconds } }: Pick<StoreDemandFacts, "reschedule">,
): number {
  return givenUpSeconds + nodeSeconds + volumeSeconds + startSeconds;
}
