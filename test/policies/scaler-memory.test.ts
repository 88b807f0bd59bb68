import { certainPlan, requestOf, statedBasis } from "../../capacity";
import { asReading, type Plan, type ReplicaGroup } from "../../model";
import { rules, type Finding, type Subject } from "../../policies";
import { configured, requestFor, tables } from "../stacks";
import { byMemory, resting } from "./scaler-memory-cases";
import { of } from "./fixture";

const rule = rules.find(({ id }) => id === "memory-target-above-rest")!;
const said = (subject: Subject): Finding | undefined => rule.check(subject)[0];

const pods: ReplicaGroup["runtime"] = {
  kind: "kubernetes",
  cpuLimitMillis: null,
  memoryLimitMiB: null,
  disruptionMaxUnavailable: 1,
  hosts: "preferred",
  minReadySeconds: 0,
  stopDelaySeconds: 0,
};

test.each([
  [1843, "pass", "1,843 MiB at rest, 90 % of 2,048 MiB are 1,843 MiB"],
  // Up to a tenth above its target an autoscaler of Kubernetes lets a count be: 2,027.52 MiB.
  [
    1900,
    "fail",
    "1,900 MiB at rest, 90 % of 2,048 MiB are 1,843 MiB: what load once added its autoscaler never takes away again",
  ],
  [
    2027,
    "fail",
    "2,027 MiB at rest, 90 % of 2,048 MiB are 1,843 MiB: what load once added its autoscaler never takes away again",
  ],
  [
    2028,
    "fail",
    "2,028 MiB at rest, 90 % of 2,048 MiB are 1,843 MiB: with no load its autoscaler goes to 12, and stays there",
  ],
])("a process that holds %i MiB of 2,048 with no request, in pods: %s", (rest, verdict, message) => {
  expect(said(resting(rest, byMemory({ runtime: pods })))).toMatchObject({ verdict, message });
});

test("AWS's target tracking knows no such tolerance", () => {
  expect(said(resting(1844))?.message).toMatch(/with no load its autoscaler goes to 12, and stays there$/);
  expect(said(resting(1844))?.fix).toBe("memoryMiB: 2049 of web, or a higher criteria.memoryShare");
});

test("what nobody says is left open, with what it would have to be; without a memory target, or room to grow, there is nothing to say", () => {
  expect(said(of([byMemory({ runtime: pods })]))).toMatchObject({
    verdict: "undecided",
    message: expect.stringContaining(
      "what it holds at rest (restMemoryMiB: above 1,843 MiB its autoscaler adds replicas with no load)",
    ) as unknown,
  });
  expect(said(of([byMemory()]))).toBeUndefined();
  expect(said(of([byMemory({ runtime: pods, scaling: { kind: "fixed", count: 6 } })]))).toBeUndefined();
  expect(said(of([byMemory({ runtime: pods }, 6)]))).toBeUndefined();
});

describe("of a model server on Kubernetes", () => {
  const planOf = (restMemoryMiB: number): Plan => {
    const workloads = { "model-server": { restMemoryMiB } };
    const planned = certainPlan(requestFor(configured("model-serving-staging", { workloads })));
    if (!planned.ok) throw new Error(JSON.stringify(planned.infeasible));
    return planned.plan;
  };
  const verdictOf = (plan: Plan) => {
    const parts = plan.parts.map((part) => asReading(part));
    return said({ parts, plan, basis: plan } as unknown as Subject)?.verdict;
  };

  test("a stack says what it holds; the rule holds it against the target and what is asked for", () => {
    expect(verdictOf(planOf(1843))).toBe("pass");
    expect(verdictOf(planOf(1844))).toBe("fail");
  });

  test("more than it may take, and memory at rest of a cache, are mistakes", () => {
    const mistakes = (workloads: Readonly<Record<string, object>>) => {
      const found = requestOf({ ...configured("model-serving-staging", { workloads }), ...tables });
      return found.ok ? [] : found.mistakes.map(({ key }) => key);
    };
    expect(mistakes({ "model-server": { restMemoryMiB: 4096 } })).toEqual([]);
    expect(mistakes({ "model-server": { restMemoryMiB: 4097 } })).toEqual([
      "nines:workloads.model-server.restMemoryMiB",
    ]);
    expect(mistakes({ features: { restMemoryMiB: 1 } })).toEqual(["nines:workloads.features.restMemoryMiB"]);
  });
});

test("of manifests a demand file says it", () => {
  const part = asReading(byMemory({ runtime: pods }) as ReplicaGroup);
  const stated = statedBasis(
    {
      objectives: { availability: 0.99, survive: "zone" },
      workloads: { web: { requestsPerSecond: { mean: 1, peak: 2 }, serviceTimeMs: 10, restMemoryMiB: 2028 } },
    },
    [part],
    "kubernetes",
  );
  if (!stated.ok) throw new Error(JSON.stringify(stated.slips));
  const found = said({ parts: [part], plan: null, basis: stated.basis } as unknown as Subject);
  expect(found).toMatchObject({
    verdict: "fail",
    fixByHand: "ask for 2,254 MiB at least, or let CPU alone move the count",
  });
});
