import type { Value } from "../../model";
import type { Subject } from "../../policies";
import { of } from "./fixture";
import { cluster, type Content } from "./manifests";
import { nodes, pods } from "./node-cases";

export const karpenterPool = (limits: Value | undefined, zones: readonly string[] | null = null): Content => ({
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  metadata: { name: "general" },
  spec: {
    template: {
      spec: {
        nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
        requirements:
          zones === null ? [] : [{ key: "topology.kubernetes.io/zone", operator: "In", values: [...zones] }],
      },
    },
    ...(limits === undefined ? {} : { limits }),
  },
});

/** Six nodes of eight vCPUs and 32 GiB over three zones, and pools that may make them. */
export function onPools(...pools: readonly Content[]): Subject {
  const { resources, graph } = cluster(pools);
  const machine = { ...nodes(6, 2).machine, types: ["m7i.2xlarge"] };
  return { ...of([pods(), nodes(6, 2, { machine })]), resources, graph };
}

/** Eight nodes where a zone is lost: 64 vCPUs, 262,144 MiB. */
export const karpenterCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["karpenter-limits-hold", onPools(karpenterPool({ cpu: "63" })), onPools(karpenterPool({ cpu: "64" }))],
  [
    "karpenter-limits-hold",
    onPools(karpenterPool({ cpu: 1000, memory: "262143Mi" })),
    onPools(karpenterPool({ cpu: 1000, memory: "256Gi" })),
  ],
  [
    "karpenter-limits-hold",
    onPools(karpenterPool({ cpu: "32" }), karpenterPool({ cpu: "31" })),
    onPools(karpenterPool({ cpu: "32" }), karpenterPool(undefined)),
  ],
];
