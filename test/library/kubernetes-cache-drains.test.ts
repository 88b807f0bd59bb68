import { Cache } from "../../components/kubernetes/library";
import type { Resource } from "../../model";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { recordProgram } from "./a-service";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

const recorded = async (over: Readonly<Record<string, unknown>> = {}): Promise<readonly Resource[]> => {
  const nodes = { platform: "eks", machine: "m7i.xlarge" } as const;
  const least = { entries: 200_000, keyBytes: 40, valueBytes: 500, zones, nodes };
  const load = { requestsPerSecond: { mean: 400, peak: 1200 } };
  const { resources } = await recordProgram(() => {
    new Cache("sessions", { ...least, load, ...over });
  });
  return resources;
};

const told = (resources: readonly Resource[]) =>
  reportOf({ stack: "prod", resources, origin: "recorded", asOf: "2026-11-22" }, workings).rules.find(
    ({ id }) => id === "drain-finds-room",
  );

test("a cache in three zones has one of each on a node, and its budgets let one go: each node can be drained", async () => {
  expect(told(await recorded())).toMatchObject({ verdict: "pass", message: "each of 3 nodes can be drained" });
});

test("in two zones one node holds two members, and cannot be drained: neither volume leaves the zone; one more node there mends it", async () => {
  expect(told(await recorded({ zones: zones.slice(0, 2) }))).toMatchObject({
    verdict: "fail",
    message: expect.stringMatching(
      /^1 of 2 nodes \(in us-east-1a\) cannot be drained.*sessions: no other node in the zone of its volume has room$/,
    ) as string,
    fix: expect.stringContaining("or keep 3, 1 more (in us-east-1a)") as string,
  });
});

test("without budgets nothing is refused, and nothing is said", async () => {
  const resources = await recorded({ zones: zones.slice(0, 2) });
  expect(told(resources.filter(({ type }) => !type.endsWith(":PodDisruptionBudget")))).toBeUndefined();
});
