import type { Source } from "../../model";

export const removedVersionsSource: Source = {
  title: "Kubernetes, Deprecated API Migration Guide, removed APIs by release",
  url: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
  date: "2026-11-22",
};

/** A version of an API that clusters serve no more. */
interface RemovedVersion {
  readonly apiVersion: string;
  readonly kind: string;
  /** The release of Kubernetes that took it away. */
  readonly in: string;
  /** What to write; where that is not the version alone, what else changes. */
  readonly instead: string;
}

function rows(release: string, apiVersion: string, instead: string, ...kinds: readonly string[]): RemovedVersion[] {
  return kinds.map((kind) => ({ apiVersion, kind, in: release, instead }));
}

const INGRESS =
  "write apiVersion: networking.k8s.io/v1, with pathType, backend.service.name and backend.service.port.number or .name";
const SECURITY =
  "label its namespaces pod-security.kubernetes.io/enforce instead: there are no PodSecurityPolicies any more";
const APPS =
  "write apiVersion: apps/v1, with spec.selector, which is the template's labels where nothing was said before";
const to = (apiVersion: string): string => `write apiVersion: ${apiVersion}`;

/** Versions that no supported cluster serves: an object of theirs is refused, whatever else it says. */
export const removedVersions: readonly RemovedVersion[] = [
  ...rows(
    "1.32",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    to("flowcontrol.apiserver.k8s.io/v1"),
    "FlowSchema",
    "PriorityLevelConfiguration",
  ),
  ...rows(
    "1.29",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    to("flowcontrol.apiserver.k8s.io/v1"),
    "FlowSchema",
    "PriorityLevelConfiguration",
  ),
  ...rows("1.27", "storage.k8s.io/v1beta1", to("storage.k8s.io/v1"), "CSIStorageCapacity"),
  ...rows(
    "1.26",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    to("flowcontrol.apiserver.k8s.io/v1"),
    "FlowSchema",
    "PriorityLevelConfiguration",
  ),
  ...rows("1.26", "autoscaling/v2beta2", to("autoscaling/v2"), "HorizontalPodAutoscaler"),
  ...rows(
    "1.25",
    "autoscaling/v2beta1",
    `${to("autoscaling/v2")}, with resource.target.averageUtilization for targetAverageUtilization`,
    "HorizontalPodAutoscaler",
  ),
  ...rows("1.25", "batch/v1beta1", to("batch/v1"), "CronJob"),
  ...rows("1.25", "discovery.k8s.io/v1beta1", to("discovery.k8s.io/v1"), "EndpointSlice"),
  ...rows("1.25", "events.k8s.io/v1beta1", to("events.k8s.io/v1"), "Event"),
  ...rows("1.25", "node.k8s.io/v1beta1", to("node.k8s.io/v1"), "RuntimeClass"),
  ...rows("1.25", "policy/v1beta1", `${to("policy/v1")}, where selector: {} is all pods`, "PodDisruptionBudget"),
  ...rows("1.25", "policy/v1beta1", SECURITY, "PodSecurityPolicy"),
  ...rows(
    "1.22",
    "admissionregistration.k8s.io/v1beta1",
    `${to("admissionregistration.k8s.io/v1")}, with sideEffects and admissionReviewVersions`,
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
  ),
  ...rows(
    "1.22",
    "apiextensions.k8s.io/v1beta1",
    `${to("apiextensions.k8s.io/v1")}, with a schema in each of spec.versions`,
    "CustomResourceDefinition",
  ),
  ...rows("1.22", "apiregistration.k8s.io/v1beta1", to("apiregistration.k8s.io/v1"), "APIService"),
  ...rows(
    "1.22",
    "certificates.k8s.io/v1beta1",
    `${to("certificates.k8s.io/v1")}, with signerName and usages`,
    "CertificateSigningRequest",
  ),
  ...rows("1.22", "coordination.k8s.io/v1beta1", to("coordination.k8s.io/v1"), "Lease"),
  ...rows("1.22", "extensions/v1beta1", INGRESS, "Ingress"),
  ...rows("1.22", "networking.k8s.io/v1beta1", INGRESS, "Ingress"),
  ...rows("1.22", "networking.k8s.io/v1beta1", to("networking.k8s.io/v1"), "IngressClass"),
  ...rows(
    "1.22",
    "rbac.authorization.k8s.io/v1beta1",
    to("rbac.authorization.k8s.io/v1"),
    "ClusterRole",
    "ClusterRoleBinding",
    "Role",
    "RoleBinding",
  ),
  ...rows("1.22", "scheduling.k8s.io/v1beta1", to("scheduling.k8s.io/v1"), "PriorityClass"),
  ...rows(
    "1.22",
    "storage.k8s.io/v1beta1",
    to("storage.k8s.io/v1"),
    "CSIDriver",
    "CSINode",
    "StorageClass",
    "VolumeAttachment",
  ),
  ...rows("1.16", "extensions/v1beta1", to("networking.k8s.io/v1"), "NetworkPolicy"),
  ...rows("1.16", "extensions/v1beta1", SECURITY, "PodSecurityPolicy"),
  ...rows("1.16", "extensions/v1beta1", APPS, "DaemonSet", "Deployment", "ReplicaSet"),
  ...rows("1.16", "apps/v1beta1", APPS, "Deployment", "ReplicaSet", "StatefulSet"),
  ...rows("1.16", "apps/v1beta2", APPS, "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"),
];
