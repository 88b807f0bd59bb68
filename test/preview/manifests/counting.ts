import { numberAt, type Report } from "../../../model";
import { readDemand } from "../../../preview/demand-file";
import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";

/** Three zones of nodes with four cores for pods; two pods of web stand in each, and no rollout adds one. */
export const DEMAND = `objectives: { availability: 0.999, survive: zone }
workloads:
  web: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 2 }
cluster:
  region: us-east-1
  zones: [us-east-1a, us-east-1b, us-east-1c]
  nodes: { platform: other, machine: metal, allocatable: { cpuMillis: 4000, memoryMiB: 16384, pods: 20 }, perHourUsd: 0.1 }
`;

interface Written {
  readonly name?: string;
  readonly replicas?: number;
  /** Lines of the pod's spec beside its containers. */
  readonly pod?: readonly string[];
  /** Of its container beside name and image. */
  readonly container?: string;
}

export function deployment({ name = "web", replicas = 6, pod = [], container = HALF }: Written = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: ${replicas}
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}, tier: front } }
    spec:
${pod.map((line) => `      ${line}\n`).join("")}      containers:
        - { name: ${name}, image: registry.example.com/web:1.2, ${container} }
`;
}
export const HALF = "resources: { requests: { cpu: 500m, memory: 1Gi } }";

export async function report(...objects: readonly string[]): Promise<Report> {
  const given = { asOf: "2026-11-21", demand: await readDemand("demand.yaml", DEMAND) };
  return reportOfManifests(
    { name: "shop", files: [{ name: "web.yaml", text: objects.join("---\n") }], notRead: [] },
    given,
    workings,
  );
}

export async function nodes(...objects: readonly string[]): Promise<number | undefined> {
  const { built } = await report(...objects);
  const pool = built.find(({ kind }) => kind === "node-pool");
  return pool === undefined ? undefined : numberAt(pool, "scaling", "min");
}
