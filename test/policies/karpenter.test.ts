import { judge } from "../../policies";
import { hidden, of, rule, verdicts } from "./fixture";
import { karpenterPool, onPools } from "./karpenter-cases";
import { cluster, later } from "./manifests";
import { nodes, pods } from "./node-cases";

const ID = "karpenter-limits-hold";

test("by hand: six nodes at the ceilings, two more while a zone is lost: eight of 8 vCPUs and 32 GiB", () => {
  expect(judge(onPools(karpenterPool({ cpu: "48", memory: "192Gi" })), [rule(ID)])).toMatchObject([
    {
      part: nodes(6, 2).key,
      verdict: "fail",
      severity: "mandatory",
      message:
        "general limited to 48 CPU and 196,608 MiB; with a zone lost 8 nodes of m7i.2xlarge may be counted, 64 CPU and 262,144 MiB",
      fix: "set limits of 64 CPU and 262,144 MiB at least: beyond them pods stay Pending",
    },
  ]);
});

test("a pool of other zones alone is another region's, and one without limits holds all", () => {
  expect(verdicts(ID, onPools(karpenterPool({ cpu: "1" }, ["eu-west-1a"])))).toEqual([]);
  expect(verdicts(ID, onPools(karpenterPool({ cpu: "1" }, ["us-east-1a"])))).toEqual(["fail"]);
  expect(verdicts(ID, onPools(karpenterPool(undefined)))).toEqual(["pass"]);
  expect(verdicts(ID, of([pods(), nodes(6, 2)]))).toEqual([]);
});

test("what is not known is undecided, and so are pods whose nodes nobody tells", () => {
  expect(verdicts(ID, onPools(karpenterPool({ cpu: later })))).toEqual(["undecided"]);
  expect(verdicts(ID, onPools(karpenterPool({ cpu: "many" })))).toEqual(["undecided"]);
  const given = onPools(karpenterPool({ cpu: "64" }));
  expect(verdicts(ID, { ...given, parts: [hidden(nodes(6, 2), "scaling.count")] })).toEqual(["undecided"]);
  expect(verdicts(ID, cluster([karpenterPool({ cpu: "64" })]))).toEqual(["undecided"]);
});
