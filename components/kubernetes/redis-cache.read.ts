import { memoryMiB } from "../../catalog/kubernetes/quantity";
import {
  readsTogether,
  known,
  roleOfEviction,
  unknown,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type RedisCache,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asNumber, asText, bothLeaves, inside, leafAt, leafOf, listOf, mapLeaf, valueAt } from "../leaf.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { goesOn, readAsked } from "./pod-amounts.read";
import { readPodPlacement } from "./pod-placement.read";
import { claimsOf } from "./redis-cache-claims.read";
import { redisCacheInputs } from "./redis-cache-inputs.read";
import { readCrossRegion } from "./redis-copies.read";
import {
  containersOf,
  evictionPolicy,
  redisBytes,
  serverWords,
  settingOf,
  shellValue,
  type ServerWords,
} from "./redis-files.read";
import { readSentinels, readWatch, runs, sentinelsOf } from "./redis-sentinels.read";
import { containersIn, isSentinel, SERVER, serverOf } from "./redis-server.read";
import { readMemberVolume } from "./volume-class.read";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const DEFAULT_PORT = 6379;
const CONTAINERS = "spec.template.spec.containers[]";
const MIB = 1024 * 1024;

const asWhole = (value: string): number | undefined => (/^\d+$/.test(value) ? Number(value) : undefined);

/** Reads StatefulSets, and Deployments of nothing else, that run Redis or Valkey, whoever wrote them, with the Sentinels that watch them. */
export const redisCacheReader: PartReader = { read, inputs: redisCacheInputs };

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  // Beside a program of its own, Redis is that program's helper.
  const alone = graph.ofType(DEPLOYMENT).filter((each) => serverOf(each) === containersIn(each)[0]);
  const sets = [...graph.ofType(STATEFUL_SET), ...alone].filter(({ urn }) => !claimed.has(urn));
  // A password that copies of several regions share is claimed by the first of them.
  const taken = new Set(claimed);
  const reads = sets
    .filter((set) => serverOf(set) !== undefined)
    .map((set) => {
      const found = readCache(graph, set, taken);
      for (const { urn } of found.claims) taken.add(urn);
      return found;
    });
  return readsTogether(reads);
}

function readCache(graph: ResourceGraph, set: Resource, claimed: ReadonlySet<string>): Read {
  const key = keyOf("redis-cache", graph, set);
  const container = serverOf(set) ?? null;
  const words = serverWords(graph, set);
  const watchers = sentinelsOf(graph, set, words);
  // Who is scaled to none watches nobody.
  const automatic = watchers.some(runs) || containersOf(set).some(isSentinel);
  const eviction = settingOf(words, "maxmemory-policy", evictionPolicy, "noeviction");
  const memory = limitOf(set, container);
  const { volume, classes } = readMemberVolume(graph, set);
  const spec = valueAt(set, "spec", "template", "spec");
  const first = listOf(inside(spec, "initContainers")).filter(goesOn);
  const running = [...listOf(inside(spec, "containers")), ...first];
  const part: ReadPart<RedisCache> = {
    kind: "redis-cache",
    key,
    workload: wordOf(graph, set),
    region: regionOf(set),
    engine: readEngine(set, container),
    topology: readTopology(set, words, automatic),
    placement: readPodPlacement(set),
    node: {
      name: known("pod", set.urn, "default"),
      memoryMiB: memory,
      usableMiB: readUsable(words, memory),
    },
    port: leafOf(
      inside(listOf(inside(container, "ports"))[0], "containerPort"),
      { urn: set.urn, property: "spec.template.spec.containers[].ports[].containerPort" },
      asNumber,
      { default: DEFAULT_PORT },
    ),
    eviction,
    role: mapLeaf(eviction, roleOfEviction),
    crossRegion: readCrossRegion(graph, set, words),
    security: {
      // The class of the volumes says it, and no object of the program.
      atRest: known(false, set.urn, "default"),
      inTransit: mapLeaf(settingOf(words, "tls-port", redisBytes, 0), (port) => port > 0),
      auth: readAuth(set, container, words),
    },
    snapshots: known(null, set.urn, "default"),
    runtime: {
      kind: "sentinel",
      sentinels: readSentinels(set, watchers, automatic),
      ...readWatch(graph, set, words, watchers, automatic),
      member: {
        cpuMillis: readAsked(spec, running, { urn: set.urn, property: CONTAINERS }, "cpu"),
        memoryMiB: readAsked(spec, running, { urn: set.urn, property: CONTAINERS }, "memory"),
      },
      minReplicasToWrite: settingOf(words, "min-replicas-to-write", asWhole, 0),
      volume: mountsClaim(set)
        ? { ...volume, gib: unknown(set.urn, "spec.template.spec.volumes[].persistentVolumeClaim", "elsewhere") }
        : volume,
    },
  };
  return {
    parts: [part],
    claims: claimsOf(graph, set, { part: key, words, watchers, classes, claimed }),
    conflicts: [],
  };
}

function readEngine(set: Resource, container: Value): ReadPart<RedisCache>["engine"] {
  const at = { urn: set.urn, property: "spec.template.spec.containers[].image" };
  const image = inside(container, "image");
  return {
    name: leafOf(image, at, (value) => {
      const name = SERVER.exec(asText(value) ?? "")?.[1];
      return name === "redis" || name === "valkey" ? name : undefined;
    }),
    version: leafOf(image, at, (value) => /^\d+(?:\.\d+)*/.exec(SERVER.exec(asText(value) ?? "")?.[2] ?? "")?.[0]),
  };
}

/** Members that follow one: what fails over is told by Sentinels. Several that follow nobody are no group. */
function readTopology(set: Resource, words: ServerWords, automatic: boolean): ReadPart<RedisCache>["topology"] {
  const count = leafAt(set, ["spec", "replicas"], asNumber, { default: 1 });
  if (!count.known) return count;
  if (count.value <= 1) return { kind: "single" };
  if (!automatic && !/\b(?:replicaof|slaveof|REPLICATION_MODE)\b/i.test(words.text))
    return unknown(set.urn, "spec.replicas", "unreadable");
  return {
    kind: "replicated",
    replicas: { ...count, value: count.value - 1 },
    failover: known(automatic ? "automatic" : "none", set.urn),
  };
}

/** A claim that is none of the set's own keeps what is on it, and keeps its pod in its zone. */
function mountsClaim(set: Resource): boolean {
  const volumes = listOf(valueAt(set, "spec", "template", "spec", "volumes"));
  return (
    valueAt(set, "spec", "volumeClaimTemplates") === undefined &&
    volumes.some((each) => inside(each, "persistentVolumeClaim") !== undefined)
  );
}

/** What its container may have at most; without a word of that, what is kept for it. */
function limitOf(set: Resource, container: Value): Leaf<number> {
  return leafOf(
    inside(container, "resources", "limits", "memory") ?? inside(container, "resources", "requests", "memory"),
    { urn: set.urn, property: `${CONTAINERS}.resources.limits.memory` },
    (value) => (typeof value === "string" || typeof value === "number" ? memoryMiB(value) : undefined),
  );
}

/** What it may hold; without a word it goes on until its container's memory is gone. */
function readUsable(words: ServerWords, memory: Leaf<number>): Leaf<number> {
  const said = settingOf(words, "maxmemory", redisBytes, 0);
  return said.known && said.value === 0 ? memory : bothLeaves(said, said, (bytes) => Math.floor(bytes / MIB));
}

function readAuth(set: Resource, container: Value, words: ServerWords): Leaf<boolean> {
  const ours = shellValue(words, "PASSWORD_FILE");
  if (ours !== undefined) return known(ours !== "", set.urn);
  const variables = listOf(inside(container, "env")).map((each) => ({
    name: asText(inside(each, "name") ?? null) ?? "",
    value: asText(inside(each, "value") ?? null),
  }));
  const told = variables.some(
    ({ name, value }) => /^(?:(?:REDIS|VALKEY)_PASSWORD|REDIS_AUTH$|REDISCLI_AUTH$)/.test(name) && value !== "",
  );
  if (!told && /(?:^|\s|--)requirepass[ \t]+(?:""|'')(?:\s|$)/m.test(words.text)) return known(false, set.urn);
  if (told || /(?:^|\s|--)(?:requirepass|masterauth)["'\s]/m.test(words.text)) return known(true, set.urn);
  // Users of its own, each with a password or without.
  if (/(?:^|\s|--)(?:aclfile|user)\s/m.test(words.text)) return unknown(set.urn, "aclfile", "unreadable");
  // An image that refuses to start without a password is told to do without.
  if (variables.some(({ name, value }) => name === "ALLOW_EMPTY_PASSWORD" && /^(?:1|yes|true)$/i.test(value ?? "")))
    return known(false, set.urn);
  return words.hidden ? unknown(set.urn, "requirepass", "elsewhere") : known(false, set.urn, "default");
}
