import type { Source } from "../../model";
import { bracketed, reservedCpuMillis, type Allocatable, type NodeMachine } from "./node-machine";

const source: Source = {
  title:
    "kubernetes/autoscaler cloudprovider/gce gce_reserved.go and reserved.go (Container-Optimized OS); within 1 % of the sample node of About GKE node sizing",
  url: "https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/gce",
  date: "2026-11-21",
};

const GIB = 1024;
/** Google reserves by GB and counts 1,000 MiB as one. */
const GB = 1000;
const EVICTION_MIB = 100;
/** A range of addresses of a /24 for each node. */
const DEFAULT_PODS = 110;

/** 25 % of the first 4 GB, 20 % of the next 4, 10 % of the next 8, 6 % of the next 112, 2 % of the rest; 255 MiB up to 1 GB. */
function reservedMiB(memoryMiB: number): number {
  if (memoryMiB <= GB) return 255;
  return bracketed(memoryMiB, [
    [4 * GB, 0.25],
    [8 * GB, 0.2],
    [16 * GB, 0.1],
    [128 * GB, 0.06],
    [Infinity, 0.02],
  ]);
}

/** What the kernel keeps, and a share that was measured and not explained. */
function kernelMiB(memoryMiB: number): number {
  const bounce = memoryMiB > 3 * GIB ? 64 : 0;
  const small = memoryMiB <= 8 * GIB ? 8 : 0;
  return memoryMiB / 64 + 16 + bounce + small + Math.min(0.00175 * memoryMiB, 248);
}

/** What a node of GKE Standard leaves to pods. */
export function gkeAllocatable(machine: NodeMachine, maxPods: number | undefined): Allocatable {
  const system = kernelMiB(machine.memoryMiB);
  const reserve = {
    cpuMillis: reservedCpuMillis(machine.vcpus),
    memoryMiB: reservedMiB(machine.memoryMiB),
    evictionMiB: EVICTION_MIB,
    systemMiB: Math.ceil(system),
  };
  return {
    cpuMillis: machine.vcpus * 1000 - reserve.cpuMillis,
    memoryMiB: Math.max(0, Math.floor(machine.memoryMiB - reserve.memoryMiB - reserve.evictionMiB - system)),
    pods: maxPods ?? DEFAULT_PODS,
    reserve,
    label: "approx",
    source,
  };
}
