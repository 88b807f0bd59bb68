import { failoverSeconds, sentinelTiming } from "../catalog/kubernetes";
import { mastersKilled } from "../test/redis/harness/kills";
import { noRedis } from "../test/redis/harness/suite";

const KILLS = 5;

/**
 * Masters of a group of three members and three Sentinels killed, one after the other, under writers.
 * @returns why nothing was measured, or what was: seconds are the median; a vote that nobody wins takes 30 s more
 */
export async function failovers(): Promise<
  | { readonly skipped: string }
  | {
      readonly kills: number;
      readonly medianSeconds: number;
      readonly promisedSeconds: number;
      readonly one: { readonly written: number; readonly lost: number };
      readonly two: { readonly written: number; readonly lost: number };
    }
> {
  if (noRedis !== null) return { skipped: noRedis };
  const { seconds, one, two } = await mastersKilled(KILLS);
  return {
    kills: KILLS,
    medianSeconds: seconds[Math.floor(KILLS / 2)] ?? 0,
    promisedSeconds: failoverSeconds(sentinelTiming, "crash").high,
    one,
    two,
  };
}
