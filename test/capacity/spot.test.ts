import fc from "fast-check";
import { certainPlan, plan, requestOf } from "../../capacity";
import { availabilityOf } from "../../availability";
import { asReading, type Plan, type Reason, type ReplicaGroup, type Request } from "../../model";
import { given, said, withFacts } from "./a-stack";
import { choosing, prod, single } from "./a-request";

function planned(request: Request): Plan {
  const found = certainPlan(request);
  if (!found.ok) throw new Error(JSON.stringify(found.infeasible));
  return found.plan;
}

function groupIn({ parts }: Plan): ReplicaGroup & { readonly runtime: { readonly kind: "ecs-fargate" } } {
  for (const part of parts) {
    if (part.kind !== "replica-group" || part.runtime.kind !== "ecs-fargate") continue;
    return { ...part, runtime: part.runtime };
  }
  throw new Error("no group on Fargate");
}

function spotReason({ reasons }: Plan): Reason | undefined {
  return reasons.find(({ field }) => field === "runtime.base.replicas");
}

const bounds = ({ scaling }: ReplicaGroup) => (scaling.kind === "range" ? [scaling.min, scaling.max] : []);
const easy = { objectives: { availability: 0.9, survive: "nothing" as const } };

describe("what is On-Demand and what is Spot", () => {
  test("2.5 busy slots: three stand, the fourth is room, and of what is above three half is Spot", () => {
    // 100/s x 25 ms. Three slots are more than 2.5; 70 % of four is the least that is at most 70 % busy; six carry 1.5 times the four.
    const found = planned(single({}, 100, { ...easy, spotShare: 0.5 }));
    expect(bounds(groupIn(found))).toEqual([4, 6]);
    expect(groupIn(found).runtime).toMatchObject({ spotShare: 0.5, base: { replicas: 3, on: "on-demand" } });
    const reason = spotReason(found);
    expect(reason).toMatchObject({ value: 3, binding: "latency", unit: "replicas On-Demand" });
    expect(reason?.combined).toContain("floor 4: at least 3 On-Demand, at most 1 Spot");
    expect(reason?.combined).toContain("ceiling 6: at least 4 On-Demand, at most 2 Spot");
  });

  test("a zone that must be survived is survived by On-Demand alone", () => {
    // 200/s x 25 ms are five busy slots, six replicas; of nine in three zones six are left.
    const found = planned(
      single({}, 200, { objectives: { availability: 0.99, survive: "zone" }, spotShare: 0.5, minReplicas: 12 }),
    );
    expect(bounds(groupIn(found))[0]).toBe(12);
    expect(spotReason(found)).toMatchObject({ value: 9, binding: "zone-loss" });
  });

  test("what the objective needs by itself is On-Demand", () => {
    // With four of them replicas and zones cost less of 99.99 % than is left to them; three are enough for the peak.
    const found = planned(
      single({}, 100, { objectives: { availability: 0.9999, survive: "nothing" }, spotShare: 0.5, minReplicas: 8 }),
    );
    expect(spotReason(found)).toMatchObject({ value: 4, binding: "objective" });
  });

  test("where misfortunes come together the whole floor stands", () => {
    const found = planned(single({}, 100, { ...easy, headroom: "product", spotShare: 0.5, minReplicas: 9 }));
    expect([bounds(groupIn(found))[0], spotReason(found)?.value]).toEqual([9, 9]);
  });

  test("an elastic floor is below what the peak needs, which is On-Demand all the same", () => {
    const found = planned(single({}, 1000, { ...easy, elastic: true, spotShare: 0.9 }));
    const [floor = 0] = bounds(groupIn(found));
    // 1,000/s x 25 ms are 25 busy slots.
    expect(floor).toBeLessThan(26);
    expect(groupIn(found).runtime.base).toEqual({ replicas: 26, on: "on-demand" });
  });

  test("nobody who asks for none has a word of it", () => {
    const found = planned(single({}, 100, easy));
    expect([groupIn(found).runtime, spotReason(found)]).toEqual([
      { kind: "ecs-fargate", architecture: "x86_64", spotShare: 0, rebalancing: true },
      undefined,
    ]);
  });

  test("a workload's own share goes before the stack's, also where it is none", () => {
    expect(groupIn(planned(single({ spotShare: 0 }, 100, { ...easy, spotShare: 0.5 }))).runtime.spotShare).toBe(0);
    expect(groupIn(planned(single({ spotShare: 0.2 }, 100, { ...easy, spotShare: 0.5 }))).runtime.spotShare).toBe(0.2);
  });

  test("an existing cluster is taken to have both providers, and that is said", () => {
    const request = single({}, 100, { ...easy, spotShare: 0.5 });
    const theirs = planned({ ...request, cluster: { existing: { name: "main" } } });
    expect(spotReason(theirs)?.combined).toContain("cluster main is taken to have FARGATE and FARGATE_SPOT");
    expect(spotReason(planned(request))?.combined).not.toContain("is taken to have");
  });

  test("On-Demand vCPUs alone count for their quota", () => {
    const asking = (spotShare: number, fargateVcpus: number) =>
      certainPlan(choosing({ spotShare, quotas: { fargateVcpus } }, single({}, 100, { ...easy, minReplicas: 13 }))).ok;
    // 13 and as many again in a rollout; with Spot 3 and a tenth of 10, twice.
    expect([asking(0, 26), asking(0, 25)]).toEqual([true, false]);
    expect([asking(0.9, 8), asking(0.9, 7)]).toEqual([true, false]);
  });
});

describe("laws", () => {
  const shares = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);
  const peaks = fc.integer({ min: 1, max: 2000 });
  const survive = fc.constantFrom("nothing", "replica", "zone");

  test("Spot moves no count, and the objective is met without it", () => {
    fc.assert(
      fc.property(shares, peaks, survive, fc.boolean(), (spotShare, peak, what, elastic) => {
        const choices = { objectives: { availability: 0.999, survive: what }, elastic };
        const without = planned(single({}, peak, choices));
        const withSpot = planned(single({}, peak, { ...choices, spotShare }));
        expect(bounds(groupIn(withSpot))).toEqual(bounds(groupIn(without)));
        expect(withSpot.availability!.unavailability).toBeLessThanOrEqual(0.001);
        // Never better than the same replicas On-Demand.
        expect(withSpot.availability!.unavailability).toBeGreaterThanOrEqual(without.availability!.unavailability);
      }),
      { numRuns: 60 },
    );
  });

  test("what can be planned can be planned with Spot, and nothing else", () => {
    const objectives = fc.record({ availability: fc.constantFrom(0.999, 0.9999, 0.99994, 0.99995), survive });
    fc.assert(
      fc.property(shares, peaks, objectives, fc.integer({ min: 1, max: 30 }), (spotShare, peak, asked, minReplicas) => {
        const plans = (share: number): boolean =>
          certainPlan(single({}, peak, { objectives: asked, minReplicas, spotShare: share })).ok;
        expect(plans(spotShare)).toBe(plans(0));
      }),
      { numRuns: 60 },
    );
  });

  test("a zone and all Spot may go together, and the peak is carried", () => {
    fc.assert(
      fc.property(shares, peaks, (spotShare, peak) => {
        const request = single({}, peak, { objectives: { availability: 0.99, survive: "zone" }, spotShare });
        const found = planned(request);
        const { scaling, runtime } = groupIn(found);
        const floor = scaling.kind === "range" ? scaling.min : scaling.count;
        const onDemand = runtime.base === undefined ? floor : Math.min(floor, runtime.base.replicas);
        expect(onDemand - Math.ceil(onDemand / 3)).toBeGreaterThanOrEqual(found.demand[0]!.need);
      }),
      { numRuns: 60 },
    );
  });
});

describe("availability rests on no Spot", () => {
  const request = single({}, 100, { ...easy, spotShare: 0.5, minReplicas: 8 });
  const found = planned(request);
  const built = { kind: "ecs-fargate", architecture: "x86_64", rebalancing: true } as const;
  const stated = (spot: Pick<ReturnType<typeof groupIn>["runtime"], "spotShare" | "base">) =>
    availabilityOf(
      found.parts.map((part) =>
        asReading(part.kind === "replica-group" ? { ...part, runtime: { ...built, ...spot } } : part),
      ),
      found,
    );

  test("of eight with a base of three five count", () => {
    const counted = stated({ spotShare: 0.5, base: { replicas: 3, on: "on-demand" } });
    const five = planned(single({}, 100, { ...easy, minReplicas: 5 })).availability!;
    expect(counted!.unavailability).toBe(five.unavailability);
    expect(counted!.unavailability).toBeGreaterThan(stated({ spotShare: 0 })!.unavailability);
  });

  test("and where On-Demand is less than the peak needs it is not known", () => {
    expect(stated({ spotShare: 1, base: { replicas: 3, on: "on-demand" } })).not.toBeNull();
    expect(stated({ spotShare: 1, base: { replicas: 2, on: "on-demand" } })).toBeNull();
    expect(stated({ spotShare: 1 })).toBeNull();
    expect(stated({ spotShare: 0, base: { replicas: 5, on: "spot" } })).not.toBeNull();
    expect(stated({ spotShare: 0, base: { replicas: 6, on: "spot" } })).toBeNull();
  });
});

describe("what may be asked", () => {
  const range = "a number of at least 0 and below 1";
  const about = "Share of the replicas above what must stand that runs on Spot, for example 0.5; never all of it";
  const steps =
    "a share in steps of 0.001, from 0 to below 1 | round it: ECS divides replicas by whole weights up to 1,000";
  const one = "one replica at most, which is On-Demand: Spot is for what is above it";

  test.each([
    ["all of it", { yaml: { spotShare: 1 } }, `nines:spotShare | 1 | ${range} | ${about}`],
    ["less than nothing", { yaml: { spotShare: -0.1 } }, `nines:spotShare | -0.1 | ${range} | ${about}`],
    ["a percentage", { yaml: { spotShare: 50 } }, `nines:spotShare | 50 | ${range} | ${about}`],
    ["a word", { yaml: { spotShare: "half" } }, `nines:spotShare | "half" | ${range} | ${about}`],
    ["a third", { yaml: { spotShare: 0.3333 } }, `nines:spotShare | 0.3333 | ${steps}`],
    [
      "too much for one workload",
      withFacts("embedding", { spotShare: 1.5 }),
      `systems.embedding.workloads.embedding.spotShare | 1.5 | ${range} | ${about}`,
    ],
    [
      "Spot for the one replica of a workload",
      { yaml: { workloads: { embedding: { spotShare: 0.5 } }, replicas: { embedding: { max: 1 } } } },
      `nines:workloads.embedding.spotShare | 0.5 | embedding has ${one} | leave spotShare out, or raise replicas.embedding.max`,
    ],
    [
      "Spot where all have one replica",
      { yaml: { replicas: { embedding: { max: 1 }, "storage-server": { max: 1 } } }, environment: { spotShare: 0.5 } },
      `environments.prod.spotShare | 0.5 | storage-server and embedding have ${one} | leave spotShare out, or raise replicas.storage-server.max`,
    ],
    [
      "Spot for a cache",
      { yaml: { workloads: { vectors: { spotShare: 0.5 } } } },
      "nines:workloads.vectors.spotShare | 0.5 | vectors is a cache, which has no spotShare | remove it",
    ],
  ] as const)("%s is a mistake", (_, changes, expected) => {
    expect(said(given(changes))).toBe(expected);
  });

  test("one workload of several with one replica is none", () => {
    expect(said(given({ yaml: { spotShare: 0.999, replicas: { embedding: { max: 1 } } } }))).toBe("");
  });

  test("it is shown as a setting where somebody said it", () => {
    const settings = (changes: Parameters<typeof given>[0]) => {
      const asked = requestOf(given(changes));
      if (!asked.ok) throw new Error("mistakes");
      return asked.request.settings.filter(({ key }) => key === "spotShare");
    };
    expect(settings({})).toEqual([]);
    expect(settings({ environment: { spotShare: 0.25 } })).toEqual([
      { key: "spotShare", value: 0.25, from: "environment" },
    ]);
    expect(settings({ environment: { spotShare: 0.25 }, yaml: { spotShare: 0 } })).toEqual([
      { key: "spotShare", value: 0, from: "yaml" },
    ]);
  });
});

test("none is a choice beside what was asked for, with its price, and nobody who asks for none is offered it", () => {
  const about = (request: Request) => {
    const found = plan(request);
    if (!found.ok) throw new Error("it does not plan");
    return found.plan.options.filter((option) => option.about === "Spot above what must stand");
  };
  const [none, some] = about(single({ spotShare: 0.5 }, 100, { ...easy, minReplicas: 8 }));
  expect([none?.choice, none?.chosen, some?.choice, some?.chosen]).toEqual(["none", false, "50 %", true]);
  // Of eight three stand, and half of five is on Spot: 2.5 of 1 vCPU and 2 GB, for 730 hours.
  const saved = 2.5 * 730 * (0.04048 - 0.01291 + 2 * (0.004445 - 0.00142));
  expect((none?.perMonthUsd ?? 0) - (some?.perMonthUsd ?? 0)).toBeCloseTo(saved, 6);
  expect(about(single({}, 100, easy))).toEqual([]);
});

test("planned twice with Spot it is the same, and JSON keeps all of it", () => {
  const request = choosing({ spotShare: 0.3 }, prod);
  const found = plan(request);
  expect(plan(request)).toEqual(found);
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});
