import { nearest } from "../../model";
import type { PriceItem } from "../aws/price-row";
import { priceTiers, sourceOfPrice, type PriceOverride } from "../aws/prices";
import type { SizeProblem } from "../target";
import { gkeRows } from "./gke-cluster-prices";
import type { NodePlatform } from "./node-machine";
import { ownPrice, type HourPrice } from "./node-price";

/** What a cluster's owner pays for besides nodes, and in what unit; what each platform calls it, its source says. */
export const clusterItems = {
  "balancer-hour": "hour",
  "balancer-unit-hour": "unit-hour",
  "balancer-gb": "GB",
  "balancer-address-hour": "address-hour",
  "internet-out-gb": "GB",
  "between-regions-gb": "GB",
  "volume-gb-month": "GB-month",
  "snapshot-gb-month": "GB-month",
} as const;
export type ClusterItem = keyof typeof clusterItems;

export interface ClusterPrice extends HourPrice {
  readonly unit: string;
  /** Last quantity a month at this price; absent: no end. */
  readonly upTo?: number;
}

/** On EKS: a Network Load Balancer, and volumes of gp3; null: not billed there. */
const onEks: Readonly<Record<ClusterItem, PriceItem | null>> = {
  "balancer-hour": "nlb-hour",
  "balancer-unit-hour": "nlb-nlcu-hour",
  "balancer-gb": null,
  "balancer-address-hour": "public-ipv4-hour",
  "internet-out-gb": "internet-out-gb",
  "between-regions-gb": "cross-region-gb",
  "volume-gb-month": "ebs-gp3-gb-month",
  "snapshot-gb-month": "ebs-snapshot-gb-month",
};

/** On GKE: the forwarding rule of a passthrough balancer, whose address is free, and balanced disks. */
const onGke: Readonly<Record<ClusterItem, Parameters<typeof gkeRows>[0] | null>> = {
  "balancer-hour": "forwarding-rule-hour",
  "balancer-unit-hour": null,
  "balancer-gb": "balancer-gb",
  "balancer-address-hour": null,
  "internet-out-gb": "internet-out",
  // It depends on both regions, and few pairs were found.
  "between-regions-gb": null,
  "volume-gb-month": "pd-balanced",
  "snapshot-gb-month": "pd-snapshot",
};

/** The tiers of an item, cheapest quantity first; empty: not known. A user's own price replaces them. */
export function clusterPrices(
  item: ClusterItem,
  platform: NodePlatform,
  region: string,
  own: readonly PriceOverride[] = [],
): readonly ClusterPrice[] {
  const stated = ownClusterPrice(item, region, own);
  if (stated !== null) return [stated];
  const unit = clusterItems[item];
  const [eks, gke] = [onEks[item], onGke[item]];
  if (platform === "eks" && eks !== null)
    return priceTiers(eks, region).map((row) => ({
      usd: row.usd,
      grade: row.grade,
      source: sourceOfPrice(row),
      unit: row.unit,
      ...(row.upTo === undefined ? {} : { upTo: row.upTo }),
    }));
  return platform === "gke" && gke !== null ? gkeRows(gke, region).map((row) => ({ ...row, unit })) : [];
}

/** Whether a platform bills for it at all. */
export function billsItem(item: ClusterItem, platform: NodePlatform): boolean {
  return platform === "other" ? item === "balancer-hour" : (platform === "eks" ? onEks : onGke)[item] !== null;
}

/** What the user states of it; null: nothing. */
export function ownClusterPrice(item: ClusterItem, region: string, own: readonly PriceOverride[]): ClusterPrice | null {
  const stated = ownPrice(item, region, own);
  return stated && { ...stated, unit: clusterItems[item] };
}

/** What a stack has on AWS beside its clusters: the checks by which DNS leads callers from one to the next. */
const BILLED_BESIDE: readonly string[] = [
  "dns-health-check-aws-month",
  "dns-health-check-other-month",
  "dns-health-check-option-aws-month",
  "dns-health-check-option-other-month",
] satisfies readonly PriceItem[];

/** What is wrong with a user's own prices on a cluster. */
export function clusterPriceProblems(
  prices: readonly Pick<PriceOverride, "item">[],
): readonly (Omit<SizeProblem, "key"> & { readonly index: number; readonly key: "item" })[] {
  const names = [...Object.keys(clusterItems), ...BILLED_BESIDE];
  return prices.flatMap(({ item }, index) => {
    if (names.includes(item)) return [];
    const near = nearest(item, names);
    return [
      {
        index,
        key: "item" as const,
        given: item,
        allowed: `on a cluster one of ${names.join(", ")}`,
        fix: item.startsWith("machine-hour")
          ? "a node's hour is kubernetes.nodes.perHourUsd in the environment"
          : near === undefined
            ? "nodes are kubernetes.nodes.perHourUsd in the environment"
            : `did you mean ${near}?`,
      },
    ];
  });
}
