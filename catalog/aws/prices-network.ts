import type { PriceTable } from "./price-row";

const tb = 1024;
const pb = 1024 * tb;

/** Balancers, NAT, addresses, endpoints, transfer. Gateway endpoints for S3 and DynamoDB are free. */
export const networkPrices = {
  "alb-hour": [
    ["us-east-1", 0.0225, "elb-page", "A"],
    ["us-west-2", 0.0225, "defang", "D"],
    ["eu-west-1", 0.0252, "bill-ireland-2026-07", "D"],
    ["eu-central-1", 0.027, "bill-frankfurt", "D"],
    ["ap-northeast-1", 0.0243, "price-list-free-tiers", "A"],
  ],
  "alb-lcu-hour": [
    ["us-east-1", 0.008, "elb-page", "A"],
    ["eu-west-1", 0.008, "eu-table", "C"],
    ["ap-northeast-1", 0.008, "price-list-free-tiers", "A"],
  ],
  "alb-trust-store-hour": [["us-east-1", 0.005, "togen-fixture", "B"]],
  "nlb-hour": [
    ["us-east-1", 0.0225, "infracost", "B"],
    ["us-west-2", 0.0225, "cortex", "B"],
    ["eu-west-1", 0.0252, "eu-table", "C"],
    ["eu-central-1", 0.027, "cortex", "B"],
    ["ap-northeast-1", 0.0243, "cortex", "B"],
  ],
  "nlb-nlcu-hour": [["us-east-1", 0.006, "elb-page", "A"]],
  "nat-hour": [
    ["us-east-1", 0.045, "price-list-us-east-1", "A"],
    ["us-west-2", 0.045, "defang", "D"],
    ["eu-west-1", 0.048, "bill-ireland", "D"],
    ["eu-central-1", 0.052, "price-api-frankfurt", "A"],
    ["ap-northeast-1", 0.062, "price-estimate-tokyo", "A"],
  ],
  "nat-gb": [
    ["us-east-1", 0.045, "price-list-us-east-1", "A"],
    ["us-west-2", 0.045, "cloudpipelines", "C"],
    ["eu-west-1", 0.048, "bill-ireland", "D"],
    ["ap-northeast-1", 0.062, "price-estimate-tokyo", "A"],
  ],
  // One for each zone in which a regional gateway is; gigabytes at the price of a zonal one, as far as both were found.
  "nat-regional-hour": [
    ["us-east-1", 0.045, "togen-fixture", "B"],
    ["eu-west-1", 0.048, "price-list-ireland-nat", "B"],
    ["ap-northeast-1", 0.062, "price-list-tokyo-nat", "B"],
  ],
  // In use or idle. One for each NAT gateway, one for each zone of an internet-facing ALB, one for each public task.
  "public-ipv4-hour": [
    ["us-east-1", 0.005, "price-list-us-east-1", "A"],
    ["us-west-2", 0.005, "ipv4-tables", "C"],
    ["eu-west-1", 0.005, "price-list-regions", "A"],
    ["eu-central-1", 0.005, "bill-frankfurt", "D"],
    ["ap-northeast-1", 0.005, "price-estimate-tokyo", "A"],
  ],
  "interface-endpoint-hour": [
    ["us-east-1", 0.01, "price-list-us-east-1", "A"],
    ["eu-west-1", 0.011, "bill-ireland", "D"],
    ["eu-central-1", 0.012, "price-api-frankfurt", "A"],
    ["ap-northeast-1", 0.014, "price-estimate-tokyo", "A"],
  ],
  "interface-endpoint-gb": [
    ["us-east-1", 0.01, "price-list-us-east-1", "A", pb],
    ["us-east-1", 0.006, "infracost", "B", 5 * pb],
    ["us-east-1", 0.004, "infracost", "B"],
    ["eu-central-1", 0.01, "price-api-frankfurt", "A", pb],
    ["ap-northeast-1", 0.01, "price-estimate-tokyo", "A", pb],
  ],
  "gateway-load-balancer-endpoint-hour": [["us-east-1", 0.01, "infracost", "B"]],
  "gateway-load-balancer-endpoint-gb": [["us-east-1", 0.0035, "infracost", "B"]],
  "transit-gateway-attachment-hour": [["us-east-1", 0.05, "infracost", "B"]],
  "transit-gateway-gb": [["us-east-1", 0.02, "infracost", "B"]],
  "cross-zone-gb": [
    ["us-east-1", 0.01, "infracost-transfer", "B"],
    ["us-west-2", 0.01, "infracost-transfer", "B"],
    ["eu-west-1", 0.01, "infracost-transfer", "B"],
    ["eu-central-1", 0.01, "infracost-transfer", "B"],
    ["ap-northeast-1", 0.01, "infracost-transfer", "B"],
  ],
  // us-east-1 to us-east-2 is 0.01.
  "cross-region-gb": [
    ["us-east-1", 0.02, "infracost-transfer", "B"],
    ["us-west-2", 0.02, "infracost-transfer", "B"],
    ["eu-west-1", 0.02, "infracost-transfer", "B"],
    ["eu-central-1", 0.02, "infracost-transfer", "B"],
    ["ap-northeast-1", 0.09, "infracost-transfer", "B"],
  ],
  "internet-out-gb": [
    ...(["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"] as const).flatMap(
      (region) =>
        [
          [region, 0.09, "infracost-transfer", "B", 10 * tb],
          [region, 0.085, "infracost-transfer", "B", 50 * tb],
          [region, 0.07, "infracost-transfer", "B", 150 * tb],
          [region, 0.05, "infracost-transfer", "B"],
        ] as const,
    ),
    ["ap-northeast-1", 0.114, "infracost-transfer", "B", 10 * tb],
    ["ap-northeast-1", 0.089, "infracost-transfer", "B", 50 * tb],
    ["ap-northeast-1", 0.086, "infracost-transfer", "B", 150 * tb],
    ["ap-northeast-1", 0.084, "infracost-transfer", "B"],
  ],
  // To callers in the United States, Canada and Mexico; Europe pays the same for bytes and 0.012 for requests.
  "cdn-out-gb": [
    ["global", 0.085, "infracost-cdn", "D", 10 * tb],
    ["global", 0.08, "infracost-cdn", "D", 50 * tb],
    ["global", 0.06, "infracost-cdn", "D", 150 * tb],
    ["global", 0.04, "infracost-cdn", "D", 500 * tb],
    ["global", 0.03, "infracost-cdn", "D", 1024 * tb],
    ["global", 0.025, "infracost-cdn", "D", 5 * pb],
    ["global", 0.02, "infracost-cdn", "D"],
  ],
  "cdn-https-10000": [["global", 0.01, "infracost-cdn", "D"]],
} as const satisfies PriceTable;
