import type { CacheWorkload, Chosen, Request, ServiceWorkload } from "../../model";

export const storageServer: ServiceWorkload = {
  kind: "service",
  port: 50051,
  serviceTimeMs: 4,
  cpuMillis: 500,
  memoryMiB: 1024,
  startSeconds: { low: 5, mid: 10, high: 20 },
  probes: { health: { path: "/health" } },
  calls: { embedding: { perRequest: 1, tries: 3 } },
};

export const embedding: ServiceWorkload = {
  kind: "service",
  port: 8888,
  serviceTimeMs: { low: 15, mid: 20, high: 25 },
  memoryMiB: 2048,
  startSeconds: { low: 15, mid: 30, high: 60 },
  probes: { health: { path: "/health", intervalSeconds: 30, timeoutSeconds: 5, failures: 3 } },
  calls: { vectors: { perRequest: 1, required: false } },
  criteria: { responseMs: 100, successShare: 0.95, memoryShare: 0.9 },
  sizingRule: { name: "seed", requestsPerSecondPerReplica: 50, failoverShare: 0.25 },
};

export const vectors: CacheWorkload = {
  kind: "cache",
  entries: 2_000_000,
  keyBytes: 64,
  valueBytes: 3072,
  hitRatio: { low: 0.2, mid: 0.4, high: 0.6 },
};

/** One workload that answers by itself: 10 ms fixed at both ends of the interval. */
export const alone: ServiceWorkload = {
  kind: "service",
  port: 8080,
  serviceTimeMs: 25,
  memoryMiB: 1024,
  startSeconds: 10,
  probes: { health: { path: "/healthz" } },
};

export const chosen: Chosen = {
  objectives: { availability: 0.9999, latency: { percentile: 95, withinMs: 100 }, survive: "zone" },
  deploys: { perWeek: 5, failureShare: 0.05, minutes: 10, exposedShare: 0.1 },
  budget: { perMonthUsd: 3000 },
  quotas: { fargateVcpus: 240 },
  architecture: "x86_64",
  utilisationCeiling: 0.7,
  headroom: "largest",
  elastic: false,
  surgeShare: 1,
  minReplicas: 2,
  zones: 3,
  replicaDropShare: 0.5,
  spotShare: 0,
  registries: {},
};

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** The embedding system in prod, as a checked request. */
export const prod: Request = {
  component: null,
  stack: "embedding-prod",
  system: "embedding",
  environment: "prod",
  tier: "prod",
  target: "aws",
  otherRegions: [],
  regions: ["us-east-1"],
  callersMoveSeconds: null,
  failover: null,
  region: "us-east-1",
  zones,
  networkZones: zones,
  workloads: { "storage-server": storageServer, embedding, vectors },
  load: {
    requestsPerSecond: { mean: 400, peak: 1000 },
    burst: { factor: 1.5, toleratedWaitSeconds: 0 },
    uncertainty: 0,
  },
  images: {
    embedding: `registry.example.com/embedding@sha256:${"a".repeat(64)}`,
    "storage-server": `registry.example.com/storage-server@sha256:${"b".repeat(64)}`,
  },
  existing: { caches: {}, balancers: {}, listeners: {} },
  copies: {},
  sizes: {},
  replicas: {},
  chosen,
  network: { create: true, nat: "per-zone" },
  cluster: null,
  kubernetes: null,
  domain: null,
  alerts: { emails: ["oncall@example.com"] },
  protect: true,
  logDays: 30,
  tags: {},
  waivers: [],
  prices: [],
  settings: [],
  namePrefix: "",
};

/** prod with other choices. */
export function choosing(choices: Partial<Chosen>, request: Request = prod): Request {
  return { ...request, chosen: { ...request.chosen, ...choices } };
}

/** One workload alone, without quotas in the way. */
export function single(facts: Partial<ServiceWorkload>, peak: number, choices: Partial<Chosen> = {}): Request {
  return {
    ...choosing({
      quotas: { fargateVcpus: 1_000_000, targetsPerGroup: 1_000_000, tasksPerService: 1_000_000 },
      ...choices,
    }),
    workloads: { web: { ...alone, ...facts } },
    images: { web: `registry.example.com/web@sha256:${"c".repeat(64)}` },
    load: {
      requestsPerSecond: { mean: peak / 2, peak },
      burst: { factor: 1.5, toleratedWaitSeconds: 0 },
      uncertainty: 0,
    },
  };
}
