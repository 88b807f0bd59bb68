"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** 44 resources: a service on Fargate with all that one has. */
module.exports = function service(name, { vpc, subnets, cluster }) {
  const subnetIds = subnets.map(({ id }) => id);
  const door = new aws.ec2.SecurityGroup(`${name}-door`, { vpcId: vpc.id });
  const inner = new aws.ec2.SecurityGroup(`${name}-tasks`, { vpcId: vpc.id });
  const port = { fromPort: 8080, toPort: 8080, ipProtocol: "tcp" };
  new aws.vpc.SecurityGroupIngressRule(`${name}-web`, { securityGroupId: door.id, cidrIpv4: "0.0.0.0/0", ...port });
  new aws.vpc.SecurityGroupEgressRule(`${name}-down`, {
    securityGroupId: door.id,
    referencedSecurityGroupId: inner.id,
    ...port,
  });
  new aws.vpc.SecurityGroupIngressRule(`${name}-in`, {
    securityGroupId: inner.id,
    referencedSecurityGroupId: door.id,
    ...port,
  });
  new aws.vpc.SecurityGroupEgressRule(`${name}-out`, {
    securityGroupId: inner.id,
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "-1",
  });
  const bucket = new aws.s3.Bucket(`${name}-logs`);
  new aws.s3.BucketPublicAccessBlock(`${name}-logs`, { bucket: bucket.id, blockPublicAcls: true });
  new aws.s3.BucketServerSideEncryptionConfiguration(`${name}-logs`, {
    bucket: bucket.id,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  new aws.s3.BucketLifecycleConfiguration(`${name}-logs`, {
    bucket: bucket.id,
    rules: [{ id: "expire", status: "Enabled", expiration: { days: 30 } }],
  });
  const balancer = new aws.lb.LoadBalancer(name, {
    subnets: subnetIds,
    securityGroups: [door.id],
    accessLogs: { bucket: bucket.id, enabled: true },
  });
  const targets = new aws.lb.TargetGroup(name, {
    vpcId: vpc.id,
    port: 8080,
    protocol: "HTTP",
    targetType: "ip",
    healthCheck: { path: "/health", interval: 10 },
  });
  const listener = new aws.lb.Listener(name, {
    loadBalancerArn: balancer.arn,
    port: 8080,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
  });
  const logs = new aws.cloudwatch.LogGroup(name, { name: `/${name}`, retentionInDays: 30 });
  const execution = new aws.iam.Role(`${name}-execution`, { assumeRolePolicy: trust });
  const own = new aws.iam.Role(`${name}-task`, { assumeRolePolicy: trust });
  for (const role of [execution, own])
    new aws.iam.RolePolicy(`${name}-${role === own ? "task" : "execution"}`, {
      role: role.id,
      policy: logs.arn.apply((arn) =>
        JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: arn }] }),
      ),
    });
  const task = new aws.ecs.TaskDefinition(name, {
    family: name,
    cpu: "512",
    memory: "1024",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: execution.arn,
    taskRoleArn: own.arn,
    containerDefinitions: JSON.stringify([
      {
        name,
        image: "registry.example.com/web@sha256:0c4e7a1b2d3f405162738495a6b7c8d9eafb0c1d2e3f405162738495a6b7c8d9",
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": `/${name}`, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "t" },
        },
      },
    ]),
  });
  const running = new aws.ecs.Service(
    name,
    {
      name,
      cluster: cluster.arn,
      taskDefinition: task.arn,
      launchType: "FARGATE",
      desiredCount: 3,
      networkConfiguration: { subnets: subnetIds, securityGroups: [inner.id] },
      loadBalancers: [{ targetGroupArn: targets.arn, containerName: name, containerPort: 8080 }],
    },
    { dependsOn: [listener], ignoreChanges: ["desiredCount"] },
  );
  const scaled = new aws.appautoscaling.Target(name, {
    serviceNamespace: "ecs",
    scalableDimension: "ecs:service:DesiredCount",
    resourceId: pulumi.interpolate`service/main/${running.name}`,
    minCapacity: 3,
    maxCapacity: 9,
  });
  for (const metric of ["CPU", "Memory"])
    new aws.appautoscaling.Policy(`${name}-${metric}`, {
      policyType: "TargetTrackingScaling",
      serviceNamespace: scaled.serviceNamespace,
      scalableDimension: scaled.scalableDimension,
      resourceId: scaled.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: `ECSServiceAverage${metric}Utilization` },
        targetValue: 70,
      },
    });
  const topic = new aws.sns.Topic(name);
  new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "email", endpoint: "oncall@example.com" });
  const alarm = (metricName, namespace, dimensions, threshold) =>
    new aws.cloudwatch.MetricAlarm(`${name}-${metricName}`, {
      metricName,
      namespace,
      dimensions,
      threshold,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 3,
      period: 60,
      statistic: "Average",
      alarmActions: [topic.arn],
    });
  const there = { LoadBalancer: balancer.arnSuffix, TargetGroup: targets.arnSuffix };
  for (const metric of ["UnHealthyHostCount", "HTTPCode_Target_5XX_Count", "TargetResponseTime", "RequestCount"])
    alarm(metric, "AWS/ApplicationELB", there, 1);
  for (const metric of ["CPUUtilization", "MemoryUtilization"])
    alarm(metric, "AWS/ECS", { ClusterName: "main", ServiceName: name }, 90);
  const group = new aws.elasticache.SubnetGroup(name, { subnetIds });
  const cache = new aws.elasticache.ReplicationGroup(name, {
    description: name,
    engine: "valkey",
    nodeType: "cache.t4g.small",
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    subnetGroupName: group.name,
  });
  for (const metric of ["Evictions", "EngineCPUUtilization", "ReplicationLag"])
    alarm(metric, "AWS/ElastiCache", { CacheClusterId: cache.id }, 80);
  for (const key of ["url", "cache", "region"])
    new aws.ssm.Parameter(`${name}-${key}`, {
      name: `/${name}/${key}`,
      type: "String",
      value: cache.primaryEndpointAddress,
    });
  new aws.ecr.Repository(name, { imageTagMutability: "IMMUTABLE" });
  new aws.kms.Key(name, { enableKeyRotation: true });
  new aws.cloudwatch.Dashboard(name, { dashboardName: name, dashboardBody: JSON.stringify({ widgets: [] }) });
  const secret = new aws.secretsmanager.Secret(name, { name });
  new aws.secretsmanager.SecretVersion(name, { secretId: secret.id, secretString: pulumi.secret("x") });
};
