import type { Part } from "../../model";
import { asReading, unknown } from "../../model";
import { costOf } from "../../cost";
import { cluster, machines, pool, volume } from "../policies/machine-cases";

const fixed = (count: number) => ({ scaling: { kind: "fixed" as const, count } });
const bill = (part: Part) => costOf([asReading(part)], null);
const amounts = (part: Part) => bill(part).lines.map(({ item, perMonthUsd }) => [item, perMonthUsd.expected]);

describe("machines, worked by hand", () => {
  test("3 m7g.large with 30 GB of gp3, us-east-1", () => {
    // 3 x 730 h x 0.0816 = 178.704; 3 x 30 GB x 0.08 = 7.2.
    const { lines, perMonthUsd, partial } = bill(machines({}, {}, fixed(3)));
    expect(lines.map(({ item, quantity }) => [item, quantity.expected])).toEqual([
      ["machine-hour:m7g.large", 2190],
      ["ebs-gp3-gb-month", 90],
    ]);
    expect(perMonthUsd.expected).toBeCloseTo(185.904, 6);
    expect(partial).toBe(false);
  });

  test("speed beyond what gp3 brings, and an address for each", () => {
    const disks = [{ gib: 10, type: "gp3", iops: 4000, mbPerSecond: 225, atRest: true }];
    const found = amounts(machines({ disks, publicAddress: true }, {}, fixed(2)));
    // 2 x 1,000 IOPS x 0.005; 2 x 100 MB/s x 0.04; 2 x 730 h x 0.005.
    expect(found.slice(1)).toEqual([
      ["ebs-gp3-gb-month", 1.6],
      ["ebs-gp3-iops-month", 10],
      ["ebs-gp3-mbps-month", 8],
      ["public-ipv4-hour", 7.3],
    ]);
    const within = [{ gib: 10, type: "gp3", iops: 3000, mbPerSecond: 125, atRest: true }];
    expect(amounts(machines({ disks: within }, {}, fixed(2))).map(([item]) => item)).toEqual([
      "machine-hour:m7g.large",
      "ebs-gp3-gb-month",
    ]);
  });

  test("IOPS of io2 in each volume's own tiers", () => {
    const disks = [{ gib: 100, type: "io2", iops: 40_000, mbPerSecond: null, atRest: true }];
    // Each: 32,000 x 0.065 + 8,000 x 0.046 = 2,448; two of them 4,896. One tier over both would be 32,000 and 48,000.
    const tiers = bill(machines({ disks }, {}, fixed(2))).lines.filter(({ item }) => item === "ebs-io2-iops-month");
    expect(tiers.map(({ quantity, unitUsd }) => [quantity.expected, unitUsd])).toEqual([
      [64_000, 0.065],
      [16_000, 0.046],
    ]);
    expect(tiers.reduce((sum, { perMonthUsd }) => sum + perMonthUsd.expected, 0)).toBeCloseTo(4896, 6);
  });

  test("Spot is taken off and named, never guessed", () => {
    const { lines, unpriced } = bill(machines({ spotShare: 0.75 }, {}, fixed(4)));
    expect(lines[0]?.quantity.expected).toBe(730);
    expect(unpriced).toMatchObject([{ item: "machine-hour on Spot", why: "75 % on Spot, whose price moves" }]);
    expect(bill(machines({ spotShare: 1 }, {}, fixed(4))).lines.map(({ item }) => item)).toEqual(["ebs-gp3-gb-month"]);
  });

  test("a base stays On-Demand at the ceiling too, and only what is beyond it is divided", () => {
    const scaling = { kind: "range" as const, min: 2, max: 20, initial: 2, signals: [], schedule: [] };
    const { lines, unpriced } = bill(machines({ spotShare: 0.5, onDemandBase: 2 }, {}, { scaling }));
    // 2 at the floor; at the ceiling 2 + 18 x 0.5 = 11 of 20.
    expect(lines[0]?.quantity).toEqual({ min: 2 * 730, expected: 2 * 730, max: 11 * 730 });
    expect(unpriced).toMatchObject([{ item: "machine-hour on Spot", why: "50 % beyond 2 on Spot, whose price moves" }]);
    expect(bill(machines({ spotShare: 0.5, onDemandBase: 3 }, {}, fixed(3))).unpriced).toEqual([]);
    // All beyond the base: the line is there for the base.
    expect(bill(machines({ spotShare: 1, onDemandBase: 1 }, {}, fixed(3))).lines[0]?.quantity.max).toBe(730);
  });

  test("what is not known is unpriced, and says so", () => {
    expect(bill(machines({ types: ["u-6tb1.metal"] }, {}, fixed(1))).unpriced.map(({ item }) => item)).toEqual([
      "machine-hour:u-6tb1.metal",
    ]);
    const part = asReading(machines({}, {}, fixed(1)));
    const dark = unknown("urn", "blockDeviceMappings", "no-default-known");
    const machine = {
      disks: [dark],
      types: dark,
      spotShare: dark,
      publicAddress: dark,
      metadataNeedsToken: dark,
    };
    const runtime = { kind: "instance-group", machine, healthCheck: dark, autohealingDelaySeconds: dark } as const;
    const { lines, unpriced } = costOf([{ ...part, runtime }], null);
    expect(lines).toEqual([]);
    expect(unpriced.map(({ item }) => item)).toEqual(["share of Spot", "machine-hour", "disk", "public-ipv4-hour"]);
    expect(unpriced[2]?.why).toBe("blockDeviceMappings: not set, and no default is known");
  });
});

describe("what carries others, worked by hand, us-east-1", () => {
  test("a node pool of 1 to 6 that starts with 3 m7g.large", () => {
    // 730 h x 0.0816 = 59.568 and 30 GB x 0.08 = 2.4 each: 61.968.
    const { perMonthUsd } = bill(pool());
    expect(perMonthUsd.min).toBeCloseTo(61.968, 6);
    expect(perMonthUsd.expected).toBeCloseTo(185.904, 6);
    expect(perMonthUsd.max).toBeCloseTo(371.808, 6);
  });

  test("a control plane, in standard and in extended support", () => {
    expect(amounts(cluster())).toEqual([["eks-cluster-hour", 73]]);
    expect(amounts(cluster({ support: "extended" }))).toEqual([["eks-cluster-extended-hour", 438]]);
    expect(bill(cluster({ region: "eu-west-1" })).unpriced).toMatchObject([{ item: "eks-cluster-hour" }]);
  });

  test("a volume of 100 GB of gp3 with 4,000 IOPS, and an address", () => {
    expect(amounts(volume({ gib: 100, iops: 4000 }))).toEqual([
      ["ebs-gp3-gb-month", 8],
      ["ebs-gp3-iops-month", 5],
    ]);
    expect(bill(volume({ type: "io1" })).unpriced).toMatchObject([{ item: "disk io1" }]);
    const address = {
      kind: "address",
      key: "address/kept/us-east-1",
      workload: "kept",
      region: "us-east-1",
      runtime: { kind: "elastic-ip" },
    } as const;
    expect(amounts(address)).toEqual([["public-ipv4-hour", 3.65]]);
  });
});
