import fc from "fast-check";
import { certainPlan, requestOf } from "../../capacity";
import { ownQueues, WORTH_SAYING } from "../../capacity/own-queues";
import type { ServiceDemand } from "../../capacity/service-demand";
import type { Counted } from "../../capacity/replicas";
import type { KubernetesChoice, OwnQueues, Plan } from "../../model";
import { queueLines } from "../../preview/queues";
import { aReport } from "../preview/a-report";
import { configured, shipped, tables } from "../stacks";

const prod = tables.environments["prod"]!;

interface Changed {
  readonly target?: "aws" | "kubernetes";
  readonly door?: KubernetesChoice["door"];
  readonly facts?: object;
  readonly yaml?: object;
}

function planned(stack: string, { door, facts = {}, yaml = {}, ...changes }: Changed = {}): Plan {
  const { file, config } = configured(stack, { ...changes, ...yaml });
  const { embedding } = tables.systems;
  const workloads = { ...embedding!.workloads, embedding: { ...embedding!.workloads["embedding"]!, ...facts } };
  const asked = requestOf({
    stack,
    file,
    config,
    systems: { ...tables.systems, embedding: { ...embedding!, workloads } },
    environments: {
      ...tables.environments,
      prod: { ...prod, kubernetes: { ...prod.kubernetes!, ...(door ? { door } : {}) } },
    },
  });
  const found = asked.ok ? certainPlan(asked.request) : asked;
  if (!found.ok) throw new Error(JSON.stringify(found).slice(0, 500));
  return found.plan;
}

const queuesOf = (plan: Plan, workload: string): OwnQueues | undefined =>
  plan.reasons.find(({ part, field }) => part.includes(`/${workload}/`) && field === "scaling.min")?.ownQueues;
const said = (plan: Plan): readonly string[] => queueLines({ ...aReport(), planned: { ok: true, plan } }, 13);

test("a Service inside the cluster: what one queue would need, why, and what makes the replicas less, in two lines", () => {
  const plan = planned("embedding-prod", { target: "kubernetes" });
  expect(said(plan)).toEqual([
    "  queues     embedding: 186 replicas, 44 if they shared one queue: a Service draws pods, busy or",
    "             not; less by slotsPerReplica: 3 (23 larger), or a Gateway before it (its own system)",
  ]);
});

test("each number that is offered is what is planned with it", () => {
  const { replicas, larger } = queuesOf(planned("embedding-prod", { target: "kubernetes" }), "embedding")!;
  const count = (plan: Plan): number | undefined =>
    plan.reasons.find(({ part, field }) => part.includes("/embedding/") && field === "scaling.min")?.value;
  // One queue is what the balancer of AWS makes, and a scaler's lag binds neither.
  expect(replicas).toBe(count(planned("embedding-prod")));
  const facts = { slotsPerReplica: larger!.slots, cpuMillis: 1000 * larger!.slots };
  const changed = planned("embedding-prod", { target: "kubernetes", facts });
  expect(count(changed)).toBe(larger!.replicas);
});

test("nothing is said where the balancer shares one queue: no stack as it is shipped", () => {
  for (const stack of shipped) expect([stack.stack, said(planned(stack.stack))]).toEqual([stack.stack, []]);
});

test("a registry of AWS and an Ingress say what would share one queue", () => {
  const registry = planned("embedding-prod", {
    facts: { reachedBy: "service-connect" },
    yaml: { load: { requestsPerSecond: { mean: 100, peak: 300 } } },
  });
  expect(queuesOf(registry, "embedding")?.instead).toBe("reachedBy: balancer");
  const ingress = { ingress: { className: "haproxy" } };
  const slow = { facts: { serviceTimeMs: 25 }, target: "kubernetes", door: ingress } as const;
  const entry = planned("embedding-prod", {
    ...slow,
    yaml: { workloads: { "storage-server": { serviceTimeMs: 20 } } },
  });
  expect(queuesOf(entry, "storage-server")?.instead).toBe("kubernetes.door: { gateway: envoy-gateway }");
});

test("said from 1.5 times on, never below, never of one queue", () => {
  const told = { because: "", instead: null, holds: () => true };
  const counted = (count: number): Counted => ({ ok: true, count }) as Counted;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 2000 }),
      fc.boolean(),
      (shared, own, pooled) => {
        const demand = { pooled, slots: 1 } as ServiceDemand;
        const ask = (asked: ServiceDemand): Counted => counted(asked.pooled ? shared : Math.ceil(own / asked.slots));
        const found = ownQueues(demand, { count: own, size: { cpuMillis: 1, memoryMiB: 1 } }, ask, told);
        expect(found?.replicas).toBe(!pooled && own >= shared * WORTH_SAYING ? shared : undefined);
        expect(found?.larger?.replicas ?? 0).toBeLessThan(own);
      },
    ),
  );
});
