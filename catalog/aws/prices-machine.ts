import type { InstanceCell } from "./price-row";

type Cell = readonly [type: string, usd: number];

/** EC2 on demand, Linux, shared tenancy, an hour. Prices double with the size within a family. */
const usEast1: readonly Cell[] = [
  ["m7g.medium", 0.0408],
  ["m7g.large", 0.0816],
  ["m7g.xlarge", 0.1632],
  ["m7g.2xlarge", 0.3264],
  ["m7g.4xlarge", 0.6528],
  ["m7g.8xlarge", 1.3056],
];

/** Every machine price that is known. */
export function machineCells(): readonly InstanceCell[] {
  return usEast1.map(([type, usd]) => [`machine-hour:${type}`, "us-east-1", usd, "karpenter", "A"]);
}
