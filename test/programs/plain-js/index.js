"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const vpcId = config.require("vpcId");
const subnets = config.requireObject("subnets");

const cluster = new aws.ecs.Cluster("workers", { name: "workers" });

const role = new aws.iam.Role("machine", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
new aws.iam.RolePolicyAttachment("machine", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
});
const profile = new aws.iam.InstanceProfile("machine", { role: role.name });
const firewall = new aws.ec2.SecurityGroup("machine", { vpcId });
new aws.ec2.SecurityGroupRule("machine-out", {
  type: "egress",
  securityGroupId: firewall.id,
  protocol: "-1",
  fromPort: 0,
  toPort: 0,
  cidrBlocks: ["0.0.0.0/0"],
});

const template = new aws.ec2.LaunchTemplate("machine", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "c7g.xlarge",
  iamInstanceProfile: { name: profile.name },
  vpcSecurityGroupIds: [firewall.id],
  userData: Buffer.from("#!/bin/sh\necho ECS_CLUSTER=workers >> /etc/ecs/ecs.config\n").toString("base64"),
});
const machines = new aws.autoscaling.Group("machines", {
  minSize: 2,
  maxSize: 8,
  vpcZoneIdentifiers: subnets,
  launchTemplate: { id: template.id, version: "$Latest" },
  protectFromScaleIn: true,
  tags: [{ key: "AmazonECSManaged", value: "true", propagateAtLaunch: true }],
});
const provider = new aws.ecs.CapacityProvider("machines", {
  autoScalingGroupProvider: {
    autoScalingGroupArn: machines.arn,
    managedTerminationProtection: "ENABLED",
    managedScaling: { status: "ENABLED", targetCapacity: 80 },
  },
});
new aws.ecs.ClusterCapacityProviders("workers", {
  clusterName: cluster.name,
  capacityProviders: [provider.name],
  defaultCapacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }],
});

const cache = new aws.elasticache.Cluster("sessions", {
  engine: "redis",
  engineVersion: "7.1",
  nodeType: "cache.t4g.small",
  numCacheNodes: 1,
  subnetGroupName: new aws.elasticache.SubnetGroup("sessions", { subnetIds: subnets }).name,
});
const database = new aws.rds.Instance("ledger", {
  engine: "postgres",
  engineVersion: "16.4",
  instanceClass: "db.t4g.medium",
  allocatedStorage: 100,
  storageType: "gp3",
  username: "ledger",
  manageMasterUserPassword: true,
  multiAz: true,
  storageEncrypted: true,
  backupRetentionPeriod: 14,
  skipFinalSnapshot: true,
  dbSubnetGroupName: new aws.rds.SubnetGroup("ledger", { subnetIds: subnets }).name,
});

["thumbnails", "mail"].forEach((name, index) => {
  const logs = `/workers/${name}`;
  new aws.cloudwatch.LogGroup(name, { name: logs, retentionInDays: 7 });
  const task = new aws.ecs.TaskDefinition(name, {
    family: name,
    requiresCompatibilities: ["EC2"],
    containerDefinitions: JSON.stringify([
      {
        name,
        image: `registry.example.com/${name}:${index + 1}.4.0`,
        cpu: 512,
        memory: 1024,
        essential: true,
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": logs, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "w" },
        },
      },
    ]),
  });
  new aws.ecs.Service(name, {
    name,
    cluster: cluster.arn,
    taskDefinition: task.arn,
    desiredCount: 4 - index,
    capacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }],
    orderedPlacementStrategies: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
  });
});

const files = new aws.efs.FileSystem("shared", { encrypted: true });
subnets.forEach((subnetId, index) => {
  new aws.efs.MountTarget(`shared-${index}`, { fileSystemId: files.id, subnetId });
});

exports.cache = cache.cacheNodes;
exports.database = database.endpoint;
