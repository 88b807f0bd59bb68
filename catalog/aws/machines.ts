import type { Source } from "../../model";

/** What an EC2 instance type is. */
export interface MachineType {
  /** For example m7g.large. */
  readonly name: string;
  /** For example m7g. */
  readonly family: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly architecture: "x86_64" | "arm64";
}

/** Where vCPUs and memory were read. */
export const machinesSource: Source = {
  title: "aws/karpenter-provider-aws, website reference of instance types (labels instance-cpu and instance-memory)",
  url: "https://github.com/aws/karpenter-provider-aws",
  date: "2026-07-11",
};

const MIB = 1024;
const upTo16 = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const upTo24 = [...upTo16, "24xlarge"];
const upTo32 = [...upTo24, "32xlarge"];
const upTo48 = [...upTo32, "48xlarge"];
const arm = ["medium", ...upTo16];
const intel7 = [...upTo24, "48xlarge"];
const arm8 = ["medium", ...intel7];
const amd7 = ["medium", ...upTo48];
const g = ["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"];

type Family = readonly [
  family: string,
  architecture: MachineType["architecture"],
  gibPerVcpu: number,
  sizes: readonly string[],
];

/** Families in which a size says its vCPUs: 1 a medium, 2 a large, 4 an xlarge, 4 x N an Nxlarge. */
const families: readonly Family[] = [
  ["m5", "x86_64", 4, upTo24],
  ["m5a", "x86_64", 4, upTo24],
  ["m5d", "x86_64", 4, upTo24],
  ["m6a", "x86_64", 4, upTo48],
  ["m6g", "arm64", 4, arm],
  ["m6gd", "arm64", 4, arm],
  ["m6i", "x86_64", 4, upTo32],
  ["m7a", "x86_64", 4, amd7],
  ["m7g", "arm64", 4, arm],
  ["m7i", "x86_64", 4, intel7],
  ["m7i-flex", "x86_64", 4, upTo16],
  ["m8g", "arm64", 4, arm8],
  ["c5", "x86_64", 2, ["large", "xlarge", "2xlarge", "4xlarge", "9xlarge", "12xlarge", "18xlarge", "24xlarge"]],
  ["c5a", "x86_64", 2, upTo24],
  ["c6a", "x86_64", 2, upTo48],
  ["c6g", "arm64", 2, arm],
  ["c6gn", "arm64", 2, arm],
  ["c6i", "x86_64", 2, upTo32],
  ["c7a", "x86_64", 2, amd7],
  ["c7g", "arm64", 2, arm],
  ["c7gn", "arm64", 2, arm],
  ["c7i", "x86_64", 2, intel7],
  ["c7i-flex", "x86_64", 2, upTo16],
  ["c8g", "arm64", 2, arm8],
  ["r5", "x86_64", 8, upTo24],
  ["r5a", "x86_64", 8, upTo24],
  ["r6a", "x86_64", 8, upTo48],
  ["r6g", "arm64", 8, arm],
  ["r6i", "x86_64", 8, upTo32],
  ["r7a", "x86_64", 8, amd7],
  ["r7g", "arm64", 8, arm],
  ["r7i", "x86_64", 8, intel7],
  ["r8g", "arm64", 8, arm8],
  ["i3", "x86_64", 7.625, ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge"]],
  ["i3en", "x86_64", 8, ["large", "xlarge", "2xlarge", "3xlarge", "6xlarge", "12xlarge", "24xlarge"]],
  ["i4i", "x86_64", 8, upTo32],
  ["x2gd", "arm64", 16, arm],
  ["g4dn", "x86_64", 4, g.slice(0, 6)],
  ["g5", "x86_64", 4, g],
  ["g6", "x86_64", 4, g],
  ["g6e", "x86_64", 8, g],
  ["p4d", "x86_64", 12, ["24xlarge"]],
  ["inf2", "x86_64", 4, ["xlarge", "8xlarge", "24xlarge", "48xlarge"]],
];

/** Sizes of the families whose CPU runs on credits: vCPUs and GiB; a t2 up to small has one vCPU. */
const burstable = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  "2xlarge": [8, 32],
} as const;

/** In xlarges; null for the small sizes of burstable families. */
export function xlarges(size: string): number | null {
  if (size === "medium") return 0.25;
  if (size === "large") return 0.5;
  if (size === "xlarge") return 1;
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  return times === undefined ? null : Number(times);
}

function all(): readonly MachineType[] {
  const sized = families.flatMap(([family, architecture, gib, sizes]) =>
    sizes.map((size): MachineType => {
      const vcpus = 4 * (xlarges(size) ?? 0);
      return { name: `${family}.${size}`, family, vcpus, memoryMiB: vcpus * gib * MIB, architecture };
    }),
  );
  const small = ["t2", "t3", "t3a", "t4g"].flatMap((family) =>
    Object.entries(burstable).map(([size, [vcpus, gib]]): MachineType => ({
      name: `${family}.${size}`,
      family,
      vcpus: family === "t2" && gib <= 2 ? 1 : vcpus,
      memoryMiB: gib * MIB,
      architecture: family === "t4g" ? "arm64" : "x86_64",
    })),
  );
  const p5: MachineType = {
    name: "p5.48xlarge",
    family: "p5",
    vcpus: 192,
    memoryMiB: 2048 * MIB,
    architecture: "x86_64",
  };
  return [...sized, ...small, p5];
}

let byName: ReadonlyMap<string, MachineType> | undefined;

/** EC2 instance types whose size is known, by name. */
export function machineTypes(): ReadonlyMap<string, MachineType> {
  byName ??= new Map(all().map((type) => [type.name, Object.freeze(type)]));
  return byName;
}
