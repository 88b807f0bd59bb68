import { redisFiles } from "../../../components/kubernetes/redis-scripts";
import {
  graceSeconds,
  redisDefaults,
  redisPatience,
  type RedisSettings,
} from "../../../components/kubernetes/redis-settings";

const settings: RedisSettings = {
  ...redisDefaults,
  group: "shop/vectors",
  members: ["vectors-0.vectors.shop.svc", "vectors-1.vectors.shop.svc", "vectors-2.vectors.shop.svc"],
  sentinels: ["vectors-sentinel-0.x", "vectors-sentinel-1.x", "vectors-sentinel-2.x"],
  maxmemoryBytes: 1_000_000_000,
  eviction: "volatile-lru",
};

function linesOf(file: string, given: RedisSettings = settings): readonly string[] {
  return (redisFiles(given)[file] ?? "").split("\n");
}

describe("files of a Redis group", () => {
  test("every write goes to a file, memory is bounded, and a master without a replica takes no write", () => {
    expect(linesOf("redis.conf")).toEqual(
      expect.arrayContaining([
        "port 6379",
        "appendonly yes",
        "maxmemory 1000000000",
        "maxmemory-policy volatile-lru",
        "min-replicas-to-write 1",
        "min-replicas-max-lag 10",
        "repl-backlog-size 62500000",
        "replica-priority 100",
      ]),
    );
  });

  test("Sentinels speak in names and are set to what the promise is worked out from", () => {
    expect(linesOf("sentinel.conf")).toEqual(
      expect.arrayContaining([
        "sentinel resolve-hostnames yes",
        "sentinel announce-hostnames yes",
        "sentinel down-after-milliseconds shop/vectors 5000",
        "sentinel failover-timeout shop/vectors 15000",
      ]),
    );
  });

  test("a Sentinel's id follows from its group and place alone", () => {
    const ids = (given: RedisSettings) =>
      linesOf("settings.sh", given).find((line) => line.startsWith("SENTINEL_IDS="));
    expect(ids(settings)).toMatch(/^SENTINEL_IDS='([0-9a-f]{40} ){2}[0-9a-f]{40}'$/);
    expect(ids({ ...settings, maxmemoryBytes: 1 })).toBe(ids(settings));
    expect(ids({ ...settings, group: "other" })).not.toBe(ids(settings));
  });

  test("with a certificate nothing is spoken in the clear", () => {
    const tls = { ...settings, folders: { ...settings.folders, tls: "/tls" } };
    expect(linesOf("redis.conf", tls)).toEqual(
      expect.arrayContaining(["port 0", "tls-port 6379", "tls-replication yes"]),
    );
    expect(linesOf("sentinel.conf", tls)).toEqual(
      expect.arrayContaining(["port 0", "tls-port 26379", "tls-replication yes"]),
    );
  });

  test("a copy is never chosen as master by Sentinels, until it is promoted", () => {
    const copy = {
      ...settings,
      copyOf: { host: "redis.example.com", port: 6380, masterPort: 6379, group: "there", password: null },
    };
    expect(linesOf("redis.conf", copy)).toContain("replica-priority 0");
    expect(linesOf("settings.sh", copy)).toEqual(
      expect.arrayContaining([
        "COPY_OF='redis.example.com'",
        "COPY_OF_PORT='6380'",
        "COPY_OF_MASTER_PORT='6379'",
        "COPY_OF_GROUP='there'",
      ]),
    );
  });

  test("no value ends the word that it stands in", () => {
    expect(linesOf("settings.sh", { ...settings, group: "it's" })).toContain(`GROUP='it'\\''s'`);
  });

  test("who takes over asks for the objects by the names that they have; a member alone has nobody to take over from", () => {
    const objects = { namespace: "shop", members: "vectors", sentinels: "vectors-sentinel", proxy: "vectors-proxy" };
    expect(linesOf("take-over.sh", { ...settings, objects })).toEqual(
      expect.arrayContaining([
        "NAMESPACE='shop'",
        "MEMBERS='vectors'",
        "SENTINELS='vectors-sentinel'",
        "PROXIES='vectors-proxy'",
        "COUNT='3'",
        "CONFIG='/etc/nines'",
      ]),
    );
    expect(Object.keys(redisFiles({ ...settings, sentinels: [] }))).not.toContain("take-over.sh");
  });

  test("no file holds a password", () => {
    expect(Object.keys(redisFiles(settings)).sort()).toEqual([
      "ask.sh",
      "hand-over.sh",
      "live.sh",
      "promote.sh",
      "ready.sh",
      "redis.conf",
      "sentinel.conf",
      "settings.sh",
      "start-redis.sh",
      "start-sentinel.sh",
      "take-over.sh",
    ]);
    for (const text of Object.values(redisFiles(settings))) expect(text).not.toMatch(/^(requirepass|masterauth)/m);
  });

  test("the pod's grace holds catching up, hand-over and Redis' own shutdown", () => {
    expect(graceSeconds(redisPatience)).toBe(5 + 20 + 10 + 10);
  });
});
