import { cache, defineSystem, service } from "../../model";

/** Embeddings of text by content, asked for by a storage server and remembered by their hash. */
export const embedding = defineSystem({
  objectives: { availability: 0.9999, latency: { percentile: 95, withinMs: 100 }, survive: "zone" },
  workloads: {
    "storage-server": service({
      port: 50051,
      serviceTimeMs: 4,
      cpuMillis: 500,
      memoryMiB: 1024,
      startSeconds: { low: 5, mid: 10, high: 20 },
      probes: { health: { path: "/health", intervalSeconds: 30, timeoutSeconds: 5, failures: 3 } },
      calls: { embedding: { perRequest: 1, tries: 3 } },
      wires: { EMBEDDING_SERVICE_URLS: { to: "embedding", as: "urls" } },
      environment: { EMBEDDING_SERVICE_HEALTH_CHECK_INTERVAL: "30" },
    }),
    embedding: service({
      port: 8888,
      serviceTimeMs: { low: 15, mid: 20, high: 25 },
      slotsPerReplica: 1,
      memoryMiB: 2048,
      startSeconds: { low: 15, mid: 30, high: 60 },
      probes: { health: { path: "/health", intervalSeconds: 30, timeoutSeconds: 5, failures: 3 } },
      calls: { vectors: { perRequest: 1, required: false } },
      wires: { VECTOR_CACHE_URL: { to: "vectors", as: "urls" }, VECTOR_CACHE_TOKEN: { to: "vectors", as: "token" } },
      environment: { EMBEDDING_DIMENSION: "768", EMBEDDING_MODEL: "nomic-embed-text-v1.5" },
      criteria: { responseMs: 100, successShare: 0.95, memoryShare: 0.9 },
      sizingRule: { name: "seed", requestsPerSecondPerReplica: 50, failoverShare: 0.25 },
      // Text of a few paragraphs; 768 floats as JSON.
      requestBytes: { low: 500, mid: 2_000, high: 8_000 },
      responseBytes: { low: 6_000, mid: 9_000, high: 12_000 },
    }),
    // Key: a SHA-256 in hexadecimal. Value: 768 dimensions of 4 bytes.
    vectors: cache({
      entries: 2_000_000,
      keyBytes: 64,
      valueBytes: 768 * 4,
      hitRatio: { low: 0.2, mid: 0.4, high: 0.6 },
    }),
  },
});
