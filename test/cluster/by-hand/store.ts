import type { KubernetesObject } from "../harness/objects";
import { restricted } from "./web";

/** Disks of one zone, made where the pod is to run. */
export const zonalDisks: KubernetesObject = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "zonal" },
  provisioner: "disks.example.com",
  reclaimPolicy: "Delete",
  volumeBindingMode: "WaitForFirstConsumer",
};

/** A StatefulSet with a disk a pod, its headless Service and its budget. */
export function store(
  namespace: string,
  { storageClassName = "zonal", replicas = 3 } = {},
): readonly KubernetesObject[] {
  const labels = { "app.kubernetes.io/name": "store" };
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "store", namespace },
      spec: {
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: labels,
        ports: [{ name: "peer", port: 7000 }],
      },
    },
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "store", namespace },
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    },
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "store", namespace },
      spec: {
        replicas,
        serviceName: "store",
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            securityContext: { ...restricted.pod, fsGroup: 10001 },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: "topology.kubernetes.io/zone",
                whenUnsatisfiable: "DoNotSchedule",
                nodeTaintsPolicy: "Honor",
                labelSelector: { matchLabels: labels },
              },
            ],
            containers: [
              {
                name: "store",
                image: "registry.example.com/store:1.0.0",
                ports: [{ name: "peer", containerPort: 7000 }],
                resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { memory: "512Mi" } },
                volumeMounts: [{ name: "data", mountPath: "/data" }],
                securityContext: restricted.container,
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName,
              resources: { requests: { storage: "10Gi" } },
            },
          },
        ],
      },
    },
  ];
}
