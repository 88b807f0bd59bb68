import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { above, alarm, below } from "./alarms";
import { addressRange, privateSubnets, vpc } from "./network";

const clusterName = "by-hand";
const cluster = new aws.ecs.Cluster("cluster", {
  name: clusterName,
  settings: [{ name: "containerInsights", value: "disabled" }],
});
const subnets = privateSubnets.map(({ id }) => id);

export interface Facts {
  image: string;
  port: number;
  cpu: number;
  memory: number;
  graceSeconds: number;
  environment: Record<string, string>;
  /** By name: the parameter that holds it, by its literal name. */
  secrets: Record<string, string>;
  replicas: { least: number; most: number; need: number };
  requestsPerMinuteAndReplica: number;
  /** Share of bad responses that rings. */
  errorShare: number;
  serverErrorsPerMinute: number;
}

export interface Built {
  balancer: aws.lb.LoadBalancer;
  balancerFirewall: aws.ec2.SecurityGroup;
  tasksFirewall: aws.ec2.SecurityGroup;
}

/** Opens one port from one group to another. */
export function open(name: string, port: number, from: aws.ec2.SecurityGroup, to: aws.ec2.SecurityGroup): void {
  const between = { fromPort: port, toPort: port, ipProtocol: "tcp" };
  new aws.vpc.SecurityGroupEgressRule(name, {
    securityGroupId: from.id,
    referencedSecurityGroupId: to.id,
    ...between,
  });
  new aws.vpc.SecurityGroupIngressRule(name, {
    securityGroupId: to.id,
    referencedSecurityGroupId: from.id,
    ...between,
  });
}

/** Buckets that a balancer may write its log to, with what a careful person switches on. */
function logBucket(name: string): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket(`${name}-logs`, { forceDestroy: false }, { protect: true });
  const of = { bucket: bucket.id };
  new aws.s3.BucketOwnershipControls(`${name}-logs`, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } });
  new aws.s3.BucketPublicAccessBlock(`${name}-logs`, {
    ...of,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketServerSideEncryptionConfiguration(`${name}-logs`, {
    ...of,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  new aws.s3.BucketLifecycleConfiguration(`${name}-logs`, {
    ...of,
    rules: [
      {
        id: "expire",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { days: 30 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
  new aws.s3.BucketPolicy(`${name}-logs`, {
    ...of,
    policy: bucket.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `${arn}/*`,
          },
        ],
      }),
    ),
  });
  return bucket;
}

export function service(name: string, facts: Facts): Built {
  const { port } = facts;
  const balancerFirewall = new aws.ec2.SecurityGroup(`${name}-balancer`, { vpcId: vpc.id, description: "Balancer" });
  const tasksFirewall = new aws.ec2.SecurityGroup(`${name}-tasks`, { vpcId: vpc.id, description: "Tasks" });
  const range = { cidrIpv4: addressRange, fromPort: port, toPort: port, ipProtocol: "tcp" };
  new aws.vpc.SecurityGroupIngressRule(`${name}-callers`, { securityGroupId: balancerFirewall.id, ...range });
  new aws.vpc.SecurityGroupEgressRule(`${name}-targets`, { securityGroupId: balancerFirewall.id, ...range });
  new aws.vpc.SecurityGroupIngressRule(`${name}-tasks`, {
    securityGroupId: tasksFirewall.id,
    referencedSecurityGroupId: balancerFirewall.id,
    fromPort: port,
    toPort: port,
    ipProtocol: "tcp",
  });
  new aws.vpc.SecurityGroupEgressRule(`${name}-out`, {
    securityGroupId: tasksFirewall.id,
    cidrIpv4: "0.0.0.0/0",
    fromPort: 443,
    toPort: 443,
    ipProtocol: "tcp",
  });

  const balancer = new aws.lb.LoadBalancer(
    name,
    {
      loadBalancerType: "application",
      internal: true,
      subnets,
      securityGroups: [balancerFirewall.id],
      accessLogs: { bucket: logBucket(name).id, enabled: true },
      dropInvalidHeaderFields: true,
      enableDeletionProtection: true,
      enableZonalShift: true,
      idleTimeout: 60,
    },
    { protect: true },
  );
  const targets = new aws.lb.TargetGroup(name, {
    vpcId: vpc.id,
    targetType: "ip",
    port,
    protocol: "HTTP",
    deregistrationDelay: 30,
    loadBalancingAlgorithmType: "least_outstanding_requests",
    healthCheck: {
      path: "/health",
      protocol: "HTTP",
      interval: 30,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
  });
  const listener = new aws.lb.Listener(name, {
    loadBalancerArn: balancer.arn,
    port,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
  });

  const logs = new aws.cloudwatch.LogGroup(name, { name: `/by-hand/${name}`, retentionInDays: 30 });
  const trust = aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" });
  const execution = new aws.iam.Role(`${name}-execution`, { assumeRolePolicy: trust });
  new aws.iam.RolePolicy(`${name}-execution`, {
    role: execution.id,
    policy: logs.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${arn}:*` },
          { Effect: "Allow", Action: ["ssm:GetParameters"], Resource: "*" },
        ],
      }),
    ),
  });
  const task = new aws.ecs.TaskDefinition(name, {
    family: `by-hand-${name}`,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: String(facts.cpu),
    memory: String(facts.memory),
    runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
    executionRoleArn: execution.arn,
    taskRoleArn: new aws.iam.Role(`${name}-task`, { assumeRolePolicy: trust }).arn,
    volumes: [{ name: "temporary" }],
    containerDefinitions: JSON.stringify([
      {
        name,
        image: facts.image,
        essential: true,
        portMappings: [{ containerPort: port, protocol: "tcp" }],
        environment: Object.entries(facts.environment).map(([key, value]) => ({ name: key, value })),
        secrets: Object.entries(facts.secrets).map(([key, valueFrom]) => ({ name: key, valueFrom })),
        stopTimeout: 30,
        linuxParameters: { initProcessEnabled: true },
        readonlyRootFilesystem: true,
        mountPoints: [{ sourceVolume: "temporary", containerPath: "/tmp", readOnly: false }],
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": `/by-hand/${name}`,
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": "task",
            mode: "non-blocking",
            "max-buffer-size": "25m",
          },
        },
      },
    ]),
  });

  const watched = [`by-hand-${name}-error-share`, `by-hand-${name}-response-time`];
  const running = new aws.ecs.Service(
    name,
    {
      name: `by-hand-${name}`,
      cluster: cluster.arn,
      launchType: "FARGATE",
      taskDefinition: task.arn,
      desiredCount: facts.replicas.least,
      availabilityZoneRebalancing: "ENABLED",
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { alarmNames: watched, enable: true, rollback: true },
      healthCheckGracePeriodSeconds: facts.graceSeconds,
      loadBalancers: [{ containerName: name, containerPort: port, targetGroupArn: targets.arn }],
      networkConfiguration: { subnets, securityGroups: [tasksFirewall.id], assignPublicIp: false },
      enableEcsManagedTags: true,
      enableExecuteCommand: false,
      propagateTags: "SERVICE",
      waitForSteadyState: true,
    },
    { ignoreChanges: ["desiredCount"], dependsOn: [listener] },
  );

  const { least, most, need } = facts.replicas;
  const scaling = new aws.appautoscaling.Target(name, {
    serviceNamespace: "ecs",
    scalableDimension: "ecs:service:DesiredCount",
    resourceId: pulumi.interpolate`service/${clusterName}/${running.name}`,
    minCapacity: least,
    maxCapacity: most,
  });
  const label = pulumi.interpolate`${balancer.arnSuffix}/${targets.arnSuffix}`;
  const follow = (metric: string, targetValue: number, resourceLabel?: pulumi.Input<string>): void => {
    new aws.appautoscaling.Policy(`${name}-${metric}`, {
      policyType: "TargetTrackingScaling",
      serviceNamespace: scaling.serviceNamespace,
      scalableDimension: scaling.scalableDimension,
      resourceId: scaling.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: metric,
          ...(resourceLabel === undefined ? {} : { resourceLabel }),
        },
        targetValue,
        scaleOutCooldown: 60,
        scaleInCooldown: 900,
      },
    });
  };
  follow("ECSServiceAverageCPUUtilization", 70);
  follow("ECSServiceAverageMemoryUtilization", 90);
  follow("ALBRequestCountPerTarget", facts.requestsPerMinuteAndReplica, label);

  const door = { LoadBalancer: balancer.arnSuffix };
  const dimensions = { ...door, TargetGroup: targets.arnSuffix };
  const balancers = { namespace: "AWS/ApplicationELB", dimensions };
  const tasks = { namespace: "AWS/ECS", dimensions: { ClusterName: clusterName, ServiceName: `by-hand-${name}` } };
  const each = (id: string, metricName: string, period: number, of: Record<string, pulumi.Input<string>>) => ({
    id,
    metric: { namespace: "AWS/ApplicationELB", metricName, period, stat: "Sum", dimensions: of },
    returnData: false,
  });

  alarm(`${name}-all-down`, [below, 1], [1, 1], {
    ...balancers,
    metricName: "HealthyHostCount",
    statistic: "Maximum",
    period: 60,
    treatMissingData: "breaching",
  });
  alarm(`${name}-too-few-healthy`, [below, need], [3, 3], {
    ...balancers,
    metricName: "HealthyHostCount",
    statistic: "Minimum",
    period: 60,
    treatMissingData: "breaching",
  });
  alarm(`${name}-server-errors`, [above, facts.serverErrorsPerMinute], [5, 5], {
    ...balancers,
    metricName: "HTTPCode_Target_5XX_Count",
    statistic: "Sum",
    period: 60,
    treatMissingData: "notBreaching",
  });
  alarm(`${name}-response-time`, [above, 0.1], [2, 3], {
    ...balancers,
    name: `by-hand-${name}-response-time`,
    metricName: "TargetResponseTime",
    extendedStatistic: "p95",
    period: 300,
    treatMissingData: "notBreaching",
  });
  alarm(`${name}-error-share`, [above, facts.errorShare], [2, 3], {
    name: `by-hand-${name}-error-share`,
    treatMissingData: "notBreaching",
    metricQueries: [
      each("errors", "HTTPCode_Target_5XX_Count", 300, dimensions),
      each("requests", "RequestCount", 300, dimensions),
      { id: "share", expression: "FILL(errors, 0) / requests", label: "share of errors", returnData: true },
    ],
  });
  alarm(`${name}-burn`, [above, 0.00144], [1, 1], {
    treatMissingData: "notBreaching",
    metricQueries: [
      each("errors", "HTTPCode_Target_5XX_Count", 3600, dimensions),
      each("refusals", "HTTPCode_ELB_5XX_Count", 3600, door),
      each("requests", "RequestCount", 3600, dimensions),
      {
        id: "burn",
        expression: "(FILL(errors, 0) + FILL(refusals, 0)) / (FILL(requests, 0) + FILL(refusals, 0))",
        label: "burn",
        returnData: true,
      },
    ],
  });
  alarm(`${name}-memory`, [above, 90], [3, 3], {
    ...tasks,
    metricName: "MemoryUtilization",
    statistic: "Maximum",
    period: 60,
    treatMissingData: "notBreaching",
  });
  // Each task sends one sample a minute: their count is the count of tasks.
  const samples = { ...tasks, metricName: "CPUUtilization", statistic: "SampleCount", period: 60 };
  alarm(`${name}-too-few`, [below, least], [5, 5], { ...samples, treatMissingData: "breaching" });
  alarm(`${name}-at-maximum`, ["GreaterThanOrEqualToThreshold", most], [15, 15], {
    ...samples,
    treatMissingData: "notBreaching",
  });
  return { balancer, balancerFirewall, tasksFirewall };
}

export { clusterName };
