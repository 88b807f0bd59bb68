import { isList, same, textAt, type Properties } from "./values";

/**
 * Inputs that cannot change in place, by type: those that the API takes when it creates and has no call to modify, and those
 * that Pulumi's provider replaces all the same (a task definition's revision, a name). Written for this provider alone: what
 * the catalog knows of the matter is held against it.
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  "aws:acm/certificate:Certificate": ["domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod"],
  "aws:acm/certificateValidation:CertificateValidation": ["certificateArn", "validationRecordFqdns"],
  "aws:appautoscaling/policy:Policy": ["name", "resourceId", "scalableDimension", "serviceNamespace"],
  "aws:appautoscaling/target:Target": ["resourceId", "scalableDimension", "serviceNamespace"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logGroup:LogGroup": ["logGroupClass", "name"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["vpcId"],
  "aws:ec2/eip:Eip": ["address", "domain", "networkBorderGroup", "publicIpv4Pool"],
  "aws:ec2/flowLog:FlowLog": [
    "iamRoleArn",
    "logDestination",
    "logDestinationType",
    "logFormat",
    "maxAggregationInterval",
    "subnetId",
    "trafficType",
    "vpcId",
  ],
  "aws:ec2/internetGateway:InternetGateway": [],
  "aws:ec2/natGateway:NatGateway": ["allocationId", "connectivityType", "privateIp", "subnetId"],
  "aws:ec2/route:Route": [
    "destinationCidrBlock",
    "destinationIpv6CidrBlock",
    "destinationPrefixListId",
    "routeTableId",
  ],
  "aws:ec2/routeTable:RouteTable": ["vpcId"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["gatewayId", "subnetId"],
  "aws:ec2/securityGroup:SecurityGroup": ["description", "name", "vpcId"],
  "aws:ec2/subnet:Subnet": ["availabilityZone", "availabilityZoneId", "cidrBlock", "vpcId"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["serviceName", "vpcEndpointType", "vpcId"],
  "aws:ecs/cluster:Cluster": ["name"],
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": ["clusterName"],
  "aws:ecs/service:Service": ["cluster", "iamRole", "launchType", "name", "schedulingStrategy"],
  "aws:ecs/taskDefinition:TaskDefinition": [
    "containerDefinitions",
    "cpu",
    "executionRoleArn",
    "family",
    "memory",
    "networkMode",
    "requiresCompatibilities",
    "runtimePlatform",
    "taskRoleArn",
    "volumes",
  ],
  "aws:elasticache/parameterGroup:ParameterGroup": ["description", "family", "name"],
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    "atRestEncryptionEnabled",
    "dataTieringEnabled",
    "kmsKeyId",
    "networkType",
    "port",
    "replicationGroupId",
    "snapshotArns",
    "snapshotName",
    "subnetGroupName",
  ],
  "aws:elasticache/subnetGroup:SubnetGroup": ["name"],
  "aws:iam/role:Role": ["name", "path"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "role"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn", "role"],
  "aws:kms/key:Key": ["customerMasterKeySpec", "keyUsage", "multiRegion"],
  "aws:lb/listener:Listener": ["loadBalancerArn"],
  "aws:lb/listenerRule:ListenerRule": ["listenerArn"],
  "aws:lb/loadBalancer:LoadBalancer": ["internal", "loadBalancerType", "name"],
  "aws:lb/targetGroup:TargetGroup": [
    "ipAddressType",
    "name",
    "port",
    "protocol",
    "protocolVersion",
    "targetType",
    "vpcId",
  ],
  "aws:route53/record:Record": ["name", "setIdentifier", "type", "zoneId"],
  "aws:route53/zone:Zone": ["delegationSetId", "name"],
  "aws:s3/bucket:Bucket": ["bucket", "bucketPrefix"],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["bucket"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["bucket"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["bucket"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ["bucket"],
  "aws:secretsmanager/secret:Secret": ["name"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretBinary", "secretId", "secretString"],
  "aws:sns/topic:Topic": ["fifoTopic", "name"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:sns/topicSubscription:TopicSubscription": ["endpoint", "protocol", "topic"],
  "aws:ssm/parameter:Parameter": ["dataType", "name"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
  "random:index/randomPassword:RandomPassword": [
    "keepers",
    "length",
    "lower",
    "numeric",
    "overrideSpecial",
    "special",
    "upper",
  ],
};

/** Does a change of that input make a new resource of it? */
export function forcesNew(type: string, input: string, olds: Properties, news: Properties): boolean {
  // Everything regional of version 7 has its region as an input, and stays in it.
  if (input === "region") return true;
  if (type === "aws:elasticache/replicationGroup:ReplicationGroup") return forcesNewCache(input, olds, news);
  if (input === "capacityProviderStrategies") return newStrategy(olds, news);
  return replacing[type]?.includes(input) === true;
}

/** UpdateService takes another strategy with a new deployment only, and Pulumi's provider none where there was none. */
function newStrategy(olds: Properties, news: Properties): boolean {
  const none = (of: Properties): boolean => !isList(of["capacityProviderStrategies"]);
  return none(olds) || none(news) || news["forceNewDeployment"] !== true;
}

const CACHE = replacing["aws:elasticache/replicationGroup:ReplicationGroup"] ?? [];

/** An engine goes to valkey and up, not back; a cache encrypted in transit turns so in place from 7.0.5. */
function forcesNewCache(input: string, olds: Properties, news: Properties): boolean {
  if (CACHE.includes(input)) return true;
  const version = (of: Properties): number => Number.parseFloat(textAt(of, "engineVersion") ?? "0");
  switch (input) {
    case "engine":
      return textAt(olds, "engine") === "valkey" && textAt(news, "engine") !== "valkey";
    case "engineVersion":
      return same(olds["engine"], news["engine"]) && version(news) < version(olds);
    case "transitEncryptionEnabled":
      return version(news) < 7.1;
    default:
      return false;
  }
}
