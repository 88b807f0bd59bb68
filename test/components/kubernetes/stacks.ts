import type { Environment, KubernetesChoice, System } from "../../../model";
import { configured, type RecordedStack, recordStack, shippedOn, tables } from "../../stacks";

const embedding = tables.systems["embedding"]!;
const prod = tables.environments["prod"]!;

const cluster: KubernetesChoice = {
  clusters: { "us-east-1": { context: "prod-us-east-1" } },
  nodes: {
    platform: "other",
    machine: "metal",
    allocatable: { cpuMillis: 15_800, memoryMiB: 60_000, pods: 110 },
    perHourUsd: 0.8,
  },
};
const existing = {
  vectors: { address: "cache.example.internal:6379", tls: true, tokenSecretName: "shared-cache/token" },
};

const on =
  (
    choice: Partial<KubernetesChoice>,
    system: System = embedding,
    config: Readonly<Record<string, unknown>> = {},
    environment: Partial<Environment> = {},
  ) =>
  () =>
    recordStack(configured("embedding-prod", { target: "kubernetes", existing, ...config }), {
      systems: { embedding: system },
      environments: { prod: { ...prod, ...environment, kubernetes: { ...cluster, ...choice } } },
    });

const domain = { name: "embedding.example.com", zone: { existing: { id: "Z0123456789" } } };
const issued: Partial<KubernetesChoice> = {
  certificate: { issuer: { kind: "ClusterIssuer", name: "letsencrypt" } },
  has: ["gateway-api", "metrics-server", "cert-manager", "external-dns"],
};

/** The system with its entry on the internet. */
function exposed(): System {
  const facts = embedding.workloads["storage-server"]!;
  if (facts.kind !== "service") throw new Error("storage-server is a service");
  return { ...embedding, workloads: { ...embedding.workloads, "storage-server": { ...facts, exposure: "internet" } } };
}

const sidecars = {
  proxy: {
    image: `registry.example.com/proxy@sha256:${"c".repeat(64)}`,
    cpuMillis: 250,
    memoryMiB: 128,
    ports: [9901],
    environment: { LEVEL: "info" },
    secrets: { CERTIFICATE: { existing: "shared/certificate" } },
    health: { command: "curl -f localhost:9901/ready" },
    awaited: "healthy" as const,
  },
  agent: { image: "registry.example.com/agent:1.2", cpuMillis: 50, memoryMiB: 64, essential: true },
  model: {
    image: "registry.example.com/fetch:3",
    cpuMillis: 100,
    memoryMiB: 64,
    essential: false,
    awaited: "done" as const,
    command: ["fetch", "/model"],
  },
};

/** Settings of ConfigMaps; with `from`, a secret of a store by a key of its own. */
function besides(from?: string): System {
  const facts = embedding.workloads["embedding"]!;
  if (facts.kind !== "service") throw new Error("embedding is a service");
  const richer = {
    ...facts,
    sidecars,
    secrets: {
      API_KEY: { create: "secret-manager" as const, ...(from === undefined ? {} : { from }) },
      OTHER: { existing: "team/other" },
    },
    configMaps: { LOG_LEVEL: "settings/log-level", PLACE: "settings" },
    limits: { cpuMillis: 4000, memoryMiB: 8192 },
    metrics: {
      port: 9091,
      path: "/stats",
      calls: { total: "http_requests_total", errors: 'http_requests_total{code=~"5.."}' },
      latency: {
        total: "http_request_duration_seconds_count",
        within: 'http_request_duration_seconds_bucket{le="0.1"}',
      },
    },
    probes: {
      health: { path: "/health/ready", intervalSeconds: 10, timeoutSeconds: 2, failures: 3, successes: 1 },
      live: { path: "/health/live", intervalSeconds: 10, timeoutSeconds: 2 },
      startup: { path: "/health/startup", intervalSeconds: 5 },
    },
    drainSeconds: 25,
  };
  return { ...embedding, workloads: { ...embedding.workloads, embedding: richer } };
}

const cached = { existing: {} };
const registries = { "registry.example.com": { secret: "pull" } };
const vectordb = tables.systems["vectordb"]!;

/** A store with what the shipped ones have not: a leader's Service, secrets, an object store for its copies, a class that is there. */
function richerStore(): System {
  const facts = vectordb.workloads["dvecdb"]!;
  if (facts.kind !== "store") throw new Error("dvecdb is a store");
  const richer = {
    ...facts,
    members: "medium" as const,
    leader: true,
    limits: { cpuMillis: 4000, memoryMiB: 4096 },
    secrets: { API_KEY: { create: "secret-manager" as const }, OTHER: { existing: "team/other" } },
    configMaps: { PLACE: "settings" },
    snapshots: {
      everyHours: 24,
      keepDays: 30,
      kind: "object-store" as const,
      image: "registry.example.com/backup:2",
      command: ["backup", "--to", "s3://backups/dvecdb"],
    },
    drainSeconds: 45,
  };
  return { ...vectordb, workloads: { dvecdb: richer } };
}

/** Predictions in two regions, each in its own cluster. */
const twoRegions = {
  system: "model-serving",
  target: "kubernetes",
  region: undefined,
  regions: ["us-east-1", "eu-west-1"],
  existing: {
    features: { address: "features.example.internal:6379", tls: true, tokenSecretName: "features/password" },
  },
  images: { "model-server": `registry.example.com/model-server@sha256:${"d".repeat(64)}` },
  load: { requestsPerSecond: { mean: 20, peak: 50 } },
};

/** Prod with choices of its clusters. */
const prodWith = (choice: Partial<KubernetesChoice>) => ({
  environments: { prod: { ...prod, kubernetes: { ...prod.kubernetes!, ...choice } } },
});

/** Predictions under one name in two regions. */
const inTwoRegions =
  (choice: Partial<KubernetesChoice>, config: Readonly<Record<string, unknown>> = {}) =>
  () =>
    recordStack(
      configured("embedding-prod", {
        ...twoRegions,
        domain: { ...domain, name: "model.example.com" },
        workloads: { "model-server": { exposure: "internet" } },
        ...config,
      }),
      prodWith(choice),
    );

/** Features whose primary is in one of two regions and read in the other. */
const copied =
  (copies: Readonly<Record<string, unknown>>, choice: Partial<KubernetesChoice> = {}) =>
  () =>
    recordStack(
      configured("model-serving-prod", {
        regions: ["us-east-1", "eu-west-1"],
        copies: {
          features: {
            address: "features.internal.example.com:6390",
            tls: { secret: "features-tls" },
            lagSeconds: { low: 0.1, mid: 0.5, high: 5 },
            promoteMinutes: 30,
            ...copies,
          },
        },
      }),
      prodWith(choice),
    );

/** Of nobody whose regions have other names. */
const ownNodes = {
  platform: "other",
  machine: "metal",
  allocatable: { cpuMillis: 15_800, memoryMiB: 56_000, pods: 110 },
} as const;

/** Stacks that are built on Kubernetes, for tests that hold for every object of ours. */
export const stacks: readonly (readonly [string, () => Promise<RecordedStack>])[] = [
  ["prod", on({})],
  [
    "predictions in two regions, each in its own cluster",
    () => recordStack(configured("embedding-prod", { ...twoRegions, objectives: { survive: "region" } })),
  ],
  [
    "predictions in two regions with a domain, led to by Route 53",
    inTwoRegions({ ...issued }, { failover: { dns: "route53", doors: false } }),
  ],
  ...(
    [
      ["doors of Envoy Gateway", {}],
      ["Ingresses", { door: { ingress: { className: "haproxy" } } }],
    ] as const
  ).map(([doors, choice]): readonly [string, () => Promise<RecordedStack>] => [
    `predictions in three regions with a domain, led to ${doors} by external-dns`,
    inTwoRegions(
      { ...issued, ...choice },
      { regions: ["us-east-1", "us-west-2", "eu-west-1"], failover: { dns: "external-dns" } },
    ),
  ]),
  [
    "predictions in three regions with a domain, led to by Route 53, with fast checks",
    inTwoRegions(
      { ...issued, nodes: ownNodes, door: { gateway: "istio" } },
      {
        regions: ["us-east-1", "us-west-2", "eu-west-1"],
        failover: { dns: "route53", doors: false, checkSeconds: 10, failures: 1 },
      },
    ),
  ],
  ...(
    [
      [
        "predictions in two regions with a domain, by doors of Envoy Gateway that each have a name of their own",
        { ...issued, has: [...issued.has!, "prometheus-operator"] },
      ],
      [
        "predictions in two regions with a domain, by Ingresses",
        { ...issued, door: { ingress: { className: "haproxy" } } },
      ],
    ] as const
  ).map(([name, choice]): readonly [string, () => Promise<RecordedStack>] => [name, inTwoRegions(choice)]),
  ["predictions in two regions, the second's features a copy of the first's", copied({})],
  [
    "predictions in two regions, the first's features a copy, passwords kept by a store, names by external-dns",
    copied(
      { primary: "eu-west-1" },
      {
        secretStore: { kind: "ClusterSecretStore", name: "vault" },
        has: ["gateway-api", "external-secrets", "external-dns", "cert-manager"],
      },
    ),
  ],
  [
    "predictions in three regions, by doors of Envoy Gateway that hand on to each other",
    inTwoRegions(issued, { regions: ["us-east-1", "us-west-2", "eu-west-1"], failover: { dns: "route53" } }),
  ],
  [
    "predictions in two regions, by doors of Istio in a mesh of both",
    inTwoRegions({ ...issued, door: { gateway: "istio" } }, { failover: { dns: "route53" } }),
  ],
  [
    "prod on nodes that Karpenter makes",
    on({ nodes: { platform: "eks", machine: "m7g.4xlarge", karpenter: { nodeClass: "default" } } }),
  ],
  ["prod with sidecars, secrets and limits", on({ quota: {} }, besides(), { registries })],
  [
    "prod with secrets of a store and an Ingress with a domain, in a namespace that is there, without metrics",
    on(
      {
        secretStore: { kind: "ClusterSecretStore", name: "vault" },
        namespace: { existing: "serving" },
        has: ["external-secrets", "external-dns", "cert-manager"],
        door: { ingress: { className: "haproxy" } },
        certificate: { issuer: { kind: "Issuer", name: "ours" } },
        priorityClass: "serving",
        serviceAccounts: {
          embedding: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/e" } },
        },
      },
      besides("shared/api#key"),
      {},
      { domain },
    ),
  ],
  ["prod on the internet with a domain, by Envoy Gateway", on(issued, exposed(), {}, { domain })],
  [
    "prod on the internet with a domain, by Istio on GKE, with a certificate that is there",
    on(
      {
        door: { gateway: "istio" },
        certificate: { secret: "door-tls" },
        nodes: ownNodes,
      },
      exposed(),
      {},
      { domain },
    ),
  ],
  ["prod with a cache of its own", on({}, embedding, { ...cached, registries: { "docker.io": { secret: "hub" } } })],
  [
    "prod with a cache of its own, whose password a store keeps",
    on(
      {
        secretStore: { kind: "SecretStore", name: "vault" },
        has: ["external-secrets", "gateway-api"],
        storageClass: "fast",
        priorityClass: "serving",
      },
      embedding,
      cached,
    ),
  ],
  // Of dev's smallest machines none holds the embeddings: it is not planned there, and says so.
  ["embedding-staging", () => recordStack(configured("embedding-staging", { target: "kubernetes" }))],
  ...shippedOn("kubernetes").map((file) => [file.stack, () => recordStack(file)] as const),
  [
    "vectordb-prod with a leader, secrets, copies in an object store and a class of volumes that is there",
    () =>
      recordStack(configured("vectordb-prod", { replicas: {}, registries }), {
        systems: { vectordb: richerStore() },
        environments: { prod: { ...prod, kubernetes: { ...cluster, storageClass: "fast", quota: { roomShare: 0 } } } },
      }),
  ],
];
