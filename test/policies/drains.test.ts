import type { PartKey, RuleResult } from "../../model";
import { judge, type Subject } from "../../policies";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { configured, recordStack } from "../stacks";
import { group, hidden, of, resource, rule, subject, verdicts } from "./fixture";
import { nodes, pods } from "./node-cases";

const ID = "drain-finds-room";
const said = (given: Subject) => judge(given, [rule(ID)]);
const fixed = (count: number) => ({ kind: "fixed", count }) as const;
const six = pods({ scaling: fixed(6) });
const full = of([six, nodes(3, 2, {}, 0.1)]);

test("by hand: six pods fill three nodes: no drain ends, and a fourth node at 0.1 USD an hour costs 73 a month", () => {
  expect(said(full)).toMatchObject([
    {
      part: nodes(3, 2).key,
      verdict: "fail",
      severity: "advisory",
      message:
        "3 of 3 nodes (in us-east-1a, us-east-1b, us-east-1c) cannot be drained, since a pod that is evicted waits and its budget lets no other go; web: no other node has room",
      fix: "add a node in the same zone before one is drained: an update of a managed node group does, and so does Karpenter; or keep 4, 1 more (in us-east-1a), 73 USD/month more",
    },
  ]);
});

test("a budget of two lets both go, and pods without a budget all; one that allows none is drain-possible's", () => {
  const allowing = (disruptionMaxUnavailable: number | null) =>
    verdicts(
      ID,
      of([pods({ scaling: fixed(6), runtime: { ...six.runtime, disruptionMaxUnavailable } as never }), nodes(3, 2)]),
    );
  expect(allowing(1)).toEqual(["fail"]);
  expect(allowing(2)).toEqual(["pass"]);
  expect(allowing(0)).toEqual(["pass"]);
  expect(allowing(null)).toEqual([]);
});

test("pods of every system that stands on the nodes are counted", () => {
  const other = { ...pods({ scaling: fixed(3) }), key: "replica-group/other/us-east-1" as PartKey, workload: "other" };
  const roomy = of([six, nodes(3, 3)]);
  expect(verdicts(ID, roomy)).toEqual(["pass"]);
  expect(verdicts(ID, { ...roomy, onSameNodes: of([other]).parts })).toEqual(["fail"]);
});

test("pods that wait already spend the budget: no drain ends either", () => {
  expect(said(of([pods({ scaling: fixed(7) }), nodes(3, 2)]))[0]?.message).toContain(
    "web: some of them find no node as it is",
  );
});

test("where Karpenter makes nodes for whoever waits, no drain hangs", () => {
  const { graph } = subject({ resources: [resource("kubernetes:karpenter.sh/v1:NodePool", {})] });
  expect(said({ ...full, graph })[0]).toMatchObject({ verdict: "pass" });
});

test("what is not known is undecided, and other clouds' replicas are not asked", () => {
  for (const path of ["runtime.allocatable.cpuMillis", "scaling.count", "placement.zones"])
    expect(verdicts(ID, { ...full, parts: [...of([six]).parts, hidden(nodes(3, 2), path)] })).toEqual(["undecided"]);
  const unread = [hidden(six, "runtime.disruptionMaxUnavailable"), ...of([nodes(3, 2)]).parts];
  expect(verdicts(ID, { ...full, parts: unread })).toEqual(["undecided"]);
  expect(verdicts(ID, of([group(), nodes(3, 2)]))).toEqual([]);
});

describe("vectordb-prod, whose members are bound to the zones of their volumes", () => {
  const told = async (config: Readonly<Record<string, unknown>>): Promise<Partial<RuleResult> | undefined> => {
    const { resources } = await recordStack(configured("vectordb-prod", config));
    return reportOf({ stack: "vectordb-prod", resources, origin: "recorded", asOf: "2026-11-21" }, workings).rules.find(
      ({ id }) => id === ID,
    );
  };
  const limits = { memoryMiB: 16_384 };

  test.each([
    ["medium", "fail", "3 of 3 nodes (in us-east-1a, us-east-1b, us-east-1c) cannot be drained"],
    ["small", "pass", "each of 3 nodes can be drained"],
  ])("members: %s: %s, %s", async (members, verdict, message) => {
    const found = await told({ replicas: {}, workloads: { dvecdb: { limits, members } } });
    expect(found).toMatchObject({ verdict, message: expect.stringContaining(message) as string });
  });

  test("by its autoscaler: three can go at the floor; of ten, where a zone has two on a node, not all", async () => {
    expect(await told({})).toMatchObject({
      verdict: "fail",
      message: expect.stringMatching(/^scaled out, 2 of 4 nodes .* the zone of its volume has room$/) as string,
      fix: expect.stringContaining("or keep 6, 2 more (in us-east-1b, us-east-1c)") as string,
    });
  });
});
