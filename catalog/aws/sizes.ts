import type { Source } from "../../model";

/** Where Fargate's table of CPU and memory was read. */
export const fargateSizesSource: Source = {
  title: "Amazon ECS Developer Guide, task CPU and memory on Fargate",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
  date: "2026-10-01",
};

interface FargateRow {
  /** 1,024 CPU units are one vCPU. */
  readonly cpuUnits: number;
  readonly memoryGiB: { readonly from: number; readonly to: number; readonly step: number } | readonly number[];
}

/** What Fargate sells, x86 and ARM alike, smallest first; 32 vCPU on Linux platform 1.4.0 and later. Ephemeral storage of 20 GB is included. */
export const fargateSizes = [
  { cpuUnits: 256, memoryGiB: [0.5, 1, 2] },
  { cpuUnits: 512, memoryGiB: { from: 1, to: 4, step: 1 } },
  { cpuUnits: 1024, memoryGiB: { from: 2, to: 8, step: 1 } },
  { cpuUnits: 2048, memoryGiB: { from: 4, to: 16, step: 1 } },
  { cpuUnits: 4096, memoryGiB: { from: 8, to: 30, step: 1 } },
  { cpuUnits: 8192, memoryGiB: { from: 16, to: 60, step: 4 } },
  { cpuUnits: 16384, memoryGiB: { from: 32, to: 120, step: 8 } },
  { cpuUnits: 32768, memoryGiB: [60, 120, 244] },
] as const satisfies readonly FargateRow[];

/** Ephemeral storage in a task's price, GB. */
export const fargateIncludedStorageGb = 20;

const choices: ReadonlyMap<number, readonly number[]> = new Map(
  fargateSizes.map((row: FargateRow) => [row.cpuUnits, Object.freeze(memoryChoices(row).map((gib) => gib * 1024))]),
);

function memoryChoices({ memoryGiB }: FargateRow): readonly number[] {
  if (!("from" in memoryGiB)) return memoryGiB;
  const { from, to, step } = memoryGiB;
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

/** Memory that Fargate sells with that many CPU units, MiB, ascending; empty where it does not sell that CPU. */
export function fargateMemoryChoicesMiB(cpuUnits: number): readonly number[] {
  return choices.get(cpuUnits) ?? [];
}

/** Does Fargate sell exactly that? */
export function fargateSells(cpuUnits: number, memoryMiB: number): boolean {
  return fargateMemoryChoicesMiB(cpuUnits).includes(memoryMiB);
}

/** CPU units (1,024 a vCPU) of millis (1,000 a vCPU); exact for every size that is sold, else not whole. */
export function cpuUnitsOf(cpuMillis: number): number {
  return (cpuMillis * 1024) / 1000;
}

/** Millis (1,000 a vCPU) of CPU units (1,024 a vCPU); exact for every size that is sold. */
export function cpuMillisOf(cpuUnits: number): number {
  return (cpuUnits * 1000) / 1024;
}

/**
 * The smallest size that holds both: least CPU first, then least memory. null where nothing sold is large enough.
 * @throws RangeError where an argument is negative or not a number
 */
export function leastFargateSize(need: {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}): { readonly cpuUnits: number; readonly memoryMiB: number } | null {
  for (const [name, value] of Object.entries(need))
    if (!(value >= 0)) throw new RangeError(`${name} must be 0 or more, got ${value}`);
  for (const [cpuUnits, memories] of choices) {
    if (cpuMillisOf(cpuUnits) < need.cpuMillis) continue;
    const memoryMiB = memories.find((memory) => memory >= need.memoryMiB);
    if (memoryMiB !== undefined) return { cpuUnits, memoryMiB };
  }
  return null;
}
