import { listAt, numberAt, textAt, type Basis, type PartKey, type Range, type ReadPart, type Report } from "../model";
import { basisOf } from "./report";

/** How many copies of one workload a stack runs, and where. */
export interface Replicas {
  readonly part: PartKey;
  readonly workload: string;
  /** At the scaler's floor, over the day, at its ceiling. */
  readonly count: Range;
  /** The floor's split over the zones, as balanced as it goes; null where zones are not named or not known. */
  readonly zones: readonly number[] | null;
}

/** Replica groups, then caches of a report, by name: as built, or as planned where nothing was run. A count that is not known is left out. */
export function replicasOf(report: Report): readonly Replicas[] {
  const basis = basisOf(report);
  const counted: Replicas[] = [];
  for (const part of report.built) {
    const count = countOf(part, basis);
    if (count === null) continue;
    const zones = listAt(part, "placement", "zones")?.length;
    const split = textAt(part, "placement", "kind") === "zonal" && zones !== undefined && zones > 0;
    counted.push({ part: part.key, workload: part.workload, count, zones: split ? spread(count.min, zones) : null });
  }
  const kindOf = (part: PartKey): string => (part.startsWith("replica-group/") ? "0" : "1");
  const order = (each: Replicas): string => `${kindOf(each.part)} ${each.part}`;
  return counted.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}

function countOf(part: ReadPart, basis: Basis | null): Range | null {
  if (part.kind === "redis-cache") {
    const nodes = cacheNodes(part);
    return nodes === undefined ? null : { min: nodes, expected: nodes, max: nodes };
  }
  if (part.kind !== "replica-group") return null;
  const fixed = numberAt(part, "scaling", "count");
  if (fixed !== undefined) return { min: fixed, expected: fixed, max: fixed };
  const min = numberAt(part, "scaling", "min");
  const max = numberAt(part, "scaling", "max");
  if (min === undefined || max === undefined) return null;
  const mean = basis?.demand.find((demand) => demand.part === part.key)?.replicasAtMean ?? min;
  return { min, expected: Math.min(max, Math.max(min, mean)), max };
}

function cacheNodes(part: ReadPart): number | undefined {
  switch (textAt(part, "topology", "kind")) {
    case "single":
      return 1;
    case "replicated": {
      const replicas = numberAt(part, "topology", "replicas");
      return replicas === undefined ? undefined : replicas + 1;
    }
    case "sharded": {
      const shards = numberAt(part, "topology", "shards");
      const each = numberAt(part, "topology", "replicasPerShard");
      return shards === undefined || each === undefined ? undefined : shards * (each + 1);
    }
    default:
      return undefined;
  }
}

/** As even as it goes, the first zones hold one more. */
function spread(count: number, zones: number): readonly number[] {
  return Array.from({ length: zones }, (_, zone) => Math.floor(count / zones) + (zone < count % zones ? 1 : 0));
}
