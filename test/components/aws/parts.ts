import fc from "fast-check";
import type { Alert, AlertTopic, Probe, ReplicaGroup, Scaling } from "../../../model";
import { rolloutPercents } from "../../../components/aws/rollout";
import { region } from "./system";

/** A valid alert of every signal that can be measured on these neighbours. */
export function alert(signal: Alert["signal"], watches: Alert["watches"], rest: Partial<Alert> = {}): Alert {
  const [, workload = ""] = watches.split("/");
  return {
    kind: "alert",
    key: `alert/${workload}-${signal}/${region}`,
    workload: `${workload}-${signal}`,
    region,
    signal,
    watches,
    threshold: 80,
    comparison: ">",
    statistic: "Average",
    periodSeconds: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    missingData: "missing",
    metrics: 1,
    notifies: true,
    runtime: { kind: "cloudwatch" },
    ...rest,
  };
}

/** Every signal, on what it can be measured on. `connected` is reached by Service Connect. */
export function everyAlert(balanced: string, connected: string): readonly Alert[] {
  const balancer = `load-balancer/${balanced}/${region}` as const;
  const group = `replica-group/${balanced}/${region}` as const;
  const inside = `replica-group/${connected}/${region}` as const;
  const cache = `redis-cache/vectors/${region}` as const;
  return [
    alert("availability-burn", balancer, {
      statistic: "Sum",
      threshold: 0.00144,
      missingData: "not-breaching",
      metrics: 3,
    }),
    alert("error-share", balancer, { statistic: "Sum", threshold: 0.05, missingData: "not-breaching", metrics: 2 }),
    alert("response-time", balancer, { statistic: "p99", threshold: 0.1 }),
    alert("server-errors", balancer, { statistic: "Sum", threshold: 10, missingData: "not-breaching" }),
    alert("healthy-below-need", balancer, {
      statistic: "Minimum",
      threshold: 4,
      comparison: "<",
      missingData: "breaching",
    }),
    alert("all-replicas-down", balancer, {
      statistic: "Minimum",
      threshold: 1,
      comparison: "<",
      missingData: "breaching",
    }),
    alert("running-below-minimum", group, {
      statistic: "SampleCount",
      threshold: 6,
      comparison: "<",
      missingData: "breaching",
    }),
    alert("at-maximum", group, {
      statistic: "SampleCount",
      threshold: 12,
      comparison: ">=",
      evaluationPeriods: 30,
      datapointsToAlarm: 30,
    }),
    alert("cpu", group, { notifies: false }),
    alert("memory", group, { statistic: "Maximum", missingData: "ignore" }),
    alert("error-share", inside, { statistic: "Sum", threshold: 0.05, metrics: 2 }),
    alert("response-time", inside, { statistic: "p95", threshold: 0.1 }),
    alert("server-errors", inside, { statistic: "Sum" }),
    alert("cache-memory", cache, { statistic: "Maximum", metrics: 2 }),
    alert("cache-evictions", cache, { statistic: "Sum", metrics: 1 }),
    alert("cache-replication-lag", cache, { statistic: "Maximum", metrics: 2 }),
    alert("nat-ports", `network/network/${region}`, { statistic: "Sum", threshold: 0, missingData: "not-breaching" }),
  ];
}

export const topic: AlertTopic = {
  kind: "alert-topic",
  key: `alert-topic/shop/${region}`,
  workload: "shop",
  region,
  subscriptions: [
    { protocol: "https", endpoint: "https://events.example.com/integration" },
    { protocol: "email", endpoint: "oncall@example.com" },
  ],
  runtime: { kind: "sns" },
};

/** A replica group with everything that a Part can hold. */
export function group(workload: string, rest: Partial<ReplicaGroup> = {}): ReplicaGroup {
  return {
    kind: "replica-group",
    key: `replica-group/${workload}/${region}`,
    workload,
    region,
    placement: { kind: "zonal", zones: ["us-east-1a", "us-east-1b", "us-east-1c"], spread: "hard" },
    scaling: {
      kind: "range",
      min: 6,
      max: 12,
      initial: 6,
      signals: [
        { metric: "cpu", target: 60 },
        { metric: "memory", target: 75 },
        { metric: "requests", target: 1800 },
      ],
      schedule: [{ cron: "0 8 * * ? *", min: 8, max: 16 }],
    },
    size: { cpuMillis: 1000, memoryMiB: 2048 },
    ports: [8888, 9090],
    probes: [
      {
        role: "liveness",
        check: { kind: "command", command: "curl -f http://localhost:8888/health" },
        intervalSeconds: 30,
        timeoutSeconds: 5,
        failures: 3,
        successes: 1,
      },
    ],
    rollout: { surge: 6, unavailable: 0, rollsBack: true, watchesAlarms: true },
    drainSeconds: 30,
    image: {
      reference: "123456789012.dkr.ecr.us-east-1.amazonaws.com/embedding@sha256:" + "0c".repeat(32),
      pinned: true,
      login: true,
    },
    sidecars: [
      {
        name: "agent",
        image: { reference: "public.ecr.aws/agent:1", pinned: false },
        cpuMillis: null,
        memoryMiB: null,
        essential: false,
        ports: [],
        environment: [],
        secrets: [],
        probe: null,
        awaited: "done",
      },
      {
        name: "proxy",
        image: { reference: "registry.example.com/proxy@sha256:" + "0d".repeat(32), pinned: true, login: true },
        cpuMillis: 250,
        memoryMiB: 128,
        essential: true,
        ports: [9901],
        environment: [{ name: "UPSTREAM", value: "localhost:8888" }],
        secrets: [{ name: "OLD_CERTIFICATE", store: "secret-manager" }],
        probe: {
          role: "liveness",
          check: { kind: "command", command: "curl -f localhost:9901/ready" },
          intervalSeconds: 10,
          timeoutSeconds: 4,
          failures: 4,
          successes: 1,
        },
        awaited: "healthy",
      },
    ],
    environment: [
      { name: "LOG_LEVEL", value: "info" },
      { name: "MODEL", value: "small" },
    ],
    secrets: [
      { name: "NEW_KEY", store: "secret-manager" },
      { name: "NEW_TOKEN", store: "parameter" },
      { name: "OLD_KEY", store: "secret-manager" },
      { name: "OLD_TOKEN", store: "parameter" },
      { name: "WIRE_URL", store: "parameter" },
    ],
    logs: { kind: "group", keepDays: 30 },
    registry: null,
    runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 0, rebalancing: true },
    ...rest,
  };
}

const name = fc.stringMatching(/^[A-Z]{1,6}$/);
const port = fc.integer({ min: 1024, max: 65535 });

const scaling = (balanced: boolean): fc.Arbitrary<Scaling> =>
  fc.oneof(
    fc.record({ kind: fc.constant("fixed" as const), count: fc.integer({ min: 1, max: 90 }) }),
    fc
      .record({
        min: fc.integer({ min: 1, max: 40 }),
        more: fc.nat(40),
        cpu: fc.integer({ min: 20, max: 90 }),
        all: fc.boolean(),
        initial: fc.nat(5),
      })
      .map(({ min, more, cpu, all, initial }): Scaling => ({
        kind: "range",
        min,
        max: min + more,
        initial: min + initial,
        signals: [
          { metric: "cpu", target: cpu },
          ...(all ? [{ metric: "memory" as const, target: 80 }] : []),
          ...(all && balanced ? [{ metric: "requests" as const, target: 1234.5 }] : []),
        ],
        schedule: all ? [{ cron: "30 6 ? * MON-FRI *", min, max: min + more }] : [],
      })),
  );

const probe: fc.Arbitrary<Probe> = fc.record({
  role: fc.constant("liveness" as const),
  check: fc.record({
    kind: fc.constant("command" as const),
    command: fc.stringMatching(/^[a-z] ?[a-z"'/:-]{0,12}[a-z]$/),
  }),
  intervalSeconds: fc.integer({ min: 5, max: 300 }),
  timeoutSeconds: fc.integer({ min: 2, max: 60 }),
  failures: fc.integer({ min: 1, max: 10 }),
  successes: fc.constant(1),
});

/** Nothing on Spot, a share of all, or a share beyond a base. */
const spot: fc.Arbitrary<Pick<Extract<ReplicaGroup["runtime"], { kind: "ecs-fargate" }>, "spotShare" | "base">> =
  fc.oneof(
    fc.constant({ spotShare: 0 }),
    fc.record(
      {
        spotShare: fc.integer({ min: 1, max: 999 }).map((thousandths) => thousandths / 1000),
        base: fc.record({ replicas: fc.integer({ min: 1, max: 100_000 }), on: fc.constant("on-demand" as const) }),
      },
      { requiredKeys: ["spotShare"] },
    ),
  );

const keepDays = fc.constantFrom(1, 7, 30, 365);
const anyLogs: fc.Arbitrary<ReplicaGroup["logs"]> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant("group" as const), keepDays }),
  fc.record({
    kind: fc.constant("existing" as const),
    group: fc.stringMatching(/^\/[a-zA-Z0-9._/#-]{1,20}$/),
    region: fc.constantFrom("us-east-1", "eu-west-1"),
  }),
  fc.record({
    kind: fc.constant("router" as const),
    router: fc.constantFrom("log-router", "collector"),
    output: fc.option(fc.constantFrom("datadog", "s3", "kinesis_streams")),
    keepDays: fc.option(keepDays),
  }),
);

/** The sidecar that a router is. */
export function routerSidecar(called: string): ReplicaGroup["sidecars"][number] {
  return {
    name: called,
    image: { reference: "registry.example.com/router@sha256:" + "0e".repeat(32), pinned: true },
    cpuMillis: 125,
    memoryMiB: 64,
    essential: true,
    ports: [],
    environment: [],
    secrets: [],
    probe: null,
    awaited: "started",
  };
}

/** Any replica group that ECS can be. */
export function anyGroup(workload: string, balanced: boolean): fc.Arbitrary<ReplicaGroup> {
  return fc
    .record({
      zones: fc.subarray(["us-east-1a", "us-east-1b", "us-east-1c"], { minLength: 1 }),
      scaling: scaling(balanced),
      size: fc.constantFrom(
        { cpuMillis: 250, memoryMiB: 512 },
        { cpuMillis: 1000, memoryMiB: 2048 },
        { cpuMillis: 16000, memoryMiB: 122880 },
      ),
      ports: fc.uniqueArray(port, { minLength: 1, maxLength: 3 }),
      probes: fc.array(probe, { maxLength: 1 }),
      surge: fc.nat(100),
      unavailable: fc.nat(100),
      rollsBack: fc.boolean(),
      watchesAlarms: fc.boolean(),
      drainSeconds: fc.integer({ min: 1, max: 120 }),
      digest: fc.boolean(),
      environment: fc.uniqueArray(fc.record({ name, value: fc.string() }), {
        selector: (variable) => variable.name,
        maxLength: 4,
      }),
      secrets: fc.uniqueArray(
        fc.record({
          name: fc.tuple(fc.constantFrom("NEW_", "OLD_"), name).map((words) => words.join("")),
          store: fc.constantFrom("secret-manager" as const, "parameter" as const),
        }),
        { selector: (secret) => secret.name, maxLength: 4 },
      ),
      logs: anyLogs,
      registry: fc.option(
        fc.record({
          kind: fc.constantFrom("service-connect" as const, "cloud-map" as const),
          name: fc.constant(workload),
        }),
      ),
      architecture: fc.constantFrom("x86_64" as const, "arm64" as const),
      rebalancing: fc.boolean(),
      spot,
    })
    .map(
      ({
        zones,
        surge,
        unavailable,
        rollsBack,
        watchesAlarms,
        digest,
        architecture,
        rebalancing,
        spot: bought,
        environment,
        secrets,
        ...rest
      }) => {
        const count = rest.scaling.kind === "fixed" ? rest.scaling.count : (rest.scaling.initial ?? 1);
        const byName = <T extends { name: string }>(rows: readonly T[]) =>
          [...rows].sort((a, b) => (a.name < b.name ? -1 : 1));
        return group(workload, {
          ...rest,
          ...(rest.logs?.kind === "router"
            ? { sidecars: byName([...group(workload).sidecars, routerSidecar(rest.logs.router)]) }
            : {}),
          environment: byName(environment),
          secrets: byName(secrets),
          placement: { kind: "zonal", zones, spread: rebalancing ? "hard" : "best-effort" },
          rollout: {
            surge: Math.max(1, Math.min(surge, count)),
            unavailable: Math.min(unavailable, count),
            rollsBack,
            watchesAlarms,
          },
          image: {
            reference: digest ? `registry.example.com/a@sha256:${"ab".repeat(32)}` : "registry.example.com/a:1.2",
            pinned: digest,
          },
          runtime: { kind: "ecs-fargate", architecture, ...bought, rebalancing },
        });
      },
    )
    .filter(({ scaling: chosen, rollout }) => {
      try {
        rolloutPercents(
          chosen.kind === "fixed" ? chosen.count : (chosen.initial ?? 1),
          rollout.surge,
          rollout.unavailable,
        );
        return true;
      } catch {
        return false;
      }
    });
}
