import { type ForceNew, known } from "./force-new-source";

/** Queues, buckets, functions, distributions and what belongs to them, by Pulumi type token. */
export const edgeForceNew = {
  "aws:sqs/queue:Queue": {
    inputs: ["region", "name", "namePrefix", "fifoQueue"],
    source: known("sqs/queue.go"),
  },
  "aws:sqs/queuePolicy:QueuePolicy": { inputs: ["region", "queueUrl"], source: known("sqs/queue_policy.go") },
  "aws:sqs/redrivePolicy:RedrivePolicy": {
    inputs: ["region", "queueUrl"],
    source: known("sqs/queue_redrive_policy.go"),
  },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    inputs: ["region", "queueUrl"],
    source: known("sqs/queue_redrive_allow_policy.go"),
  },
  "aws:cloudfront/distribution:Distribution": {
    inputs: ["staging"],
    source: known("cloudfront/distribution.go"),
  },
  "aws:lambda/function:Function": {
    inputs: ["region", "name", "packageType", "tenancyConfig"],
    source: known("lambda/function.go"),
  },
  "aws:lambda/alias:Alias": { inputs: ["region", "name", "functionName"], source: known("lambda/alias.go") },
  "aws:lambda/permission:Permission": {
    inputs: ["region", "action", "function", "principal", "qualifier", "sourceAccount", "sourceArn", "statementId"],
    source: known("lambda/permission.go"),
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    inputs: ["region", "eventSourceArn", "startingPosition", "startingPositionTimestamp", "queues"],
    source: known("lambda/event_source_mapping.go"),
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    inputs: ["region", "functionName", "qualifier"],
    source: known("lambda/provisioned_concurrency_config.go"),
  },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    inputs: ["region", "bucket"],
    source: known("s3/bucket_replication_configuration.go"),
  },
} as const satisfies Record<string, ForceNew>;
