import * as pulumi from "@pulumi/pulumi";
import * as acm from "@pulumi/aws/acm";
import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** What all services share: network, cluster, balancer, zone, topic. Written by hand: nines reads and prices it as it is. */
export function platform() {
  const vpc = new ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const gateway = new ec2.InternetGateway("shop", { vpcId: vpc.id });
  const outward = new ec2.RouteTable("public", {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
  });
  const subnets = zones.map((zone, index) => {
    const open = new ec2.Subnet(`public-${zone}`, {
      vpcId: vpc.id,
      availabilityZone: zone,
      cidrBlock: `10.0.${index * 32}.0/20`,
    });
    new ec2.RouteTableAssociation(`public-${zone}`, { subnetId: open.id, routeTableId: outward.id });
    const address = new ec2.Eip(`nat-${zone}`, { domain: "vpc" });
    const nat = new ec2.NatGateway(zone, { subnetId: open.id, allocationId: address.id }, { dependsOn: [gateway] });
    const closed = new ec2.Subnet(`private-${zone}`, {
      vpcId: vpc.id,
      availabilityZone: zone,
      cidrBlock: `10.0.${index * 32 + 16}.0/20`,
    });
    const table = new ec2.RouteTable(`private-${zone}`, {
      vpcId: vpc.id,
      routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }],
    });
    new ec2.RouteTableAssociation(`private-${zone}`, { subnetId: closed.id, routeTableId: table.id });
    return { open, closed };
  });
  const cluster = new ecs.Cluster("shop", { name: "shop" });
  const topic = new sns.Topic("oncall", { name: "oncall", kmsMasterKeyId: "alias/oncall" });
  const zone = new route53.Zone("shop", { name: "example.com" });
  const certificate = new acm.Certificate("shop", {
    domainName: "example.com",
    subjectAlternativeNames: ["*.example.com"],
    validationMethod: "DNS",
  });
  // One record proves the domain and all names below it; the listener waits for that.
  const proof = certificate.domainValidationOptions[0]!;
  const record = new route53.Record("proof", {
    zoneId: zone.zoneId,
    name: proof.resourceRecordName,
    type: proof.resourceRecordType,
    records: [proof.resourceRecordValue],
    ttl: 300,
  });
  const proved = new acm.CertificateValidation("shop", {
    certificateArn: certificate.arn,
    validationRecordFqdns: [record.fqdn],
  });
  const firewall = new ec2.SecurityGroup("balancer", {
    vpcId: vpc.id,
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.0.0.0/16"] }],
  });
  const logs = new s3.Bucket("logs", { bucketPrefix: "shop-logs-" });
  const delivered = new s3.BucketPolicy("logs", {
    bucket: logs.bucket,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: pulumi.interpolate`${logs.arn}/*`,
        },
        {
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["s3:PutObject", "s3:GetBucketAcl"],
          Resource: [logs.arn, pulumi.interpolate`${logs.arn}/*`],
        },
      ],
    }),
  });
  new ec2.FlowLog(
    "shop",
    { vpcId: vpc.id, trafficType: "ALL", logDestinationType: "s3", logDestination: logs.arn },
    { dependsOn: [delivered] },
  );
  const balancer = new lb.LoadBalancer(
    "shop",
    {
      loadBalancerType: "application",
      subnets: subnets.map(({ open }) => open.id),
      securityGroups: [firewall.id],
      enableDeletionProtection: true,
      dropInvalidHeaderFields: true,
      enableZonalShift: true,
      accessLogs: { bucket: logs.bucket, enabled: true },
    },
    // AWS takes no balancer for the internet before the gateway is there.
    { dependsOn: [gateway, delivered] },
  );
  const listener = new lb.Listener("https", {
    loadBalancerArn: balancer.arn,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    certificateArn: proved.certificateArn,
    defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
  });
  new route53.Record("shop", {
    zoneId: zone.zoneId,
    name: "*.example.com",
    type: "A",
    aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
  });
  return {
    vpcId: vpc.id,
    privateSubnetIds: subnets.map(({ closed }) => closed.id),
    zones,
    cluster: cluster.name,
    topicArn: topic.arn,
    listenerArn: listener.arn,
    securityGroupId: firewall.id,
  };
}
