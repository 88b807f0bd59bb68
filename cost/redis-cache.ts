import type { CacheTopology, Range, ReadPart, RedisCache } from "../model";
import { at, isUnknown, textAt } from "../model";
import { costAssumptions } from "./assumptions";
import { type ClusterItem, clusterPrices } from "../catalog/kubernetes";
import { cacheNodeItem } from "../catalog/aws/prices";
import { Bill, type Context, HOURS_PER_MONTH, steady } from "./bill";
import { billVolumes, type Place, placeOf, unpricedIn } from "./cluster-volumes";

/** Nodes of a cache, and its shards. */
function nodesOf(topology: CacheTopology): { readonly nodes: number; readonly shards: number } {
  if (topology.kind === "single") return { nodes: 1, shards: 1 };
  if (topology.kind === "replicated") return { nodes: 1 + topology.replicas, shards: 1 };
  return { nodes: topology.shards * (1 + topology.replicasPerShard), shards: topology.shards };
}

/** Node hours, snapshots and the token's secret of an ElastiCache group; of a group with Sentinels what its nodes do not cover. */
export function billRedisCache(bill: Bill, part: ReadPart<RedisCache>, context: Context): void {
  const runtime = bill.value<string>(part, "cache", "runtime", "kind");
  if (runtime === undefined) return;
  if (runtime === "elasticache-serverless") {
    bill.unpriced(part.key, "elasticache serverless data", "needs demand");
    bill.unpriced(part.key, "elasticache serverless ECPU", "needs demand");
    return;
  }
  // Pods are carried by nodes, which are billed as a pool.
  if (runtime === "sentinel") {
    const place = placeOf(bill, part, context);
    if (place === undefined) return;
    billVolumes(bill, part, ["runtime", "volume"], membersOf(part), place, sentinelGib(bill, part));
    if (bill.value<string>(part, "copies", "crossRegion", "kind") === "copied") {
      billCopies(bill, part, place, context);
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

/** What Sentinels remember; 0 where nobody watches. */
function sentinelGib(bill: Bill, part: ReadPart<RedisCache>): number {
  const found = at(part, "runtime", "sentinels");
  if (found.known && found.value === null) return 0;
  const count = bill.value<number>(part, "volume-gb-month", "runtime", "sentinels", "count");
  const each = bill.value<number>(part, "volume-gb-month", "runtime", "sentinels", "volumeGib");
  return (count ?? 0) * (each ?? 0);
}

/** What leads copies in, one more balancer of the cloud's, and what each of them is sent. */
function billCopies(bill: Bill, part: ReadPart<RedisCache>, { region, nodes, own }: Place, { parts }: Context): void {
  const add = (item: ClusterItem, quantity: number, more: string): void => {
    const rows = clusterPrices(item, nodes?.platform ?? "other", region, own);
    if (rows.length === 0) return bill.unpriced(part.key, item, `of copies: ${unpricedIn({ region, nodes })}`);
    bill.addTiers(
      part.key,
      item,
      rows.map((row) => ({ ...row, unit: `${row.unit}${more}` })),
      steady(quantity),
    );
  };
  add("balancer-hour", HOURS_PER_MONTH, "");
  const usableMiB = bill.value<number>(part, "between-regions-gb", "node", "usableMiB");
  const copies = [...parts.values()].filter((each) => textAt(each, "crossRegion", "peer") === part.key).length;
  const { value: times } = costAssumptions.copiedPerDay;
  if (usableMiB === undefined || copies === 0) return;
  add(
    "between-regions-gb",
    ((usableMiB / 1024) * copies * times * HOURS_PER_MONTH) / 24,
    `, if all that it may hold is written ${times === 1 ? "once" : `${times} times`} a day`,
  );
}

/** Members that have a volume each; undefined: not known. */
function membersOf(part: ReadPart<RedisCache>): Range | undefined {
  const topology = at(part, "topology");
  if (!topology.known) return undefined;
  const found = topology.value as CacheTopology;
  return Object.values(found).some(isUnknown) ? undefined : steady(nodesOf(found).nodes);
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
