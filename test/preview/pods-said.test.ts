import { certainPlan, requestOf } from "../../capacity";
import { asReading, type Plan, type Report, type RuleResult, type System } from "../../model";
import { explainText } from "../../preview/explain";
import { limitSteps } from "../../preview/pod-limits";
import { recoveryLines, writesLines } from "../../preview/recovery";
import { textOf } from "../../preview/text";
import { rules, type Subject } from "../../policies";
import { configured, tables } from "../stacks";
import { aReport } from "./a-report";

/** A shipped stack with its store told otherwise, and what is promised of it. */
function planned(
  stack: string,
  store: object = {},
  objectives: System["objectives"] | null = null,
  config: object = {},
): Plan {
  const file = configured(stack, { ...config });
  const vectordb = tables.systems["vectordb"] as unknown as System;
  const { dvecdb } = vectordb.workloads;
  const systems = {
    ...tables.systems,
    vectordb: {
      ...vectordb,
      objectives: objectives ?? vectordb.objectives,
      workloads: { dvecdb: { ...dvecdb, ...store } },
    },
  } as typeof tables.systems;
  const asked = requestOf({ ...file, systems, environments: tables.environments });
  if (!asked.ok) throw new Error(JSON.stringify(asked.mistakes));
  const found = certainPlan(asked.request);
  if (!found.ok) throw new Error(JSON.stringify(found.infeasible));
  return found.plan;
}

const reported = (plan: Plan): Report => ({
  ...aReport(),
  stack: plan.stack,
  planned: { ok: true, plan },
  built: plan.parts.map((part) => asReading(part)),
});
const words = (lines: readonly string[]): string => lines.map((line) => line.trim()).join(" ");

describe("what explain says of limits", () => {
  const serving = reported(planned("model-serving-prod"));

  test("a limit of CPU: what it is in each period, and that nines would leave it out", () => {
    const text = words(limitSteps(serving));
    expect(text).toContain("model-server  asks for 1 CPU and 2,048 MiB");
    expect(text).toContain("limited to 2 CPU, which is 200 ms of CPU in each 100 ms");
    expect(text).toContain("nines would leave the limit out");
    expect(text).toContain("Kubernetes issue 51135");
    expect(explainText(serving)).toContain("what limits do, and nines' view of them");
  });

  test("once for the workload, however many regions it stands in", () => {
    expect(words(limitSteps(serving)).match(/asks for/g)).toHaveLength(1);
  });

  test("memory above the request is nobody's; what is requested is right", () => {
    expect(words(limitSteps(serving))).toContain("limited to 4,096 MiB, of which 2,048 were set aside by nobody");
    const dev = words(limitSteps(reported(planned("vectordb-prod", {}, null, { "nines:workloads": {} }))));
    expect(dev).toContain("limited to 4,096 MiB, what was set aside for it");
    expect(dev).toContain("CPU: no limit, as nines holds best");
    expect(dev).not.toContain("51135");
  });

  test("nobody sells sizes of pods", () => {
    expect(explainText(serving)).toContain("what its container asks for, with 1 vCPU");
    expect(explainText(serving)).not.toMatch(/size sold|sells/);
  });

  test("what is not on Kubernetes has none of it", () => {
    expect(limitSteps(aReport())).toEqual([]);
  });
});

describe("the writes of a store", () => {
  const said = (plan: Plan): string => words(writesLines(reported(plan), 13));
  const verdict = (plan: Plan) =>
    rules
      .find(({ id }) => id === "store-writes-back-in-time")
      ?.check({ parts: plan.parts.map((part) => asReading(part)), basis: plan } as unknown as Subject)[0];

  test.each([
    [false, "member 0 takes them, and no election is stated"],
    [true, "member 0 takes them, and a Service leads there alone; no election is stated"],
  ])("leader: %s: losing member 0 stops them until it runs elsewhere, which misses what is promised", (leader, by) => {
    const plan = planned("vectordb-prod", { leader });
    expect(said(plan)).toContain(by);
    // 345 given up + 210 for a node, since each zone has one + 60 for the volume + 60 to start
    expect(said(plan)).toContain("no write is taken for 675 s; 60 s promised: unmet");
    expect(textOf(reported(plan))).toContain("unmet");
    expect(verdict(plan)).toMatchObject({ verdict: "fail", part: "store/dvecdb/us-east-1" });
    expect(verdict(plan)?.message).toContain("its node is given up 345 s, another is made");
  });

  test("explain says who finds the leader, with and without its Service", () => {
    const steps = (leader: boolean): string => {
      const plan = planned("vectordb-prod", { leader });
      return words(recoveryLines(reported(plan), plan));
    };
    expect(steps(false)).toContain("its Services select every member");
    expect(steps(true)).toContain("a Service of its own leads writes to member 0");
    for (const leader of [false, true]) expect(steps(leader)).toContain("60 s promised: unmet");
  });

  test.each([
    [60, "pass", "met"],
    [61, "fail", "unmet"],
  ])("an election of %i s against 60 promised: %s", (electionSeconds, found, word) => {
    const plan = planned("vectordb-prod", { electionSeconds: { low: 1, mid: 2, high: electionSeconds } });
    expect(said(plan)).toContain(`60 s promised: ${word}`);
    expect(said(plan)).toContain("the database elects another");
    expect(verdict(plan)?.verdict).toBe(found);
  });

  test("without a promise the parts are said, and no rule judges; without writes nothing is", () => {
    const plan = planned("vectordb-prod", {}, { availability: 0.999, survive: "zone" });
    expect(said(plan)).toContain("675 s (its node is given up 345 s");
    expect(said(plan)).not.toContain("promised");
    expect(verdict(plan)).toBeUndefined();
    expect(said(planned("vectordb-prod", { writeShare: 0 }))).toBe("");
  });
});

test.each([
  ["medium" as const, "members: medium binds"],
  [9, "members: 9 binds"],
])("members: %s is said as what binds", (members, words) => {
  const plan = planned("vectordb-prod", { members });
  expect(textOf(reported(plan))).toContain(words);
  expect(explainText(reported(plan))).toMatch(/^ {2}stated +9 +members: /m);
});

describe("nines where a region must be survived", () => {
  const unmet = {
    id: "region-loss-carried",
    severity: "mandatory",
    part: null,
    message: "nobody leads callers",
    fix: "",
  };
  const said = (verdict: "pass" | "fail"): string =>
    [textOf, explainText]
      .map((say) => say({ ...reported(planned("model-serving-prod")), rules: [{ ...unmet, verdict } as RuleResult] }))
      .join(" ")
      .replaceAll(/\s+/g, " ");

  test("and nobody leads callers away: the figure says that it is the first region's alone", () => {
    expect(said("fail").match(/asked, with us-east-1 alone, since survive: region is unmet/g)).toHaveLength(2);
    expect(said("pass")).not.toContain("alone, since");
  });
});
