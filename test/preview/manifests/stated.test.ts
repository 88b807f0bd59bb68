import { MistakesError, at, plain, type Report } from "../../../model";
import { readDemand } from "../../../preview/demand-file";
import { demandSkeleton } from "../../../preview/demand-skeleton";
import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";

const deployment = (affinity = "", replicas = 4): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
${affinity}      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: web } } }
      containers:
        - name: web
          image: registry.example.com/web:1.2
          resources: { requests: { cpu: 1, memory: 1Gi } }
`;
const LOAD = `objectives: { availability: 0.999, survive: zone }
workloads:
  web: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 10 }
`;
const PLACE = "cluster: { region: us-east-1, zones: [us-east-1c, us-east-1a]";
/** Two cores for pods, one pod of a core and its surge beside it. */
const OWN =
  "nodes: { platform: other, machine: metal, allocatable: { cpuMillis: 2000, memoryMiB: 4096, pods: 20 }, perHourUsd: 0.1 }";

async function report(demand: string, text = deployment()): Promise<Report> {
  const given = { asOf: "2026-11-21", demand: await readDemand("demand.yaml", demand) };
  return reportOfManifests({ name: "shop", files: [{ name: "web.yaml", text }], notRead: [] }, given, workings);
}

const zonesOf = ({ built }: Report): unknown =>
  plain(
    at(
      built.find(({ kind }) => kind === "replica-group"),
      "placement",
      "zones",
    ),
  );

describe("manifests with what somebody states of them", () => {
  test("a load alone: what is needed is known, and how long it stays up is not", async () => {
    const { demand, availability, cost } = await report(LOAD);
    expect(demand?.demand[0]?.need).toBe(2);
    expect(availability).toBeNull();
    expect(cost.unpriced.map(({ item }) => item)).toEqual(["nodes"]);
  });

  test("zones as well: the same as an equal group whose objects name them", async () => {
    const stated = await report(`${LOAD}${PLACE} }\n`);
    const affinity = `      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [us-east-1a, us-east-1c] }] }] } } }\n`;
    const written = await report(LOAD, deployment(affinity));
    expect(stated.availability).not.toBeNull();
    expect(stated.availability).toEqual(written.availability);
    expect(zonesOf(stated)).toEqual(["us-east-1a", "us-east-1c"]);
  });

  test("what an object says of its zones is not overruled", async () => {
    const affinity = "      nodeSelector: { topology.kubernetes.io/zone: us-east-1c }\n";
    expect(zonesOf(await report(`${LOAD}${PLACE} }\n`, deployment(affinity)))).toEqual(["us-east-1c"]);
  });

  test("of the zones that an object names those stand that have nodes; where none has, nothing is known of it", async () => {
    const terms = `{ key: topology.kubernetes.io/zone, operator: In, values: [us-east-1a, us-east-1z] }`;
    const affinity = `      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${terms}] }] } } }\n`;
    expect(zonesOf(await report(`${LOAD}${PLACE} }\n`, deployment(affinity)))).toEqual(["us-east-1a"]);
    const nowhere = "      nodeSelector: { topology.kubernetes.io/zone: us-east-1z }\n";
    const { availability, rules } = await report(`${LOAD}${PLACE} }\n`, deployment(nowhere));
    expect(availability).toBeNull();
    expect(rules.find(({ id }) => id === "pods-find-node")?.verdict).toBe("fail");
  });

  test("zones that an object only excludes are none that are named", async () => {
    const terms = `{ key: topology.kubernetes.io/zone, operator: NotIn, values: [us-east-1a] }`;
    const affinity = `      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${terms}] }] } } }\n`;
    expect((await report(`${LOAD}${PLACE} }\n`, deployment(affinity))).availability).toBeNull();
  });

  test("by hand: of four pods of which a zone takes one, two stand in two zones", async () => {
    const apart = `      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: web } } }] } }\n`;
    const [four, two] = [
      await report(`${LOAD}${PLACE}, ${OWN} }\n`, deployment(apart)),
      await report(`${LOAD}${PLACE}, ${OWN} }\n`, deployment(apart, 2)),
    ];
    expect(four.availability).toEqual(two.availability);
    expect(four.cost.perMonthUsd.expected).toBeCloseTo(2 * 73, 6);
    expect((await report(`${LOAD}${PLACE} }\n`)).availability).not.toEqual(two.availability);
  });

  test("nodes as well: by hand, four pods and a surge of one on nodes of two are three in two zones; each 73 USD a month", async () => {
    const { cost, built, coverage } = await report(`${LOAD}${PLACE}, ${OWN} }\n`);
    const pool = built.find(({ kind }) => kind === "node-pool");
    expect(cost.lines.filter(({ part }) => part === pool?.key).map(({ quantity }) => quantity.expected)).toEqual([
      3 * 730,
    ]);
    expect(cost.perMonthUsd.expected).toBeCloseTo(219, 6);
    expect(coverage).toMatchObject({ billed: 1, priced: 1 });
  });

  test("a machine that nobody knows is a mistake with its line", async () => {
    const wrong = report(`${LOAD}${PLACE}, nodes: { platform: eks, machine: m7i.lrge } }\n`);
    await expect(wrong).rejects.toThrow(MistakesError);
    await expect(wrong).rejects.toThrow(
      /cluster\.nodes\.machine: got m7i\.lrge; a machine type of eks whose size is known; did you mean m7i\.large\?/,
    );
  });

  test("the skeleton asks for the cluster where there are pods, and is read once it is filled in", async () => {
    const skeleton = demandSkeleton(await report(LOAD)) ?? "";
    expect(skeleton).toContain("# cluster: # without it");
    const filled = skeleton
      .replace("availability: #", "availability: 0.999 #")
      .replace("mean: #", "mean: 40 #")
      .replace("peak: #", "peak: 100 #")
      .replace("serviceTimeMs: #", "serviceTimeMs: 10 #")
      .replaceAll(/^# ( *(?:cluster|region|zones|nodes):)/gm, "$1");
    expect((await report(filled)).availability).not.toBeNull();
  });
});
