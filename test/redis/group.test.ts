import { failoverSeconds, lostVoteSeconds, sentinelTiming } from "../../catalog/kubernetes";
import { Group, PORT, sleep } from "./harness/group";
import { redisSuite } from "./harness/suite";
import { firstWriteMs, Writer } from "./harness/writer";

// What has no bearing on a day's change is in long/: npm run test:redis.
redisSuite("three members and three Sentinels, from the files that the ConfigMap carries", () => {
  let group: Group;
  beforeAll(async () => {
    group = await Group.started();
  });
  afterAll(() => group.end());

  test("a new group has the first member as master", async () => {
    expect((await group.settled()).ordinal).toBe(0);
  });

  test("a master killed and started again at once yields: within the promise another takes writes, and none granted is lost", async () => {
    const master = await group.settled();
    const writer = new Writer(group, 2);
    await sleep(300);
    const from = Date.now();
    await master.stop("SIGKILL");
    master.start();
    const ms = await firstWriteMs(group, from);
    const next = await group.settled();
    await writer.end();
    expect(next.name).not.toBe(master.name);
    expect(master.log).toContain("others hold the data: waiting for the Sentinels");
    expect(writer.written).toBeGreaterThan(0);
    expect(await writer.lost()).toEqual([]);
    const { high } = failoverSeconds(sentinelTiming, "crash");
    expect(high).toBeLessThan(10);
    // Now and then nobody wins the vote, and the Sentinels say so.
    const voteLost = group.sentinels.some(({ log }) => log.includes("-failover-abort-not-elected"));
    expect(ms / 1000).toBeLessThan(voteLost ? high + lostVoteSeconds(sentinelTiming) : high);
  });

  test("a master that is ended in peace hands over first, and no granted write is lost", async () => {
    const master = await group.settled();
    const writer = new Writer(group, 1);
    await sleep(300);
    const said = await master.retire();
    master.start();
    const next = await group.settled();
    await writer.end();
    expect(said).toContain(`handed over to ${next.name}`);
    expect(writer.written).toBeGreaterThan(0);
    expect(await writer.lost()).toEqual([]);
    // The third member goes on where it was: a full copy would keep the new master from taking writes meanwhile.
    expect(await next.info(PORT, "sync_partial_ok")).toBe("1");
  });

  test("probes: a live server is live and ready; one that is gone is neither", async () => {
    const [first] = group.members;
    const [sentinel] = group.sentinels;
    const codes = async (server: typeof first, kind: string) => [
      (await server!.script("live.sh", kind)).code,
      (await server!.script("ready.sh", kind)).code,
    ];
    expect(await codes(first, "redis")).toEqual([0, 0]);
    expect(await codes(sentinel, "sentinel")).toEqual([0, 0]);
    await sentinel!.stop("SIGTERM");
    expect((await codes(sentinel, "sentinel")).every((code) => code !== 0)).toBe(true);
    sentinel!.start();
    await group.settled();
  });
});
