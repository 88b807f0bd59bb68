import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import type { Network as NetworkPart } from "../../model";
import { endpoints } from "./endpoints";
import { flowLogs } from "./flow-logs";
import type { NetworkArgs, NetworkFacts, NetworkHandle } from "./network-args";
import { subnetTiers } from "./subnets";
import { transformed } from "../transform";

/** VPC of a region: subnets a zone and tier, ways out, endpoints, flow logs. */
export class Network extends pulumi.ComponentResource implements NetworkHandle {
  readonly vpcId: pulumi.Output<string>;
  readonly addressRange: string;
  readonly privateSubnetIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly publicSubnetIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  readonly ready: readonly pulumi.Resource[];

  /** @throws RangeError for a Part that a VPC cannot be */
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:Network", name, {}, opts);
    const { part } = args;
    refuse(part);
    const child = `${part.workload}-${part.region}`;
    const vpc = network(args, child, this);
    const facts: NetworkFacts = { tags: {}, transform: {}, ...args, name: child, parent: this, vpc };
    closedDefault(facts);
    const tiers = subnetTiers(facts);
    const ways = endpoints(facts, tiers);
    flowLogs(facts);

    this.vpcId = vpc.id;
    this.addressRange = part.addressRange;
    this.privateSubnetIds = idsOf(tiers.privateSubnets);
    this.publicSubnetIds = idsOf(tiers.publicSubnets);
    this.natGatewayIds = tiers.natGateways.map((gateway) => gateway.id);
    this.ready = [...tiers.ready, ...ways];
    this.registerOutputs({ vpcId: this.vpcId });
  }
}

/** A network that is there already; nothing is built, and nothing of it is read. */
export function existingNetwork(existing: {
  readonly vpcId: string;
  /** CIDR: lets callers be told from strangers. @default - not told */
  readonly addressRange?: string;
  /** Zone to subnet. */
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  /** @default - none */
  readonly publicSubnetIds?: Readonly<Record<string, string>>;
}): NetworkHandle {
  return {
    vpcId: existing.vpcId,
    addressRange: existing.addressRange ?? null,
    privateSubnetIds: existing.privateSubnetIds,
    publicSubnetIds: existing.publicSubnetIds ?? {},
    natGatewayIds: [],
    ready: [],
  };
}

/** What a Part may say and a VPC cannot be. */
function refuse({ key, subnets, natZones, natRegional, endpoints: asked, zones }: NetworkPart): void {
  const zonesOf = (tier: "private" | "public") =>
    subnets.filter((subnet) => subnet.tier === tier).map(({ zone }) => zone);
  const unserved = natRegional === true ? zones.find((zone) => !natZones.includes(zone)) : undefined;
  if (unserved !== undefined)
    throw new RangeError(`natZones of ${key}: a regional NAT gateway is in every zone, ${unserved} among them`);
  const outside = natRegional === true ? undefined : natZones.find((zone) => !zonesOf("public").includes(zone));
  if (outside !== undefined)
    throw new RangeError(`natZones of ${key}: ${outside} has no public subnet for a NAT gateway`);
  const stranger = subnets.find(({ zone }) => !zones.includes(zone));
  if (stranger !== undefined)
    throw new RangeError(`subnets of ${key}: ${stranger.zone} is none of the zones ${zones.join(", ")}`);
  const most = zonesOf("private").length;
  const wide = asked.find(({ kind, zones: count }) => (kind === "gateway" ? count !== 0 : count < 1 || count > most));
  if (wide !== undefined) {
    throw new RangeError(
      `endpoints of ${key}: ${wide.service} in ${wide.zones} zones; a gateway is in 0, an interface in 1 to ${most}`,
    );
  }
}

function network({ part, tags = {}, transform }: NetworkArgs, name: string, parent: pulumi.Resource): ec2.Vpc {
  return new ec2.Vpc(
    name,
    transformed<ec2.VpcArgs>(
      {
        cidrBlock: part.addressRange,
        // Private names of interface endpoints need both.
        enableDnsHostnames: true,
        enableDnsSupport: true,
        region: part.region,
        tags: { ...tags, Name: name },
      },
      transform?.vpc,
    ),
    { parent },
  );
}

/** The group that AWS makes lets its members reach each other and everything; emptied, whoever forgets a group gets nothing. */
function closedDefault({ part, vpc, name, parent, tags, transform }: NetworkFacts): void {
  new ec2.DefaultSecurityGroup(
    `${name}-default`,
    transformed<ec2.DefaultSecurityGroupArgs>(
      { vpcId: vpc.id, ingress: [], egress: [], region: part.region, tags },
      transform.defaultSecurityGroup,
    ),
    { parent },
  );
}

function idsOf(subnets: ReadonlyMap<string, ec2.Subnet>): Readonly<Record<string, pulumi.Output<string>>> {
  return Object.fromEntries([...subnets].map(([zone, subnet]) => [zone, subnet.id]));
}
