import { defineEnvironment } from "../../model";

/** Cheap: one zone, one replica each. The network spans two zones, since a balancer needs them. */
export const dev = defineEnvironment({
  tier: "dev",
  regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1b"] } },
  zones: 1,
  objectives: { availability: 0.99, survive: "nothing" },
  elastic: true,
  network: { create: true, nat: "one" },
  kubernetes: {
    clusters: { "us-east-1": { context: "dev-us-east-1" } },
    nodes: { platform: "eks", machine: "m7i.large" },
  },
  alerts: { emails: ["dev@example.com"] },
  budget: { perMonthUsd: 300 },
  logDays: 7,
});
