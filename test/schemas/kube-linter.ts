import { every, everyContainer, everyMain, everyPod, secured, selectsPods, type Checked } from "./checker";
import { at, chooses, list, ofKind, pods, type Content, type Pod } from "./rendered";

/** Labels of the pods of a workload as they run: the StatefulSet controller names each of its own. */
function runningLabels({ object, labels }: Pod): readonly Content[] {
  if (object["kind"] !== "StatefulSet") return [labels];
  const count = Number(at(object, "spec.replicas") ?? 1);
  return Array.from({ length: count }, (_, ordinal) => ({
    ...labels,
    "statefulset.kubernetes.io/pod-name": `${String(at(object, "metadata.name"))}-${ordinal}`,
  }));
}

const probePort = (probe: string) =>
  everyContainer((container) => {
    const port = at(container, `${probe}.httpGet.port`) ?? at(container, `${probe}.tcpSocket.port`);
    return (
      port === undefined ||
      list(container, "ports").some((each) => at(each, "name") === port || at(each, "containerPort") === port)
    );
  });
const hostField = (field: string) => everyPod(({ spec }) => at(spec, field) !== true);
const hostPaths = ({ spec }: Pod): readonly unknown[] =>
  list(spec, "volumes").filter((each) => at(each, "hostPath") !== undefined);

/** kube-linter v0.8.3: the 31 that are on by default, read in docs/generated/checks.md at that tag, 2026-11-21. */
export const byDefault: readonly Checked[] = [
  {
    id: "dangling-service",
    expect: "pass",
    broken: every("Service", (each, all) =>
      pods(all)
        .flatMap(runningLabels)
        .some((labels) => chooses(at(each, "spec.selector"), labels)),
    ),
  },
  {
    id: "dangling-service",
    expect: { exception: "a leader's Service selects by a label that the controller sets: one of its ignoredLabels" },
    broken: every("Service", (each, all) => selectsPods(each, "spec.selector", all)),
  },
  {
    id: "deprecated-service-account-field",
    expect: "pass",
    broken: everyPod(({ spec }) => at(spec, "serviceAccount") === undefined),
  },
  { id: "docker-sock", expect: "pass", broken: everyPod((pod) => hostPaths(pod).length === 0) },
  {
    id: "drop-net-raw-capability",
    expect: "pass",
    broken: everyContainer((each) => list(each, "securityContext.capabilities.drop").includes("ALL")),
  },
  {
    id: "duplicate-env-var",
    expect: "pass",
    broken: everyContainer((each) => {
      const names = list(each, "env").map((env) => at(env, "name"));
      return new Set(names).size === names.length;
    }),
  },
  {
    id: "env-var-secret",
    expect: "pass",
    broken: everyContainer((each) =>
      list(each, "env").every(
        (env) => !/secret|token|password|api_?key/i.test(String(at(env, "name"))) || at(env, "value") === undefined,
      ),
    ),
  },
  { id: "host-ipc", expect: "pass", broken: hostField("hostIPC") },
  { id: "host-network", expect: "pass", broken: hostField("hostNetwork") },
  { id: "host-pid", expect: "pass", broken: hostField("hostPID") },
  {
    id: "invalid-target-ports",
    expect: "pass",
    broken: every("Service", (each, all) =>
      list(each, "spec.ports").every((port) =>
        pods(all).some(({ containers }) =>
          containers.some((one) =>
            list(one, "ports").some((own) =>
              [at(own, "name"), at(own, "containerPort")].includes(at(port, "targetPort")),
            ),
          ),
        ),
      ),
    ),
  },
  // Jobs of a CronJob are kept by its history limits, and a time to live would take what they keep.
  {
    id: "job-ttl-seconds-after-finished",
    expect: "pass",
    broken: (objects) => [
      ...every("Job", (each) => at(each, "spec.ttlSecondsAfterFinished") !== undefined)(objects),
      ...every("CronJob", (each) => at(each, "spec.jobTemplate.spec.ttlSecondsAfterFinished") === undefined)(objects),
    ],
  },
  {
    id: "latest-tag",
    expect: "pass",
    broken: everyContainer((each) => /@sha256:|:(?!latest$)[^/:]+$/.test(String(at(each, "image")))),
  },
  { id: "liveness-port", expect: "pass", broken: probePort("livenessProbe") },
  { id: "readiness-port", expect: "pass", broken: probePort("readinessProbe") },
  { id: "startup-port", expect: "pass", broken: probePort("startupProbe") },
  {
    id: "mismatching-selector",
    expect: "pass",
    broken: everyPod(({ object, labels }) => chooses(at(object, "spec.selector.matchLabels"), labels)),
  },
  {
    id: "no-anti-affinity",
    expect: "pass",
    broken: everyPod(
      ({ spec, labels }) =>
        [
          ...list(spec, "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution"),
          ...list(spec, "affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution").map((each) =>
            at(each, "podAffinityTerm"),
          ),
        ].some(
          (term) =>
            at(term, "topologyKey") === "kubernetes.io/hostname" &&
            chooses(at(term, "labelSelector.matchLabels"), labels),
        ),
      "Deployment",
    ),
  },
  {
    id: "no-extensions-v1beta",
    expect: "pass",
    broken: (objects) =>
      objects.filter(({ apiVersion }) => apiVersion === "extensions/v1beta1").map(({ kind }) => String(kind)),
  },
  {
    id: "no-read-only-root-fs",
    expect: "pass",
    broken: everyContainer((each) => at(each, "securityContext.readOnlyRootFilesystem") === true),
  },
  {
    id: "non-existent-service-account",
    expect: "pass",
    broken: everyPod(({ spec }, all) =>
      ofKind(all, "ServiceAccount").some((each) => at(each, "metadata.name") === at(spec, "serviceAccountName")),
    ),
  },
  {
    id: "pdb-max-unavailable",
    expect: "pass",
    broken: every(
      "PodDisruptionBudget",
      (each) => at(each, "spec.maxUnavailable") !== 0 && at(each, "spec.maxUnavailable") !== "0%",
    ),
  },
  {
    id: "pdb-min-available",
    expect: "pass",
    broken: every("PodDisruptionBudget", (each) => at(each, "spec.minAvailable") === undefined),
  },
  {
    id: "pdb-unhealthy-pod-eviction-policy",
    expect: "pass",
    broken: every("PodDisruptionBudget", (each) => at(each, "spec.unhealthyPodEvictionPolicy") !== undefined),
  },
  {
    id: "privilege-escalation-container",
    expect: "pass",
    broken: everyContainer((each) => at(each, "securityContext.allowPrivilegeEscalation") === false),
  },
  {
    id: "privileged-container",
    expect: "pass",
    broken: everyContainer((each) => at(each, "securityContext.privileged") !== true),
  },
  {
    id: "run-as-non-root",
    expect: "pass",
    broken: everyContainer((each, pod) => secured(each, pod, "runAsNonRoot") === true),
  },
  { id: "sensitive-host-mounts", expect: "pass", broken: everyPod((pod) => hostPaths(pod).length === 0) },
  {
    id: "ssh-port",
    expect: "pass",
    broken: everyContainer((each) => list(each, "ports").every((port) => at(port, "containerPort") !== 22)),
  },
  {
    id: "unsafe-sysctls",
    expect: "pass",
    broken: everyPod(({ spec }) => list(spec, "securityContext.sysctls").length === 0),
  },
  {
    id: "unset-cpu-requirements",
    expect: "pass",
    broken: everyContainer((each) => at(each, "resources.requests.cpu") !== undefined),
  },
  {
    id: "unset-memory-requirements",
    expect: "pass",
    broken: everyMain(
      (each) =>
        at(each, "resources.limits.memory") !== undefined && at(each, "resources.requests.memory") !== undefined,
    ),
  },
];
