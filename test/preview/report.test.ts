import type { Cost, Read, ReadPart, Resource } from "../../model";
import { asReading, unknown } from "../../model";
import { SYSTEM_TYPE } from "../../model";
import { comparedWith } from "../../preview/diff";
import { reportOf, type Judges } from "../../preview/report";
import { aGroup, aPlan, aReport, aResource, failingBudget } from "./a-report";

const cost: Cost = { perMonthUsd: { min: 1, expected: 2, max: 3 }, partial: false, lines: [], unpriced: [] };
const group = aGroup("embedding", 41, 62);

function judges(parts: readonly ReadPart[], claimed: readonly string[] = []): Judges {
  const read: Read = { parts, claims: claimed.map((urn) => ({ urn, part: null, carries: "nothing" })), conflicts: [] };
  return {
    readParts: () => read,
    costOf: () => cost,
    availabilityOf: () => aReport().availability,
    judge: (subject) => [
      {
        ...failingBudget,
        message: `${subject.parts.length} parts, baseline ${subject.baseline?.cost.perMonthUsd.expected ?? "none"}`,
      },
    ],
  };
}

function component(type: string, inputs: Resource["inputs"]): Resource {
  return { ...aResource("root", inputs, { type }), custom: false };
}

const wire = (value: unknown): Resource["inputs"] => JSON.parse(JSON.stringify(value)) as Resource["inputs"];
const given = { stack: "embedding-prod", origin: "recorded", asOf: "2026-11-21" } as const;

describe("a report", () => {
  const plan = aPlan({ parts: [group] });

  test("finds the plan among the registered inputs", () => {
    const resources = [component(SYSTEM_TYPE, wire({ plan })), aResource("a", {})];
    const report = reportOf({ ...given, resources }, judges([asReading(group)]));
    expect(report.planned).toEqual({ ok: true, plan });
    expect(report.mismatches).toEqual([]);
    expect(report.availability).not.toBeNull();
    expect(report.rules[0]?.message).toBe("1 parts, baseline none");
  });

  test("of another's program has no plan and no availability", () => {
    const report = reportOf(
      { ...given, resources: [component("other:index:System", wire({ plan })), aResource("a", {})] },
      judges([]),
    );
    expect([report.planned, report.availability]).toEqual([null, null]);
  });

  test("names what differs field by field; what cannot be read is no difference; what one side lacks is *", () => {
    const built = asReading({ ...group, ports: [9999], size: { cpuMillis: 1, memoryMiB: 2048 } });
    const blind = { ...built, size: unknown("u", "cpu", "after-deploy") };
    const find = (part: ReadPart) =>
      reportOf({ ...given, planned: { ok: true, plan }, resources: [] }, judges([part])).mismatches;
    expect(find(built).map(({ field, planned, built: seen }) => [field, planned, seen])).toEqual([
      ["ports.0", 8888, 9999],
      ["size.cpuMillis", 1000, 1],
    ]);
    expect(find(blind).map(({ field }) => field)).toEqual(["ports.0"]);
    expect(find(asReading(aGroup("other", 1, 1))).map(({ key, field }) => [key, field])).toEqual([
      ["replica-group/embedding/us-east-1", "*"],
      ["replica-group/other/us-east-1", "*"],
    ]);
  });

  test("lists every custom resource: read, unread, opaque; no component", () => {
    const resources = [
      component(SYSTEM_TYPE, wire({ plan })),
      aResource("a", {}),
      aResource("b", {}),
      aResource("c", {}, { type: "kubernetes:helm.sh/v3:Release" }),
      aResource("d", {}, { type: "pulumi:providers:aws" }),
    ];
    const report = reportOf({ ...given, resources }, judges([asReading(group)], [resources[1]?.urn ?? ""]));
    expect(report.resources.map(({ name, state }) => [name, state])).toEqual([
      ["a", "read"],
      ["b", "unread"],
      ["c", "opaque-remote"],
      ["d", "read"],
    ]);
  });

  test("of a refused plan has the refusals, and judges nothing", () => {
    const refuse = {
      ok: false,
      infeasible: [
        {
          part: group.key,
          field: "x",
          asked: 1,
          unit: "y",
          limit: { name: "z", value: 0, source: { title: "t", date: "d" }, raisable: false },
          alternatives: [],
        },
      ],
      partial: plan,
    } as const;
    const report = reportOf(
      { ...given, planned: { ...refuse, infeasible: [refuse.infeasible[0]] }, resources: [] },
      judges([asReading(group)]),
    );
    expect(report).toMatchObject({
      planned: refuse,
      built: [],
      resources: [],
      rules: [],
      availability: null,
      cost: { partial: true },
    });
  });

  test("hands the baseline to the rules, and shows the changes that they judged", () => {
    const changes = comparedWith(null, "HEAD", () => null).changes(aReport());
    const report = reportOf(
      {
        ...given,
        planned: { ok: true, plan },
        resources: [],
        baseline: { before: aReport({ cost }), changes: () => changes },
      },
      judges([asReading(group)]),
    );
    expect(report.rules[0]?.message).toBe("1 parts, baseline 2");
    expect(report.changes).toBe(changes);
  });
});
