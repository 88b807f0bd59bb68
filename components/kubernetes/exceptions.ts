import type { ReplicaGroup } from "../../model";

/** Checks that pods of ours fail on purpose, as annotations that the checker reads, each with its reason beside it. */
export function exceptions({
  runtime,
  image,
}: Pick<ReplicaGroup, "runtime" | "image">): Readonly<Record<string, string>> {
  const unlimited = runtime.kind === "kubernetes" && runtime.cpuLimitMillis === null;
  const ignored = [
    ...(unlimited ? ["container-resources"] : []),
    ...(image.pinned ? ["container-image-pull-policy"] : []),
  ];
  if (ignored.length === 0) return {};
  return {
    "kube-score/ignore": ignored.join(","),
    ...(unlimited ? { "nines/no-cpu-limit": "a limit throttles a pod while its node idles" } : {}),
    ...(image.pinned ? { "nines/pull-if-not-present": "the image is named by its digest" } : {}),
  };
}
