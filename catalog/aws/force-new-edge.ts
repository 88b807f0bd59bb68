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
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    inputs: ["region", "bucket"],
    source: known("s3/bucket_replication_configuration.go"),
  },
} as const satisfies Record<string, ForceNew>;
