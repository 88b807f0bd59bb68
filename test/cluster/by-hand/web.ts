import type { KubernetesObject } from "../harness/objects";

/** What a pod says to run in a `restricted` namespace. */
export const restricted = {
  pod: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: "RuntimeDefault" } },
  container: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
} as const;

export function namespaceOf(name: string, labels: Readonly<Record<string, string>> = {}): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted", ...labels } },
  };
}

/** What of a web server a test changes. */
export interface WebShape {
  readonly namespace: string;
  readonly name?: string;
  readonly replicas?: number;
  readonly cpu?: string;
  readonly strategy?: { readonly maxSurge: number; readonly maxUnavailable: number };
  /** Into the pod's spec, over what is there. */
  readonly pod?: Readonly<Record<string, unknown>>;
  /** Into its zone spread, over what is there. */
  readonly spread?: Readonly<Record<string, unknown>>;
}

/** A Deployment whose pods may not be further than one apart in the zones, by whatever rules a test gives it. */
export function deployment(shape: WebShape): KubernetesObject {
  const { namespace, name = "web", replicas = 3, cpu = "500m", pod = {}, spread = {} } = shape;
  const labels = { "app.kubernetes.io/name": name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      strategy: { type: "RollingUpdate", rollingUpdate: shape.strategy ?? { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: restricted.pod,
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "DoNotSchedule",
              nodeTaintsPolicy: "Honor",
              matchLabelKeys: ["pod-template-hash"],
              labelSelector: { matchLabels: labels },
              ...spread,
            },
          ],
          containers: [
            {
              name: "web",
              image: "registry.example.com/web:1.0.0",
              ports: [{ name: "http", containerPort: 8080 }],
              resources: { requests: { cpu, memory: "256Mi" }, limits: { memory: "256Mi" } },
              readinessProbe: { httpGet: { path: "/ready", port: "http" } },
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              securityContext: restricted.container,
            },
          ],
          ...pod,
        },
      },
    },
  };
}

export function budget(namespace: string, name = "web", maxUnavailable = 1): KubernetesObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name, namespace },
    spec: {
      maxUnavailable,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { "app.kubernetes.io/name": name } },
    },
  };
}

export function autoscaler(namespace: string, target = "web"): KubernetesObject {
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: target, namespace },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: target },
      minReplicas: 3,
      maxReplicas: 9,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
    },
  };
}

export function service(namespace: string, name = "web"): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: {
      selector: { "app.kubernetes.io/name": name },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    },
  };
}
