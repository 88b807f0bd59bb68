import { partKey, prefixOfPlan, wordOfWorkload, type CacheTopology, type EvictionPolicy } from "../model";
import { finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { majorityLeft } from "./redis-zones";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

type Cache = ReturnType<typeof partsOf<"redis-cache">>[number];

function eachCache(check: (cache: Cache, subject: Subject) => Finding): (subject: Subject) => readonly Finding[] {
  return (subject) => partsOf(subject.parts, "redis-cache").map((cache) => check(cache, subject));
}

/** Rehearsals and speed-ups may do without what a capacity cache must have. */
function milder(cache: Cache): { readonly severity?: "advisory" } {
  const role = valueAt(cache, "role");
  return role.known && role.value === "latency-cache" ? { severity: "advisory" } : {};
}

/** Pods with volumes of their own, which nobody else encrypts or copies. */
function isOfPods(cache: Cache): boolean {
  const runtime = valueAt(cache, "runtime.kind");
  return runtime.known && runtime.value === "sentinel";
}

const failsOver: Rule = {
  id: "cache-fails-over",
  title: "A cache fails over by itself to a node in another zone",
  about: "Without a replica and automatic failover the loss of one node is an outage until a person acts.",
  severity: inProd,
  peers: ["CKV2_AWS_50", "cdk-nag AEC4", "Config elasticache-repl-grp-auto-failover-enabled*"],
  check: eachCache((cache) =>
    onValue<CacheTopology>(cache, "topology", (topology) => {
      const followed = valueAt(cache, "crossRegion.kind");
      if (followed.known && followed.value === "async" && topology.kind === "replicated")
        return {
          ok: topology.replicas >= 1,
          message: `a copy of ${topology.replicas + 1}: any member is read, and a person promotes it`,
          fix: "give it a replica",
          ...milder(cache),
        };
      const replicas =
        topology.kind === "single" ? 0 : topology.kind === "replicated" ? topology.replicas : topology.replicasPerShard;
      const automatic =
        topology.kind === "sharded" || (topology.kind === "replicated" && topology.failover === "automatic");
      return {
        ok: replicas >= 1 && automatic,
        message: `${replicas} replicas, failover ${automatic ? "automatic" : "by hand"}`,
        fix: "give it a replica and automatic failover",
        ...(isOfPods(cache)
          ? { fixByHand: "run it as three members with three Sentinels that watch them, or by an operator that does" }
          : {}),
        ...milder(cache),
      };
    }),
  ),
};

const warmElsewhere: Rule = {
  id: "caches-warm-elsewhere",
  title: "A region that takes over has the entries that its replicas rely on",
  about:
    "A cache of its own that nobody filled is empty on the day when the first region is lost, and a capacity cache that is empty answers nothing.",
  severity: inProd,
  peers: [],
  check: ({ plan }) =>
    (plan?.acrossRegions ?? []).map((across): Finding => {
      const part = partKey("redis-cache", across.workload, plan?.region ?? "");
      if (across.kind === "copied")
        return finding(part, { ok: true, message: `followed in ${across.copies.length} regions`, fix: "" });
      return finding(part, {
        ok: !across.required,
        message: `${across.entries.toLocaleString("en-US")} entries, none of them known in the other regions`,
        fix: `nines:copies.${wordOfWorkload(prefixOfPlan(plan), across.workload)}: { address, tls, lagSeconds, promoteMinutes }; or waive it where writers fill each region`,
        // Nobody asked that a region be survived, or look-ups fill it by themselves.
        ...(plan?.objectives.survive === "region" && across.warmSeconds === null
          ? {}
          : { severity: "advisory" as const }),
      });
    }),
};

const encryptedAtRest: Rule = {
  id: "cache-encrypted-at-rest",
  title: "A cache is encrypted at rest",
  about: "Snapshots and swap hold what the cache holds, and encryption cannot be turned on later.",
  severity: beyondDev,
  peers: ["CKV_AWS_29", "AWS-0045", "cdk-nag AEC3"],
  check: eachCache((cache) =>
    isOfPods(cache)
      ? {
          part: cache.key,
          verdict: "undecided",
          severity: "advisory",
          message: "what its volumes are encrypted with, their class says, which is the cluster's",
          fix: "look at the parameters of the StorageClass",
        }
      : onValue<boolean>(cache, "security.atRest", (ok) => ({
          ok,
          message: `encryption at rest ${ok ? "on" : "off"}`,
          fix: "turn atRestEncryptionEnabled on",
        })),
  ),
};

const encryptedInTransit: Rule = {
  id: "cache-encrypted-in-transit",
  title: "A cache speaks TLS",
  about: "Keys, values and the token cross zones on shared wires.",
  severity: beyondDev,
  peers: ["CKV_AWS_30", "AWS-0051", "cdk-nag AEC3"],
  check: eachCache((cache) =>
    onValue<boolean>(cache, "security.inTransit", (ok) => ({
      ok,
      message: `encryption in transit ${ok ? "on" : "off"}`,
      // Inside a cluster a mesh or the network itself may encrypt, and no object of the cache says so.
      ...(isOfPods(cache)
        ? { fix: "encrypt between pods by a mesh or the network plugin", severity: "advisory" as const }
        : { fix: "turn transitEncryptionEnabled on" }),
    })),
  ),
};

const asksForToken: Rule = {
  id: "cache-asks-for-token",
  title: "A cache asks who is there",
  about: "Without a token everything that reaches the port reads and flushes the cache.",
  severity: beyondDev,
  peers: ["CKV_AWS_31", "cdk-nag AEC6"],
  check: eachCache((cache) =>
    onValue<boolean>(cache, "security.auth", (ok) => ({
      ok,
      message: ok ? "asks for a token or user" : "asks nobody",
      fix: isOfPods(cache)
        ? "set requirepass and masterauth, from a Secret, or an aclfile"
        : "give it an auth token or a user group",
    })),
  ),
};

const snapshots: Rule = {
  id: "cache-snapshots",
  title: "A cache is snapshotted",
  about: "A snapshot warms a replacement; without one a lost capacity cache starts empty under full load.",
  severity: inProd,
  peers: ["CKV_AWS_134", "AWS-0050", "Security Hub ElastiCache.1*"],
  check: eachCache((cache) =>
    onValue<{ readonly keepDays: number } | null>(cache, "snapshots", (kept) => ({
      ok: kept !== null && kept.keepDays >= 1,
      message: kept === null ? "no snapshots" : `snapshots kept ${kept.keepDays} days`,
      ...(isOfPods(cache)
        ? {
            fix: "each member's file outlives it on a volume of its own; snapshot the volumes for the day when all are lost",
            severity: "advisory" as const,
          }
        : { fix: "keep snapshots for a day or more", ...milder(cache) }),
    })),
  ),
};

const evictionFits: Rule = {
  id: "cache-eviction-fits",
  title: "What a full cache does fits its role",
  about:
    "noeviction turns a full cache into write errors, and volatile-* does too where keys do not expire; what a capacity cache must keep is a key without expiry.",
  severity: beyondDev,
  peers: [],
  check: eachCache((cache, subject) => {
    const role = valueAt(cache, "role");
    if (!role.known) return undecided(cache.key, "role", role);
    const eviction = valueAt(cache, "eviction");
    if (!eviction.known) return undecided(cache.key, "eviction", eviction);
    const policy = eviction.value as EvictionPolicy;
    const word = role.value as string;
    // Redis keeps queues and sessions too, and then it must not evict.
    if (policy === "noeviction" && subject.plan === null && isOfPods(cache))
      return {
        part: cache.key,
        verdict: "undecided",
        severity: "advisory",
        message: "noeviction: full, it refuses writes; whether it is a cache or keeps what must stay no object says",
        fix: "of a cache, set maxmemory and maxmemory-policy allkeys-lru",
      };
    if (policy.startsWith("volatile-") && word === "latency-cache") {
      return finding(cache.key, {
        ok: false,
        message: `${policy} for a ${word} evicts only keys that expire`,
        fix: "choose allkeys-lru, or make sure that every key expires and waive this",
        severity: "advisory",
      });
    }
    return finding(cache.key, {
      ok: policy !== "noeviction",
      message: `${policy} for a ${word}`,
      fix: "choose allkeys-lru or allkeys-lfu",
    });
  }),
};

export const redisRules: readonly Rule[] = [
  failsOver,
  majorityLeft,
  warmElsewhere,
  encryptedAtRest,
  encryptedInTransit,
  asksForToken,
  snapshots,
  evictionFits,
];
