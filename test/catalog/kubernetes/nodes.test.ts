import fc from "fast-check";
import {
  allocatableOf,
  clusterHourPrice,
  eksPods,
  gkeMachines,
  gkeRegions,
  nodeHourPrice,
  nodeMachine,
  type NodeMachine,
  type NodePlatform,
} from "../../../catalog/kubernetes";
import { machineTypes } from "../../../catalog/aws";

const size = (vcpus: number, gib: number): NodeMachine => ({ name: "x", vcpus, memoryMiB: gib * 1024 });
const platform = fc.constantFrom<NodePlatform[]>("eks", "gke", "other");

describe("eksPods", () => {
  // Interfaces x (addresses - 1) + 2: 3 x 9 + 2, 4 x 14 + 2, 8 x 29 + 2, 15 x 49 + 2.
  test.each([
    ["m7g.medium", 8],
    ["m7g.large", 29],
    ["m7i.xlarge", 58],
    ["r7g.2xlarge", 58],
    ["c7g.4xlarge", 234],
    ["m6i.8xlarge", 234],
    ["m7i.16xlarge", 737],
    ["t4g.small", 11],
    ["t4g.medium", 17],
    ["t4g.large", 35],
    ["t3.xlarge", 58],
    ["t3a.small", 8],
    ["g4dn.xlarge", 29],
    ["g5.16xlarge", 234],
    ["m7g.metal", null],
    ["z9.large", null],
    ["nonsense", null],
  ])("%s: %j", (type, pods) => {
    expect(eksPods(type)).toBe(pods);
  });

  test("every machine of the catalog is known", () => {
    expect([...machineTypes().keys()].filter((type) => eksPods(type) === null)).toEqual([]);
  });
});

describe("allocatableOf", () => {
  test.each([
    ["m7g.medium", 60, 343],
    ["m7g.large", 70, 574],
    ["m7g.xlarge", 80, 893],
    ["m7g.2xlarge", 90, 893],
    ["m7g.4xlarge", 110, 2829],
    ["m7g.8xlarge", 150, 2829],
    ["t4g.medium", 70, 442],
  ])("EKS keeps of %s: %im and %i MiB, and 100 MiB for eviction", (type, cpuMillis, memoryMiB) => {
    const machine = nodeMachine("eks", type);
    if (!machine) throw new Error(type);
    const found = allocatableOf("eks", machine);
    expect(found.reserve).toMatchObject({ cpuMillis, memoryMiB, evictionMiB: 100 });
    expect(found.cpuMillis).toBe(machine.vcpus * 1000 - cpuMillis);
  });

  // 8,192 - 615 that the machine does not show (7.5 %) - 574 - 100.
  test("by hand: m7g.large on EKS leaves 1,930m, 6,903 MiB and 29 pods", () => {
    expect(allocatableOf("eks", { name: "m7g.large", vcpus: 2, memoryMiB: 8192 })).toMatchObject({
      cpuMillis: 1930,
      memoryMiB: 6903,
      pods: 29,
    });
  });

  test("EKS: a type that is not known has 110 pods, and a pool may say another number", () => {
    expect(allocatableOf("eks", size(4, 16))).toMatchObject({ pods: 110, reserve: { memoryMiB: 255 + 1210 } });
    const large = { ...size(2, 8), name: "m7g.large" };
    expect(allocatableOf("eks", large, 110)).toMatchObject({ pods: 110, reserve: { memoryMiB: 255 + 1210 } });
  });

  test.each([
    [2, 4, 1930, 2818],
    [2, 8, 1930, 6043],
    [2, 16, 1930, 13296],
    [4, 16, 3920, 13296],
    [4, 32, 3920, 28413],
    [8, 64, 7910, 58645],
    [16, 128, 15890, 119234],
    [32, 256, 31850, 245618],
  ])("GKE leaves of %i vCPU and %i GiB: %im and %i MiB", (vcpus, gib, cpuMillis, memoryMiB) => {
    const found = allocatableOf("gke", size(vcpus, gib));
    expect(found.cpuMillis).toBe(cpuMillis);
    // The table was rounded, ours is rounded down.
    expect(memoryMiB - found.memoryMiB).toBeGreaterThanOrEqual(0);
    expect(memoryMiB - found.memoryMiB).toBeLessThanOrEqual(1);
    expect(found.pods).toBe(110);
  });

  test("others: the kubelet's own defaults, and said to be assumed", () => {
    expect(allocatableOf("other", size(4, 16))).toMatchObject({
      cpuMillis: 4000,
      memoryMiB: 16284,
      pods: 110,
      label: "assumed",
    });
  });

  test("never more than there is, never less than nothing, and a larger machine never leaves less", () => {
    fc.assert(
      fc.property(
        platform,
        fc.integer({ min: 1, max: 256 }),
        fc.integer({ min: 1, max: 2048 }),
        (where, vcpus, gib) => {
          const found = allocatableOf(where, size(vcpus, gib));
          expect(found.memoryMiB).toBeGreaterThanOrEqual(0);
          expect(found.memoryMiB).toBeLessThan(gib * 1024);
          const { cpuMillis, memoryMiB, evictionMiB, systemMiB } = found.reserve;
          expect(found.cpuMillis + cpuMillis).toBe(vcpus * 1000);
          const whole = found.memoryMiB + memoryMiB + evictionMiB + systemMiB;
          if (found.memoryMiB > 0) expect(Math.abs(whole - gib * 1024)).toBeLessThanOrEqual(1);
          const larger = allocatableOf(where, size(vcpus + 1, gib + 1));
          expect(larger.cpuMillis).toBeGreaterThan(found.cpuMillis);
          expect(larger.memoryMiB).toBeGreaterThanOrEqual(found.memoryMiB);
        },
      ),
    );
  });

  test.each([
    [size(0, 4), undefined, "machine\\.vcpus"],
    [size(2, NaN), undefined, "machine\\.memoryMiB"],
    [size(2, 4), 0, "maxPods"],
  ])("refuses %j, %p", (machine, maxPods, name) => {
    expect(() => allocatableOf("gke", machine, maxPods)).toThrow(new RegExp(`^${name}: `));
  });
});

describe("nodeHourPrice", () => {
  const usd = (where: NodePlatform, type: string, region: string): number | undefined =>
    nodeHourPrice(where, type, region)?.usd;

  // Solved rates against machine prices that were read: within 0.02 %.
  test.each([
    ["e2-standard-2", "us-central1", 0.067011],
    ["e2-standard-4", "us-central1", 0.134023],
    ["n2-standard-4", "us-east1", 0.194236],
    ["n2d-standard-4", "us-west1", 0.168984],
    ["t2d-standard-1", "us-central1", 0.042246],
    ["n4-standard-4", "us-central1", 0.1814],
    ["c3-standard-4", "us-central1", 0.201608],
    ["c4a-standard-4", "us-central1", 0.1796],
    ["e2-standard-2", "asia-northeast1", 0.085966],
    ["g2-standard-4", "europe-west1", 0.7783],
    ["g2-standard-48", "us-central1", 4.0017],
  ])("GKE %s in %s: %d", (type, region, expected) => {
    const found = usd("gke", type, region) ?? 0;
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.0002);
  });

  test("EKS takes the rows of EC2", () => {
    expect(usd("eks", "m7g.large", "us-east-1")).toBe(0.0816);
    expect(usd("eks", "m7g.large", "eu-west-1")).toBe(0.091);
    expect(nodeHourPrice("eks", "m7g.large", "us-east-1")?.grade).toBe("A");
  });

  test("what was not found is null, and never guessed", () => {
    expect(usd("gke", "c4a-standard-4", "me-west1")).toBeUndefined();
    expect(usd("gke", "g2-standard-8", "europe-west1")).toBeUndefined();
    expect(usd("gke", "e2-standard-2", "mars-north1")).toBeUndefined();
    expect(usd("gke", "e2-micro", "us-central1")).toBeUndefined();
    expect(usd("eks", "e2-standard-2", "us-central1")).toBeUndefined();
    expect(usd("gke", "m7g.large", "us-east-1")).toBeUndefined();
    expect(usd("eks", "m7g.large", "toString")).toBeUndefined();
    expect(usd("gke", "e2-standard-2", "toString")).toBeUndefined();
    expect(usd("other", "m7g.large", "us-east-1")).toBeUndefined();
    expect(nodeMachine("gke", "e2-standard-3")).toBeNull();
    expect(nodeMachine("other", "m7g.large")).toBeNull();
  });

  test("an own price stands above the catalog, that of the region above that of all", () => {
    const own = [
      { item: "machine-hour:rack-7", usd: 0.05, note: "depreciation 2026" },
      { item: "machine-hour:rack-7", region: "cellar", usd: 0.04, note: "no rent" },
      { item: "machine-hour:m7g.large", usd: 0.06, note: "discount", date: "2026-05" },
    ];
    expect(nodeHourPrice("other", "rack-7", "attic", own)).toEqual({
      usd: 0.05,
      grade: "own",
      source: { title: "your own price: depreciation 2026", date: "undated" },
    });
    expect(nodeHourPrice("other", "rack-7", "cellar", own)?.usd).toBe(0.04);
    expect(nodeHourPrice("eks", "m7g.large", "us-east-1", own)).toMatchObject({
      usd: 0.06,
      source: { date: "2026-05" },
    });
    expect(nodeHourPrice("eks", "m7g.xlarge", "us-east-1", own)?.usd).toBe(0.1632);
  });

  test("every machine of GKE has a price in Iowa but none below its cores', and each row has its source", () => {
    for (const { name, vcpus } of gkeMachines().values()) {
      const found = nodeHourPrice("gke", name, "us-central1");
      if (!found) throw new Error(name);
      expect(found.usd).toBeGreaterThan(0.02 * vcpus);
      expect(found.source.date).toBe("2026-07-30");
    }
    expect(gkeRegions).toHaveLength(16);
  });
});

describe("clusterHourPrice", () => {
  test("GKE asks 0.10 everywhere, EKS where it was read, others nothing that is known", () => {
    expect(clusterHourPrice("gke", "europe-west1")).toMatchObject({ usd: 0.1, grade: "A" });
    expect(clusterHourPrice("eks", "us-east-1")).toMatchObject({ usd: 0.1, grade: "B" });
    expect(clusterHourPrice("eks", "eu-west-1")).toBeNull();
    expect(clusterHourPrice("other", "cellar")).toBeNull();
    const own = [{ item: "eks-cluster-hour", usd: 0.1, note: "bill" }];
    expect(clusterHourPrice("eks", "eu-west-1", own)?.usd).toBe(0.1);
  });
});
