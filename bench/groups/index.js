"use strict";
// `groups:copies` replica groups, as a program that knows nothing of nines would write them; with `groups:waits` a timer is awaited between them.
const k8s = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const copies = config.requireNumber("copies");
const cluster = new k8s.Provider("cluster", { context: "cluster" });
const namespace = "shop";

function group(name) {
  const options = { provider: cluster };
  const labels = { "app.kubernetes.io/name": name };
  const metadata = { name, namespace, labels };
  const selector = { matchLabels: labels };
  new k8s.core.v1.ServiceAccount(name, { metadata, automountServiceAccountToken: false }, options);
  new k8s.apps.v1.Deployment(
    name,
    {
      metadata,
      spec: {
        selector,
        minReadySeconds: 5,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            terminationGracePeriodSeconds: 45,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
              maxSkew: 1,
              topologyKey,
              whenUnsatisfiable: "DoNotSchedule",
              labelSelector: selector,
            })),
            containers: [
              {
                name,
                image: `registry.example.com/${name}:1.2.3`,
                ports: [{ name: "http", containerPort: 8080 }],
                resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { memory: "512Mi" } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
                readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 },
                livenessProbe: { httpGet: { path: "/live", port: "http" }, periodSeconds: 10 },
                lifecycle: { preStop: { sleep: { seconds: 10 } } },
                env: [
                  { name: "LOG_LEVEL", value: "info" },
                  { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "passwords", key: name } } },
                ],
              },
            ],
          },
        },
      },
    },
    options,
  );
  new k8s.core.v1.Service(
    name,
    { metadata, spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] } },
    options,
  );
  new k8s.policy.v1.PodDisruptionBudget(name, { metadata, spec: { selector, maxUnavailable: 1 } }, options);
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    name,
    {
      metadata,
      spec: {
        minReplicas: 3,
        maxReplicas: 10,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
        ],
      },
    },
    options,
  );
  new k8s.networking.v1.NetworkPolicy(
    name,
    { metadata, spec: { podSelector: selector, policyTypes: ["Ingress"], ingress: [{ ports: [{ port: "http" }] }] } },
    options,
  );
}

module.exports = async () => {
  for (let copy = 0; copy < copies; copy += 1) {
    group(`group-${copy}`);
    if (config.getBoolean("waits")) await new Promise((resolve) => setTimeout(resolve, 1));
  }
};
