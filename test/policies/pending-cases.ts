import type { Basis } from "../../model";
import type { Subject } from "../../policies";
import { plan, region, zones } from "./fixture";
import { cluster, container, pod, web, ZONE, type Content } from "./manifests";

const here = { "topology.kubernetes.io/region": region };
/** Nodes in three zones, each with two cores and four GiB for pods. */
const basis: Basis = {
  ...plan({ demand: [] }),
  nodeZones: { [region]: zones },
  nodes: {
    [region]: {
      pool: "nodes",
      platform: "other",
      machine: "metal",
      allocatable: { cpuMillis: 2000, memoryMiB: 4096, pods: 20 },
      perHourUsd: null,
    },
  },
};

/** A Deployment whose pods run on these nodes. */
export const onNodes = (over: Content, podOver: Content = {}): Subject =>
  cluster([web(over, pod({ nodeSelector: here, topologySpreadConstraints: null, ...podOver }))], { basis });

/** No two of its pods in one zone, or on one node. */
export const apart = (topologyKey: string = ZONE): Content => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector: { matchLabels: { app: "web" } } }],
    },
  },
});
/** One container that asks for so much, and may take so much. */
export const asking = (requests: Content, limits: Content = {}): Content => ({
  containers: [container({ resources: { requests, limits } })],
});
/** So many more and so many fewer in a rollout. */
export const rolling = (maxSurge: number, maxUnavailable: number): Content => ({
  strategy: { rollingUpdate: { maxSurge, maxUnavailable } },
});

/** Pods that find no node, and their neighbours that do. */
export const pendingCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  [
    "pods-find-node",
    onNodes({ replicas: 4, ...rolling(0, 1) }, apart()),
    onNodes({ replicas: 3, ...rolling(0, 1) }, apart()),
  ],
  // The new pod of a rollout is the fourth.
  ["pods-find-node", onNodes({ replicas: 3 }, apart()), onNodes({ replicas: 2 }, apart())],
  ["pods-find-node", onNodes({}, asking({ cpu: "2001m" })), onNodes({}, asking({ cpu: 2 }))],
  ["pods-find-node", onNodes({}, asking({ memory: "4097Mi" })), onNodes({}, asking({ memory: "4Gi" }))],
  [
    "pods-find-node",
    onNodes({}, { nodeSelector: { ...here, [ZONE]: "us-east-1z" } }),
    onNodes({}, { nodeSelector: { ...here, [ZONE]: zones[0] } }),
  ],
  ["limit-within-node", onNodes({}, asking({}, { memory: "4097Mi" })), onNodes({}, asking({}, { memory: "4Gi" }))],
];
