import { isUnknown, known, type DemandFile, type ReadPart, type ReplicaGroup } from "../model";

/**
 * Parts of pods with the region and the zones that the demand file states, where the objects themselves leave both to the cluster. What an
 * object says of them (a node affinity) stands.
 */
export function statedPlaces(
  { cluster }: Pick<DemandFile, "cluster">,
  parts: readonly ReadPart[],
): readonly ReadPart[] {
  if (cluster === undefined) return parts;
  const say = <T>(value: T) => known(value, "", "plan");
  return parts.map((part): ReadPart => {
    if (part.kind !== "replica-group" || !isOfPods(part)) return part;
    const { placement, region } = part;
    return {
      ...part,
      region: isElsewhere(region) ? say(cluster.region) : region,
      placement:
        !isUnknown(placement) && placement.kind === "zonal" && isElsewhere(placement.zones)
          ? { ...placement, zones: [...cluster.zones].sort().map(say) }
          : placement,
    };
  });
}

function isOfPods(part: ReadPart<ReplicaGroup>): boolean {
  const { runtime } = part;
  return !isUnknown(runtime) && runtime.kind === "kubernetes";
}

function isElsewhere(reading: unknown): boolean {
  return isUnknown(reading) && reading.why === "elsewhere";
}
