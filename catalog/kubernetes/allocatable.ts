import { above, wholeAtLeast } from "../../model/argument";
import type { Source } from "../../model";
import { eksAllocatable } from "./eks-nodes";
import { gkeAllocatable } from "./gke-nodes";
import type { Allocatable, NodeMachine, NodePlatform } from "./node-machine";

const kubelet: Source = {
  title: "Kubernetes: kubelet defaults, nothing reserved, hard eviction at 100 MiB, 110 pods",
  url: "https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",
  date: "2026-11-21",
};

/**
 * What a node leaves to pods after what its platform reserves.
 * @param platform other: the kubelet's own defaults, which reserve nothing for itself; a platform's own reserve is not known
 * @param maxPods pods a node where the pool says so; @default what the platform's network gives
 * @throws RangeError that names the argument
 */
export function allocatableOf(platform: NodePlatform, machine: NodeMachine, maxPods?: number): Allocatable {
  above("machine.vcpus", machine.vcpus, 0);
  above("machine.memoryMiB", machine.memoryMiB, 0);
  if (maxPods !== undefined) wholeAtLeast("maxPods", maxPods, 1);
  if (platform === "eks") return eksAllocatable(machine, maxPods);
  if (platform === "gke") return gkeAllocatable(machine, maxPods);
  const evictionMiB = 100;
  return {
    cpuMillis: machine.vcpus * 1000,
    memoryMiB: Math.max(0, machine.memoryMiB - evictionMiB),
    pods: maxPods ?? 110,
    reserve: { cpuMillis: 0, memoryMiB: 0, evictionMiB, systemMiB: 0 },
    label: "assumed",
    source: kubelet,
  };
}
