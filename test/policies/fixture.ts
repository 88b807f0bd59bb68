import { asReading, partKey, resourceGraph, unknown } from "../../model";
import type {
  Alert,
  AlertTopic,
  Bucket,
  Cdn,
  BalancerRoute,
  Conflict,
  Cost,
  Database,
  Function,
  Inputs,
  LoadBalancer,
  Network,
  Part,
  Plan,
  Queue,
  ReadPart,
  RedisCache,
  ReplicaGroup,
  Resource,
} from "../../model";
import { judge, rules } from "../../policies";
import type { Rule, Subject } from "../../policies";

export const region = "us-east-1";
export const zones = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;
export const groupKey = partKey("replica-group", "web", region);

export function group(over: Partial<ReplicaGroup> = {}): ReplicaGroup {
  return {
    kind: "replica-group",
    key: groupKey,
    workload: "web",
    region,
    placement: { kind: "zonal", zones, spread: "hard" },
    scaling: { kind: "range", min: 6, max: 12, initial: 6, signals: [{ metric: "cpu", target: 70 }], schedule: [] },
    size: { cpuMillis: 1000, memoryMiB: 2048 },
    ports: [8080],
    probes: [],
    rollout: { surge: 6, unavailable: 0, rollsBack: true, watchesAlarms: true },
    drainSeconds: 30,
    image: { reference: "registry.example.com/web@sha256:0c4e", pinned: true },
    sidecars: [],
    environment: [{ name: "LOG_LEVEL", value: "info" }],
    secrets: [],
    logs: { kind: "group", keepDays: 30 },
    registry: null,
    runtime: { kind: "ecs-fargate", architecture: "x86_64", spotShare: 0, rebalancing: true },
    ...over,
  };
}

export function balancer(over: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    kind: "load-balancer",
    key: partKey("load-balancer", "web", region),
    workload: "web",
    region,
    scope: "regional",
    placement: { kind: "zonal", zones, spread: "hard" },
    exposure: "internet",
    listeners: [
      { port: 80, tlsFloor: null, redirects: true },
      { port: 443, tlsFloor: "1.2", redirects: false },
    ],
    targets: [target()],
    routing: "least-outstanding",
    ejection: null,
    protection: { deletion: true, logs: true, dropsInvalidHeaders: true, rateLimitPerSecond: 100 },
    zonalShift: true,
    idleTimeoutSeconds: 60,
    domain: null,
    runtime: { kind: "alb" },
    ...over,
  };
}

export function route(over: Partial<BalancerRoute> = {}): BalancerRoute {
  return {
    kind: "balancer-route",
    key: partKey("balancer-route", "web", region),
    workload: "web",
    region,
    listener:
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/front/50dc6c495c0c9188/0467ef3c8400ae65",
    priority: 100,
    hosts: ["web.example.com"],
    paths: [],
    targets: [target()],
    routing: "least-outstanding",
    runtime: { kind: "alb" },
    ...over,
  };
}

export function target(over: Partial<LoadBalancer["targets"][number]> = {}): LoadBalancer["targets"][number] {
  return {
    part: groupKey,
    port: 8080,
    weight: 1,
    priority: 1,
    probe: {
      role: "balancer",
      check: { kind: "http", path: "/health" },
      intervalSeconds: 30,
      timeoutSeconds: 5,
      failures: 3,
      successes: 2,
    },
    drainSeconds: 30,
    ...over,
  };
}

export function cache(over: Partial<RedisCache> = {}): RedisCache {
  return {
    kind: "redis-cache",
    key: partKey("redis-cache", "memory", region),
    workload: "memory",
    region,
    engine: { name: "valkey", version: "8.0" },
    topology: { kind: "replicated", replicas: 1, failover: "automatic" },
    placement: { kind: "zonal", zones, spread: "hard" },
    node: { name: "cache.m7g.large", memoryMiB: 6533, usableMiB: 4900 },
    port: 6379,
    eviction: "allkeys-lru",
    role: "capacity-cache",
    crossRegion: { kind: "none" },
    security: { atRest: true, inTransit: true, auth: true },
    snapshots: { everyHours: 24, keepDays: 7 },
    runtime: { kind: "elasticache", quorum: null },
    ...over,
  };
}

export function network(over: Partial<Network> = {}): Network {
  return {
    kind: "network",
    key: partKey("network", "network", region),
    workload: "network",
    region,
    addressRange: "10.0.0.0/16",
    zones,
    subnets: (["private", "public"] as const).flatMap((tier) =>
      zones.map((zone, index) => ({ zone, tier, addressRange: `10.0.${index * 16}.0/20` })),
    ),
    natZones: zones,
    endpoints: [{ service: "s3", kind: "gateway", zones: 0 }],
    flowLogs: { keepDays: 30 },
    runtime: { kind: "vpc" },
    ...over,
  };
}

export function alert(over: Partial<Alert> = {}): Alert {
  return {
    kind: "alert",
    key: partKey("alert", "web-running-below-minimum", region),
    workload: "web-running-below-minimum",
    region,
    signal: "running-below-minimum",
    watches: groupKey,
    threshold: 6,
    comparison: "<",
    statistic: "SampleCount",
    periodSeconds: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
    missingData: "breaching",
    metrics: 1,
    notifies: true,
    runtime: { kind: "cloudwatch" },
    ...over,
  };
}

export function topic(over: Partial<AlertTopic> = {}): AlertTopic {
  return {
    kind: "alert-topic",
    key: partKey("alert-topic", "alerts", region),
    workload: "alerts",
    region,
    subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }],
    runtime: { kind: "sns" },
    ...over,
  };
}

export function queue(over: Partial<Queue> = {}): Queue {
  return {
    kind: "queue",
    key: partKey("queue", "orders", region),
    workload: "orders",
    region,
    placement: { kind: "regional" },
    ordered: false,
    keepSeconds: 345_600,
    visibilitySeconds: 30,
    deadLetter: { queue: partKey("queue", "letters", region), afterReceipts: 5 },
    isDeadLetter: false,
    atRest: true,
    inTransit: true,
    runtime: { kind: "sqs" },
    ...over,
  };
}

/** The queue that `queue()` leads to. */
export const letters = queue({
  key: partKey("queue", "letters", region),
  workload: "letters",
  keepSeconds: 1_209_600,
  deadLetter: null,
  isDeadLetter: true,
});

export function lambda(over: Partial<Function> = {}): Function {
  return {
    kind: "function",
    key: partKey("function", "worker", region),
    workload: "worker",
    region,
    placement: { kind: "regional" },
    memoryMiB: 1024,
    diskMiB: 512,
    timeoutSeconds: 5,
    architecture: "x86_64",
    provisionedConcurrency: 0,
    reservedConcurrency: null,
    keepsFailures: true,
    queues: [partKey("queue", "orders", region)],
    runtime: { kind: "lambda" },
    ...over,
  };
}

export function cdn(over: Partial<Cdn> = {}): Cdn {
  return {
    kind: "cdn",
    key: partKey("cdn", "pages", region),
    workload: "pages",
    region,
    origins: 2,
    originFailover: true,
    tlsFloor: "1.2",
    redirectsToTls: true,
    logs: true,
    firewall: true,
    priceClass: "PriceClass_All",
    runtime: { kind: "cloudfront" },
    ...over,
  };
}

export function bucket(over: Partial<Bucket> = {}): Bucket {
  return {
    kind: "bucket",
    key: partKey("bucket", "images", region),
    workload: "images",
    region,
    placement: { kind: "regional" },
    versioned: true,
    blocksPublic: true,
    replicated: true,
    hasLifecycle: true,
    inTransit: true,
    forceDestroy: false,
    holds: "data",
    runtime: { kind: "s3" },
    ...over,
  };
}

export function database(over: Partial<Database> = {}): Database {
  return {
    kind: "database",
    key: partKey("database", "orders", region),
    workload: "orders",
    region,
    engine: { name: "postgres", version: "16.4" },
    topology: { kind: "standby", standbys: 1 },
    replicaOf: null,
    placement: { kind: "zonal", zones, spread: "hard" },
    machines: [{ type: "db.t4g.medium", count: 2 }],
    units: null,
    storage: { gib: 100, maxGib: null, type: "gp3", iops: null },
    backups: { keepDays: 7 },
    security: { atRest: true, inTransit: true, public: false },
    deletion: { protected: true, finalSnapshot: true },
    runtime: { kind: "rds" },
    ...over,
  };
}

export const allParts: readonly Part[] = [network(), group(), balancer(), cache(), alert(), topic()];

const source = { title: "test", date: "2026-11-21" };

export function plan(over: Partial<Plan> = {}): Plan {
  return {
    schema: 1,
    stack: "web-prod",
    system: "web",
    environment: "prod",
    tier: "prod",
    target: "aws",
    region,
    zones,
    objectives: { availability: 0.9999, survive: "zone", recoverySeconds: 120 },
    budgetPerMonthUsd: 1000,
    replicaDropShare: 0.5,
    quotas: {},
    parts: allParts,
    calls: [],
    demand: [demand()],
    failures: {
      zoneUnavailability: 4e-5,
      regionUnavailability: 1e-5,
      replicaFailuresPerYear: 1,
      replicaRepairMinutes: 2,
      betaReplica: 0,
      zoneEventsPerYear: 0.5,
      deploys: { perWeek: 5, failureShare: 0.05, minutes: 10, exposedShare: 0.1 },
      deploysMeasured: true,
      balancerUnavailability: 1e-5,
      natUnavailability: 1e-5,
      cacheFailoverSeconds: 60,
      cacheNodeFailuresPerYear: 0.1,
      cacheAlone: { backSeconds: 300, volumeSeconds: 300, promoteMinutes: 73 },
    },
    reasons: [],
    sizingRules: [],
    settings: [],
    assumptions: [],
    availability: null,
    options: [],
    demandColumns: [],
    nextNine: null,
    waivers: [],
    prices: [],
    ...over,
  };
}

export function demand(over: Partial<Plan["demand"][number]> = {}): Plan["demand"][number] {
  return {
    workload: "web",
    part: groupKey,
    requestsPerSecond: { mean: 100, peak: 300 },
    erlangs: { low: 2, mid: 3, high: 3 },
    need: 4,
    replicasAtMean: 3,
    requestBytes: 1024,
    responseBytes: 4096,
    logBytesPerRequest: 200,
    startSeconds: 40,
    entry: true,
    callsLeave: false,
    behind: "balancer",
    detectSeconds: 90,
    existingCaches: [],
    ...over,
  };
}

export function cost(expected: number, unpriced: Cost["unpriced"] = []): Cost {
  return { perMonthUsd: { min: expected, expected, max: expected }, partial: unpriced.length > 0, lines: [], unpriced };
}

export function subject(over: Partial<Subject> & { readonly resources?: readonly Resource[] } = {}): Subject {
  const resources = over.resources ?? [];
  const own = over.plan === undefined ? plan() : over.plan;
  return {
    parts: allParts.map((part) => asReading(part)),
    resources,
    graph: resourceGraph(resources),
    plan: own,
    basis: own,
    cost: cost(500),
    availability: {
      unavailability: 5e-5,
      lostTo: [{ cause: "deploys", minutesPerYear: 20, label: "assumed", source }],
      label: "assumed",
      servedFraction: 1,
    },
    conflicts: [],
    baseline: null,
    asOf: "2026-11-21",
    ...over,
  };
}

/** A stack of the given Parts. */
export function of(parts: readonly Part[], over: Partial<Subject> = {}): Subject {
  return subject({ parts: parts.map((part) => asReading(part)), ...over });
}

/** A Part whose leaf at a path is not known. */
export function hidden(part: Part, path: string, why: "after-deploy" | "elsewhere" = "after-deploy"): ReadPart {
  const copy: unknown = structuredClone(asReading(part));
  const steps = path.split(".");
  let here = copy as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) here = here[step] as Record<string, unknown>;
  here[steps[steps.length - 1] ?? ""] = unknown("urn", path, why);
  return copy as ReadPart;
}

export function rule(id: string): Rule {
  const found = rules.find((known) => known.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
}

/** The verdicts of one rule. */
export function verdicts(id: string, given: Subject): readonly string[] {
  return judge(given, [rule(id)]).map(({ verdict }) => verdict);
}

export function conflict(): Conflict {
  return {
    part: groupKey,
    field: "drainSeconds",
    says: [
      { urn: "urn:pulumi:s::p::t::a", property: "x", value: 1 },
      { urn: "urn:pulumi:s::p::t::b", property: "y", value: 2 },
    ],
  };
}

let serial = 0;

/** One registered resource; `from` names, by input, the resources that its value is taken from. */
export function resource(
  type: string,
  inputs: Inputs,
  from: Readonly<Record<string, readonly Resource[]>> = {},
  over: Partial<Resource> = {},
): Resource {
  serial += 1;
  const name = over.name ?? `r${serial}`;
  const propertyDependencies = Object.fromEntries(
    Object.entries(from).map(([property, list]) => [property, list.map(({ urn }) => urn).sort()]),
  );
  return {
    urn: `urn:pulumi:stack::project::${type}::${name}`,
    type,
    name,
    custom: true,
    inputs,
    parent: null,
    dependencies: [...new Set(Object.values(propertyDependencies).flat())].sort(),
    propertyDependencies,
    protect: false,
    ignoreChanges: [],
    deleteBeforeReplace: false,
    replaceOnChanges: [],
    ...over,
  };
}
