import * as pulumi from "@pulumi/pulumi";
import * as s3 from "@pulumi/aws/s3";
import type { LoadBalancerFacts } from "./load-balancer-args";
import { physicalName } from "../names";
import { transformed } from "../transform";

/** Amazon S3 User Guide: a bucket's name has at most 63 characters; an automatic one needs eight of them. */
const LOGICAL_NAME_LIMIT = 63 - 8;
const DEFAULT_DAYS = 30;

export interface AccessLogBucket {
  readonly bucket: s3.Bucket;
  /** Must stand before the balancer writes. */
  readonly ready: readonly pulumi.Resource[];
}

/** Private bucket that lets the balancer's logs in, and forgets them. `accountId` is the account that the balancer is in. */
export function accessLogBucket(facts: LoadBalancerFacts, accountId: pulumi.Input<string>): AccessLogBucket {
  const { part, parent, protect, tags, transform, accessLogDays = DEFAULT_DAYS } = facts;
  const { region } = part;
  const name = physicalName([facts.name, "logs"], LOGICAL_NAME_LIMIT);
  const bucket = new s3.Bucket(
    name,
    transformed<s3.BucketArgs>({ forceDestroy: !protect, region, tags }, transform.accessLogBucket),
    { parent, protect },
  );
  const of = { bucket: bucket.bucket, region };
  const block = new s3.BucketPublicAccessBlock(
    name,
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    { parent },
  );
  new s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, { parent });
  new s3.BucketServerSideEncryptionConfiguration(
    name,
    // The only encryption that a balancer's logs can be written with (Application Load Balancers User Guide, access logs).
    { ...of, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    { parent },
  );
  new s3.BucketLifecycleConfiguration(
    name,
    {
      ...of,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: accessLogDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    { parent },
  );
  const policy = new s3.BucketPolicy(
    name,
    { ...of, policy: letsLogsIn(bucket, accountId) },
    // Both write the bucket's policy settings, and S3 refuses two at once.
    { parent, dependsOn: [block] },
  );
  return { bucket, ready: [policy] };
}

/** Only logs of balancers of this account, and nothing without TLS. */
function letsLogsIn(bucket: s3.Bucket, accountId: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "BalancerLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${bucket.arn}/AWSLogs/${accountId}/*`,
      },
      {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
