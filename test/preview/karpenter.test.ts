import { asReading, type ReportedResource } from "../../model";
import { karpenterLines } from "../../preview/karpenter";
import { karpenterPool, onPools } from "../policies/karpenter-cases";
import { cluster, type Content } from "../policies/manifests";
import { nodes } from "../policies/node-cases";
import { aReport } from "./a-report";

function said(pool: Content, spec: Content = {}): string {
  const { resources } = cluster([{ ...pool, spec: { ...(pool["spec"] as Content), ...spec } }]);
  const found = resources.map((resource): ReportedResource => ({ ...resource, state: "read" }));
  const report = { ...aReport(), resources: found, built: [asReading(nodes(6, 2))] };
  return karpenterLines(report, 13)
    .map((line) => line.trim())
    .join(" ");
}

test("a preview says what Karpenter adds, up to what, how many the pods need, and where a quota binds", () => {
  const text = said(karpenterPool({ cpu: "64", memory: "256Gi" }, ["us-east-1a", "us-east-1b"]));
  expect(text).toContain("general makes machines of any type, on-demand or Spot as its class allows, in 2 zones");
  expect(text).toContain(
    "up to 64 CPU and 262,144 MiB in all (the ceilings need 6 nodes, 2 more while a zone is lost)",
  );
  expect(text).toContain("quota of vCPUs (Service Quotas) binds first where it is less");
});

test("what is not said is Karpenter's own default", () => {
  const text = said(karpenterPool(undefined));
  expect(text).toContain("without limits");
  expect(text).toContain("empty or little used are taken away after 0s, and their pods start elsewhere");
  expect(text).toContain("10% disrupted at a time; each ends after 720h, whatever the budget");
});

test("what is said is what it does", () => {
  const disruption = { consolidationPolicy: "WhenEmpty", consolidateAfter: "10m", budgets: [{ nodes: "1" }] };
  const text = said(karpenterPool({ cpu: "8" }), { disruption });
  expect(text).toContain("empty nodes are taken away after 10m, none with pods; 1 disrupted at a time");
});

test("without a pool there is no line", () => {
  expect(karpenterLines({ ...aReport(), resources: [] }, 13)).toEqual([]);
  expect(onPools().resources).toEqual([]);
});
