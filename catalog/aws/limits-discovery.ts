import { type Limit, limitSources as from } from "./limit";

/** How services find each other: Service Connect and Cloud Map. */
export const discoveryLimits = {
  "service-connect-name": {
    applies: "serviceConnectConfiguration services discoveryName",
    max: 64,
    pattern: "[a-z0-9_-]+",
    unit: "characters",
    raisable: false,
    quote: "up to 64 lowercase letters, numbers, underscores and hyphens",
    source: from.ecs,
  },
  "service-connect-aliases": {
    applies: "serviceConnectConfiguration services clientAlias",
    max: 1,
    unit: "aliases",
    raisable: false,
    quote: "at most one client alias",
    source: from.ecs,
  },
  "service-connect-dns-name": {
    applies: "serviceConnectConfiguration services clientAlias dnsName",
    max: 127,
    unit: "characters",
    raisable: false,
    quote: "up to 127 characters",
    source: from.ecs,
  },
  "service-connect-tasks": {
    applies: "tasks of a service in Service Connect or Cloud Map",
    max: 1000,
    unit: "tasks",
    raisable: false,
    quote: "1,000 tasks per service (Cloud Map instances), not 5,000",
    source: from.ecsGuide,
  },
  "service-connect-proxy-cpu": {
    applies: "CPU to add for the Service Connect proxy",
    min: 256,
    unit: "CPU units",
    raisable: false,
    quote: "add 256 CPU units and at least 64 MiB for the proxy; the task's memory limit is required",
    source: from.ecsGuide,
  },
  "service-connect-proxy-memory": {
    applies: "memory to add for the Service Connect proxy",
    min: 64,
    unit: "MiB",
    raisable: false,
    quote: "add 256 CPU units and at least 64 MiB for the proxy; the task's memory limit is required",
    source: from.ecsGuide,
  },
  "cloud-map-failure-threshold": {
    applies: "servicediscovery.Service healthCheckCustomConfig.failureThreshold",
    values: [1],
    unit: "checks",
    raisable: false,
    quote: "the value is always 1; healthCheckConfig is for public DNS namespaces only",
    source: from.pulumi,
  },
} as const satisfies Record<string, Limit>;
