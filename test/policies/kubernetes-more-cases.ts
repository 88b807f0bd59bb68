import { asReading } from "../../model";
import type { Subject } from "../../policies";
import { demand, group, of, plan } from "./fixture";
import {
  cluster,
  container,
  later,
  ofKind,
  pod,
  running,
  scaledObject,
  scaler,
  web,
  webKey,
  type Content,
} from "./manifests";

type Case = readonly [id: string, failing: Subject, passing: Subject];

const secured = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const forPod = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
const safe = (over: Content = {}, ofPod: Content = {}, ofContainer: Content = {}): Subject =>
  cluster([
    running(
      { securityContext: { ...secured, ...over }, ...ofContainer },
      { securityContext: forPod, volumes: [{ name: "tmp", emptyDir: {} }], ...ofPod },
    ),
  ]);
/** Three pods of one claim, whose class binds so. */
const sharing = (mode: string, volumeBindingMode = "WaitForFirstConsumer"): Subject =>
  cluster([
    web({}, pod({ volumes: [{ name: "up", persistentVolumeClaim: { claimName: "uploads" } }] })),
    ofKind("v1", "PersistentVolumeClaim", { accessModes: [mode], storageClassName: "disk" }, "uploads"),
    { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "disk" }, volumeBindingMode },
  ]);
const quota = (hard: Content, over: Content = {}, more: Content = {}): Subject =>
  cluster([web({ replicas: 3, ...more }), ofKind("v1", "ResourceQuota", { hard, ...over })]);
/** A set of three to five pods with a claim of 10 GiB each, and a claim of 2 GiB by itself. */
const keeping = (hard: Content, requests: Content = { storage: "10Gi" }): Subject =>
  cluster([
    ofKind("apps/v1", "StatefulSet", {
      selector: { matchLabels: { app: "db" } },
      template: { metadata: { labels: { app: "db" } }, spec: { containers: [container()] } },
      volumeClaimTemplates: [
        { metadata: { name: "data" }, spec: { storageClassName: "fast", resources: { requests } } },
      ],
    }),
    ofKind("autoscaling/v2", "HorizontalPodAutoscaler", {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: "web" },
      minReplicas: 3,
      maxReplicas: 5,
    }),
    ofKind("v1", "PersistentVolumeClaim", {
      storageClassName: "slow",
      resources: { requests: { storage: "2Gi" } },
    }),
    ofKind("v1", "ResourceQuota", { hard }),
  ]);
const namespace = (labels: Content): Content => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "shop", labels },
});
const stating = (annotations: Content): Subject =>
  cluster([{ ...web(), metadata: { name: "web", namespace: "shop", annotations } }]);
/** A server with words of its command, and Sentinels of a file, beside the Service db. */
const redis = (words: string, sentinel = ""): Subject =>
  cluster([
    ofKind("v1", "Service", { clusterIP: "None", selector: { app: "db" } }, "db"),
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "files", namespace: "shop" },
      data: { "s.conf": sentinel },
    },
    running(
      { image: "redis:7.2", args: ["redis-server", ...words.split(" ")] },
      { volumes: [{ name: "files", configMap: { name: "files" } }] },
    ),
  ]);
/** As of a ScaledObject that takes over an autoscaler of that name. */
const taking = (name: string): Content => ({ advanced: { horizontalPodAutoscalerConfig: { name } } });
const image = (reference: string): Subject => cluster([running({ image: reference })]);
/** Of a job that runs every day. */
const scheduled = (reference: string): Subject =>
  cluster([
    ofKind("batch/v1", "CronJob", {
      schedule: "0 3 * * *",
      jobTemplate: { spec: { template: { spec: { containers: [container({ image: reference })] } } } },
    }),
  ]);
/** One tag, beside the digests of two workloads. */
const digests = (...letters: readonly string[]): Subject =>
  cluster(
    letters.map((letter, index) => ({
      ...running({ image: `web:1@sha256:${letter.repeat(64)}` }),
      metadata: { name: `web-${index}`, namespace: "shop" },
    })),
  );
const alerting = (annotations: Content): Subject =>
  cluster([
    ofKind("monitoring.coreos.com/v1", "PrometheusRule", {
      groups: [
        {
          name: "web",
          rules: [
            { record: "x", expr: "1" },
            { alert: "Down", expr: "up == 0", annotations },
          ],
        },
      ],
    }),
  ]);
const pods = {
  kind: "kubernetes",
  cpuLimitMillis: null,
  memoryLimitMiB: 2048,
  disruptionMaxUnavailable: 1,
  hosts: "preferred",
  minReadySeconds: 0,
  stopDelaySeconds: 10,
} as const;
const promising = (availability: number): Subject =>
  of([group({ runtime: pods })], {
    basis: plan({ objectives: { availability, survive: "zone", recoverySeconds: 120 } }),
    plan: null,
  });
const inTwo = {
  ...promising(0.9999),
  parts: [group({ runtime: pods }), group({ runtime: pods, region: "eu-west-1" })].map((each) => asReading(each)),
};

/** As Sloth writes it: calls of a service that fail, told where they come too fast. */
const objectiveOf = (service: string) =>
  ofKind("monitoring.coreos.com/v1", "PrometheusRule", {
    groups: [
      {
        name: service,
        rules: [
          { record: "slo:sli_error:ratio_rate5m", expr: "a / b" },
          { record: "slo:objective:ratio", expr: "vector(0.999)" },
        ].map((rule) => ({ ...rule, labels: { sloth_service: service, sloth_slo: "calls" } })),
      },
    ],
  });
const promised = (...objects: Parameters<typeof cluster>[0]): Subject =>
  cluster([web(), ...objects], { basis: plan({ demand: [demand({ part: webKey })] }) });

/** Quotas, Pod Security and the checklist of a service that must stay up: what fails, and its neighbour that passes. */
export const moreKubernetesCases: readonly Case[] = [
  ["claims-shared", sharing("ReadWriteOnce"), sharing("ReadWriteMany")],
  ["claims-bind-late", sharing("ReadWriteMany", "Immediate"), sharing("ReadWriteMany", "WaitForFirstConsumer")],
  // Three pods and one of a rollout ask for 4 x 500m.
  ["quota-holds-pods", quota({ "requests.cpu": "1999m" }), quota({ "requests.cpu": "2" })],
  ["quota-holds-pods", quota({ "requests.memory": "2047Mi" }), quota({ "requests.memory": "2Gi" })],
  ["quota-holds-pods", quota({ pods: 3 }), quota({ pods: 4 })],
  [
    "quota-holds-pods",
    quota({ pods: 3 }),
    quota({ pods: 3 }, {}, { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } }),
  ],
  // It has no CPU limit, and so its pods are refused.
  ["quota-holds-pods", quota({ "limits.cpu": "100" }), quota({ "limits.memory": "2Gi" })],
  [
    "quota-holds-pods",
    cluster([web({ replicas: null }), scaler(), ofKind("v1", "ResourceQuota", { hard: { pods: 10 } })]),
    cluster([web({ replicas: null }), scaler(), ofKind("v1", "ResourceQuota", { hard: { pods: 11 } })]),
  ],
  // A set's claims, one a pod, at its scaler's ceiling; and one by itself.
  ["quota-holds-pods", keeping({ persistentvolumeclaims: 5 }), keeping({ persistentvolumeclaims: 6 })],
  ["quota-holds-pods", keeping({ "requests.storage": "51Gi" }), keeping({ "requests.storage": "52Gi" })],
  [
    "quota-holds-pods",
    keeping({ "fast.storageclass.storage.k8s.io/requests.storage": "49Gi" }),
    keeping({ "fast.storageclass.storage.k8s.io/requests.storage": "50Gi" }),
  ],
  [
    "quota-holds-pods",
    keeping({ "fast.storageclass.storage.k8s.io/persistentvolumeclaims": 4 }),
    keeping({ "slow.storageclass.storage.k8s.io/persistentvolumeclaims": 1 }),
  ],
  ["quota-holds-pods", keeping({ pods: 4 }), keeping({ pods: 5 })],
  ["quota-holds-pods", keeping({ "requests.storage": "1Ti" }, {}), keeping({ "requests.storage": "1Ti" })],
  ["pods-restricted", safe({ allowPrivilegeEscalation: null }), safe()],
  ["pods-restricted", safe({ privileged: true }), safe({ privileged: false })],
  ["pods-restricted", safe({ runAsNonRoot: false }), safe({ runAsNonRoot: true })],
  ["pods-restricted", safe({ runAsUser: 0 }), safe({ runAsUser: 1 })],
  ["pods-restricted", safe({ capabilities: { drop: ["NET_RAW"] } }), safe()],
  [
    "pods-restricted",
    safe({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
    safe({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
  ],
  ["pods-restricted", safe({}, { hostNetwork: true }), safe({}, { hostNetwork: false })],
  ["pods-restricted", safe({}, { volumes: [{ name: "x", hostPath: { path: "/" } }] }), safe()],
  [
    "pods-restricted",
    safe({ seccompProfile: { type: "Unconfined" } }),
    safe({ seccompProfile: { type: "Localhost" } }),
  ],
  ["pods-restricted", safe({}, {}, { ports: [{ containerPort: 80, hostPort: 80 }] }), safe()],
  [
    "namespace-enforces",
    cluster([namespace({})]),
    cluster([namespace({ "pod-security.kubernetes.io/enforce": "restricted" })]),
  ],
  ["root-read-only", safe(), safe({ readOnlyRootFilesystem: true })],
  ["token-not-mounted", cluster([web()]), cluster([running({}, { automountServiceAccountToken: false })])],
  [
    "token-not-mounted",
    cluster([running({}, { serviceAccountName: "web" })]),
    cluster([
      running({}, { serviceAccountName: "web" }),
      {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "web", namespace: "shop" },
        automountServiceAccountToken: false,
      },
    ]),
  ],
  ["image-tagged", image("registry.example.com:5000/web"), image("registry.example.com:5000/web:1")],
  ["image-tagged", image("web:latest"), image("web@sha256:0c4e")],
  ["image-tagged", scheduled("web"), scheduled("web:1")],
  ["digests-agree", digests("a", "b"), digests("a", "a")],
  ["image-pinned", scheduled("web:1"), scheduled(`web@sha256:${"f".repeat(64)}`)],
  [
    "copy-never-elected",
    redis("--replicaof db.example.com 6379"),
    redis("--replicaof db.example.com 6379 --replica-priority 0"),
  ],
  [
    "copy-never-elected",
    redis("--slaveof db.example.com 6379 --slave-priority 1"),
    redis("--replicaof db-0.db.shop.svc 6379"),
  ],
  [
    "sentinels-beside-primary",
    redis("", "sentinel monitor main db.example.com 6379 2"),
    redis("", "sentinel monitor main db-0.db 6379 2"),
  ],
  ["three-pods", cluster([web({ replicas: 2 })]), cluster([web({ replicas: 3 })])],
  ["three-pods", cluster([web({ replicas: 1 })]), cluster([web({ replicas: 0 })])],
  ["three-pods", cluster([web(), scaler({ minReplicas: 2 })]), cluster([web(), scaler({ minReplicas: 3 })])],
  ["one-autoscaler", cluster([web(), scaler(), scaledObject({})]), cluster([web(), scaler()])],
  ["one-autoscaler", cluster([web(), scaler(), scaledObject(taking("other"))]), cluster([web(), scaledObject({})])],
  [
    "one-autoscaler",
    cluster([web(), scaler(), scaler({}, "cpu")]),
    cluster([web(), scaler(), scaledObject(taking("web"))]),
  ],
  ["critical-in-regions", promising(0.9999), inTwo],
  ["objective-watched", promised(), promised(objectiveOf("web"))],
  ["runbooks-named", alerting({}), alerting({ runbook_url: "https://example.com/down" })],
  [
    "failover-tested",
    stating({ "nines/failover-tested": "2026-05-21" }),
    stating({ "nines/failover-tested": "2026-05-22" }),
  ],
  [
    "failover-tested",
    stating({ "nines/failover-tested": "2026-11-22" }),
    stating({ "nines/failover-tested": "2026-11-21" }),
  ],
  ["chaos-tested", stating({ "nines/chaos-tested": "last May" }), stating({ "nines/chaos-tested": "2026-11-01" })],
];

/** What is not known decides nothing. */
export const moreOpenCases: readonly (readonly [id: string, Subject])[] = [
  ["quota-holds-pods", quota({ pods: later })],
  ["quota-holds-pods", quota({ pods: 9 }, {}, { replicas: later })],
  ["quota-holds-pods", cluster([running({ resources: later }), ofKind("v1", "ResourceQuota", { hard: { pods: 9 } })])],
  ["pods-restricted", cluster([running({ securityContext: later })])],
  ["root-read-only", cluster([running({ securityContext: later })])],
  ["token-not-mounted", cluster([running({}, { automountServiceAccountToken: later })])],
  ["image-tagged", cluster([web({}, pod({ containers: [container({ image: later })] }))])],
  ["three-pods", cluster([web({ replicas: later })])],
  ["copy-never-elected", redis("--replicaof 10.1.2.3 6379")],
  ["sentinels-beside-primary", redis("", "sentinel monitor main 10.1.2.3 6379 2")],
  ["objective-watched", promised(objectiveOf("other"))],
  ["runbooks-named", cluster([ofKind("monitoring.coreos.com/v1", "PrometheusRule", { groups: later })])],
  ["failover-tested", cluster([web()])],
  ["chaos-tested", cluster([web()])],
];
