import type { Subject } from "../../policies";
import {
  budget,
  cluster,
  container,
  pod,
  policy,
  running,
  scaler,
  service,
  spread,
  web,
  type Content,
} from "./manifests";

const called = (name: string): Subject =>
  cluster([{ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop" } }]);
const serving = (name: string): Subject => cluster([service({}, name)]);
const labelled = (labels: Content): Subject =>
  cluster([{ ...service(), metadata: { name: "web", namespace: "shop", labels } }]);
const ports = (...list: readonly Content[]): Subject => cluster([service({ ports: list })]);
const bounds = (over: Content): Subject => cluster([scaler(over)]);
const budgeted = (over: Content): Subject => cluster([budget(over)]);
const rollout = (strategy: Content): Subject => cluster([web({ strategy })]);
const one = (over: Content, podOver: Content = {}): Subject => cluster([running(over, podOver)]);
const listening = (...list: readonly Content[]): Subject => one({ ports: list });
const probing = (role: string, over: Content): Subject => one({ [role]: { tcpSocket: { port: 8080 }, ...over } });
const spreading = (...list: readonly Content[]): Subject =>
  cluster([web({}, pod({ topologySpreadConstraints: list }))]);
const mounting = (volumes: readonly Content[], ...volumeMounts: readonly Content[]): Subject =>
  one({ volumeMounts }, { volumes });
const settings = (data: Content): Subject =>
  cluster([{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web", namespace: "shop" }, data }]);
const annotated = (annotations: Content): Subject =>
  cluster([{ ...service(), metadata: { name: "web", namespace: "shop", annotations } }]);
/** An object of an older version. */
const older = (object: Content, apiVersion: string): Subject => cluster([{ ...object, apiVersion }]);
const nightly: Content = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "nightly", namespace: "shop" },
  spec: {
    schedule: "0 0 * * *",
    jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers: [container()] } } } },
  },
};
const scheduled = (schedule: string): Subject =>
  cluster([{ ...nightly, spec: { ...(nightly["spec"] as Content), schedule } }]);
const overlapping = (concurrencyPolicy: string): Subject =>
  cluster([{ ...nightly, spec: { ...(nightly["spec"] as Content), concurrencyPolicy } }]);
const steered = (target: Content): Subject =>
  bounds({
    metrics: [
      {
        type: "Resource",
        resource: {
          name: "cpu",
          target: { type: "Utilization", ...("averageValue" in target ? {} : { averageUtilization: 70 }), ...target },
        },
      },
    ],
  });
const claim = (over: Content): Content => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "data", namespace: "shop" },
  spec: { resources: { requests: { storage: "1Gi" } }, ...over },
});
const volumes = (volumeBindingMode: string): Subject =>
  cluster([
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "fast" },
      provisioner: "ebs.csi.aws.com",
      volumeBindingMode,
    },
  ]);
const ending = (restartPolicy: string | null): Subject =>
  cluster([
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "load", namespace: "shop" },
      spec: { template: { spec: { restartPolicy, containers: [container()] } } },
    },
  ]);
const route: Content = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace: "shop" },
  spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
};
const tmp = { name: "tmp", emptyDir: {} };
const sha = "0c4e".repeat(16);

/** What the API server refuses, and its neighbour that it takes. */
export const kubernetesRefusals: Readonly<Record<string, readonly (readonly [refused: Subject, accepted: Subject])[]>> =
  {
    "object-name": [
      [called("a".repeat(254)), called("a".repeat(253))],
      [serving("a".repeat(64)), serving("a".repeat(63))],
      [called("Web"), called("web")],
      [called("web_1"), called("web.1")],
      [called("-web"), called("web")],
    ],
    "label-form": [
      [labelled({ app: "a".repeat(64) }), labelled({ app: "a".repeat(63) })],
      [labelled({ app: "a/b" }), labelled({ "example.com/app": "a.b" })],
      [labelled({ version: 1 }), labelled({ version: "1" })],
      [labelled({ ["a".repeat(64)]: "x" }), labelled({ ["a".repeat(63)]: "" })],
      [cluster([web({}, pod(), { app: "-web" })]), cluster([web()])],
    ],
    "selector-matches-template": [[cluster([web({ selector: { matchLabels: { app: "wbe" } } })]), cluster([web()])]],
    "replicas-counted": [
      [cluster([web({ replicas: -1 })]), cluster([web({ replicas: 0 })])],
      [cluster([web({ replicas: "3" })]), cluster([web({ replicas: 3 })])],
    ],
    "rollout-moves": [
      [
        rollout({ rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }),
        rollout({ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }),
      ],
      [
        rollout({ rollingUpdate: { maxSurge: "0%", maxUnavailable: 0 } }),
        rollout({ rollingUpdate: { maxUnavailable: 0 } }),
      ],
      [rollout({ type: "Recreate", rollingUpdate: { maxSurge: 1 } }), rollout({ type: "Recreate" })],
    ],
    "service-ports": [
      [ports(), cluster([service({ ports: [], clusterIP: "None" })])],
      [ports({ port: 70_000 }), ports({ port: 65_535 })],
      [ports({ port: 0 }), ports({ port: 1 })],
      [ports({ port: "80" }), ports({ port: 80, targetPort: "http" })],
      [ports({ port: 80 }, { name: "b", port: 81 }), ports({ name: "a", port: 80 }, { name: "b", port: 81 })],
      [
        ports({ name: "a", port: 80 }, { name: "a", port: 81 }),
        ports({ name: "a", port: 80 }, { name: "b", port: 81 }),
      ],
      [
        ports({ name: "a", port: 80 }, { name: "b", port: 80 }),
        ports({ name: "a", port: 80 }, { name: "b", port: 80, protocol: "UDP" }),
      ],
    ],
    "scaler-bounds": [
      [bounds({ minReplicas: 4, maxReplicas: 3 }), bounds({ minReplicas: 3, maxReplicas: 3 })],
      [bounds({ minReplicas: "2", maxReplicas: 3 }), bounds({ minReplicas: 2, maxReplicas: 3 })],
      [bounds({ minReplicas: 2, maxReplicas: "3" }), bounds({ minReplicas: 2, maxReplicas: 3 })],
      [bounds({ minReplicas: 0 }), bounds({ minReplicas: 1 })],
      [bounds({ minReplicas: null, maxReplicas: 0 }), bounds({ minReplicas: null, maxReplicas: 1 })],
      [steered({ averageUtilization: 0 }), steered({ averageUtilization: 1 })],
      [steered({ type: "AverageValue", averageValue: 0 }), steered({ type: "AverageValue", averageValue: "10m" })],
    ],
    "budget-bounds": [
      [budgeted({ minAvailable: 1, maxUnavailable: 1 }), budgeted({ maxUnavailable: 1 })],
      [budgeted({ maxUnavailable: -1 }), budgeted({ maxUnavailable: 0 })],
      [budgeted({ maxUnavailable: "101%" }), budgeted({ maxUnavailable: "100%" })],
    ],
    "containers-there": [[cluster([web({}, pod({ containers: [] }))]), one({})]],
    "container-names": [
      [one({ name: "Web" }), one({ name: "web" })],
      [one({ name: "a".repeat(64) }), one({ name: "a".repeat(63) })],
      [
        cluster([web({}, pod({ containers: [container(), container()] }))]),
        cluster([web({}, pod({ containers: [container(), container({ name: "proxy" })] }))]),
      ],
    ],
    "container-ports": [
      [listening({ containerPort: "80" }), listening({ containerPort: 80 })],
      [listening({ containerPort: 70_000 }), listening({ containerPort: 65_535 })],
      [listening({ name: "a".repeat(16), containerPort: 1 }), listening({ name: "a".repeat(15), containerPort: 1 })],
      [listening({ name: "8080", containerPort: 1 }), listening({ name: "http-8080", containerPort: 1 })],
      [
        listening({ name: "a", containerPort: 1 }, { name: "a", containerPort: 2 }),
        listening({ name: "a", containerPort: 1 }, { name: "b", containerPort: 2 }),
      ],
    ],
    "container-image": [
      [one({ image: "Web:1" }), one({ image: "web:V1" })],
      [one({ image: `web@sha256:${sha.slice(1)}` }), one({ image: `registry.example.com:5000/web:1@sha256:${sha}` })],
      [one({ image: "web: 1" }), one({ image: "web" })],
    ],
    "container-amounts": [
      [
        one({ resources: { requests: { cpu: "501m" }, limits: { cpu: "0.5" } } }),
        one({ resources: { requests: { cpu: "500m" }, limits: { cpu: "0.5" } } }),
      ],
      [
        one({ resources: { requests: { memory: "4Gi" }, limits: { memory: "4G" } } }),
        one({ resources: { requests: { memory: "4G" }, limits: { memory: "4Gi" } } }),
      ],
      [one({ resources: { requests: { cpu: "-1" } } }), one({ resources: { requests: { cpu: "0" } } })],
    ],
    "container-environment": [
      [one({ env: [{ name: "A=B", value: "x" }] }), one({ env: [{ name: "A.B-c", value: "x" }] })],
      [one({ env: [{ name: "", value: "x" }] }), one({ env: [{ name: "1A", value: "x" }] })],
    ],
    "probe-form": [
      [probing("livenessProbe", { successThreshold: 2 }), probing("readinessProbe", { successThreshold: 2 })],
      [probing("startupProbe", { successThreshold: 2 }), probing("startupProbe", { successThreshold: 1 })],
      [probing("readinessProbe", { exec: { command: ["x"] } }), probing("readinessProbe", {})],
      [probing("readinessProbe", { tcpSocket: null }), probing("readinessProbe", {})],
      [probing("readinessProbe", { periodSeconds: "10" }), probing("readinessProbe", { periodSeconds: 10 })],
      [probing("readinessProbe", { periodSeconds: -1 }), probing("readinessProbe", { periodSeconds: 1 })],
    ],
    "grace-holds-sleep": [
      [one({}, { terminationGracePeriodSeconds: "30" }), one({}, { terminationGracePeriodSeconds: 30 })],
      [one({}, { terminationGracePeriodSeconds: 4 }), one({}, { terminationGracePeriodSeconds: 5 })],
      // Left out, it is 30 s.
      [
        one({ lifecycle: { preStop: { sleep: { seconds: 31 } } } }),
        one({ lifecycle: { preStop: { sleep: { seconds: 30 } } } }),
      ],
    ],
    "spread-form": [
      [spreading(spread({ maxSkew: 0 })), spreading(spread({ maxSkew: 1 }))],
      [spreading(spread({ minDomains: 2, whenUnsatisfiable: "ScheduleAnyway" })), spreading(spread({ minDomains: 2 }))],
      [spreading(spread(), spread()), spreading(spread(), spread({ whenUnsatisfiable: "ScheduleAnyway" }))],
      [spreading(spread({ labelSelector: null })), spreading(spread({ labelSelector: null, matchLabelKeys: null }))],
    ],
    "volume-mounts": [
      [mounting([], { name: "tmp", mountPath: "/tmp" }), mounting([tmp], { name: "tmp", mountPath: "/tmp" })],
      [
        mounting([tmp], { name: "tmp", mountPath: "/tmp" }, { name: "tmp", mountPath: "/tmp" }),
        mounting([tmp], { name: "tmp", mountPath: "/tmp" }, { name: "tmp", mountPath: "/var/tmp" }),
      ],
      [mounting([tmp, tmp]), mounting([tmp])],
    ],
    "field-types": [
      [cluster([web({ minReadySeconds: "10" })]), cluster([web({ minReadySeconds: 10 })])],
      [spreading(spread({ maxSkew: "1" })), spreading(spread({ maxSkew: 1 }))],
      [one({}, { automountServiceAccountToken: "false" }), one({}, { automountServiceAccountToken: false })],
      [one({ securityContext: { runAsUser: "1000" } }), one({ securityContext: { runAsUser: 1000 } })],
      [one({ env: [{ name: "PORT", value: 8080 }] }), one({ env: [{ name: "PORT", value: "8080" }] })],
      [one({ env: [{ name: "DEBUG", value: true }] }), one({ env: [{ name: "DEBUG", value: "true" }] })],
      [one({ args: ["--port", 8080] }), one({ args: ["--port", "8080"] })],
      [one({}, { nodeSelector: { edge: true } }), one({}, { nodeSelector: { edge: "true" } })],
      [settings({ workers: 4 }), settings({ workers: "4" })],
      [annotated({ "example.com/weight": 5 }), annotated({ "example.com/weight": "5" })],
      // What people call their own keys is no field.
      [settings({ priority: 5 }), settings({ priority: "5", optional: "true" })],
    ],
    "field-words": [
      [cluster([service({ type: "LoadBalancr" })]), cluster([service({ type: "LoadBalancer" })])],
      [cluster([service({ sessionAffinity: "ClientIp" })]), cluster([service({ sessionAffinity: "ClientIP" })])],
      [ports({ port: 80, protocol: "HTTP" }), ports({ port: 80, protocol: "SCTP" })],
      [rollout({ type: "Canary" }), rollout({ type: "RollingUpdate" })],
      [one({ imagePullPolicy: "always" }), one({ imagePullPolicy: "Always" })],
      [listening({ containerPort: 8080, protocol: "tcp" }), listening({ containerPort: 8080, protocol: "TCP" })],
      [one({}, { dnsPolicy: "Clusterfirst" }), one({}, { dnsPolicy: "ClusterFirst" })],
      [
        one({}, { tolerations: [{ key: "a", operator: "Exists", effect: "NoExec" }] }),
        one({}, { tolerations: [{ key: "a", operator: "Exists", effect: "NoExecute" }] }),
      ],
      [spreading(spread({ whenUnsatisfiable: "Never" })), spreading(spread({ whenUnsatisfiable: "ScheduleAnyway" }))],
      [spreading(spread({ nodeTaintsPolicy: "honor" })), spreading(spread({ nodeTaintsPolicy: "Honor" }))],
      [steered({ type: "Utilisation" }), steered({ type: "Utilization" })],
      [
        bounds({ behavior: { scaleUp: { policies: [{ type: "Pod", value: 4, periodSeconds: 15 }] } } }),
        bounds({ behavior: { scaleUp: { policies: [{ type: "Pods", value: 4, periodSeconds: 15 }] } } }),
      ],
      [cluster([claim({ accessModes: ["RWO"] })]), cluster([claim({ accessModes: ["ReadWriteOnce"] })])],
      [
        budgeted({ maxUnavailable: 1, unhealthyPodEvictionPolicy: "Always" }),
        budgeted({ maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" }),
      ],
      [cluster([policy({ policyTypes: ["In"] })]), cluster([policy({ policyTypes: ["Ingress"] })])],
      [overlapping("Never"), overlapping("Forbid")],
      [volumes("Late"), volumes("WaitForFirstConsumer")],
    ],
    "restart-policy": [
      [ending(null), ending("Never")],
      [ending("Always"), ending("OnFailure")],
      [one({}, { restartPolicy: "Never" }), one({}, { restartPolicy: "Always" })],
      [scheduled("every 5 minutes"), scheduled("*/5 * * * *")],
      [scheduled("0 0 * *"), scheduled("0 0 * * MON-FRI")],
      [scheduled("@dayly"), scheduled("@daily")],
    ],
    "api-version-served": [
      [older(budget(), "policy/v1beta1"), cluster([budget()])],
      [older(scaler(), "autoscaling/v2beta2"), cluster([scaler()])],
      [older(web(), "extensions/v1beta1"), cluster([web()])],
      [older(web(), "apps/v1beta2"), cluster([web()])],
      [older(nightly, "batch/v1beta1"), cluster([nightly])],
      [older(route, "networking.k8s.io/v1beta1"), cluster([route])],
    ],
  };
