import type { InputTable } from "../../model";

const TAGS = "tags are read by nobody";
const WHERE = "where the balancer is, which it says itself";
const NAME = "a name";
const REACH = "who may reach whom; no Part holds it";
const WORDS = "words";
const PROOF = "how the certificate is proved";
const KEPT = "how logs are kept; what a bucket must be is judged by its own rule";

const rule = {
  securityGroupId: REACH,
  referencedSecurityGroupId: REACH,
  cidrIpv4: REACH,
  cidrIpv6: REACH,
  ipProtocol: REACH,
  region: WHERE,
  tags: TAGS,
};

/** Which field of a LoadBalancer each input sets. */
export const loadBalancerInputs: InputTable = {
  "aws:lb/loadBalancer:LoadBalancer": {
    fields: {
      loadBalancerType: "runtime",
      enableCrossZoneLoadBalancing: "runtime",
      "subnetMappings[].subnetId": "placement",
      internal: "exposure",
      "subnets[]": "placement",
      enableDeletionProtection: "protection.deletion",
      dropInvalidHeaderFields: "protection.dropsInvalidHeaders",
      enableZonalShift: "zonalShift",
      idleTimeout: "idleTimeoutSeconds",
      "accessLogs.bucket": "protection.logs",
      "accessLogs.enabled": "protection.logs",
      region: "region",
    },
    ignored: {
      name: NAME,
      namePrefix: NAME,
      subnetMappings: "which addresses it has; that it has one in each zone is read",
      securityGroups: REACH,
      "accessLogs.prefix": NAME,
      tags: TAGS,
      ...Object.fromEntries(
        ["clientKeepAlive", "desyncMitigationMode", "enableHttp2", "enableWafFailOpen", "ipAddressType"].map(
          (input) => [input, "how it speaks to callers; no Part holds it"],
        ),
      ),
    },
  },
  "aws:lb/listener:Listener": {
    fields: {
      loadBalancerArn: "listeners",
      port: "listeners",
      protocol: "listeners",
      sslPolicy: "listeners",
      certificateArn: "domain",
      "defaultActions[].type": "targets",
      "defaultActions[].targetGroupArn": "targets",
      "defaultActions[].forward.targetGroups[].arn": "targets",
      "defaultActions[].forward.targetGroups[].weight": "targets",
      tcpIdleTimeoutSeconds: "idleTimeoutSeconds",
      "defaultActions[].redirect.protocol": "listeners",
      "defaultActions[].redirect.port": "listeners",
    },
    ignored: {
      "defaultActions[].forward.stickiness": "whether a caller stays with a group",
      "defaultActions[].order": "one action after the other",
      "defaultActions[].redirect.statusCode": "how long callers remember the redirect",
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:lb/listenerRule:ListenerRule": { fields: {}, ignored: {} },
  "aws:lb/targetGroup:TargetGroup": {
    fields: {
      "healthCheck.protocol": "targets",
      "healthCheck.path": "targets",
      "healthCheck.interval": "targets",
      "healthCheck.timeout": "targets",
      "healthCheck.healthyThreshold": "targets",
      "healthCheck.unhealthyThreshold": "targets",
      deregistrationDelay: "targets",
      loadBalancingAlgorithmType: "routing",
    },
    ignored: {
      namePrefix: NAME,
      vpcId: REACH,
      targetType: "how replicas are addressed",
      port: "ECS registers its own, which is read; only without a service is it the group's",
      protocol: "how the balancer speaks to a replica; no Part holds it",
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    fields: {},
    ignored: { description: WORDS, vpcId: REACH, region: WHERE, tags: TAGS },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    fields: { fromPort: "listeners", toPort: "listeners" },
    ignored: rule,
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    fields: { fromPort: "targets", toPort: "targets" },
    ignored: rule,
  },
  "aws:route53/record:Record": {
    fields: { name: "domain", type: "domain", "aliases[].name": "domain", "aliases[].zoneId": "domain" },
    ignored: {
      zoneId: "which hosted zone holds it",
      "aliases[].evaluateTargetHealth": "whether the name goes away with the last healthy target; no Part holds it",
      records: PROOF,
      ttl: PROOF,
      allowOverwrite: PROOF,
    },
  },
  "aws:acm/certificate:Certificate": {
    fields: { domainName: "domain" },
    ignored: { validationMethod: PROOF, region: WHERE, tags: TAGS },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    fields: { certificateArn: "domain" },
    ignored: { validationRecordFqdns: PROOF, region: WHERE },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    fields: { bucket: "protection.logs" },
    ignored: { policy: "holds what is known after the deployment", region: WHERE },
  },
  "aws:s3/bucket:Bucket": { fields: {}, ignored: { forceDestroy: KEPT, region: WHERE, tags: TAGS } },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    fields: {},
    ignored: {
      bucket: KEPT,
      blockPublicAcls: KEPT,
      blockPublicPolicy: KEPT,
      ignorePublicAcls: KEPT,
      restrictPublicBuckets: KEPT,
      region: WHERE,
    },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    fields: {},
    ignored: { bucket: KEPT, rule: KEPT, region: WHERE },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    fields: {},
    ignored: { bucket: KEPT, rules: KEPT, region: WHERE },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    fields: {},
    ignored: { bucket: KEPT, rules: KEPT, region: WHERE },
  },
};
