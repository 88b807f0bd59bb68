import { known, unknown, type Leaf, type Resource, type ResourceGraph, type Unknown } from "../../model";
import { asText, inside, leafAt, listOf, valueAt } from "./leaf.read";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
export const ROUTE = "aws:ec2/route:Route";
export const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
export const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const EVERYWHERE = ["0.0.0.0/0", "::/0"];

export type Tier = "private" | "public";

export interface SubnetFields {
  readonly zone: Leaf<string>;
  readonly tier: Leaf<Tier>;
  readonly addressRange: Leaf<string>;
}

/** A subnet of a network; public where its routes lead to an internet gateway. */
export function readSubnet(graph: ResourceGraph, vpc: Resource, subnet: Resource): SubnetFields {
  return {
    zone: zoneOf(subnet),
    tier: tierOf(graph, vpc, subnet),
    addressRange: leafAt(subnet, ["cidrBlock"], asText),
  };
}

/** By its name, or by the id that is the same in every account. */
export function zoneOf(subnet: Resource): Leaf<string> {
  const given = ["availabilityZone", "availabilityZoneId"].find((property) => subnet.inputs[property] !== undefined);
  return leafAt(subnet, [given ?? "availabilityZone"], asText);
}

/** Zones of subnets, each once, sorted; the unknown ones last. */
export function zonesOf(subnets: readonly Resource[]): readonly Leaf<string>[] {
  const zones = new Map(subnets.map(zoneOf).map((zone) => [zone.known ? zone.value : `\uffff${zone.urn}`, zone]));
  return [...zones.keys()].sort().flatMap((zone) => zones.get(zone) ?? []);
}

/** Zones of the subnets that a property refers to; unknown where some of them are not here. */
export function zonesReferenced(
  graph: ResourceGraph,
  resource: Resource,
  property: string,
  ...inner: readonly string[]
): readonly Leaf<string>[] | Unknown {
  const given = valueAt(resource, property, ...inner);
  const subnets = graph.referenced(resource, property, SUBNET);
  const hidden = given !== undefined && !Array.isArray(given);
  if (subnets.length === 0 || (!hidden && listOf(given).length > subnets.length))
    return unknown(resource.urn, [property, ...inner].join("."), "elsewhere");
  return zonesOf(subnets);
}

/** Route tables that a subnet is associated with. */
export function tablesOf(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  return graph
    .referrers(subnet, "subnetId", ASSOCIATION)
    .flatMap((association) => graph.referenced(association, "routeTableId", ROUTE_TABLE));
}

/** A table's routes to everywhere. */
export function defaultRoutesOf(graph: ResourceGraph, table: Resource): readonly Resource[] {
  return everywhere(graph, table);
}

/** Routes to everywhere whose table comes from a resource. */
function everywhere(graph: ResourceGraph, holder: Resource): readonly Resource[] {
  return graph.referrers(holder, "routeTableId", ROUTE).filter((route) => {
    const destination = route.inputs["destinationCidrBlock"] ?? route.inputs["destinationIpv6CidrBlock"];
    return typeof destination === "string" && EVERYWHERE.includes(destination);
  });
}

function tierOf(graph: ResourceGraph, vpc: Resource, subnet: Resource): Leaf<Tier> {
  const associations = graph.referrers(subnet, "subnetId", ASSOCIATION);
  const [association] = associations;
  if (association === undefined) {
    return mainTier(graph, vpc, subnet);
  }
  const tables = tablesOf(graph, subnet);
  if (tables.length < associations.length) return unknown(association.urn, "routeTableId", "elsewhere");
  return known(tables.some((table) => leadsOutside(graph, table)) ? "public" : "private", subnet.urn);
}

/** Of a subnet without a table of its own: the main table has no way out unless the program gives it one. */
function mainTier(graph: ResourceGraph, vpc: Resource, subnet: Resource): Leaf<Tier> {
  const taking = graph.referrers(vpc, "vpcId", MAIN_ASSOCIATION);
  const main = [
    ...taking.flatMap((association) => graph.referenced(association, "routeTableId", ROUTE_TABLE)),
    ...graph.referrers(vpc, "defaultRouteTableId", DEFAULT_TABLE),
  ];
  // A route may name the network's own table.
  const open = main.some((table) => leadsOutside(graph, table)) || opened(graph, everywhere(graph, vpc));
  if (taking.length > 0 && main.length === 0) return unknown(subnet.urn, "vpcId", "elsewhere");
  return known(open ? "public" : "private", subnet.urn, main.length === 0 && !open ? "default" : "input");
}

function leadsOutside(graph: ResourceGraph, table: Resource): boolean {
  const inline = listOf(table.inputs["routes"]).some((route) =>
    EVERYWHERE.some((range) => [inside(route, "cidrBlock"), inside(route, "ipv6CidrBlock")].includes(range)),
  );
  if (inline && graph.referenced(table, "routes", INTERNET_GATEWAY).length > 0) return true;
  return opened(graph, defaultRoutesOf(graph, table));
}

function opened(graph: ResourceGraph, routes: readonly Resource[]): boolean {
  return routes.some((route) => {
    const gateway = route.inputs["gatewayId"];
    return (
      graph.referenced(route, "gatewayId", INTERNET_GATEWAY).length > 0 ||
      (typeof gateway === "string" && gateway.startsWith("igw-"))
    );
  });
}
