import type { RuleResult } from "../../model";
import { judge, type Subject } from "../../policies";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { configured, recordStack } from "../stacks";
import { hidden, of, resource, rule, subject, verdicts } from "./fixture";
import { nodes, pods } from "./node-cases";

const ID = "rollout-finds-room";
const fixed = (count: number) => ({ kind: "fixed", count }) as const;
const six = pods({ scaling: fixed(6) });
const full = of([six, nodes(3, 2, {}, 0.1)]);

test("by hand: six pods fill three nodes: a new one waits, and a fourth node at 0.1 USD an hour costs 73 a month", () => {
  expect(judge(full, [rule(ID)])).toMatchObject([
    {
      part: nodes(3, 2).key,
      verdict: "fail",
      severity: "advisory",
      message:
        "on 3 nodes a rollout may stand still: the next new pod of web may have to stand in a zone where no node has room, and no old one goes before it is up",
      fix: "let nodes be added (Cluster Autoscaler, Karpenter), or keep 4, 1 more (where most of its pods are), 73 USD/month more",
    },
  ]);
});

test("one that may be missing makes the room; without a surge there is no new pod beside the old", () => {
  const rolling = (surge: number, unavailable: number) =>
    verdicts(ID, of([{ ...six, rollout: { ...six.rollout, surge, unavailable } }, nodes(3, 2)]));
  expect(rolling(1, 0)).toEqual(["fail"]);
  expect(rolling(1, 1)).toEqual(["pass"]);
  expect(rolling(0, 1)).toEqual([]);
});

test("pods of every system that stands on the nodes are counted", () => {
  const other = { ...pods({ scaling: fixed(3) }), key: "replica-group/other/us-east-1" as const, workload: "other" };
  const roomy = of([six, nodes(3, 3)]);
  expect(verdicts(ID, roomy)).toEqual(["pass"]);
  expect(verdicts(ID, { ...roomy, onSameNodes: of([other]).parts })).toEqual(["fail"]);
});

test("where Karpenter makes nodes for whoever waits, no rollout hangs", () => {
  const { graph } = subject({ resources: [resource("kubernetes:karpenter.sh/v1:NodePool", {})] });
  expect(verdicts(ID, { ...full, graph })).toEqual(["pass"]);
});

test("what is not known is undecided", () => {
  for (const path of ["runtime.allocatable.cpuMillis", "scaling.count", "placement.zones"]) {
    const given: Subject = { ...full, parts: [...of([six]).parts, hidden(nodes(3, 2), path)] };
    expect(verdicts(ID, given)).toEqual(["undecided"]);
  }
});

describe("model-serving-prod, five pods whose spread counts those of a revision alone", () => {
  /** As it is built, or with something of its Deployments written otherwise. */
  const told = async (otherwise = (json: string) => json): Promise<Partial<RuleResult> | undefined> => {
    const { resources } = await recordStack(configured("model-serving-prod", {}));
    const written = resources.map((each) =>
      each.type === "kubernetes:apps/v1:Deployment"
        ? { ...each, inputs: JSON.parse(otherwise(JSON.stringify(each.inputs))) as typeof each.inputs }
        : each,
    );
    const report = reportOf({ stack: "prod", resources: written, origin: "recorded", asOf: "2026-11-22" }, workings);
    return report.rules.find(({ id, part }) => id === ID && part?.endsWith("/us-east-1") === true);
  };

  test("on its three nodes a rollout may stand still, and on five none does", async () => {
    expect(await told()).toMatchObject({
      verdict: "fail",
      message: expect.stringContaining("on 3 nodes") as string,
      fix: expect.stringContaining("or keep 5, 2 more (where most of its pods are), 294 USD/month more") as string,
    });
  });

  test("a spread that counts both revisions finds the room that an old pod left, and ends as uneven as luck has it", async () => {
    expect(await told((json) => json.replace(/,"matchLabelKeys":\["pod-template-hash"\]/g, ""))).toMatchObject({
      verdict: "pass",
      message: "each rollout finds room on 3 nodes, and on 6 when scaled out",
    });
  });
});
