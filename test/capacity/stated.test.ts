import fc from "fast-check";
import { availabilityOf } from "../../availability";
import { leastServers, statedBasis } from "../../capacity";
import { applicationStart } from "../../catalog/starts";
import {
  asReading,
  partKey,
  type Basis,
  type DemandFile,
  type Part,
  type PartKind,
  type ReadPart,
  type StatedWorkload,
} from "../../model";
import { balancer, group, groupKey, target } from "../policies/fixture";

const database = (over: object = {}): Part => ({
  kind: "database",
  key: "database/orders/us-east-1",
  workload: "orders",
  region: "us-east-1",
  engine: { name: "postgres", version: "16.4" },
  topology: { kind: "standby", standbys: 1 },
  replicaOf: null,
  placement: { kind: "zonal", zones: ["us-east-1a", "us-east-1b"], spread: "hard" },
  machines: [{ type: "db.m7g.large", count: 2 }],
  units: null,
  storage: { gib: 100, maxGib: null, type: "gp3", iops: null },
  backups: { keepDays: 7 },
  security: { atRest: true, inTransit: true, public: false },
  deletion: { protected: true, finalSnapshot: true },
  runtime: { kind: "rds" },
  ...over,
});
/** A Part of which only what tells the promise is read. */
const managed = (kind: PartKind, workload: string, told: object = {}): ReadPart => {
  const part = { kind, key: partKey(kind, workload, "us-east-1"), workload, region: "us-east-1", ...told };
  return asReading(part as unknown as Part);
};
const zonesOf = (...zones: readonly string[]) => ({ placement: { kind: "zonal", zones, spread: "hard" } as const });
const back = group({ key: "replica-group/back/us-east-1", workload: "back" });
const front = balancer({ routing: "least-outstanding", targets: [target({ part: groupKey })] });
const parts = [group(), back, front, database()].map((part) => asReading(part));

const objectives = { availability: 0.999, survive: "zone" } as const;
const web: StatedWorkload = { requestsPerSecond: { mean: 40, peak: 120 }, serviceTimeMs: 30 };

function basis(workloads: DemandFile["workloads"], over: Partial<DemandFile> = {}): Basis {
  const stated = statedBasis({ objectives, workloads, ...over }, parts, "aws");
  if (!stated.ok) throw new Error(JSON.stringify(stated.slips));
  return stated.basis;
}
const needOf = (found: Basis, workload = "web"): number | undefined =>
  found.demand.find((each) => each.workload === workload)?.need;
const slipsOf = (workloads: DemandFile["workloads"], there: readonly ReadPart[] = parts): readonly string[] => {
  const stated = statedBasis({ objectives, workloads }, there, "aws");
  return stated.ok ? [] : stated.slips.map(({ path, allowed, fix }) => `${path.join(".")}: ${allowed}; ${fix}`);
};

describe("what is needed", () => {
  test("is the planner's own arithmetic: one queue behind least-outstanding, one a replica behind round robin", () => {
    const latency = { percentile: 95, withinMs: 150 };
    const asked = { web: { ...web, latency } };
    // 120 requests/s x 0.03 s = 3.6 busy slots.
    const pooled = leastServers(3.6, { responseWithinMs: 150, share: 0.95, serviceTimeMs: 30 });
    expect(needOf(basis(asked))).toBe(pooled);
    const robin = asReading(balancer({ routing: "round-robin", targets: [target({ part: groupKey })] }));
    const split = statedBasis({ objectives, workloads: asked }, [asReading(group()), robin], "aws");
    // One queue a replica: 120 / n x 0.03 busy, and e^(-150 (1 - 3.6 / n) / 30) <= 0.05 from n = 9 on.
    expect(split.ok && needOf(split.basis)).toBe(9);
    expect(pooled).toBeLessThan(9);
  });

  test("never falls as load and service time rise", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        fc.double({ min: 1, max: 200, noNaN: true }),
        (peak, more, serviceTimeMs) => {
          const need = (rate: number, ms: number): number =>
            needOf(basis({ web: { requestsPerSecond: { mean: 1, peak: rate }, serviceTimeMs: ms } })) ?? 0;
          const least = need(peak, serviceTimeMs);
          expect(need(peak * more, serviceTimeMs)).toBeGreaterThanOrEqual(least);
          expect(need(peak, serviceTimeMs * more)).toBeGreaterThanOrEqual(least);
          expect(least).toBeGreaterThan((peak * serviceTimeMs) / 1000);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("of a workload that others call is what they send", () => {
    const found = basis({
      web: { ...web, calls: { back: { perRequest: 2 }, orders: { perRequest: 1 } } },
      back: { serviceTimeMs: 10 },
    });
    expect(found.demand.map(({ workload, entry, requestsPerSecond }) => [workload, entry, requestsPerSecond])).toEqual([
      ["web", true, { mean: 40, peak: 120 }],
      ["back", false, { mean: 80, peak: 240 }],
    ]);
    expect(found.calls).toEqual([
      { from: groupKey, to: "replica-group/back/us-east-1", perRequest: 2, tries: 1, required: true },
      { from: groupKey, to: "database/orders/us-east-1", perRequest: 1, tries: 1, required: true },
    ]);
  });

  test("what the file leaves out is an assumption; what it states says so", () => {
    const names = (found: Basis, given: boolean): readonly string[] =>
      found.assumptions.filter(({ source }) => (source.date === "stated") === given).map(({ name }) => name);
    const plain = basis({ web });
    expect(names(plain, false)).toEqual(expect.arrayContaining(["web.serviceTimeVariation", "web.requestBytes"]));
    expect(plain.failures.deploysMeasured).toBe(false);
    const told = basis(
      { web: { ...web, serviceTimeVariation: 0.5 } },
      { deploys: { perWeek: 5, failureShare: 0.05, minutes: 10, exposedShare: 1 }, tier: "staging" },
    );
    expect(names(told, true)).toContain("web.serviceTimeVariation");
    expect(told).toMatchObject({ tier: "staging", failures: { deploysMeasured: true } });
    expect(basis({ web }).tier).toBe("prod");
  });
});

describe("availability", () => {
  const lost = (workloads: DemandFile["workloads"], there: readonly ReadPart[] = parts) => {
    const stated = statedBasis({ objectives, workloads }, there, "aws");
    const found = stated.ok ? availabilityOf(there, stated.basis) : null;
    return new Map(found?.lostTo.map(({ cause, minutesPerYear }) => [cause, minutesPerYear]));
  };
  const calling = { web: { ...web, calls: { orders: { perRequest: 1 } } } };

  test("counts a database that is relied on by what its provider promises, and leaves out one that is not", () => {
    // 0.05 % of 525,600 minutes with a standby, 0.5 % alone.
    expect(lost(calling).get("database orders")).toBeCloseTo(262.8, 6);
    const alone = [asReading(group()), asReading(front), asReading(database({ topology: { kind: "single" } }))];
    expect(lost(calling, alone).get("database orders")).toBeCloseTo(2628, 6);
    const spared = { web: { ...web, calls: { orders: { perRequest: 1, required: false } } } };
    expect(lost(spared).has("database orders")).toBe(false);
    expect(lost(spared).has("zones")).toBe(true);
  });

  test("counts what AWS runs by the promise that fits how it stands; of one that has none nothing is said", () => {
    const minutes = (part: ReadPart): number | undefined => {
      const there = [...parts, part];
      const asked = { web: { ...web, calls: { [part.workload]: { perRequest: 1 } } } };
      return lost(asked, there).get(`${part.kind} ${part.workload}`);
    };
    const year = 525_600;
    expect(minutes(managed("queue", "jobs"))).toBeCloseTo(year * 0.001, 6);
    expect(minutes(managed("broker", "log", zonesOf("us-east-1a", "us-east-1b")))).toBeCloseTo(year * 0.001, 6);
    expect(minutes(managed("broker", "log", zonesOf("us-east-1a")))).toBeUndefined();
    expect(minutes(managed("search", "find", { awareZones: 2 }))).toBeCloseTo(year * 0.001, 6);
    expect(minutes(managed("search", "find", { awareZones: 1 }))).toBeUndefined();
    expect(minutes(managed("file-system", "disk", { placement: { kind: "regional" } }))).toBeCloseTo(year * 0.0001, 6);
    expect(minutes(managed("file-system", "disk", zonesOf("us-east-1a")))).toBeCloseTo(year * 0.001, 6);
  });

  test("a balancer that stands in one zone goes with it, though replicas stand in others", () => {
    const network = (...zones: readonly string[]): number => {
      const runtime = { kind: "nlb", crossZone: true } as const;
      const nlb = balancer({ runtime, targets: [target({ part: groupKey })], ...zonesOf(...zones) });
      return lost({ web }, [asReading(group()), asReading(nlb)]).get("balancer") ?? 0;
    };
    const { failures } = basis({ web });
    expect(network("us-east-1a", "us-east-1b")).toBeCloseTo(failures.balancerUnavailability * 525_600, 9);
    expect(network("us-east-1a")).toBeCloseTo(
      (failures.balancerUnavailability + failures.zoneUnavailability) * 525_600,
      9,
    );
    // Where the replicas stand in that zone alone, its loss is theirs already.
    const alone = asReading(group({ placement: { kind: "zonal", zones: ["us-east-1a"], spread: "hard" } }));
    const nlb = asReading(balancer({ targets: [target({ part: groupKey })], ...zonesOf("us-east-1a") }));
    expect(lost({ web }, [alone, nlb]).get("balancer")).toBeCloseTo(failures.balancerUnavailability * 525_600, 9);
  });

  test("at the peak runs what the scaler may run", () => {
    const scaled = (min: number, max: number): readonly ReadPart[] => [
      asReading(group({ scaling: { kind: "range", min, max, initial: min, signals: [], schedule: [] } })),
      asReading(front),
    ];
    const need = needOf(basis({ web })) ?? 0;
    expect(lost({ web }, scaled(1, need - 1)).get("too few replicas")).toBe(525_600);
    expect(lost({ web }, scaled(1, need)).has("too few replicas")).toBe(false);
    const zones = lost({ web }, scaled(1, need)).get("zones") ?? 0;
    expect(zones).toBeLessThan(500);
    expect(lost({ web }, scaled(need, need)).get("zones")).toBe(zones);
    expect(lost({ web }, scaled(need * 3, need * 3)).get("zones")).toBeLessThan(zones);
  });
});

describe("what the file says, and what it leaves out", () => {
  const sourceOf = (workload: StatedWorkload) =>
    basis({ web: workload }).assumptions.find(({ name }) => name === "web.startSeconds");
  test("a start that is not stated is an assumption with a source of its own", () => {
    expect(sourceOf(web)).toMatchObject({ low: 2, mid: 3, high: 7, source: applicationStart.node.source });
    expect(sourceOf({ ...web, startSeconds: 20 })).toMatchObject({ mid: 20, source: { date: "stated" } });
    expect(basis({ web }).demand.find(({ workload }) => workload === "web")?.startSeconds).toBe(7);
  });
  test("quotas that were raised are the basis's", () => {
    expect(basis({ web }).quotas).toEqual({});
    expect(basis({ web }, { quotas: { fargateVcpus: 200 } }).quotas).toEqual({ fargateVcpus: 200 });
  });
});

describe("what does not fit the program", () => {
  test("names that are nobody's, of another kind, or of several", () => {
    expect(slipsOf({ wbe: web })[0]).toBe("workloads.wbe: one of web, back; did you mean web?");
    expect(slipsOf({ web }, [])).toEqual([
      "workloads.web: no such Part was found; leave it out, or read what it is in too",
    ]);
    expect(slipsOf({ orders: web })[0]).toMatch(
      /^workloads\.orders: a replica group or a store; orders is a database; name it in/,
    );
    const twins = [asReading(group()), asReading({ ...group(), key: "replica-group/web/eu-west-1" })];
    expect(slipsOf({ web }, twins)[0]).toMatch(/it is the name of 2: .*; write replica-group\/web\/us-east-1$/);
    expect(slipsOf({ "replica-group/web/eu-west-1": web }, twins)).toEqual([]);
    expect(slipsOf({ web, [groupKey]: web })[0]).toMatch(/is the same replica group; keep one of the two$/);
    expect(slipsOf({})[0]).toMatch(/at least one workload; there are web, back/);
  });

  test("calls to nobody, to a workload that is not stated, in a circle, or to what no rate is known of", () => {
    const to = (callee: string, call: object = {}): DemandFile["workloads"] => ({
      web: { ...web, calls: { [callee]: { perRequest: 1, ...call } } },
    });
    expect(slipsOf(to("ordres"))[0]).toMatch(/^workloads\.web\.calls\.ordres: .*did you mean orders\?$/);
    expect(slipsOf(to("back"))[0]).toMatch(/a workload of this file; state back below workloads too$/);
    const circle = { ...to("back"), back: { serviceTimeMs: 1, calls: { web: { perRequest: 1 } } } };
    expect(slipsOf(circle)[0]).toMatch(/calls may not come back to their caller/);
    const there = [...parts, managed("broker", "jobs", zonesOf("us-east-1a"))];
    expect(slipsOf(to("jobs"), there)[0]).toMatch(
      /calls\.jobs\.required: false: no rate is known at which a broker like this fails/,
    );
    expect(slipsOf(to("jobs", { required: false }), there)).toEqual([]);
  });

  test("rates: none at an entry, a mean above the peak, a service time that nothing can mend", () => {
    expect(slipsOf({ web: { serviceTimeMs: 30 } })[0]).toMatch(/^workloads\.web\.requestsPerSecond: an entry needs/);
    expect(slipsOf({ web: { ...web, requestsPerSecond: { mean: 5, peak: 4 } } })[0]).toMatch(
      /peak: at least the mean of 5/,
    );
    // e^(-100 / 50) = 13.5 % of requests take longer than 100 ms when nobody is before them.
    const slow = { ...web, serviceTimeMs: 50, latency: { percentile: 95, withinMs: 100 } };
    expect(slipsOf({ web: slow })[0]).toMatch(
      /serviceTimeMs: 13\.5 % of requests take longer than 100 ms .* 5 % are allowed/,
    );
    expect(slipsOf({ web: { ...slow, serviceTimeMs: 33 } })).toEqual([]);
  });
});
