import {
  bareResource,
  asReading,
  type Plan,
  type RedisCache,
  type ReplicaGroup,
  type Report,
  type ReportedResource,
  type Resource,
  type RuleResult,
  type Source,
} from "../../model";

export const source: Source = { title: "a price list", date: "2026-08-17" };
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** Replicas of a service over three zones. */
export function aGroup(workload: string, min: number, max: number): ReplicaGroup {
  return {
    kind: "replica-group",
    key: `replica-group/${workload}/us-east-1`,
    workload,
    region: "us-east-1",
    placement: { kind: "zonal", zones, spread: "best-effort" },
    scaling:
      min === max
        ? { kind: "fixed", count: min }
        : { kind: "range", min, max, initial: min, signals: [{ metric: "cpu", target: 60 }], schedule: [] },
    size: { cpuMillis: 1000, memoryMiB: 2048 },
    ports: [8888],
    probes: [],
    rollout: { surge: min, unavailable: 0, rollsBack: true, watchesAlarms: true },
    drainSeconds: 30,
    image: { reference: "registry.example.com/a@sha256:00", pinned: true },
    sidecars: [],
    environment: [],
    secrets: [],
    logs: { kind: "group", keepDays: 30 },
    registry: null,
    runtime: { kind: "ecs-fargate", architecture: "x86_64", spotShare: 0, rebalancing: true },
  };
}

export const aCache: RedisCache = {
  kind: "redis-cache",
  key: "redis-cache/vectors/us-east-1",
  workload: "vectors",
  region: "us-east-1",
  engine: { name: "valkey", version: "8.0" },
  topology: { kind: "replicated", replicas: 1, failover: "automatic" },
  placement: { kind: "zonal", zones, spread: "hard" },
  node: { name: "cache.r7g.large", memoryMiB: 13384, usableMiB: 10000 },
  port: 6379,
  eviction: "allkeys-lru",
  role: "latency-cache",
  crossRegion: { kind: "none" },
  security: { atRest: true, inTransit: true, auth: true },
  snapshots: null,
  runtime: { kind: "elasticache", quorum: null },
};

export function aPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    schema: 1,
    stack: "embedding-prod",
    system: "embedding",
    environment: "prod",
    tier: "prod",
    target: "aws",
    region: "us-east-1",
    zones,
    objectives: { availability: 0.9999, survive: "zone" },
    budgetPerMonthUsd: 2500,
    replicaDropShare: 0.5,
    quotas: {},
    parts: [aGroup("embedding", 41, 62), aCache],
    calls: [],
    demand: [
      {
        workload: "embedding",
        part: "replica-group/embedding/us-east-1",
        requestsPerSecond: { mean: 400, peak: 1000 },
        erlangs: { low: 15, mid: 20, high: 25 },
        need: 27,
        replicasAtMean: 12,
        requestBytes: 1024,
        responseBytes: 4096,
        logBytesPerRequest: 200,
        startSeconds: 60,
        entry: true,
        callsLeave: false,
        behind: "balancer",
        detectSeconds: 90,
        existingCaches: [],
      },
    ],
    failures: {
      zoneUnavailability: 4e-5,
      regionUnavailability: 3e-5,
      replicaFailuresPerYear: 4,
      replicaRepairMinutes: 5,
      betaReplica: 0.1,
      zoneEventsPerYear: 0.1,
      deploys: { perWeek: 5, failureShare: 0.05, minutes: 10, exposedShare: 0.1 },
      deploysMeasured: true,
      balancerUnavailability: 1e-5,
      natUnavailability: 0,
      cacheFailoverSeconds: 60,
      cacheNodeFailuresPerYear: 1,
      cacheAlone: { backSeconds: 300, volumeSeconds: 300, promoteMinutes: 73 },
    },
    reasons: [
      {
        part: "replica-group/embedding/us-east-1",
        field: "scaling.min",
        value: 41,
        unit: "replicas",
        binding: "zone-loss",
        needed: [
          { by: "latency", value: 27, label: "exact", source, because: "P(response > 100 ms) <= 5 % at 25.0 erlangs" },
          { by: "zone-loss", value: 41, label: "exact", source, because: "14|14|13 less a zone leaves 27" },
          { by: "burst", value: 37, label: "approx", source, because: "1.5x until the scaler has caught up: 446 s" },
        ],
        combined: "the largest: one misfortune at a time",
      },
    ],
    sizingRules: [
      {
        part: "replica-group/embedding/us-east-1",
        name: "seed's rule",
        active: 20,
        failover: 5,
        total: 25,
        asWritten: 25,
      },
    ],
    settings: [
      { key: "load", value: { requestsPerSecond: { mean: 400, peak: 1000 } }, from: "yaml" },
      { key: "minReplicas", value: 2, from: "default" },
    ],
    assumptions: [
      {
        name: "hit ratio",
        unit: "",
        low: 0.2,
        mid: 0.4,
        high: 0.6,
        given: true,
        effect: { perMonthUsd: -1192, replicas: -20, minutesPerYear: 0 },
        measure: "divide hits by lookups over a week",
        source,
      },
    ],
    availability: null,
    options: [{ about: "NAT", choice: "one a zone", chosen: true, perMonthUsd: 98.55, minutesPerYear: 0 }],
    demandColumns: [
      { demand: "low", replicas: [{ part: "replica-group/embedding/us-east-1", replicas: 33 }], perMonthUsd: null },
      {
        demand: "mid",
        replicas: [{ part: "replica-group/embedding/us-east-1", replicas: 41 }],
        perMonthUsd: { min: 1, expected: 1611, max: 3 },
      },
    ],
    nextNine: { needs: "two regions", perMonthUsd: null, availability: 0.99999 },
    waivers: [],
    prices: [],
    ...overrides,
  };
}

export const failingBudget: RuleResult = {
  id: "budget",
  severity: "mandatory",
  part: null,
  verdict: "fail",
  message: "4,287 of 2,500 USD/month",
  fix: "raise the budget of environment prod, or runtime arm64 (saves 812)",
};

export function aResource(
  name: string,
  inputs: Resource["inputs"],
  more: Partial<ReportedResource> = {},
): ReportedResource {
  const type = more.type ?? "aws:ecs/service:Service";
  return {
    ...bareResource({ urn: `urn:pulumi:embedding-prod::nines::${type}::${name}`, type, name, inputs }),
    state: "read",
    ...more,
  };
}

export function aReport(overrides: Partial<Report> = {}, plan: Plan = aPlan()): Report {
  return {
    schema: 1,
    stack: "embedding-prod",
    asOf: "2026-11-21",
    origin: "recorded",
    planned: { ok: true, plan },
    built: plan.parts.map((part) => asReading(part)),
    mismatches: [],
    conflicts: [],
    cost: {
      perMonthUsd: { min: 1402, expected: 1611, max: 2100 },
      partial: false,
      lines: [
        {
          part: "replica-group/embedding/us-east-1",
          item: "fargate-vcpu-hour",
          quantity: { min: 29930, expected: 29930, max: 45260 },
          unit: "vCPU h",
          unitUsd: 0.04048,
          perMonthUsd: { min: 1211.57, expected: 1211.57, max: 1832.12 },
          usage: false,
          grade: "A",
          source,
        },
      ],
      unpriced: [],
    },
    availability: {
      unavailability: 9e-5,
      lostTo: [
        { cause: "deploys", minutesPerYear: 25, label: "assumed", source },
        { cause: "region", minutesPerYear: 14.2, label: "assumed", source },
      ],
      label: "assumed",
      servedFraction: 0.99995,
    },
    rules: [failingBudget, { ...failingBudget, id: "zones", verdict: "pass" }],
    resources: [aResource("embedding-us-east-1", { desiredCount: 41 })],
    ...overrides,
  };
}
