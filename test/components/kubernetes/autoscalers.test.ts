import { readParts } from "../../../components/readers";
import { plain } from "../../../model";
import { graphOf } from "./manifests";

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { replicas: 4, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: a }] } } }
`;
const scaler = (apiVersion: string, kind: string, spec: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: shop }\nspec: ${spec}\n`;
const target = "scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }";

function read(...scalers: readonly string[]) {
  const { parts, claims } = readParts("kubernetes", graphOf(deployment, ...scalers));
  const group = plain(parts.find(({ kind }) => kind === "replica-group")) as { readonly scaling: unknown };
  return { scaling: group.scaling, claimed: claims.length };
}

const range = { kind: "range", initial: 4, schedule: [] };

describe("who decides how many pods there are", () => {
  test.each([
    [
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      `{ ${target}, minReplicas: 3, maxReplicas: 9, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }] }`,
      { min: 3, max: 9, signals: [{ metric: "cpu", target: 70 }] },
    ],
    [
      "autoscaling/v1",
      "HorizontalPodAutoscaler",
      `{ ${target}, minReplicas: 3, maxReplicas: 9, targetCPUUtilizationPercentage: 70 }`,
      { min: 3, max: 9, signals: [{ metric: "cpu", target: 70 }] },
    ],
    [
      "autoscaling/v1",
      "HorizontalPodAutoscaler",
      `{ ${target}, maxReplicas: 9 }`,
      { min: 1, max: 9, signals: [{ metric: "cpu", target: 80 }] },
    ],
    [
      "keda.sh/v1alpha1",
      "ScaledObject",
      "{ scaleTargetRef: { name: web }, minReplicaCount: 2, maxReplicaCount: 20, triggers: [{ type: cron }] }",
      { min: 2, max: 20, signals: [] },
    ],
    [
      "keda.sh/v1alpha1",
      "ScaledObject",
      "{ scaleTargetRef: { name: web }, triggers: [] }",
      { min: 0, max: 100, signals: [] },
    ],
  ])("%s %s %s", (apiVersion, kind, spec, scaling) => {
    expect(read(scaler(apiVersion, kind, spec))).toEqual({ scaling: { ...range, ...scaling }, claimed: 2 });
  });

  test("one of another object, or of another namespace, does not", () => {
    const fixed = { scaling: { kind: "fixed", count: 4 }, claimed: 1 };
    expect(read()).toEqual(fixed);
    expect(read(scaler("keda.sh/v1alpha1", "ScaledObject", "{ scaleTargetRef: { name: other } }"))).toEqual(fixed);
    const elsewhere = scaler("autoscaling/v1", "HorizontalPodAutoscaler", `{ ${target}, maxReplicas: 9 }`).replace(
      "namespace: shop",
      "namespace: other",
    );
    expect(read(elsewhere)).toEqual(fixed);
  });

  test.each([
    ["both allow 3 to 9", 3, 9, "minReplicaCount: 2, maxReplicaCount: 12", { min: 3, max: 9 }],
    ["one within the other", 1, 20, "minReplicaCount: 4, maxReplicaCount: 8", { min: 4, max: 8 }],
    ["to and fro between 5 and 10", 10, 20, "minReplicaCount: 2, maxReplicaCount: 5", { min: 5, max: 10 }],
  ])("two at once follow no metric: %s", (_, least, most, counts, bounds) => {
    const both = read(
      scaler("autoscaling/v2", "HorizontalPodAutoscaler", `{ ${target}, minReplicas: ${least}, maxReplicas: ${most} }`),
      scaler("keda.sh/v1alpha1", "ScaledObject", `{ scaleTargetRef: { name: web }, ${counts} }`),
    );
    expect(both).toEqual({ scaling: { ...range, ...bounds, signals: [] }, claimed: 3 });
  });

  test("a budget of an older version counts as one of today's", () => {
    const budget =
      "---\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: web, namespace: shop }\nspec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }\n";
    expect(read(budget).claimed).toBe(2);
  });
});
