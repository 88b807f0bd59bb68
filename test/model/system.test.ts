import { cache, defineSystem, interval, service, type Objectives, type ServiceFacts } from "../../model";

const objectives: Objectives = { availability: 0.999, survive: "zone" };
const facts: Omit<ServiceFacts, "calls"> = {
  port: 80,
  serviceTimeMs: 1,
  memoryMiB: 512,
  startSeconds: 1,
  probes: { health: { path: "/" } },
};

describe("a system's types", () => {
  test("a call to a workload that is there type-checks", () => {
    const system = defineSystem({
      objectives,
      workloads: { a: service({ ...facts, calls: { b: { perRequest: 1 } } }), b: service(facts) },
    });
    expect(Object.keys(system.workloads)).toEqual(["a", "b"]);
  });

  test("a call to one that is not there does not, nor to itself", () => {
    const misspelt = { a: service({ ...facts, calls: { c: { perRequest: 1 } } }), b: service(facts) };
    const alone = { a: service({ ...facts, calls: { a: { perRequest: 1 } } }) };
    // @ts-expect-error "c" is no workload
    const missing = defineSystem({ objectives, workloads: misspelt });
    // @ts-expect-error a calls itself
    const own = defineSystem({ objectives, workloads: alone });
    expect([missing, own]).toHaveLength(2);
  });

  test("a cache calls nobody and has no port", () => {
    // @ts-expect-error a cache has no port
    const wrong = cache({ entries: 1, keyBytes: 1, valueBytes: 1, hitRatio: 0.5, port: 80 });
    expect(wrong.kind).toBe("cache");
  });

  test("a plain number is the same at all three ends", () => {
    expect(interval(3)).toEqual({ low: 3, mid: 3, high: 3 });
    expect(interval({ low: 1, mid: 2, high: 3 })).toEqual({ low: 1, mid: 2, high: 3 });
  });
});
