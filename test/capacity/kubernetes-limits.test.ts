import { certainPlan } from "../../capacity";
import type { CacheWorkload, Infeasible } from "../../model";
import { configured, requestFor } from "../stacks";

/** What forbids a stack whose workload is changed so. */
function refused(stack: string, workload: string, over: Partial<CacheWorkload>): Infeasible {
  const request = requestFor(configured(stack, {}));
  const own = request.workloads[workload];
  if (own === undefined) throw new Error(`no workload ${workload}`);
  const changed = { ...request, workloads: { ...request.workloads, [workload]: { ...own, ...over } as typeof own } };
  const planned = certainPlan(changed);
  if (planned.ok) throw new Error("it is planned");
  return planned.infeasible[0];
}

describe("what a cluster cannot hold says what to do, and whose limit it is", () => {
  test("a cache that no node holds", () => {
    expect(refused("model-serving-dev", "features", { entries: 500_000_000 })).toMatchObject({
      field: "node.memoryMiB",
      limit: {
        name: expect.stringMatching(
          /^what a pod can have of a \S+; take a larger machine in environment dev, or fewer/,
        ),
        raisable: true,
        source: { title: expect.stringMatching(/^allocatable of a /) },
      },
    });
  });

  test("more operations than one primary takes", () => {
    const request = requestFor(
      configured("model-serving-dev", { "nines:load": { requestsPerSecond: { mean: 1, peak: 60_000 } } }),
    );
    const planned = certainPlan(request);
    const found = planned.ok ? [] : planned.infeasible.filter(({ unit }) => unit === "operations/s");
    expect(found[0]).toMatchObject({
      limit: {
        name: expect.stringContaining("divide the entries over several caches"),
        value: 50_000,
        source: { title: expect.stringMatching(/^operations of one single-threaded shard/) },
      },
    });
  });

  describe("a store of more members than a cluster holds", () => {
    // An m7i.xlarge has room for three members of a core and 4,096 MiB: 15,000 of them are on 5,000 nodes.
    const bounded = (bounds: { readonly min: number; readonly max: number }) => {
      const planned = certainPlan(requestFor(configured("vectordb-prod", { "nines:replicas": { dvecdb: bounds } })));
      const found = planned.ok ? [] : planned.infeasible.filter(({ part }) => part.startsWith("store/"));
      return found.map(({ field, asked, unit, limit: { value } }) => `${field} ${asked} ${unit}, ${value}`);
    };
    test.each([
      [{ min: 100_000, max: 1_000_000 }, ["scaling.max 1000000 members, 150000"]],
      [{ min: 3, max: 150_001 }, ["scaling.max 150001 members, 150000"]],
      [{ min: 3, max: 150_000 }, ["scaling.max 50000 nodes for its members, 5000"]],
      [{ min: 3, max: 15_001 }, ["scaling.max 5001 nodes for its members, 5000"]],
      [{ min: 3, max: 15_000 }, []],
      [{ min: 15_001, max: 15_001 }, ["scaling.min 5001 nodes for its members, 5000"]],
    ])("%j", (bounds, told) => expect(bounded(bounds)).toEqual(told));
  });

  test("a store whose members no node holds", () => {
    const large = configured("vectordb-dev", {
      "nines:sizes": { dvecdb: { memoryMiB: 900_000 } },
      "nines:workloads": {},
    });
    const planned = certainPlan(requestFor(large));
    expect(planned.ok ? [] : planned.infeasible[0]).toMatchObject({
      limit: { name: expect.stringContaining("take a larger machine in environment dev"), raisable: true },
    });
  });
});
