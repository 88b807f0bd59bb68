import type { Infeasible, Network, NetworkChoice, Reason, Request, Source } from "../model";
import { partKey, wordOfSystem } from "../model";
import type { TargetCatalog } from "../catalog";
import { subnetsOf } from "./addresses";
import type { ServiceDemand } from "./service-demand";
import { planLogs } from "./log-plan";

type Created = Extract<NetworkChoice, { readonly create: true }>;

const SECONDS_PER_MONTH = 730 * 3600;
const addressPlan: Source = { title: "one /20 a zone and tier (addresses.ts)", date: "2026-11-21" };

export type NetworkPlanned =
  | { readonly ok: true; readonly part: Network; readonly reasons: readonly Reason[] }
  | { readonly ok: false; readonly infeasible: Infeasible };

/** Zones that hold a NAT gateway. */
export function natZonesOf(nat: Created["nat"], zones: readonly string[]): readonly string[] {
  if (nat === "none") return [];
  return [...zones].sort().slice(0, nat === "one" ? 1 : zones.length);
}

/** Subnets, ways out and endpoints of a network that nines creates. */
export function planNetwork(
  request: Request,
  network: Created,
  services: readonly ServiceDemand[],
  catalog: TargetCatalog,
): NetworkPlanned {
  const workload = wordOfSystem(request, "network");
  const key = partKey("network", workload, request.region);
  const addressRange = network.addressRange ?? "10.0.0.0/16";
  const zones = request.networkZones;
  const addressed = subnetsOf({ addressRange, zones });
  if (!addressed.ok) {
    return {
      ok: false,
      infeasible: {
        part: key,
        field: "addressRange",
        asked: addressed.asked,
        unit: "subnets of /20",
        limit: { name: `subnets that fit ${addressRange}`, value: addressed.fits, source: addressPlan, raisable: true },
        alternatives: [],
      },
    };
  }
  // A gateway of the region stands in no subnet.
  const outward =
    network.nat === "one" ||
    network.nat === "per-zone" ||
    services.some(
      ({ workload, facts, behind }) =>
        facts.exposure === "internet" &&
        behind === "balancer" &&
        // Somebody else's balancer has somebody else's subnets.
        !Object.hasOwn(request.existing.listeners, workload),
    );
  const natZones = natZonesOf(network.nat, zones);
  const endpoints = endpointsOf(request, network, services, catalog);
  const part: Network = {
    kind: "network",
    key,
    workload,
    region: request.region,
    addressRange,
    zones: [...zones].sort(),
    subnets: addressed.subnets.filter((subnet) => subnet.tier === "private" || outward),
    natZones,
    ...(network.nat === "regional" ? { natRegional: true } : {}),
    endpoints: endpoints.list,
    flowLogs: flowLogsOf(request, network),
    runtime: { kind: "vpc" },
  };
  return { ok: true, part, reasons: endpoints.reasons(part) };
}

function flowLogsOf(request: Request, network: Created): Network["flowLogs"] {
  const days = network.flowLogDays === undefined ? (request.tier === "prod" ? 30 : null) : network.flowLogDays;
  return days === null ? null : { keepDays: days };
}

/** Gateway endpoints are free; interface endpoints stand where there is no NAT, and where they cost less than the bytes that NAT would take. */
function endpointsOf(request: Request, network: Created, services: readonly ServiceDemand[], catalog: TargetCatalog) {
  const wish = network.endpoints ?? "cheaper";
  const zones = request.networkZones.length;
  // Only what goes to a group of this region comes past the endpoint.
  const logsGb =
    services
      .filter(({ facts }) => {
        const logs = planLogs(request, facts);
        return logs?.kind === "group" || (logs?.kind === "existing" && logs.region === request.region);
      })
      .reduce((sum, service) => sum + service.meanPerSecond * service.logBytesPerRequest, 0) *
    (SECONDS_PER_MONTH / 1e9);
  const worthGb = catalog.endpointWorthGb(request.region, zones);
  const wanted = catalog.privateEndpoints.filter(({ service, kind }) => {
    if (wish === "none") return false;
    if (typeof wish !== "string") return wish.includes(service);
    if (kind === "gateway" || network.nat === "none") return true;
    return service === "logs" && worthGb !== null && logsGb > worthGb;
  });
  const list = wanted
    .map(({ service, kind }) => ({ service, kind, zones: kind === "gateway" ? 0 : zones }))
    .sort((a, b) => (a.service < b.service ? -1 : 1));
  const reasons = (part: Network): readonly Reason[] => [
    {
      part: part.key,
      field: "endpoints",
      value: list.length,
      unit: "endpoints",
      binding: "price",
      combined: "gateway endpoints are free; an interface endpoint where it is cheaper than NAT, or the only way",
      needed: [
        {
          by: "price",
          value: list.length,
          label: worthGb === null ? "assumed" : "exact",
          source: { title: "catalog: endpoint hours against NAT bytes", date: "2026-11-21" },
          because:
            network.nat === "none"
              ? "no NAT: images, logs and secrets come through endpoints"
              : worthGb === null
                ? "no endpoint price for this region: gateway endpoints only"
                : `${logsGb.toFixed(0)} GB of logs a month; an endpoint in ${zones} zones pays from ${Math.ceil(worthGb)} GB`,
        },
      ],
    },
  ];
  return { list, reasons };
}
