import * as aws from "@pulumi/aws";
import { functionReader } from "../../../components/aws/function.read";
import type { Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { neverThrows, readWith, recordForeign } from "./foreign-program";

const region = "us-east-1";

/** One that works off a queue, warm behind an alias; one with next to nothing. */
function program(): void {
  const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", region });
  const subnetIds = ["a", "b"].map(
    (letter) =>
      new aws.ec2.Subnet(letter, { vpcId: vpc.id, availabilityZone: `${region}${letter}`, cidrBlock: "10.0.0.0/20" })
        .id,
  );
  const orders = new aws.sqs.Queue("orders", { region });
  const lost = new aws.sqs.Queue("lost", { region });
  const worker = new aws.lambda.Function("worker", {
    name: "shop-worker",
    role: "arn:aws:iam::123456789012:role/worker",
    runtime: "nodejs22.x",
    handler: "index.handler",
    memorySize: 1024,
    timeout: 20,
    architectures: ["arm64"],
    ephemeralStorage: { size: 2048 },
    reservedConcurrentExecutions: 50,
    publish: true,
    vpcConfig: { subnetIds, securityGroupIds: ["sg-1"] },
    environment: { variables: { LEVEL: "info" } },
    region,
  });
  const live = new aws.lambda.Alias("live", { name: "live", functionName: worker.name, functionVersion: "1", region });
  new aws.lambda.ProvisionedConcurrencyConfig("live", {
    functionName: worker.name,
    qualifier: live.name,
    provisionedConcurrentExecutions: 5,
    region,
  });
  new aws.lambda.EventSourceMapping("orders", {
    eventSourceArn: orders.arn,
    functionName: live.arn,
    batchSize: 10,
    region,
  });
  new aws.lambda.FunctionEventInvokeConfig("worker", {
    functionName: worker.name,
    destinationConfig: { onFailure: { destination: lost.arn } },
    region,
  });
  new aws.lambda.Permission("rule", {
    action: "lambda:InvokeFunction",
    function: worker.name,
    principal: "events.amazonaws.com",
    region,
  });
  new aws.cloudwatch.LogGroup("worker", { name: "/aws/lambda/shop-worker", retentionInDays: 14, region });
  new aws.lambda.Function("small", {
    role: "arn:aws:iam::123456789012:role/small",
    packageType: "Image",
    imageUri: "shop:1",
    deadLetterConfig: { targetArn: "arn:aws:sns:us-east-1:123456789012:lost" },
    reservedConcurrentExecutions: -1,
    region,
  });
}

describe("functions", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recordForeign(program);
  });

  test("are read with what belongs to them and to their alias, and through defaults", () => {
    const { parts, claims } = readWith(functionReader, resources);
    const common = { kind: "function", region, keepsFailures: true, runtime: { kind: "lambda" } };
    expect(parts).toEqual([
      {
        ...common,
        key: `function/small/${region}`,
        workload: "small",
        placement: { kind: "regional" },
        memoryMiB: 128,
        diskMiB: 512,
        timeoutSeconds: 3,
        architecture: "x86_64",
        provisionedConcurrency: 0,
        reservedConcurrency: null,
        queues: [],
      },
      {
        ...common,
        key: `function/worker/${region}`,
        workload: "worker",
        placement: { kind: "zonal", zones: [`${region}a`, `${region}b`], spread: "best-effort" },
        memoryMiB: 1024,
        diskMiB: 2048,
        timeoutSeconds: 20,
        architecture: "arm64",
        provisionedConcurrency: 5,
        reservedConcurrency: 50,
        queues: [`queue/orders/${region}`],
      },
    ]);
    const claimed = claims.map(({ urn }) => urn.split("::")[2]?.split(":")[1]);
    expect([...claimed].sort()).toEqual([
      "cloudwatch/logGroup",
      "lambda/alias",
      "lambda/eventSourceMapping",
      "lambda/function",
      "lambda/function",
      "lambda/functionEventInvokeConfig",
      "lambda/permission",
      "lambda/provisionedConcurrencyConfig",
    ]);
  });

  test("each input is in the table", () => {
    expect(checkEveryInput(resources, functionReader)).toEqual([]);
  });

  test("whatever stands in an input, the reader does not throw", () => neverThrows(functionReader, resources));
});

test("a function whose failures go nowhere, in subnets that are elsewhere", async () => {
  const resources = await recordForeign(() => {
    new aws.lambda.Function("app", {
      role: "arn:r",
      vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: [] },
      region,
    });
  });
  expect(readWith(functionReader, resources).parts).toMatchObject([
    { keepsFailures: false, placement: { known: false, why: "elsewhere" } },
  ]);
});
