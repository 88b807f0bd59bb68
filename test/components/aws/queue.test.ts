import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { queueReader } from "../../../components/aws/queue.read";
import type { Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { neverThrows, readWith, recordForeign } from "./foreign-program";

const region = "us-east-1";
const later = { known: false, why: "after-deploy" };
const tls = (principal: string) => ({
  Version: "2012-10-17" as const,
  Statement: [
    {
      Effect: "Deny" as const,
      Principal: principal,
      Action: "sqs:*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
});

/** Orders, first in first out, whose letters go to a queue of their own; and bare mail. */
function program(): void {
  const letters = new aws.sqs.Queue("letters", {
    fifoQueue: true,
    messageRetentionSeconds: 1_209_600,
    redriveAllowPolicy: JSON.stringify({ redrivePermission: "allowAll" }),
    region,
  });
  const orders = new aws.sqs.Queue("orders", {
    name: "orders.fifo",
    fifoQueue: true,
    contentBasedDeduplication: true,
    messageRetentionSeconds: 86_400,
    visibilityTimeoutSeconds: 90,
    kmsMasterKeyId: "alias/orders",
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: letters.arn, maxReceiveCount: 5 }),
    tags: { team: "shop" },
    region,
  });
  new aws.sqs.QueuePolicy("orders", { queueUrl: orders.url, policy: tls("*"), region });
  new aws.sqs.Queue("mail", { region });
}

describe("queues", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recordForeign(program);
  });

  test("are read with what they say, and through defaults where they say nothing", () => {
    const { parts, claims } = readWith(queueReader, resources);
    const common = { kind: "queue", region, placement: { kind: "regional" }, runtime: { kind: "sqs" } };
    expect(parts).toEqual([
      {
        ...common,
        key: `queue/letters/${region}`,
        workload: "letters",
        ordered: true,
        keepSeconds: 1_209_600,
        visibilitySeconds: 30,
        deadLetter: null,
        isDeadLetter: true,
        atRest: true,
        inTransit: false,
      },
      {
        ...common,
        key: `queue/mail/${region}`,
        workload: "mail",
        ordered: false,
        keepSeconds: 345_600,
        visibilitySeconds: 30,
        deadLetter: null,
        isDeadLetter: false,
        atRest: true,
        inTransit: false,
      },
      {
        ...common,
        key: `queue/orders/${region}`,
        workload: "orders",
        ordered: true,
        keepSeconds: 86_400,
        visibilitySeconds: 90,
        // The document holds the other queue's name; that it leads there is known all the same.
        deadLetter: { queue: `queue/letters/${region}`, afterReceipts: expect.objectContaining(later) as unknown },
        isDeadLetter: false,
        atRest: true,
        inTransit: true,
      },
    ]);
    expect(claims).toHaveLength(4);
  });

  test("each input is in the table", () => {
    expect(checkEveryInput(resources, queueReader)).toEqual([]);
  });

  test("whatever stands in an input, the reader does not throw", () => neverThrows(queueReader, resources));
});

describe("a queue's dead letters", () => {
  const deadLetters = async (given: () => void) =>
    readWith(queueReader, await recordForeign(given)).parts.map(({ workload, deadLetter, isDeadLetter }) => [
      workload,
      deadLetter,
      isDeadLetter,
    ]);

  test("by ARN, written out", async () => {
    const arn = `arn:aws:sqs:${region}:123456789012`;
    expect(
      await deadLetters(() => {
        new aws.sqs.Queue("letters", { name: "shop-letters", region });
        new aws.sqs.Queue("orders", {
          redrivePolicy: JSON.stringify({ deadLetterTargetArn: `${arn}:shop-letters`, maxReceiveCount: "4" }),
          region,
        });
        new aws.sqs.Queue("strays", {
          redrivePolicy: JSON.stringify({ deadLetterTargetArn: `${arn}:of-another-program`, maxReceiveCount: 3 }),
          region,
        });
      }),
    ).toEqual([
      ["letters", null, true],
      ["orders", { queue: `queue/letters/${region}`, afterReceipts: 4 }, false],
      ["strays", { queue: expect.objectContaining({ why: "elsewhere" }) as unknown, afterReceipts: 3 }, false],
    ]);
  });

  test("by a policy of its own, and twice is ambiguous", async () => {
    const given = (twice: boolean) => () => {
      const letters = new aws.sqs.Queue("letters", { region });
      const own = { redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:a:b:c", maxReceiveCount: 2 }) };
      const orders = new aws.sqs.Queue("orders", { region, ...(twice ? own : {}) });
      new aws.sqs.RedrivePolicy("orders", {
        queueUrl: orders.id,
        redrivePolicy: letters.arn.apply((arn) => JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 4 })),
        region,
      });
    };
    expect((await deadLetters(given(false)))[1]).toMatchObject([
      "orders",
      { queue: `queue/letters/${region}`, afterReceipts: later },
      false,
    ]);
    expect((await deadLetters(given(true)))[1]).toMatchObject(["orders", { why: "ambiguous-reference" }, false]);
  });

  test("of functions, topics and rules make a dead-letter queue too", async () => {
    expect(
      await deadLetters(() => {
        const letters = new aws.sqs.Queue("letters", { region });
        const topic = new aws.sns.Topic("news", { region });
        new aws.sns.TopicSubscription("news", {
          topic: topic.arn,
          protocol: "https",
          endpoint: "https://shop.example.com",
          redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: letters.arn }),
          region,
        });
      }),
    ).toEqual([["letters", null, true]]);
  });
});
