import type { InstanceCell, PriceTable } from "./price-row";

/** DynamoDB's provisioned capacity, storage of search clusters and brokers, throughput of file systems. What is billed by use has no line yet. */
export const dataPrices = {
  "dynamodb-read-unit-hour": [["us-east-1", 0.00013, "infracost-dynamodb", "B"]],
  "dynamodb-write-unit-hour": [["us-east-1", 0.00065, "infracost-dynamodb", "B"]],
  "opensearch-gp2-gb-month": [["us-east-1", 0.135, "infracost", "B"]],
  "msk-storage-gb-month": [["us-east-1", 0.1, "infracost", "B"]],
  "efs-provisioned-mbps-month": [["us-east-1", 6, "infracost", "B"]],
} as const satisfies PriceTable;

type Search = readonly [type: string, usEast1: number, euWest1: number, euCentral1: number, apNortheast1: number];

/** OpenSearch nodes, USD an hour; us-west-2 equals us-east-1 for every one of these. */
const searchNodes: readonly Search[] = [
  ["t3.small", 0.036, 0.039, 0.042, 0.056],
  ["t3.medium", 0.073, 0.078, 0.084, 0.112],
  ["m7g.medium", 0.068, 0.076, 0.081, 0.087],
  ["m7g.large", 0.135, 0.151, 0.162, 0.175],
  ["m7g.xlarge", 0.271, 0.302, 0.325, 0.35],
  ["r7g.large", 0.178, 0.199, 0.214, 0.214],
  ["r7g.xlarge", 0.356, 0.398, 0.429, 0.429],
  ["c7g.large", 0.12, 0.129, 0.137, 0.151],
];

const others: readonly InstanceCell[] = [
  ["search-node-hour:ultrawarm1.medium", "us-east-1", 0.238, "infracost", "B"],
  ["broker-hour:kafka.t3.small", "us-east-1", 0.0456, "infracost", "B"],
  ["broker-hour:kafka.m5.large", "us-east-1", 0.21, "msk-by-size", "D"],
  ["broker-hour:kafka.m5.24xlarge", "us-east-1", 10.08, "infracost", "B"],
];

/** Every node price of search clusters and brokers that is known. A search node's type has no `.search` behind it. */
export function dataNodeCells(): readonly InstanceCell[] {
  const search = searchNodes.flatMap(([type, usEast1, euWest1, euCentral1, apNortheast1]) =>
    (
      [
        ["us-east-1", usEast1],
        ["us-west-2", usEast1],
        ["eu-west-1", euWest1],
        ["eu-central-1", euCentral1],
        ["ap-northeast-1", apNortheast1],
      ] as const
    ).map(([region, usd]): InstanceCell => [`search-node-hour:${type}`, region, usd, "leaner-cloud-search", "A"]),
  );
  return [...search, ...others];
}
