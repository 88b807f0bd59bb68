import { MistakesError, at, plain, type Report } from "../../../model";
import { readDemand } from "../../../preview/demand-file";
import { demandSkeleton } from "../../../preview/demand-skeleton";
import { reportOfManifests } from "../../../preview/from-manifests";
import { explainText } from "../../../preview/explain";
import { textOf } from "../../../preview/text";
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

/** Keys of all that is wrong. */
async function mistaken(demand: string, text = deployment()): Promise<readonly string[]> {
  const failed: unknown = await report(demand, text).catch((error: unknown) => error);
  if (!(failed instanceof MistakesError)) throw new Error("nothing is wrong");
  return failed.mistakes.map(({ key }) => key).sort();
}

describe("a demand file with many mistakes", () => {
  const many = `objectives: { availability: 99.9, survive: zonee }
teir: prod
cluster: { region: us-east1, zones: [us-east-1a, us-east-1a], nodes: { platform: ekss, machine: m7i.lrge } }
wrkloads:
  webb: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 10 }
  web:
    requestsPerSecond: { mean: 40, peak: 20 }
    servicTimeMs: -3
    calls: { nothing: { perRequest: 1 } }
`;
  const told = [
    "cluster.nodes.machine",
    "cluster.nodes.platform",
    "cluster.region",
    "cluster.zones[1]",
    "objectives.availability",
    "objectives.survive",
    "teir",
    "wrkloads",
    "wrkloads.web.calls.nothing",
    "wrkloads.web.requestsPerSecond.peak",
    "wrkloads.web.servicTimeMs",
    "wrkloads.web.servicTimeMs",
    "wrkloads.webb",
  ];

  test("tells all of them at once: of its own form, and of what only the manifests show", async () => {
    expect(await mistaken(many)).toEqual(told);
  });

  test("beside manifests with mistakes: both are told, but for names, which nobody can look up then", async () => {
    const own = told.filter((key) => !/^cluster\.(nodes\.machine|region|zones)|calls|peak|webb/.test(key));
    expect(await mistaken(many, deployment().replace("name: web,", "name: Web_1,"))).toEqual(
      ["Deployment shop/Web_1 metadata.name", ...own].sort(),
    );
  });

  test("hides nothing behind a workload that needs too long, nor behind one that cannot be read", async () => {
    const slow = LOAD.replace("survive: zone", "survive: zone, latency: { percentile: 95, withinMs: 5 }");
    expect(await mistaken(`${slow}  other: { serviceTimeMs: x }\n`)).toEqual([
      "workloads.other",
      "workloads.other.requestsPerSecond",
      "workloads.other.serviceTimeMs",
      "workloads.web.serviceTimeMs",
    ]);
    const unread = LOAD.replace("mean: 40", "mean: x");
    expect(await mistaken(unread)).toEqual(["workloads.web.requestsPerSecond.mean"]);
  });
});

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

  test.each([
    ["takes of each node, and one pod is left room where there were two", "500m", "", 5],
    ["takes nothing of nodes that it is not for", "500m", "      nodeSelector: { gpu: yes-please }\n", 3],
    ["may take just what is left", "1", "", 5],
  ])("what stands on every node %s", async (_about, cpu, chosen, nodes) => {
    const agent = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
${chosen}      tolerations: [{ operator: Exists }]
      containers: [{ name: agent, image: registry.example.com/agent:1, resources: { requests: { cpu: ${cpu}, memory: 64Mi } } }]
`;
    const { cost } = await report(`${LOAD}${PLACE}, ${OWN} }\n`, `${deployment()}${agent}`);
    expect(cost.perMonthUsd.expected).toBeCloseTo(nodes * 73, 6);
  });

  test("what stands on every node and leaves a pod no room is told: its nodes have no number", async () => {
    const agent = (cpu: string): string => `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers: [{ name: agent, image: registry.example.com/agent:1, resources: { requests: { cpu: ${cpu} } } }]
`;
    const { cost, rules } = await report(`${LOAD}${PLACE}, ${OWN} }\n`, `${deployment()}${agent("1001m")}`);
    expect(cost.lines).toEqual([]);
    expect(rules.filter(({ verdict }) => verdict === "fail").map(({ id }) => id)).toContain("pods-find-node");
  });

  test("a machine that nobody knows is a mistake with its line", async () => {
    const wrong = report(`${LOAD}${PLACE}, nodes: { platform: eks, machine: m7i.lrge } }\n`);
    await expect(wrong).rejects.toThrow(MistakesError);
    await expect(wrong).rejects.toThrow(
      /cluster\.nodes\.machine: got m7i\.lrge; a machine type of eks whose size is known; did you mean m7i\.large\?/,
    );
  });

  test("regions and zones that are none, and zones named twice, are told together with the machine", async () => {
    const wrong = (cluster: string) => report(`${LOAD}cluster: ${cluster}\n`).catch(String);
    const eks = "nodes: { platform: eks, machine: m7i.lrge }";
    const all = await wrong(`{ region: us-east-1, zones: [us-east-1a, us-east-1a, us-west-2a, us-east-1zz], ${eks} }`);
    expect(all).toMatch(/cluster\.zones\[1\]: got us-east-1a; each zone once/);
    expect(all).toMatch(
      /cluster\.zones\[2\]: got us-west-2a; a zone of us-east-1, for example us-east-1a; name a zone/,
    );
    expect(all).toMatch(/cluster\.zones\[3\]: got us-east-1zz; .*; correct the name of the zone/);
    expect(all).toMatch(/cluster\.nodes\.machine/);
    expect(
      await wrong("{ region: us-esat-1, zones: [us-esat-1a], nodes: { platform: eks, machine: m7i.large } }"),
    ).toMatch(/cluster\.region: got us-esat-1; .*; did you mean us-east-1\?/);
    await expect(
      report(
        `${LOAD}cluster: { region: ap-south-1, zones: [ap-south-1a], nodes: { platform: eks, machine: m7i.large } }\n`,
      ),
    ).resolves.toBeDefined();
    expect(
      await wrong("{ region: us-east-9, zones: [us-east-1a], nodes: { platform: eks, machine: m7i.large } }"),
    ).toMatch(/cluster\.region: got us-east-9; a region, for example us-east-1, .*; did you mean us-east-1\?/);
    expect(
      await wrong("{ region: us-east-1a, zones: [us-east-1a], nodes: { platform: eks, machine: m7i.large } }"),
    ).toMatch(/cluster\.region: got us-east-1a; a region, for example us-east-1, .*; did you mean us-east-1\?/);
    expect(
      await wrong("{ region: us-east1, zones: [us-east1a], nodes: { platform: gke, machine: e2-standard-4 } }"),
    ).toMatch(/cluster\.zones\[0\]: got us-east1a; a zone of us-east1, for example us-east1-a/);
    expect(await wrong("{ region: here, zones: [one, one] }")).toMatch(/cluster\.zones\[1\]: got one; each zone once/);
    await expect(report(`${LOAD}cluster: { region: here, zones: [one, two], ${OWN} }\n`)).resolves.toBeDefined();
  });

  test("a waiver of the file covers its rule until its day, and for the part that it names alone", async () => {
    const known = (part: string, until = "2026-11-21") =>
      `${LOAD}waivers: [{ rule: three-pods, part: ${part}, reason: moved with the next release, until: ${until} }]\n`;
    const found = async (demand: string) =>
      (await report(demand, deployment("", 2))).rules.filter(({ id }) => ["three-pods", "waivers-meant"].includes(id));
    const verdicts = async (demand: string) => (await found(demand)).map(({ id, verdict }) => `${id}: ${verdict}`);
    expect(await verdicts(LOAD)).toEqual(["three-pods: fail"]);
    expect(await found(known("web"))).toMatchObject([
      { id: "three-pods", verdict: "waived", waiver: { reason: "moved with the next release", until: "2026-11-21" } },
      { id: "waivers-meant", verdict: "pass" },
    ]);
    expect(await verdicts(known("web", "2026-11-20"))).toEqual(["three-pods: fail", "waivers-meant: pass"]);
    const agent = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  template: { metadata: { labels: { app: agent } }, spec: { containers: [{ name: agent, image: registry.example.com/agent:1 }] } }
`;
    const pinned = async (part: string) =>
      (await report(known(part).replace("three-pods", "image-pinned"), deployment() + agent)).rules
        .filter(({ id }) => id === "image-pinned")
        .map(({ verdict, message }) => `${verdict} ${message}`);
    expect(await pinned("web")).toEqual([
      "waived registry.example.com/web:1.2",
      "fail DaemonSet shop/agent: registry.example.com/agent:1",
    ]);
    expect(await pinned("DaemonSet shop/agent")).toEqual([
      "fail registry.example.com/web:1.2",
      "waived DaemonSet shop/agent: registry.example.com/agent:1",
    ]);
    expect(await verdicts(known("wbe"))).toEqual(["three-pods: fail", "waivers-meant: fail"]);
  });

  test("a price of the file stands in the place of the list's, or where there is none", async () => {
    const claims = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: kept, namespace: shop }
spec:
  replicas: 3
  serviceName: kept
  selector: { matchLabels: { app: kept } }
  template:
    metadata: { labels: { app: kept } }
    spec: { containers: [{ name: kept, image: registry.example.com/kept:1 }] }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], storageClassName: theirs, resources: { requests: { storage: 10Gi } } }
`;
    const costOf = async (more: string) =>
      (await report(`${LOAD}${PLACE}, ${OWN} }\n${more}`, deployment() + claims)).cost;
    const item = "volume-gb-month";
    expect((await costOf("")).unpriced.map((each) => each.item)).toContain(item);
    const { unpriced, lines } = await costOf(`prices: [{ item: ${item}, usd: 0.5, note: our array }]\n`);
    expect(unpriced.map((each) => each.item)).not.toContain(item);
    // 3 members of 10 GiB.
    expect(lines.find((each) => each.item === item)?.perMonthUsd).toEqual({ min: 15, expected: 15, max: 15 });
  });

  test("prices of items that no list has, and of one twice, are mistakes with their lines", async () => {
    const price = (item: string) => `{ item: ${item}, usd: 1, note: ours }`;
    const wrong = report(
      `${LOAD}prices: [${["volume-gb-mont", "balancer-hour", "balancer-hour"].map(price).join(", ")}]\n`,
    );
    await expect(wrong).rejects.toThrow(/prices\[0\]\.item: got volume-gb-mont; .*did you mean volume-gb-month/);
    await expect(wrong).rejects.toThrow(/prices\[2\]\.item: got balancer-hour; each item once; keep one of the two/);
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

  it.each([13, 14])("tells names once where there are many: %d workloads", async (count) => {
    const many = Array.from({ length: count }, (_, index) => deployment().replaceAll("web", `web-${index}`));
    const skeleton = demandSkeleton(await report(LOAD.replace("web:", "web-0:"), many.join("---\n"))) ?? "";
    expect(skeleton.includes("# What a workload may call:")).toBe(count === 14);
    expect(skeleton.split(/\bweb-12\b/).length - 1).toBe(count === 14 ? 2 : 13);
  });
});

const database = (replicas: number): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: ${replicas}
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: db } } }
      containers:
        - name: db
          image: registry.example.com/db:1.2
          resources: { requests: { cpu: 1, memory: 1Gi } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: 10Gi } } } }]
`;

describe("a store of somebody else, with what it must take", () => {
  const PLACED = "cluster: { region: us-east-1, zones: [us-east-1a, us-east-1b, us-east-1c] }\n";
  const load = (more = "", calls = ""): string => `objectives: { availability: 0.99, survive: zone }
deploys: { perWeek: 7, failureShare: 0, minutes: 1, exposedShare: 0 }
${PLACED}workloads:
  web: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 10, startSeconds: 30${calls} }
  db: { requestsPerSecond: { mean: 400, peak: 1000 }, serviceTimeMs: 1, startSeconds: 30${more} }
`;
  const both = (replicas = 3): string => `${deployment()}---\n${database(replicas)}`;
  const lost = ({ availability }: Report, cause: string): number =>
    availability?.lostTo.find((each) => each.cause === cause)?.minutesPerYear ?? 0;

  test("by hand: reads and writes of a thousand, a tenth of which write", async () => {
    const { demand, rules, availability } = await report(load(", writeShare: 0.1"), both());
    const store = demand?.demand.find(({ workload }) => workload === "db");
    expect(store?.requestsPerSecond).toEqual({ mean: 360, peak: 900 });
    expect(store?.store?.writesPerSecond.mean).toBeCloseTo(40, 9);
    expect(store?.store?.writesPerSecond.peak).toBeCloseTo(100, 9);
    expect(store?.store?.writesPerSecondPerLeader).toBe(1000);
    expect(availability).not.toBeNull();
    expect(rules.find(({ id }) => id === "store-writes-carried")?.verdict).toBe("pass");
  });

  test("without an election writes wait for member 0; with one, for the election; that only reads waits for nobody", async () => {
    const of = async (more: string) => lost(await report(load(more), both()), "leader of db");
    const [waits, elected, reads] = [
      await of(", writeShare: 0.1"),
      await of(", writeShare: 0.1, electionSeconds: 10"),
      await of(""),
    ];
    expect(waits).toBeGreaterThan(elected);
    expect(elected).toBeGreaterThan(0);
    expect(reads).toBe(0);
  });

  // 365 rollouts a year, each 30 s of grace and 30 s of start: one member alone is gone for that.
  test("by hand: one member alone is gone a minute of each deploy", async () => {
    const alone = await report(load().replace("peak: 1000", "peak: 500"), both(1));
    expect(lost(alone, "rollouts")).toBeCloseTo(365, 6);
    expect(lost(await report(load().replace("peak: 1000", "peak: 500"), both()), "rollouts")).toBe(0);
  });

  test("what web calls must be stated; a call may do without", async () => {
    const calls = ", calls: { db: { perRequest: 2 } }";
    const { demand } = await report(
      load("", calls).replace("requestsPerSecond: { mean: 400, peak: 1000 }, ", ""),
      both(),
    );
    expect(demand?.demand.find(({ workload }) => workload === "db")?.requestsPerSecond.mean).toBeCloseTo(80, 6);
    const without = load("", calls)
      .split("\n")
      .filter((line) => !line.startsWith("  db"))
      .join("\n");
    await expect(report(without, both())).rejects.toThrow(/state db below workloads too, or say required: false/);
    await expect(report(load(), both())).resolves.toBeDefined();
    const other = load().replace("startSeconds: 30 }", "startSeconds: 30, writeShare: 0.1 }");
    await expect(report(other, both())).rejects.toThrow(/web\.writeShare.*of a store alone; web is a replica group/s);
  });
});

describe("what pods ask for", () => {
  test.each([
    ["4G", "3,815"],
    ["4000M", "3,815"],
    ["4Gi", "4,096"],
    ["4096Mi", "4,096"],
    ["4294967296", "4,096"],
  ])("memory %s is %s MiB on the screen and in explain, with a demand and without", async (memory, mebibytes) => {
    const text = deployment().replace("memory: 1Gi", `memory: ${memory}`);
    const files = [{ name: "web.yaml", text }];
    const bare = reportOfManifests({ name: "shop", files, notRead: [] }, { asOf: "2026-11-21" }, workings);
    for (const each of [bare, await report(LOAD, text)]) {
      expect(textOf(each)).toContain(`1 CPU and ${mebibytes} MiB`);
      expect(explainText(each)).toContain(`asks for 1 CPU and ${mebibytes} MiB`);
    }
  });

  test("nothing is said of pods that ask for nothing", () => {
    const text = deployment().replace("resources: { requests: { cpu: 1, memory: 1Gi } }", "resources: {}");
    const files = [{ name: "web.yaml", text }];
    expect(textOf(reportOfManifests({ name: "shop", files, notRead: [] }, { asOf: "2026-11-21" }, workings))).toMatch(
      /replicas +web +4\n/,
    );
  });
});
