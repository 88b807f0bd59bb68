import type { PriceTable } from "./price-row";

/** Fargate (Linux, per second, one minute at least) and the image registry. Spot moves: what was found once, in one region and for one processor. */
export const computePrices = {
  "fargate-x86-vcpu-hour": [
    ["us-east-1", 0.04048, "price-list-us-east-1", "A"],
    ["us-west-2", 0.04048, "defang", "B"],
    ["eu-west-1", 0.04048, "price-list-audit", "B"],
    ["eu-central-1", 0.04656, "rate-card-frankfurt", "A"],
    ["ap-northeast-1", 0.05056, "price-api-tokyo", "A"],
  ],
  "fargate-x86-gb-hour": [
    ["us-east-1", 0.004445, "price-list-us-east-1", "A"],
    ["us-west-2", 0.004445, "defang", "B"],
    ["eu-west-1", 0.004445, "price-list-audit", "B"],
    ["eu-central-1", 0.00511, "rate-card-frankfurt", "A"],
    ["ap-northeast-1", 0.00553, "price-api-tokyo", "A"],
  ],
  "fargate-arm-vcpu-hour": [
    ["us-east-1", 0.03238, "price-list-us-east-1", "A"],
    ["us-west-2", 0.03238, "same-as-us-east-1", "D"],
    ["eu-west-1", 0.03238, "price-list-audit", "B"],
    ["eu-central-1", 0.03725, "arm-share", "D"],
    ["ap-northeast-1", 0.04045, "price-api-tokyo", "A"],
  ],
  "fargate-arm-gb-hour": [
    ["us-east-1", 0.00356, "price-list-us-east-1", "A"],
    ["us-west-2", 0.00356, "same-as-us-east-1", "D"],
    ["eu-west-1", 0.00356, "price-list-audit", "B"],
    ["eu-central-1", 0.00409, "arm-share", "D"],
    ["ap-northeast-1", 0.00442, "price-api-tokyo", "A"],
  ],
  "fargate-spot-x86-vcpu-hour": [["us-east-1", 0.01291, "fargate-spot-table", "C"]],
  "fargate-spot-x86-gb-hour": [["us-east-1", 0.00142, "fargate-spot-share", "D"]],
  "fargate-storage-gb-hour": [
    ["us-east-1", 0.000111, "price-list-us-east-1", "A"],
    ["us-west-2", 0.000111, "defang", "D"],
    ["ap-northeast-1", 0.000133, "price-record-tokyo", "B"],
  ],
  "ecr-storage-gb-month": [["us-east-1", 0.1, "price-list-us-east-1", "A"]],
} as const satisfies PriceTable;
