/**
 * Kinds of resources that carry no charge of their own: names, permissions, wiring. A kind that is not among them counts as billed for.
 * Source: each service's pricing page lists what is charged for, and these are not listed; read 2026-11-21.
 */
const FREE: readonly RegExp[] = [
  // "IAM and AWS STS are offered at no additional charge" (aws.amazon.com/iam/faqs).
  /^aws:iam\//,
  // aws.amazon.com/vpc/pricing charges NAT gateways, endpoints, addresses, IPAM, mirroring and transit; nothing below is among them.
  /^aws:ec2\/(vpc|subnet|routeTable|route|routeTableAssociation|mainRouteTableAssociation|defaultRouteTable|defaultSecurityGroup|defaultVpc|defaultSubnet|defaultNetworkAcl|internetGateway|internetGatewayAttachment|egressOnlyInternetGateway|networkAcl|networkAclRule|networkAclAssociation|vpcDhcpOptions|vpcDhcpOptionsAssociation|vpcIpv4CidrBlockAssociation|vpcPeeringConnection|vpcPeeringConnectionAccepter|vpcEndpointRouteTableAssociation|vpcEndpointSubnetAssociation|vpcEndpointPolicy|securityGroup|securityGroupRule|networkInterfaceAttachment|networkInterfaceSecurityGroupAttachment|managedPrefixList|managedPrefixListEntry|keyPair|launchTemplate|launchConfiguration|placementGroup|eipAssociation|volumeAttachment|tag):/,
  /^aws:vpc\/(securityGroupIngressRule|securityGroupEgressRule|securityGroupVpcAssociation):/,
  // A balancer is charged by the hour and its capacity units (aws.amazon.com/elasticloadbalancing/pricing), not what hangs on it.
  /^aws:(lb|alb|elasticloadbalancingv2)\/(targetGroup|targetGroupAttachment|listener|listenerRule|listenerCertificate):/,
  // aws.amazon.com/ecs/pricing: no charge but for what tasks run on.
  /^aws:ecs\/(cluster|taskDefinition|capacityProvider|clusterCapacityProviders|taskSet|accountSettingDefault):/,
  // aws.amazon.com/autoscaling/pricing: no additional fees.
  /^aws:(autoscaling\/(policy|lifecycleHook|notification|schedule|attachment|trafficSourceAttachment|tag)|appautoscaling\/\w+):/,
  /^aws:(elasticache|rds|docdb|neptune|memorydb|redshift|dms)\/(subnetGroup|parameterGroup|clusterParameterGroup|optionGroup|eventSubscription|replicationSubnetGroup|user|userGroup|acl|userGroupAssociation):/,
  // What configures a bucket (aws.amazon.com/s3/pricing charges storage, requests and transfer).
  /^aws:s3\/(bucketPolicy|bucketPublicAccessBlock|accountPublicAccessBlock|bucketOwnershipControls|bucketAcl\w*|bucketVersioning\w*|bucketLifecycleConfiguration\w*|bucketLogging\w*|bucketServerSideEncryptionConfiguration\w*|bucketCorsConfiguration\w*|bucketWebsiteConfiguration\w*|bucketNotification|bucketObjectLockConfiguration\w*):/,
  /^aws:sns\/(topicPolicy|topicSubscription):/,
  /^aws:sqs\/(queuePolicy|redrivePolicy|redriveAllowPolicy):/,
  /^aws:lambda\/(permission|alias|eventSourceMapping|functionUrl|functionEventInvokeConfig|layerVersion|layerVersionPermission|codeSigningConfig):/,
  /^aws:cloudwatch\/(eventTarget|eventBusPolicy|logResourcePolicy|logStream|logSubscriptionFilter|logMetricFilter|logRetention):/,
  /^aws:kms\/(alias|grant|keyPolicy):/,
  /^aws:ssm\/(association|document):/,
  // A public certificate costs nothing (aws.amazon.com/certificate-manager/pricing); a zone is charged, its records are not, queries are.
  /^aws:acm\/(certificate|certificateValidation):/,
  /^aws:route53\/(record|zoneAssociation|vpcAssociationAuthorization|delegationSet):/,
  /^aws:eks\/(accessEntry|accessPolicyAssociation|podIdentityAssociation|identityProviderConfig|addon):/,
  /^aws:efs\/(mountTarget|accessPoint|fileSystemPolicy|backupPolicy):/,
  /^aws:ecr\/(repositoryPolicy|lifecyclePolicy|registryPolicy|registryScanningConfiguration|pullThroughCacheRule):/,
  /^aws:secretsmanager\/(secretVersion|secretPolicy|secretRotation):/,
  /^aws:cloudfront\/(originAccessControl|originAccessIdentity|cachePolicy|originRequestPolicy|responseHeadersPolicy|publicKey|keyGroup):/,
  /^aws:wafv2\/(ipSet|regexPatternSet|webAclAssociation|webAclLoggingConfiguration):/,
  /^aws:apigateway(v2)?\/(integration|integrationResponse|method|methodResponse|methodSettings|resource|route|stage|deployment|authorizer|basePathMapping|apiMapping|model|usagePlan|usagePlanKey|apiKey|account|response|domainName):/,
  /^aws:dynamodb\/(tableItem|resourcePolicy):/,
  // Values that live in state alone, and what no cloud holds.
  /^(random|tls|command|null|time|std|pulumi|pulumi-nodejs|synced-folder|docker|docker-build):/,
];

/** Whether a Pulumi type is of a kind that carries no charge of its own. */
export function isFree(type: string): boolean {
  return FREE.some((kind) => kind.test(type));
}
