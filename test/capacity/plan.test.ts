import fc from "fast-check";
import { certainPlan, erlangC, plan, replicasToSurviveZones, responseBeyond } from "../../capacity";
import { combineHeadroom } from "../../capacity/combine";
import type { Planned, Reason, Request } from "../../model";
import { choosing, embedding, prod, single } from "./a-request";

function reasonOf(planned: Planned, workload: string, field: string): Reason {
  const { reasons } = planned.ok ? planned.plan : planned.partial;
  const found = reasons.find((reason) => reason.part.includes(`/${workload}/`) && reason.field === field);
  if (!found) throw new Error(`no reason for ${workload} ${field}`);
  return found;
}

/** Floor of a workload; infeasible counts as infinity. */
function floorOf(request: Request, workload = "web"): number {
  const planned = certainPlan(request);
  return planned.ok ? reasonOf(planned, workload, "scaling.min").value : Infinity;
}

describe("laws of the plan", () => {
  const peaks = fc.integer({ min: 1, max: 4000 });

  test("planning twice gives the same plan, and JSON keeps all of it", () => {
    const planned = plan(prod);
    expect(plan(prod)).toEqual(planned);
    expect(JSON.parse(JSON.stringify(planned))).toEqual(planned);
  });

  test("replicas never fall when the load rises", () => {
    fc.assert(
      fc.property(peaks, peaks, (a, b) => floorOf(single({}, Math.min(a, b))) <= floorOf(single({}, Math.max(a, b)))),
      { numRuns: 60 },
    );
  });

  test("replicas never fall when the service time rises", () => {
    const times = fc.integer({ min: 1, max: 33 });
    fc.assert(
      fc.property(
        times,
        times,
        (a, b) =>
          floorOf(single({ serviceTimeMs: Math.min(a, b) }, 500)) <=
          floorOf(single({ serviceTimeMs: Math.max(a, b) }, 500)),
      ),
      { numRuns: 60 },
    );
  });

  test("replicas never fall when the burst rises", () => {
    const factors = fc.double({ min: 1, max: 5, noNaN: true });
    const bursting = (factor: number): Request => {
      const request = single({}, 800);
      return { ...request, load: { ...request.load, burst: { factor, toleratedWaitSeconds: 0 } } };
    };
    fc.assert(
      fc.property(factors, factors, (a, b) => floorOf(bursting(Math.min(a, b))) <= floorOf(bursting(Math.max(a, b)))),
      { numRuns: 60 },
    );
  });

  test("replicas never fall when more nines are asked for", () => {
    const nines = fc.constantFrom(0.9, 0.99, 0.999, 0.9995, 0.9999, 0.99995, 0.99999);
    const asking = (availability: number): Request =>
      single({}, 300, { objectives: { availability, latency: { percentile: 95, withinMs: 100 }, survive: "replica" } });
    fc.assert(fc.property(nines, nines, (a, b) => floorOf(asking(Math.min(a, b))) <= floorOf(asking(Math.max(a, b)))));
  });

  test("replicas never fall when latency is asked for sooner", () => {
    const times = fc.integer({ min: 76, max: 1000 });
    const within = (withinMs: number): Request =>
      single({}, 400, { objectives: { availability: 0.999, latency: { percentile: 95, withinMs }, survive: "zone" } });
    fc.assert(
      fc.property(times, times, (a, b) => floorOf(within(Math.max(a, b))) <= floorOf(within(Math.min(a, b)))),
      { numRuns: 60 },
    );
  });

  test("after the loss of the fullest zone the rest still keeps the percentile", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 2, max: 3 }), (peak, zones) => {
        const request = { ...single({}, peak, { zones }), zones: prod.zones.slice(0, zones) };
        const count = floorOf(request);
        const left = count - Math.ceil(count / zones);
        expect(responseBeyond(100, left, (peak * 25) / 1000, 25)).toBeLessThanOrEqual(0.05);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what changes the plan", () => {
  test("the latency objective does", () => {
    const within = (withinMs: number): number =>
      floorOf(
        choosing({ objectives: { ...prod.chosen.objectives, latency: { percentile: 95, withinMs } } }),
        "embedding",
      );
    expect(within(85)).toBeGreaterThan(within(400));
  });

  test("the number of zones does: two need more than three", () => {
    const two = floorOf({ ...choosing({ zones: 2 }), zones: prod.zones.slice(0, 2) }, "embedding");
    expect(two).toBeGreaterThan(floorOf(prod, "embedding"));
  });

  test("the burst does", () => {
    const bursting = (factor: number): number =>
      floorOf({ ...prod, load: { ...prod.load, burst: { factor, toleratedWaitSeconds: 0 } } }, "embedding");
    expect(bursting(3)).toBeGreaterThan(bursting(1));
    expect(
      reasonOf(
        certainPlan({ ...prod, load: { ...prod.load, burst: { factor: 3, toleratedWaitSeconds: 0 } } }),
        "embedding",
        "scaling.min",
      ).binding,
    ).toBe("burst");
  });

  test("waiting callers soften the burst by the scaler's lag, and a slower start takes some of that back", () => {
    const tolerating = (toleratedWaitSeconds: number, startSeconds: number): number => {
      const request = single({ startSeconds }, 2000, { objectives: { availability: 0.99, survive: "nothing" } });
      return floorOf({ ...request, load: { ...request.load, burst: { factor: 4, toleratedWaitSeconds } } });
    };
    expect(tolerating(60, 10)).toBeLessThan(tolerating(0, 10));
    expect(tolerating(60, 10)).toBeLessThan(tolerating(60, 600));
  });

  test("stated bounds of the scaler do: a minimum lifts the floor, a maximum caps the ceiling", () => {
    const bounded = certainPlan({ ...prod, replicas: { embedding: { min: 60, max: 61 } } });
    expect(reasonOf(bounded, "embedding", "scaling.min")).toMatchObject({ value: 60, binding: "floor" });
    expect(reasonOf(bounded, "embedding", "scaling.max")).toMatchObject({ value: 61, binding: "quota" });
    const asPlanned = floorOf(prod, "embedding");
    expect(floorOf({ ...prod, replicas: { embedding: { min: asPlanned - 1, max: asPlanned } } }, "embedding")).toBe(
      asPlanned,
    );
    expect(floorOf({ ...prod, replicas: { embedding: { max: asPlanned - 1 } } }, "embedding")).toBe(Infinity);
  });

  test("a scaling law holds for the ceiling of use, the burst and the scaler's maximum too", () => {
    const scalingLaw = { contention: 0.03, coherency: 0.001 };
    // 31 replicas are the law's peak; 10.95 servers are all that they are worth.
    const open = { objectives: { availability: 0.99, survive: "nothing" as const } };
    expect(certainPlan(single({ scalingLaw, serviceTimeMs: 20 }, 500, open)).ok).toBe(false);
    const planned = certainPlan(single({ scalingLaw, serviceTimeMs: 20 }, 250, open));
    const min = reasonOf(planned, "web", "scaling.min").value;
    expect(min / (1 + 0.03 * (min - 1) + 0.001 * min * (min - 1))).toBeGreaterThanOrEqual(5 / 0.7);
    expect(reasonOf(planned, "web", "scaling.max").value).toBeLessThanOrEqual(31);
  });

  test("a share tried at +-25 % stays a share", () => {
    const hits = (hitRatio: number): Request => ({
      ...prod,
      workloads: {
        ...prod.workloads,
        vectors: { ...prod.workloads["vectors"]!, hitRatio } as Request["workloads"][string],
      },
    });
    for (const ratio of [0.81, 0.95, 1]) expect(plan(hits(ratio)).ok).toBe(true);
  });

  test("headroom as a product is never below the largest", () => {
    expect(floorOf(choosing({ headroom: "product" }), "embedding")).toBeGreaterThan(floorOf(prod, "embedding"));
  });

  test("batches raise what a slot carries, and their wait counts against the percentile", () => {
    const latency = (withinMs: number) => ({
      objectives: { availability: 0.99, latency: { percentile: 95, withinMs }, survive: "nothing" as const },
    });
    const plain = floorOf(single({}, 2000, latency(400)));
    expect(floorOf(single({ batch: { size: 8, waitMs: 20 } }, 2000, latency(400)))).toBeLessThan(plain);
    // A wait of 95 ms of 100 leaves 5 for the work: nothing plans.
    expect(certainPlan(single({ batch: { size: 8, waitMs: 95 } }, 2000, latency(100))).ok).toBe(false);
  });

  test("a registry's round robin needs more replicas than one queue", () => {
    const registry = single({ reachedBy: "service-connect" }, 200, { utilisationCeiling: 0.99 });
    expect(floorOf(registry)).toBeGreaterThan(floorOf(single({}, 200, { utilisationCeiling: 0.99 })));
  });

  test("a cache that carries capacity is relied on with its low hit ratio, one that does not with none", () => {
    const carried = {
      ...prod,
      workloads: { ...prod.workloads, vectors: { ...prod.workloads["vectors"]!, role: "capacity-cache" as const } },
    } as Request;
    expect(floorOf(carried, "embedding")).toBeLessThan(floorOf(prod, "embedding"));
  });

  test("a cache that carries capacity is a dependency, whatever the call says", () => {
    const relied = {
      ...prod,
      workloads: { ...prod.workloads, vectors: { ...prod.workloads["vectors"]!, role: "capacity-cache" as const } },
    } as Request;
    const causes = (request: Request) => {
      const planned = certainPlan(request);
      return (planned.ok ? planned.plan : planned.partial).availability?.lostTo.map(({ cause }) => cause);
    };
    expect(causes(relied)).toContain("cache");
    expect(causes(prod)).not.toContain("cache");
  });

  test("a cache takes larger nodes where smaller ones would be more than an alarm can watch, and no cluster is larger than AWS allows", () => {
    const holding = (entries: number): Request => ({
      ...prod,
      workloads: {
        ...prod.workloads,
        vectors: { ...prod.workloads["vectors"]!, entries } as Request["workloads"][string],
      },
    });
    const nodes = (entries: number): number => reasonOf(certainPlan(holding(entries)), "vectors", "nodes").value;
    expect(nodes(50_000_000)).toBeLessThanOrEqual(10);
    const planned = certainPlan(holding(3_000_000_000));
    expect(planned.ok ? [] : planned.infeasible.map(({ limit }) => limit.value)).toEqual([90]);
  });

  test("tries are counted in the callee's demand: 1 + p + p^2 at 5 %", () => {
    const planned = certainPlan(prod);
    const demand = (planned.ok ? planned.plan : planned.partial).demand.find(
      ({ workload }) => workload === "embedding",
    );
    // 1,000/s x 26 ms (25 and 1 of the look-up) x 1.0525
    expect(demand?.erlangs.high).toBeCloseTo(1000 * 0.026 * (1 + 0.05 + 0.0025), 9);
  });
});

describe("one number by hand", () => {
  test("40 req/s of 25 ms are one erlang: three slots keep 95 % within 100 ms and 70 % use, four with a replica lost in each of three zones", () => {
    // C(2, 1) = 1/3: P(T > 100) with 2 servers = e^-4 (1 + 1/3 x 4) = .0427 <= .05, so two replicas by latency.
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12);
    const planned = certainPlan(single({}, 40, { minReplicas: 1 }));
    const reason = reasonOf(planned, "web", "scaling.min");
    const by = Object.fromEntries(reason.needed.map(({ by: constraint, value }) => [constraint, value]));
    expect(by).toMatchObject({ latency: 2, utilisation: 2, "zone-loss": 3, burst: 2, floor: 3 });
    expect(replicasToSurviveZones({ need: 2, zones: 3, zonesLost: 1 })).toBe(3);
    expect(reason.value).toBe(3);
  });

  test("the product of headrooms: 10, 15 with a zone lost, 14 in a burst, 10 in a rollout are 21", () => {
    expect(combineHeadroom("product", { base: 10, zoneLoss: 15, burst: 14, rollout: 10 })).toBe(21);
    expect(combineHeadroom("largest", { base: 10, zoneLoss: 15, burst: 14, rollout: 10 })).toBe(15);
  });
});

describe("the seed's own rule", () => {
  const seed = (peak: number) => {
    const planned = certainPlan({
      ...choosing({ quotas: { fargateVcpus: 1_000_000 } }),
      load: { ...prod.load, requestsPerSecond: { mean: peak, peak } },
    });
    return (planned.ok ? planned.plan : planned.partial).sizingRules[0];
  };
  test.each([
    [100, 2, 1, 3, 3],
    [1000, 20, 5, 25, 25],
    [10_000, 200, 50, 250, 250],
    // 1,050/s: 21 active; 5.25 failover as written, 6 with the ceiling that it lacks.
    [1050, 21, 6, 27, 26.25],
  ])("%d req/s: %d active and %d failover are %d, as written %d", (peak, active, failover, total, asWritten) => {
    expect(seed(peak)).toMatchObject({ active, failover, total, asWritten });
  });
});

describe("refusals", () => {
  const refused = (request: Request) => {
    const planned = plan(request);
    if (planned.ok) throw new Error("planned");
    return planned.infeasible;
  };

  const refusals: readonly (readonly [string, Request])[] = [
    ["vCPUs in a rollout", choosing({ quotas: {} })],
    [
      "an objective that one region does not reach",
      choosing({ objectives: { ...prod.chosen.objectives, availability: 0.99999 } }),
    ],
    [
      "a percentile that the service time itself breaks",
      choosing({ objectives: { ...prod.chosen.objectives, latency: { percentile: 99, withinMs: 100 } } }),
    ],
    ["targets of one group", choosing({ quotas: { fargateVcpus: 10_000, targetsPerGroup: 20 } })],
    ["cache nodes", { ...prod, chosen: { ...prod.chosen, quotas: { fargateVcpus: 240, cacheNodesPerRegion: 1 } } }],
    [
      "a scaling law's peak",
      {
        ...prod,
        workloads: {
          ...prod.workloads,
          embedding: { ...embedding, scalingLaw: { contention: 0.05, coherency: 0.01 } },
        },
      },
    ],
    ["a maximum below what the load needs", { ...prod, replicas: { embedding: { max: 10 } } }],
    [
      "an address range without room",
      { ...prod, network: { create: true, nat: "per-zone", addressRange: "10.0.0.0/20" } },
    ],
  ];

  test.each(refusals)("%s: named, with its limit and source, and every alternative plans", (_, request) => {
    const infeasible = refused(request);
    for (const refusal of infeasible) {
      expect(refusal.limit.name).not.toBe("");
      expect(refusal.limit.source.title).not.toBe("");
      for (const alternative of refusal.alternatives)
        expect(alternative.perMonthUsd === null || alternative.perMonthUsd.expected > 0).toBe(true);
    }
    expect(infeasible.some((refusal) => refusal.alternatives.length > 0)).toBe(true);
  });

  test("more memory, or more CPU, than one replica can have is said with the number that does not fit, and nothing undercuts it", () => {
    expect(refused(single({ memoryMiB: 300_000 }, 10))).toEqual([
      expect.objectContaining({ unit: "MiB", asked: 300_000, alternatives: [] }),
    ]);
    expect(refused(single({ slotsPerReplica: 64 }, 10))).toEqual([
      expect.objectContaining({ unit: "vCPU a replica", asked: 64 }),
    ]);
  });

  test("the quota's alternatives are the raise that a rollout needs, and the peak that fits", () => {
    expect(refused(choosing({ quotas: {} }))[0]).toMatchObject({ field: "vCPU", limit: { value: 6, raisable: true } });
    const [refusal] = refused(choosing({ quotas: { fargateVcpus: 60 } }));
    const sets = refusal?.alternatives.map(({ set }) => Object.keys(set)[0]);
    expect(sets).toContain("quotas.fargateVcpus");
    expect(sets?.some((key) => key?.startsWith("load."))).toBe(true);
  });

  test("where one raise alone leaves another quota short, all that it takes are raised together", () => {
    const many = single({}, 100_000, { quotas: { fargateVcpus: 240 } });
    const [refusal] = refused(many);
    expect(refusal).toMatchObject({ field: "scaling.min", limit: { value: 1000 } });
    const [raise, lower] = refusal.alternatives.map(({ set }) => set);
    const quotas = {
      fargateVcpus: Number(raise!["quotas.fargateVcpus"]),
      targetsPerGroup: Number(raise!["quotas.targetsPerGroup"]),
    };
    expect(Object.keys(raise!)).toEqual(["quotas.targetsPerGroup", "quotas.fargateVcpus"]);
    const planned = (own: Request["chosen"]["quotas"]) => certainPlan(choosing({ quotas: own }, many)).ok;
    expect(planned(quotas)).toBe(true);
    expect(planned({ ...quotas, targetsPerGroup: quotas.targetsPerGroup - 1 })).toBe(false);
    expect(planned({ ...quotas, fargateVcpus: quotas.fargateVcpus - 1 })).toBe(false);
    expect(Object.keys(lower!)[0]).toMatch(/^load\./);
  });

  test("a quota that would have to be raised beyond all reason is no alternative", () => {
    const [refusal] = refused(single({}, 10_000_000, { quotas: { fargateVcpus: 240 } }));
    expect(refusal.alternatives.map(({ set }) => Object.keys(set)[0])).toEqual([expect.stringMatching(/^load\./)]);
  });

  test("exactly the quota plans, one vCPU less does not", () => {
    const [refusal] = refused(choosing({ quotas: {} }));
    const asked = Math.ceil(refusal?.asked ?? 0);
    expect(certainPlan(choosing({ quotas: { fargateVcpus: asked } })).ok).toBe(true);
    expect(certainPlan(choosing({ quotas: { fargateVcpus: asked - 1 } })).ok).toBe(false);
  });
});

describe("dev may be cheap, and is told what that costs", () => {
  const dev: Request = {
    ...choosing({
      objectives: { availability: 0.99, latency: { percentile: 95, withinMs: 100 }, survive: "nothing" },
      minReplicas: 1,
      elastic: true,
      quotas: {},
      deploys: null,
      zones: 1,
    }),
    tier: "dev",
    zones: ["us-east-1a"],
    networkZones: ["us-east-1a", "us-east-1b"],
    load: { requestsPerSecond: { mean: 2, peak: 5 }, burst: { factor: 1.5, toleratedWaitSeconds: 0 }, uncertainty: 0 },
  };
  test("one replica, one zone, and zones among the minutes lost", () => {
    const planned = plan(dev);
    if (!planned.ok) throw new Error(JSON.stringify(planned.infeasible));
    expect(floorOf(dev, "embedding")).toBe(1);
    const zones = planned.plan.availability?.lostTo.find(({ cause }) => cause === "zones");
    // 4e-5 of a year, once for both groups in the one zone.
    expect(zones?.minutesPerYear).toBeCloseTo(4e-5 * 525_600, 6);
    expect(planned.plan.options.filter(({ about }) => about === "zones for replicas")).toHaveLength(2);
  });
});
