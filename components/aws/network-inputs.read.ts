import type { InputTable } from "../../model";

const TAGS = "tags are read by nobody";
const WHERE = "where the network is, which its VPC says";
const NAME = "a name";
const REACH = "who may reach whom; no Part holds it";
const WORDS = "words";
const MAY = "what the delivery of logs may do; no Part holds it";

/** Which field of a Network each input sets. */
export const networkInputs: InputTable = {
  "aws:ec2/vpc:Vpc": {
    fields: { cidrBlock: "addressRange", region: "region" },
    ignored: {
      enableDnsHostnames: "how names are resolved; no Part holds it",
      enableDnsSupport: "as above",
      tags: TAGS,
    },
  },
  "aws:ec2/subnet:Subnet": {
    fields: { vpcId: "subnets", availabilityZone: "zones", cidrBlock: "subnets" },
    ignored: { region: WHERE, tags: TAGS },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    fields: {},
    ignored: { vpcId: "the route says who uses it", region: WHERE, tags: TAGS },
  },
  "aws:ec2/routeTable:RouteTable": {
    fields: {},
    ignored: { vpcId: "the association says which subnet", region: WHERE, tags: TAGS },
  },
  "aws:ec2/route:Route": {
    fields: {
      routeTableId: "subnets",
      destinationCidrBlock: "subnets",
      gatewayId: "subnets",
      natGatewayId: "natZones",
    },
    ignored: { region: WHERE },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    fields: { routeTableId: "subnets", subnetId: "subnets" },
    ignored: { region: WHERE },
  },
  "aws:ec2/eip:Eip": { fields: {}, ignored: { domain: "which sort of address", region: WHERE, tags: TAGS } },
  "aws:ec2/natGateway:NatGateway": {
    fields: {
      subnetId: "natZones",
      vpcId: "natZones",
      availabilityMode: "natRegional",
      "availabilityZoneAddresses[].availabilityZone": "natZones",
    },
    ignored: {
      allocationId: "which address it has",
      availabilityZoneAddresses: "which addresses it has",
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    fields: { vpcId: "endpoints", serviceName: "endpoints", vpcEndpointType: "endpoints", "subnetIds[]": "endpoints" },
    ignored: {
      routeTableIds: "who may go through it; no Part holds it",
      securityGroupIds: REACH,
      privateDnsEnabled: "under which name callers find it",
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:ec2/flowLog:FlowLog": {
    fields: { vpcId: "flowLogs", logDestination: "flowLogs", logDestinationType: "flowLogs" },
    ignored: { trafficType: "which packets are logged", iamRoleArn: MAY, region: WHERE, tags: TAGS },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    fields: { retentionInDays: "flowLogs" },
    ignored: { name: NAME, region: WHERE, tags: TAGS },
  },
  "aws:iam/role:Role": { fields: {}, ignored: { assumeRolePolicy: MAY, tags: TAGS } },
  "aws:iam/rolePolicy:RolePolicy": { fields: {}, ignored: { role: MAY, policy: MAY } },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    fields: {},
    ignored: { vpcId: REACH, ingress: REACH, egress: REACH, region: WHERE, tags: TAGS },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    fields: {},
    ignored: { description: WORDS, vpcId: REACH, region: WHERE, tags: TAGS },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    fields: {},
    ignored: {
      securityGroupId: REACH,
      cidrIpv4: REACH,
      ipProtocol: REACH,
      fromPort: REACH,
      toPort: REACH,
      region: WHERE,
      tags: TAGS,
    },
  },
};
