import { Service } from "nines/kubernetes";

const web = new Service("web", {
  image: "registry.example.com/web@sha256:0c4e1d2a9b3f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f809a1b2c3d4",
  port: 8080,
  health: "/health/ready",
  live: "/health/live",
  load: { requestsPerSecond: { mean: 40, peak: 120 } },
  serviceTimeMs: 30,
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  nodes: { platform: "eks", machine: "m7i.large" },
  namespace: { create: "shop" },
});
export const { address, replicas, costPerMonthUsd, availability } = web;
