import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const network = new pulumi.StackReference(config.require("network"));
const vpcId = network.requireOutput("vpcId") as pulumi.Output<string>;
const subnets = network.requireOutput("privateSubnetIds") as pulumi.Output<string[]>;
const clusterArn = network.requireOutput("clusterArn") as pulumi.Output<string>;
const listenerArn = network.getOutput("listenerArn") as pulumi.Output<string>;

const token = new aws.ssm.Parameter("token", {
  name: "/api/token",
  type: "SecureString",
  value: config.requireSecret("token"),
});
const firewall = new aws.ec2.SecurityGroup("api", { vpcId });
const targets = new aws.lb.TargetGroup("api", {
  vpcId,
  port: 3000,
  protocol: "HTTP",
  targetType: "ip",
  healthCheck: { path: "/health", interval: 15, timeout: 5 },
  deregistrationDelay: 30,
});
const rule = new aws.lb.ListenerRule("api", {
  listenerArn,
  priority: 120,
  actions: [{ type: "forward", targetGroupArn: targets.arn }],
  conditions: [{ hostHeader: { values: ["api.example.com"] } }, { pathPattern: { values: ["/v1/*"] } }],
});
new aws.cloudwatch.LogGroup("api", { name: "/api", retentionInDays: 30 });
const task = new aws.ecs.TaskDefinition("api", {
  family: "api",
  cpu: "1024",
  memory: "2048",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
  executionRoleArn: network.requireOutput("executionRoleArn"),
  containerDefinitions: JSON.stringify([
    {
      name: "api",
      image: config.require("image"),
      essential: true,
      stopTimeout: 60,
      portMappings: [{ containerPort: 3000 }],
      secrets: [{ name: "TOKEN", valueFrom: "/api/token" }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/api", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "api" },
      },
    },
  ]),
});
const service = new aws.ecs.Service(
  "api",
  {
    name: "api",
    cluster: clusterArn,
    launchType: "FARGATE",
    taskDefinition: task.arn,
    desiredCount: 3,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    networkConfiguration: { subnets, securityGroups: [firewall.id] },
    loadBalancers: [{ targetGroupArn: targets.arn, containerName: "api", containerPort: 3000 }],
  },
  { dependsOn: [rule, token] },
);
const sessions = new aws.elasticache.ServerlessCache("sessions", {
  name: "sessions",
  engine: "valkey",
  majorEngineVersion: "8",
  cacheUsageLimits: { dataStorage: { maximum: 5, unit: "GB" } },
  subnetIds: subnets,
});
const search = new aws.opensearch.Domain("catalogue", {
  engineVersion: "OpenSearch_2.19",
  clusterConfig: {
    instanceType: "m7g.large.search",
    instanceCount: 3,
    zoneAwarenessEnabled: true,
    zoneAwarenessConfig: { availabilityZoneCount: 3 },
  },
  ebsOptions: { ebsEnabled: true, volumeSize: 50, volumeType: "gp3" },
  encryptAtRest: { enabled: true },
  nodeToNodeEncryption: { enabled: true },
  domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
});
const events = new aws.msk.Cluster("events", {
  clusterName: "events",
  kafkaVersion: "3.8.x",
  numberOfBrokerNodes: 3,
  brokerNodeGroupInfo: {
    instanceType: "kafka.m7g.large",
    clientSubnets: subnets,
    securityGroups: [firewall.id],
    storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
  },
});

export const name = service.name;
export const addresses = pulumi.all([sessions.endpoints, search.endpoint, events.bootstrapBrokersTls]);
