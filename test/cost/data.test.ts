import type { Part } from "../../model";
import { asReading } from "../../model";
import { costOf } from "../../cost";
import { broker, files, search, table } from "../policies/data-cases";
import { hidden } from "../policies/fixture";

const bill = (part: Part) => {
  const { lines, unpriced, perMonthUsd } = costOf([asReading(part)], null);
  return { items: lines.map(({ item }) => item), unpriced: unpriced.map(({ item }) => item), usd: perMonthUsd };
};

describe("worked by hand, us-east-1", () => {
  test("a table of 10 read and 5 to 20 write units", () => {
    // 10 x 730 x 0.00013 = 0.949; 5 x 730 x 0.00065 = 2.3725, 20 of them 9.49.
    const { usd, unpriced } = bill(table());
    expect(usd.min).toBeCloseTo(3.3215, 6);
    expect(usd.expected).toBeCloseTo(3.3215, 6);
    expect(usd.max).toBeCloseTo(10.439, 6);
    expect(unpriced).toEqual(["dynamodb storage"]);
  });

  test("an index has units of its own, and a copy bills all of them again in its region", () => {
    const ten = { min: 10, max: 10 };
    const indexed = table({ indexes: [{ name: "by-day", read: ten, write: ten }] });
    // 20 x 730 x 0.00013 = 1.898; 15 x 730 x 0.00065 = 7.1175.
    expect(bill(indexed).usd.min).toBeCloseTo(9.0155, 6);
    expect(bill({ ...indexed, replicaRegions: ["eu-west-1"] }).unpriced).toEqual([
      "dynamodb-read-unit-hour",
      "dynamodb-write-unit-hour",
      "dynamodb storage",
    ]);
  });

  test("three search nodes of m7g.large with 100 GB of gp2 each, and three managers", () => {
    // 3 x 730 x 0.135 = 295.65; 3 x 730 x 0.068 = 148.92; 300 x 0.135 = 40.50; together 485.07.
    expect(bill(search())).toMatchObject({
      items: ["search-node-hour:m7g.large", "search-node-hour:m7g.medium", "opensearch-gp2-gb-month"],
      unpriced: [],
    });
    expect(bill(search()).usd.expected).toBeCloseTo(485.07, 6);
    expect(
      bill(
        search({
          data: { count: 1, type: "t3.small.elasticsearch", diskGib: 0, diskType: "instance" },
          managers: null,
        }),
      ).usd.expected,
    ).toBeCloseTo(730 * 0.036, 6);
  });

  test("three brokers of kafka.t3.small with 100 GB each", () => {
    // 3 x 730 x 0.0456 = 99.864; 300 x 0.10 = 30.
    expect(bill(broker()).usd.expected).toBeCloseTo(129.864, 6);
  });

  test("a file system with 10 MB/s paid for", () => {
    expect(bill(files({ provisionedMbPerSecond: 10 }))).toMatchObject({
      items: ["efs-provisioned-mbps-month"],
      unpriced: ["efs storage"],
      usd: { expected: 60 },
    });
  });
});

describe("what has no price, or is not known, is named", () => {
  test.each<[string, Part, readonly string[]]>([
    ["by use", table({ capacity: { kind: "on-demand" } }), ["dynamodb reads", "dynamodb writes", "dynamodb storage"]],
    ["serverless", broker({ brokers: null }), ["msk serverless"]],
    ["gp3", search({ data: { ...search().data, diskType: "gp3" } }), ["opensearch-gp3-gb-month"]],
    [
      "brokers without a price and without disks",
      broker({ brokers: { count: 3, type: "express.m7g.large", diskGib: 0 } }),
      ["broker-hour:express.m7g.large", "msk storage"],
    ],
  ])("%s", (_, part, unpriced) => {
    expect(bill(part).unpriced).toEqual(unpriced);
  });

  test.each<[Part, string]>([
    [table(), "capacity.read.min"],
    [table(), "indexes"],
    [table(), "capacity"],
    [search(), "data.count"],
    [search(), "managers.type"],
    [search(), "warm"],
    [broker(), "brokers.count"],
    [broker(), "brokers.diskGib"],
    [broker(), "brokers"],
    [files(), "provisionedMbPerSecond"],
    [files(), "region"],
  ])("%p without %s", (part, path) => {
    const known = bill(part).unpriced.length;
    expect(costOf([hidden(part, path)], null).unpriced.length).toBeGreaterThan(known);
  });

  test("copies in regions that are not known", () => {
    expect(costOf([hidden(table(), "replicaRegions")], null).unpriced.map(({ item, why }) => [item, why])).toEqual([
      ["table copies", "replicaRegions: known only after the deploy"],
      ["dynamodb storage", "needs demand"],
    ]);
  });
});
