import fc from "fast-check";
import { plan } from "../../capacity";
import { leftAfterZone } from "../../capacity/store-count";
import type { Planned, Request, Store, StoreFacts } from "../../model";
import { configured, requestFor } from "../stacks";

const prod = requestFor(configured("vectordb-prod", {}));

/** vectordb of an environment with other facts, load or choices. */
function having(facts: Partial<StoreFacts>, changes: Partial<Request> = {}, request: Request = prod): Request {
  // By the name that the request's own stack gives it.
  const name = `${request.namePrefix}dvecdb`;
  const own = request.workloads[name]!;
  if (own.kind !== "store") throw new Error("dvecdb is a store");
  return { ...request, ...changes, workloads: { [name]: { ...own, ...facts } } };
}

const load = (peak: number): Partial<Request> => ({
  load: { ...prod.load, requestsPerSecond: { mean: Math.min(peak, 100), peak } },
});

function storeOf(planned: Planned): Store {
  const { parts } = planned.ok ? planned.plan : planned.partial;
  const found = parts.find((part) => part.kind === "store");
  if (found === undefined) throw new Error(JSON.stringify(planned.ok ? null : planned.infeasible));
  return found;
}
const members = ({ scaling }: Store): number => (scaling.kind === "range" ? scaling.min : scaling.count);

describe("members of a store", () => {
  test("of each tier and size", () => {
    const floor = (environment: string) => storeOf(plan(requestFor(configured(`vectordb-${environment}`, {}))));
    expect(["dev", "staging", "prod"].map((environment) => members(floor(environment)))).toEqual([1, 2, 3]);
    const sized = (size: NonNullable<StoreFacts["members"]>) =>
      members(storeOf(plan(having({ members: size }, { replicas: {} }))));
    expect([sized("small"), sized("medium"), sized("large"), sized(5)]).toEqual([3, 9, 27, 5]);
    // Of four a zone takes two, and two are no majority of four.
    expect(sized(4)).toBe(5);
  });

  test("never more than the stack allows: refused, with what would be needed", () => {
    const at = (max: number) => plan(having({ members: 5 }, { replicas: { dvecdb: { max } } }));
    expect(at(5).ok).toBe(true);
    const refused = at(4);
    expect(refused.ok ? [] : refused.infeasible).toMatchObject([
      { field: "scaling.max", asked: 5, limit: { value: 4, raisable: true } },
    ]);
  });

  test("by hand: 60,000 requests/s, 1 % writes", () => {
    const fixed = { writeShare: 0.01, readsPerSecondPerMember: 13_000, writesPerSecondPerLeader: 7_000 };
    const planned = plan(having(fixed, { ...load(60_000), replicas: {} }));
    // 59,400 reads over 13,000 x 0.7 need 7; of eleven a zone takes four.
    expect(members(storeOf(planned))).toBe(11);
    const reason = (planned.ok ? planned.plan.reasons : []).find(({ field }) => field === "scaling.min")!;
    expect(reason.needed.map(({ by, value }) => [by, value])).toEqual([
      ["utilisation", 7],
      ["burst", 7],
      ["zone-loss", 11],
      // By itself; eleven have one, too.
      ["quorum", 3],
      ["floor", 3],
    ]);
  });

  test("never fall when the load or a member's share of it rises; a majority outlives each zone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120_000 }), fc.integer({ min: 0, max: 60_000 }), (peak, more) => {
        const count = (perSecond: number) => {
          const store = storeOf(plan(having({ writeShare: 0 }, { ...load(perSecond), replicas: {} })));
          return members(store);
        };
        const [few, many] = [count(peak), count(peak + more)];
        expect(many).toBeGreaterThanOrEqual(few);
        expect(leftAfterZone(few, 3)).toBeGreaterThan(few / 2);
      }),
      { numRuns: 15 },
    );
  });

  test("more writes than one leader takes is refused: what is offered instead plans", () => {
    const at = (writeShare: number) => plan(having({ writeShare, writesPerSecondPerLeader: 7_000 }, load(10_000)));
    // 7,000 x 0.7.
    expect(at(0.49).ok).toBe(true);
    const refused = at(0.4901);
    if (refused.ok) throw new Error("4,901 writes/s are more than 4,900");
    const [limit] = refused.infeasible;
    expect(limit).toMatchObject({ field: "writes", asked: 4901, limit: { value: 4900, raisable: false } });
    expect(limit.limit.name).toContain("one leader");
    expect(limit.alternatives.map(({ set }) => set)).toEqual([
      { "workloads.dvecdb.writeShare": 0.489 },
      { "load.requestsPerSecond.peak": 9990 },
    ]);
  });

  test("two zones hold no majority: refused with what plans, and fine where one member may go", () => {
    const two = { zones: prod.zones.slice(0, 2) };
    const refused = plan(having({}, two));
    if (refused.ok) throw new Error("a zone of two holds half");
    expect(refused.infeasible[0]).toMatchObject({ field: "zones", asked: 3, limit: { value: 2 } });
    expect(refused.infeasible[0].alternatives.map(({ set }) => set)).toEqual([
      { zones: 3 },
      { "objectives.survive": "replica" },
    ]);
  });
});

describe("what a store is besides its count", () => {
  test.each([
    ["dev", null, { kind: "fixed", count: 1 }],
    ["staging", 1, { kind: "fixed", count: 2 }],
    [
      "prod",
      1,
      {
        kind: "range",
        min: 3,
        max: 10,
        initial: null,
        signals: [
          { metric: "cpu", target: 70 },
          { metric: "memory", target: 80 },
        ],
        schedule: [],
      },
    ],
  ])("%s: budget and autoscaler", (environment, budget, scaling) => {
    const store = storeOf(plan(requestFor(configured(`vectordb-${environment}`, {}))));
    expect(store.runtime.disruptionMaxUnavailable).toBe(budget);
    expect(store.scaling).toEqual(scaling);
  });

  test.each([
    ["dev", 1024, 4096],
    ["staging", 2048, 8192],
    ["prod", 4096, 16_384],
  ])("%s: memory asked for and its limit", (environment, asked, limit) => {
    const store = storeOf(plan(requestFor(configured(`vectordb-${environment}`, {}))));
    expect([store.size.memoryMiB, store.runtime.memoryLimitMiB]).toEqual([asked, limit]);
  });

  test("volumes have a class that waits for the pod, of the namespace's name; one that is there is its owner's", () => {
    expect(storeOf(plan(prod)).volume).toEqual({
      gib: 100,
      class: "dvecdb-prod-dvecdb",
      bindsLate: true,
      retained: true,
      outlivesClaim: true,
    });
    const there = { kubernetes: { ...prod.kubernetes!, storageClass: "fast" } };
    expect(storeOf(plan({ ...prod, ...there })).volume).toMatchObject({
      class: "fast",
      bindsLate: null,
      outlivesClaim: null,
    });
  });

  test("volumes outlive their claims in prod, and where the store says so", () => {
    const kept = (environment: string, facts: Partial<StoreFacts> = {}) =>
      storeOf(plan(having(facts, {}, requestFor(configured(`vectordb-${environment}`, {}))))).volume.outlivesClaim;
    expect(["dev", "staging", "prod"].map((environment) => kept(environment))).toEqual([false, false, true]);
    expect([kept("dev", { keepVolumes: true }), kept("prod", { keepVolumes: false })]).toEqual([true, false]);
    const stated = configured("vectordb-staging", { workloads: { dvecdb: { keepVolumes: true } } });
    expect(storeOf(plan(requestFor(stated))).volume.outlivesClaim).toBe(true);
  });

  test("snapshots of volumes need the cluster's controller", () => {
    expect(storeOf(plan(prod)).snapshots).toEqual({ everyHours: 6, keepDays: 7, kind: "volume-snapshot" });
    expect(storeOf(plan({ ...prod, kubernetes: { ...prod.kubernetes!, has: [] } })).snapshots).toBeNull();
  });
});
