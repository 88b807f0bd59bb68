import { z } from "zod";
import { latency, objectives, spotShare } from "./schema-choices";
import {
  flag,
  list,
  mapping,
  named,
  number,
  oneOf,
  optional,
  refusal,
  share,
  shaped,
  text,
  uncertain,
  words,
  type Mirrors,
} from "./schema-leaf";
import { counterSelector } from "./slo";
import { logs } from "./schema-logs";
import { configMapVariables, environmentVariables, permissions, sidecar } from "./schema-sidecar";
import { store } from "./schema-store";
import { limits, probes, restMemoryMiB, secrets, startSeconds } from "./schema-workload";
import type { System } from "./system";

/** Facts that a stack's YAML may state anew. */
export const serviceTimeMs = uncertain("On-CPU milliseconds of one request, for example 20", { above: 0 });
export const serviceTimeVariation = uncertain("Coefficient of variation: 0 fixed, 1 exponential", { least: 0 });
export const slotsPerReplica = number("Requests that one replica works on at once, for example 1", {
  least: 1,
  whole: true,
});
export const hitRatio = uncertain("Share of look-ups that hit, for example 0.4", { least: 0, most: 1 });
export const entries = number("Entries that the cache holds, for example 2000000", { least: 1, whole: true });
export const reachedBy = oneOf("How callers reach the replicas", [
  "balancer",
  "service-connect",
  "cloud-map",
  "cluster-ip",
]);
export const exposure = oneOf("Who may reach the balancer", ["internet", "private"]);
export const batch = mapping("batch: { size: 8, waitMs: 10 }", {
  size: number("Requests worked on together, for example 8", { least: 1, whole: true }),
  waitMs: number("Longest wait for a batch to fill, milliseconds", { least: 0 }),
  marginalShare: optional(share("Time of each further request, share of the first's, for example 0.3")),
});
const selector = (about: string) =>
  shaped(
    about,
    'a counter and its labels, without range or function, for example http_requests_total{code=~"5.."}',
    counterSelector,
  );
const metrics = mapping("metrics: { port: 9091, path: /metrics, calls: { total, errors } }", {
  port: optional(number("Port that Prometheus scrapes, for example 9091", { least: 1, most: 65_535, whole: true })),
  path: optional(
    shaped("Path that Prometheus scrapes, for example /metrics", "a path that begins with /", /^\/\S{0,1023}$/),
  ),
  calls: optional(
    mapping("calls: { total: http_requests_total, errors: 'http_requests_total{code=~\"5..\"}' }", {
      total: selector("Counter of all calls"),
      errors: selector("Counter of calls that failed"),
    }),
  ),
  latency: optional(
    mapping(
      "latency: { total: http_request_duration_seconds_count, within: 'http_request_duration_seconds_bucket{le=\"0.25\"}' }",
      {
        total: selector("Counter of all calls"),
        within: selector("Bucket of calls that were fast enough"),
      },
    ),
  ),
});
export const call = mapping("{ perRequest: 1, tries: 3, required: true }", {
  perRequest: number("Calls for each request of the caller, for example 1", { above: 0 }),
  tries: optional(number("Most tries of one call, for example 3", { least: 1, most: 10, whole: true })),
  required: optional(flag("The caller fails when the callee does")),
});

const port = number("Port, for example 8080", { least: 1, most: 65_535, whole: true });
const bytes = (about: string) => optional(uncertain(about, { least: 0 }));
const seconds = (about: string) => optional(uncertain(about, { least: 0 }));
const openShare = (about: string) => optional(number(about, { above: 0, below: 1 }));

const service = mapping("service({...})", {
  kind: z.literal("service"),
  port,
  serviceTimeMs,
  serviceTimeVariation: optional(serviceTimeVariation),
  slotsPerReplica: optional(slotsPerReplica),
  memoryMiB: number("Memory of one replica, MiB, for example 2048", { above: 0 }),
  cpuMillis: optional(number("CPU of one replica, 1000 are one vCPU", { above: 0 })),
  restMemoryMiB: optional(restMemoryMiB),
  startSeconds,
  warmUpSeconds: seconds("Slower than usual after the start for so long"),
  probes,
  limits: optional(limits),
  calls: optional(named("calls: { callee: { perRequest: 1 } }", call)),
  reachedBy: optional(reachedBy),
  exposure: optional(exposure),
  batch: optional(batch),
  scalingLaw: optional(
    mapping("scalingLaw: { contention: 0.02, coherency: 0.0001 }", {
      contention: number("Contention of the scaling law, for example 0.02", { least: 0, below: 1 }),
      coherency: number("Coherency of the scaling law, for example 0.0001", { least: 0, below: 1 }),
    }),
  ),
  latency: optional(latency),
  metrics: optional(metrics),
  criteria: optional(
    mapping("criteria: { responseMs: 100, successShare: 0.95, memoryShare: 0.9 }", {
      responseMs: optional(number("Response time that raises an alarm, milliseconds", { above: 0 })),
      successShare: openShare("Share of successes below which an alarm is raised"),
      memoryShare: openShare("Share of memory above which an alarm is raised"),
    }),
  ),
  requestBytes: bytes("Bytes of one request"),
  responseBytes: bytes("Bytes of one response"),
  logBytesPerRequest: bytes("Bytes logged for one request"),
  callsLeave: optional(flag("Calls leave the network")),
  command: optional(list("Command of the container", text("One word of the command"))),
  ports: optional(list("Further ports", port)),
  environment: optional(environmentVariables),
  configMaps: optional(configMapVariables),
  wires: optional(
    named(
      "wires: { NAME: { to: callee, as: urls } }",
      mapping("{ to: callee, as: urls }", {
        to: words("Workload whose address the variable takes"),
        as: oneOf("urls, address (host:port), or the token of a cache", ["urls", "address", "token"]),
      }),
    ),
  ),
  secrets: optional(secrets),
  permissions: optional(permissions),
  sidecars: optional(named("sidecars: { proxy: { image, cpuMillis, memoryMiB } }", sidecar)),
  logs: optional(logs),
  drainSeconds: optional(
    number("Seconds from the stop signal to the kill, for example 30", { least: 1, most: 120, whole: true }),
  ),
  spotShare: optional(spotShare),
  sizingRule: optional(
    mapping("sizingRule: { name, requestsPerSecondPerReplica, failoverShare }", {
      name: words("Name of the rule"),
      requestsPerSecondPerReplica: number("Requests a second that the rule gives a replica", { above: 0 }),
      failoverShare: number("Share of the active replicas that stand by", { least: 0 }),
    }),
  ),
});

const cache = mapping("cache({...})", {
  kind: z.literal("cache"),
  entries,
  keyBytes: number("Bytes of a key, for example 64", { above: 0 }),
  valueBytes: number("Bytes of a value, for example 3072", { above: 0 }),
  hitRatio,
  hitMs: optional(number("Milliseconds of a hit, for example 1", { least: 0 })),
  expires: optional(flag("Entries expire")),
  role: optional(oneOf("capacity-cache where the origin cannot carry everything", ["latency-cache", "capacity-cache"])),
  eviction: optional(
    oneOf("What Redis does when its memory is full", [
      "noeviction",
      "allkeys-lru",
      "allkeys-lfu",
      "allkeys-random",
      "volatile-lru",
      "volatile-lfu",
      "volatile-random",
      "volatile-ttl",
    ]),
  ),
  engine: optional(
    mapping('engine: { name: "valkey", version: "8.0" }', {
      name: oneOf("Engine of the cache", ["redis", "valkey"]),
      version: shaped('Version in quotes, for example "8.0"', "a version of numbers and dots", /^\d+(\.\d+){0,2}$/),
    }),
  ),
});

export const systemSchema = mapping("defineSystem({ objectives, workloads })", {
  objectives,
  workloads: named(
    "workloads: { name: service({...}) }",
    z.discriminatedUnion(
      "kind",
      [service, cache, store],
      refusal("a service, a cache or a store", "write service({...}), cache({...}) or store({...})"),
    ),
  ),
});

const mirrored: Mirrors<z.infer<typeof systemSchema>, System> = true;
void mirrored;
