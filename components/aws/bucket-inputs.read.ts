import type { InputTable } from "../../model";
import { policyInputs } from "./policy-document.read";

export const BUCKET = "aws:s3/bucket:Bucket";
export const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
export const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
export const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
export const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
export const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

const WHERE = "where the bucket is, which it says itself";
const NAME = "a name";
const TAGS = "tags are read by nobody";
const WHO = "who may read and write; public access is judged by the block";
const AT_REST = "with which key; every object is encrypted (Amazon S3 User Guide, since 2023-01)";
const BROWSERS = "what browsers may ask for";
const OBJECT = "an object of the bucket";
const OWNER = "whose bucket it is meant to be";

const settings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:s3/bucketAcl:BucketAcl": { acl: WHO, accessControlPolicy: WHO },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": { rule: WHO },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": { rules: AT_REST },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": { corsRules: BROWSERS },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
    indexDocument: BROWSERS,
    errorDocument: BROWSERS,
    redirectAllRequestsTo: BROWSERS,
    routingRules: BROWSERS,
    routingRuleDetails: BROWSERS,
  },
  "aws:s3/bucketLogging:BucketLogging": {
    targetBucket: "where its own access logs go; no Part holds it",
    targetPrefix: NAME,
    targetGrants: WHO,
    targetObjectKeyFormat: NAME,
  },
  "aws:s3/bucketNotification:BucketNotification": {
    eventbridge: "who is told of new objects",
    lambdaFunctions: "as above",
    queues: "as above",
    topics: "as above",
  },
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": { status: "which way requests take" },
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": { payer: "who pays for requests" },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    objectLockEnabled: "how long nobody may delete; no Part holds it",
    rule: "as above",
    token: "as above",
  },
  "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": {
    name: NAME,
    filter: "which objects",
    status: "which storage class an object is in, which its use decides",
    tierings: "as above",
  },
  "aws:s3/bucketMetric:BucketMetric": { name: NAME, filter: "which requests are counted" },
  "aws:s3/bucketObject:BucketObject": objectInputs(),
  "aws:s3/bucketObjectv2:BucketObjectv2": objectInputs(),
};

function objectInputs(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["key", "source", "content", "contentBase64", "contentType", "acl", "etag", "sourceHash", "cacheControl"].map(
      (input) => [input, OBJECT],
    ),
  );
}

/** What belongs to a bucket and sets no field of it. */
export const OF_BUCKET: readonly string[] = Object.keys(settings);

const policy = policyInputs("policy", "inTransit");

/** Which field of a Bucket each input sets. */
export const bucketInputs: InputTable = {
  [BUCKET]: {
    fields: {
      region: "region",
      forceDestroy: "forceDestroy",
      objectLockEnabled: "versioned",
      "versioning.enabled": "versioned",
      "versionings[].enabled": "versioned",
      "lifecycleRules[].enabled": "hasLifecycle",
      "replicationConfiguration.rules[].status": "replicated",
      ...policy.fields,
    },
    ignored: {
      ...policy.ignored,
      bucket: NAME,
      bucketPrefix: NAME,
      acl: WHO,
      grants: WHO,
      corsRules: BROWSERS,
      website: BROWSERS,
      logging: "where its own access logs go; no Part holds it",
      lifecycleRules: "what becomes of which object; that something does is read",
      replicationConfiguration: "where copies go; that they do is read",
      "versioning.mfaDelete": WHO,
      serverSideEncryptionConfiguration: AT_REST,
      serverSideEncryptionConfigurations: AT_REST,
      objectLockConfiguration: "how long nobody may delete; no Part holds it",
      accelerationStatus: "which way requests take",
      requestPayer: "who pays for requests",
      tags: TAGS,
    },
  },
  [VERSIONING]: {
    fields: { bucket: "versioned", "versioningConfiguration.status": "versioned" },
    ignored: { expectedBucketOwner: OWNER, "versioningConfiguration.mfaDelete": WHO, mfa: WHO, region: WHERE },
  },
  [BLOCK]: {
    fields: {
      bucket: "blocksPublic",
      blockPublicAcls: "blocksPublic",
      blockPublicPolicy: "blocksPublic",
      ignorePublicAcls: "blocksPublic",
      restrictPublicBuckets: "blocksPublic",
    },
    ignored: { skipDestroy: "what happens when it goes", region: WHERE },
  },
  [REPLICATION]: {
    fields: { bucket: "replicated", "rules[].status": "replicated" },
    ignored: { rules: "where copies go; that they do is read", role: WHO, token: WHO, region: WHERE },
  },
  [LIFECYCLE]: {
    fields: { bucket: "hasLifecycle", "rules[].status": "hasLifecycle" },
    ignored: {
      rules: "what becomes of which object; that something does is read",
      transitionDefaultMinimumObjectSize: "which objects are too small",
      expectedBucketOwner: OWNER,
      region: WHERE,
    },
  },
  [POLICY]: { fields: { bucket: "inTransit", ...policy.fields }, ignored: { ...policy.ignored, region: WHERE } },
  ...Object.fromEntries(
    Object.entries(settings).map(([type, own]) => [
      type,
      { fields: {}, ignored: { bucket: WHERE, expectedBucketOwner: OWNER, region: WHERE, tags: TAGS, ...own } },
    ]),
  ),
};
