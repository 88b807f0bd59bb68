import type { Target } from "../model";
import { awsTarget } from "./aws/target";
import { kubernetesTarget } from "./kubernetes/target";
import type { TargetCatalog } from "./target";

/** What is known of each target; a target that is not here cannot be planned yet. */
const catalogs: { readonly [target in Target]?: TargetCatalog } = {
  aws: awsTarget,
  kubernetes: kubernetesTarget,
};

/** Targets that can be planned. */
export const plannableTargets = Object.keys(catalogs) as readonly Target[];

/** @throws RangeError for a target that cannot be planned; configuration is checked before */
export function catalogOf(target: Target): TargetCatalog {
  const catalog = catalogs[target];
  if (!catalog) throw new RangeError(`target: got ${target}; can plan ${plannableTargets.join(", ")}`);
  return catalog;
}

/** The catalog to check a configuration against whose target may itself be wrong: then the first that can be planned. */
export function catalogForChecks(target: Target | undefined): TargetCatalog {
  return (target && catalogs[target]) ?? awsTarget;
}
