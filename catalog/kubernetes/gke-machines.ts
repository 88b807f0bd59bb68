import type { Source } from "../../model";
import type { NodeMachine } from "./node-machine";

/** Families of Compute Engine that nodes of GKE are priced of. */
export type GkeFamily = "e2" | "n2" | "n2d" | "t2d" | "n4" | "c3" | "c4" | "c4a" | "g2";

/** Where shapes were read. */
export const gkeMachinesSource: Source = {
  title:
    "Cyclenerd/google-cloud-pricing-cost-calculator pricing.yml, commit fd66b26, generated from the Billing Catalog",
  url: "https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator",
  date: "2026-07-30",
};

export interface GkeMachine extends NodeMachine {
  readonly family: GkeFamily;
}

type Shape = readonly [variant: string, gibPerVcpu: number, vcpus: readonly number[]];

const to32 = [2, 4, 8, 16, 32];
const to96 = [...to32, 48, 64, 80, 96];
const to80 = [...to32, 48, 64, 80];
const to64 = [1, ...to32, 48, 64];
const c3 = [4, 8, 22, 44, 88];
const c4 = [2, 4, 8, 16, 24, 32, 48, 96];

/** Shared cores are left out: what GKE reserves of them was not found. */
const shapes: Readonly<Record<GkeFamily, readonly Shape[]>> = {
  e2: [
    ["standard", 4, to32],
    ["highmem", 8, [2, 4, 8, 16]],
    ["highcpu", 1, to32],
  ],
  n2: [
    ["standard", 4, [...to96, 128]],
    ["highmem", 8, to96],
    ["highcpu", 1, to96],
  ],
  n2d: [
    ["standard", 4, [...to96, 128, 224]],
    ["highmem", 8, to96],
    ["highcpu", 1, to96],
  ],
  t2d: [["standard", 4, [1, 2, 4, 8, 16, 32, 48, 60]]],
  n4: [
    ["standard", 4, to80],
    ["highmem", 8, to80],
    ["highcpu", 2, to80],
  ],
  c3: [
    ["standard", 4, [...c3, 176]],
    ["highmem", 8, c3],
    ["highcpu", 2, c3],
  ],
  c4: [
    ["standard", 3.75, [...c4, 144, 192, 288]],
    ["highmem", 7.75, c4.slice(1)],
    ["highcpu", 2, c4],
  ],
  c4a: [
    ["standard", 4, [...to64, 72]],
    ["highmem", 8, to64],
    ["highcpu", 2, to64],
  ],
  g2: [["standard", 4, [4, 8, 12, 16, 24, 48, 96]]],
};

/** GiB that are no multiple of the cores. */
const ofTheirOwn: Readonly<Record<string, number>> = { "c4-standard-2": 7 };

let byName: ReadonlyMap<string, GkeMachine> | undefined;

/** Machine types whose size is known, by name. */
export function gkeMachines(): ReadonlyMap<string, GkeMachine> {
  byName ??= new Map(
    (Object.entries(shapes) as readonly (readonly [GkeFamily, readonly Shape[]])[]).flatMap(([family, list]) =>
      list.flatMap(([variant, gib, sizes]) =>
        sizes.map((vcpus): readonly [string, GkeMachine] => {
          const name = `${family}-${variant}-${vcpus}`;
          return [name, { name, family, vcpus, memoryMiB: (ofTheirOwn[name] ?? vcpus * gib) * 1024 }];
        }),
      ),
    ),
  );
  return byName;
}
