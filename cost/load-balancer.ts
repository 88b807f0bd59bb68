import type { BalancerRoute, LoadBalancer, ReadPart, WorkloadDemand } from "../model";
import { at } from "../model";
import { costAssumptions } from "./assumptions";
import { capacityUnits, LCU, NLCU, outPerMonthGb, trafficOf } from "./balancer-traffic";
import { billDoor } from "./door";
import { Bill, BYTES_PER_GB, type Context, HOURS_PER_MONTH, steady, zonesOf } from "./bill";

// Log files are written every 5 minutes by each of the balancer's nodes, one a zone.
const LOG_FILES_PER_HOUR = 12;

/** Hours, capacity units, addresses, access logs and traffic out of a balancer. */
export function billLoadBalancer(bill: Bill, part: ReadPart<LoadBalancer>, context: Context): void {
  const runtime = bill.value<string>(part, "balancer", "runtime", "kind");
  if (runtime === undefined) return;
  if (runtime === "gateway-api" || runtime === "ingress" || runtime === "service")
    return billDoor(bill, part, runtime, targetsDemand(part, context), context);
  if (runtime !== "alb" && runtime !== "nlb") {
    bill.unpriced(part.key, "balancer", `no prices for runtime ${runtime}`);
    return;
  }
  const region = bill.value<string>(part, "balancer", "region");
  if (region === undefined) return;
  bill.add(part.key, region, `${runtime}-hour`, steady(HOURS_PER_MONTH));
  const zones = zonesOf(part);
  const exposure = bill.value<string>(part, "public-ipv4-hour", "exposure");
  if (exposure === "internet") {
    if (zones === undefined) bill.unpriced(part.key, "public-ipv4-hour", "zones are not known");
    else bill.add(part.key, region, "public-ipv4-hour", steady(zones.length * HOURS_PER_MONTH));
  }
  billUsage(bill, part, { region, runtime, exposure, zones: zones?.length }, targetsDemand(part, context));
}

/**
 * Capacity units that requests take of a balancer which somebody else pays for by the hour: they are its own alone where nothing
 * else does more there. Its hours, addresses, logs and traffic out are on its owner's bill.
 */
export function billBalancerRoute(bill: Bill, part: ReadPart<BalancerRoute>, context: Context): void {
  const region = bill.value<string>(part, "alb-lcu-hour", "region");
  if (region === undefined) return;
  const demands = targetsDemand(part, context);
  if (demands === undefined) {
    bill.unpriced(part.key, "alb-lcu-hour", "needs demand");
    return;
  }
  // The first ten rules that a request is held against are free, and how many stand before this one nobody says.
  const { units } = capacityUnits({ ...trafficOf(demands), rulesPerRequest: 0 });
  bill.add(part.key, region, "alb-lcu-hour", steady(units * HOURS_PER_MONTH), true);
}

/** Demand of the replicas that the balancer sends to; undefined where one is not known. */
function targetsDemand(
  part: ReadPart<LoadBalancer> | ReadPart<BalancerRoute>,
  context: Context,
): readonly WorkloadDemand[] | undefined {
  const targets = at(part, "targets");
  if (!targets.known || !Array.isArray(targets.value)) return undefined;
  const keys = new Set((targets.value as readonly { readonly part?: unknown }[]).map((target) => target.part));
  const found: WorkloadDemand[] = [];
  for (const key of keys) {
    // The door of another region: what it is handed it is asked for there, while its own replicas are ill.
    if (typeof key === "string" && key.startsWith("load-balancer/")) continue;
    const demand = typeof key === "string" ? context.demand.get(key as WorkloadDemand["part"]) : undefined;
    if (demand === undefined) return undefined;
    found.push(demand);
  }
  return found.length > 0 ? found : undefined;
}

interface Facts {
  readonly region: string;
  readonly runtime: "alb" | "nlb";
  readonly exposure: string | undefined;
  readonly zones: number | undefined;
}

function billUsage(
  bill: Bill,
  part: ReadPart<LoadBalancer>,
  { region, runtime, exposure, zones }: Facts,
  demands: readonly WorkloadDemand[] | undefined,
): void {
  const logs = bill.value<boolean>(part, "access logs", "protection", "logs");
  const unit = runtime === "alb" ? "alb-lcu-hour" : "nlb-nlcu-hour";
  if (demands === undefined) {
    bill.unpriced(part.key, unit, "needs demand");
    if (exposure === "internet") bill.unpriced(part.key, "internet-out-gb", "needs demand");
    if (logs === true) bill.unpriced(part.key, "access logs", "needs demand");
    return;
  }
  const traffic = trafficOf(demands);
  // Only the default rule: it is not billed.
  const { units } = capacityUnits({ ...traffic, rulesPerRequest: 0 }, runtime === "alb" ? LCU : NLCU);
  bill.add(part.key, region, unit, steady(units * HOURS_PER_MONTH), true);
  if (exposure === "internet") {
    // The 100 GB that are free belong to the whole account, and are not taken off here.
    bill.add(part.key, region, "internet-out-gb", steady(outPerMonthGb(demands)), true);
  }
  if (logs === true) billAccessLogs(bill, part, region, traffic.requestsPerSecond, zones ?? 1);
}

function billAccessLogs(
  bill: Bill,
  part: ReadPart<LoadBalancer>,
  region: string,
  requestsPerSecond: number,
  zones: number,
): void {
  const { accessLogBytes, accessLogDays } = costAssumptions;
  const gb = (requestsPerSecond * accessLogDays.value * 86_400 * accessLogBytes.value) / BYTES_PER_GB;
  bill.add(part.key, region, "s3-standard-gb-month", steady(gb), true);
  bill.add(part.key, region, "s3-put-1000", steady((LOG_FILES_PER_HOUR * HOURS_PER_MONTH * zones) / 1000), true);
}
