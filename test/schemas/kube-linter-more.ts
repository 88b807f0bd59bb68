import { every, everyMain, everyPod, selectsPods, type Checked } from "./checker";
import { at, chooses, ENDING, list, ofKind, pods, SERVING } from "./rendered";

const jobEnds = "a job answers nobody and ends by itself; one that hangs, its activeDeadlineSeconds ends";

/** kube-linter v0.8.3: off by default, and worth turning on. */
export const worthwhile: readonly Checked[] = [
  {
    id: "dangling-horizontalpodautoscaler",
    expect: "pass",
    broken: every("HorizontalPodAutoscaler", (each, all) =>
      ofKind(all, String(at(each, "spec.scaleTargetRef.kind"))).some(
        (own) => at(own, "metadata.name") === at(each, "spec.scaleTargetRef.name"),
      ),
    ),
  },
  {
    id: "dangling-networkpolicy",
    expect: "pass",
    broken: every("NetworkPolicy", (each, all) => selectsPods(each, "spec.podSelector.matchLabels", all)),
  },
  {
    id: "dangling-networkpolicypeer-podselector",
    expect: "pass",
    broken: every("NetworkPolicy", (each, all) =>
      [
        ...list(each, "spec.ingress").flatMap((rule) => list(rule, "from")),
        ...list(each, "spec.egress").flatMap((rule) => list(rule, "to")),
      ]
        .filter((peer) => at(peer, "podSelector") !== undefined && at(peer, "namespaceSelector") === undefined)
        .every((peer) => pods(all).some(({ labels }) => chooses(at(peer, "podSelector.matchLabels"), labels))),
    ),
  },
  {
    id: "default-service-account",
    expect: "pass",
    broken: everyPod(
      ({ spec }) => !["default", undefined].includes(at(spec, "serviceAccountName") as string | undefined),
    ),
  },
  {
    id: "exposed-services",
    expect: { exception: "copies of other regions come by an internal balancer, with TLS and a password" },
    broken: every("Service", (each) => !["NodePort", "LoadBalancer"].includes(String(at(each, "spec.type")))),
  },
  {
    id: "hpa-minimum-three-replicas",
    expect: { exception: "three are prod's (three-pods): dev and staging need no more than their promises do" },
    broken: every("HorizontalPodAutoscaler", (each) => Number(at(each, "spec.minReplicas")) >= 3),
  },
  {
    id: "minimum-three-replicas",
    expect: { exception: "under an autoscaler the count is left out, and kube-linter takes what is left out for 1" },
    broken: everyPod(({ object }) => Number(at(object, "spec.replicas") ?? 1) >= 3, "Deployment"),
  },
  {
    id: "no-liveness-probe",
    expect: "pass",
    broken: everyMain((each) => at(each, "livenessProbe") !== undefined, ...SERVING),
  },
  {
    id: "no-liveness-probe",
    expect: { exception: jobEnds },
    broken: everyMain((each) => at(each, "livenessProbe") !== undefined, ...ENDING),
  },
  {
    id: "no-readiness-probe",
    expect: "pass",
    broken: everyMain((each) => at(each, "readinessProbe") !== undefined, ...SERVING),
  },
  {
    id: "no-readiness-probe",
    expect: { exception: jobEnds },
    broken: everyMain((each) => at(each, "readinessProbe") !== undefined, ...ENDING),
  },
  {
    id: "no-rolling-update-strategy",
    expect: "pass",
    broken: every("Deployment", (each) => at(each, "spec.strategy.type") === "RollingUpdate"),
  },
  {
    id: "non-isolated-pod",
    expect: "pass",
    broken: everyPod(({ labels }, all) =>
      ofKind(all, "NetworkPolicy").some((each) => chooses(at(each, "spec.podSelector.matchLabels"), labels)),
    ),
  },
  {
    id: "restart-policy",
    expect: "pass",
    broken: everyPod(
      ({ spec }) => ["Always", undefined].includes(at(spec, "restartPolicy") as string | undefined),
      ...SERVING,
    ),
  },
  {
    id: "restart-policy",
    expect: {
      exception: "each try of a job is a pod of its own, whose log stays to be read; backoffLimit counts them",
    },
    broken: everyPod(({ spec }) => at(spec, "restartPolicy") === "OnFailure", ...ENDING),
  },
  {
    id: "use-namespace",
    expect: "pass",
    broken: (objects) =>
      objects
        .filter(
          (each) =>
            // Those are the cluster's own.
            !["Namespace", "StorageClass", "NodePool"].includes(String(each["kind"])) &&
            ["default", undefined].includes(at(each, "metadata.namespace") as string | undefined),
        )
        .map(({ kind }) => String(kind)),
  },
];
