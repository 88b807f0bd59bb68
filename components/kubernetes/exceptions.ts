import type { ReplicaGroup } from "../../model";

/** Checks that pods of ours fail on purpose, as annotations that the checker reads, each with its reason beside it. */
export function exceptions({
  runtime,
  image,
  sidecars,
}: Pick<ReplicaGroup, "runtime" | "image" | "sidecars">): Readonly<Record<string, string>> {
  // What runs beside the main container never has a CPU limit.
  const unlimited = runtime.kind === "kubernetes" && (runtime.cpuLimitMillis === null || sidecars.length > 0);
  const pinned = [image, ...sidecars.map((each) => each.image)].some((each) => each.pinned);
  const ignored = [...(unlimited ? ["container-resources"] : []), ...(pinned ? ["container-image-pull-policy"] : [])];
  if (ignored.length === 0) return {};
  return {
    "kube-score/ignore": ignored.join(","),
    ...(unlimited ? { "nines/no-cpu-limit": "a limit throttles a pod while its node idles" } : {}),
    ...(pinned ? { "nines/pull-if-not-present": "the image is named by its digest" } : {}),
  };
}
