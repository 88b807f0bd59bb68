import type { KubernetesObject } from "./objects";
import { pins } from "./pins";
import { machineLabel } from "./settings";

export const zoneLabel = "topology.kubernetes.io/zone";

/** Nodes of one size, so many in each zone. */
export interface NodeShape {
  readonly zones: readonly string[];
  /** The same in each, or one number a zone. */
  readonly perZone: number | readonly number[];
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** Default 110. */
  readonly pods?: number;
  /** Default 17,400: what a disk of 20 GiB leaves, as nodes of EKS have it unless they are told otherwise. */
  readonly ephemeralMiB?: number;
  /** Beside zone, region and hostname. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A node as a cloud's controller and kubelet would register it; kwok keeps its lease and has its pods run. */
export function nodesOf({
  zones,
  perZone,
  cpuMillis,
  memoryMiB,
  pods = 110,
  ephemeralMiB = 17_400,
  labels = {},
}: NodeShape): readonly KubernetesObject[] {
  return zones.flatMap((zone, at) =>
    Array.from({ length: typeof perZone === "number" ? perZone : (perZone[at] ?? 0) }, (_, index) => {
      const name = `${zone}-${index}`;
      const size = {
        cpu: `${cpuMillis}m`,
        memory: `${memoryMiB}Mi`,
        pods: String(pods),
        "ephemeral-storage": `${ephemeralMiB}Mi`,
      };
      return {
        apiVersion: "v1",
        kind: "Node",
        metadata: {
          name,
          labels: {
            [machineLabel.key]: machineLabel.value,
            "kubernetes.io/hostname": name,
            "kubernetes.io/os": "linux",
            "kubernetes.io/arch": "amd64",
            [zoneLabel]: zone,
            "topology.kubernetes.io/region": zone.replace(/-?[a-z]$/, ""),
            ...labels,
          },
        },
        status: { allocatable: size, capacity: size, nodeInfo: { kubeletVersion: pins.kubernetes } },
      };
    }),
  );
}
