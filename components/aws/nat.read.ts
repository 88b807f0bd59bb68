import type { Claim, Conflict, Leaf, Network, PartKey, ReadPart, Resource, ResourceGraph } from "../../model";
import { leafWithDefault, asText } from "./leaf.read";
import { defaultRoutesOf, type SubnetFields, SUBNET, tablesOf, zoneOf, zonesOf } from "./subnets.read";

const NAT = "aws:ec2/natGateway:NatGateway";
const ADDRESS = "aws:ec2/eip:Eip";

interface ReadSubnet {
  readonly subnet: Resource;
  readonly fields: SubnetFields;
}

export interface NatRead {
  readonly zones: ReadPart<Network>["natZones"];
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** Zones that hold a public NAT gateway; a regional one is in all of the network's. */
export function readNat(graph: ResourceGraph, vpc: Resource, subnets: readonly ReadSubnet[], part: PartKey): NatRead {
  const own = new Set(subnets.map(({ subnet }) => subnet.urn));
  const zonal = graph
    .ofType(NAT)
    .filter((gateway) => graph.referenced(gateway, "subnetId", SUBNET).some(({ urn }) => own.has(urn)));
  const regional = graph.referrers(vpc, "vpcId", NAT).filter((gateway) => !zonal.includes(gateway));
  const gateways = [...zonal, ...regional];
  const outward = zonal.filter((gateway) => {
    const connectivity = leafWithDefault(gateway, ["connectivityType"], asText);
    return !connectivity.known || connectivity.value !== "private";
  });
  const held =
    regional.length > 0
      ? subnets.map(({ subnet }) => subnet)
      : outward.flatMap((gateway) => graph.referenced(gateway, "subnetId", SUBNET));
  return {
    zones: zonesOf(held),
    claims: gateways.flatMap((gateway): Claim[] => [
      { urn: gateway.urn, part, carries: "fields" },
      ...graph
        .referenced(gateway, "allocationId", ADDRESS)
        .map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
    ]),
    conflicts: outward.flatMap((gateway) => bypassed(graph, gateway, subnets, part)),
  };
}

/** A private subnet beside a gateway goes out through it: through another zone's, two zones fall together. */
function bypassed(
  graph: ResourceGraph,
  gateway: Resource,
  subnets: readonly ReadSubnet[],
  part: PartKey,
): readonly Conflict[] {
  const [holder] = graph.referenced(gateway, "subnetId", SUBNET);
  const zone = holder === undefined ? undefined : wordOf(zoneOf(holder));
  if (zone === undefined) return [];
  const beside = subnets.filter(({ fields }) => wordOf(fields.zone) === zone && wordOf(fields.tier) === "private");
  const routes = beside
    .flatMap(({ subnet }) => tablesOf(graph, subnet))
    .flatMap((table) => defaultRoutesOf(graph, table))
    .filter((route) => route.inputs["natGatewayId"] !== undefined);
  return routes
    .filter((route) => !graph.referenced(route, "natGatewayId", NAT).some((used) => held(graph, used) === zone))
    .map((route) => ({
      part,
      field: "natZones",
      says: [
        { urn: route.urn, property: "natGatewayId", value: leads(graph, route) },
        { urn: gateway.urn, property: "subnetId", value: zone },
      ],
    }));
}

function held(graph: ResourceGraph, gateway: Resource): string | undefined {
  const [subnet] = graph.referenced(gateway, "subnetId", SUBNET);
  return subnet === undefined ? undefined : wordOf(zoneOf(subnet));
}

function leads(graph: ResourceGraph, route: Resource): string {
  const [gateway] = graph.referenced(route, "natGatewayId", NAT);
  return (gateway === undefined ? undefined : held(graph, gateway)) ?? "elsewhere";
}

function wordOf(leaf: Leaf<string>): string | undefined {
  return leaf.known ? leaf.value : undefined;
}
