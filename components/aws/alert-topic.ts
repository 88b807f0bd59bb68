import * as pulumi from "@pulumi/pulumi";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import type { AlertTopic as AlertTopicPart } from "../../model";
import { physicalName } from "../names";
import { transformed, type Transform } from "../transform";

export interface AlertTopicArgs {
  readonly part: AlertTopicPart;
  /** Start of every physical name, literal; alarms whose names start so may publish. */
  readonly stack: string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly topic?: Transform<sns.TopicArgs>;
    readonly key?: Transform<kms.KeyArgs>;
    readonly subscription?: Transform<sns.TopicSubscriptionArgs>;
  };
}

/** Where alerts go: a topic that CloudWatch may publish to, encrypted with a key that CloudWatch may use. */
export class AlertTopic extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlertTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:AlertTopic", name, {}, opts);
    const { part } = args;
    const child = `${part.key.split("/")[1] ?? part.workload}-${part.region}`;
    const account = getCallerIdentityOutput({}, { parent: this }).accountId;
    const encryption = key(args, account, `${child}-alert-key`, this);
    const topic = new sns.Topic(
      child,
      transformed<sns.TopicArgs>(
        {
          name: topicName(args.stack),
          kmsMasterKeyId: encryption.id,
          region: part.region,
          tags: args.tags ?? {},
        },
        args.transform?.topic,
      ),
      { parent: this },
    );
    new sns.TopicPolicy(
      `${child}-alert-policy`,
      { arn: topic.arn, policy: publishedByAlarms(args, account), region: part.region },
      { parent: this },
    );
    subscribe(args, topic, child, this);
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

/** Amazon SNS API, CreateTopic. */
const NAME_LIMIT = 256;

/**
 * The key that AWS manages for SNS lets no alarm in, and its policy cannot be changed; so a key of our own. It lets CloudWatch
 * in as a whole: which alarms may publish, the topic's policy says.
 */
function key(args: AlertTopicArgs, account: pulumi.Output<string>, name: string, parent: pulumi.Resource): kms.Key {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
      },
    ],
  });
  return new kms.Key(
    name,
    transformed<kms.KeyArgs>(
      {
        description: `Alerts of ${args.stack}`,
        enableKeyRotation: true,
        policy,
        region: args.part.region,
        tags: args.tags ?? {},
      },
      args.transform?.key,
    ),
    { parent },
  );
}

function topicName(stack: string): string {
  return physicalName([stack, "alerts"], NAME_LIMIT);
}

/** The topic's ARN is spelled out: an unknown one would leave the whole document unknown until the deploy. */
function publishedByAlarms(args: AlertTopicArgs, account: pulumi.Output<string>): pulumi.Output<string> {
  const topicArn = pulumi.interpolate`arn:aws:sns:${args.part.region}:${account}:${topicName(args.stack)}`;
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: {
          ArnLike: {
            "aws:SourceArn": pulumi.interpolate`arn:aws:cloudwatch:${args.part.region}:${account}:alarm:${args.stack}-*`,
          },
        },
      },
      {
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}

function subscribe(args: AlertTopicArgs, topic: sns.Topic, name: string, parent: pulumi.Resource): void {
  for (const { protocol, endpoint } of args.part.subscriptions) {
    new sns.TopicSubscription(
      `${name}-${protocol}-${physicalName([endpoint], 60)}`,
      transformed<sns.TopicSubscriptionArgs>(
        {
          topic: topic.arn,
          protocol,
          endpoint,
          // A subscription that nobody confirmed cannot be deleted; HTTPS endpoints of pagers confirm themselves.
          ...(protocol === "https" ? { endpointAutoConfirms: true } : {}),
          region: args.part.region,
        },
        args.transform?.subscription,
      ),
      { parent },
    );
  }
}
