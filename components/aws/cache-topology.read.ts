import {
  known,
  type CacheTopology,
  type Conflict,
  type Leaf,
  type PartKey,
  type ReadPart,
  type RedisCache,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { parameterAt } from "./cache-parameters.read";
import { asFlag, asNumber, leafAt, leafWithDefault, mapLeaf, valueAt } from "./leaf.read";

const PARAMETERS = "parameterGroupName";

type Failover = Extract<CacheTopology, { kind: "replicated" }>["failover"];

/** Alone, with replicas or in shards; and what of it disagrees with itself. */
export function readTopology(
  graph: ResourceGraph,
  cache: Resource,
  part: PartKey,
): { readonly topology: ReadPart<RedisCache>["topology"]; readonly conflicts: readonly Conflict[] } {
  const automatic = leafWithDefault(cache, ["automaticFailoverEnabled"], asFlag);
  const clustered = readClusterMode(graph, cache);
  return {
    topology: clustered.known ? (clustered.value ? sharded(cache) : replicated(cache, automatic)) : clustered,
    conflicts: conflictsOf(graph, cache, part, automatic, clustered),
  };
}

/** `compatible` answers both protocols while a group moves to cluster mode: its keys are in shards already. */
function readClusterMode(graph: ResourceGraph, cache: Resource): Leaf<boolean> {
  const mode = valueAt(cache, "clusterMode");
  if (mode !== undefined) {
    return leafAt(cache, ["clusterMode"], (value) =>
      value === "enabled" || value === "compatible" ? true : value === "disabled" ? false : undefined,
    );
  }
  const parameter = parameterAt(graph, cache, "cluster-enabled", (value) =>
    value === "yes" ? true : value === "no" ? false : undefined,
  );
  // A group that is elsewhere or left out says nothing, but several shards need cluster mode.
  const said = parameter.known && valueAt(cache, PARAMETERS) !== undefined;
  return said || !severalShards(cache) ? parameter : known(true, cache.urn);
}

function severalShards(cache: Resource): boolean {
  return (asNumber(valueAt(cache, "numNodeGroups") ?? null) ?? 1) > 1;
}

function sharded(cache: Resource): ReadPart<RedisCache>["topology"] {
  return {
    kind: "sharded",
    // Cluster mode with no count has one shard.
    shards: leafAt(cache, ["numNodeGroups"], asNumber, { default: 1 }),
    replicasPerShard: leafWithDefault(cache, ["replicasPerNodeGroup"], asNumber),
  };
}

/** Nodes of a group without cluster mode: counted as a whole, or as replicas of its one shard. */
function replicated(cache: Resource, automatic: Leaf<boolean>): ReadPart<RedisCache>["topology"] {
  const asShard =
    valueAt(cache, "numCacheClusters") === undefined && valueAt(cache, "replicasPerNodeGroup") !== undefined;
  const replicas = asShard
    ? leafWithDefault(cache, ["replicasPerNodeGroup"], asNumber)
    : mapLeaf(leafWithDefault(cache, ["numCacheClusters"], asNumber), (nodes) => nodes - 1);
  if (!replicas.known) return replicas;
  if (replicas.value <= 0) return { kind: "single" };
  const failover = mapLeaf(automatic, (on): Failover => (on ? "automatic" : "none"));
  return { kind: "replicated", replicas, failover };
}

function conflictsOf(
  graph: ResourceGraph,
  cache: Resource,
  part: PartKey,
  automatic: Leaf<boolean>,
  clustered: Leaf<boolean>,
): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  // What is left out says nothing that could disagree; what AWS then takes for it and refuses is a rule's business.
  const disagree = (property: string, other: string) => {
    const says = [property, other].map((name) => ({ property: name, value: valueAt(cache, name) }));
    if (says.some(({ value }) => value === undefined)) return;
    conflicts.push({
      part,
      field: "topology",
      says: says.map((each) => ({ urn: cache.urn, ...each, value: each.value ?? null })),
    });
  };
  const mode =
    ["clusterMode", PARAMETERS].find((property) => valueAt(cache, property) !== undefined) ?? "numNodeGroups";
  const parameter = parameterAt(graph, cache, "cluster-enabled", (value) =>
    value === "yes" ? true : value === "no" ? false : undefined,
  );
  if (
    clustered.known &&
    parameter.known &&
    parameter.value !== clustered.value &&
    valueAt(cache, "clusterMode") !== undefined
  )
    disagree("clusterMode", PARAMETERS);
  if (clustered.known && !clustered.value && severalShards(cache)) disagree("numNodeGroups", mode);
  if (clustered.known && clustered.value && valueAt(cache, "numCacheClusters") !== undefined) {
    disagree("numCacheClusters", mode);
  }
  if (clustered.known && clustered.value && automatic.known && !automatic.value) {
    disagree("automaticFailoverEnabled", mode);
  }
  const single = !severalShards(cache) && clustered.known && !clustered.value;
  const nodes = leafWithDefault(cache, ["numCacheClusters"], asNumber);
  const counted = valueAt(cache, "replicasPerNodeGroup") === undefined;
  if (single && counted && nodes.known && nodes.value < 2 && automatic.known && automatic.value) {
    disagree("automaticFailoverEnabled", "numCacheClusters");
  }
  return conflicts;
}
