import { notInterface, toDedicated } from "./force-new-cases";
import { type ForceNew, known, read } from "./force-new-source";

/** When a rule's other side may be replaced: its kind cannot be changed in place. */
const otherSource = (["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const).map((input) => ({
  input,
  when: "the rule's other side becomes of another kind",
}));

/** Network, balancers, names and certificates, by Pulumi type token. */
export const networkForceNew = {
  "aws:ec2/vpc:Vpc": {
    inputs: ["region", "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    conditional: [{ input: "instanceTenancy", when: "to anything but default", decide: toDedicated }],
    source: known("ec2/vpc_.go"),
  },
  "aws:ec2/subnet:Subnet": {
    inputs: [
      "region",
      "availabilityZone",
      "availabilityZoneId",
      "cidrBlock",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6Native",
      "ipv6NetmaskLength",
      "outpostArn",
      "vpcId",
    ],
    conditional: [{ input: "ipv6CidrBlock", when: "assignIpv6AddressOnCreation was true" }],
    source: read("ec2/vpc_subnet.go"),
  },
  "aws:ec2/internetGateway:InternetGateway": { inputs: ["region"], source: known("ec2/vpc_internet_gateway.go") },
  "aws:ec2/natGateway:NatGateway": {
    inputs: [
      "region",
      "allocationId",
      "connectivityType",
      "privateIp",
      "secondaryPrivateIpAddressCount",
      "subnetId",
      "vpcId",
      "availabilityMode",
    ],
    source: {
      ...read("ec2/vpc_nat_gateway.go"),
      title:
        "terraform-provider-aws, internal/service/ec2/vpc_nat_gateway.go; vpcId and availabilityMode as commonly known (not read)",
    },
  },
  "aws:ec2/eip:Eip": {
    inputs: [
      "region",
      "address",
      "customerOwnedIpv4Pool",
      "domain",
      "ipamPoolId",
      "networkBorderGroup",
      "publicIpv4Pool",
    ],
    source: read("ec2/ec2_eip.go"),
  },
  "aws:ec2/routeTable:RouteTable": { inputs: ["region", "vpcId"], source: known("ec2/vpc_route_table.go") },
  "aws:ec2/route:Route": {
    inputs: ["region", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"],
    source: known("ec2/vpc_route.go"),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    inputs: ["region", "gatewayId", "subnetId"],
    source: known("ec2/vpc_route_table_association.go"),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    inputs: [
      "region",
      "dnsOptions.privateDnsPreference",
      "dnsOptions.privateDnsSpecifiedDomains",
      "resourceConfigurationArn",
      "serviceName",
      "serviceNetworkArn",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
    ],
    conditional: [{ input: "privateDnsEnabled", when: "vpcEndpointType is not Interface", decide: notInterface }],
    source: read("ec2/vpc_endpoint.go"),
  },
  "aws:ec2/flowLog:FlowLog": {
    inputs: [
      "region",
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "regionalNatGatewayId",
      "subnetId",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
    ],
    source: read("ec2/vpc_flow_log.go"),
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    inputs: ["region", "description", "name", "namePrefix", "vpcId"],
    source: known("ec2/vpc_security_group.go"),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    inputs: ["region", "securityGroupId"],
    conditional: otherSource,
    source: read("ec2/vpc_security_group_ingress_rule.go"),
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    inputs: ["region", "securityGroupId"],
    conditional: otherSource,
    source: known("ec2/vpc_security_group_egress_rule.go"),
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    inputs: ["region", "customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
    conditional: [
      { input: "subnets", when: "one is taken away, type network" },
      { input: "securityGroups", when: "type network: from none, or to none" },
    ],
    source: read("elbv2/load_balancer.go"),
  },
  "aws:lb/targetGroup:TargetGroup": {
    inputs: [
      "region",
      "ipAddressType",
      "name",
      "namePrefix",
      "port",
      "protocol",
      "protocolVersion",
      "targetType",
      "vpcId",
    ],
    source: read("elbv2/target_group.go"),
  },
  "aws:lb/listener:Listener": { inputs: ["region", "loadBalancerArn"], source: read("elbv2/listener.go") },
  "aws:lb/listenerRule:ListenerRule": { inputs: ["region", "listenerArn"], source: known("elbv2/listener_rule.go") },
  "aws:route53/record:Record": { inputs: ["name", "zoneId"], source: read("route53/record.go") },
  // Amazon Route 53 API, UpdateHealthCheck: it takes none of these.
  "aws:route53/healthCheck:HealthCheck": {
    inputs: ["type", "requestInterval", "measureLatency", "referenceName"],
    source: known("route53/health_check.go"),
  },
  "aws:acm/certificate:Certificate": {
    inputs: [
      "region",
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
    ],
    source: read("acm/certificate.go"),
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    inputs: ["region", "certificateArn", "validationRecordFqdns"],
    source: known("acm/certificate_validation.go"),
  },
  "aws:servicediscovery/httpNamespace:HttpNamespace": {
    inputs: ["region", "name"],
    source: known("servicediscovery/http_namespace.go"),
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    inputs: ["region", "name", "vpc"],
    source: read("servicediscovery/private_dns_namespace.go"),
  },
  "aws:servicediscovery/service:Service": {
    inputs: [
      "region",
      "dnsConfig.dnsRecords[].type",
      "dnsConfig.namespaceId",
      "dnsConfig.routingPolicy",
      "healthCheckConfig.type",
      "healthCheckCustomConfig",
      "name",
      "namespaceId",
      "type",
    ],
    source: read("servicediscovery/service.go"),
  },
} as const satisfies Record<string, ForceNew>;
