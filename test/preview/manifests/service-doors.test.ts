import type { Report } from "../../../model";
import { readDemand } from "../../../preview/demand-file";
import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";

const api = (service: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: s }
spec:
  replicas: 6
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: api } } }]
      containers:
        - { name: api, image: "registry.example.com/api:1", ports: [{ containerPort: 3000 }], resources: { requests: { cpu: 250m, memory: 256Mi } }, readinessProbe: { httpGet: { path: /r, port: 3000 } } }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: s, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing } }
spec: { selector: { app: api }, ${service} }
`;
const HTTP = "type: LoadBalancer, ports: [{ port: 80, targetPort: 3000 }]";
const EKS = "nodes: { platform: eks, machine: m7i.large }";
const demand = (nodes: string, region = "us-east-1", zones = "us-east-1a, us-east-1b, us-east-1c") =>
  `objectives: { availability: 0.9998, survive: zone }
cluster: { region: ${region}, zones: [${zones}]${nodes === "" ? "" : `, ${nodes}`} }
workloads:
  api: { requestsPerSecond: { mean: 10, peak: 30 }, serviceTimeMs: 20, requestBytes: 1024, responseBytes: 4096 }
`;

async function report(service: string, file = demand(EKS)): Promise<Report> {
  const given = { asOf: "2026-11-21", demand: await readDemand("demand.yaml", file) };
  return reportOfManifests(
    { name: "lb", files: [{ name: "a.yaml", text: api(service) }], notRead: [] },
    given,
    workings,
  );
}

const DOOR = "load-balancer/api/cluster";
const lines = ({ cost }: Report) =>
  Object.fromEntries(
    cost.lines.filter(({ part }) => part === DOOR).map(({ item, perMonthUsd }) => [item, perMonthUsd.expected]),
  );
const unpriced = ({ cost }: Report) =>
  cost.unpriced.filter(({ part }) => part === DOOR).map(({ item, why }) => `${item}: ${why}`);
const verdict = ({ rules }: Report, id: string) =>
  rules.filter((each) => each.id === id && each.part === DOOR).map((each) => each.verdict);
const lostTo = ({ availability }: Report) => availability?.lostTo.map(({ cause }) => cause) ?? [];

describe("an internet-facing Service of type LoadBalancer with port 80", () => {
  test("costs what a Gateway's does: hours, an address a zone, 10 requests/s of 5 KiB, 4 of them out", async () => {
    const found = await report(HTTP);
    expect(lines(found)).toEqual({
      "balancer-hour": 730 * 0.0225,
      "balancer-address-hour": expect.closeTo(3 * 730 * 0.005, 9) as unknown,
      "balancer-unit-hour": expect.closeTo(((10 * 5120 * 3600) / 1024 ** 3) * 730 * 0.006, 9) as unknown,
      "internet-out-gb": expect.closeTo(((10 * 4096 * 730 * 3600) / 1024 ** 3) * 0.09, 9) as unknown,
    });
    expect(unpriced(found)).toEqual([]);
  });

  test("answers in plain text, and counts with a balancer's minutes", async () => {
    const found = await report(HTTP);
    expect([verdict(found, "tls-floor"), verdict(found, "http-redirects")]).toEqual([["fail"], ["fail"]]);
    expect(lostTo(found)).toContain("balancer");
    expect(found.rules.find((each) => each.id === "http-redirects" && each.part === DOOR)?.fix).toMatch(
      /a Gateway or an Ingress with a certificate/,
    );
  });

  test("understands no requests: rules of headers, web firewalls and a balancer's own zones say nothing of it", async () => {
    const found = await report(HTTP);
    for (const id of [
      "invalid-headers-dropped",
      "internet-rate-limited",
      "balancer-cross-zone",
      "balancer-zonal-shift",
    ])
      expect([id, verdict(found, id)]).toEqual([id, []]);
  });
});

test("on another port nobody says whether TLS ends in the pods: undecided, not failed", async () => {
  const found = await report("type: LoadBalancer, ports: [{ port: 443, targetPort: 3000 }]");
  expect([verdict(found, "tls-floor"), verdict(found, "http-redirects")]).toEqual([["undecided"], ["undecided"]]);
});

test("inside the cluster there is no door, no minutes and no price of one", async () => {
  const found = await report("ports: [{ port: 80, targetPort: 3000 }]");
  expect([found.built.map(({ key }) => key).includes(DOOR), lines(found), unpriced(found)]).toEqual([false, {}, []]);
  expect(lostTo(found)).not.toContain("balancer");
});

describe("what has no price is named", () => {
  test("where nobody says whose cluster it is", async () => {
    expect(unpriced(await report(HTTP, demand("")))).toEqual([
      "balancer-hour: whose cluster it is nobody says: --demand FILE with cluster",
    ]);
  });

  test("of a class that is no cloud's own; a cloud's has one", async () => {
    expect(unpriced(await report(`${HTTP}, loadBalancerClass: tailscale`))).toEqual([
      "balancer-hour: what class tailscale makes is not known",
    ]);
    expect(lines(await report(`${HTTP}, loadBalancerClass: service.k8s.aws/nlb`))).toHaveProperty("balancer-hour");
  });

  test("on GKE it is a forwarding rule", async () => {
    const file = demand(
      "nodes: { platform: gke, machine: e2-standard-4 }",
      "us-central1",
      "us-central1-a, us-central1-b, us-central1-c",
    );
    expect(lines(await report(HTTP, file))).toMatchObject({ "balancer-hour": 730 * 0.025 });
  });
});

describe("before a StatefulSet", () => {
  const found = async (type: string) =>
    reportOfManifests(
      {
        name: "lb",
        files: [
          {
            name: "a.yaml",
            text: api(HTTP.replace("LoadBalancer", type)).replace("kind: Deployment", "kind: StatefulSet"),
          },
        ],
        notRead: [],
      },
      { asOf: "2026-11-21", demand: await readDemand("demand.yaml", demand(EKS)) },
      workings,
    );

  test("it is priced by what the members are asked, and a balancer's minutes count", async () => {
    const store = await found("LoadBalancer");
    expect(store.built.find(({ key }) => key === DOOR)).toMatchObject({
      targets: [{ part: { value: "store/api/cluster" } }],
    });
    expect(lines(store)).toEqual(lines(await report(HTTP)));
    expect(lostTo(store)).toContain("balancer");
    expect(lostTo(await found("ClusterIP"))).not.toContain("balancer");
  });
});
