import type { KubernetesChoice, NodeChoice, System } from "../../model";
import { vectordb } from "../../stacks/systems/vectordb";
import { embedding } from "./a-request";
import type { Given } from "../../capacity/given";
import { given, request, said } from "./a-stack";

const eks: NodeChoice = { platform: "eks", machine: "m7i.xlarge" };
const cluster = (nodes: NodeChoice): KubernetesChoice => ({ clusters: { "us-east-1": { context: "prod" } }, nodes });
const on = (yaml: object, environment: object = {}, nodes: NodeChoice = eks) =>
  given({ yaml: { target: "kubernetes", ...yaml }, environment: { kubernetes: cluster(nodes), ...environment } });

describe("words of AWS in the YAML of a stack on Kubernetes", () => {
  test.each([
    [
      { spotShare: 0.5 },
      "nines:spotShare | 0.5 | not on kubernetes | which nodes are Spot their owner says; leave it out",
    ],
    [
      { quotas: { fargateVcpus: 1 } },
      'nines:quotas | {"fargateVcpus":1} | not on kubernetes | limits of AWS; of a namespace a quota is kubernetes.quota of the environment',
    ],
    [
      { logs: { existing: { group: "lines" } } },
      'nines:logs | {"existing":{"group":"lines"}} | not on kubernetes | what collects lines is the cluster\'s own; leave it out',
    ],
    [
      { workloads: { embedding: { spotShare: 0.25 } } },
      "nines:workloads.embedding.spotShare | 0.25 | not on kubernetes | which nodes are Spot their owner says; leave it out",
    ],
  ])("%j", (yaml, words) => {
    expect(said(on(yaml))).toBe(words);
    expect(said(given({ yaml }))).toBe("");
  });

  test("are all told at once", () => {
    const all = said(on({ spotShare: 0.5, quotas: { fargateVcpus: 1 }, logs: "none", architecture: "arm64" }));
    expect(all.split("\n")).toHaveLength(4);
  });

  test("in a system or an environment, which stacks of AWS share, are no mistakes", () => {
    const environment = { spotShare: 0.5, quotas: { fargateVcpus: 100 }, logs: "none", architecture: "arm64" };
    expect(said(on({}, environment))).toBe("");
    const unused = (input: Given) =>
      request(input).settings.flatMap((each) => (each.unused === true ? [each.key] : []));
    expect(unused(on({}, environment))).toEqual([
      "architecture",
      "quotas.fargateVcpus",
      "spotShare",
      "workloads.embedding.logs",
      "workloads.storage-server.logs",
    ]);
    expect(unused(on({}))).toEqual([]);
    expect(unused(given({ environment }))).toEqual([]);
  });
});

describe("the processor of a stack on Kubernetes is that of its nodes:", () => {
  test.each<[NodeChoice, string, string]>([
    [eks, "x86_64", ""],
    [
      eks,
      "arm64",
      'nines:architecture | "arm64" | nodes of the environment are m7i.xlarge, which is x86_64: pods run on the processor of their nodes | leave it out, or take a machine of arm64 in kubernetes.nodes, for example m7g.xlarge',
    ],
    [{ platform: "eks", machine: "m7g.xlarge" }, "arm64", ""],
    [{ platform: "eks", machine: "m7g.xlarge" }, "x86_64", "which is arm64"],
    [
      { platform: "other", machine: "metal", allocatable: { cpuMillis: 15_800, memoryMiB: 60_000, pods: 110 } },
      "x86_64",
      "of metal nobody says which it is | leave it out",
    ],
  ])("%j and %s", (nodes, architecture, words) => {
    const text = said(on({ architecture }, {}, nodes));
    if (words === "") expect(text).toBe("");
    else expect(text).toContain(words);
  });

  test("by Axion on GKE", () => {
    const regions = { "us-central1": { zones: ["us-central1-a", "us-central1-b", "us-central1-c"] } };
    const gke = (machine: string) => ({
      regions,
      kubernetes: { clusters: { "us-central1": { context: "prod" } }, nodes: { platform: "gke", machine } },
    });
    const of = (machine: string) => said(on({ architecture: "arm64", region: "us-central1" }, gke(machine)));
    expect(of("c4a-standard-4")).toBe("");
    expect(of("n4-standard-4")).toContain("which is x86_64");
  });
});

describe("the least of each service, where the system has none,", () => {
  const asked = (system: System) => ({
    ...given({
      yaml: {
        target: "kubernetes",
        minReplicas: 27,
        images: Object.fromEntries(Object.keys(system.workloads).map((name) => [name, "registry.example.com/db:1"])),
      },
      environment: { kubernetes: cluster(eks) },
    }),
    systems: { embedding: system },
  });
  test("is refused, with the word that a store has", () => {
    expect(said(asked(vectordb))).toBe(
      "nines:minReplicas | 27 | the least of each service, and the system has none | replicas: { dvecdb: { min: 27 } }",
    );
  });
  test("and not beside a service", () => {
    const both = { ...vectordb, workloads: { ...vectordb.workloads, embedding } };
    expect(said(asked(both))).not.toContain("minReplicas");
  });
});
