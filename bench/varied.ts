// A folder as teams have it: each of its own names, and all that stands around a service and its store. Of kinds, namespaces and
// references there are many, so that what is looked for by going through all of them shows.
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";

type Written = Readonly<Record<string, unknown>>;

const EDGE: Written = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "edge", namespace: "edge" },
  spec: {
    gatewayClassName: "eg",
    listeners: [
      {
        name: "https",
        port: 443,
        protocol: "HTTPS",
        tls: { certificateRefs: [{ name: "edge" }] },
        allowedRoutes: { namespaces: { from: "All" } },
      },
    ],
  },
};

/** Eighteen objects of one team, the last four of them its store's. */
function team(number: number, namespace: string): readonly Written[] {
  const [app, store] = [`app-${number}`, `store-${number}`];
  const object = (apiVersion: string, kind: string, name: string, rest: Written): Written => ({
    apiVersion,
    kind,
    metadata: { name, namespace, labels: { "app.kubernetes.io/part-of": app } },
    ...rest,
  });
  const choosing = (name: string): Written => ({ matchLabels: { app: name } });
  const pods = (name: string, besides: Written = {}): Written => ({
    metadata: { labels: { app: name } },
    spec: {
      serviceAccountName: app,
      containers: [
        {
          name: "main",
          image: `registry.example.com/${name}@sha256:${String(number).padStart(64, "0")}`,
          ports: [
            { containerPort: 8080, name: "http" },
            { containerPort: 9000, name: "metrics" },
          ],
          resources: { requests: { cpu: `${100 + (number % 900)}m`, memory: `${128 + (number % 512)}Mi` } },
          readinessProbe: { httpGet: { path: "/ready", port: "http" } },
          envFrom: [{ configMapRef: { name: app } }],
          env: [
            { name: "TOKEN", valueFrom: { secretKeyRef: { name: app, key: "token" } } },
            { name: "STORE", value: `http://${store}.${namespace}.svc.cluster.local:8080` },
          ],
          ...besides,
        },
      ],
    },
  });
  const claim = {
    metadata: { name: "data" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
  };
  const http = { port: 80, targetPort: "http", name: "http" };
  const from = [{ podSelector: choosing(app) }];
  const few = `kube_deployment_status_replicas_available{namespace="${namespace}",deployment="${app}"} < 3`;
  return [
    object("v1", "ServiceAccount", app, {}),
    object("v1", "ConfigMap", app, { data: { text: "x".repeat(200 + number) } }),
    object("v1", "Secret", app, { stringData: { token: `hidden-of-${app}` } }),
    object("apps/v1", "Deployment", app, { spec: { selector: choosing(app), template: pods(app) } }),
    object("v1", "Service", app, { spec: { selector: { app }, ports: [http, { port: 9000, name: "metrics" }] } }),
    number % 2 === 0
      ? object("gateway.networking.k8s.io/v1", "HTTPRoute", app, {
          spec: {
            parentRefs: [{ name: "edge", namespace: "edge" }],
            hostnames: [`${app}.example.com`],
            rules: [{ backendRefs: [{ name: app, port: 80 }] }],
          },
        })
      : object("networking.k8s.io/v1", "Ingress", app, {
          spec: {
            rules: [
              {
                host: `${app}.example.com`,
                http: {
                  paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: app, port: { number: 80 } } } }],
                },
              },
            ],
          },
        }),
    number % 3 === 0
      ? object("keda.sh/v1alpha1", "ScaledObject", app, {
          spec: {
            scaleTargetRef: { name: app },
            minReplicaCount: 3,
            triggers: [{ type: "prometheus", metadata: { query: app, threshold: "10" } }],
          },
        })
      : object("autoscaling/v2", "HorizontalPodAutoscaler", app, {
          spec: {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: app },
            minReplicas: 3,
            maxReplicas: 20,
          },
        }),
    object("policy/v1", "PodDisruptionBudget", app, { spec: { maxUnavailable: 1, selector: choosing(app) } }),
    object("networking.k8s.io/v1", "NetworkPolicy", app, {
      spec: { podSelector: choosing(app), ingress: [{ ports: [{ port: 8080 }] }] },
    }),
    object("monitoring.coreos.com/v1", "PrometheusRule", app, {
      spec: {
        groups: [{ name: app, rules: [{ alert: "Few", expr: few, for: "5m", labels: { severity: "critical" } }] }],
      },
    }),
    object("monitoring.coreos.com/v1", "ServiceMonitor", app, {
      spec: { selector: choosing(app), endpoints: [{ port: "metrics" }] },
    }),
    object("rbac.authorization.k8s.io/v1", "Role", app, {
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
    }),
    object("rbac.authorization.k8s.io/v1", "RoleBinding", app, {
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: app },
      subjects: [{ kind: "ServiceAccount", name: app }],
    }),
    object("cert-manager.io/v1", "Certificate", app, {
      spec: { secretName: app, dnsNames: [`${app}.example.com`], issuerRef: { name: "issuer" } },
    }),
    object("apps/v1", "StatefulSet", store, {
      spec: {
        replicas: 3,
        serviceName: store,
        selector: choosing(store),
        template: pods(store, { volumeMounts: [{ name: "data", mountPath: "/data" }] }),
        volumeClaimTemplates: [claim],
      },
    }),
    object("v1", "Service", store, {
      spec: { clusterIP: "None", selector: { app: store }, ports: [{ port: 8080, name: "http" }] },
    }),
    object("policy/v1", "PodDisruptionBudget", store, { spec: { maxUnavailable: 1, selector: choosing(store) } }),
    object("networking.k8s.io/v1", "NetworkPolicy", store, {
      spec: { podSelector: choosing(store), ingress: [{ from }] },
    }),
  ];
}

/** At least so many objects in files of five teams each, every team in a namespace of its own or all in one. */
export function writeVaried(folder: string, objects: number, spaces: "each its own" | "one"): void {
  mkdirSync(folder);
  let written = 0;
  for (let file = 0; written < objects; file += 1) {
    const teams = [0, 1, 2, 3, 4].flatMap((each) => {
      const number = file * 5 + each;
      return team(number, spaces === "one" ? "shop" : `team-${number}`);
    });
    const all = file === 0 ? [EDGE, ...teams] : teams;
    writeFileSync(path.join(folder, `${file}.yaml`), all.map((each) => stringify(each)).join("---\n"));
    written += all.length;
  }
}
