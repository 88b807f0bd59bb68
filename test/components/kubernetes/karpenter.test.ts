import * as fc from "fast-check";
import { certainPlan, karpenterLimits, requestOf } from "../../../capacity";
import { nodeMachine } from "../../../catalog/kubernetes";
import type { NodeChoice, NodePool, Plan, Resource, RuleResult } from "../../../model";
import { reportOf } from "../../../preview/report";
import { workings } from "../../../preview/workings";
import { configured, tables } from "../../stacks";
import { stacks } from "./stacks";

const prod = tables.environments["prod"]!;
const eks = { platform: "eks", machine: "m7g.4xlarge" } as const;
/** One node a zone holds whatever a burst makes of the pods. */
const roomy = {
  platform: "other",
  machine: "metal",
  allocatable: { cpuMillis: 1_000_000, memoryMiB: 4_000_000, pods: 1_000 },
} as const;

function asked(nodes: NodeChoice) {
  const file = configured("embedding-prod", { target: "kubernetes" });
  return requestOf({
    stack: "embedding-prod",
    file: file.file,
    config: file.config,
    systems: tables.systems,
    environments: { prod: { ...prod, kubernetes: { ...prod.kubernetes!, nodes } } },
  });
}
function planned(nodes: NodeChoice): Plan {
  const found = asked(nodes);
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  const plan = certainPlan(found.request);
  if (!plan.ok) throw new Error(JSON.stringify(plan.infeasible));
  return plan.plan;
}
const poolOf = (plan: Plan): NodePool => plan.parts.find((part): part is NodePool => part.kind === "node-pool")!;
const burst = (plan: Plan): string =>
  plan.reasons
    .flatMap(({ needed }) => needed.filter(({ by }) => by === "burst").map(({ because }) => because))
    .join("; ");

describe("nodes that Karpenter makes", () => {
  let resources: readonly Resource[];
  let plan: Plan;
  let rules: readonly RuleResult[];
  beforeAll(async () => {
    const [, record] = stacks.find(([name]) => name === "prod on nodes that Karpenter makes")!;
    ({ resources, plan } = await record());
    ({ rules } = reportOf({ stack: plan.stack, resources, origin: "recorded", asOf: "2026-11-21" }, workings));
  });

  test("one NodePool: the planned machine, on demand, in the zones of the pods, disrupted one node at a time", () => {
    const [pool, ...more] = resources.filter(({ type }) => type === "kubernetes:karpenter.sh/v1:NodePool");
    expect(more).toEqual([]);
    const { scaling } = poolOf(plan);
    // 24 nodes at the ceilings, and the 8 of a zone that is lost once more.
    const ceiling = scaling.kind === "range" ? scaling.max : 0;
    const most = ceiling + Math.ceil(ceiling / 3);
    expect(pool?.inputs).toMatchObject({
      metadata: { name: "embedding-prod-nodes" },
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
            requirements: [
              {
                key: "topology.kubernetes.io/zone",
                operator: "In",
                values: ["us-east-1a", "us-east-1b", "us-east-1c"],
              },
              { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m7g.4xlarge"] },
              { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
              { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] },
            ],
            expireAfter: "Never",
          },
        },
        // 16 vCPUs and 64 GiB each.
        limits: { cpu: String(most * 16), memory: `${most * 65_536}Mi` },
        disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "10m", budgets: [{ nodes: "1" }] },
      },
    });
  });

  test("pods of a lost zone wait for nodes, and nobody is told to add some by hand", () => {
    const found = rules.filter(({ id }) => id === "zone-loss-finds-room" || id === "karpenter-limits-hold");
    expect(found.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
  });
});

test("what a new node takes is in the lag that a burst is provided for, and assumed", () => {
  const there = planned(roomy);
  const made = planned({ ...eks, karpenter: { nodeClass: "default" } });
  const started = (plan: Plan): number => Number(/caught up: (\d+) s/.exec(burst(plan))?.[1]);
  expect(started(made) - started(there)).toBe(120);
  expect(there.assumptions.map(({ name }) => name)).not.toContain("a new node by Karpenter");
  expect(made.assumptions.map(({ name }) => name)).toContain("a new node by Karpenter");
});

test("a burst waits for the autoscaler part by part, and the parts are the whole", () => {
  const there = burst(planned(roomy));
  expect(there).toContain("metrics 60, sync 15, stabilisation 0, doubling 15, image pull 43, ready");
  expect(there).toContain("its node has room");
  expect(burst(planned({ ...eks, karpenter: { nodeClass: "default" } }))).toContain(
    "doubling 15, node by Karpenter 120",
  );
  for (const [, seconds = "", parts = ""] of there.matchAll(/caught up: (\d+) s \(([^;]*);/g))
    expect([...parts.matchAll(/\d+/g)].reduce((sum, [part]) => sum + Number(part), 0)).toBe(Number(seconds));
});

test("law: the pool's limits hold every node of the ceiling, one more in each zone, and those of a lost zone once more", () => {
  const base = poolOf(planned(eks));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.nat(500),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom("m7i.large", "m7g.4xlarge", "c7i.xlarge"),
      (min, more, zones, type) => {
        const { vcpus, memoryMiB } = nodeMachine("eks", type)!;
        const limits = karpenterLimits({
          ...base,
          scaling: { kind: "range", min, max: min + more, initial: null, signals: [], schedule: [] },
          placement: {
            kind: "zonal",
            zones: Array.from({ length: zones }, (_, at) => `z${at}`),
            spread: "best-effort",
          },
          machine: { ...base.machine, types: [type] },
        });
        // While a zone is lost what stood in it counts, and stands elsewhere too.
        const lost = zones < 2 ? 0 : Math.ceil((min + more) / zones);
        const most = min + more + Math.max(zones, lost);
        expect(limits).toEqual({ cpu: most * vcpus, memoryMiB: most * memoryMiB });
      },
    ),
  );
});

test("on GKE there is no class of EC2", () => {
  const found = asked({ platform: "gke", machine: "e2-standard-8", karpenter: { nodeClass: "default" } });
  expect(found.ok ? [] : found.mistakes.map(({ key, allowed }) => `${key}: ${allowed}`)).toEqual([
    "environments.prod.kubernetes.nodes.karpenter: an EC2NodeClass is of EKS alone",
    "environments.prod.regions.us-east-1: a region, for example us-central1, with zones us-central1-a, us-central1-b, where nodes are of gke",
  ]);
});
