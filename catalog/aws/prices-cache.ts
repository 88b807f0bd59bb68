import type { PriceSourceKey } from "./price-sources";
import type { CacheEngine, PriceGrade, PriceTable, InstanceCell, InstanceItem } from "./price-row";

/** ElastiCache beside its nodes. */
export const cachePrices = {
  "elasticache-backup-gb-month": [["us-east-1", 0.085, "infracost", "B"]],
  "elasticache-serverless-valkey-gb-hour": [["us-east-1", 0.084, "usage-ai", "C"]],
  "elasticache-serverless-valkey-ecpu-million": [["us-east-1", 0.0023, "usage-ai", "C"]],
  "global-datastore-gb": [
    ["us-east-1", 0.02, "price-api-elasticache", "A"],
    ["eu-west-1", 0.02, "price-api-elasticache", "A"],
  ],
} as const satisfies PriceTable;

type NodePrices = readonly [
  node: string,
  usEast1: readonly [number, number],
  euWest1?: readonly [number, number],
  euCentral1?: readonly [number, number],
  apNortheast1?: readonly [number, number],
];

/** USD an hour, Redis OSS then Valkey; us-west-2 equals us-east-1 for every one of them in the same scrape. Sizes do not double exactly, so each is stored. */
const nodePrices: readonly NodePrices[] = [
  ["cache.t4g.micro", [0.016, 0.0128], [0.017, 0.0136], [0.018, 0.0144], [0.025, 0.02]],
  ["cache.t4g.small", [0.032, 0.0256], [0.034, 0.0272], [0.036, 0.0288], [0.049, 0.0392]],
  ["cache.t4g.medium", [0.065, 0.052], [0.068, 0.0544], [0.072, 0.0576], [0.098, 0.0784]],
  ["cache.m6g.large", [0.149, 0.1192], [0.164, 0.1312], [0.177, 0.1416], [0.191, 0.1528]],
  ["cache.m6g.xlarge", [0.297, 0.2376], [0.327, 0.2616], [0.354, 0.2832], [0.382, 0.3056]],
  ["cache.m7g.large", [0.158, 0.1264], [0.174, 0.1392], [0.188, 0.1504], [0.202, 0.1616]],
  ["cache.m7g.xlarge", [0.315, 0.252], [0.347, 0.2776], [0.375, 0.3], [0.405, 0.324]],
  ["cache.m7g.2xlarge", [0.629, 0.5032], [0.693, 0.5544], [0.749, 0.5992], [0.81, 0.648]],
  ["cache.m7g.4xlarge", [1.257, 1.0056], [1.386, 1.1088], [1.499, 1.1992], [1.62, 1.296]],
  ["cache.r6g.large", [0.206, 0.1648], [0.229, 0.1832], [0.247, 0.1976], [0.247, 0.1976]],
  ["cache.r6g.xlarge", [0.411, 0.3288], [0.458, 0.3664], [0.494, 0.3952], [0.493, 0.3944]],
  ["cache.r6g.2xlarge", [0.821, 0.6568], [0.916, 0.7328], [0.988, 0.7904], [0.985, 0.788]],
  ["cache.r6g.4xlarge", [1.642, 1.3136], [1.832, 1.4656], [1.976, 1.5808], [1.969, 1.5752]],
  ["cache.r7g.large", [0.219, 0.1752], [0.243, 0.1944], [0.263, 0.2104], [0.263, 0.2104]],
  ["cache.r7g.xlarge", [0.437, 0.3496], [0.487, 0.3896], [0.525, 0.42], [0.524, 0.4192]],
  ["cache.r7g.2xlarge", [0.873, 0.6984], [0.974, 0.7792], [1.05, 0.84], [1.047, 0.8376]],
  ["cache.r7g.4xlarge", [1.745, 1.396], [1.947, 1.5576], [2.1, 1.68], [2.093, 1.6744]],
  ["cache.r7g.8xlarge", [3.491, 2.7928], [3.895, 3.116], [4.201, 3.3608], [4.185, 3.348]],
  ["cache.r6gd.xlarge", [0.781, 0.6248], [0.87, 0.696], [0.939, 0.7512], [0.937, 0.7496]],
  ["cache.c7gn.large", [0.255, 0.204], [0.288, 0.2304]],
];

/** Nodes that only part is known of: region, engine, USD an hour. */
const otherNodePrices: readonly CacheNodeCell[] = [
  ...(["us-east-1", "us-west-2"] as const).flatMap((region): CacheNodeCell[] => [
    ["cache.t3.micro", "redis", region, 0.017, "leaner-cloud", "A"],
    ["cache.t3.small", "redis", region, 0.034, "leaner-cloud", "A"],
    ["cache.t3.medium", "redis", region, 0.068, "leaner-cloud", "A"],
    ["cache.t3.micro", "valkey", region, 0.0136, "valkey-share", "D"],
    ["cache.t3.small", "valkey", region, 0.0272, "valkey-share", "D"],
    ["cache.t3.medium", "valkey", region, 0.0544, "valkey-share", "D"],
  ]),
  ["cache.m8g.large", "valkey", "us-east-1", 0.1266, "price-list-elasticache", "A"],
  ["cache.r8g.large", "valkey", "us-east-1", 0.1756, "price-list-elasticache", "A"],
  ["cache.r8g.large", "valkey", "us-west-2", 0.1756, "price-list-elasticache", "A"],
];

type CacheNodeCell = readonly [
  node: string,
  engine: CacheEngine,
  region: string,
  usd: number,
  source: PriceSourceKey,
  grade: PriceGrade,
];

/** The item that a cache node's hour is billed as. */
export function cacheNodeItem(engine: CacheEngine, node: string): InstanceItem {
  return `cache-node-hour:${engine}:${node}`;
}

/** Every node price that is known, one row a node, engine and region. */
export function cacheNodeCells(): readonly InstanceCell[] {
  const regional = nodePrices.flatMap(([node, usEast1, euWest1, euCentral1, apNortheast1]) =>
    (
      [
        ["us-east-1", usEast1],
        ["us-west-2", usEast1],
        ["eu-west-1", euWest1],
        ["eu-central-1", euCentral1],
        ["ap-northeast-1", apNortheast1],
      ] as const
    ).flatMap(([region, usd]): CacheNodeCell[] =>
      usd === undefined
        ? []
        : [
            [node, "redis", region, usd[0], "leaner-cloud", "A"],
            [node, "valkey", region, usd[1], "leaner-cloud", "A"],
          ],
    ),
  );
  return [...regional, ...otherNodePrices].map(([node, engine, ...priced]) => [cacheNodeItem(engine, node), ...priced]);
}
