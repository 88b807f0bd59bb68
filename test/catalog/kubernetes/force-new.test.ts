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
    ["kubernetes:core/v1:Secret", "type", true],
    ["kubernetes:core/v1:PersistentVolume", "spec.csi.volumeHandle", true],
    ["kubernetes:core/v1:PersistentVolume", "spec.capacity.storage", false],
    ["kubernetes:core/v1:Pod", "spec.containers[1].image", true],
    ["kubernetes:core/v1:Pod", "spec.initContainers[0].env[2].value", true],
    ["kubernetes:core/v1:Pod", "spec.containers[1]", true],
    ["kubernetes:core/v1:Pod", "spec.nodeSelector.disk", true],
    ["kubernetes:core/v1:Pod", "spec.tolerations[0].key", false],
    ["kubernetes:core/v1:ResourceQuota", "spec.scopes[0]", true],
    ["kubernetes:core/v1:ResourceQuota", "spec.hard.pods", false],
    ["kubernetes:batch/v1:Job", "spec.template.spec.containers[0].image", true],
    ["kubernetes:batch/v1:Job", "spec.completions", true],
    ["kubernetes:batch/v1:Job", "spec.ttlSecondsAfterFinished", false],
    ["kubernetes:batch/v1:CronJob", "spec.jobTemplate.spec.template", false],
    ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "roleRef.name", true],
    ["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "roleRef.name", true],
    ["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "subjects[0].name", false],
    ["kubernetes:apps/v1:DaemonSet", "spec.selector.matchLabels.app", true],
    ["kubernetes:storage.k8s.io/v1:StorageClass", "parameters.type", true],
    ["kubernetes:storage.k8s.io/v1:StorageClass", "allowVolumeExpansion", false],
    ["kubernetes:helm.sh/v3:Release", "namespace", true],
    ["kubernetes:helm.sh/v3:Release", "values.replicas", false],
    // An object stays when its API gets another version: only the type token, and so the URN, is another.
    ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "apiVersion", false],
    ["kubernetes:example.com/v1:Thing", "metadata.namespace", true],
    ["kubernetes:example.com/v1:Thing", "spec.size", false],
  ])("%s %s: %s", (type, path, expected) => {
    expect(replaces(type, path)).toBe(expected);
  });

  test.each(["data.LEVEL", "stringData.KEY", "binaryData.FILE"])("%s of what is immutable replaces it", (path) => {
    const change = (before: boolean, after: boolean) => ({
      before: { immutable: before },
      after: { immutable: after },
    });
    const type = path.startsWith("string") ? "kubernetes:core/v1:Secret" : "kubernetes:core/v1:ConfigMap";
    expect(replaces(type, path, change(true, true))).toBe(true);
    expect(replaces(type, path, change(false, true))).toBe(true);
    expect(replaces(type, path, change(true, false))).toBe("sometimes");
  });

  test("types of AWS are asked of AWS, and of others nothing is known", () => {
    expect(replaces("aws:ecs/service:Service", "launchType")).toBe(true);
    expect(replaces("gcp:storage/bucket:Bucket", "name")).toBeNull();
  });
});
