import { createHash } from "node:crypto";
import { ACCOUNT, byArn, byName, REGION, type Answer, type Answers } from "./answer";
import { networkAnswers } from "./answers-network";
import { numberAt, textAt, type Properties } from "./values";

/** What belongs to a bucket has the bucket's name for its id. */
const ofBucket: Answers = ({ inputs }) => ({ id: textAt(inputs, "bucket") ?? "", computed: {} });

const nodesOf = (inputs: Properties): number =>
  numberAt(inputs, "numCacheClusters") ??
  (numberAt(inputs, "numNodeGroups") ?? 1) * (1 + (numberAt(inputs, "replicasPerNodeGroup") ?? 0));

const answers: Readonly<Record<string, Answers>> = {
  ...networkAnswers,

  "aws:ecs/cluster:Cluster": byArn(
    ({ inputs, region }) => `arn:aws:ecs:${region}:${ACCOUNT}:cluster/${textAt(inputs, "name") ?? ""}`,
  ),
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": ({ inputs }) => ({
    id: textAt(inputs, "clusterName") ?? "",
    computed: {},
  }),
  "aws:ecs/service:Service": byArn(({ inputs, region }) => {
    const cluster = (textAt(inputs, "cluster") ?? "").split("/").at(-1) ?? "";
    return `arn:aws:ecs:${region}:${ACCOUNT}:service/${cluster}/${textAt(inputs, "name") ?? ""}`;
  }),
  "aws:ecs/taskDefinition:TaskDefinition": ({ inputs, region, hex }) => {
    const family = textAt(inputs, "family") ?? "";
    const revision = Number.parseInt(hex.slice(0, 6), 16);
    const without = `arn:aws:ecs:${region}:${ACCOUNT}:task-definition/${family}`;
    return { id: family, computed: { arn: `${without}:${revision}`, arnWithoutRevision: without, revision } };
  },
  "aws:appautoscaling/target:Target": ({ inputs, region, hex }) => ({
    id: textAt(inputs, "resourceId") ?? "",
    computed: {
      arn: `arn:aws:application-autoscaling:${region}:${ACCOUNT}:scalable-target/${hex}`,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/scaling`,
    },
  }),
  "aws:appautoscaling/policy:Policy": ({ inputs, region, hex }) => ({
    id: textAt(inputs, "name") ?? "",
    computed: {
      arn: `arn:aws:autoscaling:${region}:${ACCOUNT}:scalingPolicy:${hex}`,
      // What the scaler watches with, made by AWS itself.
      alarmArns: [`arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:TargetTracking-${hex}`],
    },
  }),

  "aws:elasticache/replicationGroup:ReplicationGroup": ({ inputs, region, hex }) => {
    const id = textAt(inputs, "replicationGroupId") ?? "";
    const at = (kind: string): string => `${kind}.${id}.${hex.slice(0, 6)}.use1.cache.amazonaws.com`;
    const sharded = numberAt(inputs, "numNodeGroups") !== undefined;
    return {
      id,
      computed: {
        arn: `arn:aws:elasticache:${region}:${ACCOUNT}:replicationgroup:${id}`,
        ...(sharded
          ? { configurationEndpointAddress: at("clustercfg") }
          : { primaryEndpointAddress: at("master"), readerEndpointAddress: at("replica") }),
        memberClusters: Array.from(
          { length: nodesOf(inputs) },
          (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`,
        ),
      },
    };
  },
  "aws:elasticache/subnetGroup:SubnetGroup": byName(
    "name",
    (name, region) => `arn:aws:elasticache:${region}:${ACCOUNT}:subnetgroup:${name}`,
  ),
  "aws:elasticache/parameterGroup:ParameterGroup": byName(
    "name",
    (name, region) => `arn:aws:elasticache:${region}:${ACCOUNT}:parametergroup:${name}`,
  ),

  "aws:iam/role:Role": byName("name", (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`),
  "aws:iam/rolePolicy:RolePolicy": ({ inputs }) => ({
    id: `${textAt(inputs, "role") ?? ""}:${textAt(inputs, "name") ?? ""}`,
    computed: {},
  }),
  "aws:kms/key:Key": ({ region, hex }) => ({
    id: hex,
    computed: { arn: `arn:aws:kms:${region}:${ACCOUNT}:key/${hex}`, keyId: hex },
  }),

  "aws:cloudwatch/metricAlarm:MetricAlarm": byName(
    "name",
    (name, region) => `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${name}`,
  ),
  "aws:cloudwatch/logGroup:LogGroup": byName(
    "name",
    (name, region) => `arn:aws:logs:${region}:${ACCOUNT}:log-group:${name}`,
  ),
  "aws:cloudwatch/dashboard:Dashboard": ({ inputs }) => {
    const name = textAt(inputs, "dashboardName") ?? "";
    return { id: name, computed: { dashboardArn: `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}` } };
  },
  "aws:sns/topic:Topic": byArn(
    ({ inputs, region }) => `arn:aws:sns:${region}:${ACCOUNT}:${textAt(inputs, "name") ?? ""}`,
  ),
  "aws:sns/topicPolicy:TopicPolicy": ({ inputs }) => ({
    id: textAt(inputs, "arn") ?? "",
    computed: { owner: ACCOUNT },
  }),
  "aws:sns/topicSubscription:TopicSubscription": byArn(({ inputs, hex }) => `${textAt(inputs, "topic") ?? ""}:${hex}`),

  "aws:s3/bucket:Bucket": ({ inputs, region, hex }) => {
    const bucket = textAt(inputs, "bucket") ?? `${textAt(inputs, "bucketPrefix") ?? ""}${hex}`;
    return {
      id: bucket,
      computed: {
        bucket,
        arn: `arn:aws:s3:::${bucket}`,
        bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
      },
    };
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket,

  "aws:secretsmanager/secret:Secret": byArn(
    ({ inputs, region, hex }) =>
      `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${textAt(inputs, "name") ?? ""}-${hex.slice(0, 6)}`,
  ),
  "aws:secretsmanager/secretVersion:SecretVersion": ({ inputs, hex }) => ({
    id: `${textAt(inputs, "secretId") ?? ""}|${hex}`,
    computed: { arn: textAt(inputs, "secretId") ?? "", versionId: hex },
  }),
  "aws:ssm/parameter:Parameter": byName("name", (name, region) => `arn:aws:ssm:${region}:${ACCOUNT}:parameter${name}`),

  "random:index/randomPassword:RandomPassword": ({ inputs }) => {
    const result = password(
      numberAt(inputs, "length") ?? 16,
      textAt(inputs, "overrideSpecial") ?? "!@#$%&*()-_=+[]{}<>:?",
    );
    return { id: "none", computed: { result, bcryptHash: `$2a$10$${result.slice(0, 22)}` } };
  },
};

/** With every special character that was allowed. */
function password(length: number, special: string): string {
  return Array.from({ length }, (_, index) =>
    index % 4 === 0 ? (special[(index / 4) % special.length] ?? "x") : "Ab3"[index % 3],
  ).join("");
}

/**
 * @param asked The same resource gets the same digits in every run, so that runs can be compared: they follow from its URN
 *   and from how often it was made.
 */
export function answerTo(type: string, urn: string, times: number, inputs: Properties): Answer {
  const hex = createHash("sha256").update(`${urn} ${times}`).digest("hex").slice(0, 17);
  const region = textAt(inputs, "region") ?? REGION;
  const found = answers[type];
  if (found === undefined) throw new Error(`${type} is not known here`);
  return found({ inputs, region, hex });
}

/** Does this provider know the type? */
export function isKnown(type: string): boolean {
  return Object.hasOwn(answers, type);
}
