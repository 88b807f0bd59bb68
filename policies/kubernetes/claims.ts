import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import { readCount } from "../../components/kubernetes/count.read";
import { nameOf, named } from "../../components/kubernetes/scope.read";
import { classesNamed } from "../../components/kubernetes/volume-class.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import { isUnknownValue, type Resource } from "../../model";
import { advised, undecided } from "../finding";
import { advice, always } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { open, serving, titled, told, unknownIn, type Workload } from "./workloads";

const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
/** Volumes that one node mounts at a time, or one pod. */
const OF_ONE_NODE = new Set(["ReadWriteOnce", "ReadWriteOncePod"]);

/** Names of claims that all pods of an object mount; one that each pod makes for itself is not among them. */
function claimsOf({ pod }: Workload): readonly string[] {
  const volumes = listOf(inside(pod, "spec", "volumes"));
  return volumes.flatMap((each) => asText(inside(each, "persistentVolumeClaim", "claimName") ?? null) ?? []);
}

/** Every claim that pods mount by name, with its object where a file holds it. */
function eachClaim(
  subject: Subject,
  test: (workload: Workload, name: string, claim: Resource | undefined) => readonly Finding[],
): readonly Finding[] {
  return serving(subject).flatMap((workload) => {
    const { resource, pod, part } = workload;
    const volumes = inside(pod, "spec", "volumes");
    if (isUnknownValue(volumes ?? null))
      return [open(resource, part, "volumes", unknownIn(volumes) ?? { $unknown: "after-deploy" })];
    return claimsOf(workload).flatMap((name) => test(workload, name, named(subject.graph, resource, CLAIM, name)));
  });
}

/** Does a rollout start a pod while the one before still holds the claim? */
function surges({ resource, kind }: Workload): boolean {
  if (kind !== "Deployment" || valueAt(resource, "spec", "strategy", "type") === "Recreate") return false;
  const surge = valueAt(resource, "spec", "strategy", "rollingUpdate", "maxSurge");
  return !(surge === 0 || surge === "0%");
}

const shared: Rule = {
  id: "claims-shared",
  title: "A volume that one node alone mounts is mounted by one pod",
  about:
    "ReadWriteOnce is one node: further pods are on that node, and go with it and its zone, or wait in ContainerCreating; a rollout waits for the pod before it.",
  severity: always,
  peers: ["Kubernetes persistent volumes, access modes"],
  check: (subject) =>
    eachClaim(subject, (workload, name, claim) => {
      const { resource, part } = workload;
      if (claim === undefined)
        return [
          advised(
            undecided(
              part,
              `whether claim ${name}, which ${titled(resource)} mounts and no file holds, is in the cluster`,
              {
                why: "elsewhere",
              },
            ),
          ),
        ];
      const given = valueAt(claim, "spec", "accessModes");
      const unknown = unknownIn(given);
      if (unknown !== undefined) return [open(resource, part, `accessModes of claim ${name}`, unknown)];
      const modes = listOf(given).flatMap((each) => asText(each) ?? []);
      const one = modes.length > 0 && modes.every((mode) => OF_ONE_NODE.has(mode));
      const { floor } = readCount(subject.graph, resource);
      if (one && !floor.known) return [undecided(part, `replicas of ${titled(resource)}`, floor)];
      const pods = floor.known ? floor.value : 0;
      if (one && pods <= 1)
        return [
          advised(
            told(resource, part, {
              ok: !surges(workload),
              message: surges(workload)
                ? `a rollout starts a second pod, which waits for claim ${name} (${modes.join(", ")}) where it is on another node`
                : `one pod has claim ${name}`,
              fix: "strategy: { type: Recreate }, or a StatefulSet",
            }),
          ),
        ];
      return [
        told(resource, part, {
          ok: !one,
          message: one
            ? `${pods} pods mount claim ${name} (${modes.join(", ")}), which one node alone has at a time`
            : `claim ${name} is ${modes.join(", ") || "of a mode that nobody says"}`,
          fix: "give each pod its own by a StatefulSet with volumeClaimTemplates, or take a class that is ReadWriteMany",
        }),
      ];
    }),
};

const late: Rule = {
  id: "claims-bind-late",
  title: "A claim waits for its pod before its volume chooses a zone",
  about: "A class that binds at once puts the disk into any zone; pods that are held or spread elsewhere stay Pending.",
  severity: advice,
  peers: ["Kubernetes storage classes, volume binding mode"],
  check: (subject) =>
    eachClaim(subject, ({ resource, part }, name, claim) => {
      if (claim === undefined) return [];
      const [found] = classesNamed(subject.graph, claim, valueAt(claim, "spec", "storageClassName"));
      if (found === undefined) return [];
      const mode = valueAt(found, "volumeBindingMode") ?? kubernetesDefaults.volumeBindingMode.value;
      if (isUnknownValue(mode)) return [open(resource, part, "volumeBindingMode", mode)];
      return [
        told(resource, part, {
          ok: mode === "WaitForFirstConsumer",
          message:
            mode === "WaitForFirstConsumer"
              ? `claim ${name} binds when a pod is placed`
              : `claim ${name} binds at once, in whichever zone class ${nameOf(found) ?? ""} takes`,
          fix: "volumeBindingMode: WaitForFirstConsumer, in a class of another name",
        }),
      ];
    }),
};

export const claimRules: readonly Rule[] = [shared, late];
