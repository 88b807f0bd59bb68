import { defineEnvironment } from "../../model";

/** What all systems share there, once. */
export const prod = defineEnvironment({
  tier: "prod",
  regions: {
    "us-east-1": { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
    "us-west-2": { zones: ["us-west-2a", "us-west-2b", "us-west-2c"] },
    "eu-west-1": { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
  },
  network: { create: true, nat: "per-zone" },
  domain: null,
  kubernetes: {
    clusters: {
      "us-east-1": { context: "prod-us-east-1" },
      "us-west-2": { context: "prod-us-west-2" },
      "eu-west-1": { context: "prod-eu-west-1" },
    },
    nodes: { platform: "eks", machine: "m7i.xlarge" },
    certificate: { issuer: { kind: "ClusterIssuer", name: "letsencrypt" } },
    has: ["cert-manager", "gateway-api", "metrics-server", "network-policy", "prometheus-operator", "volume-snapshots"],
  },
  alerts: { emails: ["oncall@example.com"] },
  budget: { perMonthUsd: 3000 },
  // Raised with AWS; the default is 6, and a rollout needs twice the steady count.
  quotas: { fargateVcpus: 300 },
  // State your own, measured as docs/measure.md says; the default costs more than seven times as many minutes.
  deploys: { perWeek: 5, failureShare: 0.05, minutes: 10, exposedShare: 0.1 },
});
