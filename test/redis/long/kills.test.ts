import { failoverSeconds, lostVoteSeconds, sentinelTiming } from "../../../catalog/kubernetes";
import { mastersKilled } from "../harness/kills";
import { redisSuite } from "../harness/suite";

const KILLS = 20;

redisSuite(`${KILLS} masters killed, one after the other`, () => {
  test("lose no write that two replicas had; those that one had are counted", async () => {
    const { seconds, one, two } = await mastersKilled(KILLS);
    const { high } = failoverSeconds(sentinelTiming, "crash");
    const [first, middle, last] = [seconds[0]!, seconds[KILLS / 2]!, seconds.at(-1)!];
    const votesLost = seconds.filter((each) => each >= high).length;
    process.stdout.write(
      `${KILLS} kills: first write after ${first.toFixed(2)} to ${last.toFixed(2)} s, median ${middle.toFixed(2)} s; ` +
        `votes that nobody won: ${votesLost}; WAIT 1: ${one.lost} of ${one.written} lost; ` +
        `WAIT 2: ${two.lost} of ${two.written} lost\n`,
    );
    expect(two.written).toBeGreaterThan(KILLS);
    expect(two.lost).toBe(0);
    expect(middle).toBeLessThan(high);
    // Three Sentinels may stand at once, each for itself; the next attempt is made a known time later.
    expect(votesLost).toBeLessThanOrEqual(KILLS / 4);
    expect(last).toBeLessThan(high + lostVoteSeconds(sentinelTiming));
  });
});
