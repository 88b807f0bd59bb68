import type { Plan, Request } from "../model";
import type { TargetCatalog } from "../catalog";
import type { Assumptions } from "./assumptions";
import type { SystemDemand } from "./demand";

/** What every step of a plan is given. */
export interface Context {
  readonly request: Request;
  readonly catalog: TargetCatalog;
  readonly assumptions: Assumptions;
  readonly demand: SystemDemand;
  readonly failures: Plan["failures"];
}
