import fc from "fast-check";
import { asReading, unknown, type ReadPart, type Report } from "../../model";
import { changesOf } from "../../preview/diff";
import { markdownOf } from "../../preview/markdown";
import { balancerZonesOf, replicasOf, uncountedOf } from "../../preview/replicas";
import { tableOf } from "../../preview/table";
import { textOf } from "../../preview/text";
import { broker, search } from "../policies/data-cases";
import { balancer, cache, database, group, hidden, zones } from "../policies/fixture";
import { pool } from "../policies/machine-cases";
import { aReport } from "./a-report";

const foreign = (...built: readonly ReadPart[]): Report =>
  aReport({ planned: null, built, rules: [], resources: [], availability: null });
const counts = (report: Report) =>
  replicasOf(report).map(({ part, count, zones }) => [part.split("/")[0], count.min, count.max, zones]);
const spread = (...zones: readonly string[]) => ({ kind: "zonal", zones, spread: "hard" }) as const;
const scaling = (min: number, max: number) =>
  ({ kind: "range", min, max, initial: min, signals: [], schedule: [] }) as const;
const fixed = { kind: "fixed", count: 3 } as const;

test("what a region leaves behind is told with the region", () => {
  const here = asReading(group());
  const there = asReading(group({ key: "replica-group/web/eu-west-1", region: "eu-west-1" }));
  const after = (before: readonly ReadPart[], now: readonly ReadPart[]): string => {
    const report = foreign(...now);
    return textOf({ ...report, changes: changesOf(foreign(...before), report, "old", () => false) });
  };
  expect(after([here, there], [here])).toMatch(/ -> none +eu-west-1: removed$/m);
  expect(after([here, there], [])).toMatch(/ -> none +us-east-1: removed$/m);
  expect(after([there], [])).toMatch(/ -> none +removed$/m);
});

describe("what has copies", () => {
  test.each([
    [database({ topology: { kind: "single" }, placement: spread(zones[0]) }), 1, [1]],
    [database({ topology: { kind: "standby", standbys: 1 }, placement: spread(...zones.slice(0, 2)) }), 2, [1, 1]],
    [database({ topology: { kind: "cluster", members: 3 }, placement: spread(...zones) }), 3, [1, 1, 1]],
    [database({ topology: { kind: "cluster", members: 5 }, placement: spread(...zones) }), 5, [2, 2, 1]],
    [database({ topology: { kind: "single" }, placement: { kind: "regional" } }), 1, null],
    [search({ data: { ...search().data, count: 6 }, awareZones: 2, placement: spread(...zones) }), 6, [3, 3]],
    [search({ data: { ...search().data, count: 3 }, awareZones: 3, placement: { kind: "regional" } }), 3, null],
    [
      broker({ brokers: { count: 6, type: "kafka.m5.large", diskGib: 100 }, placement: spread(...zones) }),
      6,
      [2, 2, 2],
    ],
    [pool({ scaling: fixed, placement: spread(...zones) }), 3, [1, 1, 1]],
  ])("is counted, with its zones where they are known: %#", (part, count, split) => {
    expect(counts(foreign(asReading(part)))).toEqual([[part.kind, count, count, split]]);
  });

  test("machines stand at the floor; a floor of none stands nowhere", () => {
    const at = (min: number) => asReading(pool({ scaling: scaling(min, 6), placement: spread(...zones) }));
    expect(counts(foreign(at(4)))).toEqual([["node-pool", 4, 6, [2, 1, 1]]]);
    expect(counts(foreign(at(0)))).toEqual([["node-pool", 0, 6, null]]);
  });

  test("no zones are counted of which one is not known", () => {
    const part = asReading(pool({ scaling: fixed, placement: spread(...zones.slice(0, 2)) }));
    const { placement } = part;
    if (!("zones" in placement) || !("map" in placement.zones)) throw new Error("zones expected");
    const other = { ...placement, zones: [...placement.zones.slice(0, 1), unknown("a", "b", "after-deploy")] };
    expect(counts(foreign({ ...part, placement: other }))).toEqual([["node-pool", 3, 3, null]]);
  });

  test("a serverless broker has none to count, and is not called unknown", () => {
    const report = foreign(asReading(broker({ brokers: null })));
    expect([replicasOf(report), uncountedOf(report)]).toEqual([[], []]);
  });

  test("stands in one order whatever the order of the resources: groups, caches, then the rest by name", () => {
    const named = (word: string) => ({ key: `database/${word}/us-east-1`, workload: word }) as const;
    const parts = [group(), cache(), database(named("a")), pool(), broker(), search(), database(named("z"))].map(
      (part) => asReading(part),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        const found = replicasOf(foreign(...shuffled));
        const kinds = found.map(({ part }) => part.split("/")[0]);
        const rest = found.slice(2).map(({ workload }) => workload);
        expect(found).toHaveLength(parts.length);
        expect(kinds.slice(0, 2)).toEqual(["replica-group", "redis-cache"]);
        expect(rest).toEqual([...rest].sort());
      }),
    );
  });
});

describe("a count that is not known", () => {
  const open = hidden(group({ scaling: fixed }), "scaling.count");
  const elsewhere = hidden(database(), "topology", "elsewhere");
  const report = foreign(open, elsewhere);

  test("is said on one line, in the table and for a pull request", () => {
    expect(uncountedOf(report).map(({ afterDeploy }) => afterDeploy)).toEqual([true, false]);
    expect(textOf(report)).toMatch(/^ {2}replicas {3}web +not known before the deploy$/m);
    expect(textOf(report)).toMatch(/^ {13}\w+ +not known +database$/m);
    expect(tableOf({ schema: 1, reports: [report], removed: [], mistakes: [] })).toContain("web not known");
    expect(markdownOf({ schema: 1, reports: [report], removed: [], mistakes: [] })).toContain("web not known");
  });

  test("is neither new nor gone beside one that is known", () => {
    const known = foreign(asReading(group({ scaling: fixed })));
    for (const [before, after] of [
      [known, report],
      [report, known],
    ] as const) {
      const changes = changesOf(before, after, "HEAD", () => false);
      expect(changes.replicas).toEqual([]);
      expect(textOf({ ...after, changes })).not.toMatch(/-> none|removed|web .*new$/m);
    }
  });

  test("is left to the plan where there is one", () => {
    expect(uncountedOf(aReport({ built: [open] }))).toEqual([]);
  });
});

describe("balancers", () => {
  const built = asReading(balancer({ placement: spread(...zones) }));

  test("of another's program say in how many zones they answer; of a plan's nothing", () => {
    expect(balancerZonesOf(foreign(built))).toEqual([{ part: built.key, zones: 3 }]);
    expect(textOf(foreign(built))).toMatch(/zones 3 +balancer$/m);
    expect(balancerZonesOf(aReport({ built: [built] }))).toEqual([]);
  });

  test("say nothing where their zones are not known", () => {
    expect(balancerZonesOf(foreign(hidden(balancer(), "placement", "elsewhere")))).toEqual([]);
  });
});

test("a database that grows a member is said old beside new, with what it is", () => {
  const of = (members: number) =>
    foreign(asReading(database({ topology: { kind: "cluster", members }, placement: spread(...zones) })));
  const changes = changesOf(of(2), of(3), "HEAD", () => false);
  expect(changes.replicas).toMatchObject([
    { from: { min: 2 }, to: { min: 3 }, zonesFrom: [1, 1, 0], zonesTo: [1, 1, 1] },
  ]);
  const text = textOf({ ...of(3), changes });
  expect(text).toMatch(/2 -> 3 +1\|1\|0 -> 1\|1\|1 +database$/m);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});
