import type { Source } from "../../model";

/** Something that AWS or its Pulumi provider refuses beyond, as data. */
export interface Limit {
  /** The Pulumi input, or what is counted. */
  readonly applies: string;
  readonly min?: number;
  readonly max?: number;
  /** Allowed values, where they are few. */
  readonly values?: readonly (number | string)[];
  /** Allowed form, as the source of a regular expression that matches the whole value. */
  readonly pattern?: string;
  readonly unit: string;
  /** AWS raises it on request. */
  readonly raisable: boolean;
  /** What the provider says, in short. */
  readonly quote: string;
  readonly source: Source;
  /** false: the number is commonly known but was not found in a text that was read. */
  readonly verified?: false;
}

const model = "2026-11-20";
const botocore = (service: string): Source => ({
  title: `AWS API model of ${service} (botocore 1.43.107)`,
  date: model,
});

/** Where limits were read. */
export const limitSources = {
  pulumi: {
    title: "@pulumi/aws 7.48.0, declarations and automatic naming",
    url: "https://github.com/pulumi/pulumi-aws",
    date: model,
  },
  elbv2: botocore("elbv2"),
  ecs: botocore("ecs"),
  autoscaling: botocore("application-autoscaling"),
  elasticache: botocore("elasticache"),
  cloudwatch: botocore("cloudwatch"),
  wafv2: botocore("wafv2"),
  zonalShift: botocore("arc-zonal-shift"),
  albQuotas: {
    title: "Quotas for your Application Load Balancers",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
    date: model,
  },
  targetGroupHealth: {
    title: "Target group health",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html",
    date: model,
  },
  healthCheckReports: {
    title: "hashicorp/terraform-provider-aws issues 48070 and 2366",
    url: "https://github.com/hashicorp/terraform-provider-aws/issues/48070",
    date: model,
  },
  ecsQuotas: {
    title: "Amazon ECS endpoints and quotas",
    url: "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html",
    date: "2026-10-01",
  },
  fargate: {
    title: "Fargate task sizes and considerations",
    url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
    date: "2026-10-01",
  },
  firelensBuffer: {
    title: "Configuring Amazon ECS logs for high throughput",
    url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-docker-buffer-limit.html",
    date: "2026-11-21",
  },
  firelensRefusals: {
    title:
      "ECS's own words, as cloudposse/terraform-aws-ecs-container-definition 97, turnerlabs/fargate 60 and aws/amazon-cloudwatch-logs-for-fluent-bit 20 quote them",
    url: "https://github.com/cloudposse/terraform-aws-ecs-container-definition/pull/97",
    date: "2026-11-21",
  },
  circuitBreaker: {
    title: "DeploymentCircuitBreaker",
    url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentCircuitBreaker.html",
    date: model,
  },
  ecsGuide: {
    title: "Amazon ECS guide, Service Connect and quotas (frozen copy)",
    url: "https://github.com/awsdocs/amazon-ecs-developer-guide",
    date: "2023-06",
  },
  rebalancing: {
    title: "Availability zone rebalancing of ECS services",
    url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
    date: model,
  },
  awsvpc: { title: "oneuptime.com on awsvpcConfiguration, third party", date: "2026-02-12" },
  provider: {
    title: "terraform-provider-aws, checks in its schemas",
    url: "https://github.com/hashicorp/terraform-provider-aws",
    date: "2026-11-21",
  },
  vpcQuotas: {
    title: "Amazon VPC endpoints and quotas",
    url: "https://docs.aws.amazon.com/general/latest/gr/vpc-service.html",
    date: model,
  },
  spotQuotas: {
    title: "Spot instance limits",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html",
    date: model,
  },
  cacheGuide: {
    title: "Amazon ElastiCache guide, quotas and failover (frozen copy)",
    url: "https://github.com/awsdocs/amazon-elasticache-docs",
    date: "2023-06",
  },
  cacheProvider: {
    title: "terraform-provider-aws, internal/service/elasticache/replication_group.go and engine_version.go",
    url: "https://github.com/hashicorp/terraform-provider-aws",
    date: model,
  },
  commonlyKnown: { title: "AWS default quota, commonly known, not found in a text that was read", date: model },
} as const satisfies Record<string, Source>;
