import type { Source } from "../../model";

const api = (title: string): Source => ({
  title: `Kubernetes API reference v1.36, ${title}`,
  url: "https://kubernetes.io/docs/reference/kubernetes-api/",
  date: "2026-11-21",
});

/** What the API server fills in where an object says nothing. */
export const kubernetesDefaults = {
  probe: {
    value: { periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 },
    source: api("Probe"),
  },
  graceSeconds: { value: 30, source: api("PodSpec.terminationGracePeriodSeconds") },
  replicas: { value: 1, source: api("DeploymentSpec.replicas") },
  /** Of a rolling update: more pods are rounded up, fewer are rounded down. */
  rollout: { value: { maxSurge: "25%", maxUnavailable: "25%" }, source: api("RollingUpdateDeployment") },
  minReadySeconds: { value: 0, source: api("DeploymentSpec.minReadySeconds") },
  podManagementPolicy: { value: "OrderedReady", source: api("StatefulSetSpec.podManagementPolicy") },
  /** Of a StatefulSet's claims, when it is deleted and when it shrinks. */
  claimRetention: { value: "Retain", source: api("StatefulSetPersistentVolumeClaimRetentionPolicy") },
  volumeBindingMode: { value: "Immediate", source: api("StorageClass.volumeBindingMode") },
  /** Of volumes whose claim is deleted; each takes it from its class when it is made. */
  reclaimPolicy: { value: "Delete", source: api("StorageClass.reclaimPolicy") },
  autoscaler: { value: { minReplicas: 1, cpuPercent: 80 }, source: api("HorizontalPodAutoscalerSpec") },
  /** Of a KEDA ScaledObject, which makes an autoscaler of its own. */
  scaledObject: {
    value: { kind: "Deployment", minReplicas: 0, maxReplicas: 100 },
    source: {
      title: "KEDA 2.18, ScaledObject specification",
      url: "https://keda.sh/docs/2.18/reference/scaledobject-spec/",
      date: "2026-11-21",
    },
  },
} as const;
