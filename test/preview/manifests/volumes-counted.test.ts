import { readDemand } from "../../../preview/demand-file";
import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";
import type { Report } from "../../../model";

const DEMAND = `objectives: { availability: 0.999, survive: zone }
workloads:
  db: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 2 }
cluster: { region: us-east-1, zones: [us-east-1a, us-east-1b, us-east-1c], nodes: { platform: eks, machine: m7i.large } }
`;

interface Claimed {
  readonly name: string;
  readonly size: string;
  readonly of: string;
}

const store = (claims: readonly Claimed[]): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: registry.example.com/db:1, resources: { requests: { cpu: 500m, memory: 1Gi } } }] }
  volumeClaimTemplates:
${claims
  .map(
    ({ name, size, of }) =>
      `    - { metadata: { name: ${name} }, spec: { accessModes: [ReadWriteOnce], storageClassName: ${of}, resources: { requests: { storage: ${size} } } } }`,
  )
  .join("\n")}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: late }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
reclaimPolicy: Retain
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: at-once }
provisioner: ebs.csi.aws.com
volumeBindingMode: Immediate
reclaimPolicy: Delete
`;

async function report(...claims: readonly Claimed[]): Promise<Report> {
  const given = { asOf: "2026-11-21", demand: await readDemand("demand.yaml", DEMAND) };
  return reportOfManifests(
    { name: "shop", files: [{ name: "db.yaml", text: store(claims) }], notRead: [] },
    given,
    workings,
  );
}

const verdict = ({ rules }: Report, rule: string): string | undefined => rules.find(({ id }) => id === rule)?.verdict;
const claim = (name: string, size: string, of = "late"): Claimed => ({ name, size, of });

describe("members of a store with several claims each", () => {
  test("pay for all of them", async () => {
    const { cost } = await report(claim("data", "100Gi"), claim("wal", "20Gi"));
    const line = cost.lines.find(({ item }) => item === "volume-gb-month");
    // By hand: 3 x 120 GiB at 0.08 USD.
    expect(line?.quantity.expected).toBe(360);
    expect(line?.perMonthUsd.expected).toBeCloseTo(28.8, 6);
  });

  test("are judged by the class that does worst, wherever it stands", async () => {
    for (const claims of [
      [claim("data", "1Gi"), claim("wal", "1Gi", "at-once")],
      [claim("data", "1Gi", "at-once"), claim("wal", "1Gi")],
      // One that nobody shows takes nothing from what is known of the other.
      [claim("data", "1Gi", "elsewhere"), claim("wal", "1Gi", "at-once")],
    ]) {
      const found = await report(...claims);
      expect(verdict(found, "store-volume-binds-late")).toBe("fail");
      expect(verdict(found, "store-volumes-outlive-claims")).toBe("fail");
    }
  });

  test("pass where each class is in view and does well, and are undecided where one is not in view", async () => {
    const rules = ["store-volume-binds-late", "store-volumes-outlive-claims"];
    const well = await report(claim("data", "1Gi"), claim("wal", "1Gi"));
    expect(rules.map((rule) => verdict(well, rule))).toEqual(["pass", "pass"]);
    const open = await report(claim("data", "1Gi"), claim("wal", "1Gi", "elsewhere"));
    expect(rules.map((rule) => verdict(open, rule))).toEqual(["undecided", "undecided"]);
    expect(open.cost.unpriced.map(({ item }) => item)).toContain("volume-gb-month");
  });
});
