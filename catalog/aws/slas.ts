import type { Source } from "../../model";

/** A published monthly commitment: a promise of credits, not a measurement. */
export interface Sla {
  readonly service: string;
  readonly scope: string;
  /** Percent of a month. */
  readonly percent: number;
  /** primary: the provider's own text. third-party: quoted by others. */
  readonly grade: "primary" | "third-party";
  readonly source: Source;
}

const compute: Source = {
  title: "Amazon Compute SLA, historical text of 2022-05-05, since superseded",
  url: "https://aws.amazon.com/compute/sla/historical",
  date: "2022-05-05",
};
const elb: Source = {
  title: "Elastic Load Balancing SLA",
  url: "https://aws.amazon.com/elasticloadbalancing/sla",
  date: "2022-07-25",
};
const elasticache: Source = {
  title: "AWS Database Blog 2023; amazonaws.cn ElastiCache SLA lists five tiers",
  date: "2024-11-22",
};
const accelerator: Source = {
  title: "AWS Global Accelerator SLA",
  url: "https://aws.amazon.com/global-accelerator/sla",
  date: "2022-05-19",
};
const rds: Source = {
  title: "Amazon RDS SLA",
  url: "https://aws.amazon.com/rds/sla",
  date: "2024-01-22",
};
const aurora: Source = {
  title: "Amazon Aurora SLA",
  url: "https://aws.amazon.com/rds/aurora/sla",
  date: "2022-05-19",
};
const dynamo: Source = {
  title: "the DynamoDB SLA as dynobase.dev tells it",
  url: "https://dynobase.dev/dynamodb-sla",
  date: "2022-03-10",
};
const listed: Source = {
  title: "AWS SLAs listed by cloudonaut.io",
  url: "https://cloudonaut.io/aws-sla-are-you-able-to-keep-your-availability-promise",
  date: "2019-01-31",
};
const efs: Source = {
  title: "Amazon EFS SLA",
  url: "https://aws.amazon.com/efs/sla",
  date: "2022-05-04",
};
const quoted: Source = {
  title: "AWS SLAs collected in mikaelvesavuori/cloud-sla",
  url: "https://github.com/mikaelvesavuori/cloud-sla",
  date: "2026-11-20",
};

/** Published SLAs that were found. Not found: MSK and OpenSearch in one zone, a current text for Fargate, ElastiCache's cross-AZ tier, Global Datastore, Service Connect, Cloud Map. */
export const slas = {
  "compute-region": {
    service: "EC2, ECS, Fargate",
    scope: "all tasks at once, over two or more zones",
    percent: 99.99,
    grade: "primary",
    source: compute,
  },
  "ec2-instance": { service: "EC2", scope: "one instance", percent: 99.5, grade: "primary", source: compute },
  "fargate-single-zone": {
    service: "ECS, Fargate",
    scope: "one task or one zone",
    percent: 99.5,
    grade: "third-party",
    source: { title: "nextsignal.io; the AWS text of 2022 gave none", date: "2026-11-20" },
  },
  "elb-multi-zone": {
    service: "Elastic Load Balancing",
    scope: "several zones",
    percent: 99.99,
    grade: "primary",
    source: elb,
  },
  "elb-single-zone": {
    service: "Elastic Load Balancing",
    scope: "one zone",
    percent: 99.9,
    grade: "primary",
    source: elb,
  },
  "elasticache-multi-zone": {
    service: "ElastiCache",
    scope: "Multi-AZ or Serverless",
    percent: 99.99,
    grade: "primary",
    source: elasticache,
  },
  "elasticache-previous-generation": {
    service: "ElastiCache",
    scope: "Multi-AZ, previous generation",
    percent: 99.9,
    grade: "primary",
    source: elasticache,
  },
  "elasticache-single-zone": {
    service: "ElastiCache",
    scope: "one zone",
    percent: 99.5,
    grade: "primary",
    source: elasticache,
  },
  "route53-zones": {
    service: "Route 53",
    scope: "hosted zones",
    percent: 100,
    grade: "third-party",
    source: { title: "iret.media 1463 quoting AWS; cloudonaut 2019", date: "2026-11-20" },
  },
  "route53-arc": {
    service: "Route 53 ARC",
    scope: "cluster",
    percent: 100,
    grade: "primary",
    source: {
      title: "Route 53 ARC SLA",
      url: "https://aws.amazon.com/route53/application-recovery-controller/sla",
      date: "2024-08-15",
    },
  },
  "global-accelerator": {
    service: "Global Accelerator",
    scope: "endpoints in several zones",
    percent: 99.99,
    grade: "primary",
    source: accelerator,
  },
  "global-accelerator-single-zone": {
    service: "Global Accelerator",
    scope: "endpoints in one zone",
    percent: 99.5,
    grade: "primary",
    source: accelerator,
  },
  "rds-multi-zone": {
    service: "RDS",
    scope: "Multi-AZ instance or cluster",
    percent: 99.95,
    grade: "primary",
    source: rds,
  },
  "rds-single-zone": { service: "RDS", scope: "one instance", percent: 99.5, grade: "primary", source: rds },
  "aurora-multi-zone": {
    service: "Aurora",
    scope: "two or more zones",
    percent: 99.99,
    grade: "primary",
    source: aurora,
  },
  "aurora-single-zone": { service: "Aurora", scope: "one zone", percent: 99.9, grade: "primary", source: aurora },
  dynamodb: { service: "DynamoDB", scope: "one region", percent: 99.99, grade: "third-party", source: dynamo },
  "dynamodb-global": {
    service: "DynamoDB",
    scope: "global table whose callers turn to another region",
    percent: 99.999,
    grade: "third-party",
    source: dynamo,
  },
  lambda: { service: "Lambda", scope: "requests of a region", percent: 99.95, grade: "third-party", source: listed },
  s3: { service: "S3", scope: "requests, Standard", percent: 99.9, grade: "third-party", source: listed },
  sqs: { service: "SQS", scope: "requests of a region", percent: 99.9, grade: "third-party", source: quoted },
  "msk-multi-zone": {
    service: "MSK",
    scope: "a cluster over two or more zones",
    percent: 99.9,
    grade: "third-party",
    source: quoted,
  },
  "opensearch-multi-zone": {
    service: "OpenSearch",
    scope: "a domain over two or more zones",
    percent: 99.9,
    grade: "third-party",
    source: quoted,
  },
  efs: { service: "EFS", scope: "Standard storage", percent: 99.99, grade: "primary", source: efs },
  "efs-one-zone": { service: "EFS", scope: "One Zone storage", percent: 99.9, grade: "primary", source: efs },
  cloudfront: { service: "CloudFront", scope: "all", percent: 99.9, grade: "third-party", source: quoted },
  cloudwatch: { service: "CloudWatch", scope: "all", percent: 99.9, grade: "third-party", source: quoted },
} as const satisfies Record<string, Sla>;
