import type { types } from "@pulumi/kubernetes";
import { cachePods } from "../../capacity";
import { cpuText, memoryText } from "../../catalog/kubernetes";
import type { SecretKey } from "./container";
import { objectLabels } from "./labels";
import { podPlacement } from "./pod-placement";
import { containerSecurity, podIdentity } from "./pod-security";
import type { RedisCacheArgs } from "./redis-cache-args";
import { roleLabels } from "./redis-names";
import { mounts } from "./redis-part-settings";
import { redisDefaults, type RedisSettings } from "./redis-settings";

type DeploymentSpec = types.input.apps.v1.DeploymentSpec;

export const PROXY_IMAGE = "docker.io/library/haproxy:3.2";
const HEALTH_PORT = 8404;
const CONFIG = "/usr/local/etc/haproxy";
const SCRATCH = { request: "16Mi", limit: "64Mi" };
const DRAIN_SECONDS = 15;

/**
 * haproxy.cfg that leads callers who know nothing of Sentinels to the master: the member that says that it is one and has a replica;
 * where none has, the one that says that it is one. A master that is none any more loses its callers at once: they connect anew.
 * Of a copy, which has no master until it is promoted, to members that are in step; where none is, to those that hold data.
 */
export function proxyConfig(settings: RedisSettings): string {
  const { members, port, copiesPort, folders, timing, copied, copyOf } = settings;
  // Callers' bytes pass as they are, encrypted or not; only the checks are the proxy's own.
  const tls = folders.tls === null ? "" : ` check-ssl verify required ca-file ${folders.tls}/ca.crt`;
  const asks = (question: string, expected: string): readonly string[] => [
    `  tcp-check send "${question}\\r\\n"`,
    `  tcp-check expect rstring ${expected}`,
  ];
  const check = (expected: string, balance: "first" | "roundrobin" = "first", ...more: readonly string[]) => [
    "  option tcp-check",
    "  tcp-check connect default",
    ...(folders.password === null
      ? []
      : ['  tcp-check send "AUTH ${REDIS_PASSWORD}\\r\\n"', "  tcp-check expect string +OK"]),
    ...asks("info replication", expected),
    ...more,
    `  balance ${balance}`,
    "  default-server inter 1s fall 1 rise 1 on-marked-down shutdown-sessions resolvers cluster init-addr none",
    ...members.map((member, ordinal) => `  server member-${ordinal} ${member}:${port} check${tls}`),
  ];
  const followed = timing.minReplicasToWrite > 0 ? "role:master\\r\\nconnected_slaves:[1-9]" : "role:master";
  // The last resort last.
  const leads = ["followed", "alone", ...(copyOf === null ? [] : ["following", "holding"])];
  // HAProxy takes a server for up until its first check has failed: as long as all seem to be masters, nothing is known of any.
  const starting = members.length < 2 ? [] : [`{ nbsrv(alone) ge ${members.length} }`];
  const unknown = starting.map((all) => `  tcp-request connection reject if ${all}`);
  return `${[
    "global",
    "  maxconn 4000",
    "defaults",
    "  mode tcp",
    "  timeout connect 2s",
    "  timeout check 2s",
    "  timeout client 1h",
    "  timeout server 1h",
    "  option clitcpka",
    "  option srvtcpka",
    "resolvers cluster",
    "  parse-resolv-conf",
    "  hold valid 1s",
    "  hold nx 1s",
    "frontend callers",
    `  bind :::${port} v4v6`,
    ...unknown,
    ...leads.slice(0, -1).map((each) => `  use_backend ${each} if { nbsrv(${each}) gt 0 }`),
    `  default_backend ${leads.at(-1) ?? "alone"}`,
    ...(copied ? ["frontend copies", `  bind :::${copiesPort} v4v6`, ...unknown, "  default_backend following"] : []),
    "frontend health",
    `  bind :::${HEALTH_PORT} v4v6`,
    "  mode http",
    "  timeout client 5s",
    "  http-request return status 200 if { path /live }",
    ...starting.map((all) => `  http-request return status 503 if ${all}`),
    ...leads.slice(1).map((each) => `  http-request return status 200 if { path /ready } { nbsrv(${each}) gt 0 }`),
    "  http-request return status 503",
    "backend followed",
    ...check(followed),
    "backend alone",
    ...check("role:master"),
    // Copies follow a replica: the master would count them among those that it needs to take writes, wherever they are.
    ...(copied || copyOf !== null
      ? ["backend following", ...check("master_link_status:up", copied ? "first" : "roundrobin")]
      : []),
    ...(copyOf === null
      ? []
      : ["backend holding", ...check("role:slave", "roundrobin", ...asks("info keyspace", "keys="))]),
  ].join("\n")}\n`;
}

/** Proxies: any of them leads to the master, so that they come and go as they like. */
export function proxySpec(args: RedisCacheArgs, config: string, password: SecretKey): DeploymentSpec {
  const { part, stack, images, certificateSecret, priorityClass, pullSecrets } = args;
  const { cpuMillis, memoryMiB } = cachePods.proxy;
  const labels = roleLabels(part.workload, "proxy");
  const image = images?.proxy ?? PROXY_IMAGE;
  const check = (path: string, failureThreshold: number) => ({
    httpGet: { path, port: "health" },
    periodSeconds: 5,
    timeoutSeconds: 2,
    failureThreshold,
  });
  return {
    replicas: cachePods.proxy.count,
    selector: { matchLabels: { ...labels } },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: { ...objectLabels(stack, part.workload), ...labels } },
      spec: {
        ...podIdentity({ account: part.workload, priorityClass, pullSecrets }),
        terminationGracePeriodSeconds: 2 * DRAIN_SECONDS,
        ...podPlacement({
          region: part.region,
          placement: part.placement,
          hosts: "preferred",
          selector: labels,
          byRevision: true,
        }),
        containers: [
          {
            name: "proxy",
            image,
            imagePullPolicy: image.includes("@sha256:") ? "IfNotPresent" : "Always",
            command: ["haproxy", "-W", "-f", `${CONFIG}/haproxy.cfg`],
            env: [{ name: "REDIS_PASSWORD", valueFrom: { secretKeyRef: { ...password } } }],
            ports: [
              { name: "redis", containerPort: part.port, protocol: "TCP" },
              ...(part.crossRegion.kind === "copied"
                ? [{ name: "copies", containerPort: redisDefaults.copiesPort, protocol: "TCP" }]
                : []),
              { name: "health", containerPort: HEALTH_PORT, protocol: "TCP" },
            ],
            resources: {
              requests: {
                cpu: cpuText(cpuMillis),
                memory: memoryText(memoryMiB),
                "ephemeral-storage": SCRATCH.request,
              },
              limits: { memory: memoryText(memoryMiB), "ephemeral-storage": SCRATCH.limit },
            },
            livenessProbe: check("/live", 3),
            readinessProbe: check("/ready", 2),
            lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
            ...containerSecurity(false),
            volumeMounts: [
              { name: "config", mountPath: CONFIG, readOnly: true },
              ...(certificateSecret === undefined
                ? []
                : [{ name: "certificate", mountPath: mounts.tls, readOnly: true }]),
            ],
          },
        ],
        volumes: [
          { name: "config", configMap: { name: config, items: [{ key: "haproxy.cfg", path: "haproxy.cfg" }] } },
          // No key: what it checks with is the authority's certificate.
          ...(certificateSecret === undefined
            ? []
            : [
                {
                  name: "certificate",
                  secret: { secretName: certificateSecret, items: [{ key: "ca.crt", path: "ca.crt" }] },
                },
              ]),
        ],
      },
    },
  };
}
