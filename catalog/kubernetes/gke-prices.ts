import type { Source } from "../../model";
import { gkeMachines, gkeMachinesSource, type GkeFamily } from "./gke-machines";

const solved: Source = {
  ...gkeMachinesSource,
  title: `${gkeMachinesSource.title}; rates a vCPU and GiB solved from machine prices`,
};

/** USD a vCPU-hour and a GiB-hour. */
type Rates = readonly [vcpu: number, gib: number];
/** Families that are billed alike share a rate. */
type RatedFamily = "e2" | "n2" | "n2d" | "n4" | "c3" | "c4a";
interface RegionRates extends Readonly<Partial<Record<RatedFamily, Rates>>> {
  /** USD an hour of a g2-standard-4, one L4 included. */
  readonly g2: number;
}

const ratedAs: Readonly<Record<Exclude<GkeFamily, "g2">, RatedFamily>> = {
  e2: "e2",
  n2: "n2",
  n2d: "n2d",
  t2d: "n2d",
  n4: "n4",
  c3: "c3",
  c4: "c3",
  c4a: "c4a",
};

const iowa: RegionRates = {
  e2: [0.021812, 0.002924],
  n2: [0.031611, 0.004237],
  n2d: [0.027502, 0.003686],
  n4: [0.03119, 0.00354],
  c3: [0.03465, 0.003938],
  c4a: [0.03086, 0.00351],
  g2: 0.7068,
};

/** On demand, Linux, before sustained-use and committed-use discounts. */
const rates: Readonly<Record<string, RegionRates>> = {
  "us-central1": iowa,
  "us-east1": iowa,
  "us-west1": iowa,
  "southamerica-east1": {
    e2: [0.034624, 0.00464],
    n2: [0.05018, 0.006725],
    n2d: [0.043657, 0.005851],
    n4: [0.049527, 0.005621],
    c3: [0.055021, 0.006253],
    g2: 1.1224,
  },
  "northamerica-northeast1": {
    e2: [0.024013, 0.003218],
    n2: [0.034802, 0.004664],
    n2d: [0.030278, 0.004058],
    n4: [0.034343, 0.003898],
    c3: [0.038153, 0.004336],
    c4a: [0.03398, 0.003865],
    g2: 0.7783,
  },
  "europe-west1": {
    e2: [0.023993, 0.003216],
    n2: [0.034773, 0.004661],
    n2d: [0.030253, 0.004055],
    n4: [0.034343, 0.003898],
    c3: [0.038153, 0.004336],
    c4a: [0.03398, 0.003865],
    g2: 0.7783,
  },
  "europe-west2": {
    e2: [0.028104, 0.003766],
    n2: [0.04073, 0.005458],
    n2d: [0.035435, 0.004748],
    n4: [0.035557, 0.004036],
    c3: [0.039501, 0.004489],
    c4a: [0.03518, 0.004001],
    g2: 0.8048,
  },
  "europe-west3": {
    e2: [0.028104, 0.003766],
    n2: [0.04073, 0.005458],
    n2d: [0.035435, 0.004748],
    n4: [0.036804, 0.004177],
    c3: [0.040887, 0.004647],
    c4a: [0.036415, 0.004142],
    g2: 0.833,
  },
  "europe-west4": {
    e2: [0.024013, 0.003218],
    n2: [0.034802, 0.004664],
    n2d: [0.030278, 0.004058],
    n4: [0.03275, 0.003717],
    c3: [0.036383, 0.004135],
    c4a: [0.0324, 0.003686],
    g2: 0.7429,
  },
  "europe-north1": {
    e2: [0.024016, 0.003218],
    n2: [0.034806, 0.004664],
    n2d: [0.030281, 0.004058],
    n4: [0.034343, 0.003898],
    c3: [0.038153, 0.004336],
    c4a: [0.03398, 0.003865],
    g2: 0.7783,
  },
  "asia-northeast1": {
    e2: [0.028026, 0.003739],
    n2: [0.040618, 0.005419],
    n2d: [0.035338, 0.004715],
    n4: [0.040054, 0.004546],
    c3: [0.044498, 0.005057],
    c4a: [0.03963, 0.004508],
    g2: 0.9077,
  },
  "asia-southeast1": {
    e2: [0.026909, 0.003606],
    n2: [0.038999, 0.005226],
    n2d: [0.033929, 0.004547],
    n4: [0.038479, 0.004367],
    c3: [0.042748, 0.004858],
    c4a: [0.038072, 0.00433],
    g2: 0.872,
  },
  "australia-southeast1": {
    e2: [0.030951, 0.004148],
    n2: [0.044856, 0.006011],
    n2d: [0.039025, 0.00523],
    n4: [0.038987, 0.004425],
    c3: [0.043312, 0.004923],
    c4a: [0.03858, 0.004388],
    g2: 0.8832,
  },
  "asia-south1": {
    e2: [0.026199, 0.003511],
    n2: [0.03797, 0.005088],
    n2d: [0.018151, 0.002433],
    n4: [0.032438, 0.003682],
    c3: [0.036036, 0.004096],
    c4a: [0.032094, 0.00365],
    g2: 0.7358,
  },
  "asia-east1": {
    e2: [0.025255, 0.003385],
    n2: [0.036602, 0.004906],
    n2d: [0.031844, 0.004268],
    n4: [0.036115, 0.004099],
    c3: [0.040121, 0.00456],
    c4a: [0.035733, 0.004064],
    g2: 0.8184,
  },
  "me-west1": {
    e2: [0.023993, 0.003216],
    n2: [0.034772, 0.004661],
    n2d: [0.030252, 0.004055],
    n4: [0.034309, 0.003894],
    c3: [0.038115, 0.004332],
    g2: 0.7775,
  },
};

/** Iowa, South Carolina and Oregon: machines with L4s, whole; elsewhere only the smallest was read. */
const withL4: Readonly<Record<string, number>> = {
  "g2-standard-8": 0.8536,
  "g2-standard-12": 1.0004,
  "g2-standard-16": 1.1472,
  "g2-standard-24": 2.0008,
  "g2-standard-48": 4.0017,
  "g2-standard-96": 8.0033,
};

/** Regions that have prices. */
export const gkeRegions: readonly string[] = Object.keys(rates);

/** A machine's hour as it was read or follows from rates. */
export interface GkePrice {
  readonly usd: number;
  /** A: read as it is. D: follows from rates. */
  readonly grade: "A" | "D";
  readonly source: Source;
}

/** USD an hour of a machine type in a region; null: not known. */
export function gkeMachinePrice(type: string, region: string): GkePrice | null {
  const machine = gkeMachines().get(type);
  const row = Object.hasOwn(rates, region) ? rates[region] : undefined;
  if (machine === undefined || row === undefined) return null;
  if (machine.family === "g2") {
    const usd = type === "g2-standard-4" ? row.g2 : row === iowa ? withL4[type] : undefined;
    return usd === undefined ? null : { usd, grade: "A", source: gkeMachinesSource };
  }
  const rate = row[ratedAs[machine.family]];
  if (rate === undefined) return null;
  const usd = machine.vcpus * rate[0] + (machine.memoryMiB / 1024) * rate[1];
  return { usd: Math.round(usd * 1e6) / 1e6, grade: "D", source: solved };
}

/** A cluster, zonal, regional or Autopilot. Each billing account has 74.40 USD a month of it free, for a zonal or an Autopilot one. */
export const gkeClusterHour: GkePrice = {
  usd: 0.1,
  grade: "A",
  source: { title: "Google Kubernetes Engine pricing: cluster management fee", date: "2026-11-21" },
};
