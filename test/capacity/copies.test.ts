import * as fc from "fast-check";
import { acrossRegions, untilWarm } from "../../capacity/across-regions";
import { certainPlan } from "../../capacity";
import { Assumptions } from "../../capacity/assumptions";
import { systemDemand } from "../../capacity/demand";
import { availabilityOf } from "../../availability";
import { asReading, type CacheAcross, type Plan, type Request } from "../../model";
import { takeoverLines } from "../../preview/takeover";
import { aReport } from "../preview/a-report";
import { configured, requestFor } from "../stacks";
import { given, mistakesOf, request, said } from "./a-stack";

const kubernetes = {
  clusters: { "us-east-1": { context: "a" }, "eu-west-1": { context: "b" } },
  nodes: { platform: "eks", machine: "m7i.xlarge" },
} as const;
const environment = {
  kubernetes,
  regions: {
    "us-east-1": { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
    "eu-west-1": { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
  },
};
const choice = {
  address: "vectors.internal.example.com:6380",
  tls: { secret: "vectors-tls" },
  lagSeconds: 1,
  promoteMinutes: 30,
};

/** The stack in two regions with copies of its cache, on which replicas rely. */
function asked(copies: object, yaml: object = {}) {
  return given({
    yaml: {
      target: "kubernetes",
      regions: ["us-east-1", "eu-west-1"],
      copies,
      ...yaml,
    },
    environment,
    system: { workloads: relied },
  });
}
const found = request(given()).workloads;
const relied = { ...found, vectors: { ...found["vectors"], role: "capacity-cache", expires: false } };
const without = (key: keyof typeof choice) =>
  Object.fromEntries(Object.entries(choice).filter(([name]) => name !== key));
const EXAMPLE = "features.us-east-1.internal.example.com:6380";

describe("copies that cannot be had: what was given, what is allowed, what to do", () => {
  test.each<[string, Parameters<typeof asked>, string]>([
    [
      "of nobody",
      [{ vector: choice }],
      'nines:copies.vector | "vector" | workloads are storage-server, embedding, vectors | did you mean vectors?',
    ],
    [
      "of a service",
      [{ embedding: choice }],
      'nines:copies.embedding | "embedding" | embedding is a service, and only a cache has read copies | remove it',
    ],
    [
      "in one region",
      [{ vectors: choice }, { regions: ["us-east-1"] }],
      'nines:copies | "vectors" | the stack is in us-east-1 alone, and a copy is in another | nines:regions: [...] with two or more, or remove it',
    ],
    [
      "of a cache that is there",
      [{ vectors: choice }, { existing: { vectors: { address: "c.example.com:6379", tls: true } } }],
      'nines:copies.vectors | "vectors" | nines:existing says that vectors is there already: its owner copies it | remove one',
    ],
    [
      "of one member alone",
      [{ vectors: choice }, { objectives: { survive: "nothing" } }],
      'nines:copies.vectors | "vectors" | objectives.survive is nothing: the cache is one member alone, and a copy follows a replica of it | objectives.survive: zone or region, or remove it',
    ],
    [
      "without a port",
      [{ vectors: { ...choice, address: "vectors.internal.example.com" } }],
      `nines:copies.vectors.address | "vectors.internal.example.com" | host:port, a name that the other regions resolve and a port from 1 to 65535 | What leads the other regions to the primary's Service for copies, for example ${EXAMPLE}`,
    ],
    [
      "by a port that there is none",
      [{ vectors: { ...choice, address: "vectors.internal.example.com:65536" } }],
      'nines:copies.vectors.address | "vectors.internal.example.com:65536" | host:port, a name that the other regions resolve and a port from 1 to 65535 | correct the port',
    ],
    [
      "by the primary's own port",
      [{ vectors: { ...choice, address: "vectors.internal.example.com:6379" } }],
      'nines:copies.vectors.address | "vectors.internal.example.com:6379" | any port but 6379 and 26379: 6379 of the same name leads to the primary itself, and promotion asks it there | for example vectors.internal.example.com:6380',
    ],
    [
      "by a name of the cluster",
      [{ vectors: { ...choice, address: "vectors-copies.serving.svc:6380" } }],
      'nines:copies.vectors.address | "vectors-copies.serving.svc:6380" | a name that the other regions resolve; names of Services are known in their own cluster alone | a record of your own network that leads to the Service vectors-copies, for example vectors.internal.example.com:6380',
    ],
    [
      "without TLS",
      [{ vectors: { ...choice, tls: false } }],
      "nines:copies.vectors.tls | false | a mapping | tls: { secret: features-tls }; without TLS no copy: passwords and values leave the cluster",
    ],
    [
      "without a lag",
      [{ vectors: without("lagSeconds") }],
      "nines:copies.vectors.lagSeconds | nothing | a number of at least 0, or a mapping | Seconds that a copy is behind, for example { low: 0.1, mid: 0.5, high: 5 }",
    ],
    [
      "promoted in no time",
      [{ vectors: { ...choice, promoteMinutes: 0 } }],
      "nines:copies.vectors.promoteMinutes | 0 | a number above 0 | Minutes until people have promoted a copy and callers write to it, for example 30",
    ],
    [
      "with the primary elsewhere",
      [{ vectors: { ...choice, primary: "us-west-2" } }],
      'nines:copies.vectors.primary | "us-west-2" | one of the stack\'s regions: us-east-1, eu-west-1 | take one of them',
    ],
  ])("%s", (_, [copies, yaml], expected) => {
    expect(said(asked(copies, yaml))).toBe(expected);
  });

  test("of a cache whose own services fill it", () => {
    const lookedAside = given({
      yaml: { target: "kubernetes", regions: ["us-east-1", "eu-west-1"], copies: { vectors: choice } },
      environment,
    });
    expect(said(lookedAside)).toContain("vectors is a latency-cache: who misses writes, and a copy takes no writes");
  });

  test("on AWS", () => {
    expect(said(given({ yaml: { copies: { vectors: choice } }, system: { workloads: relied } }))).toContain(
      "target aws builds no read copies; kubernetes does",
    );
  });

  test("all mistakes come at once", () => {
    const wrong = { vectors: { ...without("promoteMinutes"), tls: true, address: "x" } };
    expect(mistakesOf(asked(wrong)).map(({ key }) => key)).toEqual(
      expect.arrayContaining(["address", "tls", "promoteMinutes"].map((key) => `nines:copies.vectors.${key}`)),
    );
  });
});

const shipped = configured("model-serving-prod", {});
const plain = configured("model-serving-prod", {});
const own = {
  ...plain,
  config: Object.fromEntries(Object.entries(plain.config).filter(([key]) => !key.endsWith("copies"))),
};

function planOf(asking: Request): Plan {
  const planned = certainPlan(asking);
  if (!planned.ok) throw new Error(JSON.stringify(planned.infeasible));
  return planned.plan;
}
const cachesOf = (plan: Plan) => plan.parts.flatMap((part) => (part.kind === "redis-cache" ? [part] : []));
const causes = ({ availability }: Plan) => availability?.lostTo.map(({ cause }) => cause) ?? [];

describe("a cache in three regions", () => {
  test("with copies: one group is followed, two follow it and none of their Sentinels watches", () => {
    const caches = cachesOf(planOf(requestFor(shipped)));
    expect(caches.map(({ region, crossRegion }) => [region, crossRegion.kind])).toEqual([
      ["eu-west-1", "async"],
      ["us-east-1", "copied"],
      ["us-west-2", "async"],
    ]);
    expect(caches.map(({ runtime }) => runtime.quorum)).toEqual([null, 2, null]);
    expect(caches.every(({ security }) => security.inTransit)).toBe(true);
  });

  test("callers are told rediss: where the groups speak TLS, and redis: where they do not", () => {
    const urls = (plan: Plan) =>
      plan.parts.flatMap((part) =>
        part.kind === "replica-group"
          ? part.environment.filter(({ name }) => name === "FEATURE_STORE_URL").map(({ value }) => value)
          : [],
      );
    expect(new Set(urls(planOf(requestFor(shipped))))).toEqual(new Set(["rediss://features:6379"]));
    expect(new Set(urls(planOf(requestFor(own))))).toEqual(new Set(["redis://features:6379"]));
  });

  test("the primary may be in another region than the first", () => {
    const copies = shipped.config["copies"] as { readonly features: object };
    const moved = configured("model-serving-prod", {
      copies: { features: { ...copies.features, primary: "us-west-2" } },
    });
    const kinds = cachesOf(planOf(requestFor(moved))).map(({ region, crossRegion }) => [region, crossRegion.kind]);
    expect(kinds).toContainEqual(["us-west-2", "copied"]);
    expect(kinds).toContainEqual(["us-east-1", "async"]);
  });

  // Nobody says that writers fill the others: their replicas answer nothing, and no figure may count on them.
  test("without copies each region is its own, and the first's figure is the system's", () => {
    const plan = planOf(requestFor(own));
    expect(plan.failures.betweenRegions).toBeUndefined();
    expect(causes(plan)).toContain("region");
    expect(causes(plan)).not.toContain("all regions at once");
    expect(causes(planOf(requestFor(shipped)))).toContain("all regions at once");
    const alone = planOf({ ...requestFor(own), otherRegions: [] });
    expect(plan.availability?.unavailability).toBe(alone.availability?.unavailability);
  });

  // The line to the primary has no part in it: who reads finds another member.
  test("a member of a copy that is lost costs as little as one of a group that Sentinels watch", () => {
    const plan = planOf(requestFor(shipped));
    const cacheMinutes = (region: string) => {
      const demand = plan.demand.filter(({ part }) => part.endsWith(region));
      const parts = plan.parts.filter((part) => part.region === region).map((part) => asReading(part));
      const found = availabilityOf(parts, { ...plan, demand });
      return found?.lostTo.find(({ cause }) => cause === "cache")?.minutesPerYear ?? 0;
    };
    const { cacheNodeFailuresPerYear, cacheFailoverSeconds } = plan.failures;
    expect(cacheMinutes("us-west-2")).toBeCloseTo((cacheNodeFailuresPerYear * cacheFailoverSeconds) / 60, 9);
    expect(cacheMinutes("us-east-1")).toBeCloseTo((cacheNodeFailuresPerYear * 10.6) / 60, 9);
  });

  test("the screen says how late copies are and how long a promotion takes; without them what is cold", () => {
    const lines = (plan: Plan) => takeoverLines(aReport({}, plan), 13).join(" ").replace(/\s+/g, " ");
    expect(lines(planOf(requestFor(shipped)))).toBe(
      " copies features in us-west-2, eu-west-1 follow us-east-1, read only, 0.5 s late, at most 5 s: writes of so long are lost with it (RPO); one of them takes writes after 30 min, by people (RTO, as stated); its writers wait for it",
    );
    expect(lines(planOf(requestFor(own)))).toBe(
      " cold features in us-west-2, eu-west-1 know none of the 500,000 entries of us-east-1 when they take over: nobody answers there until writers have filled it, and no figure counts on that; nines:copies.features keeps copies",
    );
  });
});

describe("what caches have where another region takes over", () => {
  const acrossOf = (facts: object): readonly CacheAcross[] => {
    const asking = request(
      given({
        yaml: { target: "kubernetes", regions: ["us-east-1", "eu-west-1"] },
        environment,
        system: { workloads: { ...found, vectors: { ...found["vectors"], ...facts } } },
      }),
    );
    return acrossRegions(asking, systemDemand(asking, new Assumptions({})));
  };

  test("one region has nothing to say", () => {
    const asking = request(given());
    expect(acrossRegions(asking, systemDemand(asking, new Assumptions({})))).toEqual([]);
  });

  // 2,000,000 entries, and 400 look-ups a second on average, one in a hundred tried again, that bring at most one each.
  test("look-ups warm it, at the earliest once there were as many as entries", () => {
    const seconds = expect.closeTo(2_000_000 / (400 * 1.0101), 6) as number;
    expect(acrossOf({})).toEqual([
      { workload: "vectors", kind: "cold", entries: 2_000_000, required: false, warmSeconds: seconds },
    ]);
    expect(acrossOf({ role: "capacity-cache" })).toMatchObject([{ required: true, warmSeconds: seconds }]);
    expect(acrossOf({ role: "capacity-cache", expires: false })).toMatchObject([{ required: true, warmSeconds: null }]);
  });

  test("moving takes longer by what replicas wait for; not at all where nobody brings it; what they do without costs nothing", () => {
    const { failures: found } = planOf(requestFor(shipped));
    const failures = { ...found, betweenRegions: { ...found.betweenRegions!, failoverSeconds: 30 } };
    const cold = (warmSeconds: number | null, required = true): CacheAcross => ({
      workload: "w",
      kind: "cold",
      entries: 1,
      required,
      warmSeconds,
    });
    fc.assert(
      fc.property(fc.array(fc.nat(10_000)), (seconds) => {
        const warmed = untilWarm(
          failures,
          seconds.map((each) => cold(each)),
        );
        expect(warmed.betweenRegions?.failoverSeconds).toBe(30 + Math.max(0, ...seconds));
      }),
    );
    const nobody = { ...failures, betweenRegions: { ...failures.betweenRegions, failoverSeconds: null } };
    // Doors hand on all the same, to caches that must warm.
    expect(untilWarm(nobody, [cold(5)]).betweenRegions).toEqual({ ...nobody.betweenRegions, warmSeconds: 5 });
    expect(untilWarm(failures, [cold(5), cold(null)]).betweenRegions).toBeUndefined();
    expect(untilWarm(failures, [cold(5, false), cold(null, false)])).toEqual(failures);
  });
});
