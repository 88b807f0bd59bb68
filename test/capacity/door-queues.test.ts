import { certainPlan, requestOf } from "../../capacity";
import type { KubernetesChoice, Needed } from "../../model";
import { configured, tables } from "../stacks";

const prod = tables.environments["prod"]!;

function planned(target: "aws" | "kubernetes", choice: Partial<KubernetesChoice> = {}) {
  const { file, config } = configured("embedding-prod", { target });
  const kubernetes = { ...prod.kubernetes!, ...choice };
  const environments = { prod: { ...prod, kubernetes, domain: null } };
  const asked = requestOf({ stack: "embedding-prod", file, config, systems: tables.systems, environments });
  const found = asked.ok ? certainPlan(asked.request) : asked;
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found.plan;
}

/** What the latency of the entry needs. */
function latencyOf(plan: ReturnType<typeof planned>): Needed | undefined {
  const floor = plan.reasons.find(({ part, field }) => part.includes("/storage-server/") && field === "scaling.min");
  return floor?.needed.find(({ by }) => by === "latency");
}

test("one queue for all is exact where the least busy replica is sent to, and a lower bound where two are drawn", () => {
  const [balancer, gateway] = [latencyOf(planned("aws")), latencyOf(planned("kubernetes"))];
  expect(balancer).toMatchObject({
    label: "exact",
    source: { title: expect.stringContaining("least outstanding") as string },
  });
  expect(gateway).toMatchObject({
    label: "approx",
    source: { title: expect.stringContaining("the less busy of two") as string },
  });
});

test("behind an Ingress each replica has a queue of its own", () => {
  const ingress = latencyOf(planned("kubernetes", { door: { ingress: { className: "haproxy" } } }));
  expect(ingress).toMatchObject({
    label: "approx",
    source: { title: expect.stringContaining("one queue a replica") as string },
  });
});
