import type { KubernetesObject } from "./objects";
import { pins } from "./pins";
import { machineLabel } from "./settings";

export const zoneLabel = "topology.kubernetes.io/zone";

/** Nodes of one size, so many in each zone. */
export interface NodeShape {
  readonly zones: readonly string[];
  readonly perZone: number;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** Default 110. */
  readonly pods?: number;
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
  labels = {},
}: NodeShape): readonly KubernetesObject[] {
  return zones.flatMap((zone) =>
    Array.from({ length: perZone }, (_, index) => {
      const name = `${zone}-${index}`;
      const size = { cpu: `${cpuMillis}m`, memory: `${memoryMiB}Mi`, pods: String(pods) };
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
