import type { InputTable, Resource, ResourceGraph } from "../../model";

const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];
const PASSWORD = "random:index/randomPassword:RandomPassword";

const REACH = "who may reach whom; no Part holds it";
const WORDS = "words for people";
const TAGS = "tags are read by nobody";
const WHERE = "where it is";
const PASSED = "how a password is made; no Part holds it";

/** Firewalls of a resource and their rules: they are known and set no field. */
export function firewallsOf(graph: ResourceGraph, resource: Resource, property: string): readonly Resource[] {
  const groups = graph.referenced(resource, property, SECURITY_GROUP);
  return [
    ...groups,
    ...groups.flatMap((group) => RULES.flatMap((type) => graph.referrers(group, "securityGroupId", type))),
  ];
}

/** Passwords that the program makes for a resource. */
export function passwordsOf(graph: ResourceGraph, resource: Resource, property: string): readonly Resource[] {
  return graph.referenced(resource, property, PASSWORD);
}

const rule = {
  securityGroupId: REACH,
  sourceSecurityGroupId: REACH,
  referencedSecurityGroupId: REACH,
  prefixListId: REACH,
  prefixListIds: REACH,
  cidrIpv4: REACH,
  cidrIpv6: REACH,
  cidrBlocks: REACH,
  ipv6CidrBlocks: REACH,
  self: REACH,
  type: REACH,
  protocol: REACH,
  ipProtocol: REACH,
  fromPort: REACH,
  toPort: REACH,
  description: WORDS,
  region: WHERE,
  tags: TAGS,
};

/** Their inputs. */
export const surroundingInputs: InputTable = {
  [SECURITY_GROUP]: {
    fields: {},
    ignored: {
      name: "a name",
      namePrefix: "a name",
      description: WORDS,
      vpcId: REACH,
      ingress: REACH,
      egress: REACH,
      revokeRulesOnDelete: REACH,
      region: WHERE,
      tags: TAGS,
    },
  },
  ...Object.fromEntries(RULES.map((type) => [type, { fields: {}, ignored: rule }])),
  [PASSWORD]: {
    fields: {},
    ignored: {
      length: PASSED,
      special: PASSED,
      overrideSpecial: PASSED,
      lower: PASSED,
      upper: PASSED,
      number: PASSED,
      numeric: PASSED,
      minLower: PASSED,
      minUpper: PASSED,
      minNumeric: PASSED,
      minSpecial: PASSED,
      keepers: PASSED,
    },
  },
};
