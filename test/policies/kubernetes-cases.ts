import { asReading, unknown } from "../../model";
import type { Subject } from "../../policies";
import { pool } from "./machine-cases";
import {
  budget,
  cluster,
  container,
  HOST,
  inZones,
  later,
  ofKind,
  pod,
  policy,
  running,
  scaler,
  service,
  spread,
  stated,
  web,
  type Content,
} from "./manifests";

type Case = readonly [id: string, failing: Subject, passing: Subject];

const minAvailable = (least: string | number, replicas: number) =>
  cluster([web({ replicas }), budget({ minAvailable: least })]);
const spreading = (over: Content, podOver: Content = {}, deployment: Content = {}) =>
  cluster([web(deployment, pod({ topologySpreadConstraints: [spread(over)], ...podOver }))]);
const probing = (liveness: Content, readiness: Content) =>
  cluster([running({ livenessProbe: liveness, readinessProbe: readiness })]);
const http = (path: string, port: string | number = "http"): Content => ({ httpGet: { path, port } });
const calls = (liveness: Content) => cluster([running({ livenessProbe: liveness })]);
const starting = (probes: Content, seconds = 60) => cluster([running(probes)], stated(2, { startSeconds: seconds }));
const settings: Content = { ...ofKind("v1", "ConfigMap", {}, "settings"), data: { level: "info" } };
const taking = (key: string) =>
  cluster([settings, running({ env: [{ name: "LEVEL", valueFrom: { configMapKeyRef: { name: "settings", key } } }] })]);
const apart = (): Content => ({
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: HOST, labelSelector: { matchLabels: { app: "web" } } },
    ],
  },
});
const amounts = (requests: Content, limits: Content = {}) => cluster([running({ resources: { requests, limits } })]);
const letOut = (...egress: readonly Content[]) => cluster([web(), policy({ egress })]);
const dns = (protocol: string, over: Content = {}): Content => ({ ports: [{ protocol, port: 53 }], ...over });
const grace = (seconds: number, over: Content = {}) =>
  cluster([
    running(
      { lifecycle: { preStop: { sleep: { seconds: 10 } } } },
      { terminationGracePeriodSeconds: seconds, ...over },
    ),
  ]);
/** Pods that share no node, and a pool of so many. */
const onNodes = (nodes: number, rollout: Content): Subject => {
  const given = cluster([web({ strategy: { rollingUpdate: rollout } }, pod({ affinity: apart() }))]);
  const own = asReading(pool({ scaling: { kind: "fixed", count: nodes } }));
  // Of the same region, which no object says here either.
  return { ...given, parts: [...given.parts, { ...own, region: unknown("", "region", "elsewhere") }] };
};
const three = inZones("a", "b", "c");

/** Objects of a cluster: what fails, and its neighbour that passes. */
export const kubernetesCases: readonly Case[] = [
  ["budget-there", cluster([web({ replicas: 2 })]), cluster([web({ replicas: 2 }), budget()])],
  ["budget-there", cluster([web({ replicas: 2 })]), cluster([web({ replicas: 1 })])],
  [
    "budget-there",
    cluster([web(), budget({ selector: { matchLabels: { app: "api" } }, maxUnavailable: 1 })]),
    cluster([web(), budget()]),
  ],
  ["drain-possible", minAvailable(3, 3), minAvailable(2, 3)],
  ["drain-possible", minAvailable("100%", 3), minAvailable("66%", 3)],
  // Rounded up: 67 % of 3 is 3.
  ["drain-possible", minAvailable("67%", 3), minAvailable("66%", 3)],
  ["drain-possible", cluster([web(), budget({ maxUnavailable: 0 })]), cluster([web(), budget({ maxUnavailable: 1 })])],
  [
    "drain-possible",
    cluster([web(), budget({ maxUnavailable: "0%" })]),
    cluster([web(), budget({ maxUnavailable: "1%" })]),
  ],
  [
    "drain-possible",
    cluster([web({ replicas: 9 }), scaler({ minReplicas: 3 }), budget({ minAvailable: 3 })]),
    cluster([web({ replicas: 9 }), scaler({ minReplicas: 4 }), budget({ minAvailable: 3 })]),
  ],
  ["budgets-apart", cluster([web(), budget(), budget(undefined, "other")]), cluster([web(), budget()])],
  [
    "unready-pods-evictable",
    cluster([web(), budget()]),
    cluster([web(), budget({ maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" })]),
  ],
  [
    "spread-over-zones",
    cluster([web({}, pod({ topologySpreadConstraints: [spread({ topologyKey: HOST })] }))]),
    spreading({ whenUnsatisfiable: "ScheduleAnyway" }),
  ],
  [
    "spread-over-zones",
    cluster(
      [web({}, pod({ topologySpreadConstraints: [spread({ whenUnsatisfiable: "ScheduleAnyway" })] }))],
      stated(2),
    ),
    cluster([web()], stated(2)),
  ],
  ["spread-selects-own", spreading({ labelSelector: { matchLabels: { app: "api" } } }), spreading({})],
  ["spread-selects-own", spreading({ labelSelector: null }), spreading({ labelSelector: {} })],
  ["spread-survives-zone", spreading({ nodeTaintsPolicy: null }), spreading({ nodeTaintsPolicy: "Honor" })],
  [
    "spread-survives-zone",
    spreading({ minDomains: 3 }, { affinity: three }),
    spreading({ minDomains: 2 }, { affinity: three }),
  ],
  ["spread-survives-zone", spreading({ matchLabelKeys: null }), spreading({})],
  // Skew 4 lets one of three zones hold 4 of 4; skew 2 lets it hold 2.
  [
    "spread-survives-zone",
    spreading({ maxSkew: 4 }, { affinity: three }, { replicas: 4 }),
    spreading({ maxSkew: 2 }, { affinity: three }, { replicas: 4 }),
  ],
  [
    "anti-affinity-leaves-room",
    onNodes(3, { maxSurge: 1, maxUnavailable: 0 }),
    onNodes(4, { maxSurge: 1, maxUnavailable: 0 }),
  ],
  [
    "anti-affinity-leaves-room",
    onNodes(2, { maxSurge: 1, maxUnavailable: 1 }),
    onNodes(3, { maxSurge: 1, maxUnavailable: 1 }),
  ],
  ["probes-differ", probing(http("/health"), http("/health")), probing(http("/live"), http("/health"))],
  [
    "probes-differ",
    probing(http("/health", 8080), http("/health", "http")),
    probing({ tcpSocket: { port: 8080 } }, http("/health")),
  ],
  ["readiness-probed", cluster([running({ readinessProbe: null }), service()]), cluster([web(), service()])],
  ["liveness-probed", cluster([running({ livenessProbe: null })]), cluster([web()])],
  ["liveness-alone", calls(http("/health/ready")), calls(http("/health/already"))],
  ["liveness-alone", calls({ httpGet: { host: "db", path: "/", port: 80 } }), calls(http("/"))],
  [
    "liveness-alone",
    calls({ exec: { command: ["redis-cli", "-h", "cache", "ping"] } }),
    calls({ exec: { command: ["redis-cli", "-h", "localhost", "ping"] } }),
  ],
  [
    "startup-budget",
    starting({ startupProbe: { ...http("/live"), periodSeconds: 5, failureThreshold: 11 } }),
    starting({ startupProbe: { ...http("/live"), periodSeconds: 5, failureThreshold: 12 } }),
  ],
  // Kubernetes' own: every 10 s, 3 failures.
  ["startup-budget", starting({}, 31), starting({}, 30)],
  ["selectors-find-pods", cluster([web(), service({ selector: { app: "wbe" } })]), cluster([web(), service()])],
  [
    "selectors-find-pods",
    cluster([web(), policy({ podSelector: { matchLabels: { app: "wbe" } } })]),
    cluster([web(), policy()]),
  ],
  ["selectors-find-pods", cluster([budget()]), cluster([web(), budget()])],
  ["settings-there", taking("levle"), taking("level")],
  [
    "service-ports-there",
    cluster([web(), service({ ports: [{ port: 80, targetPort: "htpp" }] })]),
    cluster([web(), service()]),
  ],
  ["scaler-finds-target", cluster([scaler()]), cluster([web(), scaler()])],
  ["scaler-finds-target", cluster([web(), scaler(), scaler({}, "other")]), cluster([web(), scaler()])],
  ["scaler-not-fought", cluster([web({ replicas: 3 }), scaler()]), cluster([web({ replicas: null }), scaler()])],
  ["pods-isolated", cluster([web()]), cluster([web(), policy()])],
  ["names-resolve", letOut(), letOut(dns("UDP"))],
  ["names-resolve", letOut(dns("TCP")), letOut({ ports: [{ protocol: "UDP", port: 1, endPort: 100 }] })],
  [
    "names-resolve",
    letOut({ to: [{ podSelector: { matchLabels: { app: "api" } } }] }),
    letOut({ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }] }),
  ],
  ["requests-there", amounts({ cpu: "1" }), amounts({ cpu: "1", memory: "1Gi" })],
  ["requests-there", amounts({ cpu: "1" }), amounts({ cpu: "1" }, { memory: "1Gi" })],
  [
    "requests-there",
    amounts({}),
    cluster([
      running({ resources: {} }),
      ofKind("v1", "LimitRange", { limits: [{ type: "Container", defaultRequest: { cpu: "100m", memory: "64Mi" } }] }),
    ]),
  ],
  ["memory-limited", amounts({ memory: "1Gi" }), amounts({ memory: "1Gi" }, { memory: "1Gi" })],
  ["cpu-unthrottled", amounts({ cpu: "1" }, { cpu: "2" }), amounts({ cpu: "1" })],
  ["amounts-meant", amounts({ cpu: "1000", memory: "2Gi" }), amounts({ cpu: "1000m", memory: "2Gi" })],
  ["amounts-meant", amounts({ cpu: "1", memory: "512" }), amounts({ cpu: "1", memory: "512Mi" })],
  [
    "scaler-has-requests",
    cluster([running({ resources: { requests: { memory: "1Gi" } } }), scaler()]),
    cluster([web(), scaler()]),
  ],
  [
    "scaler-has-requests",
    cluster([web({}, pod({ containers: [container(), container({ name: "proxy", resources: {} })] })), scaler()]),
    cluster([web({}, pod({ containers: [container(), container({ name: "proxy" })] })), scaler()]),
  ],
  ["stop-announced", cluster([running({ lifecycle: null }), service()]), cluster([web(), service()])],
  ["grace-outlasts-stop", grace(10), grace(11)],
  [
    "rollout-rolls-back",
    cluster([web({ strategy: { rollingUpdate: { maxUnavailable: 1 } } })]),
    cluster([web({ strategy: { rollingUpdate: { maxUnavailable: 0 } } })]),
  ],
  ["rollout-rolls-back", cluster([running({ readinessProbe: null })]), cluster([web()])],
];

/** What is not known decides nothing. */
export const openCases: readonly (readonly [id: string, Subject])[] = [
  ["budget-there", cluster([web({ replicas: later })])],
  ["drain-possible", cluster([web({ replicas: later }), budget()])],
  ["drain-possible", cluster([web(), budget({ maxUnavailable: later })])],
  ["unready-pods-evictable", cluster([web(), budget({ maxUnavailable: 1, unhealthyPodEvictionPolicy: later })])],
  ["spread-over-zones", cluster([web({ replicas: later })])],
  ["spread-over-zones", cluster([web({}, pod({ topologySpreadConstraints: later }))])],
  ["spread-selects-own", cluster([web({}, pod({ topologySpreadConstraints: [spread({ labelSelector: later })] }))])],
  ["spread-survives-zone", spreading({ minDomains: 3 })],
  ["anti-affinity-leaves-room", cluster([web({}, pod({ affinity: apart() }))])],
  ["probes-differ", cluster([running({ livenessProbe: { httpGet: { path: later, port: 1 } } })])],
  ["readiness-probed", cluster([running({ readinessProbe: later }), service()])],
  ["liveness-probed", cluster([running({ livenessProbe: later })])],
  ["liveness-alone", cluster([running({ livenessProbe: { exec: { command: later } } })])],
  ["startup-budget", cluster([running({ livenessProbe: { periodSeconds: later } })], stated(2))],
  ["selectors-find-pods", cluster([web(), service({ selector: later })])],
  ["selectors-find-pods", cluster([web({}, pod(), { app: later }), service()])],
  [
    "selectors-find-pods",
    cluster([
      service(),
      { apiVersion: "postgresql.example.io/v1", kind: "Postgres", metadata: { name: "db", namespace: "shop" } },
    ]),
  ],
  ["settings-there", cluster([settings, running({ env: later })])],
  ["settings-there", cluster([running({ envFrom: [{ configMapRef: { name: "settings" } }] })])],
  ["service-ports-there", cluster([running({ ports: later }), service()])],
  ["scaler-finds-target", cluster([web(), scaler({ scaleTargetRef: later })])],
  ["pods-isolated", cluster([web({}, pod(), { app: later })])],
  ["names-resolve", cluster([web(), policy({ egress: [{ ports: later }] })])],
  ["requests-there", cluster([running({ resources: later })])],
  ["memory-limited", cluster([running({ resources: later })])],
  ["cpu-unthrottled", cluster([running({ resources: later })])],
  ["amounts-meant", cluster([running({ resources: later })])],
  ["scaler-has-requests", cluster([running({ resources: later }), scaler()])],
  ["stop-announced", cluster([running({ lifecycle: later }), service()])],
  ["grace-outlasts-stop", cluster([running({ lifecycle: { preStop: { exec: { command: ["/drain"] } } } })])],
  ["grace-outlasts-stop", cluster([running({}, { terminationGracePeriodSeconds: later })])],
  ["logs-kept", cluster([web()])],
];
