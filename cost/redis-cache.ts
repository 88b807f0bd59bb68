import type { CacheTopology, ReadPart, RedisCache } from "../model";
import { at, isUnknown } from "../model";
import { cacheNodeItem } from "../catalog/aws/prices";
import { Bill, type Context, HOURS_PER_MONTH, steady } from "./bill";

/** Nodes of a cache, and its shards. */
function nodesOf(topology: CacheTopology): { readonly nodes: number; readonly shards: number } {
  if (topology.kind === "single") return { nodes: 1, shards: 1 };
  if (topology.kind === "replicated") return { nodes: 1 + topology.replicas, shards: 1 };
  return { nodes: topology.shards * (1 + topology.replicasPerShard), shards: topology.shards };
}

/** Node hours, snapshots and the token's secret of an ElastiCache group; of a group with Sentinels what its nodes do not cover. */
export function billRedisCache(bill: Bill, part: ReadPart<RedisCache>, { basis }: Pick<Context, "basis">): void {
  const runtime = bill.value<string>(part, "cache", "runtime", "kind");
  if (runtime === undefined) return;
  if (runtime === "elasticache-serverless") {
    bill.unpriced(part.key, "elasticache serverless data", "needs demand");
    bill.unpriced(part.key, "elasticache serverless ECPU", "needs demand");
    return;
  }
  // Pods are carried by nodes, which are billed as a pool; their volumes are not.
  if (runtime === "sentinel") {
    if (basis?.nodes === undefined) bill.unpriced(part.key, "nodes", "what a node holds and costs is not told");
    bill.unpriced(part.key, "volumes", "their class says what they cost, and no Part holds it");
    if (bill.value<string>(part, "copies", "crossRegion", "kind") === "copied") {
      bill.unpriced(part.key, "balancer of copies", "the cluster's controller makes it");
      bill.unpriced(part.key, "transfer to copies", "how much is written nobody says");
    }
    return;
  }
  if (runtime !== "elasticache") {
    bill.unpriced(part.key, "cache", `no prices for runtime ${runtime}`);
    return;
  }
  const region = bill.value<string>(part, "cache", "region");
  const topology = bill.value<CacheTopology>(part, "cache", "topology");
  const engine = bill.value<"redis" | "valkey">(part, "cache", "engine", "name");
  const node = bill.value<string>(part, "cache", "node", "name");
  if (region === undefined || topology === undefined) return;
  const inner = Object.values(topology).find(isUnknown);
  if (inner !== undefined) {
    bill.unpriced(part.key, "cache", `topology is not known`);
    return;
  }
  const { nodes, shards } = nodesOf(topology);
  if (engine !== undefined && node !== undefined)
    bill.add(part.key, region, cacheNodeItem(engine, node), steady(nodes * HOURS_PER_MONTH));
  billSnapshots(bill, part, region, shards);
  const auth = bill.value<boolean>(part, "secret-month", "security", "auth");
  if (auth === true) bill.add(part.key, region, "secret-month", steady(1));
}

/** Each snapshot kept holds what a shard holds at most: an upper bound. */
function billSnapshots(bill: Bill, part: ReadPart<RedisCache>, region: string, shards: number): void {
  const snapshots = at(part, "snapshots");
  if (snapshots.known && snapshots.value === null) return;
  const keepDays = bill.value<number>(part, "snapshots", "snapshots", "keepDays");
  const everyHours = bill.value<number>(part, "snapshots", "snapshots", "everyHours");
  const usableMiB = bill.value<number>(part, "snapshots", "node", "usableMiB");
  if (keepDays === undefined || everyHours === undefined || usableMiB === undefined || everyHours <= 0) return;
  bill.add(
    part.key,
    region,
    "elasticache-backup-gb-month",
    steady((shards * (usableMiB / 1024) * keepDays * 24) / everyHours),
    true,
  );
}
