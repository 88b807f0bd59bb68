import { defineEnvironment } from "../../model";

/** As prod, smaller: two zones, one way out. */
export const staging = defineEnvironment({
  tier: "staging",
  regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1b"] } },
  objectives: { availability: 0.999 },
  network: { create: true, nat: "one" },
  kubernetes: {
    clusters: { "us-east-1": { context: "staging-us-east-1" } },
    nodes: { platform: "eks", machine: "m7i.xlarge" },
    has: ["gateway-api", "metrics-server", "network-policy", "prometheus-operator", "volume-snapshots"],
  },
  alerts: { emails: ["oncall@example.com"] },
  budget: { perMonthUsd: 1000 },
  quotas: { fargateVcpus: 60 },
  deploys: { perWeek: 10, failureShare: 0.1, minutes: 15, exposedShare: 0.25 },
});
