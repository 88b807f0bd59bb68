import type { Source } from "../../model";
import type { CacheEngine, PriceRow } from "./price-row";
import { cacheNodeItem, type PriceOverride, price } from "./prices";

/** One ElastiCache node type. */
export interface CacheNode {
  /** For example cache.r7g.large. */
  readonly name: string;
  /** For example r7g. */
  readonly family: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  /** The engine's maxmemory before the reserve; it cannot be changed. */
  readonly maxmemoryBytes: number;
  /** Client connections. */
  readonly clientLimit: number;
  /** Network, Gbit/s; null: not found. */
  readonly baselineGbps: number | null;
  readonly burstGbps: number | null;
  /** CPU runs on credits. */
  readonly burstable: boolean;
}

/** Sizes: the ElastiCache guide and a price-list scrape that holds maxmemory per node; networks: the guide's current table. */
export const cacheNodesSource: Source = {
  title: "ElastiCache supported node types and parameter groups; LeanerCloud ec2-instances-info (maxmemory per node)",
  url: "https://github.com/LeanerCloud/ec2-instances-info",
  date: "2025-04-24",
};

/** Share of maxmemory that ElastiCache keeps back, percent, by default. */
export const defaultReservedMemoryPercent = 25;

/** Output buffer of a replica that falls behind, hard and soft limit, share of maxmemory. */
export const replicaOutputBufferShare = 0.1;

type Size = readonly [suffix: string, vcpus: number, memoryGiB: number, maxmemoryBytes: number];
type Network = readonly [baselineGbps: number, burstGbps: number];

const burstableSizes: readonly Size[] = [
  ["micro", 2, 0.5, 536870912],
  ["small", 2, 1.37, 1471026299],
  ["medium", 2, 3.09, 3317862236],
];
const generalSizes: readonly Size[] = [
  ["large", 2, 6.38, 6854542746],
  ["xlarge", 4, 12.93, 13891921715],
  ["2xlarge", 8, 26.04, 27966669210],
  ["4xlarge", 16, 52.26, 56116178125],
];
const memorySizes: readonly Size[] = [
  ["large", 2, 13.07, 14037181030],
  ["xlarge", 4, 26.32, 28261849702],
  ["2xlarge", 8, 52.82, 56711183565],
  ["4xlarge", 16, 105.81, 113609865216],
  ["8xlarge", 32, 209.55, 225000375228],
];
const graviton2: Readonly<Record<string, Network>> = {
  large: [0.75, 10],
  xlarge: [1.25, 10],
  "2xlarge": [2.5, 10],
  "4xlarge": [5, 10],
  "8xlarge": [12, 12],
};
const graviton3: Readonly<Record<string, Network>> = {
  large: [0.937, 12.5],
  xlarge: [1.876, 12.5],
  "2xlarge": [3.75, 15],
  "4xlarge": [7.5, 15],
  "8xlarge": [15, 15],
};
const t4g: Readonly<Record<string, Network>> = { micro: [0.064, 5], small: [0.128, 5], medium: [0.256, 5] };

function nodesOf(
  family: string,
  sizes: readonly Size[],
  networks: Readonly<Record<string, Network>>,
): readonly CacheNode[] {
  return sizes.map(([suffix, vcpus, memoryGiB, maxmemoryBytes]) => ({
    name: `cache.${family}.${suffix}`,
    family,
    vcpus,
    memoryGiB,
    maxmemoryBytes,
    clientLimit: suffix === "micro" ? 20_000 : 65_000,
    baselineGbps: networks[suffix]?.[0] ?? null,
    burstGbps: networks[suffix]?.[1] ?? null,
    burstable: family.startsWith("t"),
  }));
}

/** Node types whose memory is known, by name. Priced types without a known memory (c7gn, r6gd, m8g, r8g) are not here. */
export const cacheNodes: ReadonlyMap<string, CacheNode> = new Map(
  [
    ...nodesOf("t3", burstableSizes, {}),
    ...nodesOf("t4g", burstableSizes, t4g),
    ...nodesOf("m6g", generalSizes, graviton2),
    ...nodesOf("m7g", generalSizes, graviton3),
    ...nodesOf("r6g", memorySizes, graviton2),
    ...nodesOf("r7g", memorySizes, graviton3),
  ].map((node) => [node.name, Object.freeze(node)]),
);

/**
 * Bytes that data may fill: maxmemory less the reserve, rounded down.
 * @param reservedMemoryPercent 0 to 99
 * @throws RangeError where the percent is outside that
 */
export function usableBytes(node: CacheNode, reservedMemoryPercent: number = defaultReservedMemoryPercent): number {
  if (!(reservedMemoryPercent >= 0 && reservedMemoryPercent < 100))
    throw new RangeError(`reservedMemoryPercent must be 0 to 99, got ${reservedMemoryPercent}`);
  return Math.floor((node.maxmemoryBytes * (100 - reservedMemoryPercent)) / 100);
}

/** The hourly price of a node; null: not known. */
export function cacheNodePrice(
  node: string,
  engine: CacheEngine,
  region: string,
  overrides: readonly PriceOverride[] = [],
): PriceRow | null {
  return price(cacheNodeItem(engine, node), region, overrides);
}

/** Node types with a price in the region, cheapest first; among equal prices the one with more memory first. */
export function cacheNodesByPrice(
  engine: CacheEngine,
  region: string,
  overrides: readonly PriceOverride[] = [],
): readonly { readonly node: CacheNode; readonly price: PriceRow }[] {
  return [...cacheNodes.values()]
    .flatMap((node) => {
      const row = cacheNodePrice(node.name, engine, region, overrides);
      return row === null ? [] : [{ node, price: row }];
    })
    .sort(
      (a, b) =>
        a.price.usd - b.price.usd ||
        b.node.maxmemoryBytes - a.node.maxmemoryBytes ||
        (a.node.name < b.node.name ? -1 : 1),
    );
}

/** Versions that ElastiCache takes, and the parameter group family of each. valkey9 is seen in public code for 9.0 and 9.1; the API text lacks it. */
export const cacheFamilies = [
  { engine: "redis", version: /^6\.(x|\d+)$/, family: "redis6.x", says: "6.x or 6.minor" },
  { engine: "redis", version: /^7\.\d+$/, family: "redis7", says: "7.minor" },
  { engine: "valkey", version: /^7\.2$/, family: "valkey7", says: "7.2" },
  { engine: "valkey", version: /^8\.\d+$/, family: "valkey8", says: "8.minor" },
  { engine: "valkey", version: /^9\.\d+$/, family: "valkey9", says: "9.minor" },
] as const;

/** The parameter group family of a version, for example valkey8 for 8.1; null: ElastiCache does not take that version string (a patch number is refused). */
export function parameterGroupFamily(engine: CacheEngine, version: string): string | null {
  return cacheFamilies.find((row) => row.engine === engine && row.version.test(version))?.family ?? null;
}
