import { certainPlan, requestOf } from "../../capacity";
import { type NodeChoice, type Plan } from "../../model";
import { configured, tables } from "../stacks";

const prod = tables.environments["prod"]!;
/** What counts is how many pods a node takes: there is CPU and memory for all. */
const node = (podsEach: number): NodeChoice => ({
  platform: "other",
  machine: "metal",
  allocatable: { cpuMillis: 64_000, memoryMiB: 256_000, pods: podsEach },
});

function planned(nodes: NodeChoice, burst: Readonly<Record<string, number>>): Plan {
  const { file, config } = configured("embedding-prod", {
    target: "kubernetes",
    load: { requestsPerSecond: { mean: 100, peak: 100 }, burst: { factor: 1.5, ...burst } },
  });
  const asked = requestOf({
    stack: "embedding-prod",
    file,
    config,
    systems: tables.systems,
    environments: { prod: { ...prod, kubernetes: { ...prod.kubernetes!, nodes } } },
  });
  if (!asked.ok) throw new Error(JSON.stringify(asked.mistakes));
  const plan = certainPlan(asked.request);
  if (!plan.ok) throw new Error(JSON.stringify(plan.infeasible));
  return plan.plan;
}
interface Told {
  readonly seconds: number;
  readonly words: string;
  readonly needed: number;
}

/** What a burst asks of each service, in the order of the plan. */
const bursts = (plan: Plan): readonly Told[] =>
  plan.reasons
    .filter(({ field }) => field === "scaling.min")
    .flatMap(({ needed }) => needed.filter(({ by }) => by === "burst"))
    .map(({ because, value }) => ({
      seconds: Number(/caught up: (\d+) s/.exec(because)?.[1]),
      words: because,
      needed: value,
    }));
const assumed = (plan: Plan): readonly string[] => plan.assumptions.map(({ name }) => name);
const MADE = "a new node by Cluster Autoscaler";

// Sixteen pods a node: three nodes have places left for a burst. Twelve: four nodes, which are full with it.
test("where the nodes of the floor hold a burst it finds room; where they do not, a node's start is in the lag, and who adds it is assumed", () => {
  const [roomy, full] = [planned(node(16), {}), planned(node(12), {})];
  for (const { words } of bursts(roomy)) expect(words).toContain("; its node has room");
  expect(assumed(roomy)).not.toContain(MADE);
  expect(bursts(full)).toHaveLength(2);
  for (const [at, { words, seconds }] of bursts(full).entries()) {
    expect(words).toContain("node by Cluster Autoscaler 300");
    expect(words).toContain("the nodes of the floor have no room for all");
    expect(words).not.toContain("its node has room");
    expect(seconds).toBe((bursts(roomy)[at]?.seconds ?? 0) + 300);
  }
  expect(assumed(full)).toContain(MADE);
});

test("where a wait is tolerated the longer lag asks for more replicas; where none is, a burst is carried at once either way", () => {
  const needed = (pods: number, toleratedWaitSeconds: number): readonly number[] =>
    bursts(planned(node(pods), { toleratedWaitSeconds })).map((each) => each.needed);
  expect([needed(16, 300), needed(12, 300)]).toEqual([
    [1, 2],
    [1, 3],
  ]);
  expect(needed(12, 0)).toEqual(needed(16, 0));
});

test("without a burst every node has room", () => {
  for (const { words } of bursts(planned(node(12), { factor: 1 }))) expect(words).toContain("; its node has room");
});
