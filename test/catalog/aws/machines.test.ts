import { machineTypes, price, priceRows } from "../../../catalog/aws";

const machine = (name: string) => machineTypes().get(name);

describe("EC2 instance types", () => {
  test.each([
    ["m7g.large", 2, 8192, "arm64"],
    ["m7g.medium", 1, 4096, "arm64"],
    ["m5.24xlarge", 96, 393_216, "x86_64"],
    ["c5.9xlarge", 36, 73_728, "x86_64"],
    ["r7i.xlarge", 4, 32_768, "x86_64"],
    ["t2.micro", 1, 1024, "x86_64"],
    ["t2.medium", 2, 4096, "x86_64"],
    ["t3.nano", 2, 512, "x86_64"],
    ["t4g.xlarge", 4, 16_384, "arm64"],
    ["i3.large", 2, 15_616, "x86_64"],
    ["g5.48xlarge", 192, 786_432, "x86_64"],
    ["p5.48xlarge", 192, 2_097_152, "x86_64"],
  ] as const)("%s: %d vCPU, %d MiB, %s", (name, vcpus, memoryMiB, architecture) => {
    expect(machine(name)).toMatchObject({ vcpus, memoryMiB, architecture });
  });

  test("what is not known is not there", () => {
    expect(machine("m7g.huge")).toBeUndefined();
    expect(machine("m5.metal")).toBeUndefined();
  });

  test("every one has a price in us-east-1, and every priced one a size", () => {
    expect([...machineTypes().keys()].filter((name) => price(`machine-hour:${name}`, "us-east-1") === null)).toEqual(
      [],
    );
    const priced = priceRows().flatMap(({ item }) => /^machine-hour:(.*)/.exec(item)?.[1] ?? []);
    expect(priced.length).toBeGreaterThan(600);
    expect(priced.filter((name) => machine(name) === undefined)).toEqual([]);
  });

  test.each([
    ["m7g.large", "us-east-1", 0.0816, "A"],
    ["m7g.16xlarge", "us-east-1", 2.6112, "A"],
    ["t3.medium", "us-east-1", 0.0416, "A"],
    ["t4g.nano", "us-east-1", 0.0042, "A"],
    ["m6a.large", "ap-northeast-1", 0.1116, "A"],
    ["m6a.xlarge", "eu-west-1", 0.1926, "D"],
    ["r7g.medium", "us-east-1", 0.0536, "A"],
    ["c7g.2xlarge", "eu-west-1", 0.3101, "A"],
    ["m7g.8xlarge", "eu-west-1", 1.4552, "D"],
    ["m7g.xlarge", "ap-northeast-1", 0.2108, "D"],
    ["m5.large", "us-west-2", 0.096, "D"],
    ["g5.xlarge", "us-east-1", 1.006, "A"],
  ] as const)("an hour of %s in %s is %d (%s)", (name, region, usd, grade) => {
    expect(price(`machine-hour:${name}`, region)).toMatchObject({ usd, grade });
  });

  test("machines with a GPU have no price outside us-east-1, and Spot has none at all", () => {
    expect(price("machine-hour:g5.xlarge", "us-west-2")).toBeNull();
    expect(price("machine-hour:g5.xlarge", "eu-west-1")).toBeNull();
  });
});
