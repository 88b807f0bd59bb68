import type { PriceSourceKey } from "./price-sources";

/** What is billed, and in what unit. Hours are wall-clock hours, months are 730 hours, GB are what AWS bills as GB. */
export const priceUnits = {
  "fargate-x86-vcpu-hour": "vCPU-hour",
  "fargate-x86-gb-hour": "GB-hour",
  "fargate-arm-vcpu-hour": "vCPU-hour",
  "fargate-arm-gb-hour": "GB-hour",
  "fargate-spot-x86-vcpu-hour": "vCPU-hour on Spot, whose price moves",
  "fargate-spot-x86-gb-hour": "GB-hour on Spot, whose price moves",
  "fargate-storage-gb-hour": "GB-hour above 20 GB",
  "ecr-storage-gb-month": "GB-month",
  "ebs-gp3-gb-month": "GB-month",
  "ebs-gp3-iops-month": "IOPS-month above 3,000",
  "ebs-gp3-mbps-month": "MB/s-month above 125",
  "ebs-snapshot-gb-month": "GB-month",
  "ebs-gp2-gb-month": "GB-month",
  "ebs-io2-gb-month": "GB-month",
  "ebs-io2-iops-month": "IOPS-month",
  "ebs-st1-gb-month": "GB-month",
  "ebs-sc1-gb-month": "GB-month",
  "eks-cluster-hour": "hour",
  "eks-cluster-extended-hour": "hour",
  "alb-hour": "hour",
  "alb-lcu-hour": "LCU-hour",
  "alb-trust-store-hour": "hour",
  "nlb-hour": "hour",
  "nlb-nlcu-hour": "NLCU-hour",
  "nat-hour": "hour",
  "nat-gb": "GB",
  "nat-regional-hour": "hour",
  "public-ipv4-hour": "address-hour",
  "interface-endpoint-hour": "zone-hour",
  "interface-endpoint-gb": "GB",
  "gateway-load-balancer-endpoint-hour": "zone-hour",
  "gateway-load-balancer-endpoint-gb": "GB",
  "transit-gateway-attachment-hour": "hour",
  "transit-gateway-gb": "GB",
  "cross-zone-gb": "GB, each direction",
  "cross-region-gb": "GB",
  "internet-out-gb": "GB",
  "elasticache-backup-gb-month": "GB-month",
  "elasticache-serverless-valkey-gb-hour": "GB-hour",
  "elasticache-serverless-valkey-ecpu-million": "million ECPU",
  "global-datastore-gb": "GB",
  "dynamodb-read-unit-hour": "unit-hour",
  "dynamodb-write-unit-hour": "unit-hour",
  "opensearch-gp2-gb-month": "GB-month",
  "msk-storage-gb-month": "GB-month",
  "efs-provisioned-mbps-month": "MB/s-month",
  "aurora-acu-hour": "ACU-hour",
  "aurora-iopt1-acu-hour": "ACU-hour",
  "rds-gp2-gb-month": "GB-month",
  "rds-gp3-gb-month": "GB-month",
  "rds-io1-gb-month": "GB-month",
  "logs-ingest-gb": "GB",
  "logs-storage-gb-month": "GB-month",
  "logs-insights-gb": "GB scanned",
  "alarm-metric-month": "alarm metric-month",
  "alarm-metric-high-resolution-month": "alarm metric-month",
  "composite-alarm-month": "alarm-month",
  "dashboard-month": "dashboard-month",
  "custom-metric-month": "metric-month",
  "metric-api-1000": "1,000 requests",
  "secret-month": "secret-month",
  "secret-api-10000": "10,000 requests",
  "ssm-advanced-parameter-month": "parameter-month",
  "ssm-api-10000": "10,000 requests",
  "kms-key-month": "key-month",
  "kms-requests-10000": "10,000 requests",
  "hosted-zone-month": "zone-month",
  "dns-queries-million": "million queries",
  "dns-latency-queries-million": "million queries",
  "dns-health-check-aws-month": "check-month",
  "dns-health-check-other-month": "check-month",
  "dns-health-check-option-aws-month": "option-month",
  "dns-health-check-option-other-month": "option-month",
  "cloud-map-resource-month": "resource-month",
  "cloud-map-discovery-million": "million calls",
  "s3-standard-gb-month": "GB-month",
  "s3-put-1000": "1,000 requests",
  "s3-get-1000": "1,000 requests",
  "lambda-requests-million": "million requests",
  "lambda-x86-gb-second": "GB-second",
  "lambda-arm-gb-second": "GB-second",
  "lambda-arm-provisioned-gb-second": "GB-second",
  "lambda-disk-gb-second": "GB-second above 512 MB",
  "cdn-out-gb": "GB",
  "cdn-https-10000": "10,000 requests",
  "sqs-standard-million": "million requests",
  "sqs-fifo-million": "million requests",
  "global-accelerator-hour": "hour",
  "waf-acl-month": "ACL-month",
  "waf-rule-month": "rule-month",
  "waf-requests-million": "million requests",
  "sns-publish-million": "million publishes above 1 million",
  "sns-https-100000": "100,000 notifications above 100,000",
  "sns-email-100000": "100,000 e-mails above 1,000",
} as const;

export type CacheEngine = "redis" | "valkey";

/** An hour of one machine of a type, for example `cache-node-hour:valkey:cache.r7g.large`, `machine-hour:m7g.large`, `database-hour:postgres:db.t4g.medium`. */
export type InstanceItem =
  | `cache-node-hour:${CacheEngine}:${string}`
  | `machine-hour:${string}`
  | `database-hour:${string}:${string}`
  | `search-node-hour:${string}`
  | `broker-hour:${string}`;

/** An item with one price a region, or an instance's hour. */
export type PriceItem = keyof typeof priceUnits | InstanceItem;

/** A: provider's page, or data generated from its price list. B: a kept tool's data or fixture. C: blog or plain table. D: derived. own: an override. */
export type PriceGrade = "A" | "B" | "C" | "D" | "own";

/** One unit price. */
export interface PriceRow {
  readonly item: PriceItem;
  /** Region, or "global" for what has one price everywhere. */
  readonly region: string;
  readonly unit: string;
  readonly usd: number;
  /** Key into priceSources. */
  readonly source: PriceSourceKey;
  readonly grade: PriceGrade;
  /** YYYY-MM-DD or YYYY-MM; "undated" for an own price without a date. */
  readonly date: string;
  /** Last quantity a month at this price, in units; absent: no end. */
  readonly upTo?: number;
  /** What the user wrote beside an own price. */
  readonly note?: string;
}

/** region, USD, source, grade, and for tiers the last quantity at this price. */
export type PriceCell = readonly [
  region: string,
  usd: number,
  source: PriceSourceKey,
  grade: PriceGrade,
  upTo?: number,
];

/** One price of an instance's hour. */
export type InstanceCell = readonly [
  item: InstanceItem,
  region: string,
  usd: number,
  source: PriceSourceKey,
  grade: PriceGrade,
];

/** Prices of one family, by item. What was not found has no cell. */
export type PriceTable = Readonly<Partial<Record<keyof typeof priceUnits, readonly PriceCell[]>>>;
