import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { RedisCacheArgs } from "../../../components/kubernetes/redis-cache-args";
import { refuseUnbuildable } from "../../../components/kubernetes/redis-cache-refusal";
import { settingsOf } from "../../../components/kubernetes/redis-part-settings";
import { membersSpec, sentinelsSpec } from "../../../components/kubernetes/redis-pods";
import { proxyConfig } from "../../../components/kubernetes/redis-proxy";
import { redisCacheReader } from "../../../components/kubernetes/redis-cache.read";
import { plain, resourceGraph, type RedisCache, type Resource, type Value } from "../../../model";
import { suiteWith } from "../../needs";

const volume = { gib: 3, class: null, bindsLate: null } as const;
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const sentinels = { count: 3, placement: { kind: "zonal", zones, spread: "hard" }, volumeGib: 1 } as const;
const part: RedisCache = {
  kind: "redis-cache",
  key: "redis-cache/vectors/us-east-1",
  workload: "vectors",
  region: "us-east-1",
  engine: { name: "valkey", version: "8.0" },
  topology: { kind: "replicated", replicas: 2, failover: "automatic" },
  placement: { kind: "zonal", zones: ["us-east-1a", "us-east-1b", "us-east-1c"], spread: "hard" },
  node: { name: "pod", memoryMiB: 1000, usableMiB: 750 },
  port: 6379,
  eviction: "allkeys-lru",
  role: "latency-cache",
  crossRegion: { kind: "none" },
  security: { atRest: false, inTransit: false, auth: true },
  snapshots: null,
  runtime: { kind: "sentinel", sentinels, quorum: 2, downAfterSeconds: 5, minReplicasToWrite: 1, volume },
};
const alone = {
  kind: "sentinel",
  sentinels: null,
  quorum: null,
  downAfterSeconds: null,
  minReplicasToWrite: 0,
  volume,
} as const;
const watched = { kind: "sentinel", sentinels, quorum: 2, downAfterSeconds: 5, minReplicasToWrite: 1, volume } as const;
const args: RedisCacheArgs = { part, stack: "s", namespace: "serving", callers: "anywhere", protect: true };
const elsewhere = { host: "redis.example.com", port: 6380, masterPort: 6379, group: "there", password: null };
const encrypted = { atRest: false, inTransit: true, auth: true };
const asCopy = {
  topology: { kind: "replicated", replicas: 2, failover: "none" },
  security: encrypted,
  runtime: { kind: "sentinel", sentinels: null, quorum: null, downAfterSeconds: null, minReplicasToWrite: 1, volume },
} as const satisfies Partial<RedisCache>;
const tls = { certificateSecret: "tls" };
const peer = "redis-cache/vectors/eu-west-1" as const;

function refused(change: Partial<RedisCache>, more: Partial<RedisCacheArgs> = {}): () => void {
  return () => refuseUnbuildable({ ...args, ...more, part: { ...part, ...change } });
}

describe("what a group with Sentinels cannot be", () => {
  test("a Part as planned can be built; alone, too", () => {
    expect(refused({})).not.toThrow();
    expect(refused({ topology: { kind: "single" }, runtime: alone })).not.toThrow();
  });

  test("a copy, and a group that is copied, can be built with a certificate", () => {
    const copy = { ...asCopy, crossRegion: { kind: "async", peer, promotion: "manual" } } as const;
    expect(refused(copy, { ...tls, copyOf: elsewhere })).not.toThrow();
    const copied = { security: encrypted, crossRegion: { kind: "copied", port: 6380 } } as const;
    expect(refused(copied, { ...tls, copied: {} })).not.toThrow();
  });

  test.each<[string, Partial<RedisCache>, Partial<RedisCacheArgs>?]>([
    ["runtime", { runtime: { kind: "elasticache", quorum: null } }],
    [
      "runtime.quorum",
      { runtime: { kind: "sentinel", sentinels, quorum: 1, downAfterSeconds: 5, minReplicasToWrite: 1, volume } },
    ],
    ["runtime.quorum", { topology: { kind: "single" } }],
    ["runtime.sentinels", { runtime: { ...watched, sentinels: { ...sentinels, count: 2 } } }],
    ["runtime.sentinels", { runtime: { ...watched, sentinels: null } }],
    ["runtime.sentinels", { topology: { kind: "single" }, runtime: { ...alone, sentinels } }],
    ["runtime.sentinels", { runtime: { ...watched, sentinels: { ...sentinels, placement: { kind: "regional" } } } }],
    ["runtime.downAfterSeconds", { runtime: { ...watched, downAfterSeconds: null } }],
    ["runtime.downAfterSeconds", { runtime: { ...watched, downAfterSeconds: 0.9 } }],
    ["runtime.downAfterSeconds", { topology: { kind: "single" }, runtime: { ...alone, downAfterSeconds: 5 } }],
    ["runtime.minReplicasToWrite", { runtime: { ...watched, minReplicasToWrite: 2 } }],
    ["runtime.minReplicasToWrite", { topology: { kind: "single" }, runtime: { ...alone, minReplicasToWrite: 1 } }],
    ["topology", { topology: { kind: "sharded", shards: 3, replicasPerShard: 1 } }],
    ["topology", { topology: { kind: "replicated", replicas: 1, failover: "automatic" } }],
    ["topology", { topology: { kind: "replicated", replicas: 2, failover: "none" } }],
    ["engine", { engine: { name: "redis", version: "6.2" } }],
    ["placement", { placement: { kind: "regional" } }],
    ["role", { role: "capacity-cache" }],
    ["node", { node: { name: "pod", memoryMiB: 750, usableMiB: 750 } }],
    ["node", { node: { name: "pod", memoryMiB: 100, usableMiB: 63 } }],
    ["security.auth", { security: { ...part.security, auth: false } }],
    ["security.atRest", { security: { ...part.security, atRest: true } }],
    ["security.inTransit", { security: { ...part.security, inTransit: true } }],
    ["snapshots", { snapshots: { everyHours: 24, keepDays: 7 } }],
    ["crossRegion", { ...asCopy, crossRegion: { kind: "async", peer, promotion: "manual" } }, tls],
    ["crossRegion", {}, { copyOf: elsewhere }],
    [
      "crossRegion",
      { ...asCopy, crossRegion: { kind: "async", peer, promotion: "automatic" } },
      { ...tls, copyOf: elsewhere },
    ],
    ["crossRegion", { security: encrypted, crossRegion: { kind: "copied", port: 6380 } }, tls],
    ["crossRegion", {}, { copied: {} }],
    ["security.inTransit", { crossRegion: { kind: "copied", port: 6380 } }, { copied: {} }],
    [
      "topology",
      {
        topology: { kind: "single" },
        security: encrypted,
        runtime: alone,
        crossRegion: { kind: "copied", port: 6380 },
      },
      { ...tls, copied: {} },
    ],
    [
      "topology",
      { ...asCopy, topology: part.topology, crossRegion: { kind: "async", peer, promotion: "manual" } },
      { ...tls, copyOf: elsewhere },
    ],
    [
      "runtime.quorum",
      { ...asCopy, runtime: watched, crossRegion: { kind: "async", peer, promotion: "manual" } },
      { ...tls, copyOf: elsewhere },
    ],
    ["workload", { workload: "w".repeat(44) }],
  ])("%s", (field, change, more = {}) => {
    expect(refused(change, more)).toThrow(RangeError);
    expect(refused(change, more)).toThrow(`${field} of redis-cache/vectors/us-east-1`);
  });
});

describe("pods of a group", () => {
  const facts = (given: RedisCacheArgs) => ({ args: given, config: "c", password: { name: "p", key: "k" } });

  test("members announce names that the whole cluster resolves", () => {
    expect(settingsOf(args).members).toEqual([0, 1, 2].map((at) => `vectors-${at}.vectors-members.serving.svc`));
    expect(settingsOf(args).sentinels).toEqual(
      [0, 1, 2].map((at) => `vectors-sentinel-${at}.vectors-sentinel.serving.svc`),
    );
  });

  test("one alone waits for nobody and needs no replica to take writes", () => {
    const single: RedisCacheArgs = { ...args, part: { ...part, topology: { kind: "single" }, runtime: alone } };
    const { sentinels, timing, patience } = settingsOf(single);
    expect([sentinels, timing.minReplicasToWrite, patience.settleSeconds, patience.sentinelSeconds]).toEqual([
      [],
      0,
      0,
      0,
    ]);
  });

  test("a copy has no Sentinel that runs", () => {
    const copy: RedisCacheArgs = {
      ...args,
      part: { ...part, ...asCopy, crossRegion: { kind: "async", peer, promotion: "manual" } },
      copyOf: elsewhere,
    };
    expect(sentinelsSpec(facts(copy)).replicas).toBe(0);
    expect(sentinelsSpec(facts(args)).replicas).toBe(3);
    expect(membersSpec(facts(copy)).replicas).toBe(3);
  });
});

describe("configuration of the proxy", () => {
  const group = { ...settingsOf(args), members: ["127.0.0.1", "127.0.0.2"] };

  test("leads to a master that has a replica; one that needs none is a master all the same", () => {
    expect(proxyConfig(group)).toContain("role:master\\r\\nconnected_slaves:[1-9]");
    const free = { ...group, timing: { ...group.timing, minReplicasToWrite: 0 } };
    expect(proxyConfig(free)).not.toContain("connected_slaves");
  });

  const followers = { host: "db.example.com", port: 6380, masterPort: 6379, group: "there", password: null };
  const groups = {
    "a group": group,
    "a group that is copied": { ...group, copied: true },
    "a copy": { ...group, copyOf: followers },
  };

  test("copies elsewhere are led to a replica; callers of a copy to its master, else to who is in step, else to who holds data", () => {
    const leads = (name: string, config: string) =>
      (new RegExp(`^frontend ${name}\n((?:  .*\n)*)`, "m").exec(config)?.[1] ?? "").match(/_backend \w+/g);
    expect(leads("copies", proxyConfig(group))).toBeNull();
    expect(leads("copies", proxyConfig(groups["a group that is copied"]))).toEqual(["_backend following"]);
    expect(leads("callers", proxyConfig(group))).toEqual(["_backend followed", "_backend alone"]);
    expect(leads("callers", proxyConfig(groups["a copy"]))).toEqual(
      ["followed", "alone", "following", "holding"].map((each) => `_backend ${each}`),
    );
  });

  // HAProxy takes a server for up until its first check has failed.
  test("nobody is led anywhere while all members seem to be masters", () => {
    expect(proxyConfig(group).match(/tcp-request connection reject if \{ nbsrv\(alone\) ge 2 \}/g)).toHaveLength(1);
    expect(proxyConfig(groups["a group that is copied"]).match(/tcp-request connection reject/g)).toHaveLength(2);
    expect(proxyConfig(group)).toContain("http-request return status 503 if { nbsrv(alone) ge 2 }");
    expect(proxyConfig({ ...group, members: ["127.0.0.1"] })).not.toContain("nbsrv(alone) ge");
  });

  suiteWith(["haproxy"], "by HAProxy", () => {
    test.each(Object.entries(groups))("of %s is taken", (_, settings) => {
      const folder = mkdtempSync(path.join(tmpdir(), "nines-proxy-"));
      try {
        const file = path.join(folder, "haproxy.cfg");
        writeFileSync(file, proxyConfig(settings));
        const said = spawnSync("haproxy", ["-c", "-f", file], {
          encoding: "utf8",
          env: { ...process.env, REDIS_PASSWORD: "x" },
        });
        expect([said.status, said.stderr]).toEqual([0, expect.not.stringContaining("ALERT")]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});

function object(type: string, name: string, inputs: Resource["inputs"]): Resource {
  return {
    urn: `urn:pulumi:s::p::${type}::${name}`,
    type,
    name,
    custom: true,
    parent: null,
    inputs: { metadata: { name, namespace: "shop" }, ...inputs },
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    ignoreChanges: [],
    deleteBeforeReplace: false,
    replaceOnChanges: [],
  };
}

const set = (name: string, replicas: number, containers: readonly Value[], volumes: readonly Value[] = []) =>
  object("kubernetes:apps/v1:StatefulSet", name, {
    spec: { replicas, template: { metadata: { labels: { app: name } }, spec: { containers, volumes } } },
  });

const only = (...resources: readonly Resource[]) => redisCacheReader.read(resourceGraph(resources)).parts.map(plain)[0];

describe("Redis that somebody else wrote", () => {
  test("one server by its arguments", () => {
    const read = only(
      set("cache", 1, [
        {
          name: "redis",
          image: "redis:7.2-alpine",
          args: ["redis-server", "--maxmemory", "256mb", "--maxmemory-policy", "volatile-ttl", "--requirepass", "$(P)"],
          resources: { limits: { memory: "512Mi" } },
        },
      ]),
    );
    expect(read).toMatchObject({
      workload: "cache",
      engine: { name: "redis", version: "7.2" },
      topology: { kind: "single" },
      node: { memoryMiB: 512, usableMiB: 256 },
      port: 6379,
      eviction: "volatile-ttl",
      role: "capacity-cache",
      security: { auth: true, inTransit: false },
      runtime: { ...alone, volume: { ...volume, gib: 0 } },
    });
  });

  test("a group whose Sentinels are beside it, by files that both mount", () => {
    const mounted = [{ name: "files", configMap: { name: "files" } }];
    const files = object("kubernetes:core/v1:ConfigMap", "files", {
      data: {
        "redis.conf": "maxmemory 1gb\r\nmaxmemory-policy allkeys-lfu\r\nrequirepass x\r\n",
        "sentinel.conf": "sentinel monitor main db-0 6379 2\nsentinel down-after-milliseconds main 8000\n",
      },
    });
    const data = set("db", 3, [{ image: "docker.io/valkey/valkey:8.1@sha256:ab", args: ["/etc/redis.conf"] }], mounted);
    const watchers = set(
      "watch",
      3,
      [{ image: "valkey/valkey:8.1", command: ["valkey-sentinel", "/s.conf"] }],
      mounted,
    );
    expect(only(data, watchers, files)).toMatchObject({
      engine: { name: "valkey", version: "8.1" },
      topology: { kind: "replicated", replicas: 2, failover: "automatic" },
      node: { usableMiB: 1024 },
      eviction: "allkeys-lfu",
      // Without claims of their own they remember nothing.
      runtime: { sentinels: { count: 3, volumeGib: 0 }, quorum: 2, downAfterSeconds: 8, minReplicasToWrite: 0 },
    });
    expect(redisCacheReader.read(resourceGraph([data, watchers, files])).parts).toHaveLength(1);
  });

  test("what is in a ConfigMap that is not there is unknown, and so is how several servers hang together", () => {
    const volumes = [{ name: "files", configMap: { name: "gone" } }];
    const read = only(set("cache", 2, [{ image: "redis" }], volumes));
    expect(read).toMatchObject({
      topology: { known: false },
      eviction: { known: false, why: "elsewhere" },
      engine: { name: "redis", version: { known: false } },
      node: { memoryMiB: { known: false } },
    });
  });

  test("what somebody's own image brings, or a file that is none of its ConfigMaps', is unknown", () => {
    const auth = (container: Value, volumes: readonly Value[] = []) => {
      const read = only(set("cache", 1, [container], volumes)) as { readonly security: { readonly auth: unknown } };
      return read.security.auth;
    };
    const open = { known: false, why: "elsewhere" };
    expect(auth({ image: "redis:7", args: ["--appendonly", "yes"] })).toBe(false);
    expect(auth({ image: "public.ecr.aws/docker/library/redis:7" })).toBe(false);
    expect(auth({ image: "registry.example.com/redis:7", args: ["--appendonly", "yes"] })).toMatchObject(open);
    expect(auth({ image: "registry.example.com/redis:7", command: ["redis-server"] })).toBe(false);
    expect(auth({ image: "redis:7", command: ["redis-server", "/etc/redis/redis.conf"] })).toMatchObject(open);
    expect(auth({ image: "redis:7", env: [{ name: "REDIS_ARGS", valueFrom: { secretKeyRef: {} } }] })).toMatchObject(
      open,
    );
    expect(auth({ image: "redis:7", env: [{ name: "REDIS_ARGS", value: "--requirepass x" }] })).toBe(true);
    expect(auth({ image: "redis:7", env: [{ name: "REDISCLI_AUTH", value: "x" }] })).toBe(true);
    expect(auth({ image: "redis:7", args: ["--aclfile", "/users.acl"] })).toMatchObject({ known: false });
  });

  test("a Deployment of Redis alone is a cache; one that has it beside itself is not", () => {
    const deployed = (...images: readonly string[]) =>
      only({
        ...set(
          "cache",
          1,
          images.map((image) => ({ image })),
        ),
        type: "kubernetes:apps/v1:Deployment",
      });
    expect(deployed("redis:7")).toMatchObject({ kind: "redis-cache", topology: { kind: "single" } });
    expect(deployed("redis:7", "oliver006/redis_exporter:v1")).toMatchObject({ kind: "redis-cache" });
    expect(deployed("example.com/web:1", "redis:7")).toBeUndefined();
  });

  test("Sentinels that may be another server's watch nobody", () => {
    const one = set("a", 2, [{ image: "redis:7" }]);
    const other = set("b", 2, [{ image: "redis:7" }]);
    const watcher = set("w", 3, [{ image: "redis:7", command: ["redis-sentinel", "/s.conf"] }]);
    expect(only(one, watcher)).toMatchObject({ topology: { kind: "replicated", failover: "automatic" } });
    expect(only(one, other, watcher)).toMatchObject({ topology: { known: false } });
  });

  test("other stores are left to others", () => {
    expect(only(set("db", 1, [{ image: "postgres:16" }]))).toBeUndefined();
    expect(only(set("tool", 1, [{ image: "example.com/redis-exporter:1" }]))).toBeUndefined();
  });
});

describe("a copy that somebody else wrote", () => {
  const copy = (host: string) =>
    only(
      object("kubernetes:core/v1:Service", "db", { spec: { clusterIP: "None", selector: { app: "db" } } }),
      set("cache", 2, [{ name: "redis", image: "redis:7.2", args: ["redis-server", "--replicaof", host, "6379"] }]),
    );

  test.each(["db.example.com", "redis.eu.example.com"])("follows %s, in another network", (host) => {
    expect(copy(host)).toMatchObject({ crossRegion: { kind: "async", promotion: "manual" } });
  });

  test.each([
    "db-0",
    "db-0.db",
    "db.shop",
    "db-0.db.shop",
    "db-0.db.shop.svc",
    "db.shop.svc.cluster.local",
    "10.1.2.3",
  ])("follows %s, which is in the cluster or may be", (host) => {
    expect(copy(host)).toMatchObject({ crossRegion: { kind: "none" } });
  });
});
