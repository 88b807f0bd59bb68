import { ACCOUNT, byArn, ec2, type Answers, type Asked } from "./answer";
import { textAt, textsAt } from "./values";

/** Networks, balancers, domains. */
export const networkAnswers: Readonly<Record<string, Answers>> = {
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", (id) => ({ defaultSecurityGroupId: `sg-${digits(id)}` })),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet"),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway", () => ({ publicIp: "192.0.2.1" })),
  "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", (id) => ({ allocationId: id, publicIp: "192.0.2.1" })),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table"),
  "aws:ec2/route:Route": ({ inputs, hex }) => ({
    id: `r-${textAt(inputs, "routeTableId") ?? ""}${hex.slice(0, 10)}`,
    computed: {},
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2("rtbassoc", "association"),
  "aws:ec2/securityGroup:SecurityGroup": ec2("sg", "security-group"),
  // Taken over, not made: it is there with its VPC.
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ({ inputs }) => ({
    id: `default-of-${textAt(inputs, "vpcId") ?? ""}`,
    computed: {},
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint"),
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule", (id) => ({
    securityGroupRuleId: id,
  })),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule", (id) => ({
    securityGroupRuleId: id,
  })),

  "aws:lb/loadBalancer:LoadBalancer": byArn(balancerArn, (asked) => {
    const name = textAt(asked.inputs, "name") ?? "";
    return {
      arnSuffix: `app/${name}/${asked.hex.slice(0, 16)}`,
      dnsName: `${asked.inputs["internal"] === true ? "internal-" : ""}${name}-${asked.hex.slice(0, 10)}.${asked.region}.elb.amazonaws.com`,
      zoneId: "Z35SXDOTRQ7X7K",
    };
  }),
  "aws:lb/targetGroup:TargetGroup": byArn(
    ({ inputs, region, hex }) =>
      `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:targetgroup/${textAt(inputs, "name") ?? ""}/${hex.slice(0, 16)}`,
    ({ inputs, hex }) => ({ arnSuffix: `targetgroup/${textAt(inputs, "name") ?? ""}/${hex.slice(0, 16)}` }),
  ),
  "aws:lb/listener:Listener": byArn(
    ({ inputs, hex }) =>
      `${(textAt(inputs, "loadBalancerArn") ?? "").replace(":loadbalancer/", ":listener/")}/${hex.slice(0, 16)}`,
  ),

  "aws:lb/listenerRule:ListenerRule": byArn(
    ({ inputs, hex }) =>
      `${(textAt(inputs, "listenerArn") ?? "").replace(":listener/", ":listener-rule/")}/${hex.slice(0, 16)}`,
  ),

  "aws:route53/zone:Zone": ({ hex }) => {
    const id = `Z${hex.slice(0, 13).toUpperCase()}`;
    return { id, computed: { arn: `arn:aws:route53:::hostedzone/${id}`, zoneId: id } };
  },
  "aws:route53/record:Record": ({ inputs }) => {
    const [zone, name, type] = ["zoneId", "name", "type"].map((key) => textAt(inputs, key) ?? "");
    return { id: `${zone}_${name}_${type}`, computed: { fqdn: name ?? "" } };
  },
  "aws:acm/certificate:Certificate": byArn(
    ({ region, hex }) => `arn:aws:acm:${region}:${ACCOUNT}:certificate/${hex}`,
    ({ inputs, hex }) => ({
      domainValidationOptions: [textAt(inputs, "domainName") ?? "", ...textsAt(inputs, "subjectAlternativeNames")].map(
        (domainName) => ({
          domainName,
          // A domain and all below it have one proof.
          resourceRecordName: `_${hex}.${domainName.replace("*.", "")}`,
          resourceRecordType: "CNAME",
          resourceRecordValue: `_${hex}.acm-validations.aws`,
        }),
      ),
    }),
  ),
  "aws:acm/certificateValidation:CertificateValidation": ({ hex }) => ({ id: hex, computed: {} }),
};

function balancerArn({ inputs, region, hex }: Asked): string {
  return `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/app/${textAt(inputs, "name") ?? ""}/${hex.slice(0, 16)}`;
}

function digits(id: string): string {
  return id.slice(id.indexOf("-") + 1);
}
