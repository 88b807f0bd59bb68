import {
  isLeaf,
  isUnknown,
  known,
  type DemandFile,
  type Reading,
  type Placement,
  type ReadPart,
  type RedisCache,
  type StatedCluster,
} from "../model";

/**
 * Parts of pods, and doors before them, with the region and the zones that the demand file states, where the objects themselves leave both to the cluster. Of the
 * zones that an object names (a node affinity) those stand that have nodes; where none has, its pods stand nowhere.
 */
export function statedPlaces(
  { cluster }: Pick<DemandFile, "cluster">,
  parts: readonly ReadPart[],
): readonly ReadPart[] {
  if (cluster === undefined) return parts;
  const say = <T>(value: T) => known(value, "", "plan");
  return parts.map((part): ReadPart => {
    if (!isOfCluster(part)) return part;
    const region = isElsewhere(part.region) ? say(cluster.region) : part.region;
    const there = region.known && region.value === cluster.region;
    switch (part.kind) {
      case "replica-group":
        return { ...part, region, placement: there ? placed(part.placement, cluster) : part.placement };
      case "store":
        return { ...part, region, placement: there ? placed(part.placement, cluster) : part.placement };
      case "redis-cache":
        return there
          ? { ...part, region, placement: placed(part.placement, cluster), runtime: watched(part.runtime, cluster) }
          : { ...part, region };
      default:
        return { ...part, region };
    }
  });
}

function placed(placement: Reading<Placement>, { zones: stated }: StatedCluster): Reading<Placement> {
  if (isUnknown(placement) || placement.kind !== "zonal") return placement;
  const { zones } = placement;
  if (isUnknown(zones))
    return isElsewhere(zones)
      ? { ...placement, zones: [...new Set(stated)].sort().map((zone) => known(zone, "", "plan")) }
      : placement;
  return { ...placement, zones: zones.filter((zone) => !zone.known || stated.includes(zone.value)) };
}

/** Sentinels have places of their own. */
function watched(runtime: ReadPart<RedisCache>["runtime"], cluster: StatedCluster): ReadPart<RedisCache>["runtime"] {
  if (isUnknown(runtime) || runtime.kind !== "sentinel" || isLeaf(runtime.sentinels)) return runtime;
  const { sentinels } = runtime;
  return { ...runtime, sentinels: { ...sentinels, placement: placed(sentinels.placement, cluster) } };
}

/** Runtimes of what objects of a cluster make: pods, and the doors before them. */
const OF_CLUSTERS: readonly string[] = ["kubernetes", "sentinel", "gateway-api", "ingress", "service"];

function isOfCluster(part: ReadPart): boolean {
  if (part.kind === "store") return true;
  if (part.kind !== "replica-group" && part.kind !== "redis-cache" && part.kind !== "load-balancer") return false;
  const { runtime } = part;
  return !isUnknown(runtime) && OF_CLUSTERS.includes(runtime.kind);
}

function isElsewhere(reading: unknown): boolean {
  return isUnknown(reading) && reading.why === "elsewhere";
}
