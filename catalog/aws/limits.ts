import type { Limit } from "./limit";
import { balancerLimits } from "./limits-balancer";
import { cacheLimits } from "./limits-cache";
import { discoveryLimits } from "./limits-discovery";
import { ecsLimits } from "./limits-ecs";
import { logLimits } from "./limits-logs";
import { networkLimits } from "./limits-network";
import { operationsLimits } from "./limits-operations";
import { scalingLimits } from "./limits-scaling";

/** Every limit by its id; numbers are literal, so `limits["stop-timeout"].max` is 120 in the type too. */
export const limits = {
  ...balancerLimits,
  ...ecsLimits,
  ...discoveryLimits,
  ...networkLimits,
  ...scalingLimits,
  ...logLimits,
  ...cacheLimits,
  ...operationsLimits,
} as const satisfies Record<string, Limit>;

export type LimitId = keyof typeof limits;

/** A limit with its id. */
export interface NamedLimit extends Limit {
  readonly id: LimitId;
}

/** One limit, as the general type. */
export function limit(id: LimitId): NamedLimit {
  return { id, ...(limits[id] as Limit) };
}

/** All limits with their ids. */
export function allLimits(): readonly NamedLimit[] {
  return (Object.keys(limits) as LimitId[]).map(limit);
}

/** Does a text have the limit's form, and its length? true where the limit has neither. */
export function matchesForm(id: LimitId, value: string): boolean {
  const { pattern, min = 0, max = Number.POSITIVE_INFINITY } = limit(id);
  if (value.length < min || value.length > max) return false;
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value);
}

/** The quotas that an environment may state as raised, and the limit that holds where it states none. */
export const quotaLimits = {
  fargateVcpus: "fargate-vcpus",
  tasksPerService: "tasks-per-service",
  targetsPerGroup: "targets-per-group",
  cacheNodesPerRegion: "cache-nodes-per-region",
  natGatewaysPerZone: "nat-gateways-per-zone",
  elasticIps: "elastic-ips-per-region",
} as const satisfies Record<string, LimitId>;
