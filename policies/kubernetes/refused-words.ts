import { inside } from "../../components/leaf.read";
import { isRecord, nearest, textOf, type Resource, type Value } from "../../model";
import { fine, refused, type DeployCheck, type Outcome } from "../deployable-check";
import { api, templated, templateOf, type Slip } from "./refused";

/** Fields that take one of a few words: where they stand, `[]` for each item of a list, and which. */
type Fields = Readonly<Record<string, readonly string[]>>;

const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const KEPT = ["Retain", "Delete"];
const TRAFFIC = ["Cluster", "Local"];
const CLAIM: Fields = {
  "accessModes[]": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
  volumeMode: ["Filesystem", "Block"],
};

const ofPod: Fields = {
  dnsPolicy: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
  // The last two by a feature gate.
  "tolerations[].operator": ["Exists", "Equal", "Lt", "Gt"],
  "tolerations[].effect": ["NoSchedule", "PreferNoSchedule", "NoExecute"],
  "topologySpreadConstraints[].whenUnsatisfiable": ["DoNotSchedule", "ScheduleAnyway"],
  "topologySpreadConstraints[].nodeTaintsPolicy": ["Honor", "Ignore"],
  "topologySpreadConstraints[].nodeAffinityPolicy": ["Honor", "Ignore"],
  ...eachOf(["containers[]", "initContainers[]"], {
    imagePullPolicy: ["Always", "IfNotPresent", "Never"],
    terminationMessagePolicy: ["File", "FallbackToLogsOnError"],
    "ports[].protocol": PROTOCOLS,
  }),
};

const ofObject: Readonly<Record<string, Fields>> = {
  "kubernetes:apps/v1:Deployment": { "spec.strategy.type": ["RollingUpdate", "Recreate"] },
  "kubernetes:apps/v1:DaemonSet": { "spec.updateStrategy.type": ["RollingUpdate", "OnDelete"] },
  "kubernetes:apps/v1:StatefulSet": {
    "spec.updateStrategy.type": ["RollingUpdate", "OnDelete"],
    "spec.podManagementPolicy": ["OrderedReady", "Parallel"],
    "spec.persistentVolumeClaimRetentionPolicy.whenDeleted": KEPT,
    "spec.persistentVolumeClaimRetentionPolicy.whenScaled": KEPT,
    ...eachOf(["spec.volumeClaimTemplates[].spec"], CLAIM),
  },
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": {
    "spec.metrics[].type": ["Resource", "ContainerResource", "Pods", "Object", "External"],
    ...eachOf(
      ["resource", "containerResource", "pods", "object", "external"].map((of) => `spec.metrics[].${of}`),
      {
        "target.type": ["Utilization", "Value", "AverageValue"],
      },
    ),
    ...eachOf(["spec.behavior.scaleUp", "spec.behavior.scaleDown"], {
      selectPolicy: ["Max", "Min", "Disabled"],
      "policies[].type": ["Pods", "Percent"],
    }),
  },
  "kubernetes:batch/v1:CronJob": { "spec.concurrencyPolicy": ["Allow", "Forbid", "Replace"] },
  "kubernetes:core/v1:PersistentVolumeClaim": eachOf(["spec"], CLAIM),
  "kubernetes:core/v1:Service": {
    "spec.type": ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
    "spec.sessionAffinity": ["None", "ClientIP"],
    "spec.externalTrafficPolicy": TRAFFIC,
    "spec.internalTrafficPolicy": TRAFFIC,
    "spec.ipFamilyPolicy": ["SingleStack", "PreferDualStack", "RequireDualStack"],
    "spec.ports[].protocol": PROTOCOLS,
  },
  "kubernetes:networking.k8s.io/v1:Ingress": {
    "spec.rules[].http.paths[].pathType": ["Exact", "Prefix", "ImplementationSpecific"],
  },
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": {
    "spec.policyTypes[]": ["Ingress", "Egress"],
    "spec.ingress[].ports[].protocol": PROTOCOLS,
    "spec.egress[].ports[].protocol": PROTOCOLS,
  },
  "kubernetes:policy/v1:PodDisruptionBudget": { "spec.unhealthyPodEvictionPolicy": ["IfHealthyBudget", "AlwaysAllow"] },
  "kubernetes:storage.k8s.io/v1:StorageClass": {
    reclaimPolicy: KEPT,
    volumeBindingMode: ["Immediate", "WaitForFirstConsumer"],
  },
};

function eachOf(places: readonly string[], fields: Fields): Fields {
  return Object.fromEntries(
    places.flatMap((place) => Object.entries(fields).map(([field, words]) => [`${place}.${field}`, words])),
  );
}

/** Values at a path of steps, each item of a list that a step ends with `[]` for. */
function* found(value: Value | undefined, [step, ...rest]: readonly string[]): Generator<Value> {
  if (step === undefined) {
    if (value !== undefined && value !== null) yield value;
    return;
  }
  const inner = inside(value, step.replace("[]", ""));
  if (!step.endsWith("[]")) yield* found(inner, rest);
  else if (Array.isArray(inner)) for (const each of inner as readonly Value[]) yield* found(each, rest);
}

const paths = new Map<string, readonly string[]>();
function stepsOf(path: string): readonly string[] {
  const known = paths.get(path);
  if (known !== undefined) return known;
  const steps = path.split(".");
  paths.set(path, steps);
  return steps;
}

function slipsIn(value: Value | undefined, fields: Fields): readonly Slip[] {
  return Object.entries(fields).flatMap(([path, words]) => {
    const steps = stepsOf(path);
    const slips: Slip[] = [];
    for (const given of found(value, steps)) {
      // What is not known yet, and what is of another type, is no word to hold against others.
      if (isRecord(given) || Array.isArray(given) || words.includes(textOf(given))) continue;
      const near = nearest(textOf(given), words);
      const field = steps.at(-1) ?? path;
      slips.push([
        `${field.replace("[]", "")} ${textOf(given)}`,
        near === undefined
          ? `write ${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`
          : `did you mean ${near}?`,
      ]);
    }
    return slips;
  });
}

function wordSlips(resource: Resource): readonly Slip[] {
  const pod = resource.type === "kubernetes:core/v1:Pod" ? resource.inputs : templateOf(resource);
  return [
    ...slipsIn(resource.inputs, ofObject[resource.type] ?? {}),
    ...(pod === undefined ? [] : slipsIn(inside(pod, "spec"), ofPod)),
  ];
}

/** Fields that take one of a few words, and another is refused. Each was tried on a real API server of 1.36.3. */
export const wordRefusals: readonly DeployCheck[] = [
  {
    name: "field-words",
    title: "words that fields take",
    by: "Kubernetes",
    quote: "a field that takes one of a few words takes no other: unsupported value",
    source: api(
      "validation of objects",
      "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/validation/validation.go",
    ),
    types: [...new Set([...Object.keys(ofObject), ...templated.map(([type]) => type), "kubernetes:core/v1:Pod"])],
    check: (resource): Outcome | readonly Outcome[] => {
      const slips = wordSlips(resource);
      return slips.length === 0 ? fine : slips.map(([seen, fix]) => refused(seen, fix));
    },
  },
];
