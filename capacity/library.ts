// What a program imports as nines: systems and environments, their request, their plan. No provider SDK is loaded for any of it.
export {
  cache,
  defineEnvironment,
  defineSystem,
  describeInfeasible,
  describeMistakes,
  interval,
  service,
  type Availability,
  type CacheFacts,
  type Environment,
  type Infeasible,
  type Interval,
  type Mistake,
  type Objectives,
  type Part,
  type Plan,
  type Planned,
  type Request,
  type ServiceFacts,
  type StackConfig,
  type Survive,
  type System,
  type Tier,
  type Uncertain,
} from "../model";
export { plan } from "./explained";
export { planCost } from "./effects";
export type { Given } from "./given";
export { requestOf, type Requested } from "./request";
