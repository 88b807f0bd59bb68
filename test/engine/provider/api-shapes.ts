/** How a Pulumi type is asked of AWS. */
export interface Asked {
  readonly service: string;
  readonly operation: string;
  /**
   * Inputs that AWS calls otherwise, by their path without positions: a member's path from where the input stands, "" for an
   * object whose members stand there themselves, null for what another call sets or what has another form.
   */
  readonly as?: Readonly<Record<string, string | null>>;
  /** Required members that the provider fills in by itself. */
  readonly filled?: readonly string[];
}

/** Maps in Pulumi, lists of key and value in AWS. */
const tags = { tags: null } as const;

/** By Pulumi type. Names that differ in case or in a plural are the same. */
export const asked: Readonly<Record<string, Asked>> = {
  "aws:acm/certificate:Certificate": { service: "acm", operation: "RequestCertificate", as: tags },
  "aws:appautoscaling/policy:Policy": {
    service: "application-autoscaling",
    operation: "PutScalingPolicy",
    as: { name: "PolicyName" },
  },
  "aws:appautoscaling/target:Target": {
    service: "application-autoscaling",
    operation: "RegisterScalableTarget",
    as: tags,
  },
  "aws:cloudwatch/dashboard:Dashboard": { service: "cloudwatch", operation: "PutDashboard" },
  "aws:cloudwatch/logGroup:LogGroup": {
    service: "logs",
    operation: "CreateLogGroup",
    as: { ...tags, name: "logGroupName" },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    service: "cloudwatch",
    operation: "PutMetricAlarm",
    as: {
      ...tags,
      name: "AlarmName",
      dimensions: null,
      metricQueries: "Metrics",
      "metricQueries.metric": "MetricStat",
      "metricQueries.metric.dimensions": null,
      "metricQueries.metric.metricName": "Metric.MetricName",
      "metricQueries.metric.namespace": "Metric.Namespace",
    },
  },
  "aws:ec2/eip:Eip": { service: "ec2", operation: "AllocateAddress", as: tags },
  "aws:ec2/flowLog:FlowLog": {
    service: "ec2",
    operation: "CreateFlowLogs",
    as: { ...tags, vpcId: "ResourceIds", iamRoleArn: "DeliverLogsPermissionArn" },
    filled: ["ResourceType"],
  },
  "aws:ec2/internetGateway:InternetGateway": { service: "ec2", operation: "CreateInternetGateway", as: tags },
  "aws:ec2/natGateway:NatGateway": { service: "ec2", operation: "CreateNatGateway", as: tags },
  "aws:ec2/route:Route": { service: "ec2", operation: "CreateRoute" },
  "aws:ec2/routeTable:RouteTable": { service: "ec2", operation: "CreateRouteTable", as: tags },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { service: "ec2", operation: "AssociateRouteTable" },
  "aws:ec2/securityGroup:SecurityGroup": {
    service: "ec2",
    operation: "CreateSecurityGroup",
    as: { ...tags, name: "GroupName" },
  },
  "aws:ec2/subnet:Subnet": { service: "ec2", operation: "CreateSubnet", as: tags },
  "aws:ec2/vpc:Vpc": { service: "ec2", operation: "CreateVpc", as: tags },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { service: "ec2", operation: "CreateVpcEndpoint", as: tags },
  "aws:ecs/cluster:Cluster": { service: "ecs", operation: "CreateCluster", as: { ...tags, name: "clusterName" } },
  "aws:ecs/service:Service": {
    service: "ecs",
    operation: "CreateService",
    as: {
      ...tags,
      name: "serviceName",
      networkConfiguration: "networkConfiguration.awsvpcConfiguration",
      deploymentMaximumPercent: "deploymentConfiguration.maximumPercent",
      deploymentMinimumHealthyPercent: "deploymentConfiguration.minimumHealthyPercent",
      deploymentCircuitBreaker: "deploymentConfiguration.deploymentCircuitBreaker",
      alarms: "deploymentConfiguration.alarms",
      "serviceConnectConfiguration.services.clientAlias": "clientAliases",
    },
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    service: "ecs",
    operation: "RegisterTaskDefinition",
    as: { ...tags, "ephemeralStorage.sizeInGib": "sizeInGiB" },
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    service: "elasticache",
    operation: "CreateCacheParameterGroup",
    as: { ...tags, name: "CacheParameterGroupName", family: "CacheParameterGroupFamily" },
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    service: "elasticache",
    operation: "CreateReplicationGroup",
    as: {
      ...tags,
      description: "ReplicationGroupDescription",
      nodeType: "CacheNodeType",
      parameterGroupName: "CacheParameterGroupName",
      subnetGroupName: "CacheSubnetGroupName",
      maintenanceWindow: "PreferredMaintenanceWindow",
    },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    service: "elasticache",
    operation: "CreateCacheSubnetGroup",
    as: { ...tags, name: "CacheSubnetGroupName", description: "CacheSubnetGroupDescription" },
  },
  "aws:iam/role:Role": {
    service: "iam",
    operation: "CreateRole",
    as: { ...tags, name: "RoleName", assumeRolePolicy: "AssumeRolePolicyDocument" },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    service: "iam",
    operation: "PutRolePolicy",
    as: { name: "PolicyName", role: "RoleName", policy: "PolicyDocument" },
  },
  "aws:kms/key:Key": { service: "kms", operation: "CreateKey", as: tags },
  "aws:lb/listener:Listener": { service: "elbv2", operation: "CreateListener", as: tags },
  "aws:lb/listenerRule:ListenerRule": { service: "elbv2", operation: "CreateRule", as: tags },
  "aws:lb/loadBalancer:LoadBalancer": {
    service: "elbv2",
    operation: "CreateLoadBalancer",
    as: { ...tags, loadBalancerType: "Type" },
  },
  "aws:lb/targetGroup:TargetGroup": {
    service: "elbv2",
    operation: "CreateTargetGroup",
    as: {
      ...tags,
      healthCheck: "",
      "healthCheck.enabled": "HealthCheckEnabled",
      "healthCheck.healthyThreshold": "HealthyThresholdCount",
      "healthCheck.interval": "HealthCheckIntervalSeconds",
      "healthCheck.matcher": null,
      "healthCheck.path": "HealthCheckPath",
      "healthCheck.port": "HealthCheckPort",
      "healthCheck.protocol": "HealthCheckProtocol",
      "healthCheck.timeout": "HealthCheckTimeoutSeconds",
      "healthCheck.unhealthyThreshold": "UnhealthyThresholdCount",
    },
  },
  // A prefix is made a name of.
  "aws:s3/bucket:Bucket": { service: "s3", operation: "CreateBucket", as: tags, filled: ["Bucket"] },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    service: "s3",
    operation: "PutBucketOwnershipControls",
    as: { rule: "OwnershipControls.Rules" },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { service: "s3", operation: "PutBucketPolicy" },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    service: "s3",
    operation: "PutBucketLifecycleConfiguration",
    as: { rules: "LifecycleConfiguration.Rules" },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    service: "s3",
    operation: "PutBucketEncryption",
    as: {
      rules: "ServerSideEncryptionConfiguration.Rules",
      "rules.applyServerSideEncryptionByDefault.sseAlgorithm": "SSEAlgorithm",
    },
  },
  "aws:secretsmanager/secret:Secret": { service: "secretsmanager", operation: "CreateSecret", as: tags },
  "aws:secretsmanager/secretVersion:SecretVersion": { service: "secretsmanager", operation: "PutSecretValue" },
  "aws:servicediscovery/service:Service": {
    service: "servicediscovery",
    operation: "CreateService",
    as: { ...tags, "dnsConfig.dnsRecords.ttl": "TTL" },
  },
  "aws:sns/topic:Topic": { service: "sns", operation: "CreateTopic", as: tags },
  "aws:sns/topicSubscription:TopicSubscription": { service: "sns", operation: "Subscribe", as: { topic: "TopicArn" } },
  "aws:ssm/parameter:Parameter": { service: "ssm", operation: "PutParameter", as: { ...tags, insecureValue: "Value" } },
};
