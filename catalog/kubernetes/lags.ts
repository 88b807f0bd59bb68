import type { Source } from "../../model";
import type { SourcedInterval } from "../interval";

const read = "2026-11-21";
const hpa: Source = {
  title: "Kubernetes: Horizontal Pod Autoscaling, sync period 15 s, scale-up window 0 s, scale-down window 300 s",
  url: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
  date: read,
};
const metricsServer: Source = {
  title:
    "metrics-server: --metric-resolution is 15 s in its own manifest, 60 s as the flag's default; the middle is assumed",
  url: "https://github.com/kubernetes-sigs/metrics-server",
  date: read,
};
const pulls: Source = {
  title:
    "Pull assumed 10 s where the image's layers are partly there; high is 76 % of the 57 s in which a 413 MB image starts (elasticscale 2024-04, share quoted by AWS)",
  date: read,
};
const clusterAutoscaler: Source = {
  title: "Pod by way of a new node with Cluster Autoscaler: EKS 120 s (zop.dev), GKE to 300 s (brtkwr); middle between",
  date: read,
};
const karpenter: Source = {
  title: "Karpenter, pending to ready: 28 s (dev.to) to under 60 s (zop.dev); high assumed, twice as long",
  date: read,
};

const exactly = (name: string, value: number, source: Source, measure: string): SourcedInterval => ({
  name,
  unit: "seconds",
  low: value,
  mid: value,
  high: value,
  label: "exact",
  source,
  measure,
});

const nodeMeasure = "Create a pod that no node has room for and take the time from Pending to Ready.";

const nodeLoss: Source = {
  title:
    "Kubernetes: node-monitor-grace-period 40 s (50 s from 1.32 on), then tolerations of 300 s for not-ready and unreachable; a cloud that deletes the node ends the wait",
  url: "https://kubernetes.io/docs/concepts/architecture/nodes/",
  date: read,
};
const forcedDetach: Source = {
  title:
    "Kubernetes: a volume of a node that is gone is detached by force after 6 minutes, at once where the node has the out-of-service taint",
  url: "https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#storage-force-detach-on-timeout",
  date: read,
};

/** How long Kubernetes takes between a burst and a pod that carries its share. */
export const kubernetesLags = {
  /** Age of what the autoscaler sees. */
  metricPeriodSeconds: {
    name: "period of the pods' resource metrics",
    unit: "seconds",
    low: 15,
    mid: 30,
    high: 60,
    label: "approx",
    source: metricsServer,
    measure: "Read --metric-resolution of metrics-server, or the scrape interval behind the metrics adapter.",
  },
  /** Between two looks of the autoscaler. */
  syncSeconds: exactly(
    "period of the autoscaler's sync",
    15,
    hpa,
    "Read --horizontal-pod-autoscaler-sync-period of the controller manager.",
  ),
  /** For how long the lowest proposal of a scale-up binds. */
  stabiliseUpSeconds: exactly(
    "stabilisation window of scaling up",
    0,
    hpa,
    "Read behavior.scaleUp.stabilizationWindowSeconds.",
  ),
  /** For how long the highest proposal of a scale-down binds. */
  stabiliseDownSeconds: exactly(
    "stabilisation window of scaling down",
    300,
    hpa,
    "Read behavior.scaleDown.stabilizationWindowSeconds.",
  ),
  /** Between two steps of the default policies, which double or add four, whichever is more. */
  stepSeconds: exactly("period of the scale-up policies", 15, hpa, "Read behavior.scaleUp.policies[].periodSeconds."),
  /** From the primary's death to the first write that the new one takes, with the settings that nines writes. */
  sentinelFailoverSeconds: {
    name: "Sentinels fail over",
    unit: "seconds",
    low: 5.5,
    mid: 6.35,
    high: 10,
    label: "approx",
    source: {
      title:
        "Redis 7.0.15, three members and three Sentinels on one machine, down-after 5 s: first write 5.5 to 6.35 s after the kill; high assumed",
      date: read,
    },
    measure: "Kill the primary of a test cache and take the time to the first accepted write: npm run bench does so.",
  },
  /** From a node's death until its pods are given up: a member of a StatefulSet runs nowhere else before that. */
  nodeGivenUpSeconds: {
    name: "a dead node's pods are given up",
    unit: "seconds",
    low: 60,
    mid: 345,
    high: 350,
    label: "approx",
    source: nodeLoss,
    measure: "Stop a node of a test cluster and take the time until its pods are deleted.",
  },
  /** From then until its volume is on another node. */
  volumeMovedSeconds: {
    name: "a dead node's volume is attached elsewhere",
    unit: "seconds",
    low: 20,
    mid: 60,
    high: 390,
    label: "assumed",
    source: forcedDetach,
    measure: "The same: from the pod's deletion to the SuccessfulAttachVolume event of the next.",
  },
  pullSeconds: {
    name: "pull of an image to a node",
    unit: "seconds",
    low: 0,
    mid: 10,
    high: 43,
    label: "assumed",
    source: pulls,
    measure: "Read the Pulled events of ten new pods: each says how long it took.",
  },
  /** A node where none has room, by what adds nodes. */
  nodeSeconds: {
    clusterAutoscaler: {
      name: "a new node by Cluster Autoscaler",
      unit: "seconds",
      low: 120,
      mid: 210,
      high: 300,
      label: "approx",
      source: clusterAutoscaler,
      measure: nodeMeasure,
    },
    karpenter: {
      name: "a new node by Karpenter",
      unit: "seconds",
      low: 28,
      mid: 60,
      high: 120,
      label: "assumed",
      source: karpenter,
      measure: nodeMeasure,
    },
  },
} as const satisfies Record<string, SourcedInterval | Record<string, SourcedInterval>>;
