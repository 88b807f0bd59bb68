import { readParts } from "../../components/readers";
import { partKey, resourceGraph, type Value } from "../../model";
import type { Subject } from "../../policies";
import { kubernetesObject, resourceOf } from "../../preview/manifests/objects";
import { demand, plan, subject } from "./fixture";

export type Content = { readonly [key: string]: Value };

/** Objects in a cluster, whoever wrote them: nobody says what they must carry. */
export function cluster(objects: readonly Content[], over: Partial<Subject> = {}): Subject {
  const resources = objects.map((content) => {
    const object = kubernetesObject(content, []);
    if (object === null) throw new Error(`no object: ${JSON.stringify(content)}`);
    return resourceOf(object);
  });
  const graph = resourceGraph(resources);
  const { parts, conflicts } = readParts("kubernetes", graph, "2026-11-21");
  return subject({ parts, resources, graph, conflicts, plan: null, basis: null, availability: null, ...over });
}

/** What is not known before a deploy. */
export const later: Value = { $unknown: "after-deploy" };

/** The Part that the Deployment web is read into. */
export const webKey = partKey("replica-group", "web", "cluster");

/** Somebody says what web must carry. */
export const stated = (
  need: number,
  over: Parameters<typeof demand>[0] = {},
  objectives: Partial<ReturnType<typeof plan>["objectives"]> = {},
): Partial<Subject> => ({
  basis: plan({
    demand: [demand({ part: webKey, need, ...over })],
    objectives: { availability: 0.999, survive: "zone", recoverySeconds: 120, ...objectives },
  }),
});

const labels = { app: "web" };
export const ZONE = "topology.kubernetes.io/zone";
export const HOST = "kubernetes.io/hostname";

export const container = (over: Content = {}): Content => ({
  name: "web",
  image: "registry.example.com/web:1.2.3",
  ports: [{ name: "http", containerPort: 8080 }],
  resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { memory: "512Mi" } },
  readinessProbe: { httpGet: { path: "/health/ready", port: "http" } },
  livenessProbe: { httpGet: { path: "/health/live", port: "http" } },
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
  ...over,
});

export const spread = (over: Content = {}): Content => ({
  maxSkew: 1,
  topologyKey: ZONE,
  whenUnsatisfiable: "DoNotSchedule",
  nodeTaintsPolicy: "Honor",
  matchLabelKeys: ["pod-template-hash"],
  labelSelector: { matchLabels: labels },
  ...over,
});

/** Held to nodes of these zones. */
export const inZones = (...zones: readonly string[]): Content => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: ZONE, operator: "In", values: zones }] }],
    },
  },
});

export const pod = (over: Content = {}): Content => ({
  containers: [container()],
  topologySpreadConstraints: [spread()],
  ...over,
});

export const web = (over: Content = {}, podSpec: Content = pod(), podLabels: Content = labels): Content => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    replicas: 3,
    selector: { matchLabels: labels },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: { metadata: { labels: podLabels }, spec: podSpec },
    ...over,
  },
});

/** A Deployment whose one container is so. */
export const running = (over: Content, podOver: Content = {}): Content =>
  web({}, pod({ containers: [container(over)], ...podOver }));

const object = (apiVersion: string, kind: string, spec: Content, name = "web"): Content => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "shop" },
  spec,
});

export const service = (over: Content = {}, name = "web"): Content =>
  object("v1", "Service", { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }], ...over }, name);

/** One of KEDA, which may take over an autoscaler that it names. */
export const scaledObject = (config: Content): Content => ({
  apiVersion: "keda.sh/v1alpha1",
  kind: "ScaledObject",
  metadata: {
    name: "queue",
    namespace: "shop",
    annotations: { "scaledobject.keda.sh/transfer-hpa-ownership": "true" },
  },
  spec: { scaleTargetRef: { name: "web" }, minReplicaCount: 3, triggers: [], ...config },
});

export const scaler = (over: Content = {}, name = "web"): Content =>
  object(
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
      ...over,
    },
    name,
  );

export const budget = (over: Content = { maxUnavailable: 1 }, name = "web"): Content =>
  object("policy/v1", "PodDisruptionBudget", { selector: { matchLabels: labels }, ...over }, name);

export const policy = (over: Content = {}, name = "web"): Content =>
  object(
    "networking.k8s.io/v1",
    "NetworkPolicy",
    {
      podSelector: { matchLabels: labels },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ ports: [{ port: 8080 }] }],
      egress: [
        {
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
      ...over,
    },
    name,
  );

export const ofKind = object;
