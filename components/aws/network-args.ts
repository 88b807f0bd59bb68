import type * as pulumi from "@pulumi/pulumi";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as iam from "@pulumi/aws/iam";
import type { Network as NetworkPart } from "../../model";
import type { Transform } from "../transform";

/** What neighbours need of a network, created or existing. */
export interface NetworkHandle {
  readonly vpcId: pulumi.Input<string>;
  /** CIDR; null: not told of an existing network. */
  readonly addressRange: string | null;
  /** By zone. */
  readonly privateSubnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** By zone; empty where the network has none. */
  readonly publicSubnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Sorted by zone; empty for none, and for an existing network. */
  readonly natGatewayIds: readonly pulumi.Input<string>[];
  /** Ways out: a replica that starts before them cannot pull its image. */
  readonly ready: readonly pulumi.Resource[];
}

export interface NetworkArgs {
  readonly part: NetworkPart;
  /** Start of every physical name, literal: `embedding-prod`. */
  readonly stack: string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: NetworkTransform;
}

export interface NetworkTransform {
  readonly vpc?: Transform<ec2.VpcArgs>;
  readonly defaultSecurityGroup?: Transform<ec2.DefaultSecurityGroupArgs>;
  readonly subnet?: Transform<ec2.SubnetArgs>;
  readonly internetGateway?: Transform<ec2.InternetGatewayArgs>;
  readonly routeTable?: Transform<ec2.RouteTableArgs>;
  readonly eip?: Transform<ec2.EipArgs>;
  readonly natGateway?: Transform<ec2.NatGatewayArgs>;
  readonly endpoint?: Transform<ec2.VpcEndpointArgs>;
  readonly endpointSecurityGroup?: Transform<ec2.SecurityGroupArgs>;
  readonly flowLog?: Transform<ec2.FlowLogArgs>;
  readonly flowLogGroup?: Transform<cloudwatch.LogGroupArgs>;
  readonly flowLogRole?: Transform<iam.RoleArgs>;
}

/** What each part of a network is made with. */
export interface NetworkFacts extends NetworkArgs {
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly vpc: ec2.Vpc;
  readonly tags: Readonly<Record<string, string>>;
  readonly transform: NetworkTransform;
}
