import type { Plan, Request } from "../../model";

/** Tags of everything that a plan has on AWS. */
export function tagsOf(plan: Plan, request: Request): Readonly<Record<string, string>> {
  return {
    "nines:stack": plan.stack,
    "nines:system": plan.system,
    "nines:environment": plan.environment,
    ...request.tags,
  };
}
