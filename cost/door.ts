import {
  balancerClasses,
  billsItem,
  type ClusterItem,
  clusterPrices,
  ingressClasses,
  type NodePlatform,
  ownClusterPrice,
} from "../catalog/kubernetes";
import {
  at,
  listAt,
  numberAt,
  textAt,
  type Basis,
  type LoadBalancer,
  type Range,
  type ReadPart,
  type WorkloadDemand,
} from "../model";
import { costAssumptions } from "./assumptions";
import { capacityUnits, NLCU, outPerMonthGb, trafficOf } from "./balancer-traffic";
import { type Bill, BYTES_PER_GB, type Context, HOURS_PER_MONTH, SECONDS_PER_MONTH, steady, zonesOf } from "./bill";
import { noPriceIn, UNTOLD_PLATFORM } from "./cluster-volumes";

/** Class of the AWS Load Balancer Controller: each Ingress has a balancer of its own, or its group has one. */
const APPLICATION_BALANCERS = "alb";

/**
 * What a cloud puts before a door: the controller of a Gateway makes a Service of type LoadBalancer for each, and others write one. The pods of an Ingress'
 * controller serve every Ingress of its class, and stand there anyway: their balancer is their owner's.
 */
export function billDoor(
  bill: Bill,
  part: ReadPart<LoadBalancer>,
  runtime: "gateway-api" | "ingress" | "service",
  demands: readonly WorkloadDemand[] | undefined,
  context: Context,
): void {
  const className = textAt(part, "runtime", "className");
  if (runtime === "ingress" && className !== undefined && Object.hasOwn(ingressClasses, className)) return;
  const region = textAt(part, "region") ?? "";
  const own = context.basis?.prices ?? [];
  const platform = context.basis?.nodes?.[region]?.platform;
  const add = (item: ClusterItem, quantity: Range, usage: boolean): void => {
    const rows = clusterPrices(item, platform ?? "other", region, own);
    if (rows.length > 0) bill.addTiers(part.key, item, rows, quantity, usage);
    else if (billsItem(item, platform ?? "other")) bill.unpriced(part.key, item, noPriceIn(region));
  };
  if (ownClusterPrice("balancer-hour", region, own) === null) {
    if (platform === undefined) return bill.unpriced(part.key, "balancer-hour", UNTOLD_PLATFORM);
    if (runtime === "ingress")
      return className === APPLICATION_BALANCERS && platform === "eks"
        ? billApplicationBalancer(bill, part, { region, demands, zones: zonesBehind(demands, context), add })
        : bill.unpriced(part.key, "balancer-hour", `what class ${className ?? "of none"} makes is not known`);
    if (className !== undefined && !Object.hasOwn(balancerClasses, className))
      return bill.unpriced(part.key, "balancer-hour", `what class ${className} makes is not known`);
  }
  add("balancer-hour", steady(HOURS_PER_MONTH), false);
  const exposure = bill.value<LoadBalancer["exposure"]>(part, "internet-out-gb", "exposure");
  if (exposure === "internet") {
    const zones = zonesBehind(demands, context);
    if (zones === undefined) bill.unpriced(part.key, "balancer-address-hour", "zones are not known");
    else add("balancer-address-hour", steady(zones * HOURS_PER_MONTH), false);
  }
  if (demands === undefined) return bill.unpriced(part.key, "balancer-unit-hour", "needs demand");
  const traffic = trafficOf(demands);
  // What waits for another region's loss is used by nobody meanwhile.
  if (traffic.requestsPerSecond === 0) return;
  add(
    "balancer-unit-hour",
    steady(capacityUnits({ ...traffic, rulesPerRequest: 0 }, NLCU).units * HOURS_PER_MONTH),
    true,
  );
  const bytes = traffic.requestsPerSecond * traffic.bytesPerRequest * SECONDS_PER_MONTH;
  add("balancer-gb", steady(bytes / BYTES_PER_GB), true);
  if (exposure === "internet") add("internet-out-gb", steady(outPerMonthGb(demands)), true);
  if (handsOn(part)) billHandedOn(bill, part, { region, platform: platform ?? "other", own }, bytes);
}

/** Other regions are among what it sends to, after its own replicas. */
function handsOn(part: ReadPart<LoadBalancer>): boolean {
  return (listAt(part, "targets") ?? []).some((target) => (numberAt(target, "priority") ?? 1) > 1);
}

interface Seat {
  readonly region: string;
  readonly platform: NodePlatform;
  readonly own: Basis["prices"];
}

/** Requests and answers between regions, while own replicas are ill. @param bytes of all requests and answers of a month */
function billHandedOn(
  bill: Bill,
  { key }: ReadPart<LoadBalancer>,
  { region, platform, own }: Seat,
  bytes: number,
): void {
  const item: ClusterItem = "between-regions-gb";
  const rows = clusterPrices(item, platform, region, own);
  const { value: hours } = costAssumptions.handedOnHours;
  const during = `of requests that are handed on, if all are for ${hours === 1 ? "an hour" : `${hours} hours`} a month`;
  if (rows.length > 0)
    bill.addTiers(
      key,
      item,
      rows.map((row) => ({ ...row, unit: `${row.unit}, ${during}` })),
      steady((bytes / BYTES_PER_GB) * (hours / HOURS_PER_MONTH)),
      true,
    );
  // Between machines of one's own nobody but their owner knows what lines cost.
  else if (platform !== "other") bill.unpriced(key, item, `${during}: ${noPriceIn(region)}`);
}

/** Hours and addresses are paid once for all of a group, requests for each. */
function billApplicationBalancer(
  bill: Bill,
  part: ReadPart<LoadBalancer>,
  {
    region,
    demands,
    zones,
    add,
  }: {
    readonly region: string;
    readonly demands: readonly WorkloadDemand[] | undefined;
    readonly zones: number | undefined;
    readonly add: (item: ClusterItem, quantity: Range, usage: boolean) => void;
  },
): void {
  const shares = at(part, "runtime", "sharesBalancer").known;
  if (!shares) bill.add(part.key, region, "alb-hour", steady(HOURS_PER_MONTH));
  const isPublic = textAt(part, "exposure") === "internet";
  if (isPublic && !shares) {
    if (zones === undefined) bill.unpriced(part.key, "balancer-address-hour", "zones are not known");
    else add("balancer-address-hour", steady(zones * HOURS_PER_MONTH), false);
  }
  if (demands === undefined) return bill.unpriced(part.key, "alb-lcu-hour", "needs demand");
  const { units } = capacityUnits({ ...trafficOf(demands), rulesPerRequest: 0 });
  if (units > 0) bill.add(part.key, region, "alb-lcu-hour", steady(units * HOURS_PER_MONTH), true);
  if (isPublic && trafficOf(demands).requestsPerSecond > 0)
    add("internet-out-gb", steady(outPerMonthGb(demands)), true);
}

/** Zones of the pods that it sends to: in each of them the cloud's balancer has an address. */
function zonesBehind(demands: readonly WorkloadDemand[] | undefined, { parts }: Context): number | undefined {
  const zones = (demands ?? []).flatMap((demand) => {
    const group = parts.get(demand.part);
    return group === undefined ? [] : (zonesOf(group) ?? []);
  });
  return zones.length === 0 ? undefined : new Set(zones).size;
}
