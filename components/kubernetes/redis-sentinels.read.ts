import {
  isUnknown,
  known,
  unknown,
  type Leaf,
  type ReadPart,
  type RedisCache,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { asNumber, asText, inside, leafAt, mapLeaf } from "../leaf.read";
import { podLabels, readPodPlacement } from "./pod-placement.read";
import { containersOf, serverWords, type ServerWords } from "./redis-files.read";
import { isSentinel, SERVER, serverOf } from "./redis-server.read";
import { neighbours } from "./scope.read";
import { claimedGib } from "./volume-class.read";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const DEFAULT_DOWN_AFTER_SECONDS = 30;

type SentinelRuntime = Extract<Exclude<ReadPart<RedisCache>["runtime"], { known: false }>, { kind: "sentinel" }>;

/** Sets beside it that run Sentinels of the same files or of the same labels; the only one of the namespace, where none is alike. */
export function sentinelsOf(graph: ResourceGraph, set: Resource, { maps }: ServerWords): readonly Resource[] {
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

/** Pods that are asked for, or that nobody counts. */
export function runs(watcher: Resource): boolean {
  const count = leafAt(watcher, ["spec", "replicas"], asNumber, { default: 1 });
  return !count.known || count.value > 0;
}

/** How many watch, and where: those of one set, or of the members' own pods; null where nobody does. */
export function readSentinels(
  set: Resource,
  watchers: readonly Resource[],
  automatic: boolean,
): SentinelRuntime["sentinels"] {
  if (!automatic) return known(null, set.urn, "default");
  const running = watchers.filter(runs);
  const [own = set, ...others] = running;
  // Several sets, each in a zone of its own or not: how they are spread together no one of them says.
  if (others.length > 0) return unknown(set.urn, "runtime.sentinels", "unreadable");
  const placement = readPodPlacement(own);
  // The members' set stands for the Part: what tells of the Sentinels' own pods is told of those.
  const ofGroup = <L extends Leaf<unknown>>(leaf: L): L => ({ ...leaf, urn: set.urn });
  return {
    // Those in the members' own pods remember on the members' volumes.
    volumeGib: own === set ? known(0, set.urn, "default") : ofGroup(claimedGib(own)),
    count: ofGroup(leafAt(own, ["spec", "replicas"], asNumber, { default: 1 })),
    placement:
      isUnknown(placement) || placement.kind !== "zonal"
        ? placement
        : {
            ...placement,
            zones: isUnknown(placement.zones) ? ofGroup(placement.zones) : placement.zones.map(ofGroup),
            spread: ofGroup(placement.spread),
          },
  };
}

/** How many Sentinels must agree that the primary is down, and after how long; 30 s where they are told nothing (Redis, sentinel.conf). */
export function readWatch(
  graph: ResourceGraph,
  set: Resource,
  words: ServerWords,
  watchers: readonly Resource[],
  automatic: boolean,
): Pick<SentinelRuntime, "quorum" | "downAfterSeconds"> {
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
