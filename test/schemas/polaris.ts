import { every, everyContainer, everyPod, secured, type Checked } from "./checker";
import { at, chooses, list, ofKind } from "./rendered";

const own = (test: (container: unknown) => boolean) =>
  everyPod(({ spec }) => list(spec, "containers").slice(0, 1).every(test));
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
  { id: "readinessProbeMissing", expect: "pass", broken: own((each) => at(each, "readinessProbe") !== undefined) },
  { id: "livenessProbeMissing", expect: "pass", broken: own((each) => at(each, "livenessProbe") !== undefined) },
  {
    id: "metadataAndInstanceMismatched",
    expect: { exception: "the groups of one cache share its instance, and each has a name of its own" },
    broken: everyPod(({ object, labels }) => labels["app.kubernetes.io/instance"] === at(object, "metadata.name")),
  },
  {
    id: "topologySpreadConstraint",
    expect: "pass",
    broken: everyPod(({ spec }) => list(spec, "topologySpreadConstraints").length > 0),
  },
  {
    id: "missingPodDisruptionBudget",
    expect: "pass",
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
    expect: "pass",
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
    broken: everyPod(({ spec }) => at(spec, "automountServiceAccountToken") === false),
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
    broken: everyPod(({ labels }, all) =>
      ofKind(all, "NetworkPolicy").some(
        (each) =>
          chooses(at(each, "spec.podSelector.matchLabels"), labels) &&
          list(each, "spec.ingress").length > 0 &&
          list(each, "spec.egress").length > 0,
      ),
    ),
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
