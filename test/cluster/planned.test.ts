import { Cache } from "../../components/kubernetes/library";
import { recordProgram } from "../library/a-service";
import { configured, recordStack } from "../stacks";
import { previewedIn, type Previewed } from "./by-plan";
import { advisedDrainCases, ceilingCases, unluckyCases } from "./harness/beyond";
import { casesOf, drainCases, lossCases, placedCases, type Promised } from "./harness/cases";
import { clusterSuite } from "./harness/suite";

const region = "us-east-1";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const nodes = { platform: "eks", machine: "m7i.xlarge" } as const;

/** Previewed before the cases ask for it. */
function before(make: () => Promise<Previewed>): () => Previewed {
  let made: Previewed | undefined;
  beforeAll(async () => {
    made = await make();
  });
  return () => made!;
}

const stack = (name: string, config: Readonly<Record<string, unknown>> = {}) =>
  before(async () => previewedIn(region, name, (await recordStack(configured(name, config))).resources));

const floorOf =
  (previewed: () => Previewed): (() => Promised) =>
  () =>
    previewed().at("floor");

clusterSuite("model-serving-prod with its cache, in one of its regions", (cluster) => {
  const previewed = stack("model-serving-prod");
  const promised = floorOf(previewed);
  placedCases(cluster, promised);
  drainCases(cluster, promised);
  lossCases(cluster, promised);
  unluckyCases(cluster, previewed);
  ceilingCases(cluster, previewed);
});

clusterSuite("vectordb-prod", (cluster) => {
  const previewed = stack("vectordb-prod");
  const promised = floorOf(previewed);
  casesOf(cluster, promised);
  ceilingCases(cluster, previewed);
  drainCases(cluster, () => previewed().at("ceiling"));
  advisedDrainCases(cluster, previewed, "ceiling");
});

describe.each(["vectordb-dev", "vectordb-staging"])("%s, on the nodes that its preview counts", (name) => {
  clusterSuite(name, (cluster) => {
    const promised = floorOf(stack(name));
    placedCases(cluster, promised);
    drainCases(cluster, promised);
    lossCases(cluster, promised);
  });
});

clusterSuite("vectordb-prod of nine members, three on each node", (cluster) => {
  const limits = { memoryMiB: 16_384 };
  const previewed = stack("vectordb-prod", { replicas: {}, workloads: { dvecdb: { limits, members: "medium" } } });
  const promised = floorOf(previewed);
  placedCases(cluster, promised);

  test("its preview says that no node can be drained, and that one more in each zone mends it", () => {
    expect(previewed().printed).toMatchObject({ hanging: { floor: 3 }, moreForDrains: zones });
    expect(promised().nodes.perZone).toEqual([1, 1, 1]);
  });

  drainCases(cluster, promised);
  advisedDrainCases(cluster, previewed, "floor");
});

clusterSuite("a Cache of the library by itself: three members, three Sentinels", (cluster) => {
  const previewed = before(async () => {
    const sessions = { entries: 200_000, keyBytes: 40, valueBytes: 500, zones, nodes };
    const { resources } = await recordProgram(() => {
      new Cache("sessions", { ...sessions, load: { requestsPerSecond: { mean: 400, peak: 1200 } } });
    });
    return previewedIn(region, "prod", resources);
  });
  const promised = floorOf(previewed);
  placedCases(cluster, promised);
  drainCases(cluster, promised);
});
