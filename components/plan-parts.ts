import type { Part, PartKind, Plan } from "../model";

type Of<K extends PartKind> = Extract<Part, { readonly kind: K }>;

/** Parts of a kind, in the plan's order. */
export function partsOf<K extends PartKind>(plan: Plan, kind: K): readonly Of<K>[] {
  return plan.parts.filter((part): part is Of<K> => part.kind === kind);
}

/** The Part of a kind that a workload has; undefined where it has none. */
export function partOf<K extends PartKind>(plan: Plan, kind: K, workload: string): Of<K> | undefined {
  return partsOf(plan, kind).find((part) => part.workload === workload);
}
