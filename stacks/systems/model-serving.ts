import { cache, defineSystem, service } from "../../model";

/** Predictions of one model, with the features of each request looked up in a store; regions stand in for each other. */
export const modelServing = defineSystem({
  objectives: { availability: 0.9999, latency: { percentile: 95, withinMs: 100 }, survive: "zone" },
  workloads: {
    "model-server": service({
      port: 8080,
      serviceTimeMs: { low: 15, mid: 20, high: 25 },
      slotsPerReplica: 1,
      cpuMillis: 1000,
      memoryMiB: 2048,
      limits: { cpuMillis: 2000, memoryMiB: 4096 },
      // A model of 500 MB, loaded before the first answer (catalog/starts.ts).
      startSeconds: { low: 5, mid: 20, high: 30 },
      probes: {
        health: { path: "/health/ready", intervalSeconds: 10, timeoutSeconds: 2, failures: 3, successes: 2 },
        live: { path: "/health/live", intervalSeconds: 10, timeoutSeconds: 2, failures: 3 },
        startup: { path: "/health/startup", intervalSeconds: 5, timeoutSeconds: 2 },
      },
      // As Prometheus' client libraries count by convention, at /metrics of the same port: by these the objective is watched.
      metrics: {
        calls: { total: "http_requests_total", errors: 'http_requests_total{code=~"5.."}' },
        latency: {
          total: "http_request_duration_seconds_count",
          within: 'http_request_duration_seconds_bucket{le="0.1"}',
        },
      },
      calls: { features: { perRequest: 1 } },
      wires: {
        FEATURE_STORE_URL: { to: "features", as: "urls" },
        FEATURE_STORE_PASSWORD: { to: "features", as: "token" },
      },
    }),
    // Features by entity. A look-up spares no prediction, so no replica is counted with its hits; without it nothing can be predicted.
    features: cache({
      entries: 500_000,
      keyBytes: 40,
      valueBytes: 1024,
      hitRatio: 0,
      expires: false,
      role: "capacity-cache",
      engine: { name: "redis", version: "7.2" },
    }),
  },
});
