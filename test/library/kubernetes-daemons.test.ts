import { DaemonSet } from "@pulumi/kubernetes/apps/v1";
import { Provider } from "@pulumi/kubernetes/provider";
import { Service, type ServiceArgs } from "../../components/kubernetes/library";
import { numberAt, plansIn, type Basis, type Report, type Resource } from "../../model";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { recordProgram } from "./a-service";

const asOf = "2026-11-21";
const region = "us-east-1";

const web: ServiceArgs = {
  image: `registry.example.com/web@sha256:${"a".repeat(64)}`,
  port: 8080,
  health: "/ready",
  load: { requestsPerSecond: { mean: 40, peak: 120 } },
  serviceTimeMs: 30,
  size: { cpuMillis: 500, memoryMiB: 1024 },
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  nodes: { platform: "eks", machine: "m7i.xlarge" },
};

/** What takes so much of each node; of those alone that have a label, where one is given. */
function agent(cpu: string, given: { readonly provider?: Provider; readonly label?: string } = {}): void {
  const labels = { app: "agent" };
  const nodeSelector = given.label === undefined ? {} : { nodeSelector: { [given.label]: "yes" } };
  const resources = { requests: { cpu, memory: "256Mi" } };
  const containers = [{ name: "agent", image: web.image, resources }];
  new DaemonSet(
    "agent",
    {
      metadata: { name: "agent", namespace: "default" },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers, ...nodeSelector } },
      },
    },
    given.provider === undefined ? {} : { provider: given.provider },
  );
}

const recorded = async (program: () => void): Promise<readonly Resource[]> => (await recordProgram(program)).resources;
const reported = (resources: readonly Resource[]): Report =>
  reportOf({ stack: "prod", resources, origin: "recorded", asOf }, workings);
const nodesOf = ({ built }: Report) =>
  built
    .filter(({ kind }) => kind === "node-pool")
    .map((pool) => ["min", "max"].map((end) => numberAt(pool, "scaling", end)));

/** The same objects where nobody registered a plan, and a demand file says which nodes there are. */
const asManifests = (resources: readonly Resource[]): Report => {
  const [{ plan }] = plansIn(resources) as [ReturnType<typeof plansIn>[number]];
  const basis: Basis = { ...plan, demand: [], nodes: { [region]: { ...plan.nodes![region]!, pool: "nodes" } } };
  const objects = resources.filter(({ type }) => !type.startsWith("nines:"));
  return reportOf({ stack: "objects", resources: objects, origin: "manifests", asOf, stated: () => basis }, workings);
};

test("what a DaemonSet of the program takes of each node is left out of what its services' pods have: as many nodes as the same objects need without a plan", async () => {
  expect(nodesOf(reported(await recorded(() => new Service("web", web))))).toEqual([[3, 3]]);
  const resources = await recorded(() => {
    new Service("web", web);
    agent("3");
  });
  const report = reported(resources);
  // Of 3,920 millicores 920 are left, and a pod asks for 500: of six pods and one of a rollout each has a node.
  expect(nodesOf(report)).toEqual([[7, 10]]);
  expect(nodesOf(report)).toEqual(nodesOf(asManifests(resources)));
  const line = report.cost.lines.find(({ part }) => part.startsWith("node-pool/"));
  expect(line?.perMonthUsd.min).toBeCloseTo(7 * 730 * 0.2016, 6);
});

test("it is planned as it is built: no mismatch, and the rule passes", async () => {
  const report = reported(
    await recorded(() => {
      for (const name of ["web", "api"]) new Service(name, web);
      agent("1500m");
    }),
  );
  expect(report.mismatches).toEqual([]);
  expect(report.rules.filter(({ id, verdict }) => id === "built-as-planned" && verdict !== "pass")).toEqual([]);
  expect(report.sharedNodes?.map(({ among }) => among.length)).toEqual([2]);
});

test("one of another cluster takes nothing, and one for labelled nodes alone neither", async () => {
  const elsewhere = await recorded(() => {
    new Service("web", web, { provider: new Provider("one", { context: "one" }) });
    agent("3", { provider: new Provider("other", { context: "other" }) });
  });
  expect(nodesOf(reported(elsewhere))).toEqual([[3, 3]]);
  const labelled = await recorded(() => {
    new Service("web", web);
    agent("3", { label: "example.com/gpu" });
  });
  expect(nodesOf(reported(labelled))).toEqual([[3, 3]]);
});

test("one that fills each node leaves no room to count nodes by, and no nines are told", async () => {
  const report = reported(
    await recorded(() => {
      new Service("web", web);
      agent("3800m");
    }),
  );
  expect(nodesOf(report)).toEqual([]);
  expect(report.availability).toBeNull();
  expect(report.rules.filter(({ id, verdict }) => id === "pods-find-node" && verdict === "fail")).not.toEqual([]);
});
