import { numberAt, type Report } from "../../../model";
import { readDemand } from "../../../preview/demand-file";
import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";

const DEMAND = `objectives: { availability: 0.999, survive: zone }
workloads:
  web: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 2 }
cluster: { region: us-east-1, zones: [us-east-1a, us-east-1b, us-east-1c], nodes: { platform: eks, machine: m7i.large } }
`;
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.example.com/web:1, ports: [{ containerPort: 80 }], resources: { requests: { cpu: 500m, memory: 1Gi } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
const ingress = (name: string, words: Readonly<Record<string, string>>): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, annotations: ${JSON.stringify(
  Object.fromEntries(Object.entries(words).map(([word, value]) => [`alb.ingress.kubernetes.io/${word}`, value])),
)} }
spec: { ingressClassName: alb, rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`;

async function report(...doors: readonly string[]): Promise<Report> {
  const given = { asOf: "2026-11-21", demand: await readDemand("demand.yaml", DEMAND) };
  const text = [WEB, ...doors].join("---\n");
  return reportOfManifests({ name: "shop", files: [{ name: "web.yaml", text }], notRead: [] }, given, workings);
}

const sum = ({ cost }: Report, item: string): number =>
  cost.lines.filter((line) => line.item === item).reduce((all, { perMonthUsd }) => all + perMonthUsd.expected, 0);

test("Ingresses of one group of AWS Load Balancer Controller pay for one balancer, those apart for one each", async () => {
  const apart = await report(ingress("a", { scheme: "internal" }), ingress("b", { scheme: "internal" }));
  const group = { scheme: "internal", "group.name": "shop" };
  const together = await report(ingress("a", group), ingress("b", group), ingress("c", group));
  // An hour is 0.0225 USD, a month 730 of them.
  expect(sum(apart, "alb-hour")).toBeCloseTo(32.85, 6);
  expect(sum(together, "alb-hour")).toBeCloseTo(16.425, 6);
});

test("one on the internet pays for an address in each zone, and for what leaves, as any door there", async () => {
  const inside = await report(ingress("a", { scheme: "internal" }));
  const outside = await report(ingress("a", { scheme: "internet-facing" }));
  expect([sum(inside, "balancer-address-hour"), sum(inside, "internet-out-gb")]).toEqual([0, 0]);
  // Three addresses at 0.005 USD an hour.
  expect(sum(outside, "balancer-address-hour")).toBeCloseTo(10.95, 6);
  expect(sum(outside, "internet-out-gb")).toBeGreaterThan(0);
  expect(
    outside.built.filter(({ kind }) => kind === "load-balancer").map((part) => numberAt(part, "listeners", 0, "port")),
  ).toEqual([80]);
});
