import type { Image } from "../../model";

/** A leader's Service: what a checker reads of the pods of a StatefulSet is not all that they bear. */
export const leaderExceptions: Readonly<Record<string, string>> = {
  "kube-score/ignore": "service-targets-pod",
  "nines/selects-one-pod": "the StatefulSet controller names each pod in the label that it selects by",
};

/** Checks that kube-score makes and pods of ours fail on purpose: the annotation that says why. */
const reasons = {
  "container-resources": ["nines/no-cpu-limit", "a limit throttles a pod while its node idles"],
  "container-image-pull-policy": ["nines/pull-if-not-present", "the image is named by its digest"],
  "deployment-has-poddisruptionbudget": ["nines/no-budget", "of a single pod a budget would stop every drain"],
} as const;

/** Those that hold for a workload, as annotations that the checker reads, each with its reason beside it. */
export function exceptions({
  runtime,
  scaling,
  image,
  sidecars = [],
}: {
  readonly runtime: {
    readonly kind: string;
    readonly cpuLimitMillis?: number | null;
    readonly disruptionMaxUnavailable?: number | null;
  };
  /** @default - it is no Deployment that scales */
  readonly scaling?: { readonly kind: string };
  readonly image: Pick<Image, "pinned">;
  readonly sidecars?: readonly { readonly image: Image }[];
}): Readonly<Record<string, string>> {
  const ignored: (keyof typeof reasons)[] = [];
  // What runs beside the main container never has a CPU limit.
  if (runtime.cpuLimitMillis === null || (runtime.kind === "kubernetes" && sidecars.length > 0))
    ignored.push("container-resources");
  if ([image, ...sidecars.map((each) => each.image)].some((each) => each.pinned))
    ignored.push("container-image-pull-policy");
  if (scaling?.kind === "range" && runtime.disruptionMaxUnavailable === null)
    ignored.push("deployment-has-poddisruptionbudget");
  if (ignored.length === 0) return {};
  return { "kube-score/ignore": ignored.join(","), ...Object.fromEntries(ignored.map((each) => reasons[each])) };
}
