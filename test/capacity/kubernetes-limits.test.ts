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
