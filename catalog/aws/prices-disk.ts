import type { PriceTable } from "./price-row";

/** EBS volumes, and the control plane that may schedule onto machines. */
export const diskPrices = {
  "ebs-gp3-gb-month": [
    ["us-east-1", 0.08, "price-list-regions", "A"],
    ["us-west-2", 0.08, "price-list-oregon", "A"],
    ["eu-west-1", 0.088, "price-list-regions", "A"],
    ["eu-central-1", 0.0952, "ebs-fixture-frankfurt", "C"],
  ],
  "ebs-gp3-iops-month": [
    ["us-east-1", 0.005, "price-list-regions", "A"],
    ["eu-central-1", 0.006, "ebs-fixture-frankfurt", "C"],
  ],
  "ebs-gp3-mbps-month": [["us-east-1", 0.04, "price-list-regions", "A"]],
  "ebs-snapshot-gb-month": [
    ["us-east-1", 0.05, "price-api-snapshots", "A"],
    ["us-west-2", 0.05, "price-api-oregon-snapshots", "A"],
    ["eu-west-1", 0.05, "price-api-snapshots", "A"],
  ],
  "ebs-gp2-gb-month": [["us-east-1", 0.1, "infracost", "B"]],
  "ebs-io2-gb-month": [["us-east-1", 0.125, "infracost", "B"]],
  "ebs-io2-iops-month": [
    ["us-east-1", 0.065, "infracost", "B", 32_000],
    ["us-east-1", 0.046, "infracost", "B", 64_000],
    ["us-east-1", 0.032, "infracost", "B"],
  ],
  "ebs-st1-gb-month": [["us-east-1", 0.045, "infracost", "B"]],
  "ebs-sc1-gb-month": [["us-east-1", 0.015, "infracost", "B"]],
  "eks-cluster-hour": [["us-east-1", 0.1, "infracost-eks", "B"]],
  "eks-cluster-extended-hour": [["us-east-1", 0.6, "infracost-eks", "B"]],
} as const satisfies PriceTable;
