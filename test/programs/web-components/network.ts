import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface NetworkArgs {
  addressRange: string;
  zones: string[];
}

export class Network extends pulumi.ComponentResource {
  readonly vpc: aws.ec2.Vpc;
  readonly publicSubnets: pulumi.Output<string>[] = [];
  readonly privateSubnets: pulumi.Output<string>[] = [];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("shop:index:Network", name, {}, opts);
    const own = { parent: this };
    this.vpc = new aws.ec2.Vpc(name, { cidrBlock: args.addressRange, enableDnsHostnames: true }, own);
    const vpcId = this.vpc.id;
    const gateway = new aws.ec2.InternetGateway(name, { vpcId }, own);
    const open = new aws.ec2.RouteTable(
      `${name}-public`,
      { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }] },
      own,
    );
    // One way out for all zones: cheaper, and gone with its zone.
    const address = new aws.ec2.Eip(`${name}-nat`, { domain: "vpc" }, own);
    let nat: aws.ec2.NatGateway | undefined;
    for (const [index, zone] of args.zones.entries()) {
      const outside = new aws.ec2.Subnet(
        `${name}-public-${index}`,
        { vpcId, availabilityZone: zone, cidrBlock: `10.20.${index}.0/24`, mapPublicIpOnLaunch: true },
        own,
      );
      new aws.ec2.RouteTableAssociation(
        `${name}-public-${index}`,
        { subnetId: outside.id, routeTableId: open.id },
        own,
      );
      nat ??= new aws.ec2.NatGateway(name, { subnetId: outside.id, allocationId: address.id }, own);
      const inside = new aws.ec2.Subnet(
        `${name}-private-${index}`,
        { vpcId, availabilityZone: zone, cidrBlock: `10.20.${100 + index}.0/24` },
        own,
      );
      const closed = new aws.ec2.RouteTable(
        `${name}-private-${index}`,
        { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }] },
        own,
      );
      new aws.ec2.RouteTableAssociation(
        `${name}-private-${index}`,
        { subnetId: inside.id, routeTableId: closed.id },
        own,
      );
      this.publicSubnets.push(outside.id);
      this.privateSubnets.push(inside.id);
    }
    this.registerOutputs({ vpcId });
  }
}
