import { failoverSeconds, sentinelTiming } from "../../../catalog/kubernetes";
import { Group, PORT, sleep } from "../harness/group";
import { redisSuite } from "../harness/suite";
import { firstWriteMs } from "../harness/writer";

redisSuite("a master that is cut off, with callers on its side", () => {
  test("takes no more writes after min-replicas-max-lag and 2 s; the others have a master of their own, and it follows when it is back", async () => {
    const group = await Group.started();
    try {
      const master = await group.settled();
      const beside = await master.client(PORT);
      expect(await beside.try(["SET", "before", "1"])).toBe("OK");
      expect(await beside.try(["WAIT", 2, 5000])).toBe(2);
      const from = Date.now();
      group.cut(master, group.all);
      const elsewhere = firstWriteMs(group, from);
      let last = from;
      const limit = (sentinelTiming.minReplicasMaxLagSeconds + 2) * 1000;
      while (Date.now() < from + limit + 5000) {
        if ((await beside.try(["SET", "beside", String(Date.now())])) === "OK") last = Date.now();
        await sleep(50);
      }
      const refused = await beside.try(["SET", "beside", "late"]);
      expect(String(refused)).toContain("NOREPLICAS");
      expect(last - from).toBeLessThanOrEqual(limit);
      expect((await elsewhere) / 1000).toBeLessThan(failoverSeconds(sentinelTiming, "silence").high);
      const writable = await group.writable();
      expect(writable).toHaveLength(1);
      expect(writable[0]?.name).not.toBe(master.name);
      beside.close();
      group.heal(master, group.all);
      const next = await group.settled();
      expect(next.name).toBe(writable[0]?.name);
      const client = await next.client(PORT);
      // What the cut-off master took meanwhile is gone: that is what asynchronous replication promises.
      expect(await client.try(["GET", "before"])).toBe("1");
      expect(await client.try(["GET", "beside"])).toBeNull();
      client.close();
      process.stdout.write(`cut off: last write after ${((last - from) / 1000).toFixed(1)} s\n`);
    } finally {
      await group.end();
    }
  });
});
