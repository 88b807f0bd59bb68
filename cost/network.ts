import { at, type Network, type ReadPart } from "../model";
import { costAssumptions } from "./assumptions";
import {
  Bill,
  BYTES_PER_GB,
  type Context,
  HOURS_PER_MONTH,
  replicasOf,
  SECONDS_PER_MONTH,
  startedPerMonth,
  steady,
} from "./bill";
import { loggedGb, storedGb } from "./replica-group";

interface WayOut {
  readonly imagesGb: number;
  readonly logsGb: number;
  readonly callsGb: number;
}

/** What replicas send to and fetch from outside their subnets a month. Replicas that the scaler adds and removes are not counted. */
function wayOut(context: Context): WayOut | undefined {
  if (context.basis === null) return undefined;
  let started = 0;
  for (const part of context.parts.values()) {
    if (part.kind !== "replica-group") continue;
    const replicas = replicasOf(part, context.demand.get(part.key));
    if (typeof replicas === "string") return undefined;
    started += startedPerMonth(replicas, context.basis);
  }
  let logsGb = 0;
  let callsGb = 0;
  for (const demand of context.demand.values()) {
    // Lines that nobody keeps stay where they are written.
    const logs = at(context.parts.get(demand.part), "logs");
    if (!logs.known || logs.value !== null) logsGb += loggedGb(demand);
    // A call that leaves is taken to be as large as the request that caused it, and its answer.
    if (demand.callsLeave)
      callsGb +=
        (demand.requestsPerSecond.mean * SECONDS_PER_MONTH * (demand.requestBytes + demand.responseBytes)) /
        BYTES_PER_GB;
  }
  return { imagesGb: started * costAssumptions.imageGb.value, logsGb, callsGb };
}

/** NAT, addresses, endpoints and flow logs of a VPC. Subnets, routes and gateway endpoints are free. */
export function billNetwork(bill: Bill, part: ReadPart<Network>, context: Context): void {
  const region = bill.value<string>(part, "network", "region");
  if (region === undefined) return;
  const natZones = bill.value<readonly unknown[]>(part, "nat-hour", "natZones");
  const endpoints = bill.value<
    readonly { readonly service?: unknown; readonly kind?: unknown; readonly zones?: unknown }[]
  >(part, "interface-endpoint-hour", "endpoints");
  const way = wayOut(context);
  const interfaces = endpoints?.filter(({ kind }) => kind === "interface") ?? [];
  const reached = (service: string): boolean => interfaces.some((endpoint) => endpoint.service === service);
  let zoneHours = 0;
  for (const { service, zones } of interfaces) {
    if (typeof zones === "number") zoneHours += zones * HOURS_PER_MONTH;
    else bill.unpriced(part.key, `interface-endpoint-hour ${String(service)}`, "zones are not known");
  }
  if (zoneHours > 0) bill.add(part.key, region, "interface-endpoint-hour", steady(zoneHours));
  if (natZones !== undefined && natZones.length > 0) billGateways(bill, part, region, natZones.length);
  if (way === undefined) {
    if (natZones !== undefined && natZones.length > 0) bill.unpriced(part.key, "nat-gb", "needs demand");
    if (interfaces.length > 0) bill.unpriced(part.key, "interface-endpoint-gb", "needs demand");
  } else {
    // Layers of an image come from S3, over its free gateway endpoint; without endpoints all of it goes out through NAT.
    const layersByGateway =
      endpoints?.some(({ service, kind }) => service === "s3" && kind === "gateway") === true && reached("ecr.dkr");
    const privately =
      (layersByGateway ? 0 : reached("ecr.dkr") ? way.imagesGb : 0) + (reached("logs") ? way.logsGb : 0);
    const out = (reached("ecr.dkr") ? 0 : way.imagesGb) + (reached("logs") ? 0 : way.logsGb) + way.callsGb;
    if (interfaces.length > 0) bill.add(part.key, region, "interface-endpoint-gb", steady(privately), true);
    if (natZones !== undefined && natZones.length > 0) bill.add(part.key, region, "nat-gb", steady(out), true);
  }
  billFlowLogs(bill, part, region, context);
}

/** A gateway of the region is billed as one in each zone where it is (catalog, nat-regional-hour). */
function billGateways(bill: Bill, part: ReadPart<Network>, region: string, zones: number): void {
  const hours = steady(zones * HOURS_PER_MONTH);
  const { natRegional: regional } = part;
  if (regional?.known === false) bill.unpricedFor(part.key, "nat-hour", regional);
  else bill.add(part.key, region, regional === undefined ? "nat-hour" : "nat-regional-hour", hours);
  bill.add(part.key, region, "public-ipv4-hour", hours);
}

function billFlowLogs(bill: Bill, part: ReadPart<Network>, region: string, context: Context): void {
  const logs = bill.value<{ readonly keepDays?: unknown } | null>(part, "flow logs", "flowLogs");
  if (logs === undefined || logs === null) return;
  if (context.basis === null) {
    bill.unpriced(part.key, "flow logs", "needs demand");
    return;
  }
  let connectionsPerSecond = 0;
  for (const demand of context.demand.values())
    connectionsPerSecond += demand.requestsPerSecond.mean / costAssumptions.requestsPerConnection.value;
  const ingest = (connectionsPerSecond * SECONDS_PER_MONTH * costAssumptions.flowLogBytes.value) / BYTES_PER_GB;
  bill.add(part.key, region, "logs-ingest-gb", steady(ingest), true);
  if (typeof logs.keepDays === "number" && logs.keepDays > 0)
    bill.add(part.key, region, "logs-storage-gb-month", steady(storedGb(ingest, logs.keepDays)), true);
  else bill.unpriced(part.key, "logs-storage-gb-month", "flow logs are kept for ever, or for a time that is not known");
}
