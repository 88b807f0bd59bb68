import type { Needed } from "../model";

/** The rule by which headrooms combine, in the words that `explain` prints. */
export const combinations = {
  largest: "the largest: one misfortune at a time",
  product: "the product: a zone lost, a burst and a rollout at once",
} as const;

export interface Headroom {
  /** Replicas that carry the peak with nothing lost: at least latency and utilisation. */
  readonly base: number;
  readonly zoneLoss: number;
  readonly burst: number;
  readonly rollout: number;
}

/**
 * How headrooms combine: the one place that says so.
 * largest: the count is the largest of what each misfortune needs by itself.
 * product: each misfortune multiplies the base by its own factor; the count carries all of them at once.
 * @returns a whole number of replicas, never below the largest
 */
export function combineHeadroom(rule: keyof typeof combinations, headroom: Headroom): number {
  const largest = Math.max(headroom.base, headroom.zoneLoss, headroom.burst, headroom.rollout);
  if (rule === "largest") return largest;
  const factor = (needed: number): number => Math.max(1, needed / headroom.base);
  const product = headroom.base * factor(headroom.zoneLoss) * factor(headroom.burst) * factor(headroom.rollout);
  // One part in 10^9 for the divisions: 12 x (18 / 12) must stay 18.
  return Math.max(largest, Math.ceil(product - 1e-9 * product));
}

/** The constraint that asked for most; of equals the first listed. */
export function binding(needed: readonly Needed[]): Needed {
  const [first, ...rest] = needed;
  if (!first) throw new RangeError("needed: at least one constraint");
  return rest.reduce((most, each) => (each.value > most.value ? each : most), first);
}
