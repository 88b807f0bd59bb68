// WHAT IT COSTS: Parts as read and the plan's demand in; line items, totals and what is unpriced out. Pure.
// Imports model and catalog; never capacity, components, policies or a provider SDK.
import type { Cost, Plan, ReadPart } from "../model";
import { billAlert, billAlertTopic, billDashboard } from "./alert";
import { Bill, type Context } from "./bill";
import { billLoadBalancer } from "./load-balancer";
import { billNetwork } from "./network";
import { billRedisCache } from "./redis-cache";
import { billReplicaGroup } from "./replica-group";

export { costAssumptions } from "./assumptions";
export type { CostAssumption } from "./assumptions";

/**
 * What the Parts cost a month (730 hours), at mid demand: min at the scaler's floor, expected with the replicas that the mean
 * needs (never below the floor; the floor where no plan is given), max at its ceiling. `parts` carry the plan's keys. Usage
 * follows the plan's demand; without one it is unpriced, because it "needs demand". The plan's own prices replace the
 * catalog's. What has no price, or whose reading is unknown, is named in `unpriced`, and then the total is `partial`.
 */
export function costOf(parts: readonly ReadPart[], plan: Plan | null): Cost {
  const context: Context = {
    plan,
    parts: new Map(parts.map((part) => [part.key, part])),
    demand: new Map((plan?.demand ?? []).map((demand) => [demand.part, demand])),
  };
  const bill = new Bill(plan?.prices ?? []);
  for (const part of parts) billPart(bill, part, context);
  return bill.cost();
}

function billPart(bill: Bill, part: ReadPart, context: Context): void {
  switch (part.kind) {
    case "replica-group":
      return billReplicaGroup(bill, part, context);
    case "load-balancer":
      return billLoadBalancer(bill, part, context);
    case "redis-cache":
      return billRedisCache(bill, part);
    case "network":
      return billNetwork(bill, part, context);
    case "alert":
      return billAlert(bill, part);
    case "alert-topic":
      return billAlertTopic(bill, part);
    case "dashboard":
      return billDashboard(bill, part);
  }
}
