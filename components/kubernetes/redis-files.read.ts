import {
  isRecord,
  known,
  unknown,
  type EvictionPolicy,
  type Leaf,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asText, inside, listOf, valueAt } from "../leaf.read";
import { indexed, named, nameOf, scopeOf } from "./scope.read";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const POD = ["spec", "template", "spec"] as const;

/** What pods of a server are told: words of their commands, and the files of ConfigMaps that they mount. */
export interface ServerWords {
  readonly urn: string;
  readonly maps: readonly Resource[];
  /** Files of ConfigMaps by name, and every container's command and arguments. */
  readonly text: string;
  /** A file that is not in the program, an image that may bring its own: what is not found may be in it. */
  readonly hidden: boolean;
}

/** Every container of a pod template; initial ones, too. */
export function containersOf(resource: Resource): readonly Value[] {
  return [...listOf(valueAt(resource, ...POD, "containers")), ...listOf(valueAt(resource, ...POD, "initContainers"))];
}

/** Words that a container runs. */
export function wordsOf(container: Value): string {
  return [...listOf(inside(container, "command")), ...listOf(inside(container, "args"))]
    .flatMap((word) => (typeof word === "string" ? [word] : []))
    .join(" ");
}

/** The words of an object's pods. */
export function serverWords(graph: ResourceGraph, resource: Resource): ServerWords {
  const names = listOf(valueAt(resource, ...POD, "volumes")).flatMap((volume) => {
    const name = inside(volume, "configMap", "name");
    return name === undefined ? [] : [asText(name)];
  });
  const found = names.map((name) => (name === undefined ? undefined : named(graph, resource, CONFIG_MAP, name)));
  const maps = found.flatMap((map) => map ?? []);
  const files = maps.flatMap((map) => {
    const data = valueAt(map, "data");
    return isRecord(data) ? Object.values(data).flatMap((text) => (typeof text === "string" ? [text] : [])) : [];
  });
  const keys = maps.flatMap((map) => Object.keys(recordOf(valueAt(map, "data"))));
  const containers = containersOf(resource);
  const flags = containers.map(flagsOf);
  return {
    urn: resource.urn,
    maps,
    text: [...files, ...containers.map(wordsOf), ...flags.map(({ text }) => text)].join("\n"),
    hidden:
      found.includes(undefined) ||
      containers.some((each) => bringsItsOwn(each) || namesAbsentFile(each, keys)) ||
      flags.some(({ hidden }) => hidden),
  };
}

/** The projects' own images add nothing to what a server is told; registries that mirror them keep their path. */
const OFFICIAL =
  /^(?:(?:docker\.io|mirror\.gcr\.io|public\.ecr\.aws\/docker)\/)?(?:library\/)?(?:redis|valkey\/valkey|valkey|redis\/redis-stack-server|redis\/redis-stack)(?:[:@]|$)/;
const SERVES = /(?:^|\/)(?:redis|valkey)[\w-]*(?:[:@]|$)/;

/** A server of somebody's own image with nothing said of what it runs: its entry point may bring any setting. */
function bringsItsOwn(container: Value): boolean {
  const image = asText(inside(container, "image") ?? null) ?? "";
  return SERVES.test(image) && !OFFICIAL.test(image) && listOf(inside(container, "command")).length === 0;
}

/** Is told to read a file that is none of its ConfigMaps'? */
function namesAbsentFile(container: Value, keys: readonly string[]): boolean {
  const files = [...wordsOf(container).matchAll(/(\S+\.conf)(?=\s|["';]|$)/g)].map(([, path = ""]) => path);
  return files.some((path) => !keys.includes(path.slice(path.lastIndexOf("/") + 1)));
}

/** Words that some images hand on to the server. */
function flagsOf(container: Value): { readonly text: string; readonly hidden: boolean } {
  const given = listOf(inside(container, "env")).filter((each) =>
    /^(?:REDIS_ARGS|(?:REDIS|VALKEY)_EXTRA_FLAGS)$/.test(asText(inside(each, "name") ?? null) ?? ""),
  );
  const values = given.map((each) => asText(inside(each, "value") ?? null));
  return { text: values.join(" "), hidden: values.includes(undefined) };
}

function recordOf(value: Value | undefined): Readonly<Record<string, Value>> {
  return isRecord(value) ? value : {};
}

/** A setting of Redis, from a line `name value` of a file or the words `--name value`; the default where it is nowhere. */
export function settingOf<T>(
  { urn, text, hidden }: ServerWords,
  name: string,
  parse: (value: string) => T | undefined,
  otherwise?: T,
): Leaf<T> {
  const said = new RegExp(String.raw`(?:^|\s--)${name}[ \t]+["']?([^\s"']+)`, "m").exec(text)?.[1];
  if (said !== undefined) {
    const parsed = parse(said);
    return parsed === undefined ? unknown(urn, name, "unreadable") : known(parsed, urn);
  }
  if (hidden) return unknown(urn, name, "elsewhere");
  return otherwise === undefined ? unknown(urn, name, "no-default-known") : known(otherwise, urn, "default");
}

/** A value of our own settings.sh; undefined where there is none. */
export function shellValue({ text }: ServerWords, name: string): string | undefined {
  return new RegExp(`^${name}='([^']*)'$`, "m").exec(text)?.[1];
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1000,
  kb: 1024,
  m: 1000 ** 2,
  mb: 1024 ** 2,
  g: 1000 ** 3,
  gb: 1024 ** 3,
};

/** Bytes as Redis writes them: 1gb, 512mb, 1000 (redis.conf, "Note on units"). */
export function redisBytes(value: string): number | undefined {
  const [, digits, unit] = /^(\d+)([a-z]*)$/i.exec(value) ?? [];
  const factor = UNITS[(unit ?? "").toLowerCase()];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

const policies: readonly EvictionPolicy[] = [
  "noeviction",
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
];

export function evictionPolicy(value: string): EvictionPolicy | undefined {
  return policies.find((policy) => policy === value);
}

/** Host of the primary that pods are told to follow, by a line of a file or words of a command; a shell's variable is none. */
export function followed({ text }: ServerWords): string | undefined {
  const host = /(?:^|\s--)(?:replicaof|slaveof)[ \t]+["']?([\w.:-]+)["']?[ \t]+\d+/m.exec(text)?.[1];
  return host?.toLowerCase() === "no" ? undefined : host;
}

/** Whom Sentinels are told to watch: the host of each `sentinel monitor`. */
export function watched({ text }: ServerWords): readonly string[] {
  return [...text.matchAll(/sentinel[ \t]+monitor[ \t]+[\w.-]+[ \t]+([\w.:-]+)[ \t]+\d+/g)].map(
    ([, host = ""]) => host,
  );
}

const SERVICE = "kubernetes:core/v1:Service";

/** Is a host outside the cluster? undefined: an address of digits tells nothing. */
export function isElsewhere(graph: ResourceGraph, beside: Resource, host: string): boolean | undefined {
  if (host === "localhost" || host === "127.0.0.1" || host === "::1") return false;
  if (/^[\d.]+$/.test(host) || host.includes(":")) return undefined;
  const labels = host.split(".");
  if (labels.length === 1 || /\.svc(\.|$)|\.local$/.test(host)) return false;
  // service.namespace, pod.service or pod.service.namespace, as names are completed inside a cluster.
  const [first = "", second = "", ...more] = labels;
  const may = more.length === 0 ? [first, second] : more.length === 1 ? [second] : [];
  const services = indexed(graph, SERVICE, "scope", scopeOf).get(scopeOf(beside)) ?? [];
  return !services.some((each) => may.includes(nameOf(each) ?? ""));
}
