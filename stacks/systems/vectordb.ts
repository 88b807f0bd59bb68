import { defineSystem, store } from "../../model";

/** Vectors and their search, by one leader that takes the writes and followers that answer reads. */
export const vectordb = defineSystem({
  // A leader is promised to be back within a minute; the database elects none yet, and the preview says what that costs.
  objectives: { availability: 0.999, survive: "zone", recoverySeconds: 60 },
  workloads: {
    dvecdb: store({
      ports: { rest: 8080, grpc: 9090, metrics: 9091 },
      cpuMillis: 1000,
      memoryMiB: 1024,
      // One node as it was measured: 13,000 searches and 7,000 inserts a second.
      readsPerSecondPerMember: { low: 12_000, mid: 13_000, high: 14_000 },
      writesPerSecondPerLeader: { low: 6_500, mid: 7_000, high: 7_500 },
      writeShare: { low: 0.02, mid: 0.05, high: 0.1 },
      replicationBatchMs: 100,
      replicationLagMs: { low: 100, mid: 200, high: 1_000 },
      startSeconds: { low: 10, mid: 20, high: 60 },
      volumeGiB: 100,
      dataPath: "/data",
      probes: {
        health: { path: "/ready", intervalSeconds: 10, timeoutSeconds: 5, failures: 3, successes: 1 },
        live: { path: "/health/live", intervalSeconds: 10, timeoutSeconds: 2, failures: 6 },
      },
      snapshots: {
        everyHours: 6,
        keepDays: 7,
        kind: "volume-snapshot",
        image: "registry.example.com/kubectl@sha256:5e1c2b3a4d5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff0",
      },
      memoryShare: 0.8,
      environment: { DVECDB_DATA_DIR: "/data", DVECDB_PEERS: "dvecdb-headless", RUST_LOG: "info" },
    }),
  },
});
