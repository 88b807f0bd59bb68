import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "./network";

export interface MachinesArgs {
  network: Network;
  machineType: string;
  least: number;
  most: number;
  userData: pulumi.Input<string>;
}

/** Machines of one kind behind a balancer of their own. */
export class Machines extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  readonly firewall: aws.ec2.SecurityGroup;

  constructor(name: string, args: MachinesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("shop:index:Machines", name, {}, opts);
    const own = { parent: this };
    const vpcId = args.network.vpc.id;
    const everywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
    const door = new aws.ec2.SecurityGroup(
      `${name}-door`,
      {
        vpcId,
        ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
        egress: [everywhere],
      },
      own,
    );
    this.firewall = new aws.ec2.SecurityGroup(
      `${name}-machines`,
      {
        vpcId,
        ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [door.id] }],
        egress: [everywhere],
      },
      own,
    );
    const balancer = new aws.lb.LoadBalancer(
      name,
      { subnets: args.network.publicSubnets, securityGroups: [door.id] },
      own,
    );
    const targets = new aws.lb.TargetGroup(
      name,
      { vpcId, port: 8080, protocol: "HTTP", healthCheck: { path: "/healthz", interval: 10, timeout: 3 } },
      own,
    );
    new aws.lb.Listener(
      name,
      {
        loadBalancerArn: balancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
      },
      own,
    );
    const image = aws.ec2.getAmiOutput({
      owners: ["amazon"],
      mostRecent: true,
      filters: [{ name: "name", values: ["al2023-ami-*-arm64"] }],
    });
    const role = new aws.iam.Role(
      name,
      { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }) },
      own,
    );
    new aws.iam.RolePolicyAttachment(
      name,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
      own,
    );
    const profile = new aws.iam.InstanceProfile(name, { role: role.name }, own);
    const template = new aws.ec2.LaunchTemplate(
      name,
      {
        imageId: image.id,
        instanceType: args.machineType,
        userData: args.userData,
        vpcSecurityGroupIds: [this.firewall.id],
        iamInstanceProfile: { arn: profile.arn },
        metadataOptions: { httpTokens: "required" },
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { volumeSize: 30, volumeType: "gp3", encrypted: "true" } },
        ],
      },
      own,
    );
    const group = new aws.autoscaling.Group(
      name,
      {
        minSize: args.least,
        maxSize: args.most,
        desiredCapacity: args.least,
        vpcZoneIdentifiers: args.network.privateSubnets,
        launchTemplate: { id: template.id, version: "$Latest" },
        targetGroupArns: [targets.arn],
        healthCheckType: "ELB",
        healthCheckGracePeriod: 90,
      },
      { ...own, ignoreChanges: ["desiredCapacity"] },
    );
    new aws.autoscaling.Policy(
      name,
      {
        autoscalingGroupName: group.name,
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
          targetValue: 60,
        },
      },
      own,
    );
    this.url = pulumi.interpolate`http://${balancer.dnsName}`;
    this.registerOutputs({ url: this.url });
  }
}
