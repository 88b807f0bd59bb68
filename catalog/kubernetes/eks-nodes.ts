import type { Source } from "../../model";
import { reservedCpuMillis, type Allocatable, type NodeMachine } from "./node-machine";

const source: Source = {
  title:
    "awslabs/amazon-eks-ami nodeadm/internal/kubelet: kube-reserved 255 MiB + 11 MiB a pod, eviction 100 MiB, pods by network interfaces; 7.5 % of memory that the machine never shows is Karpenter's default (--vm-memory-overhead-percent)",
  url: "https://github.com/awslabs/amazon-eks-ami",
  date: "2026-07-23",
};

/** Memory that a machine is sold with and its operating system does not see. */
const HIDDEN_SHARE = 0.075;
const EVICTION_MIB = 100;
/** Where the interfaces of a type are not known. */
const FALLBACK_PODS = 110;

type Interfaces = readonly [interfaces: number, addressesEach: number];

/** Of the families in catalog/aws/machines, by size. */
const bySize: Readonly<Record<string, Interfaces>> = {
  medium: [2, 4],
  large: [3, 10],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
  "3xlarge": [4, 15],
  "4xlarge": [8, 30],
  "6xlarge": [8, 30],
  "8xlarge": [8, 30],
  "9xlarge": [8, 30],
  "12xlarge": [8, 30],
  "16xlarge": [15, 50],
  "18xlarge": [15, 50],
  "24xlarge": [15, 50],
  "32xlarge": [15, 50],
  "48xlarge": [15, 50],
};

/** Families whose CPU runs on credits. */
const ofBurstable: Readonly<Record<string, Interfaces>> = {
  nano: [2, 2],
  micro: [2, 2],
  small: [3, 4],
  medium: [3, 6],
  large: [3, 12],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
};

const ofTheirOwn: Readonly<Record<string, Interfaces>> = {
  "t2.xlarge": [3, 15],
  "t2.2xlarge": [3, 15],
  "t3a.small": [2, 4],
  "g4dn.xlarge": [3, 10],
  "g4dn.2xlarge": [3, 10],
  "g4dn.4xlarge": [3, 10],
  "g4dn.8xlarge": [4, 15],
  "g4dn.16xlarge": [4, 15],
  "g5.12xlarge": [15, 50],
  "g5.16xlarge": [8, 30],
  "g5.48xlarge": [7, 50],
  "g6e.12xlarge": [10, 30],
  "g6e.24xlarge": [10, 50],
  "g6e.48xlarge": [10, 50],
  "i4i.24xlarge": [15, 30],
  "p5.48xlarge": [2, 50],
};

/** Families that `bySize` was read for. */
const known = /^([mcr][5-8]|c6gn|c7gn|i3|i4|x2|g4|g5|g6|p4d|p5|inf2)/;

/** Most pods on a node of EKS with the VPC's own network plugin, without prefixes: interfaces x (addresses - 1) + 2; null: not known. */
export function eksPods(type: string): number | null {
  const [family = "", size = ""] = type.split(".");
  const sizes = /^t\d/.test(family) ? ofBurstable : known.test(family) ? bySize : {};
  const found = ofTheirOwn[type] ?? (Object.hasOwn(sizes, size) ? sizes[size] : undefined);
  return found === undefined ? null : found[0] * (found[1] - 1) + 2;
}

/** What a node of EKS leaves to pods. */
export function eksAllocatable(machine: NodeMachine, maxPods: number | undefined): Allocatable {
  const pods = maxPods ?? eksPods(machine.name) ?? FALLBACK_PODS;
  const reserve = {
    cpuMillis: reservedCpuMillis(machine.vcpus),
    memoryMiB: 255 + 11 * pods,
    evictionMiB: EVICTION_MIB,
    systemMiB: Math.ceil(machine.memoryMiB * HIDDEN_SHARE),
  };
  return {
    cpuMillis: machine.vcpus * 1000 - reserve.cpuMillis,
    memoryMiB: Math.max(0, machine.memoryMiB - reserve.memoryMiB - reserve.evictionMiB - reserve.systemMiB),
    pods,
    reserve,
    label: "approx",
    source,
  };
}
