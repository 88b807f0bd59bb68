import type { WorkloadDemand } from "../model";
import { costAssumptions } from "./assumptions";
import { BYTES_PER_GB, SECONDS_PER_MONTH } from "./bill";

/** One capacity unit of an Application Load Balancer holds so much of each; the largest is billed (ELB pricing page, 2026-09-20). */
export const LCU = {
  newConnectionsPerSecond: 25,
  activeConnections: 3000,
  gbPerHour: 1,
  rulesPerSecond: 1000,
} as const;
/** The same of a Network Load Balancer, for TCP (same page); of TLS and UDP it was not found, and they are taken for TCP. */
export const NLCU = { newConnectionsPerSecond: 800, activeConnections: 100_000, gbPerHour: 1 } as const;

interface BalancerTraffic {
  readonly requestsPerSecond: number;
  readonly bytesPerRequest: number;
  /** Listener rules that a request is held against, defaults not counted. */
  readonly rulesPerRequest: number;
}

/** Capacity units on average, and the dimension that sets them. */
export function capacityUnits(
  traffic: BalancerTraffic,
  holds: Readonly<Partial<Record<keyof typeof LCU, number>>> = LCU,
): {
  readonly units: number;
  readonly binding: keyof typeof LCU;
} {
  const connectionsPerSecond = traffic.requestsPerSecond / costAssumptions.requestsPerConnection.value;
  const used: Readonly<Record<keyof typeof LCU, number>> = {
    newConnectionsPerSecond: connectionsPerSecond,
    activeConnections: connectionsPerSecond * costAssumptions.connectionSeconds.value,
    gbPerHour: (traffic.requestsPerSecond * traffic.bytesPerRequest * 3600) / BYTES_PER_GB,
    rulesPerSecond: traffic.requestsPerSecond * traffic.rulesPerRequest,
  };
  let binding: keyof typeof LCU = "newConnectionsPerSecond";
  const units = (dimension: keyof typeof LCU): number =>
    used[dimension] / (holds[dimension] ?? Number.POSITIVE_INFINITY);
  for (const dimension of Object.keys(LCU) as (keyof typeof LCU)[])
    if (units(dimension) > units(binding)) binding = dimension;
  return { units: units(binding), binding };
}

/** Requests of all workloads together. */
export function trafficOf(demands: readonly WorkloadDemand[]): Omit<BalancerTraffic, "rulesPerRequest"> {
  const requestsPerSecond = demands.reduce((sum, demand) => sum + demand.requestsPerSecond.mean, 0);
  const bytesPerSecond = demands.reduce(
    (sum, demand) => sum + demand.requestsPerSecond.mean * (demand.requestBytes + demand.responseBytes),
    0,
  );
  return { requestsPerSecond, bytesPerRequest: requestsPerSecond === 0 ? 0 : bytesPerSecond / requestsPerSecond };
}

/** What callers on the internet are sent a month. */
export function outPerMonthGb(demands: readonly WorkloadDemand[]): number {
  const perSecond = demands.reduce((sum, demand) => sum + demand.requestsPerSecond.mean * demand.responseBytes, 0);
  return (perSecond * SECONDS_PER_MONTH) / BYTES_PER_GB;
}
