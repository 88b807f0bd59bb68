import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const vpc = aws.ec2.getVpcOutput({ default: true });
const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] });
const zones = aws.getAvailabilityZonesOutput({ state: "available" });

const cluster = new aws.ecs.Cluster("site", { name: pulumi.interpolate`site-${pulumi.getStack()}` });
const firewall = new aws.ec2.SecurityGroup("site", { vpcId: vpc.id, description: pulumi.concat("for ", cluster.name) });
new aws.vpc.SecurityGroupEgressRule("site", {
  securityGroupId: firewall.id,
  cidrIpv4: vpc.apply(({ cidrBlock }) => cidrBlock),
  ipProtocol: "-1",
});

const balancer = new aws.lb.LoadBalancer("site", {
  loadBalancerType: "network",
  subnets: subnets.ids,
  enableCrossZoneLoadBalancing: true,
});
const targets = new aws.lb.TargetGroup("site", {
  vpcId: vpc.id,
  targetType: "ip",
  protocol: "TCP",
  port: 8443,
  healthCheck: { protocol: "HTTP", path: "/ready", port: "8080" },
});
const listener = new aws.lb.Listener("site", {
  loadBalancerArn: balancer.arn,
  protocol: "TCP",
  port: 443,
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});

const secret = new aws.secretsmanager.Secret("site", { description: pulumi.interpolate`of ${cluster.name}` });
new aws.secretsmanager.SecretVersion("site", {
  secretId: secret.id,
  secretString: pulumi.secret(pulumi.jsonStringify({ user: "site", cluster: cluster.arn })),
});

const logs = new aws.cloudwatch.LogGroup("site", { name: "/site", retentionInDays: 30 });
const role = new aws.iam.Role("site", {
  assumeRolePolicy: aws.iam.getPolicyDocumentOutput({
    statements: [
      { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }] },
    ],
  }).json,
});
new aws.iam.RolePolicy("site", {
  role: role.id,
  policy: pulumi.all([logs.arn, secret.arn]).apply(([group, held]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "logs:*", Resource: `${group}:*` },
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: held },
      ],
    }),
  ),
});

const task = new aws.ecs.TaskDefinition("site", {
  family: cluster.name,
  cpu: "512",
  memory: "1024",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: role.arn,
  containerDefinitions: pulumi.all([secret.arn, logs.name]).apply(([held, group]) =>
    JSON.stringify([
      {
        name: "site",
        image: "registry.example.com/site:2.1.7",
        portMappings: [{ containerPort: 8443 }],
        secrets: [{ name: "CREDENTIALS", valueFrom: held }],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": group, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "site" },
        },
      },
    ]),
  ),
});
const service = new aws.ecs.Service(
  "site",
  {
    cluster: cluster.arn,
    taskDefinition: task.arn,
    // One a zone, however many there are.
    desiredCount: zones.apply(({ names }) => names.length),
    launchType: "FARGATE",
    networkConfiguration: { subnets: subnets.ids, securityGroups: [firewall.id], assignPublicIp: true },
    loadBalancers: [{ targetGroupArn: targets.arn, containerName: "site", containerPort: 8443 }],
  },
  { dependsOn: [listener] },
);
new aws.appautoscaling.Target("site", {
  serviceNamespace: "ecs",
  scalableDimension: "ecs:service:DesiredCount",
  resourceId: pulumi.interpolate`service/${cluster.name}/${service.name}`,
  minCapacity: zones.apply(({ names }) => names.length),
  maxCapacity: 12,
});

const disk = new aws.ebs.Volume("scratch", {
  availabilityZone: zones.apply(({ names }) => names[0] ?? "us-east-1a"),
  size: 200,
  type: "gp3",
  throughput: 250,
  encrypted: true,
});

export const url = pulumi.interpolate`https://${balancer.dnsName}`;
export const volume = disk.arn;
