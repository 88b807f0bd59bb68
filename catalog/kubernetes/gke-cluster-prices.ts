import type { Source } from "../../model";
import { gkeMachinesSource } from "./gke-machines";

/** Disks and snapshots, USD a GiB-month, as they were read. */
const disks: Readonly<Record<string, readonly [balanced: number, snapshot: number]>> = {
  "us-central1": [0.1, 0.05],
  "us-west1": [0.1, 0.05],
  "us-east1": [0.1, 0.05],
  "southamerica-east1": [0.15, 0.08],
  "northamerica-northeast1": [0.11, 0.055],
  "europe-west1": [0.1, 0.05],
  "europe-west2": [0.12, 0.057],
  "europe-west3": [0.12, 0.059],
  "europe-west4": [0.11, 0.053],
  "europe-north1": [0.11, 0.055],
  "asia-northeast1": [0.13, 0.064],
  "asia-southeast1": [0.11, 0.061],
  "australia-southeast1": [0.135, 0.062],
  "asia-south1": [0.12, 0.052],
  "asia-east1": [0.1, 0.05],
  "me-west1": [0.11, 0.0286],
};

const balancing: Source = {
  title:
    "Cloud Load Balancing pricing, transcribed by api-evangelist: the first five forwarding rules together, and data in and out",
  url: "https://cloud.google.com/load-balancing/pricing",
  date: "2026-09-20",
};
const derived: Source = {
  ...balancing,
  title: `${balancing.title}; elsewhere by what disks cost more than in Iowa, which Mumbai and the Netherlands bear out`,
};
/** Iowa. */
const RULE_HOUR = 0.025;
const DATA_GIB = 0.008;
const IOWA_DISK = 0.1;

/** Internet out, premium tier, USD a GiB up to 1 TiB, up to 10 TiB, beyond. */
type Out = readonly [number, number, number];
const america: Out = [0.12, 0.11, 0.08];
const europeAsia: Out = [0.12, 0.11, 0.085];
const dear: Out = [0.19, 0.18, 0.15];
const out: Readonly<Record<string, Out>> = {
  "us-central1": america,
  "us-west1": america,
  "us-east1": america,
  "northamerica-northeast1": america,
  "southamerica-east1": dear,
  "australia-southeast1": dear,
  "me-west1": [0.15, 0.13, 0.11],
  "europe-west1": europeAsia,
  "europe-west2": europeAsia,
  "europe-west3": europeAsia,
  "europe-west4": europeAsia,
  "europe-north1": europeAsia,
};
const TIB = 1024;

/** One unit price of what stands beside nodes. */
export interface GkeRow {
  readonly usd: number;
  /** A: read as it is. D: follows from others. */
  readonly grade: "A" | "D";
  readonly source: Source;
  /** Last quantity a month at this price; absent: no end. */
  readonly upTo?: number;
}

/** What GKE's clusters have besides nodes, by what is billed; none where a price was not found. */
export function gkeRows(
  item: "forwarding-rule-hour" | "balancer-gb" | "pd-balanced" | "pd-snapshot" | "internet-out",
  region: string,
): readonly GkeRow[] {
  const disk = Object.hasOwn(disks, region) ? disks[region] : undefined;
  if (item === "internet-out") {
    const tiers = Object.hasOwn(out, region) ? out[region] : undefined;
    const ends = [TIB, 10 * TIB, undefined];
    return (tiers ?? []).map((usd, index) => {
      const upTo = ends[index];
      return { usd, grade: "A", source: gkeMachinesSource, ...(upTo === undefined ? {} : { upTo }) };
    });
  }
  if (disk === undefined) return [];
  if (item === "pd-balanced") return [{ usd: disk[0], grade: "A", source: gkeMachinesSource }];
  if (item === "pd-snapshot") return [{ usd: disk[1], grade: "A", source: gkeMachinesSource }];
  const iowa = item === "balancer-gb" ? DATA_GIB : RULE_HOUR;
  if (region === "us-central1") return [{ usd: iowa, grade: "A", source: balancing }];
  return [{ usd: Math.round((iowa * disk[0] * 1e6) / IOWA_DISK) / 1e6, grade: "D", source: derived }];
}
