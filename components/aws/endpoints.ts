import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type { NetworkFacts } from "./network-args";
import type { SubnetTiers } from "./subnets";
import { transformed } from "../transform";

/** AWS services listen for TLS there. */
const HTTPS = 443;

/** Ways to AWS services that need no NAT: gateways by route, interfaces by name. */
export function endpoints(facts: NetworkFacts, tiers: SubnetTiers): readonly ec2.VpcEndpoint[] {
  const { part } = facts;
  const firewall = part.endpoints.some(({ kind }) => kind === "interface") ? endpointSecurityGroup(facts) : undefined;
  const privateSubnets = [...tiers.privateSubnets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subnet]) => subnet.id);
  return part.endpoints.map(({ service, kind, zones }) =>
    kind === "gateway" || firewall === undefined
      ? endpoint(facts, service, {
          vpcEndpointType: "Gateway",
          routeTableIds: tiers.routeTables.map((table) => table.id),
        })
      : endpoint(facts, service, {
          vpcEndpointType: "Interface",
          subnetIds: privateSubnets.slice(0, zones),
          securityGroupIds: [firewall.id],
          // Callers keep using the service's own name.
          privateDnsEnabled: true,
        }),
  );
}

function endpoint(facts: NetworkFacts, service: string, own: Partial<ec2.VpcEndpointArgs>): ec2.VpcEndpoint {
  const { part, name, parent, tags, transform } = facts;
  const word = `${name}-${service.replaceAll(".", "-")}`;
  return new ec2.VpcEndpoint(
    word,
    transformed<ec2.VpcEndpointArgs>(
      {
        vpcId: facts.vpc.id,
        serviceName: `com.amazonaws.${part.region}.${service}`,
        ...own,
        region: part.region,
        tags: { ...tags, Name: word },
      },
      transform.endpoint,
    ),
    { parent },
  );
}

/** Everything in the network may ask; an endpoint asks nobody, so nothing goes out. */
function endpointSecurityGroup(facts: NetworkFacts): ec2.SecurityGroup {
  const { part, name, parent, tags, transform } = facts;
  const group = new ec2.SecurityGroup(
    `${name}-endpoints`,
    transformed<ec2.SecurityGroupArgs>(
      { description: "Endpoints of AWS services", vpcId: facts.vpc.id, region: part.region, tags },
      transform.endpointSecurityGroup,
    ),
    { parent },
  );
  new vpc.SecurityGroupIngressRule(
    `${name}-endpoints`,
    {
      securityGroupId: group.id,
      cidrIpv4: part.addressRange,
      ipProtocol: "tcp",
      fromPort: HTTPS,
      toPort: HTTPS,
      region: part.region,
      tags,
    },
    { parent },
  );
  return group;
}
