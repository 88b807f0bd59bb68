import type { CacheArgs, ServiceArgs, StoreArgs } from "../../components/kubernetes/library";

const where = {
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  nodes: { platform: "eks", machine: "m7i.large" },
} as const;

/** The least that a service says. */
export const leastService: ServiceArgs = {
  image: `registry.example.com/web@sha256:${"a".repeat(64)}`,
  port: 8080,
  health: "/ready",
  load: { requestsPerSecond: { mean: 40, peak: 120 } },
  serviceTimeMs: 30,
  size: { cpuMillis: 500, memoryMiB: 1024 },
  ...where,
};

/** The least that a store says. */
export const leastStore: StoreArgs = {
  image: `registry.example.com/vectors@sha256:${"a".repeat(64)}`,
  ports: { rest: 8080, grpc: 9090, metrics: 9091 },
  memoryMiB: 1024,
  readsPerSecondPerMember: 13_000,
  writesPerSecondPerLeader: 7_000,
  writeShare: 0.05,
  replicationBatchMs: 100,
  replicationLagMs: 200,
  startSeconds: 20,
  volumeGiB: 100,
  probes: { health: { path: "/ready" } },
  load: { requestsPerSecond: { mean: 4_000, peak: 12_000 } },
  ...where,
};

/** The least that a cache says. */
export const leastCache: CacheArgs = {
  entries: 200_000,
  keyBytes: 40,
  valueBytes: 500,
  load: { requestsPerSecond: { mean: 400, peak: 1200 } },
  ...where,
};
