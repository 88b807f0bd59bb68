import type * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import type { NetworkFacts } from "./network-args";
import { transformed } from "../transform";

const EVERYWHERE = "0.0.0.0/0";

/** Subnets by zone, their route tables, and what leads out. */
export interface SubnetTiers {
  readonly privateSubnets: ReadonlyMap<string, ec2.Subnet>;
  readonly publicSubnets: ReadonlyMap<string, ec2.Subnet>;
  /** One a private zone, and one for all public subnets. */
  readonly routeTables: readonly ec2.RouteTable[];
  /** Sorted by zone; one where it is the region's. */
  readonly natGateways: readonly ec2.NatGateway[];
  readonly ready: readonly pulumi.Resource[];
}

/** Subnets with their route tables; the internet gateway only where a public subnet needs it. */
export function subnetTiers(facts: NetworkFacts): SubnetTiers {
  const publicSubnets = subnetsOf(facts, "public");
  const privateSubnets = subnetsOf(facts, "private");
  const regional = facts.part.natRegional === true;
  const internet = publicSubnets.size > 0 || regional ? internetGateway(facts) : undefined;
  const outside =
    publicSubnets.size > 0 && internet !== undefined ? publicRoute(facts, internet, publicSubnets) : undefined;
  const gateways =
    regional && internet !== undefined
      ? regionalGateway(facts, internet)
      : new Map(
          [...facts.part.natZones].sort().flatMap((zone) => {
            const subnet = publicSubnets.get(zone);
            return subnet === undefined || outside === undefined
              ? []
              : [[zone, natGateway(facts, zone, subnet, outside.route)] as const];
          }),
        );
  const inner = [...privateSubnets].map(([zone, subnet]) => privateRoute(facts, zone, subnet, gateways));
  return {
    privateSubnets,
    publicSubnets,
    routeTables: [...inner.map(({ table }) => table), ...(outside === undefined ? [] : [outside.table])],
    natGateways: [...new Set(gateways.values())],
    ready: [...(outside === undefined ? [] : [outside.route]), ...inner.flatMap(({ ready }) => ready)],
  };
}

function subnetsOf(facts: NetworkFacts, tier: "private" | "public"): ReadonlyMap<string, ec2.Subnet> {
  const { part, name, parent, vpc, tags, transform } = facts;
  return new Map(
    part.subnets
      .filter((subnet) => subnet.tier === tier)
      .map(({ zone, addressRange }) => {
        const own = `${name}-${tier}-${zone}`;
        const subnet = new ec2.Subnet(
          own,
          transformed<ec2.SubnetArgs>(
            {
              vpcId: vpc.id,
              availabilityZone: zone,
              cidrBlock: addressRange,
              region: part.region,
              tags: { ...tags, Name: own },
            },
            transform.subnet,
          ),
          { parent },
        );
        return [zone, subnet];
      }),
  );
}

function routeTable({ part, name, parent, vpc, tags, transform }: NetworkFacts, word: string): ec2.RouteTable {
  const own = `${name}-${word}`;
  return new ec2.RouteTable(
    own,
    transformed<ec2.RouteTableArgs>(
      { vpcId: vpc.id, region: part.region, tags: { ...tags, Name: own } },
      transform.routeTable,
    ),
    { parent },
  );
}

function association({ part, name, parent }: NetworkFacts, word: string, table: ec2.RouteTable, subnet: ec2.Subnet) {
  return new ec2.RouteTableAssociation(
    `${name}-${word}`,
    { routeTableId: table.id, subnetId: subnet.id, region: part.region },
    { parent },
  );
}

function internetGateway({ part, name, parent, vpc, tags, transform }: NetworkFacts): ec2.InternetGateway {
  return new ec2.InternetGateway(
    name,
    transformed<ec2.InternetGatewayArgs>(
      { vpcId: vpc.id, region: part.region, tags: { ...tags, Name: name } },
      transform.internetGateway,
    ),
    { parent },
  );
}

function publicRoute(facts: NetworkFacts, gateway: ec2.InternetGateway, subnets: ReadonlyMap<string, ec2.Subnet>) {
  const { part, name, parent } = facts;
  const table = routeTable(facts, "public");
  const route = new ec2.Route(
    `${name}-public`,
    { routeTableId: table.id, destinationCidrBlock: EVERYWHERE, gatewayId: gateway.id, region: part.region },
    { parent },
  );
  for (const [zone, subnet] of subnets) association(facts, `public-${zone}`, table, subnet);
  return { table, route };
}

/** AWS gives the gateway no address before the network has a way to the internet: hence after the route. */
function natGateway(facts: NetworkFacts, zone: string, subnet: ec2.Subnet, after: pulumi.Resource): ec2.NatGateway {
  const { part, name, parent, tags, transform } = facts;
  const own = `${name}-nat-${zone}`;
  const address = new ec2.Eip(
    own,
    transformed<ec2.EipArgs>({ domain: "vpc", region: part.region, tags: { ...tags, Name: own } }, transform.eip),
    { parent },
  );
  return new ec2.NatGateway(
    own,
    transformed<ec2.NatGatewayArgs>(
      { allocationId: address.id, subnetId: subnet.id, region: part.region, tags: { ...tags, Name: own } },
      transform.natGateway,
    ),
    { parent, dependsOn: [after] },
  );
}

/** Without addresses and without a subnet: AWS gives it both, in each zone where something stands. One target of every zone's route. */
function regionalGateway(
  { part, name, parent, vpc, tags, transform }: NetworkFacts,
  after: ec2.InternetGateway,
): ReadonlyMap<string, ec2.NatGateway> {
  const own = `${name}-nat`;
  const gateway = new ec2.NatGateway(
    own,
    transformed<ec2.NatGatewayArgs>(
      { availabilityMode: "regional", vpcId: vpc.id, region: part.region, tags: { ...tags, Name: own } },
      transform.natGateway,
    ),
    { parent, dependsOn: [after] },
  );
  return new Map(part.natZones.map((zone) => [zone, gateway]));
}

/** A zone leaves through its own NAT gateway; where it has none, through the first that there is. */
function privateRoute(
  facts: NetworkFacts,
  zone: string,
  subnet: ec2.Subnet,
  gateways: ReadonlyMap<string, ec2.NatGateway>,
): { table: ec2.RouteTable; ready: readonly pulumi.Resource[] } {
  const { part, name, parent } = facts;
  const word = `private-${zone}`;
  const table = routeTable(facts, word);
  const joined = association(facts, word, table, subnet);
  const gateway = gateways.get(zone) ?? [...gateways.values()][0];
  if (gateway === undefined) return { table, ready: [joined] };
  const route = new ec2.Route(
    `${name}-${word}`,
    { routeTableId: table.id, destinationCidrBlock: EVERYWHERE, natGatewayId: gateway.id, region: part.region },
    { parent },
  );
  return { table, ready: [joined, route] };
}
