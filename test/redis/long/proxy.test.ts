import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { proxyConfig } from "../../../components/kubernetes/redis-proxy";
import { redisDefaults } from "../../../components/kubernetes/redis-settings";
import { Group, PORT, until } from "../harness/group";
import { Client } from "../harness/resp";
import { redisSuite } from "../harness/suite";

const FRONT = 16_379;
const HEALTH = 18_404;

/** HAProxy with the configuration that the ConfigMap carries, listening beside the relays. */
function started(group: Group, folder: string): ChildProcess {
  const config = proxyConfig({
    ...redisDefaults,
    group: "any",
    members: group.members.map(({ name }) => name),
    sentinels: [],
    maxmemoryBytes: 1,
    eviction: "noeviction",
  })
    .replace(`bind :::${PORT} v4v6`, `bind 127.0.0.1:${FRONT}`)
    .replace(/bind :::8404 v4v6/, `bind 127.0.0.1:${HEALTH}`);
  const file = path.join(folder, "haproxy.cfg");
  writeFileSync(file, config);
  return spawn("haproxy", ["-f", file], { env: { ...process.env, REDIS_PASSWORD: group.password }, stdio: "ignore" });
}

redisSuite(
  "callers who know nothing of Sentinels",
  () => {
    test("reach the master, and after it was killed the next one", async () => {
      const group = await Group.started({ password: "letters0and1digits" });
      const folder = mkdtempSync(path.join(tmpdir(), "nines-proxy-"));
      const proxy = started(group, folder);
      const written = async (key: string): Promise<true | null> => {
        const client = await Client.to("127.0.0.1", FRONT, group.password).catch(() => null);
        const said = await client?.try(["SET", key, "1"]);
        client?.close();
        return said === "OK" ? true : null;
      };
      const health = async (of: string): Promise<number | null> =>
        fetch(`http://127.0.0.1:${HEALTH}${of}`)
          .then(({ status }) => status)
          .catch(() => null);
      try {
        await until(
          () => written("before"),
          10,
          () => "no write by way of the proxy",
        );
        expect([await health("/live"), await health("/ready")]).toEqual([200, 200]);
        const master = await group.settled();
        await master.stop("SIGKILL");
        await until(
          async () => ((await health("/ready")) === 503 ? true : null),
          5,
          () => "ready without a master",
        );
        expect(await health("/live")).toBe(200);
        await until(
          () => written("after"),
          45,
          () => "no write after the failover",
        );
        expect((await group.named())?.name).not.toBe(master.name);
        await until(
          async () => ((await health("/ready")) === 200 ? true : null),
          5,
          () => "not ready with a master",
        );
      } finally {
        proxy.kill("SIGKILL");
        rmSync(folder, { recursive: true });
        await group.end();
      }
    });
  },
  "haproxy",
);
