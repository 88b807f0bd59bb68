import type { Database } from "../../model";
import { asReading } from "../../model";
import { costOf } from "../../cost";
import { database, hidden } from "../policies/fixture";

const bill = (over: Partial<Database>) => {
  const { lines, unpriced, perMonthUsd } = costOf([asReading(database(over))], null);
  return {
    lines: lines.map(({ item, quantity }) => [item, quantity.expected]),
    unpriced: unpriced.map(({ item, why }) => [item, why]),
    usd: perMonthUsd.expected,
  };
};

describe("worked by hand, us-east-1", () => {
  test("db.t4g.medium for PostgreSQL with a standby and 100 GB of gp3 each", () => {
    // 2 x 730 h x 0.065 = 94.90; 2 x 100 GB x 0.115 = 23.00; together 117.90.
    const { lines, unpriced, usd } = bill({});
    expect(lines).toEqual([
      ["database-hour:postgres:db.t4g.medium", 1460],
      ["rds-gp3-gb-month", 200],
    ]);
    expect(usd).toBeCloseTo(117.9, 6);
    expect(unpriced).toEqual([["database backups", "needs demand"]]);
  });

  test("alone, without backups, on gp2", () => {
    // 730 x 0.215 = 156.95 for MySQL, not PostgreSQL's 0.225; 20 GB x 0.115 = 2.30.
    const { unpriced, usd } = bill({
      engine: { name: "mysql", version: "8.0" },
      topology: { kind: "single" },
      machines: [{ type: "db.r6g.large", count: 1 }],
      storage: { gib: 20, maxGib: 100, type: "gp2", iops: null },
      backups: null,
    });
    expect(usd).toBeCloseTo(159.25, 6);
    expect(unpriced).toEqual([]);
  });
});

describe("Aurora, worked by hand, us-east-1", () => {
  const aurora: Partial<Database> = {
    engine: { name: "aurora-postgresql", version: "16.4" },
    runtime: { kind: "aurora" },
    storage: { gib: null, maxGib: null, type: "aurora", iops: null },
    topology: { kind: "cluster", members: 2 },
    backups: null,
  };
  const used = [
    ["aurora storage", "needs demand"],
    ["aurora I/O", "needs demand"],
  ];

  test("two members of db.r6g.large", () => {
    // 2 x 730 x 0.26 = 379.60.
    const { usd, unpriced } = bill({ ...aurora, machines: [{ type: "db.r6g.large", count: 2 }] });
    expect(usd).toBeCloseTo(379.6, 6);
    expect(unpriced).toEqual(used);
  });

  test("a serverless reader between 0.5 and 8 units beside a machine", () => {
    // 730 x 0.082 = 59.86; 0.5 x 730 x 0.12 = 43.80, 8 x 730 x 0.12 = 700.80.
    const machines = [
      { type: "db.serverless", count: 1 },
      { type: "db.t3.medium", count: 1 },
    ];
    const { perMonthUsd } = costOf([asReading(database({ ...aurora, machines, units: { min: 0.5, max: 8 } }))], null);
    expect(perMonthUsd.min).toBeCloseTo(103.66, 6);
    expect(perMonthUsd.expected).toBeCloseTo(103.66, 6);
    expect(perMonthUsd.max).toBeCloseTo(760.66, 6);
  });

  test("with I/O in the price, units cost more, machines were not found, and no I/O is named", () => {
    const storage = { gib: null, maxGib: null, type: "aurora-iopt1", iops: null };
    const machines = [
      { type: "db.serverless", count: 2 },
      { type: "db.r6g.large", count: 1 },
    ];
    const { usd, unpriced } = bill({ ...aurora, storage, machines, units: { min: 1, max: 1 } });
    // 2 x 730 x 0.16.
    expect(usd).toBeCloseTo(233.6, 6);
    expect(unpriced).toEqual([
      ["database-hour:aurora-iopt1:db.r6g.large", "no price known in us-east-1"],
      ["aurora storage", "needs demand"],
    ]);
  });

  test("an RDS cluster of three has a list of its own, which was not found", () => {
    const { unpriced, lines } = bill({
      topology: { kind: "cluster", members: 3 },
      machines: [{ type: "db.r6g.large", count: 3 }],
      backups: null,
    });
    expect(unpriced).toEqual([["database-hour:postgres-multi-az-cluster:db.r6g.large", "no price known in us-east-1"]]);
    expect(lines).toEqual([["rds-gp3-gb-month", 300]]);
  });
});

describe("what has no price is named", () => {
  test("a machine, a storage type and IOPS that were not found", () => {
    const { lines, unpriced } = bill({
      machines: [{ type: "db.r7g.large", count: 1 }],
      storage: { gib: 100, maxGib: null, type: "io2", iops: 3000 },
      backups: null,
    });
    expect(lines).toEqual([]);
    expect(unpriced.map(([item]) => item)).toEqual([
      "database-hour:postgres:db.r7g.large",
      "rds-io2-gb-month",
      "rds-io2-iops-month",
    ]);
  });

  test.each(["region", "engine.name", "machines", "storage.type", "storage.gib", "topology", "backups"])(
    "%s that is not known",
    (path) => {
      const { unpriced, partial } = costOf([hidden(database({ backups: null }), path)], null);
      expect(partial).toBe(true);
      expect(unpriced.map(({ why }) => why).join()).toContain("known only after the deploy");
    },
  );

  test("a count of machines that hangs on what is not known", () => {
    const part = hidden(database({ backups: null }), "topology.standbys");
    expect(costOf([part], null).unpriced).toContainEqual({
      part: part.key,
      item: "database storage",
      why: "topology: is not known",
    });
  });
});
