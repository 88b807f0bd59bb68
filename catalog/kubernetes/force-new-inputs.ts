// The provider's own list of what makes it delete an object and create another: pulumi-kubernetes v4.32.0, provider/pkg/provider/diff.go
// (https://github.com/pulumi/pulumi-kubernetes), read 2026-11-22. Tokens of older versions are asked for by their current spelling (model/type-token.ts);
// so the budgets of policy/v1beta1, which every change replaced, are not here.

const under = (above: string, names: readonly string[]): readonly string[] => names.map((name) => `${above}.${name}`);

/** Of each container of a lone pod. */
const ofContainer = [
  "args",
  "command",
  "env",
  "image",
  "imagePullPolicy",
  "lifecycle",
  "livenessProbe",
  "ports",
  "readinessProbe",
  "resources",
  "securityContext",
  "stdin",
  "stdinOnce",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "tty",
  "volumeDevices",
  "volumeMounts",
  "workingDir",
];

const ofPod = [
  "affinity",
  "automountServiceAccountToken",
  "dnsConfig",
  "dnsPolicy",
  "enableServiceLinks",
  "hostAliases",
  "hostIPC",
  "hostNetwork",
  "hostPID",
  "hostname",
  "imagePullSecrets",
  "nodeName",
  "nodeSelector",
  "overhead",
  "preemptionPolicy",
  "priority",
  "priorityClassName",
  "readinessGates",
  "restartPolicy",
  "runtimeClassName",
  "schedulerName",
  "securityContext",
  "serviceAccount",
  "serviceAccountName",
  "shareProcessNamespace",
  "subdomain",
  "terminationGracePeriodSeconds",
  "volumes",
];

/** Where the disk of a volume is. */
const volumeSources = [
  "awsElasticBlockStore",
  "azureDisk",
  "azureFile",
  "cephfs",
  "cinder",
  "csi",
  "fc",
  "flexVolume",
  "flocker",
  "gcePersistentDisk",
  "glusterfs",
  "hostPath",
  "iscsi",
  "local",
  "nfs",
  "photonPersistentDisk",
  "portworxVolume",
  "quobyte",
  "rbd",
  "scaleIO",
  "storageos",
  "vsphereVolume",
];

/** Replacing inputs by Pulumi type token, beside the name and namespace of every object. `[]` stands for any item of a list. */
export const kubernetesForceNew: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:apps/v1:StatefulSet": under("spec", [
    "podManagementPolicy",
    "revisionHistoryLimit",
    "selector",
    "serviceName",
    "volumeClaimTemplates",
  ]),
  "kubernetes:apps/v1:Deployment": ["spec.selector"],
  "kubernetes:apps/v1:DaemonSet": ["spec.selector"],
  "kubernetes:batch/v1:Job": under("spec", ["completions", "parallelism", "selector", "template"]),
  "kubernetes:core/v1:Pod": [
    ...under("spec", ofPod),
    ...under("spec.containers[]", ofContainer),
    ...under("spec.initContainers[]", ofContainer),
  ],
  "kubernetes:core/v1:Service": ["spec.clusterIP"],
  "kubernetes:core/v1:PersistentVolume": under("spec", volumeSources),
  "kubernetes:core/v1:PersistentVolumeClaim": under("spec", [
    "accessModes",
    "selector",
    "storageClassName",
    "volumeName",
  ]),
  "kubernetes:core/v1:ResourceQuota": ["spec.scopes"],
  "kubernetes:core/v1:Secret": ["type"],
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": ["roleRef"],
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": ["roleRef"],
  // The last two are not the provider's: it sends them, and the API server takes no change of them (Kubernetes API, StorageClass).
  "kubernetes:storage.k8s.io/v1:StorageClass": ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"],
};

/** Replacing unless the provider is told otherwise (enableConfigMapMutable, enableSecretMutable); of what is immutable, replacing for certain. */
export const mutableByChoice: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:core/v1:ConfigMap": ["binaryData", "data"],
  "kubernetes:core/v1:Secret": ["data", "stringData"],
};

/** A chart is no object: its name and namespace are inputs of their own (helm_release.go of the same version, Diff). */
export const releaseForceNew: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:helm.sh/v3:Release": ["name", "namespace"],
};
