import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type { LoadBalancerFacts } from "./load-balancer-args";
import { transformed } from "./transform";

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
    for (const source of sources(facts)) {
      new vpc.SecurityGroupIngressRule(
        `${name}-from-${source.word}-${port}`,
        { securityGroupId: group.id, ...source.range, ...tcp(port), region: part.region, tags },
        { parent },
      );
    }
  }
  for (const { port } of part.targets) {
    new vpc.SecurityGroupEgressRule(
      `${name}-to-targets-${port}`,
      {
        securityGroupId: group.id,
        cidrIpv4: network.addressRange ?? "0.0.0.0/0",
        ...tcp(port),
        region: part.region,
        tags,
      },
      { parent },
    );
  }
  return group;
}

/** Of an existing network whose range is not told, only callers that open their own end get in. */
function sources({
  part,
  network,
}: LoadBalancerFacts): readonly {
  readonly word: string;
  readonly range: Pick<vpc.SecurityGroupIngressRuleArgs, "cidrIpv4" | "cidrIpv6">;
}[] {
  if (part.exposure === "internet") {
    return [
      { word: "internet", range: { cidrIpv4: "0.0.0.0/0" } },
      { word: "internet-v6", range: { cidrIpv6: "::/0" } },
    ];
  }
  return network.addressRange === null ? [] : [{ word: "network", range: { cidrIpv4: network.addressRange } }];
}

function tcp(port: number): { readonly ipProtocol: string; readonly fromPort: number; readonly toPort: number } {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
