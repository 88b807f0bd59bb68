import type { Target } from "../model";
import { awsParts } from "./aws/parts";
import { kubernetesParts } from "./kubernetes/parts";
import type { PartPlanner } from "./part-planner";

const planners: { readonly [target in Target]?: PartPlanner } = { aws: awsParts, kubernetes: kubernetesParts };

/** @throws RangeError for a target that cannot be planned; configuration is checked before */
export function plannerOf(target: Target): PartPlanner {
  const planner = planners[target];
  if (!planner) throw new RangeError(`target: got ${target}; can plan ${Object.keys(planners).join(", ")}`);
  return planner;
}
