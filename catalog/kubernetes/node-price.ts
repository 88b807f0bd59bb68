import type { Source } from "../../model";
import { machineTypes } from "../aws/machines";
import { price, sourceOfPrice, type PriceOverride } from "../aws/prices";
import type { PriceGrade, PriceItem } from "../aws/price-row";
import { gkeMachines } from "./gke-machines";
import { gkeClusterHour, gkeMachinePrice } from "./gke-prices";
import type { NodeMachine, NodePlatform } from "./node-machine";

/** USD an hour, and where it was read. */
export interface HourPrice {
  readonly usd: number;
  /** As in catalog/aws: A the provider's own, B a kept tool's data, C a blog, D derived; own: the user's. */
  readonly grade: PriceGrade;
  readonly source: Source;
}

/** A machine type of the platform's provider; null: not known, so its size has to be said. */
export function nodeMachine(platform: NodePlatform, type: string): NodeMachine | null {
  if (platform === "eks") return machineTypes().get(type) ?? null;
  if (platform === "gke") return gkeMachines().get(type) ?? null;
  return null;
}

/** Processor of a machine that can be a node; null: not known. Of GKE's families Axion alone is Arm (Compute Engine, machine families). */
export function processorOf(platform: NodePlatform, type: string): "x86_64" | "arm64" | null {
  if (platform === "eks") return machineTypes().get(type)?.architecture ?? null;
  const family = platform === "gke" ? gkeMachines().get(type)?.family : undefined;
  return family === undefined ? null : family === "c4a" ? "arm64" : "x86_64";
}

/**
 * What a node costs an hour, on demand; null: not known, so it must be shown as unpriced. An own price stands above the catalog and is
 * found by `machine-hour:<type>`, for any type and any platform.
 */
export function nodeHourPrice(
  platform: NodePlatform,
  type: string,
  region: string,
  own: readonly PriceOverride[] = [],
): HourPrice | null {
  const item: PriceItem = `machine-hour:${type}`;
  return ownPrice(item, region, own) ?? known(platform, item, region, () => gkeMachinePrice(type, region));
}

/** What the platform asks for the cluster itself an hour; null: not known. other: nothing is asked that nines knows of, so null unless it is an own price. */
export function clusterHourPrice(
  platform: NodePlatform,
  region: string,
  own: readonly PriceOverride[] = [],
): HourPrice | null {
  return (
    ownPrice(`${platform}-cluster-hour`, region, own) ??
    known(platform, "eks-cluster-hour", region, () => gkeClusterHour)
  );
}

function known(
  platform: NodePlatform,
  item: PriceItem,
  region: string,
  ofGke: () => HourPrice | null,
): HourPrice | null {
  if (platform === "gke") return ofGke();
  const row = platform === "eks" ? price(item, region) : null;
  return row === null ? null : { usd: row.usd, grade: row.grade, source: sourceOfPrice(row) };
}

/** What the user states of it: that of the region before that of every region; null: nothing. */
export function ownPrice(item: string, region: string, own: readonly PriceOverride[]): HourPrice | null {
  const found =
    own.find((stated) => stated.item === item && stated.region === region) ??
    own.find((stated) => stated.item === item && stated.region === undefined);
  if (found === undefined) return null;
  return {
    usd: found.usd,
    grade: "own",
    source: { title: `your own price: ${found.note}`, date: found.date ?? "undated" },
  };
}
