import * as fc from "fast-check";
import { asReading } from "../../model";
import { comparePlanned } from "../../policies";
import { allParts, group, groupKey, hidden } from "./fixture";

test("what reads back as planned differs in nothing", () => {
  expect(
    comparePlanned(
      allParts,
      allParts.map((part) => asReading(part)),
    ),
  ).toEqual({ mismatches: [], unread: [] });
});

test("each field that differs is named once, with both values", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (planned, built) => {
      const { mismatches } = comparePlanned(
        [group({ drainSeconds: planned })],
        [asReading(group({ drainSeconds: built }))],
      );
      expect(mismatches).toEqual(planned === built ? [] : [{ key: groupKey, field: "drainSeconds", planned, built }]);
    }),
  );
});

test("lists of another length differ as a whole, of the same length by position", () => {
  const ports = (list: readonly number[]) => asReading(group({ ports: list }));
  expect(comparePlanned([group({ ports: [80, 81] })], [ports([80])]).mismatches).toEqual([
    { key: groupKey, field: "ports", planned: [80, 81], built: [80] },
  ]);
  expect(comparePlanned([group({ ports: [80, 81] })], [ports([80, 82])]).mismatches).toEqual([
    { key: groupKey, field: "ports.1", planned: 81, built: 82 },
  ]);
});

test("nothing where something was planned, and the other way round", () => {
  expect(
    comparePlanned([group({ logs: { kind: "group", keepDays: 7 } })], [asReading(group({ logs: null }))]).mismatches,
  ).toEqual([{ key: groupKey, field: "logs", planned: { kind: "group", keepDays: 7 }, built: null }]);
  expect(
    comparePlanned([group({ logs: null })], [asReading(group({ logs: { kind: "group", keepDays: 7 } }))]).mismatches,
  ).toEqual([{ key: groupKey, field: "logs", planned: null, built: { kind: "group", keepDays: 7 } }]);
});

test("another arm differs in what both have and in what only one has", () => {
  const fixed = group({ scaling: { kind: "fixed", count: 6 } });
  const fields = comparePlanned([group()], [asReading(fixed)]).mismatches.map(({ field }) => field);
  expect(fields).toEqual([
    "scaling.kind",
    "scaling.min",
    "scaling.max",
    "scaling.initial",
    "scaling.signals",
    "scaling.schedule",
    "scaling.count",
  ]);
});

test("what cannot be read is open, not different", () => {
  const { mismatches, unread } = comparePlanned([group()], [hidden(group(), "image")]);
  expect(mismatches).toEqual([]);
  expect(unread).toMatchObject([{ key: groupKey, field: "image", unknown: { why: "after-deploy" } }]);
});

test("a Part that is missing, and one that nobody planned", () => {
  expect(comparePlanned([group()], []).mismatches).toEqual([
    { key: groupKey, field: "", planned: "replica-group", built: null },
  ]);
  expect(comparePlanned([], [asReading(group())]).mismatches).toEqual([
    { key: groupKey, field: "", planned: null, built: "replica-group" },
  ]);
});
