import { DaemonSet } from "@pulumi/kubernetes/apps/v1";
import { Cache, Service, Store } from "../../components/kubernetes/library";
import { recordProgram } from "../library/a-service";
import { configured, recordStack } from "../stacks";
import { previewedIn, type Previewed } from "./by-plan";
import { advisedDrainCases, ceilingCases, ceilingRolloutCases, unluckyCases } from "./harness/beyond";
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
  lossCases(cluster, promised, { deleted: true });
  unluckyCases(cluster, previewed);
  ceilingCases(cluster, previewed);
  ceilingRolloutCases(cluster, previewed);
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

/** A program of the library, as a user writes it. */
const program = (write: () => unknown) =>
  before(async () => previewedIn(region, "prod", (await recordProgram(write)).resources));

const sessions = () =>
  new Cache("sessions", {
    entries: 200_000,
    keyBytes: 40,
    valueBytes: 500,
    load: { requestsPerSecond: { mean: 400, peak: 1200 } },
    zones,
    nodes,
  });

clusterSuite(
  "three services, a cache, a store and a DaemonSet of one program, on the nodes that they share",
  (cluster) => {
    const image = `registry.example.com/web@sha256:${"a".repeat(64)}`;
    const probes = { health: { path: "/ready" } };
    const previewed = program(() => {
      for (const name of ["web", "api", "jobs"])
        new Service(name, {
          image,
          port: 8080,
          health: "/ready",
          load: { requestsPerSecond: { mean: 40, peak: 120 } },
          serviceTimeMs: 30,
          size: { cpuMillis: 500, memoryMiB: 1024 },
          zones,
          nodes,
        });
      sessions();
      const labels = { app: "agent" };
      const resources = { requests: { cpu: "700m", memory: "512Mi" } };
      new DaemonSet("agent", {
        metadata: { name: "agent", namespace: "default" },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: "agent", image, resources }] } },
        },
      });
      new Store("db", {
        image,
        ports: { rest: 8080, grpc: 9090, metrics: 9091 },
        memoryMiB: 1024,
        readsPerSecondPerMember: 13_000,
        writesPerSecondPerLeader: 7_000,
        writeShare: 0.05,
        replicationBatchMs: 100,
        replicationLagMs: 200,
        startSeconds: 20,
        volumeGiB: 100,
        probes,
        load: { requestsPerSecond: { mean: 4_000, peak: 12_000 } },
        zones,
        nodes,
      });
    });
    const promised = floorOf(previewed);
    placedCases(cluster, promised);

    test("each node has a pod of the DaemonSet", async () => {
      const agents = await cluster().pods("default", { app: "agent" });
      const all = await cluster().nodes();
      expect(agents.map(({ node, ready }) => ready && node).sort()).toEqual(all.map(({ name }) => name).sort());
    });

    drainCases(cluster, promised);
    ceilingCases(cluster, previewed);
  },
);
