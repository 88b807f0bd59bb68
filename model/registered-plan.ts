import type { Plan } from "./plan";
import { isRecord, type Resource } from "./resource";

/** Type token of the component that holds a whole stack. */
export const SYSTEM_TYPE = "nines:index:System";

/** A plan as a component registered it: its input `plan`. */
export interface RegisteredPlan {
  /** URN of the component that holds what was planned. */
  readonly component: string;
  readonly plan: Plan;
}

/** Every plan among registered inputs, in the order of the components' URNs; one of another schema is none. */
export function plansIn(resources: readonly Resource[]): readonly RegisteredPlan[] {
  return resources
    .flatMap(({ urn, type, custom, inputs }): readonly RegisteredPlan[] => {
      const plan = inputs["plan"];
      if (custom || !type.startsWith("nines:")) return [];
      if (!isRecord(plan) || plan["schema"] !== 1 || !Array.isArray(plan["parts"])) return [];
      // Registered as plain data by the plan's own writer; the wire keeps plain data as it is.
      return [{ component: urn, plan: plan as unknown as Plan }];
    })
    .sort((a, b) => (a.component < b.component ? -1 : a.component > b.component ? 1 : 0));
}
