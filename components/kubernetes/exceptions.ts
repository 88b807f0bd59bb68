import type { Image } from "../../model";

/** A leader's Service: what a checker reads of the pods of a StatefulSet is not all that they bear. */
export const leaderExceptions: Readonly<Record<string, string>> = {
  "kube-score/ignore": "service-targets-pod",
  "nines/selects-one-pod": "the StatefulSet controller names each pod in the label that it selects by",
};

/** Checks that pods of ours fail on purpose, as annotations that the checker reads, each with its reason beside it. */
export function exceptions({
  runtime,
  image,
  sidecars = [],
}: {
  readonly runtime: { readonly kind: string; readonly cpuLimitMillis?: number | null };
  readonly image: Pick<Image, "pinned">;
  readonly sidecars?: readonly { readonly image: Image }[];
}): Readonly<Record<string, string>> {
  // What runs beside the main container never has a CPU limit.
  const unlimited = runtime.cpuLimitMillis === null || (runtime.kind === "kubernetes" && sidecars.length > 0);
  const pinned = [image, ...sidecars.map((each) => each.image)].some((each) => each.pinned);
  const ignored = [...(unlimited ? ["container-resources"] : []), ...(pinned ? ["container-image-pull-policy"] : [])];
  if (ignored.length === 0) return {};
  return {
    "kube-score/ignore": ignored.join(","),
    ...(unlimited ? { "nines/no-cpu-limit": "a limit throttles a pod while its node idles" } : {}),
    ...(pinned ? { "nines/pull-if-not-present": "the image is named by its digest" } : {}),
  };
}
