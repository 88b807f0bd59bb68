import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type { LoadBalancerFacts } from "./load-balancer-args";
import { transformed } from "../transform";

/** In on the listeners' ports, from everybody or from the network; out to the replicas' port alone. Callers may open their own end too. */
export function balancerSecurityGroup(facts: LoadBalancerFacts): ec2.SecurityGroup {
  const { part, name, parent, tags, transform, network } = facts;
  const group = new ec2.SecurityGroup(
    `${name}-balancer`,
    transformed<ec2.SecurityGroupArgs>(
      { description: `Balancer of ${part.workload}`, vpcId: network.vpcId, region: part.region, tags },
      transform.securityGroup,
    ),
    { parent },
  );
  for (const { port } of part.listeners) {
    for (const { word, ...range } of sources(facts)) {
      new vpc.SecurityGroupIngressRule(
        `${name}-from-${word}-${port}`,
        { securityGroupId: group.id, ...range, ...tcp(port), region: part.region, tags },
        { parent },
      );
    }
  }
  for (const { port } of part.targets) {
    for (const { word, cidrIpv4 } of inside(facts)) {
      new vpc.SecurityGroupEgressRule(
        `${name}-to-${word === "network" ? "targets" : `targets-${word}`}-${port}`,
        { securityGroupId: group.id, cidrIpv4, ...tcp(port), region: part.region, tags },
        { parent },
      );
    }
  }
  return group;
}

/** Addresses that are nobody's on the internet (RFC 1918, section 3). */
const PRIVATE_RANGES = [
  { word: "private-10", cidrIpv4: "10.0.0.0/8" },
  { word: "private-172", cidrIpv4: "172.16.0.0/12" },
  { word: "private-192", cidrIpv4: "192.168.0.0/16" },
] as const;

interface Range {
  readonly word: string;
  readonly cidrIpv4: string;
}

/** Where callers and replicas inside are; of an existing network whose range is not told, anywhere that is private. */
function inside({ network }: LoadBalancerFacts): readonly Range[] {
  return network.addressRange === null ? PRIVATE_RANGES : [{ word: "network", cidrIpv4: network.addressRange }];
}

/** Everybody, or those inside. */
function sources(facts: LoadBalancerFacts): readonly (Range | { readonly word: string; readonly cidrIpv6: string })[] {
  if (facts.part.exposure === "private") return inside(facts);
  return [
    { word: "internet", cidrIpv4: "0.0.0.0/0" },
    { word: "internet-v6", cidrIpv6: "::/0" },
  ];
}

function tcp(port: number): { readonly ipProtocol: string; readonly fromPort: number; readonly toPort: number } {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
