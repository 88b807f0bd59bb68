import { argumentPath } from "../component-arguments";
import type { ServiceArgs } from "./service-args";

const known: Readonly<Record<keyof ServiceArgs, true>> = {
  image: true,
  port: true,
  health: true,
  load: true,
  serviceTimeMs: true,
  size: true,
  slotsPerReplica: true,
  startSeconds: true,
  survive: true,
  availability: true,
  latency: true,
  tier: true,
  region: true,
  exposure: true,
  cache: true,
  cluster: true,
  secrets: true,
  sidecars: true,
  permissions: true,
  callsLeave: true,
  replicas: true,
  protect: true,
  logDays: true,
  tags: true,
  waivers: true,
  prices: true,
  deploys: true,
  budget: true,
  quotas: true,
  utilisationCeiling: true,
  headroom: true,
  elastic: true,
  architecture: true,
  surgeShare: true,
  minReplicas: true,
  replicaDropShare: true,
  registries: true,
  spotShare: true,
  logs: true,
  network: true,
  listener: true,
  domain: true,
  alerts: true,
  environment: true,
  transform: true,
  adopt: true,
};

/** Every argument of a service. */
export const argumentNames: readonly string[] = Object.keys(known);

/** The planner's key as the argument that it was made of. */
export function argumentOf(key: string, name: string, environment: string): string {
  const starts: readonly (readonly [string, string])[] = [
    ["nines:", ""],
    [`systems.${name}.`, ""],
    [`environments.${environment}.`, ""],
    [`workloads.${name}-cache`, "cache"],
    [`workloads.${name}.`, ""],
    ["objectives.", ""],
    [`images.${name}`, "image"],
    ["images", "image"],
    [`existing.${name}`, "listener"],
    [`sizes.${name}`, "size"],
    [`replicas.${name}`, "replicas"],
    ["memoryMiB", "size.memoryMiB"],
    ["cpuMillis", "size.cpuMillis"],
    ["probes.health", "health"],
    ["probes", "health"],
    ["domain.zone.existing.id", "domain.zoneId"],
    ["domain.certificate.existing.arn", "domain.certificateArn"],
    ["alerts.existing.topicArn", "alerts.topicArn"],
  ];
  return argumentPath(key, starts).replace(/^regions\.[a-z0-9-]+(\.zones)?/, (_, zones: string | undefined) =>
    zones === undefined ? "region" : "network.zones",
  );
}
