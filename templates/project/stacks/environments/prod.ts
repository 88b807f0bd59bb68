import { defineEnvironment } from "nines";

/** What all systems share there, once. */
export const prod = defineEnvironment({
  tier: "prod",
  regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] } },
  network: { create: true, nat: "per-zone" },
  domain: null,
  alerts: { emails: ["oncall@example.com"] },
  budget: { perMonthUsd: 600 },
  // Raised with AWS; the default is 6, and a rollout needs twice the steady count.
  quotas: { fargateVcpus: 40 },
});
