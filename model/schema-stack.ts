import { z } from "zod";
import { targets, type Target } from "./part";
import { choicesShape, prices, spotShare, waivers } from "./schema-choices";
import { flag, list, mapping, named, number, optional, refusal, shaped, words, type Mirrors } from "./schema-leaf";
import {
  batch,
  entries,
  exposure,
  hitRatio,
  reachedBy,
  serviceTimeMs,
  serviceTimeVariation,
  slotsPerReplica,
} from "./schema-system";
import { copies } from "./schema-copies";
import { domain, failover } from "./schema-domain";
import { keepVolumes, leader, members, writeShare } from "./schema-store";
import { limits, restMemoryMiB, startSeconds } from "./schema-workload";
import { logs } from "./schema-logs";
import { environmentVariables } from "./schema-sidecar";
import type { StackConfig } from "./stack-config";

/** Targets that have components and a catalog. */
export const builtTargets: readonly Target[] = ["aws", "kubernetes"];

const load = mapping("nines:load: { requestsPerSecond: { mean: 400, peak: 1000 } }", {
  requestsPerSecond: mapping("requestsPerSecond: { mean: 400, peak: 1000 }", {
    mean: number("Requests a second on average, for example 400", { above: 0 }),
    peak: number("Requests a second in the busiest minutes, for example 1000", { above: 0 }),
  }),
  burst: optional(
    mapping("burst: { factor: 1.5 }", {
      factor: number("Sudden step above the peak, for example 1.5", { least: 1 }),
      toleratedWaitSeconds: optional(number("Longest wait that callers bear meanwhile, seconds", { least: 0 })),
    }),
  ),
  uncertainty: optional(
    number("Share of the peak that the true load may lie below and above it, for example 0.2", { least: 0, below: 1 }),
  ),
});

const override = mapping("Facts that this stack knows better", {
  serviceTimeMs: optional(serviceTimeMs),
  serviceTimeVariation: optional(serviceTimeVariation),
  slotsPerReplica: optional(slotsPerReplica),
  startSeconds: optional(startSeconds),
  hitRatio: optional(hitRatio),
  entries: optional(entries),
  reachedBy: optional(reachedBy),
  exposure: optional(exposure),
  batch: optional(batch),
  logs: optional(logs),
  environment: optional(environmentVariables),
  spotShare: optional(spotShare),
  limits: optional(limits),
  restMemoryMiB: optional(restMemoryMiB),
  members: optional(members),
  writeShare: optional(writeShare),
  leader: optional(leader),
  keepVolumes: optional(keepVolumes),
});

/** Facts of a workload that a stack may say. */
export const overrideKeys: readonly string[] = Object.keys(override.shape);

const HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?";
const HIGHEST_PORT = 65_535;

/** A port behind the last colon is one that there is. */
const portFits = (place: string): boolean => {
  const port = /:(\d+)(?:\/.*)?$/.exec(place)?.[1];
  return port === undefined || (Number(port) >= 1 && Number(port) <= HIGHEST_PORT);
};

const securityGroupId = (about: string) =>
  shaped(about, "sg- and 8 or 17 hexadecimal digits", /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/);

const url = (about: string) =>
  shaped(
    about,
    "http:// or https://, a host, and where needed a port from 1 to 65535 and a path",
    new RegExp(`^https?://${HOST}(?::\\d{1,5})?(?:/[^\\s?#]*)?$`),
  ).refine(
    (text) => portFits(text.replace(/^https?:\/\//, "").split("/")[0] ?? ""),
    refusal("http:// or https://, a host, and where needed a port from 1 to 65535 and a path", "correct the port"),
  );

const elbArn = (about: string, kind: "loadbalancer/app" | "targetgroup") =>
  shaped(
    about,
    `arn:aws:elasticloadbalancing:<region>:<account>:${kind}/<name>/<id>`,
    new RegExp(`^arn:aws:elasticloadbalancing:[a-z0-9-]+:\\d{12}:${kind}/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}$`),
  );

const existingCache = mapping("vectors: { address: cache.example.internal:6379, tls: true }", {
  address: shaped(
    "Host and port, for example cache.example.internal:6379",
    "host:port, the port from 1 to 65535",
    new RegExp(`^${HOST}:\\d{1,5}$`),
  ).refine(portFits, refusal("host:port, the port from 1 to 65535", "correct the port")),
  tls: flag("Whether callers speak TLS to it"),
  securityGroupId: optional(
    securityGroupId("Its security group, which callers are added to; left out: its owner lets them in"),
  ),
  tokenSecretName: optional(
    shaped(
      "Name in Secrets Manager of the secret that holds its token; left out: no token is asked",
      "the name of a secret, not its ARN: letters, digits and /_+=.@-",
      /^[A-Za-z0-9/_+=.@-]{1,512}$/,
    ),
  ),
});

const existingBalancer = mapping("embedding: { loadBalancerArn, targetGroupArn, securityGroupId, url }", {
  loadBalancerArn: elbArn("ARN of the Application Load Balancer", "loadbalancer/app"),
  targetGroupArn: elbArn("ARN of its target group, whose targets are IP addresses", "targetgroup"),
  securityGroupId: securityGroupId("Security group of the balancer, which the replicas let in"),
  url: url("Where callers go, for example https://embedding.example.com"),
});

// Elastic Load Balancing API, RulePriority, HostHeaderConditionConfig and PathPatternConditionConfig (also catalog/aws, listener-rule-*).
const existingListener = mapping("embedding: { listenerArn, securityGroupId, priority, hosts, url }", {
  listenerArn: shaped(
    "ARN of the listener of an Application Load Balancer",
    "arn:aws:elasticloadbalancing:<region>:<account>:listener/app/<name>/<id>/<id>",
    /^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:listener\/app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
  ),
  securityGroupId: securityGroupId("Security group of the balancer, which the replicas let in"),
  priority: number("Priority of the rule, which no other rule of the listener has, for example 100", {
    least: 1,
    most: 50_000,
    whole: true,
  }),
  hosts: optional(
    list(
      "hosts: [api.example.com]",
      shaped(
        "Host name, for example api.example.com or *.example.com",
        "a host name of at most 128 letters, digits, hyphens, dots, * and ?, with only letters behind the last dot",
        /^(?=.{1,128}$)[A-Za-z0-9.*?-]*\.[A-Za-z]+$/,
      ),
    ),
  ),
  paths: optional(
    list(
      "paths: [/api/*]",
      shaped(
        "Path, for example /api/*",
        "a slash, and at most 127 letters, digits and _-.$/~\"'@:+&*?",
        /^\/[A-Za-z0-9_\-.$/~"'@:+&*?]{0,127}$/,
      ),
    ),
  ),
  url: url("Where callers go, for example https://api.example.com"),
});

export const stackConfigSchema = mapping("The facts that only this stack knows", {
  system: words("name the system, for example nines:system: embedding"),
  environment: words("name the environment, for example nines:environment: prod"),
  target: z
    .enum(
      targets as readonly [Target, ...Target[]],
      refusal(`one of ${builtTargets.join(", ")}`, "nothing else is built yet"),
    )
    .refine(
      (target) => builtTargets.includes(target),
      refusal(`one of ${builtTargets.join(", ")}`, "nothing else is built yet"),
    )
    .describe("Where it is built"),
  region: optional(words("Region, for example us-east-1; needed where the environment has several")),
  regions: optional(
    list(
      "regions: [us-east-1, us-west-2]: the first takes the requests, each later one when those before it cannot",
      words("Region, for example us-east-1"),
    ).min(1, refusal("at least one region", "leave it out, or name the regions")),
  ),
  namespace: optional(
    // RFC 1123 label, which Kubernetes asks of the name of a namespace.
    shaped(
      "Namespace of a cluster, for example dvecdb-prod",
      "at most 63 small letters, digits and hyphens, with a letter or digit at both ends",
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    ),
  ),
  namePrefix: optional(
    // RFC 1035 label, which Kubernetes asks of the name of a Service; how long it may be depends on what it stands before.
    shaped(
      "What the names of all objects in a cluster begin with, for example dev-",
      "small letters, digits and hyphens, with a letter first and a hyphen last",
      /^[a-z]([a-z0-9-]*[a-z0-9])?-$/,
    ),
  ),
  callersMoveSeconds: optional(
    number("Seconds until callers are at the next region when the first is lost, for example 90", { least: 0 }),
  ),
  domain: optional(domain),
  failover: optional(failover),
  load,
  images: named(
    "nines:images: { embedding: registry.example.com/embedding@sha256:... }",
    words("Image of the workload, for example registry.example.com/embedding:1.4.2"),
  ),
  existing: optional(
    named(
      "Caches, and balancers or listeners of services, that are there already, by workload",
      z
        .union([existingCache, existingBalancer, existingListener])
        .describe("A cache, or the balancer in front of a service, or only its listener"),
    ),
  ),
  copies: optional(copies),
  sizes: optional(
    named(
      "Size of one replica by workload",
      mapping("{ cpuMillis: 1000, memoryMiB: 2048 }", {
        cpuMillis: optional(number("CPU of one replica, 1000 are one vCPU", { above: 0 })),
        memoryMiB: optional(number("Memory of one replica, MiB, for example 2048", { above: 0 })),
      }),
    ),
  ),
  replicas: optional(
    named(
      "Bounds of the scaler by workload",
      mapping("{ min: 2, max: 20 }", {
        min: optional(number("Least replicas, for example 2", { least: 1, whole: true })),
        max: optional(number("Most replicas, for example 20", { least: 1, whole: true })),
      }),
    ),
  ),
  workloads: optional(named("Facts of workloads that this stack knows better", override)),
  prices: optional(prices),
  waivers: optional(waivers),
  ...choicesShape,
});

const mirrored: Mirrors<z.infer<typeof stackConfigSchema>, StackConfig> = true;
void mirrored;
