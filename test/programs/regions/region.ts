import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface Site {
  dnsName: pulumi.Output<string>;
  zoneId: pulumi.Output<string>;
}

/** The site in one region; what is in it takes the region from its provider. */
export function site(name: aws.Region, zones: string[], machineType: string, count: number): Site {
  const provider = new aws.Provider(name, { region: name });
  const own = { provider };
  const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" }, own);
  const vpcId = vpc.id;
  const subnets = zones.map(
    (zone, index) => new aws.ec2.Subnet(zone, { vpcId, availabilityZone: zone, cidrBlock: `10.0.${index}.0/24` }, own),
  );
  const firewall = new aws.ec2.SecurityGroup(name, { vpcId }, own);
  const targets = new aws.lb.TargetGroup(
    name,
    { vpcId, port: 80, protocol: "HTTP", healthCheck: { path: "/up", interval: 10, unhealthyThreshold: 2 } },
    own,
  );
  for (let index = 0; index < count; index++) {
    const machine = new aws.ec2.Instance(
      `${name}-${index}`,
      {
        ami: "ami-0fedcba9876543210",
        instanceType: machineType,
        subnetId: subnets[index % subnets.length]?.id ?? "",
        vpcSecurityGroupIds: [firewall.id],
        metadataOptions: { httpTokens: "required" },
        rootBlockDevice: { volumeSize: 20, volumeType: "gp3", encrypted: true },
      },
      own,
    );
    new aws.lb.TargetGroupAttachment(
      `${name}-${index}`,
      { targetGroupArn: targets.arn, targetId: machine.id, port: 80 },
      own,
    );
  }
  const balancer = new aws.lb.LoadBalancer(
    name,
    { subnets: subnets.map(({ id }) => id), securityGroups: [firewall.id], enableDeletionProtection: true },
    own,
  );
  new aws.lb.Listener(
    name,
    {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificateArn: new aws.acm.Certificate(name, { domainName: "www.example.com", validationMethod: "DNS" }, own)
        .arn,
      defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
    },
    own,
  );
  return balancer;
}
