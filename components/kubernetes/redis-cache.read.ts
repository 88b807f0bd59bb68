import { memoryMiB } from "../../catalog/kubernetes/quantity";
import {
  readsTogether,
  known,
  roleOfEviction,
  unknown,
  type Claim,
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
import { podLabels, readPodPlacement } from "./pod-placement.read";
import { redisCacheInputs } from "./redis-cache-inputs.read";
import {
  containersOf,
  evictionPolicy,
  followed,
  isElsewhere,
  redisBytes,
  serverWords,
  settingOf,
  shellValue,
  wordsOf,
  type ServerWords,
} from "./redis-files.read";
import { chooses, named, neighbours, selects } from "./scope.read";
import { readMemberVolume } from "./volume-class.read";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const SECRET = "kubernetes:core/v1:Secret";
const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const POD = ["spec", "template", "spec"] as const;
const DEFAULT_PORT = 6379;
const DEFAULT_DOWN_AFTER_SECONDS = 30;
const MIB = 1024 * 1024;

type ReadRuntime = Exclude<ReadPart<RedisCache>["runtime"], { known: false }>;

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

const SERVER = /(?:^|\/)(redis|valkey)(?:-(?:stack-)?server|-stack)?(?::([^@]+))?(?:@.*)?$/;

/** Does a container run a Sentinel? Its image is the server's: only its words tell. */
function isSentinel(container: Value): boolean {
  return /sentinel/.test(`${asText(inside(container, "name") ?? null) ?? ""} ${wordsOf(container)}`);
}

function containersIn(set: Resource): readonly Value[] {
  return listOf(valueAt(set, ...POD, "containers"));
}

/** The container that holds the data. */
function serverOf(set: Resource): Value | undefined {
  return containersIn(set).find(
    (each) => SERVER.test(asText(inside(each, "image") ?? null) ?? "") && !isSentinel(each),
  );
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
      ...readWatch(graph, set, words, watchers, automatic),
      minReplicasToWrite: settingOf(words, "min-replicas-to-write", asWhole, 0),
      volume,
    },
  };
  return {
    parts: [part],
    claims: claimsOf(graph, set, { part: key, words, watchers, classes, claimed }),
    conflicts: [],
  };
}

/** Sets beside it that run Sentinels of the same files or of the same labels; the only one of the namespace, where none is alike. */
function sentinelsOf(graph: ResourceGraph, set: Resource, { maps }: ServerWords): readonly Resource[] {
  const all = [...neighbours(graph, set, STATEFUL_SET), ...neighbours(graph, set, DEPLOYMENT)].filter(
    (each) =>
      each !== set &&
      serverOf(each) === undefined &&
      containersOf(each).some((one) => SERVER.test(asText(inside(one, "image") ?? null) ?? "") && isSentinel(one)),
  );
  const own = all.filter((each) => serverWords(graph, each).maps.some((map) => maps.includes(map)));
  if (own.length > 0) return own;
  const instance = podLabels(set).get("app.kubernetes.io/instance");
  const alike = all.filter((each) => podLabels(each).get("app.kubernetes.io/instance") === instance);
  if (alike.length > 0 && instance !== undefined) return alike;
  // The only ones of a namespace watch the only server there.
  const servers = neighbours(graph, set, STATEFUL_SET).filter((each) => serverOf(each) !== undefined);
  return all.length === 1 && servers.length === 1 ? all : [];
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

function limitOf(set: Resource, container: Value): Leaf<number> {
  return leafOf(
    inside(container, "resources", "limits", "memory"),
    { urn: set.urn, property: "spec.template.spec.containers[].resources.limits.memory" },
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
  const told = listOf(inside(container, "env")).some((each) =>
    /^(?:(?:REDIS|VALKEY)_PASSWORD|REDIS_AUTH$|REDISCLI_AUTH$)/.test(asText(inside(each, "name") ?? null) ?? ""),
  );
  if (told || /(?:^|\s|--)(?:requirepass|masterauth)["'\s]/m.test(words.text)) return known(true, set.urn);
  // Users of its own, each with a password or without.
  if (/(?:^|\s|--)(?:aclfile|user)\s/m.test(words.text)) return unknown(set.urn, "aclfile", "unreadable");
  return words.hidden ? unknown(set.urn, "requirepass", "elsewhere") : known(false, set.urn, "default");
}

/** Pods that are asked for, or that nobody counts. */
function runs(watcher: Resource): boolean {
  const count = leafAt(watcher, ["spec", "replicas"], asNumber, { default: 1 });
  return !count.known || count.value > 0;
}

/** Whom it follows elsewhere, by the name of that group where the same program builds it; else whether others may follow it. */
function readCrossRegion(graph: ResourceGraph, set: Resource, words: ServerWords): ReadPart<RedisCache>["crossRegion"] {
  const group = shellValue(words, "COPY_OF_GROUP") ?? "";
  const told = followed(words);
  const outside = told !== undefined && isElsewhere(graph, set, told) === true;
  if (outside || group !== "" || (shellValue(words, "COPY_OF") ?? "") !== "") {
    const peer = outside
      ? undefined
      : graph
          .ofType(STATEFUL_SET)
          .find((each) => serverOf(each) !== undefined && shellValue(serverWords(graph, each), "GROUP") === group);
    return {
      kind: "async",
      peer:
        peer === undefined
          ? unknown(set.urn, "copyOf", "elsewhere")
          : known(keyOf("redis-cache", graph, peer), set.urn),
      promotion: known("manual", set.urn),
    };
  }
  const proxies = proxiesOf(graph, set, words, []).map(podLabels);
  for (const service of neighbours(graph, set, SERVICE)) {
    const port = listOf(valueAt(service, "spec", "ports")).find((each) => inside(each, "targetPort") === "copies");
    if (port === undefined || !proxies.some((own) => chooses(valueAt(service, "spec", "selector"), own))) continue;
    return {
      kind: "copied",
      port: leafOf(inside(port, "port"), { urn: service.urn, property: "spec.ports[].port" }, asNumber),
    };
  }
  return { kind: "none" };
}

/** Deployments that mount the same files. */
function proxiesOf(
  graph: ResourceGraph,
  set: Resource,
  { maps }: ServerWords,
  watchers: readonly Resource[],
): readonly Resource[] {
  return neighbours(graph, set, DEPLOYMENT).filter(
    (each) => !watchers.includes(each) && serverWords(graph, each).maps.some((map) => maps.includes(map)),
  );
}

/** How many Sentinels must agree that the primary is down, and after how long; 30 s where they are told nothing (Redis, sentinel.conf). */
function readWatch(
  graph: ResourceGraph,
  set: Resource,
  words: ServerWords,
  watchers: readonly Resource[],
  automatic: boolean,
): Pick<Extract<ReadRuntime, { kind: "sentinel" }>, "quorum" | "downAfterSeconds"> {
  if (!automatic) return { quorum: known(null, set.urn, "default"), downAfterSeconds: known(null, set.urn, "default") };
  const texts = [words, ...watchers.map((each) => serverWords(graph, each))];
  const said = (pattern: RegExp, name: string): Leaf<number | null> => {
    const found = texts.flatMap((each) => pattern.exec(each.text)?.[1] ?? [])[0];
    return found === undefined ? unknown(set.urn, name, "unreadable") : known(Number(found), set.urn);
  };
  const after = said(/sentinel down-after-milliseconds \S+ (\d+)/, "sentinel down-after-milliseconds");
  return {
    quorum: said(/(?:^QUORUM='|sentinel monitor \S+ \S+ \d+ )(\d+)/m, "sentinel monitor"),
    downAfterSeconds:
      !after.known && !texts.some(({ hidden }) => hidden)
        ? known(DEFAULT_DOWN_AFTER_SECONDS, set.urn, "default")
        : mapLeaf(after, (ms) => (ms === null ? null : ms / 1000)),
  };
}

function claimsOf(
  graph: ResourceGraph,
  set: Resource,
  found: {
    readonly part: Claim["part"];
    readonly words: ServerWords;
    readonly watchers: readonly Resource[];
    readonly classes: readonly Resource[];
    readonly claimed: ReadonlySet<string>;
  },
): readonly Claim[] {
  const { part, words, watchers, classes, claimed } = found;
  const { maps } = words;
  const proxies = proxiesOf(graph, set, words, watchers);
  const pods = [set, ...watchers, ...proxies];
  const labels = pods.map(podLabels);
  const selecting = (type: string, matches: (each: Resource, own: ReadonlyMap<string, string>) => boolean) =>
    neighbours(graph, set, type).filter((each) => labels.some((own) => matches(each, own)));
  const secrets = pods.flatMap((each) => secretsOf(graph, each));
  const nothing = [
    ...selecting(SERVICE, (each, own) => chooses(valueAt(each, "spec", "selector"), own)),
    ...selecting(BUDGET, (each, own) => selects(valueAt(each, "spec", "selector"), own)),
    ...selecting(POLICY, (each, own) => selects(valueAt(each, "spec", "podSelector"), own)),
    ...pods.flatMap((each) => {
      const account = asText(valueAt(each, ...POD, "serviceAccountName") ?? null);
      return account === undefined ? [] : (named(graph, each, ACCOUNT, account) ?? []);
    }),
    ...secrets,
    ...secrets.flatMap((secret) => graph.referenced(secret, "stringData", PASSWORD)),
    ...proxies,
  ].filter(({ urn }) => !claimed.has(urn));
  const claim =
    (carries: Claim["carries"]) =>
    (resource: Resource): Claim => ({ urn: resource.urn, part, carries });
  return [...nothing.map(claim("nothing")), ...[set, ...watchers, ...maps, ...classes].map(claim("fields"))];
}

/** Secrets that pods mount, and what fetches them. */
function secretsOf(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  return listOf(valueAt(resource, ...POD, "volumes")).flatMap((volume) => {
    const name = asText(inside(volume, "secret", "secretName") ?? null);
    if (name === undefined) return [];
    return [
      ...[named(graph, resource, SECRET, name)].flatMap((each) => each ?? []),
      ...neighbours(graph, resource, EXTERNAL_SECRET).filter(
        (each) => asText(valueAt(each, "spec", "target", "name") ?? null) === name,
      ),
    ];
  });
}
