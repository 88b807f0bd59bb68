import { every, everyContainer, everyMain, everyPod, secured, type Checked } from "./checker";
import { at, chooses, ENDING, list, ofKind, SERVING, type Content, type Pod } from "./rendered";

/** Does its account hold a role? */
const holdsRole = ({ spec }: Pod, objects: readonly Content[]): boolean =>
  ofKind(objects, "RoleBinding").some((each) =>
    list(each, "subjects").some((subject) => at(subject, "name") === at(spec, "serviceAccountName")),
  );
const isolated = ({ labels }: Pod, objects: readonly Content[], ...directions: readonly string[]): boolean =>
  ofKind(objects, "NetworkPolicy").some(
    (each) =>
      chooses(at(each, "spec.podSelector.matchLabels"), labels) &&
      directions.every((direction) => list(each, `spec.${direction}`).length > 0),
  );
const unlimited = "a CPU limit stops a pod for the rest of each 100 ms while its node idles";

/** Polaris v10.2.2, pkg/config/checks and the default configuration at that tag, read 2026-11-21. */
export const polaris: readonly Checked[] = [
  {
    id: "deploymentMissingReplicas",
    expect: { exception: "under an autoscaler a count resets the scale at every deploy; kube-score forbids it" },
    broken: every("Deployment", (each) => Number(at(each, "spec.replicas") ?? 0) >= 2),
  },
  {
    id: "priorityClassNotSet",
    expect: { exception: "a class is the cluster's own: named where the environment names one" },
    broken: everyPod(({ spec }) => at(spec, "priorityClassName") !== undefined),
  },
  {
    id: "tagNotSpecified",
    expect: "pass",
    broken: everyContainer((each) => /@sha256:|:(?!latest$)[^/:]+$/.test(String(at(each, "image")))),
  },
  {
    id: "pullPolicyNotAlways",
    expect: {
      exception: "an image that is named by its digest cannot change: a node that has it need not ask the registry",
    },
    broken: everyContainer((each) => at(each, "imagePullPolicy") === "Always"),
  },
  // These and the check of spread leave jobs out, as Polaris does.
  {
    id: "readinessProbeMissing",
    expect: "pass",
    broken: everyMain((each) => at(each, "readinessProbe") !== undefined, ...SERVING),
  },
  {
    id: "livenessProbeMissing",
    expect: "pass",
    broken: everyMain((each) => at(each, "livenessProbe") !== undefined, ...SERVING),
  },
  {
    id: "metadataAndInstanceMismatched",
    expect: { exception: "the groups of one cache share its instance, and each has a name of its own" },
    broken: everyPod(({ object, labels }) => labels["app.kubernetes.io/instance"] === at(object, "metadata.name")),
  },
  {
    id: "topologySpreadConstraint",
    expect: "pass",
    broken: everyPod(({ spec }) => list(spec, "topologySpreadConstraints").length > 0, ...SERVING),
  },
  {
    id: "missingPodDisruptionBudget",
    expect: { exception: "of a single pod, as dev may have, a budget would stop every drain" },
    broken: everyPod(
      ({ labels }, all) =>
        ofKind(all, "PodDisruptionBudget").some((each) => chooses(at(each, "spec.selector.matchLabels"), labels)),
      "Deployment",
    ),
  },
  {
    id: "pdbDisruptionsIsZero",
    expect: "pass",
    broken: every("PodDisruptionBudget", (each) => !["0", "0%"].includes(String(at(each, "spec.maxUnavailable")))),
  },
  {
    id: "hpaMinAvailability",
    expect: { exception: "dev may stand on one pod: the preview says what that costs in nines" },
    broken: every("HorizontalPodAutoscaler", (each) => Number(at(each, "spec.minReplicas")) >= 2),
  },
  {
    id: "hpaMaxAvailability",
    expect: "pass",
    broken: every(
      "HorizontalPodAutoscaler",
      (each) => Number(at(each, "spec.maxReplicas")) > Number(at(each, "spec.minReplicas")),
    ),
  },
  {
    id: "pdbMinAvailableGreaterThanHPAMinReplicas",
    expect: "pass",
    broken: every("PodDisruptionBudget", (each) => at(each, "spec.minAvailable") === undefined),
  },
  {
    id: "cpuRequestsMissing",
    expect: "pass",
    broken: everyContainer((each) => at(each, "resources.requests.cpu") !== undefined),
  },
  {
    id: "memoryRequestsMissing",
    expect: "pass",
    broken: everyContainer((each) => at(each, "resources.requests.memory") !== undefined),
  },
  {
    id: "memoryLimitsMissing",
    expect: "pass",
    broken: everyContainer((each) => at(each, "resources.limits.memory") !== undefined),
  },
  {
    id: "cpuLimitsMissing",
    expect: { exception: unlimited },
    broken: everyContainer((each) => at(each, "resources.limits.cpu") !== undefined),
  },
  {
    id: "automountServiceAccountToken",
    expect: "pass",
    broken: everyPod((pod, all) => at(pod.spec, "automountServiceAccountToken") === false || holdsRole(pod, all)),
  },
  {
    id: "automountServiceAccountToken",
    expect: { exception: "a job that takes snapshots asks the API server for them, by a role that may do no more" },
    broken: everyPod((pod, all) => at(pod.spec, "automountServiceAccountToken") === false || !holdsRole(pod, all)),
  },
  {
    id: "linuxHardening",
    expect: "pass",
    broken: everyContainer(
      (each, pod) =>
        at(pod.spec, "securityContext.seccompProfile.type") === "RuntimeDefault" ||
        list(each, "securityContext.capabilities.drop").includes("ALL"),
    ),
  },
  {
    id: "missingNetworkPolicy",
    expect: "pass",
    broken: everyPod((pod, all) => isolated(pod, all, "ingress", "egress"), ...SERVING),
  },
  {
    id: "missingNetworkPolicy",
    expect: { exception: "nobody calls a job: its policy lets nobody in, and so has no rule of ingress" },
    broken: everyPod((pod, all) => isolated(pod, all, "ingress", "egress"), ...ENDING),
  },
  // Nor may such a job be without any.
  {
    id: "missingNetworkPolicy",
    expect: "pass",
    broken: everyPod((pod, all) => isolated(pod, all, "egress"), ...ENDING),
  },
  {
    id: "notReadOnlyRootFilesystem",
    expect: "pass",
    broken: everyContainer((each) => at(each, "securityContext.readOnlyRootFilesystem") === true),
  },
  {
    id: "privilegeEscalationAllowed",
    expect: "pass",
    broken: everyContainer((each) => at(each, "securityContext.allowPrivilegeEscalation") === false),
  },
  {
    id: "runAsRootAllowed",
    expect: "pass",
    broken: everyContainer((each, pod) => secured(each, pod, "runAsNonRoot") === true),
  },
  {
    id: "runAsPrivileged",
    expect: "pass",
    broken: everyContainer((each) => at(each, "securityContext.privileged") !== true),
  },
  {
    id: "dangerousCapabilities",
    expect: "pass",
    broken: everyContainer((each) => list(each, "securityContext.capabilities.add").length === 0),
  },
  {
    id: "insecureCapabilities",
    expect: "pass",
    broken: everyContainer((each) => list(each, "securityContext.capabilities.drop").includes("ALL")),
  },
  { id: "hostIPCSet", expect: "pass", broken: everyPod(({ spec }) => at(spec, "hostIPC") !== true) },
  { id: "hostPIDSet", expect: "pass", broken: everyPod(({ spec }) => at(spec, "hostPID") !== true) },
  { id: "hostNetworkSet", expect: "pass", broken: everyPod(({ spec }) => at(spec, "hostNetwork") !== true) },
  {
    id: "hostPortSet",
    expect: "pass",
    broken: everyContainer((each) => list(each, "ports").every((port) => at(port, "hostPort") === undefined)),
  },
  { id: "tlsSettingsMissing", expect: "pass", broken: every("Ingress", (each) => list(each, "spec.tls").length > 0) },
  {
    id: "sensitiveContainerEnvVar",
    expect: "pass",
    broken: everyContainer((each) =>
      list(each, "env").every(
        (env) => !/secret|token|password|api_?key/i.test(String(at(env, "name"))) || at(env, "value") === undefined,
      ),
    ),
  },
];
