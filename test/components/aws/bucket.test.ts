import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketReader } from "../../../components/aws/bucket.read";
import { readParts } from "../../../components/readers";
import { resourceGraph, type Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { neverThrows, old, readWith, recordForeign } from "./foreign-program";

const region = "us-east-1";

/** Images with everything, in settings of their own. */
function program(): void {
  const images = new aws.s3.Bucket("images", { bucket: "shop-images", region, tags: { team: "shop" } });
  const of = { bucket: images.id, region };
  new aws.s3.BucketVersioning("images", { ...of, versioningConfiguration: { status: "Enabled" } });
  new aws.s3.BucketPublicAccessBlock("images", {
    // By the name written out.
    bucket: "shop-images",
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
    region,
  });
  new aws.s3.BucketLifecycleConfiguration("images", {
    ...of,
    rules: [
      { id: "old", status: "Disabled", expiration: { days: 1 } },
      { id: "versions", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } },
    ],
  });
  new aws.s3.BucketReplicationConfig("images", {
    ...of,
    role: "arn:aws:iam::123456789012:role/copies",
    rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::elsewhere" } }],
  });
  new aws.s3.BucketPolicy("images", {
    ...of,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [images.arn, pulumi.interpolate`${images.arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": false } },
        },
      ],
    },
  });
  new aws.s3.BucketServerSideEncryptionConfiguration("images", {
    ...of,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  });
  new aws.s3.BucketObjectv2("index", { bucket: images.id, key: "index.html", content: "<p>", region });
  new aws.s3.Bucket("bare", { region, forceDestroy: true });
}

describe("buckets", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recordForeign(program);
  });

  test("are read with their settings, and through defaults where there are none", () => {
    const { parts, claims } = readWith(bucketReader, resources);
    const common = { kind: "bucket", region, placement: { kind: "regional" }, holds: "data", runtime: { kind: "s3" } };
    expect(parts).toEqual([
      {
        ...common,
        key: `bucket/bare/${region}`,
        workload: "bare",
        versioned: false,
        // Made before 2023-04 or after: nobody says.
        blocksPublic: expect.objectContaining({ known: false, why: "no-default-known" }) as unknown,
        replicated: false,
        hasLifecycle: false,
        inTransit: false,
        forceDestroy: true,
      },
      {
        ...common,
        key: `bucket/images/${region}`,
        workload: "images",
        versioned: true,
        blocksPublic: true,
        replicated: true,
        hasLifecycle: true,
        inTransit: true,
        forceDestroy: false,
      },
    ]);
    expect(claims.map(({ carries }) => carries).sort()).toEqual([
      ...Array.from({ length: 7 }, () => "fields"),
      "nothing",
      "nothing",
    ]);
  });

  test("each input is in the table", () => {
    expect(checkEveryInput(resources, bucketReader)).toEqual([]);
  });

  test("whatever stands in an input, the reader does not throw", () => neverThrows(bucketReader, resources));
});

describe("a bucket", () => {
  const only = async (given: () => void) => readWith(bucketReader, await recordForeign(given)).parts[0];

  test("with its settings inside is read alike, in either version of its type", async () => {
    const inside = { versioned: true, hasLifecycle: true };
    expect(
      await only(() => {
        new aws.s3.Bucket("images", {
          region,
          versioning: { enabled: true },
          lifecycleRules: [{ enabled: true, expiration: { days: 90 } }],
        });
      }),
    ).toMatchObject(inside);
    expect(
      await only(() => {
        const lifecycleRules = [{ enabled: true, expirations: [{ days: 90 }] }];
        const { id: bucket } = old("aws:s3/bucketV2:BucketV2", "images", { region, lifecycleRules });
        const versioningConfiguration = { status: "Enabled" };
        old("aws:s3/bucketVersioningV2:BucketVersioningV2", "images", { bucket, versioningConfiguration, region });
      }),
    ).toMatchObject({ ...inside, key: `bucket/images/${region}` });
    expect(
      await only(() => {
        old("aws:s3/bucketV2:BucketV2", "images", { region, versionings: [{ enabled: true }] });
      }),
    ).toMatchObject({ versioned: true, hasLifecycle: false });
  });

  test("with one fence down, versions suspended or two sets of rules says so", async () => {
    expect(
      await only(() => {
        const { id: bucket } = new aws.s3.Bucket("images", { region });
        new aws.s3.BucketVersioning("images", { bucket, versioningConfiguration: { status: "Suspended" }, region });
        new aws.s3.BucketPublicAccessBlock("images", { bucket, blockPublicAcls: true, region });
        for (const name of ["one", "two"]) new aws.s3.BucketLifecycleConfiguration(name, { bucket, region });
      }),
    ).toMatchObject({ versioned: false, blocksPublic: false, hasLifecycle: { why: "ambiguous-reference" } });
  });

  test("that others write their logs to holds logs; a balancer's is the balancer's", async () => {
    const resources = await recordForeign(() => {
      const data = new aws.s3.Bucket("data", { region });
      const logs = new aws.s3.Bucket("logs", { region });
      new aws.s3.BucketLogging("data", { bucket: data.id, targetBucket: logs.id, targetPrefix: "data/", region });
      const balanced = new aws.s3.Bucket("balanced", { region });
      new aws.lb.LoadBalancer("front", { accessLogs: { bucket: balanced.bucket, enabled: true }, region });
    });
    const { parts } = readParts("aws", resourceGraph(resources));
    expect(parts.map(({ key }) => key)).toEqual([
      `bucket/data/${region}`,
      `bucket/logs/${region}`,
      `load-balancer/front/${region}`,
    ]);
    expect(readWith(bucketReader, resources).parts.map(({ workload, holds }) => [workload, holds])).toEqual([
      ["balanced", "logs"],
      ["data", "data"],
      ["logs", "logs"],
    ]);
  });
});
