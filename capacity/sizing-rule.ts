import type { Request, SizingRuleResult } from "../model";
import { partKey } from "../model";
import type { ServiceDemand } from "./service-demand";

/**
 * A sizing rule that the system's authors wrote down, beside the planner's own count: active = ceil(load / rate),
 * failover = max(1, ceil(active x share)). As written elsewhere the share is not rounded up; both are shown.
 */
export function seedRule(request: Request, demand: ServiceDemand): readonly SizingRuleResult[] {
  const rule = demand.facts.sizingRule;
  if (!rule) return [];
  const active = Math.ceil(demand.statedPeakPerSecond / rule.requestsPerSecondPerReplica);
  const failover = Math.max(1, Math.ceil(active * rule.failoverShare));
  return [
    {
      part: partKey("replica-group", demand.workload, request.region),
      name: rule.name,
      active,
      failover,
      total: active + failover,
      asWritten: active + Math.max(1, active * rule.failoverShare),
    },
  ];
}
