import type { Report } from "../../../model";
import { readDemand } from "../../../preview/demand-file";
import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";

const DEMAND = `objectives: { availability: 0.999, survive: zone }
deploys: { perWeek: 0, failureShare: 0, minutes: 0, exposedShare: 0 }
cluster: { region: us-east-1, zones: [us-east-1a, us-east-1b, us-east-1c], nodes: { platform: eks, machine: m7i.large } }
workloads:
  api: { requestsPerSecond: { mean: 10, peak: 30 }, serviceTimeMs: 20, calls: { redis: { perRequest: 1, required: true } } }
`;
const SPREAD =
  "{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: api } } }";
const API = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 6
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      topologySpreadConstraints: [${SPREAD}]
      containers: [{ name: api, image: "registry.example.com/api:1", resources: { requests: { cpu: 250m, memory: 256Mi } } }]
`;
const LIMITED = "resources: { requests: { cpu: 250m, memory: 256Mi }, limits: { memory: 256Mi } }";
const CLAIM =
  "volumeClaimTemplates: [{ metadata: { name: d }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 8Gi } } } }]";

/** One Redis. @param more of its container, of its pod and of its spec */
function redis(container = LIMITED, pod = "", spec = CLAIM, kind = "StatefulSet"): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: redis, namespace: shop }
spec:
  replicas: 1
  selector: { matchLabels: { app: redis } }
  ${spec}
  template:
    metadata: { labels: { app: redis } }
    spec:
      ${pod}
      containers:
        - { name: redis, image: "redis:7.2", ports: [{ containerPort: 6379 }], ${container} }
`;
}

async function report(text: string): Promise<Report> {
  const given = { asOf: "2026-11-21", demand: await readDemand("demand.yaml", DEMAND) };
  return reportOfManifests(
    { name: "shop", files: [{ name: "a.yaml", text: `${API}---\n${text}` }], notRead: [] },
    given,
    workings,
  );
}

const minutes = ({ availability }: Report, cause: string): number =>
  availability?.lostTo.find((each) => each.cause === cause)?.minutesPerYear ?? 0;

describe("one Redis that an API requires", () => {
  test("with a volume it is away with its zone, and until its node is given up and its volume attached", async () => {
    const found = await report(redis());
    expect(minutes(found, "zones")).toBeCloseTo(21.024, 2);
    // 345 s, 210 for a node in its zone, 60 and 10; 0.5 a year.
    expect(minutes(found, "cache")).toBeCloseTo((0.5 * 625) / 60, 9);
  });

  test("a Deployment without a volume starts in another zone; one with a claim waits for it like a set", async () => {
    const free = await report(redis(LIMITED, "", "", "Deployment"));
    expect(minutes(free, "cache")).toBeCloseTo((0.5 * 355) / 60, 9);
    expect(minutes(free, "zones")).toBeCloseTo((0.13 * 355) / 60, 2);
    const claimed = await report(
      redis(LIMITED, "volumes: [{ name: d, persistentVolumeClaim: { claimName: redis } }]", "", "Deployment"),
    );
    expect(minutes(claimed, "zones")).toBeCloseTo(21.024, 2);
    expect(minutes(claimed, "cache")).toBeCloseTo((0.5 * 625) / 60, 9);
  });
});

describe("one Redis that says nothing of its memory", () => {
  test("asks nodes for none, and takes no figure of the others away", async () => {
    const [silent, limited] = [await report(redis('imagePullPolicy: "Always"')), await report(redis())];
    expect(silent.cost.perMonthUsd.expected).toBeGreaterThan(100);
    expect(silent.cost.unpriced.map(({ item }) => item)).toEqual(limited.cost.unpriced.map(({ item }) => item));
    expect(silent.availability?.unavailability).toBeCloseTo(limited.availability?.unavailability ?? NaN, 9);
  });

  test("what it asks for stands for what it may have, where nobody limits it", async () => {
    const asking = await report(redis("resources: { requests: { memory: 7Gi } }"));
    const huge = await report(redis("resources: { requests: { memory: 7Gi }, limits: { memory: 7Gi } }"));
    expect(asking.cost.perMonthUsd).toEqual(huge.cost.perMonthUsd);
  });
});

describe("who is asked for a password", () => {
  const BITNAMI = "bitnami/redis:7.2";
  const verdict = async (container: string, image = BITNAMI): Promise<string | undefined> => {
    const { rules } = await report(redis(`${LIMITED}, ${container}`).replace("redis:7.2", image));
    return rules.find(({ id, part }) => id === "cache-asks-for-token" && part?.startsWith("redis-cache/"))?.verdict;
  };
  const allowed = (value: string): string => `env: [{ name: ALLOW_EMPTY_PASSWORD, value: "${value}" }]`;

  test("an image that is told to do without asks nobody; what another image does by itself nobody knows", async () => {
    expect(await verdict(allowed("yes"))).toBe("fail");
    expect(await verdict(allowed("TRUE"))).toBe("fail");
    expect(await verdict(allowed("no"))).toBe("undecided");
    expect(await verdict('imagePullPolicy: "Always"')).toBe("undecided");
  });

  test("a password beside it is asked for, an empty one is none", async () => {
    const both = (value: string): string =>
      `env: [{ name: ALLOW_EMPTY_PASSWORD, value: "yes" }, { name: REDIS_PASSWORD, ${value} }]`;
    expect(await verdict(both("valueFrom: { secretKeyRef: { name: redis, key: password } }"))).toBe("pass");
    expect(await verdict(both('value: ""'))).toBe("fail");
  });

  test("an empty requirepass is none", async () => {
    expect(await verdict(`args: ["--requirepass ''"]`, "redis:7.2")).toBe("fail");
    expect(await verdict(`args: ["--requirepass", "$(PASSWORD)"]`, "redis:7.2")).toBe("pass");
  });
});
