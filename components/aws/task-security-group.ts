import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type { ReplicaGroup } from "../../model";
import { transformed, type Transform } from "../transform";

/** What a replica calls inside the network. */
export interface Callee {
  /** Workload that is called; part of the rules' names. */
  readonly name: string;
  readonly port: number;
  /** null: its owner lets callers in. */
  readonly securityGroupId: pulumi.Input<string> | null;
  /** Stands before the caller starts: clients of Service Connect see only what was there when they started. */
  readonly after?: pulumi.Resource;
}

export interface TaskSecurityGroupArgs {
  readonly part: ReplicaGroup;
  readonly vpcId: pulumi.Input<string>;
  /** null: nothing comes from a balancer. */
  readonly balancerSecurityGroupId: pulumi.Input<string> | null;
  readonly callees: readonly Callee[];
  /** Ports that calls out of the network use. */
  readonly leavesOn: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transform?: { readonly securityGroup?: Transform<ec2.SecurityGroupArgs> };
}

const ANYWHERE = { cidrIpv4: "0.0.0.0/0" };

/**
 * Firewall of the replicas: in from the balancer alone, out to what is called and to the ports that calls leave on.
 * A caller opens both ends of its call, here and at the callee; so nobody needs to know who will call.
 */
export function taskSecurityGroup(
  args: TaskSecurityGroupArgs,
  name: string,
  parent: pulumi.Resource,
): ec2.SecurityGroup {
  const { part, tags } = args;
  const group = new ec2.SecurityGroup(
    `${name}-tasks`,
    transformed(
      { description: `Replicas of ${part.workload}`, vpcId: args.vpcId, region: part.region, tags },
      args.transform?.securityGroup,
    ),
    { parent },
  );
  const [port] = part.ports;
  if (args.balancerSecurityGroupId !== null && port !== undefined) {
    ingress(`${name}-from-balancer`, group.id, args.balancerSecurityGroupId, port, args, parent);
  }
  for (const callee of args.callees) {
    const { securityGroupId } = callee;
    if (securityGroupId !== null)
      ingress(`${name}-into-${callee.name}`, securityGroupId, group.id, callee.port, args, parent);
    // Where an existing thing stands is not known: any address, on its port alone.
    const to = securityGroupId === null ? ANYWHERE : { referencedSecurityGroupId: securityGroupId };
    egress(`${name}-to-${callee.name}`, to, callee.port, group, args, parent);
  }
  for (const out of args.leavesOn) egress(`${name}-to-${out}`, ANYWHERE, out, group, args, parent);
  return group;
}

function ingress(
  name: string,
  into: pulumi.Input<string>,
  from: pulumi.Input<string>,
  port: number,
  { part, tags }: TaskSecurityGroupArgs,
  parent: pulumi.Resource,
): void {
  const rule = {
    securityGroupId: into,
    referencedSecurityGroupId: from,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
  };
  new vpc.SecurityGroupIngressRule(name, { ...rule, region: part.region, tags }, { parent });
}

function egress(
  name: string,
  to: { readonly cidrIpv4: string } | { readonly referencedSecurityGroupId: pulumi.Input<string> },
  port: number,
  from: ec2.SecurityGroup,
  { part, tags }: TaskSecurityGroupArgs,
  parent: pulumi.Resource,
): void {
  const rule = { securityGroupId: from.id, ...to, ipProtocol: "tcp", fromPort: port, toPort: port };
  new vpc.SecurityGroupEgressRule(name, { ...rule, region: part.region, tags }, { parent });
}
