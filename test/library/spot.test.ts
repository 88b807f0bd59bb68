import type { ServiceArgs } from "../../components/aws/library";
import { readParts } from "../../components/readers";
import { costOf } from "../../cost";
import { plansIn, resourceGraph, type Plan, type Resource } from "../../model";
import { replaces } from "../../catalog/aws";
import { comparePlanned } from "../../policies";
import { resourceChanges } from "../../preview/resource-changes";
import { RecordingError } from "../../preview/record";
import { least, ofType, one, recordService } from "./a-service";

const PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const SERVICE = "aws:ecs/service:Service";

const recorded = new Map<string, Promise<readonly Resource[]>>();

/** A program of one service, recorded once. */
function of(args: Partial<ServiceArgs>): Promise<readonly Resource[]> {
  const key = JSON.stringify(args);
  const known = recorded.get(key) ?? recordService({ ...least, ...args }).then(({ resources }) => resources);
  recorded.set(key, known);
  return known;
}

function planned(resources: readonly Resource[]): Plan {
  const [found] = plansIn(resources);
  if (found === undefined) throw new Error("no plan");
  return found.plan;
}

const changes = async (before: Partial<ServiceArgs>, after: Partial<ServiceArgs>) => {
  const reported = (resources: readonly Resource[]) => resources.map((each) => ({ ...each, state: "read" as const }));
  return resourceChanges(reported(await of(before)), reported(await of(after)), replaces);
};

describe("a service with a share on Spot", () => {
  test("is built, read back as planned, and its cluster may run Spot", async () => {
    const resources = await of({ spotShare: 0.5 });
    const { parts, conflicts } = readParts("aws", resourceGraph(resources));
    expect({ ...comparePlanned(planned(resources).parts, parts), conflicts }).toEqual({
      mismatches: [],
      unread: [],
      conflicts: [],
    });
    // 3.6 busy slots are four; a zone of three may go, so six stand, and the scaler goes up to nine.
    expect(one(resources, SERVICE).inputs["capacityProviderStrategies"]).toEqual([
      { capacityProvider: "FARGATE", weight: 1, base: 6 },
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ]);
    expect(one(resources, PROVIDERS).inputs["capacityProviders"]).toEqual(["FARGATE", "FARGATE_SPOT"]);
    expect(ofType(await of({}), PROVIDERS)).toEqual([]);
  });

  test("promises the same, counts the same, and has a cheaper ceiling", async () => {
    const [without, half] = [await of({}), await of({ spotShare: 0.5 })].map((resources) => {
      const plan = planned(resources);
      const { parts } = readParts("aws", resourceGraph(resources));
      return { plan, cost: costOf(parts, plan).perMonthUsd };
    });
    expect(half?.plan.availability).toEqual(without?.plan.availability);
    expect(half?.cost.expected).toBe(without?.cost.expected);
    // 1.5 of nine replicas, each half a vCPU and 1 GB for 730 hours.
    const saved = 1.5 * 730 * (0.5 * (0.04048 - 0.01291) + (0.004445 - 0.00142));
    expect((without?.cost.max ?? 0) - (half?.cost.max ?? 0)).toBeCloseTo(saved, 6);
  });

  test("in an existing cluster takes what is there", async () => {
    const resources = await of({ spotShare: 0.5, cluster: { existing: { name: "main" } } });
    expect(ofType(resources, PROVIDERS)).toEqual([]);
    expect(one(resources, SERVICE).inputs["launchType"]).toBeUndefined();
  });

  test("is an update away from another share, and a replacement away from none", async () => {
    const share = (await changes({ spotShare: 0.5 }, { spotShare: 0.75 })).filter(({ type }) =>
      type.startsWith("aws:"),
    );
    expect(share).toMatchObject([{ type: SERVICE, op: "update" }]);
    expect(share[0]).not.toHaveProperty("note");
    const come = await changes({}, { spotShare: 0.5 });
    expect(come.find(({ type }) => type === SERVICE)).toMatchObject({
      op: "replace",
      loss: { what: "an outage: its name stays, so the old one is deleted before the new one is made", grave: true },
      note: "starts again at desiredCount 6",
    });
    expect(come.find(({ type }) => type === PROVIDERS)).toMatchObject({ op: "create" });
    const gone = await changes({ spotShare: 0.5 }, {});
    expect(gone.find(({ type }) => type === SERVICE)).toMatchObject({ op: "replace" });
  });

  test("of one replica is a mistake that says so, by argument", async () => {
    const error: unknown = await of({ spotShare: 0.5, replicas: { max: 1 } }).catch((reason: unknown) => reason);
    if (!(error instanceof RecordingError)) throw new Error("it was not refused");
    expect(error.message).toContain("spotShare   got 0.5");
    expect(error.message).toContain("web has one replica at most, which is On-Demand");
    expect(error.message).toContain("leave spotShare out, or raise replicas.web.max");
  });
});
