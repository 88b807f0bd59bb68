import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { events } from "./events.js";

const { names } = await aws.getAvailabilityZones({ state: "available" });
const account = await aws.getCallerIdentity();

const table = new aws.dynamodb.Table("readings", {
  billingMode: "PAY_PER_REQUEST",
  hashKey: "device",
  rangeKey: "at",
  attributes: [
    { name: "device", type: "S" },
    { name: "at", type: "N" },
  ],
  ttl: { attributeName: "until", enabled: true },
});

const counters = new aws.dynamodb.Table("counters", {
  readCapacity: 10,
  writeCapacity: 5,
  hashKey: "name",
  attributes: [{ name: "name", type: "S" }],
  pointInTimeRecovery: { enabled: true },
});

const archive = new aws.s3.Bucket("archive");
new aws.s3.BucketVersioning("archive", { bucket: archive.id, versioningConfiguration: { status: "Enabled" } });
new aws.s3.BucketPublicAccessBlock("archive", {
  bucket: archive.id,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});

for (const { name, ordered } of events) {
  const failed = new aws.sqs.Queue(`${name}-failed`, { fifoQueue: ordered, messageRetentionSeconds: 1_209_600 });
  const queue = new aws.sqs.Queue(name, {
    fifoQueue: ordered,
    visibilityTimeoutSeconds: 90,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: 4 }),
  });
  const role = new aws.iam.Role(name, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment(name, {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
  });
  new aws.cloudwatch.LogGroup(name, { name: `/aws/lambda/${name}`, retentionInDays: 14 });
  const worker = new aws.lambda.Function(name, {
    name,
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: role.arn,
    memorySize: 512,
    timeout: 15,
    architectures: ["arm64"],
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => {};"),
    }),
    environment: { variables: { TABLE: table.name, COUNTERS: counters.name, ARCHIVE: archive.bucket } },
  });
  new aws.lambda.EventSourceMapping(name, { eventSourceArn: queue.arn, functionName: worker.arn, batchSize: 10 });
}

const door = new aws.apigatewayv2.Api("door", { protocolType: "HTTP" });
new aws.apigatewayv2.Stage("door", { apiId: door.id, name: "$default", autoDeploy: true });

export const url = door.apiEndpoint;
export const zones = names.length;
export const owner = account.accountId;
