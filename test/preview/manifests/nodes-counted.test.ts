import { numberAt, type Report } from "../../../model";
import { readDemand } from "../../../preview/demand-file";
import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";
import { DEMAND, deployment, HALF, nodes, report } from "./counting";

const first = (name: string, cpu: string, sidecar = false): string =>
  `  - { name: ${name}, image: registry.example.com/${name}:1, ${sidecar ? "restartPolicy: Always, " : ""}resources: { requests: { cpu: ${cpu} } } }`;

test("two pods of half a core share a node of four", async () => {
  expect(await nodes(deployment())).toBe(3);
});

describe("what runs before a pod's containers keeps its room for as long as the pod is there", () => {
  test("as soon as it asks for more than they do", async () => {
    expect(await nodes(deployment({ pod: ["initContainers:", first("load", "2")] }))).toBe(3);
    expect(await nodes(deployment({ pod: ["initContainers:", first("load", "2001m")] }))).toBe(6);
  });

  test("beside the sidecars that start before it, and not those after", async () => {
    const [load, proxy] = [first("load", "1700m"), first("proxy", "400m", true)];
    expect(await nodes(deployment({ pod: ["initContainers:", load, proxy] }))).toBe(3);
    expect(await nodes(deployment({ pod: ["initContainers:", proxy, load] }))).toBe(6);
  });

  test("one that goes on counts once", async () => {
    expect(await nodes(deployment({ pod: ["initContainers:", first("proxy", "1500m", true)] }))).toBe(3);
    expect(await nodes(deployment({ pod: ["initContainers:", first("proxy", "1501m", true)] }))).toBe(6);
  });

  test("and is what the screen says that a pod asks for", async () => {
    const { built } = await report(deployment({ pod: ["initContainers:", first("load", "3")] }));
    const group = built.find(({ kind }) => kind === "replica-group");
    expect(group && [numberAt(group, "size", "cpuMillis"), numberAt(group, "size", "memoryMiB")]).toEqual([3000, 1024]);
  });
});

test("the overhead of a pod's runtime comes on top", async () => {
  expect(await nodes(deployment({ pod: ["overhead: { cpu: 1500m, memory: 120Mi }"] }))).toBe(3);
  expect(await nodes(deployment({ pod: ["overhead: { cpu: 1501m, memory: 120Mi }"] }))).toBe(6);
  const { rules } = await report(deployment({ pod: ["overhead: { cpu: 3501m }"] }));
  expect(rules.find(({ id }) => id === "pods-find-node")?.message).toContain("asks for 4.001 CPU");
});

describe("a port of the node is there once", () => {
  const ports = (said: string): string => `${HALF}, ports: [{ ${said} }]`;

  test("so each pod that takes it has a node of its own", async () => {
    expect(await nodes(deployment({ container: ports("containerPort: 80") }))).toBe(3);
    expect(await nodes(deployment({ container: ports("containerPort: 80, hostPort: 80") }))).toBe(6);
    // 0 is none.
    expect(await nodes(deployment({ container: ports("containerPort: 80, hostPort: 0") }))).toBe(3);
  });

  test("in the node's own network every port is one", async () => {
    const onNode = { pod: ["hostNetwork: true"] };
    expect(await nodes(deployment(onNode))).toBe(3);
    expect(await nodes(deployment({ ...onNode, container: ports("containerPort: 80") }))).toBe(6);
  });
});

describe("a DaemonSet finds its own node", () => {
  const daemon = (name: string, cpu: string): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: registry.example.com/${name}:1, resources: { requests: { cpu: ${cpu} } } }] }
`;
  test("and where they fill each node, rules of nodes say so", async () => {
    const { rules } = await report(deployment({ container: "resources: {}" }), daemon("agent", "4"));
    expect(rules.find(({ id }) => id === "zone-loss-finds-room")).toMatchObject({
      verdict: "undecided",
      message: "DaemonSets fill each node, and leave nothing to other pods",
    });
  });

  const judged = async (...daemons: readonly string[]): Promise<readonly (readonly [string, string])[]> =>
    (await report(deployment({ replicas: 3, container: "resources: {}" }), ...daemons)).rules
      .filter(({ id, message }) => id === "pods-find-node" && message.startsWith("DaemonSet"))
      .map(({ verdict, message }) => [verdict, message] as const);

  test("with what it takes itself: not what it leaves to others", async () => {
    expect(await judged(daemon("agent", "2600m"))).toEqual([
      ["pass", "DaemonSet shop/agent: each pod fits on a node of a zone that it may stand in"],
    ]);
    expect((await judged(daemon("agent", "4001m")))[0]?.[1]).toContain("asks for 4.001 CPU where metal gives 4 CPU");
  });

  test("beside the others: of 4 cores two that ask for 2.5 and 1.6 do not both find room", async () => {
    expect((await judged(daemon("agent", "2500m"), daemon("logs", "1500m"))).map(([verdict]) => verdict)).toEqual([
      "pass",
      "pass",
    ]);
    expect((await judged(daemon("agent", "2500m"), daemon("logs", "1600m"))).map(([, message]) => message)).toEqual([
      "DaemonSet shop/agent: a pod asks for 2.5 CPU where metal gives 2.4 CPU beside other DaemonSets: it fits on no node",
      "DaemonSet shop/logs: a pod asks for 1.6 CPU where metal gives 1.5 CPU beside other DaemonSets: it fits on no node",
    ]);
  });
});

describe("a Redis takes what its pods ask for, not what it may hold", () => {
  const redis = (container: string, replicas = 1, args = "redis-server"): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: cache } }
  template:
    metadata: { labels: { app: cache } }
    spec: { containers: [{ name: cache, image: "redis:7", command: [sh, -c, "${args}"], resources: ${container} }] }
`;
  const beside = (cpu: string): string =>
    deployment({ replicas: 3, container: `resources: { requests: { cpu: ${cpu} } }` });

  test("one alone is one pod, as large as its request", async () => {
    // The first of three zones holds it: 3,800 millis and 200 fill its node.
    expect(await nodes(beside("3800m"), redis("{ requests: { cpu: 200m }, limits: { memory: 14Gi } }"))).toBe(3);
    expect(await nodes(beside("3800m"), redis("{ requests: { cpu: 201m } }"))).toBe(4);
    expect(await nodes(beside("4"), redis("{}"))).toBe(3);
  });

  test("its memory is the request where there is one, else the limit", async () => {
    const web = deployment({ replicas: 3, container: "resources: { requests: { memory: 10Gi } }" });
    expect(await nodes(web, redis("{ requests: { memory: 6Gi }, limits: { memory: 12Gi } }"))).toBe(3);
    expect(await nodes(web, redis("{ limits: { memory: 12Gi } }"))).toBe(4);
  });

  test("members that only follow one another have neither Sentinels nor proxies beside them", async () => {
    const following = redis("{ requests: { cpu: 200m } }", 3, "redis-server --replicaof cache-0.cache 6379");
    const names = `apiVersion: v1
kind: Service
metadata: { name: cache, namespace: shop }
spec: { clusterIP: None, selector: { app: cache }, ports: [{ port: 6379 }] }
`;
    expect(await nodes(beside("3800m"), following, names)).toBe(3);
  });
});

describe("another processor, or another system", () => {
  const eks = (machine: string): string =>
    DEMAND.replace(/nodes: .*\n/, `nodes: { platform: eks, machine: ${machine} } }\n`).replace(/\}\n$/, "\n");
  const on = async (machine: string, ...objects: readonly string[]): Promise<Report> => {
    const given = { asOf: "2026-11-21", demand: await readDemand("demand.yaml", `${eks(machine)}\n`) };
    return reportOfManifests(
      { name: "shop", files: [{ name: "web.yaml", text: objects.join("---\n") }], notRead: [] },
      given,
      workings,
    );
  };
  const said = ({ rules }: Report) => rules.find(({ id }) => id === "pods-find-node");
  const arm = deployment({ pod: ["nodeSelector: { kubernetes.io/arch: arm64 }"] });

  test("pods that are held to one are not put on a machine of the other", async () => {
    expect(said(await on("m7i.large", arm))).toMatchObject({
      verdict: "fail",
      message: "held to nodes of arm64, and m7i.large is amd64: no pod finds one",
    });
    expect(said(await on("m7g.large", arm))?.verdict).toBe("pass");
    const windows = deployment({ pod: ["nodeSelector: { kubernetes.io/os: windows }"] });
    expect(said(await on("m7i.large", windows))?.verdict).toBe("undecided");
  });

  test("a DaemonSet for the other takes nothing of these nodes, and fails nothing", async () => {
    const agent = (selector: string): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { nodeSelector: { ${selector} }, containers: [{ name: agent, image: registry.example.com/a:1, resources: { requests: { cpu: 1 } } }] }
`;
    const counted = async (selector: string) => {
      const { built, rules } = await on("m7i.large", deployment({ replicas: 3 }), agent(selector));
      const pool = built.find(({ kind }) => kind === "node-pool");
      const failed = rules.filter(({ id, verdict }) => id === "pods-find-node" && verdict === "fail");
      return [pool && numberAt(pool, "runtime", "allocatable", "cpuMillis"), failed.length];
    };
    expect(await counted("kubernetes.io/os: linux")).toEqual([930, 0]);
    expect(await counted("kubernetes.io/os: windows")).toEqual([1930, 0]);
    expect(await counted("kubernetes.io/arch: arm64")).toEqual([1930, 0]);
  });
});
