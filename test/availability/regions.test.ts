import * as fc from "fast-check";
import { availabilityOf } from "../../availability";
import { certainPlan } from "../../capacity";
import { asReading, type Plan } from "../../model";
import { prod } from "../capacity/a-request";

const west = ["us-west-2a", "us-west-2b", "us-west-2c"];
const elsewhere = { region: "us-west-2", zones: west, networkZones: west, kubernetes: null };

/** The plan of a request, with figures or without. */
function planned(otherRegions: typeof prod.otherRegions, callersMoveSeconds: number | null = 150): Plan {
  const found = certainPlan({
    ...prod,
    chosen: { ...prod.chosen, quotas: { fargateVcpus: 100_000 } },
    otherRegions,
    regions: ["us-east-1", ...otherRegions.map(({ region }) => region)],
    callersMoveSeconds,
  });
  return found.ok ? found.plan : found.partial;
}

const one = planned([]);
const two = planned([elsewhere]);
const parts = two.parts.map((part) => asReading(part));
const minutes = (plan: Plan, cause: string): number =>
  plan.availability?.lostTo.find((lost) => lost.cause === cause)?.minutesPerYear ?? 0;

describe("a system in several regions", () => {
  test("is planned in each, every Part under its own region's key", () => {
    const keys = (region: string) =>
      two.parts.filter((part) => part.region === region).map(({ key }) => key.replace(region, ""));
    expect(keys("us-west-2")).toEqual(keys("us-east-1"));
    expect(two.regions?.map(({ region }) => region)).toEqual(["us-east-1", "us-west-2"]);
    expect(one.regions).toBeUndefined();
  });

  test("the region that waits serves nothing, and can carry everything", () => {
    const [first] = two.demand.filter(({ part }) => part.endsWith("us-east-1"));
    const [waits] = two.demand.filter(({ part }) => part.endsWith("us-west-2"));
    expect(waits?.need).toBe(first?.need);
    expect([waits?.requestsPerSecond.mean, waits?.replicasAtMean]).toEqual([0, 0]);
  });

  // Of one region: the region, its balancer, zones, replicas. Of two: their product, which is next to nothing, and what moving takes.
  test("is down while all are, while callers move, and by what all share; deploys are counted once", () => {
    expect(minutes(two, "deploys")).toBeCloseTo(minutes(one, "deploys"), 9);
    expect(minutes(two, "region")).toBe(0);
    const alone = (one.availability?.unavailability ?? 0) - minutes(one, "deploys") / 525_600;
    expect(minutes(two, "all regions at once") / 525_600).toBeCloseTo(alone ** 2, 12);
    // 0.22 events a year x 150 s.
    expect(minutes(two, "moving between regions")).toBeCloseTo((0.22 * 150) / 60, 9);
    expect(minutes(two, "what regions share")).toBeCloseTo(2e-5 * 525_600, 9);
  });

  test("is as often down as its first region where nobody moves callers", () => {
    expect(planned([elsewhere], null).availability).toEqual(one.availability);
  });

  test("is never up more when callers move slower, or what is shared fails more", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seconds, share) => {
          const between = two.failures.betweenRegions!;
          const down = (changed: Partial<typeof between>): number =>
            availabilityOf(parts, {
              ...two,
              failures: { ...two.failures, betweenRegions: { ...between, ...changed } },
            })!.unavailability;
          expect(down({ failoverSeconds: between.failoverSeconds + seconds })).toBeGreaterThanOrEqual(down({}));
          expect(down({ globalUnavailability: share })).toBeGreaterThanOrEqual(
            down({ globalUnavailability: share / 2 }),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  test("is not known where a region's count is not", () => {
    const unread = parts.map((part) =>
      part.kind === "replica-group" && part.key.endsWith("us-west-2")
        ? { ...part, scaling: { known: false as const, urn: "", property: "scaling", why: "after-deploy" as const } }
        : part,
    );
    expect(availabilityOf(unread, two)).toBeNull();
  });
});
