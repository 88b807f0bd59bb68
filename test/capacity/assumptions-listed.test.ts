import { certainPlan, plan, requestOf } from "../../capacity";
import type { Assumption, Plan, Request } from "../../model";
import { configured, tables } from "../stacks";

function asked(stack: string, changes: object = {}): Request {
  const found = requestOf({ ...configured(stack, { ...changes }), ...tables });
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  return found.request;
}

function planned(found: ReturnType<typeof plan>): Plan {
  if (!found.ok) throw new Error(JSON.stringify(found.infeasible));
  return found.plan;
}

const listed = (request: Request): readonly Assumption[] => planned(plan(request)).assumptions;
const namesOf = (request: Request): readonly string[] => listed(request).map(({ name }) => name);

test("a store without a door, a cache or a way out of its own rests on none of them", () => {
  const names = namesOf(asked("vectordb-prod"));
  expect(names.filter((name) => /NAT|cache|Sentinel|load balancer|Fargate|ECS/.test(name))).toEqual([]);
  // What moves no money and no minute, and is in what the screen says of writes.
  expect(names).toEqual(expect.arrayContaining(["dvecdb.writeShare", "dvecdb.replicationLagMs", "zone events"]));
});

test("a way out is listed where calls leave by it, and by none where they do not", () => {
  const nat = "NAT gateways are down in the region";
  const { embedding } = tables.systems;
  const leaves = { ...embedding!.workloads["embedding"]!, callsLeave: true };
  const systems = {
    ...tables.systems,
    embedding: { ...embedding!, workloads: { ...embedding!.workloads, embedding: leaves } },
  };
  const file = configured("embedding-prod", {});
  const found = requestOf({ ...file, ...tables, systems });
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  expect(namesOf(found.request)).toContain(nat);
  expect(namesOf(asked("embedding-prod"))).not.toContain(nat);
});

test.each(["embedding-dev", "vectordb-prod"])("%s: of what is left out nothing that is planned depends", (stack) => {
  const request = asked(stack);
  const names = new Set(namesOf(request));
  const certain = planned(certainPlan(request));
  const left = certain.assumptions.filter(({ name }) => !names.has(name));
  for (const { name, low, high } of left)
    for (const value of [low, high]) {
      const { parts, availability } = planned(certainPlan(request, { [name]: value }));
      expect({ name, parts, availability }).toEqual({ name, parts: certain.parts, availability: certain.availability });
    }
  expect(names.size).toBeGreaterThan(0);
});
