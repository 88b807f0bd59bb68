// The provider's own list of what makes it delete an object and create another; named objects are deleted first: pulumi-kubernetes v4.32.0,
// provider/pkg/provider/diff.go (https://github.com/pulumi/pulumi-kubernetes), read 2026-11-21.

/** Of every object: another name is another object. */
const everywhere = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];

/** Replacing inputs by Pulumi type token, beside those of every object. */
export const kubernetesForceNew: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:apps/v1:StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "kubernetes:apps/v1:Deployment": ["spec.selector"],
  "kubernetes:core/v1:Service": ["spec.clusterIP"],
  "kubernetes:core/v1:PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeName",
  ],
  // Unchangeable for the API server itself (Kubernetes API, StorageClass and RoleBinding).
  "kubernetes:storage.k8s.io/v1:StorageClass": ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"],
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": ["roleRef"],
};

/** Replacing unless the provider is told otherwise: enableConfigMapMutable, enableSecretMutable. */
const mutableByChoice: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:core/v1:ConfigMap": ["binaryData", "data"],
  "kubernetes:core/v1:Secret": ["data", "stringData"],
};

/**
 * Does a change at that input path replace the object? A path inside a replacing input, or around one, counts.
 * @returns true, false, "sometimes" where the provider's own settings decide, or null for what is no object of Kubernetes
 */
export function replacesObject(type: string, path: string): boolean | "sometimes" | null {
  if (!type.startsWith("kubernetes:")) return null;
  const changed = path.replace(/\[\d+\]/g, "[]");
  const touches = (inputs: readonly string[]) =>
    inputs.some((input) => within(changed, input) || within(input, changed));
  if (touches([...everywhere, ...(kubernetesForceNew[type] ?? [])])) return true;
  return touches(mutableByChoice[type] ?? []) ? "sometimes" : false;
}

function within(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);
}
