import type { PriceTable } from "./price-row";

/** Logs, metrics, alarms, secrets, keys, names, buckets, firewall, messages. Outside us-east-1 most were looked for and not found. */
export const operationsPrices = {
  "logs-ingest-gb": [["us-east-1", 0.5, "infracost", "B"]],
  "logs-storage-gb-month": [["us-east-1", 0.03, "infracost", "B"]],
  "logs-insights-gb": [["us-east-1", 0.005, "infracost", "B"]],
  // A metric-math alarm bills each of its metrics.
  "alarm-metric-month": [["us-east-1", 0.1, "infracost", "B"]],
  "alarm-metric-high-resolution-month": [["us-east-1", 0.3, "infracost", "B"]],
  "composite-alarm-month": [["us-east-1", 0.5, "c3x", "C"]],
  "dashboard-month": [["us-east-1", 3, "infracost", "B"]],
  "custom-metric-month": [
    ["us-east-1", 0.3, "custom-metric-table", "C", 10_000],
    ["us-east-1", 0.1, "custom-metric-table", "C", 250_000],
    ["us-east-1", 0.05, "custom-metric-table", "C", 1_000_000],
    ["us-east-1", 0.02, "custom-metric-table", "C"],
  ],
  "metric-api-1000": [["us-east-1", 0.01, "custom-metric-table", "C"]],
  "secret-month": [
    ["us-east-1", 0.4, "infracost", "B"],
    ["eu-central-1", 0.4, "bill-frankfurt", "D"],
  ],
  "secret-api-10000": [["us-east-1", 0.05, "infracost", "B"]],
  "ssm-advanced-parameter-month": [["us-east-1", 0.05, "infracost", "B"]],
  "ssm-api-10000": [["us-east-1", 0.05, "infracost", "B"]],
  "kms-key-month": [["us-east-1", 1, "infracost", "B"]],
  "kms-requests-10000": [["us-east-1", 0.03, "infracost", "B"]],
  "hosted-zone-month": [["global", 0.5, "infracost", "B"]],
  "dns-queries-million": [["global", 0.4, "infracost", "B"]],
  "dns-latency-queries-million": [["global", 0.6, "infracost", "B"]],
  "dns-health-check-aws-month": [["global", 0.5, "infracost", "B"]],
  "dns-health-check-other-month": [["global", 0.75, "infracost", "B"]],
  "dns-health-check-option-aws-month": [["global", 1, "infracost", "B"]],
  "dns-health-check-option-other-month": [["global", 2, "infracost", "B"]],
  "cloud-map-resource-month": [["us-east-1", 0.1, "price-list-us-east-1", "A"]],
  "cloud-map-discovery-million": [["us-east-1", 1, "price-list-us-east-1", "A"]],
  // First 50 TB a month.
  "s3-standard-gb-month": [
    ["us-east-1", 0.023, "price-list-regions", "A", 50 * 1024],
    ["eu-west-1", 0.023, "price-list-regions", "A", 50 * 1024],
  ],
  "s3-put-1000": [
    ["us-east-1", 0.005, "price-list-regions", "A"],
    ["eu-west-1", 0.005, "price-list-regions", "A"],
  ],
  "s3-get-1000": [
    ["us-east-1", 0.0004, "price-list-regions", "A"],
    ["eu-west-1", 0.0004, "price-list-regions", "A"],
  ],
  "lambda-requests-million": (["us-east-1", "eu-central-1", "ap-northeast-1"] as const).map(
    (region) => [region, 0.2, "togen-price-list", "A"] as const,
  ),
  "lambda-x86-gb-second": (["us-east-1", "eu-central-1", "ap-northeast-1"] as const).flatMap(
    (region) =>
      [
        [region, 0.0000166667, "togen-price-list", "A", 6e9],
        [region, 0.000015, "togen-price-list", "A", 15e9],
        [region, 0.0000133334, "togen-price-list", "A"],
      ] as const,
  ),
  "lambda-arm-gb-second": [
    ["us-east-1", 0.0000133334, "infracost", "B", 7.5e9],
    // Where the third tier (0.0000106667) begins was not read.
    ["us-east-1", 0.0000120001, "infracost", "B"],
  ],
  "lambda-arm-provisioned-gb-second": [["us-east-1", 0.0000033334, "infracost-lambda", "D"]],
  "lambda-disk-gb-second": [["us-east-1", 0.0000000309, "infracost", "B"]],
  // London's are equal.
  "sqs-standard-million": [["us-east-1", 0.4, "togen-fixture", "B"]],
  "sqs-fifo-million": [["us-east-1", 0.5, "togen-fixture", "B"]],
  "global-accelerator-hour": [["global", 0.025, "infracost", "B"]],
  "waf-acl-month": [["us-east-1", 5, "infracost", "B"]],
  "waf-rule-month": [["us-east-1", 1, "infracost", "B"]],
  "waf-requests-million": [["us-east-1", 0.6, "infracost", "B"]],
  "sns-publish-million": [["us-east-1", 0.5, "infracost-sns", "B"]],
  "sns-https-100000": [["us-east-1", 0.06, "infracost-sns", "B"]],
  "sns-email-100000": [["us-east-1", 2, "infracost-sns", "B"]],
} as const satisfies PriceTable;
