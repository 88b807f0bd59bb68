import type { Report } from "../../model";
import { readDemand } from "../../preview/demand-file";
import { explainText } from "../../preview/explain";
import { reportOfManifests } from "../../preview/from-manifests";
import { workings } from "../../preview/workings";

const group = (
  name: string,
  cpu: string,
  memory: string,
  replicas: number,
  zones = "DoNotSchedule",
): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: ${replicas}
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ${zones}, labelSelector: { matchLabels: { app: ${name} } } }
      containers:
        - name: ${name}
          image: registry.example.com/${name}:1.2
          resources: { requests: { cpu: ${cpu}, memory: ${memory} } }
---
`;
const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 4
  maxReplicas: 12
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }]
`;

async function explained(text: string, nodes: string): Promise<string> {
  const demand = `objectives: { availability: 0.999, survive: zone }
cluster: { region: us-east-1, zones: [us-east-1a, us-east-1b], nodes: ${nodes} }
workloads:
  web: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 10 }
`;
  const given = { asOf: "2026-11-22", demand: await readDemand("demand.yaml", demand) };
  const report: Report = reportOfManifests(
    { name: "shop", files: [{ name: "a.yaml", text }], notRead: [] },
    given,
    workings,
  );
  const all = explainText(report);
  const from = all.indexOf("how pods fill their nodes");
  return from < 0 ? "" : all.slice(from, all.indexOf("\n\n", from)).replaceAll(/\s+/g, " ");
}

const METAL =
  "{ platform: other, machine: metal, allocatable: { cpuMillis: 4000, memoryMiB: 8192, pods: 20 }, perHourUsd: 0.1 }";

test("each region's nodes: what one gives, what its pods ask, and what decides how many there are", async () => {
  // Two zones, each two pods and one of them the surge: 3 + 2 cores, of 4: one node a zone holds three, and 4 + 1 pods are 3 and 2.
  const text = await explained(group("web", "1", "1Gi", 4) + scaler, METAL);
  expect(text).toContain("nodes each metal gives pods 4 CPU, 8,192 MiB and 20 places; as stated");
  expect(text).toContain("at the floors 2 nodes: web 4 and 1 while it rolls, of 1 CPU and 1,024 MiB.");
  // 5 of 8 cores, 5 of 16 GiB, 5 of 40 places.
  expect(text).toContain("Filled: CPU 63 %, memory 31 %, places 13 %; CPU decides");
  // 13 pods, 7 and 6 a zone: 2 nodes each, and 13 of 16 cores.
  expect(text).toContain("at the ceilings 4 nodes: web 12 and 1 while it rolls. Filled: CPU 81 %");
});

test("memory decides where it is what pods ask most of, and zones where a node each would do", async () => {
  const heavy = await explained(group("web", "100m", "6Gi", 4), METAL);
  expect(heavy).toContain("at the floors 5 nodes: web 4 and 1 while it rolls, of 0.1 CPU and 6,144 MiB.");
  expect(heavy).toMatch(
    /memory alone would fill 4: zones, hosts that pods keep apart, and what no node has whole take the others/,
  );
  const light = await explained(group("web", "100m", "64Mi", 2), METAL);
  expect(light).toMatch(
    /at the floors 2 nodes: .* one would hold them all, but for zones and hosts that pods keep apart$/,
  );
});

test("a known machine says what the platform keeps of it, and whose formula that is", async () => {
  const text = await explained(group("web", "1", "1Gi", 4), "{ platform: eks, machine: m7i.large }");
  // 1.93 CPU and 6,903 MiB: 60 + 10 millicores; 8,192 x 0.925 - (255 + 11 x 29) - 100.
  expect(text).toContain(
    "each m7i.large gives pods 1.93 CPU, 6,903 MiB and 29 places; of its 2 CPU and 8,192 MiB the platform keeps the rest; from awslabs/amazon-eks-ami",
  );
});

test("without a demand file nobody says what nodes there are, and nothing is told of them", async () => {
  const report = reportOfManifests(
    { name: "shop", files: [{ name: "a.yaml", text: group("web", "1", "1Gi", 4) }], notRead: [] },
    { asOf: "2026-11-22" },
    workings,
  );
  expect(explainText(report)).not.toContain("how pods fill");
});
