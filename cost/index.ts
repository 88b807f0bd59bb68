// WHAT IT COSTS: Parts as read and the plan's demand in; line items, totals and what is unpriced out. Pure.
// Imports model and catalog; never capacity, components, policies or a provider SDK.
//
// Left out, and why:
// - Queries for a balancer's own name: its record is an alias, and those are free (Amazon Route 53 Developer Guide, choosing
//   between alias and non-alias records). The hosted zone was there before.
// - Queries of a name that fails over: resolvers keep an answer for a minute and answer many callers with it, how many there are nobody says.
// - Requests to KMS: AWS's own key for secrets is free (AWS Secrets Manager User Guide, pricing), and each message of an alarm
//   asks the topic's key once or twice, at 0.03 USD for 10,000. The key's rotations add a dollar a month from their second year.
// - Standard parameters, public certificates, gateway endpoints, Service Connect's registrations: free.
// - Images beyond the one that runs, S3 reads of access logs, queries of logs: nobody says how many.
// - Free allowances of the account (100 GB out, dashboards, alarms): other stacks may use them up. Only those of messages are
//   taken off, because their prices begin above them.
// - Taxes, support, and what stands only while a rollout runs.
// A line that stays below a dollar a month has no say in whether the total is partial: without a price it is left out.
import type { Basis, Cost, Plan, ReadPart } from "../model";
import { billAlert, billAlertTopic, billDashboard } from "./alert";
import { Bill, type Context } from "./bill";
import { billBucket } from "./bucket";
import { billCdn } from "./cdn";
import { billCluster } from "./cluster";
import { billBalancerRoute, billLoadBalancer } from "./load-balancer";
import { billBroker, billFileSystem, billSearch } from "./data";
import { billDatabase } from "./database";
import { billDnsFailover } from "./dns-failover";
import { billFunction } from "./function";
import { billNetwork } from "./network";
import { billNodePool } from "./node-pool";
import { billQueue } from "./queue";
import { billRedisCache } from "./redis-cache";
import { billReplicaGroup } from "./replica-group";
import { billStore } from "./store";
import { billTable } from "./table";
import { billAddress, billVolume } from "./volume";
import { billSupporting } from "./supporting";

export { costAssumptions } from "./assumptions";
export type { CostAssumption } from "./assumptions";

/**
 * What the Parts cost a month (730 hours), at mid demand: min at the scaler's floor, expected with the replicas that the mean
 * needs (never below the floor; the floor where no demand is given), max at its ceiling. `parts` carry the plan's keys. Usage
 * follows the demand of the basis; without one it is unpriced, because it "needs demand". The basis's own prices replace the
 * catalog's. What has no price, or whose reading is unknown, is named in `unpriced`, and then the total is `partial`.
 */
export function costOf(parts: readonly ReadPart[], basis: (Basis & Partial<Pick<Plan, "parts">>) | null): Cost {
  const context: Context = {
    basis,
    planned: new Set(basis?.parts?.map(({ key }) => key)),
    parts: new Map(parts.map((part) => [part.key, part])),
    nodesCounted: parts.some(({ kind }) => kind === "node-pool"),
    demand: new Map((basis?.demand ?? []).map((demand) => [demand.part, demand])),
  };
  const bill = new Bill(basis?.prices ?? []);
  for (const part of parts) billPart(bill, part, context);
  return bill.cost();
}

function billPart(bill: Bill, part: ReadPart, context: Context): void {
  switch (part.kind) {
    case "replica-group":
      return billReplicaGroup(bill, part, context);
    case "load-balancer":
      return billLoadBalancer(bill, part, context);
    case "balancer-route":
      return billBalancerRoute(bill, part, context);
    case "dns-failover":
      return billDnsFailover(bill, part, context);
    case "redis-cache":
      return billRedisCache(bill, part, context);
    case "store":
      return billStore(bill, part, context);
    case "database":
      return billDatabase(bill, part);
    case "table":
      return billTable(bill, part);
    case "search":
      return billSearch(bill, part);
    case "broker":
      return billBroker(bill, part);
    case "file-system":
      return billFileSystem(bill, part);
    case "network":
      return billNetwork(bill, part, context);
    case "queue":
      return billQueue(bill, part, context);
    case "function":
      return billFunction(bill, part, context);
    case "cdn":
      return billCdn(bill, part, context);
    case "bucket":
      return billBucket(bill, part, context);
    case "node-pool":
      return billNodePool(bill, part);
    case "cluster":
      return billCluster(bill, part);
    case "volume":
      return billVolume(bill, part);
    case "address":
      return billAddress(bill, part);
    case "supporting":
      return billSupporting(bill, part);
    case "alert":
      return billAlert(bill, part);
    case "alert-topic":
      return billAlertTopic(bill, part, context);
    case "dashboard":
      return billDashboard(bill, part);
    case "slo":
      // Rules of a Prometheus that is there anyway.
      return;
  }
}
