// What is shown as a replacement is what the rules forbid: one source, held over every input of the provider's list.
import fc from "fast-check";
import { forceNew } from "../../catalog/aws";
import { kubernetesForceNew } from "../../catalog/kubernetes/force-new-inputs";
import { isStore } from "../../catalog/replacing";
import type { Inputs, Plan, Report, Resource, ResourceChange, RuleResult, Value } from "../../model";
import { bareResource, isRecord } from "../../model";
import { judge, rules as everyRule } from "../../policies";
import { comparedWith } from "../../preview/diff";
import { reportOf, type Judges } from "../../preview/report";
import { workings } from "../../preview/workings";
import { configured, recordStack } from "../stacks";

const rules = new Set(["store-not-replaced", "object-not-replaced"]);
const asOf = "2026-11-22";
const SET = "kubernetes:apps/v1:StatefulSet";
const waivers: Plan["waivers"] = [...rules].map((rule) => ({
  rule,
  reason: "it may stop tonight",
  until: "2026-11-30",
}));

const two = everyRule.filter(({ id }) => rules.has(id));
/** What else a report says costs time, and nothing here rests on it. */
const only: Judges = {
  ...workings,
  costOf: () => ({ perMonthUsd: { min: 0, expected: 0, max: 0 }, partial: true, lines: [], unpriced: [] }),
  availabilityOf: () => null,
  judge: (subject) => judge(subject, two),
};
const given = { stack: "prod", origin: "recorded", asOf } as const;

interface Stack {
  readonly plan: Plan;
  readonly resources: readonly Resource[];
  readonly before: Report;
}

function reportsOf({ plan, before }: Stack, after: readonly Resource[], waived: Plan["waivers"] = []): Report {
  const baseline = comparedWith(before, "what stood", workings.replaces);
  const planned = { ok: true, plan: { ...plan, waivers: waived } } as const;
  return reportOf({ ...given, resources: after, planned, baseline }, only);
}

/** With another value at a path: of a list its first item's, of a record one key more. */
function otherwise(inputs: Inputs, path: string): Inputs {
  const [step = "", ...rest] = path.split(".");
  const key = step.replace("[]", "");
  const value: Value = inputs[key] ?? (rest.length > 0 ? {} : "");
  if (key !== step) return { ...inputs, [key]: [otherwise(first(value), rest.join("."))] };
  if (rest.length > 0 && isRecord(value)) return { ...inputs, [key]: otherwise(value, rest.join(".")) };
  return { ...inputs, [key]: another(value) };
}

function first(value: Value): Inputs {
  const item = Array.isArray(value) ? (value as readonly Value[])[0] : value;
  return isRecord(item) ? item : {};
}

function another(value: Value): Value {
  if (Array.isArray(value)) return [...(value as readonly Value[]), { other: "x" }];
  if (isRecord(value)) return { ...value, other: "x" };
  if (typeof value === "number") return value + 1;
  return typeof value === "boolean" ? !value : `${String(value)}x`;
}

function change(resources: readonly Resource[], urns: ReadonlyMap<string, readonly string[]>): readonly Resource[] {
  return resources.map((each) => ({
    ...each,
    inputs: (urns.get(each.urn) ?? []).reduce<Inputs>(otherwise, each.inputs),
  }));
}

const replacedIn = (report: Report): readonly ResourceChange[] =>
  (report.changes?.resources ?? []).filter(({ op }) => op === "replace");
const verdicts = (report: Report, verdict: RuleResult["verdict"]): readonly RuleResult[] =>
  report.rules.filter((each) => rules.has(each.id) && each.verdict === verdict);

/** One finding for each that is shown and takes something along, naming it and what forces it; mandatory where something stops or data goes. */
function expectSame(report: Report, verdict: "fail" | "waived"): void {
  const all = replacedIn(report);
  const shown = all.filter(({ type, loss }) => type === SET || loss !== undefined);
  // Nothing is said of what stands under another name before the old one goes; of AWS what holds nothing is told in the catalog's own tests.
  for (const { properties } of all.filter((each) => !shown.includes(each) && !each.type.startsWith("aws:")))
    expect(properties.some(({ path, forces }) => forces === true && /^metadata\.name(space)?$/.test(path))).toBe(true);
  const said = verdicts(report, verdict);
  expect(said).toHaveLength(shown.length);
  for (const { urn, type, loss, forcedBy, properties } of shown) {
    const name = urn.slice(urn.lastIndexOf("::") + 2);
    const found = said.find(({ message }) => message.startsWith(`${type.split(":")[2] ?? ""} ${name} is replaced, `));
    const forcing = properties.filter(({ forces }) => forces).map(({ path }) => path);
    expect(forcing).toContain(forcedBy);
    for (const path of forcing.slice(0, 3)) expect(found?.message).toContain(path);
    expect(found?.message).toContain(loss?.what ?? "");
    expect(found?.severity).toBe(type === SET || loss?.grave === true ? "mandatory" : "advisory");
  }
}

let stacks: readonly Stack[];
/** What no system of ours has: one of each other kind of the list. */
function othersThan(stacks: readonly (readonly Resource[])[]): readonly Resource[] {
  const there = new Set(stacks.flat().map(({ type }) => type));
  return Object.keys(kubernetesForceNew)
    .filter((type) => !there.has(type))
    .map((type) =>
      bareResource({
        urn: `urn:pulumi:prod::nines::${type}::other`,
        type,
        name: "other",
        inputs: { metadata: { name: "other", namespace: "shop" } },
      }),
    );
}

beforeAll(async () => {
  const recorded = await Promise.all(
    ["vectordb-prod", "model-serving-prod"].map((stack) => recordStack(configured(stack, {}))),
  );
  const others = othersThan(recorded.map(({ resources }) => resources));
  const alone = recorded.slice(0, 1).map(({ plan }) => ({ plan, resources: others }));
  stacks = [...recorded, ...alone].map(({ plan, resources }) => ({
    plan,
    resources,
    before: reportOf({ ...given, resources, planned: { ok: true, plan } }, only),
  }));
});

describe("what is shown as replaced is what the rules forbid", () => {
  const fields = Object.entries(kubernetesForceNew).flatMap(([type, inputs]) =>
    ["metadata.name", "metadata.namespace", ...inputs].map((path) => [type, path] as const),
  );

  test.each(fields)("%s %s", (type, path) => {
    const having = stacks.filter(({ resources }) => resources.some((each) => each.type === type));
    expect(having.length).toBeGreaterThan(0);
    for (const stack of having) {
      const own = stack.resources.filter((each) => each.type === type).map(({ urn }) => urn);
      const after = change(stack.resources, new Map(own.map((urn) => [urn, [path]])));
      const report = reportsOf(stack, after);
      expect(new Set(replacedIn(report).map(({ urn }) => urn))).toEqual(new Set(own));
      expectSame(report, "fail");
      const waived = reportsOf(stack, after, waivers);
      expect(verdicts(waived, "fail")).toEqual([]);
      expectSame(waived, "waived");
    }
  });

  const kept = Object.entries(forceNew).filter(([type]) => isStore(type) || /:(Bucket|Queue)$/.test(type));
  const keptInputs = kept.flatMap(([type, { inputs }]) => inputs.map((path) => [type, path] as const));

  test.each(keptInputs)("%s %s", (type, path) => {
    const own = bareResource({ urn: `urn:pulumi:prod::nines::${type}::data`, type, name: "data", inputs: {} });
    const { plan } = stacks[0]!;
    const before = reportOf({ ...given, resources: [own], planned: { ok: true, plan } }, only);
    const after = change([own], new Map([[own.urn, [path]]]));
    const report = reportsOf({ plan, resources: [own], before }, after);
    expect(replacedIn(report)).toHaveLength(1);
    expect(verdicts(report, "fail")).toMatchObject([
      { id: isStore(type) ? "store-not-replaced" : "object-not-replaced", severity: "mandatory" },
    ]);
    expectSame(report, "fail");
    expectSame(reportsOf({ plan, resources: [own], before }, after, waivers), "waived");
  });

  test("a cache of ElastiCache on another port is made anew, empty: what a user reads", async () => {
    const { plan, resources } = await recordStack(configured("embedding-prod", {}));
    const before = reportOf({ ...given, resources, planned: { ok: true, plan } }, only);
    const groups = resources.filter(({ type }) => type === "aws:elasticache/replicationGroup:ReplicationGroup");
    expect(groups.length).toBeGreaterThan(0);
    const after = change(resources, new Map(groups.map(({ urn }) => [urn, ["port"]])));
    const report = reportsOf({ plan, resources, before }, after);
    expectSame(report, "fail");
    const [found] = verdicts(report, "fail");
    expect(found).toMatchObject({ id: "store-not-replaced", severity: "mandatory" });
    expect(found?.part).toMatch(/^redis-cache\//);
    expect(found?.message).toMatch(
      /^ReplicationGroup \S+ is replaced, forced by port; what it holds is gone without a last snapshot; the new one starts empty$/,
    );
    expect(found?.fix).toBe(
      "leave port as it is; or build a second one beside it, copy the data over and take this one away; or waive it, for a time when it may be empty",
    );
    expect(verdicts(reportsOf({ plan, resources, before }, resources), "pass").map(({ id }) => id)).toContain(
      "store-not-replaced",
    );
  });

  test("a history of another length stops the store: what a user reads, and what it costs", () => {
    const [stack] = stacks as readonly [Stack];
    const set = stack.resources.find(({ type }) => type === SET)!;
    const [found, ...others] = verdicts(
      reportsOf(stack, change(stack.resources, new Map([[set.urn, ["spec.revisionHistoryLimit", "spec.replicas"]]]))),
      "fail",
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      id: "store-not-replaced",
      severity: "mandatory",
      message: `StatefulSet ${set.name} is replaced, forced by spec.revisionHistoryLimit; stops the store: all its members go at once, and its claims stay`,
      fix: "leave spec.revisionHistoryLimit as it is; build a second store and move over; or waive it, for a time when it may stop",
    });
    expect(found?.part).toMatch(/^store\//);
  });

  const SIZE = "spec.volumeClaimTemplates[0].spec.resources.requests.storage";
  const sized = (resources: readonly Resource[], size: string, more: Readonly<Record<string, Value>> = {}) =>
    resources.map((each): Resource => {
      const spec = each.inputs.spec;
      if (each.type !== SET || !isRecord(spec)) return each;
      const [template] = spec.volumeClaimTemplates as readonly { readonly [key: string]: Value }[];
      const own = isRecord(template?.spec) ? template.spec : {};
      const claim = { ...template, spec: { ...own, resources: { requests: { storage: size } } } };
      return { ...each, inputs: { ...each.inputs, spec: { ...spec, ...more, volumeClaimTemplates: [claim] } } };
    });

  test.each([
    [0, "vectordb-prod", "dvecdb-prod"],
    [1, "model-serving-prod", undefined],
  ])(
    "volumes that grow do so by their claims, and nothing stops: a store's, a cache's (%i: %s)",
    (which, _, namespace) => {
      const stack = stacks[which]!;
      const found = verdicts(reportsOf(stack, sized(stack.resources, "900Gi")), "fail");
      expect(found.length).toBeGreaterThan(0);
      for (const { message, fix, severity } of found) {
        expect(severity).toBe("mandatory");
        expect(message).toContain(`forced by ${SIZE}; stops the store`);
        const set =
          /^1\. grow the claims, whose class must allow it: kubectl -n (\S+) patch pvc data-(\S+)-0 -p '\{"spec":\{"resources":\{"requests":\{"storage":"900Gi"\}\}\}\}', and so for each member; 2\. take the set alone away: kubectl -n (\S+) delete statefulset (\S+) --cascade=orphan; 3\. pulumi refresh, and deploy: the set that is made takes its pods over, and nothing stops$/.exec(
            fix,
          );
        expect(set).not.toBeNull();
        expect([set?.[1], set?.[2]]).toEqual([set?.[3], set?.[4]]);
        if (namespace !== undefined) expect(set?.[1]).toBe(namespace);
      }
    },
  );

  test("claims cannot shrink, and another change beside it still replaces the set", () => {
    const [stack] = stacks as readonly [Stack];
    const fixes = (resources: readonly Resource[]): string =>
      verdicts(reportsOf(stack, resources), "fail")
        .map(({ fix }) => fix)
        .join("\n");
    expect(fixes(sized(stack.resources, "1Gi"))).toMatch(/^grow the claims themselves/);
    expect(fixes(sized(stack.resources, "900Gi", { serviceName: "another" }))).toMatch(/^grow the claims themselves/);
  });

  test("four times the entries of a cache would replace its group in all three regions at once", async () => {
    const stack = stacks[1]!;
    const workloads = { "model-server": { exposure: "internet" }, features: { entries: 2_000_000 } };
    const { resources } = await recordStack(configured("model-serving-prod", { workloads }));
    const found = verdicts(reportsOf(stack, resources), "fail").filter(({ severity }) => severity === "mandatory");
    expect(found.map(({ id, part }) => `${id} ${part ?? ""}`)).toEqual(
      ["eu-west-1", "us-east-1", "us-west-2"].map((region) => `store-not-replaced redis-cache/features/${region}`),
    );
  });

  test("whatever else changes beside it", () => {
    const others = ["metadata.labels", "metadata.annotations", "spec.replicas", "spec.template", "spec.type", "data"];
    const forcing = ["metadata.name", "metadata.namespace", ...Object.values(kubernetesForceNew).flat()];
    fc.assert(
      fc.property(
        fc.nat({ max: 2 }),
        fc.array(fc.tuple(fc.nat(), fc.subarray([...others, ...forcing], { maxLength: 4 })), { maxLength: 6 }),
        (which, picked) => {
          const stack = stacks[which]!;
          const objects = stack.resources.filter(({ type }) => type.startsWith("kubernetes:"));
          const after = change(
            stack.resources,
            new Map(picked.map(([index, paths]) => [objects[index % objects.length]!.urn, paths])),
          );
          expectSame(reportsOf(stack, after), "fail");
        },
      ),
      { numRuns: 15 },
    );
  });
});
