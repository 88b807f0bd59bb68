import { isRecord } from "../../model";
import { titleOf, type KubernetesObject } from "./objects";

/** Where a chart or a GitOps controller says that an object is for a moment of a release. */
const ANNOTATIONS = ["helm.sh/hook", "argocd.argoproj.io/hook"] as const;
/** What runs pods: a hook of another kind (a ServiceAccount, a ConfigMap) stays, and others refer to it. */
const RUNS = new Set(["Pod", "Job", "CronJob", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);
/** Moments that are not there in a release that stands. */
const AWAY = /^(test|test-success|test-failure|pre-delete|post-delete|pre-rollback|post-rollback|Skip)$/;

/** An object that runs once at a release and is not kept running: `Job shop/migrate (pre-install)`. null: it stays. */
export function hookOf(object: KubernetesObject): string | null {
  const { metadata } = object.content;
  const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
  if (!isRecord(annotations)) return null;
  for (const annotation of ANNOTATIONS) {
    const moments = annotations[annotation];
    if (typeof moments !== "string" || moments.trim() === "") continue;
    const listed = moments.split(",").map((moment) => moment.trim());
    if (RUNS.has(object.kind) || listed.every((moment) => AWAY.test(moment)))
      return `${titleOf(object)} (${listed.join(", ")})`;
  }
  return null;
}
