import { cache, defineSystem, service } from "nines";

/** What it is, not how many. Replace the figures with measured ones: `npx nines explain` says which matter, and how to measure them. */
export const web = defineSystem({
  objectives: { availability: 0.999, latency: { percentile: 95, withinMs: 200 }, survive: "zone" },
  workloads: {
    web: service({
      port: 8080,
      serviceTimeMs: { low: 15, mid: 25, high: 40 },
      cpuMillis: 500,
      memoryMiB: 1024,
      startSeconds: { low: 5, mid: 15, high: 40 },
      probes: { health: { path: "/healthz" } },
      calls: { pages: { perRequest: 1, required: false } },
      wires: { CACHE_URL: { to: "pages", as: "urls" }, CACHE_TOKEN: { to: "pages", as: "token" } },
    }),
    pages: cache({ entries: 100_000, keyBytes: 40, valueBytes: 2_000, hitRatio: { low: 0.2, mid: 0.5, high: 0.8 } }),
  },
});
