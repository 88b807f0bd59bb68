import type { Infeasible } from "../model";
import { partKey } from "../model";
import { mostOnDemand } from "../catalog";
import { planSpot } from "./spot-plan";
import type { GroupCount } from "./group-count";
import type { Context } from "./context";

/** On-Demand vCPUs while every group rolls out at once: the floor and its surge, each with a base of its own. */
export function rolloutVcpus(counts: readonly GroupCount[]): number {
  return counts.reduce(
    (sum, each) => sum + ((onDemandOf(each, each.count) + onDemandOf(each, each.surge)) * each.size.cpuMillis) / 1000,
    0,
  );
}

function onDemandOf({ spotShare, onDemand }: GroupCount, replicas: number): number {
  return mostOnDemand(replicas, planSpot(spotShare, onDemand));
}

/** The limit on vCPUs is met by a rollout, not by the steady state. */
export function vcpuShortage({ request, catalog }: Context, counts: readonly GroupCount[]): readonly Infeasible[] {
  const quota = catalog.quotas.vcpus;
  const limit = request.chosen.quotas.fargateVcpus ?? quota.value;
  const asked = rolloutVcpus(counts);
  if (asked <= limit || counts.length === 0) return [];
  const [largest] = [...counts].sort((a, b) => b.count * b.size.cpuMillis - a.count * a.size.cpuMillis);
  const steady = counts.reduce((sum, each) => sum + (onDemandOf(each, each.count) * each.size.cpuMillis) / 1000, 0);
  return [
    {
      part: partKey("replica-group", largest?.demand.workload ?? request.system, request.region),
      field: "vCPU",
      asked,
      unit: `vCPU in a rollout (${steady} steady)`,
      limit: {
        name: `${quota.name} in ${request.region}${request.chosen.quotas.fargateVcpus === undefined ? ` (default; environment ${request.environment} says nothing of a raise)` : ""}`,
        value: limit,
        source: quota.source,
        raisable: quota.raisedBy !== null,
      },
      alternatives: [],
    },
  ];
}
