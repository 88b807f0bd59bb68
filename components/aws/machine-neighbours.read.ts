import type { Claim, PartKey, Resource, ResourceGraph } from "../../model";

const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const ROLE = "aws:iam/role:Role";
const OF_ROLE = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
const KEY = "aws:ec2/keyPair:KeyPair";

/** What belongs to machines and sets no field of them: who may reach them, what they may do, who may log in. */
export function neighboursOf(graph: ResourceGraph, machine: Resource, part: PartKey): readonly Claim[] {
  const of = (properties: readonly string[], type: string) =>
    properties.flatMap((property) => graph.referenced(machine, property, type));
  const firewalls = of(["vpcSecurityGroupIds", "securityGroups", "networkInterfaces"], SECURITY_GROUP);
  const profiles = of(["iamInstanceProfile"], PROFILE);
  const roles = profiles.flatMap((profile) => graph.referenced(profile, "role", ROLE));
  return [
    ...firewalls,
    ...firewalls.flatMap((group) => RULES.flatMap((type) => graph.referrers(group, "securityGroupId", type))),
    ...profiles,
    ...roles,
    ...roles.flatMap((role) => OF_ROLE.flatMap((type) => graph.referrers(role, "role", type))),
    ...of(["keyName"], KEY),
  ].map(({ urn }): Claim => ({ urn, part, carries: "nothing" }));
}
