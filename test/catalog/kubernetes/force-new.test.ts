import { replaces } from "../../../catalog/replacing";

const set = "kubernetes:apps/v1:StatefulSet";

describe("what replaces an object of Kubernetes", () => {
  test.each([
    [set, "spec.volumeClaimTemplates[0].spec.resources.requests.storage", true],
    [set, "spec.volumeClaimTemplates", true],
    [set, "spec.serviceName", true],
    [set, "spec.podManagementPolicy", true],
    [set, "spec.revisionHistoryLimit", true],
    [set, "spec.selector.matchLabels.app", true],
    [set, "spec", true],
    [set, "spec.template.spec.containers[0].image", false],
    [set, "spec.replicas", false],
    [set, "metadata.name", true],
    [set, "metadata.labels.team", false],
    ["kubernetes:apps/v1:Deployment", "spec.selector.matchLabels.app", true],
    ["kubernetes:apps/v1:Deployment", "spec.template.spec.replicas", false],
    ["kubernetes:core/v1:Service", "spec.clusterIP", true],
    ["kubernetes:core/v1:Service", "spec.clusterIPs", false],
    ["kubernetes:core/v1:PersistentVolumeClaim", "spec.storageClassName", true],
    ["kubernetes:core/v1:PersistentVolumeClaim", "spec.resources.requests.storage", false],
    ["kubernetes:core/v1:ConfigMap", "data.LEVEL", "sometimes"],
    ["kubernetes:core/v1:Secret", "stringData.KEY", "sometimes"],
    ["kubernetes:example.com/v1:Thing", "metadata.namespace", true],
    ["kubernetes:example.com/v1:Thing", "spec.size", false],
  ])("%s %s: %s", (type, path, expected) => {
    expect(replaces(type, path)).toBe(expected);
  });

  test("types of AWS are asked of AWS, and of others nothing is known", () => {
    expect(replaces("aws:ecs/service:Service", "launchType")).toBe(true);
    expect(replaces("gcp:storage/bucket:Bucket", "name")).toBeNull();
  });
});
