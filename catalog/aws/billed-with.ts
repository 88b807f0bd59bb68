/**
 * Kinds of resources that are billed with what they hang on, never by themselves: listeners with their balancer, parameters with their database.
 * Source: each service's pricing page lists what is charged for, and these are not listed; read 2026-11-21.
 */
const BILLED_WITH_ANOTHER: readonly RegExp[] = [
  // aws.amazon.com/elasticloadbalancing/pricing: hours and capacity units of the balancer.
  /^aws:(lb|alb)\/(targetGroup|targetGroupAttachment|listener|listenerRule|listenerCertificate):/,
  // aws.amazon.com/ecs/pricing: what tasks run on.
  /^aws:ecs\/(cluster|taskDefinition|capacityProvider|taskSet):/,
  // aws.amazon.com/autoscaling/pricing: no additional fees.
  /^aws:autoscaling\/(policy|lifecycleHook|notification|schedule|attachment|trafficSourceAttachment|tag):/,
  // aws.amazon.com/vpc/pricing and aws.amazon.com/ec2/pricing charge gateways, endpoints, addresses, machines and volumes.
  /^aws:ec2\/(vpc|launchTemplate|launchConfiguration|volumeAttachment):|^aws:vpc\/securityGroupVpcAssociation:/,
  /^aws:(elasticache|rds|docdb|neptune|memorydb|redshift|dms)\/(subnetGroup|parameterGroup|clusterParameterGroup|optionGroup|eventSubscription|replicationSubnetGroup|user|userGroup|acl|userGroupAssociation):/,
  // aws.amazon.com/s3/pricing: storage, requests, transfer.
  /^aws:s3\/bucket(Policy|PublicAccessBlock|OwnershipControls|Notification|(Acl|Versioning|LifecycleConfiguration|Logging|ServerSideEncryptionConfiguration|CorsConfiguration|WebsiteConfiguration|ObjectLockConfiguration)(V2)?):/,
  /^aws:sqs\/(queuePolicy|redrivePolicy|redriveAllowPolicy):/,
  /^aws:lambda\/(permission|alias|eventSourceMapping|functionUrl|functionEventInvokeConfig|layerVersion|layerVersionPermission|codeSigningConfig):/,
  /^aws:cloudwatch\/logMetricFilter:/,
  /^aws:eks\/(accessEntry|accessPolicyAssociation|podIdentityAssociation|identityProviderConfig|addon):/,
  /^aws:efs\/(mountTarget|accessPoint|fileSystemPolicy|backupPolicy):/,
  /^aws:cloudfront\/(originAccessControl|originAccessIdentity|cachePolicy|originRequestPolicy|responseHeadersPolicy|publicKey|keyGroup):/,
  /^aws:dynamodb\/(tableItem|resourcePolicy):/,
  // What no cloud holds.
  /^(command|pulumi|pulumi-nodejs|docker|docker-build):/,
];

/** Whether a Pulumi type is billed with another, and never by itself. */
export function isBilledWithAnother(type: string): boolean {
  return BILLED_WITH_ANOTHER.some((kind) => kind.test(type));
}
