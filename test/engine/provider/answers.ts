import { createHash } from "node:crypto";
import { numberAt, textAt, textsAt, type Properties } from "./values";

export const ACCOUNT = "123456789012";
/** The provider's own. */
export const REGION = "us-east-1";

/** What a new resource is called in AWS, and what AWS adds to what was asked. */
export interface Answer {
  readonly id: string;
  readonly computed: Properties;
}

interface Asked {
  readonly inputs: Properties;
  readonly region: string;
  /** Seventeen hexadecimal digits of this very resource. */
  readonly hex: string;
}

type Answers = (asked: Asked) => Answer;

/** EC2's: a prefix and seventeen digits. */
const ec2 =
  (prefix: string, kind: string, computed: (id: string) => Properties = () => ({})): Answers =>
  ({ region, hex }) => {
    const id = `${prefix}-${hex}`;
    return {
      id,
      computed: { arn: `arn:aws:ec2:${region}:${ACCOUNT}:${kind}/${id}`, ownerId: ACCOUNT, ...computed(id) },
    };
  };

/** Those whose id is their name. */
const byName =
  (key: string, arn: (name: string, region: string) => string): Answers =>
  ({ inputs, region }) => {
    const name = textAt(inputs, key) ?? "";
    return { id: name, computed: { arn: arn(name, region) } };
  };

/** Those whose id is their ARN. */
const byArn =
  (arn: (asked: Asked) => string, computed: (asked: Asked) => Properties = () => ({})): Answers =>
  (asked) => ({ id: arn(asked), computed: { arn: arn(asked), ...computed(asked) } });

/** What belongs to a bucket has the bucket's name for its id. */
const ofBucket: Answers = ({ inputs }) => ({ id: textAt(inputs, "bucket") ?? "", computed: {} });

const nodesOf = (inputs: Properties): number =>
  numberAt(inputs, "numCacheClusters") ??
  (numberAt(inputs, "numNodeGroups") ?? 1) * (1 + (numberAt(inputs, "replicasPerNodeGroup") ?? 0));

const answers: Readonly<Record<string, Answers>> = {
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", (id) => ({ defaultSecurityGroupId: `sg-${digits(id)}` })),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet"),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway", () => ({ publicIp: "192.0.2.1" })),
  "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", (id) => ({ allocationId: id, publicIp: "192.0.2.1" })),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table"),
  "aws:ec2/route:Route": ({ inputs, hex }) => ({
    id: `r-${textAt(inputs, "routeTableId") ?? ""}${hex.slice(0, 10)}`,
    computed: {},
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2("rtbassoc", "association"),
  "aws:ec2/securityGroup:SecurityGroup": ec2("sg", "security-group"),
  // Taken over, not made: it is there with its VPC.
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ({ inputs }) => ({
    id: `default-of-${textAt(inputs, "vpcId") ?? ""}`,
    computed: {},
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint"),
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule", (id) => ({
    securityGroupRuleId: id,
  })),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule", (id) => ({
    securityGroupRuleId: id,
  })),

  "aws:lb/loadBalancer:LoadBalancer": byArn(balancerArn, (asked) => {
    const name = textAt(asked.inputs, "name") ?? "";
    return {
      arnSuffix: `app/${name}/${asked.hex.slice(0, 16)}`,
      dnsName: `${asked.inputs["internal"] === true ? "internal-" : ""}${name}-${asked.hex.slice(0, 10)}.${asked.region}.elb.amazonaws.com`,
      zoneId: "Z35SXDOTRQ7X7K",
    };
  }),
  "aws:lb/targetGroup:TargetGroup": byArn(
    ({ inputs, region, hex }) =>
      `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:targetgroup/${textAt(inputs, "name") ?? ""}/${hex.slice(0, 16)}`,
    ({ inputs, hex }) => ({ arnSuffix: `targetgroup/${textAt(inputs, "name") ?? ""}/${hex.slice(0, 16)}` }),
  ),
  "aws:lb/listener:Listener": byArn(
    ({ inputs, hex }) =>
      `${(textAt(inputs, "loadBalancerArn") ?? "").replace(":loadbalancer/", ":listener/")}/${hex.slice(0, 16)}`,
  ),

  "aws:lb/listenerRule:ListenerRule": byArn(
    ({ inputs, hex }) =>
      `${(textAt(inputs, "listenerArn") ?? "").replace(":listener/", ":listener-rule/")}/${hex.slice(0, 16)}`,
  ),

  "aws:route53/zone:Zone": ({ hex }) => {
    const id = `Z${hex.slice(0, 13).toUpperCase()}`;
    return { id, computed: { arn: `arn:aws:route53:::hostedzone/${id}`, zoneId: id } };
  },
  "aws:route53/record:Record": ({ inputs }) => {
    const [zone, name, type] = ["zoneId", "name", "type"].map((key) => textAt(inputs, key) ?? "");
    return { id: `${zone}_${name}_${type}`, computed: { fqdn: name ?? "" } };
  },
  "aws:acm/certificate:Certificate": byArn(
    ({ region, hex }) => `arn:aws:acm:${region}:${ACCOUNT}:certificate/${hex}`,
    ({ inputs, hex }) => ({
      domainValidationOptions: [textAt(inputs, "domainName") ?? "", ...textsAt(inputs, "subjectAlternativeNames")].map(
        (domainName) => ({
          domainName,
          // A domain and all below it have one proof.
          resourceRecordName: `_${hex}.${domainName.replace("*.", "")}`,
          resourceRecordType: "CNAME",
          resourceRecordValue: `_${hex}.acm-validations.aws`,
        }),
      ),
    }),
  ),
  "aws:acm/certificateValidation:CertificateValidation": ({ hex }) => ({ id: hex, computed: {} }),

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

function balancerArn({ inputs, region, hex }: Asked): string {
  return `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/app/${textAt(inputs, "name") ?? ""}/${hex.slice(0, 16)}`;
}

function digits(id: string): string {
  return id.slice(id.indexOf("-") + 1);
}

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
