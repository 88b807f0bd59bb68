import type { Label, Source } from "../../model";

/** Who runs the nodes. other: whoever; only the kubelet's own defaults are taken from them. */
export type NodePlatform = "eks" | "gke" | "other";

/** A machine that can be a node. */
export interface NodeMachine {
  /** As the provider names it: `m7g.large`, `e2-standard-4`; for own machines any name. */
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
}

/** What a node leaves to pods. System pods and daemon sets come off it. */
export interface Allocatable {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** Most pods, those of daemon sets included. */
  readonly pods: number;
  /** What is taken off first. */
  readonly reserve: {
    readonly cpuMillis: number;
    /** For the kubelet and the container runtime. */
    readonly memoryMiB: number;
    /** Pods are evicted before the node has less left. */
    readonly evictionMiB: number;
    /** What the machine is sold with and the operating system never sees or keeps. */
    readonly systemMiB: number;
  };
  readonly label: Label;
  readonly source: Source;
}

/**
 * Millicores that EKS and GKE keep for the kubelet: 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest.
 * @param vcpus cores of the machine, at least 0
 */
export function reservedCpuMillis(vcpus: number): number {
  return bracketed(vcpus * 1000, [
    [1000, 0.06],
    [2000, 0.01],
    [4000, 0.005],
    [Infinity, 0.0025],
  ]);
}

/** Sum of each bracket's share of what falls into it; whole, rounded down. */
export function bracketed(amount: number, brackets: readonly (readonly [upTo: number, share: number])[]): number {
  let from = 0;
  let sum = 0;
  for (const [upTo, share] of brackets) {
    sum += Math.max(0, Math.min(amount, upTo) - from) * share;
    from = upTo;
  }
  return Math.floor(sum + 1e-9);
}
