import { judge } from "../../policies";
import { hidden, of, plan, rule, verdicts } from "./fixture";
import { nodes, pods } from "./node-cases";

const ID = "zone-loss-finds-room";

test("by hand: six pods, three full nodes: two of a lost zone wait, and five nodes would do", () => {
  expect(judge(of([pods(), nodes(3, 2)]), [rule(ID)])).toMatchObject([
    {
      part: nodes(3, 2).key,
      verdict: "fail",
      severity: "advisory",
      message: "with a zone lost 2 nodes are left, and pods wait for more: 2 of web",
      fix: "let nodes be added (Cluster Autoscaler, Karpenter), or keep 5",
    },
  ]);
  expect(verdicts(ID, of([pods(), nodes(5, 2)]))).toEqual(["pass"]);
});

test("how many would do is packed, not a ratio, and has its price: of four nodes the zone of two is lost, and one more is enough", () => {
  const [found] = judge(of([pods(), nodes(4, 2, {}, 0.1)]), [rule(ID)]);
  expect(found?.fix).toBe("let nodes be added (Cluster Autoscaler, Karpenter), or keep 5, 73 USD/month more");
  expect(verdicts(ID, of([pods(), nodes(5, 2)]))).toEqual(["pass"]);
});

test("where no zone need be survived, or there is one alone, nothing is said", () => {
  const calm = { basis: plan({ objectives: { availability: 0.99, survive: "replica" } }) };
  expect(verdicts(ID, of([pods(), nodes(3, 2)], calm))).toEqual([]);
  const one = nodes(3, 2, { placement: { kind: "zonal", zones: ["us-east-1a"], spread: "best-effort" } });
  expect(verdicts(ID, of([pods(), one]))).toEqual([]);
});

test("what is not known is undecided", () => {
  const given = of([pods(), nodes(3, 2)]);
  for (const path of ["runtime.allocatable.cpuMillis", "scaling.count", "placement.zones"])
    expect(verdicts(ID, { ...given, parts: [...of([pods()]).parts, hidden(nodes(3, 2), path)] })).toEqual([
      "undecided",
    ]);
  const unsized = { ...given, parts: [hidden(pods(), "size.cpuMillis"), ...of([nodes(3, 2)]).parts] };
  expect(verdicts(ID, unsized)).toEqual(["undecided"]);
  const many = pods({ scaling: { kind: "fixed", count: 3_000 } });
  expect(verdicts(ID, of([many, nodes(1_500, 2)]))).toEqual(["undecided"]);
});
