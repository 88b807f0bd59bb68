import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A network that a plugin builds: the program sees its outputs and nothing of what is in it. */
export class Network extends pulumi.ComponentResource {
  declare readonly vpcId: pulumi.Output<string>;
  declare readonly publicSubnetIds: pulumi.Output<string[]>;
  declare readonly privateSubnetIds: pulumi.Output<string[]>;

  constructor(name: string, args: pulumi.Inputs, opts?: pulumi.ComponentResourceOptions) {
    const outputs = { vpcId: undefined, publicSubnetIds: undefined, privateSubnetIds: undefined };
    super("awsx:ec2:Vpc", name, { ...args, ...outputs }, opts, true);
  }
}

export interface ServiceArgs {
  network: Network;
  cluster: aws.ecs.Cluster;
  image: string;
  cpu: number;
  memory: number;
  port: number;
  count: number;
}

/** A service with its balancer, as crosswalk's first version built it: in the program's own language. */
export class Service extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("crosswalk:x:ecs:FargateService", name, {}, opts);
    const own = { parent: this };
    const vpcId = args.network.vpcId;
    const firewall = new aws.ec2.SecurityGroup(
      name,
      {
        vpcId,
        ingress: [{ protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/0"] }],
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      },
      own,
    );
    const balancer = new aws.alb.LoadBalancer(
      name,
      { subnets: args.network.publicSubnetIds, securityGroups: [firewall.id] },
      own,
    );
    const targets = new aws.alb.TargetGroup(
      name,
      { vpcId, port: args.port, protocol: "HTTP", targetType: "ip", deregistrationDelay: 10 },
      own,
    );
    new aws.alb.Listener(
      name,
      {
        loadBalancerArn: balancer.arn,
        port: 80,
        defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
      },
      own,
    );
    const logs = new aws.cloudwatch.LogGroup(name, { retentionInDays: 1 }, own);
    const role = new aws.iam.Role(
      name,
      { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }) },
      own,
    );
    new aws.iam.RolePolicyAttachment(
      name,
      { role, policyArn: aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy },
      own,
    );
    const task = new aws.ecs.TaskDefinition(
      name,
      {
        family: name,
        cpu: String(args.cpu),
        memory: String(args.memory),
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        executionRoleArn: role.arn,
        // The group's name is known after the deploy, and so is the whole document.
        containerDefinitions: pulumi.jsonStringify([
          {
            name,
            image: args.image,
            essential: true,
            portMappings: [{ containerPort: args.port }],
            logConfiguration: {
              logDriver: "awslogs",
              options: { "awslogs-group": logs.name, "awslogs-region": "us-west-2", "awslogs-stream-prefix": name },
            },
          },
        ]),
      },
      own,
    );
    new aws.ecs.Service(
      name,
      {
        cluster: args.cluster.arn,
        launchType: "FARGATE",
        desiredCount: args.count,
        taskDefinition: task.arn,
        networkConfiguration: { subnets: args.network.privateSubnetIds, securityGroups: [firewall.id] },
        loadBalancers: [{ targetGroupArn: targets.arn, containerName: name, containerPort: args.port }],
        waitForSteadyState: false,
      },
      own,
    );
    this.url = pulumi.interpolate`http://${balancer.dnsName}`;
    this.registerOutputs({ url: this.url });
  }
}
