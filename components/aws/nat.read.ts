import {
  isUnknownValue,
  unknown,
  type Claim,
  type Conflict,
  type Leaf,
  type Network,
  type PartKey,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asText, inside, leafOf, leafWithDefault, listOf, mapLeaf } from "./leaf.read";
import { defaultRoutesOf, type SubnetFields, SUBNET, tablesOf, zoneOf, zonesOf } from "./subnets.read";

const NAT = "aws:ec2/natGateway:NatGateway";
const ADDRESS = "aws:ec2/eip:Eip";
const ZONES = "availabilityZoneAddresses";

type NatFields = Pick<ReadPart<Network>, "natZones" | "natRegional">;

interface ReadSubnet {
  readonly subnet: Resource;
  readonly fields: SubnetFields;
}

export interface NatRead {
  readonly fields: NatFields;
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** Zones that hold a public NAT gateway: each its own, or all of them one of the region. */
export function readNat(graph: ResourceGraph, vpc: Resource, subnets: readonly ReadSubnet[], part: PartKey): NatRead {
  const [regional] = graph
    .referrers(vpc, "vpcId", NAT)
    .filter((gateway) => gateway.inputs["subnetId"] === undefined && mayBeRegional(gateway));
  // Another one beside it is billed by itself.
  if (regional !== undefined) return readRegional(graph, regional, subnets, part);
  const own = new Set(subnets.map(({ subnet }) => subnet.urn));
  const zonal = graph
    .ofType(NAT)
    .filter((gateway) => graph.referenced(gateway, "subnetId", SUBNET).some(({ urn }) => own.has(urn)));
  const outward = zonal.filter((gateway) => {
    const connectivity = leafWithDefault(gateway, ["connectivityType"], asText);
    return !connectivity.known || connectivity.value !== "private";
  });
  return {
    fields: { natZones: zonesOf(outward.flatMap((gateway) => graph.referenced(gateway, "subnetId", SUBNET))) },
    claims: zonal.flatMap((gateway) => claimsOf(graph, gateway, "allocationId", part)),
    conflicts: outward.flatMap((gateway) => bypassed(graph, gateway, subnets, part)),
  };
}

function mayBeRegional(gateway: Resource): boolean {
  const mode = leafWithDefault(gateway, ["availabilityMode"], asText);
  return !mode.known || mode.value === "regional";
}

/** By itself it is wherever the network has subnets; zones that are named to it are all that it is in. */
function readRegional(graph: ResourceGraph, gateway: Resource, subnets: readonly ReadSubnet[], part: PartKey): NatRead {
  const mode = leafWithDefault(gateway, ["availabilityMode"], asText);
  const named = gateway.inputs[ZONES];
  const held = zonesOf(subnets.map(({ subnet }) => subnet));
  return {
    fields: {
      natZones: named === undefined ? held : zonesNamed(gateway, named),
      natRegional: mapLeaf(mode, (): true => true),
    },
    claims: claimsOf(graph, gateway, ZONES, part),
    conflicts: elsewhere(graph, gateway, subnets, part),
  };
}

function zonesNamed({ urn }: Resource, named: Value): NatFields["natZones"] {
  if (!Array.isArray(named)) return unknown(urn, ZONES, isUnknownValue(named) ? named.$unknown : "unreadable");
  return listOf(named).map((address) => {
    const at = { urn, property: `${ZONES}[].availabilityZone` };
    const zone = inside(address, "availabilityZone");
    // An id of a zone says no name of one.
    return zone === undefined ? unknown(urn, at.property, "elsewhere") : leafOf(zone, at, asText);
  });
}

function claimsOf(graph: ResourceGraph, gateway: Resource, addresses: string, part: PartKey): readonly Claim[] {
  return [
    { urn: gateway.urn, part, carries: "fields" },
    ...graph.referenced(gateway, addresses, ADDRESS).map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
  ];
}

/** Routes to everywhere of private subnets, as far as they lead to a NAT gateway. */
function waysOut(graph: ResourceGraph, subnets: readonly ReadSubnet[]): readonly Resource[] {
  return subnets
    .filter(({ fields }) => wordOf(fields.tier) === "private")
    .flatMap(({ subnet }) => tablesOf(graph, subnet))
    .flatMap((table) => defaultRoutesOf(graph, table))
    .filter((route) => route.inputs["natGatewayId"] !== undefined);
}

/** A route to a gateway that is not here, in a network that has one of the region. */
function elsewhere(
  graph: ResourceGraph,
  gateway: Resource,
  subnets: readonly ReadSubnet[],
  part: PartKey,
): readonly Conflict[] {
  return waysOut(graph, subnets)
    .filter((route) => graph.referenced(route, "natGatewayId", NAT).length === 0)
    .map((route) => ({
      part,
      field: "natZones",
      says: [
        { urn: route.urn, property: "natGatewayId", value: "elsewhere" },
        { urn: gateway.urn, property: "availabilityMode", value: "regional" },
      ],
    }));
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
  const beside = subnets.filter(({ fields }) => wordOf(fields.zone) === zone);
  return waysOut(graph, beside)
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
