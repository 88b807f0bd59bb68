import { isRecord, type Inputs } from "../../model";
import { ingressClasses } from "./gateways";

const WHO = "who may do what";
const SETTINGS = "settings of what stands elsewhere";
const REACH = "who may reach whom";
const RULES = "a rule that the cluster keeps by itself";
const OPERATOR = "read by an operator, and billed by what it makes of it";
const SHAPE = "what other objects look like";

const list = (why: string, ...types: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(types.map((type) => [`kubernetes:${type}`, why]));

/**
 * Kinds that take no room on a node and that no cloud charges for, and why: an object is an entry in the API server's store, and what is
 * billed are nodes, disks and balancers (aws.amazon.com/eks/pricing, cloud.google.com/kubernetes-engine/pricing, read 2026-11-21).
 */
export const freeKinds: Readonly<Record<string, string>> = {
  ...list(
    WHO,
    "core/v1:ServiceAccount",
    "rbac.authorization.k8s.io/v1:Role",
    "rbac.authorization.k8s.io/v1:RoleBinding",
    "rbac.authorization.k8s.io/v1:ClusterRole",
    "rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  ),
  ...list(
    SETTINGS,
    "core/v1:ConfigMap",
    "core/v1:Secret",
    "storage.k8s.io/v1:StorageClass",
    "networking.k8s.io/v1:IngressClass",
  ),
  ...list(REACH, "networking.k8s.io/v1:NetworkPolicy", "gateway.networking.k8s.io/v1beta1:ReferenceGrant"),
  ...list(
    RULES,
    "core/v1:Namespace",
    "core/v1:ResourceQuota",
    "core/v1:LimitRange",
    "scheduling.k8s.io/v1:PriorityClass",
  ),
  ...list(SHAPE, "apiextensions.k8s.io/v1:CustomResourceDefinition"),
  ...list(
    OPERATOR,
    "external-secrets.io/v1:ExternalSecret",
    "external-secrets.io/v1beta1:ExternalSecret",
    "external-secrets.io/v1:SecretStore",
    "external-secrets.io/v1beta1:SecretStore",
    "external-secrets.io/v1:ClusterSecretStore",
    "external-secrets.io/v1beta1:ClusterSecretStore",
    "cert-manager.io/v1:Certificate",
    "cert-manager.io/v1:Issuer",
    "cert-manager.io/v1:ClusterIssuer",
    "monitoring.coreos.com/v1:ServiceMonitor",
    "monitoring.coreos.com/v1:PodMonitor",
  ),
};

const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

/** Free as well, and more than a setting: what no reader knows of these stays unread. */
const FREE_AND_TELLING = new Set(
  [
    "policy/v1:PodDisruptionBudget",
    "autoscaling/v2:HorizontalPodAutoscaler",
    "autoscaling/v1:HorizontalPodAutoscaler",
    "keda.sh/v1alpha1:ScaledObject",
    "monitoring.coreos.com/v1:PrometheusRule",
    "gateway.networking.k8s.io/v1:HTTPRoute",
    "gateway.networking.k8s.io/v1:GRPCRoute",
  ].map((type) => `kubernetes:${type}`),
);

/**
 * Whether an object costs nothing by itself: of a kind that does not, a Service for which no cloud makes a balancer, or an Ingress of a controller
 * that serves every Ingress of its class and stands there anyway.
 */
export function isFreeObject(type: string, inputs: Inputs): boolean {
  if (Object.hasOwn(freeKinds, type) || FREE_AND_TELLING.has(type)) return true;
  const { spec, metadata } = inputs;
  if (type === INGRESS) {
    const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
    const word = isRecord(annotations) ? annotations["kubernetes.io/ingress.class"] : undefined;
    const className = (isRecord(spec) ? spec["ingressClassName"] : undefined) ?? word;
    return typeof className === "string" && Object.hasOwn(ingressClasses, className);
  }
  return type === SERVICE && !(isRecord(spec) && spec["type"] === "LoadBalancer");
}
