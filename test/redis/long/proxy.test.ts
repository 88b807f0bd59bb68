import { Group, PORT, until } from "../harness/group";
import { Proxy } from "../harness/proxy";
import { Client } from "../harness/resp";
import { redisSuite } from "../harness/suite";

redisSuite(
  "callers who know nothing of Sentinels",
  () => {
    test("reach the master, and after it was killed the next one", async () => {
      const group = await Group.started({ password: "letters0and1digits" });
      const proxy = Proxy.started(group);
      const written = async (key: string): Promise<true | null> => {
        const client = await Client.to(proxy.host, PORT, group.password).catch(() => null);
        const said = await client?.try(["SET", key, "1"]);
        client?.close();
        return said === "OK" ? true : null;
      };
      try {
        await until(
          () => written("before"),
          10,
          () => "no write by way of the proxy",
        );
        expect([await proxy.health("/live"), await proxy.health("/ready")]).toEqual([200, 200]);
        const master = await group.settled();
        await master.stop("SIGKILL");
        await until(
          async () => ((await proxy.health("/ready")) === 503 ? true : null),
          5,
          () => "ready without a master",
        );
        expect(await proxy.health("/live")).toBe(200);
        await until(
          () => written("after"),
          45,
          () => "no write after the failover",
        );
        expect((await group.named())?.name).not.toBe(master.name);
        await until(
          async () => ((await proxy.health("/ready")) === 200 ? true : null),
          5,
          () => "not ready with a master",
        );
      } finally {
        await proxy.end();
        await group.end();
      }
    });
  },
  "haproxy",
);
